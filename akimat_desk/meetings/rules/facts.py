"""What is known of one meeting, as plain values. None is "not known", never zero or "no"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Topic, Vote


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item of the agenda with its vote.

    ``present`` is how many were in the hall at this vote, where that differs from the meeting's
    number. ``chair_vote`` matters only where an office's regulation lets the chair break a tie.
    ``put_to_vote`` is False for what was only heard: no majority is asked of it.
    """

    no: int
    topic: Topic
    votes_for: int | None = None
    against: int | None = None
    abstained: int | None = None
    adopted: bool | None = None
    present: int | None = None
    chair_vote: Vote | None = None
    put_to_vote: bool = True

    @property
    def votes(self) -> tuple[int, int, int] | None:
        """For, against, abstained; None unless all three are known."""
        if self.votes_for is None or self.against is None or self.abstained is None:
            return None
        return self.votes_for, self.against, self.abstained


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """The five items of article 39-3 p.10, the signatures, the hand-over."""

    date_place: bool | None = None
    entitled_total: bool | None = None
    attendance_list: bool | None = None
    officers: bool | None = None
    agenda_speeches_decisions: bool | None = None
    signed_by_chair: bool | None = None
    signed_by_secretary: bool | None = None
    handed_to_akim: dt.date | None = None

    @property
    def content(self) -> dict[str, bool | None]:
        """The five items by name."""
        return {name: getattr(self, name) for name in CONTENT}


#: The five items that minutes must state, in the law's order.
CONTENT = ("date_place", "entitled_total", "attendance_list", "officers", "agenda_speeches_decisions")


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """One meeting. ``entitled`` counts assembly members or deputies, else residents entitled.

    The last group is not in everybody's hands and only judged where it is there: ``elected`` is the
    day on which the assembly's present members were elected, ``population`` that of the unit,
    ``localities`` how many settlements it has, ``localities_represented`` how many have a member.
    """

    kind: MeetingKind
    held: dt.date | None = None
    notice_given: dt.date | None = None
    convened_by: ConvenedBy | None = None
    initiators: int | None = None
    entitled: int | None = None
    present: int | None = None
    agenda: tuple[ItemFacts, ...] = ()
    minutes: MinutesFacts = MinutesFacts()
    representatives: int | None = None
    extraordinary: bool = False
    materials_given: dt.date | None = None
    elected: dt.date | None = None
    population: int | None = None
    localities: int | None = None
    localities_represented: int | None = None

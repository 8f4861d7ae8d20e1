"""Meetings in a package as numbers: how many, with a quorum, who took part, decisions done in time.

Counted from the office's own record; no name of a person and no word that was said travels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy.orm import Session

from akimat_desk.exchange.contents.fact import Indicator, What
from akimat_desk.exchange.manifest import Period
from akimat_desk.meetings.kinds import MeetingKind, Status
from akimat_desk.meetings.record import card_of, meeting, meetings, tasks
from akimat_desk.meetings.states import MeetingState, TaskState
from akimat_desk.meetings.views import MeetingSummary


@dataclass(frozen=True, slots=True)
class MeetingCounts:
    """Meetings of one kind from 1 January to the period's end.

    ``present`` and ``entitled`` are summed over held meetings where both are known (``counted`` of them);
    ``quorum`` and ``lawful`` are held meetings whose quorum, and all of whose rules, were kept.
    """

    kind: str
    called: int = 0
    held: int = 0
    not_held: int = 0
    quorum: int = 0
    lawful: int = 0
    counted: int = 0
    entitled: int = 0
    present: int = 0
    items: int = 0
    adopted: int = 0
    tasks: int = 0
    tasks_in_time: int = 0
    tasks_late: int = 0
    tasks_open: int = 0

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON (``figures.schema.json``)."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> MeetingCounts:
        """From data that the schema approved. Raises ValueError where a part is more than its whole."""
        made = cls(**data)
        part_of = (
            (made.held + made.not_held, made.called),
            (made.quorum, made.held),
            (made.lawful, made.held),
            (made.counted, made.held),
            (made.adopted, made.items),
            (made.tasks_in_time + made.tasks_late, made.tasks),
            (made.tasks_open, made.tasks),
        )
        if any(part > whole for part, whole in part_of):
            raise ValueError("more than there are")
        return made

    def indicators(self) -> Iterator[Indicator]:
        """A row for each number."""
        for name in NUMBERS:
            yield Indicator(What.MEETINGS, name, self.kind, None, str(getattr(self, name)), "count")


#: The numbers of :class:`MeetingCounts` in order.
NUMBERS: Sequence[str] = tuple(each.name for each in fields(MeetingCounts) if each.name != "kind")


def summed(counts: Iterable[MeetingCounts], kind: str = "") -> MeetingCounts:
    """Numbers added up."""
    there = list(counts)
    return MeetingCounts(kind, *(sum(getattr(each, name) for each in there) for name in NUMBERS))


def meetings_of(session: Session, unit_id: int, period: Period, today: dt.date) -> list[MeetingCounts]:
    """The numbers of each kind that met in the period; a task is late when its term passed before the
    period's end, or before ``today`` where the period still runs."""
    until = min(period.last_day, today)
    mine = [
        each
        for each in meetings(session, unit_id)
        if each.day.year == period.year and each.day <= period.last_day
    ]
    return [
        _counts(session, unit_id, kind, [each for each in mine if each.kind is kind], until)
        for kind in MeetingKind
        if any(each.kind is kind for each in mine)
    ]


def _counts(
    session: Session, unit_id: int, kind: MeetingKind, mine: Sequence[MeetingSummary], until: dt.date
) -> MeetingCounts:
    held = [each for each in mine if each.state is MeetingState.HELD]
    known = [each for each in held if each.entitled is not None and each.present is not None]
    items = [item for each in held for item in meeting(session, each.id).items]
    ids = {each.id for each in held}
    own = [task for task in tasks(session, unit_id) if task.meeting_id in ids]
    late = [
        task
        for task in own
        if task.in_time is False
        or (task.state is TaskState.OPEN and task.due is not None and task.due < until)
    ]
    return MeetingCounts(
        kind=kind.value,
        called=len(mine),
        held=len(held),
        not_held=sum(each.state is MeetingState.NOT_HELD for each in mine),
        quorum=sum(_had_quorum(session, each.id) for each in held),
        lawful=sum(each.lawful is True for each in held),
        counted=len(known),
        entitled=sum(each.entitled or 0 for each in known),
        present=sum(each.present or 0 for each in known),
        items=len(items),
        adopted=sum(item.adopted is True for item in items),
        tasks=len(own),
        tasks_in_time=sum(task.in_time is True for task in own),
        tasks_late=len(late),
        tasks_open=sum(task.state is TaskState.OPEN for task in own),
    )


def _had_quorum(session: Session, meeting_id: int) -> bool:
    verdicts = card_of(session, meeting_id).verdicts
    return any(each.rule == "quorum" and each.status is Status.KEPT for each in verdicts)

"""A meeting and all that belongs to it as plain values: what the window, the papers and the rules read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from akimat_desk.core.language import Trilingual
from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Topic, Vote
from akimat_desk.meetings.spending import LineSpending
from akimat_desk.meetings.states import (
    Body,
    MeetingState,
    PaperKind,
    ProposalState,
    SpeechKind,
    Step,
    TaskState,
)


@dataclass(frozen=True, slots=True)
class LocalityView:
    """A settlement or a part of one; counts are None where nobody has given them."""

    id: int
    name: Trilingual
    residents: int | None
    entitled: int | None
    part_of_id: int | None = None


@dataclass(frozen=True, slots=True)
class MembershipView:
    """A person's time in a body, both days included."""

    id: int
    body: Body
    since: dt.date
    until: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether it lasts on ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as printed, where from, and the bodies the person is or was a member of."""

    id: int
    name: str
    occupation: str
    locality_id: int | None
    memberships: tuple[MembershipView, ...] = ()

    def is_member(self, body: Body, day: dt.date) -> bool:
        """Whether the person is a member of ``body`` on ``day``."""
        return any(each.body is body and each.holds(day) for each in self.memberships)


@dataclass(frozen=True, slots=True)
class AttendanceView:
    """Somebody on the list of the hall. ``came`` is False for a member who has not come (yet)."""

    id: int | None
    person_id: int | None
    name: str
    occupation: str
    guest: bool
    came: bool
    arrived: dt.time | None = None
    departed: dt.time | None = None

    def in_hall(self, at: dt.time | None) -> bool:
        """Whether the person was there at a time; None asks whether the person came and has not left."""
        if not self.came:
            return False
        if at is None:
            return self.departed is None
        return (self.arrived is None or self.arrived <= at) and (self.departed is None or at < self.departed)


@dataclass(frozen=True, slots=True)
class SpeechView:
    """What somebody said, in one language or both."""

    id: int
    kind: SpeechKind
    speaker: str
    gist: Trilingual


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A step after a decision."""

    id: int
    item_id: int
    step: Step
    day: dt.date
    paper: str
    text: Trilingual
    meeting_id: int | None = None
    attachment_id: int | None = None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A decision to be carried out. ``item_no`` and ``meeting_*`` say where it comes from."""

    id: int
    item_id: int
    item_no: int
    meeting_id: int
    meeting_day: dt.date
    meeting_kind: MeetingKind
    text: Trilingual
    responsible: str
    due: dt.date | None
    state: TaskState
    closed_on: dt.date | None
    report: str

    @property
    def in_time(self) -> bool | None:
        """Whether it was done in time; None while it is open or has no term."""
        if self.state is not TaskState.DONE or self.due is None or self.closed_on is None:
            return None
        return self.closed_on <= self.due


@dataclass(frozen=True, slots=True)
class BudgetPaper:
    """The budget document an item speaks of: enough to name it and to open it."""

    document_id: int
    kind: str
    number: str
    date: dt.date | None
    first_year: int
    edition: int


@dataclass(frozen=True, slots=True)
class MovePaper:
    """A decision of the akim that rests on an item: its ground says whether it moves between programs."""

    adjustment_id: int
    ground: str
    year: int
    number: str
    date: dt.date | None
    confirmed: bool

    @property
    def choice(self) -> str:
        """What stands for it in a list beside budget documents, which are ids."""
        return f"move/{self.adjustment_id}"


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item of the agenda with what was said, voted and decided."""

    id: int
    no: int
    topic: Topic
    title: Trilingual
    reporter: str
    paper: BudgetPaper | None
    about_meeting_id: int | None
    put_to_vote: bool
    by_name: bool
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    voted_at: dt.time | None
    adopted: bool | None
    decision: Trilingual
    speeches: tuple[SpeechView, ...] = ()
    votes: tuple[tuple[int, Vote], ...] = ()
    tasks: tuple[TaskView, ...] = ()
    follow_ups: tuple[FollowUpView, ...] = ()
    moves: tuple[MovePaper, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakView:
    """A break."""

    id: int
    began: dt.time
    ended: dt.time | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """A file of a meeting."""

    id: int
    kind: PaperKind
    attachment_id: int
    name: str
    day: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """A line of the list of meetings."""

    id: int
    unit_id: int
    kind: MeetingKind
    state: MeetingState
    number: str
    day: dt.date
    starts: dt.time | None
    place: Trilingual
    locality: Trilingual
    topics: tuple[Topic, ...]
    entitled: int | None
    present: int | None
    lawful: bool | None
    instead_of_id: int | None


@dataclass(frozen=True, slots=True)
class MeetingName:
    """A meeting as others speak of it."""

    id: int
    kind: MeetingKind
    number: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Everything of one meeting. ``entitled`` and ``present`` are counted from the lists where these are."""

    id: int
    unit_id: int
    kind: MeetingKind
    state: MeetingState
    number: str
    day: dt.date
    starts: dt.time | None
    place: Trilingual
    locality_id: int | None
    locality: Trilingual
    convened_by: ConvenedBy
    initiators: int | None
    extraordinary: bool
    notice_given: dt.date | None
    materials_given: dt.date | None
    entitled: int | None
    entitled_typed: int | None
    present: int | None
    counted: int | None
    opened_at: dt.time | None
    closed_at: dt.time | None
    opened_by: str
    chair: str
    chair_person_id: int | None
    secretary: str
    agenda_approved: bool | None
    signed_by_chair: bool | None
    signed_by_secretary: bool | None
    handed_to_akim: dt.date | None
    published: dt.date | None
    representatives: int | None
    instead_of_id: int | None
    note: str
    items: tuple[ItemView, ...] = ()
    people: tuple[AttendanceView, ...] = ()
    breaks: tuple[BreakView, ...] = ()
    papers: tuple[PaperView, ...] = ()
    elected: dt.date | None = None
    population: int | None = None
    localities: int | None = None
    localities_represented: int | None = None

    @property
    def guests(self) -> tuple[AttendanceView, ...]:
        """Who was invited and does not count."""
        return tuple(person for person in self.people if person.guest)

    @property
    def attending(self) -> tuple[AttendanceView, ...]:
        """Who counts and came."""
        return tuple(person for person in self.people if person.came and not person.guest)

    def in_hall(self, at: dt.time | None = None) -> int | None:
        """How many who count were there at a time (None: now); the typed count where there is no list."""
        if self.counted is not None:
            return self.counted
        if not self.people and self.state in (MeetingState.PLANNED, MeetingState.CALLED):
            return None
        return sum(person.in_hall(at) for person in self.people if not person.guest)

    def item(self, item_id: int) -> ItemView:
        """The item with this id. Raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)


@dataclass(frozen=True, slots=True)
class MonitoringView:
    """A half-year of the commission's monitoring."""

    id: int | None
    year: int
    half: int
    reported_on: dt.date | None = None
    report: str = ""
    attachment_id: int | None = None
    heard_at_id: int | None = None
    answered_on: dt.date | None = None
    answer: str = ""
    answered_at_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A resident's proposal with everything that has come of it so far. Amounts in tiyn."""

    id: int
    unit_id: int
    locality_id: int | None
    locality: Trilingual
    raised_on: dt.date
    raised_at_id: int | None
    raised_at: str
    author: str
    place: str
    what: Trilingual
    cost: int | None
    rank: int | None
    ranked_at_id: int | None
    accepted: bool | None
    item_id: int | None
    item: str
    paper: BudgetPaper | None
    budget_year: int | None
    line: str
    line_name: Trilingual
    planned: int | None
    spent: int | None
    spent_on: dt.date | None
    told_on: dt.date | None
    told_at_id: int | None
    told: str
    executed: LineSpending | None = None

    @property
    def paid(self) -> int | None:
        """The money spent: as it was typed, else what the treasury's forms say of its line."""
        if self.spent is not None:
            return self.spent
        return self.executed.amount if self.executed is not None else None

    @property
    def state(self) -> ProposalState:
        """How far it is: the furthest step that is on file."""
        if self.told_on is not None:
            return ProposalState.TOLD
        if self.spent is not None or self.paid:
            return ProposalState.SPENT
        if self.paper is not None:
            return ProposalState.BUDGETED
        if self.accepted is not None:
            return ProposalState.ACCEPTED if self.accepted else ProposalState.REFUSED
        return ProposalState.RAISED if self.rank is None else ProposalState.RANKED


@dataclass(frozen=True, slots=True)
class YearNumbers:
    """Numbers about meetings of a year, of one kind or of all (``kind`` None)."""

    kind: MeetingKind | None
    called: int = 0
    held: int = 0
    not_held: int = 0
    lawful: int = 0
    present: int = 0
    entitled: int = 0
    items: int = 0
    adopted: int = 0
    proposals: int = 0
    tasks: int = 0
    tasks_in_time: int = 0
    tasks_late: int = 0
    tasks_open: int = 0

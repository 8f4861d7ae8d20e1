"""Minutes kept in the program as the basis of the akim's papers: picked, and held against what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.rules import BETWEEN_PROGRAMS
from akimat_desk.budget.adjustments.store import adjustment_by_id
from akimat_desk.budget.adjustments.tables import AdjustmentDocument
from akimat_desk.budget.bases.basis import MINUTES, Basis
from akimat_desk.budget.plans.tables import PlanDocument
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.errors import RuleBroken
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.strings import Message
from akimat_desk.meetings.kinds import BUDGET_TOPICS, MeetingKind, Topic
from akimat_desk.meetings.record import item_row, meeting_row
from akimat_desk.meetings.states import MeetingState
from akimat_desk.meetings.tables import Meeting, MeetingItem
from akimat_desk.meetings.views import MovePaper
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.workspace import Workspace

#: Topics by which an assembly agrees a change of money; a report is only heard.
AGREEING = BUDGET_TOPICS - {Topic.BUDGET_REPORT}
_AHEAD = frozenset({MeetingState.PLANNED.value, MeetingState.CALLED.value})


@dataclass(frozen=True, slots=True)
class AgreedItem:
    """What an assembly agreed: the minutes' number and day, the item of its agenda."""

    item_id: int
    meeting_id: int
    number: str
    date: dt.date
    no: int
    topic: Topic
    title: Trilingual

    @property
    def basis(self) -> Basis:
        """The same as a budget paper keeps it."""
        return Basis(MINUTES, self.number, self.date, self.item_id)


def agreed_items(
    session: Session, unit_id: int, year: int, topics: Iterable[Topic] = AGREEING
) -> list[AgreedItem]:
    """What assemblies of the unit agreed about budgets in ``year`` and the year before, the latest first.

    Only items that were adopted at meetings that were held; what was refused agrees nothing.
    """
    asked = (
        select(MeetingItem, Meeting)
        .join(Meeting, Meeting.id == MeetingItem.meeting_id)
        .where(
            Meeting.unit_id == unit_id,
            Meeting.kind == MeetingKind.ASSEMBLY.value,
            Meeting.state == MeetingState.HELD.value,
            MeetingItem.adopted.is_(True),
            MeetingItem.topic.in_([topic.value for topic in topics]),
            Meeting.day >= dt.date(year - 1, 1, 1),
            Meeting.day <= dt.date(year, 12, 31),
        )
        .order_by(Meeting.day.desc(), Meeting.id.desc(), MeetingItem.no)
    )
    return [
        AgreedItem(
            item.id,
            row.id,
            row.number,
            row.day,
            item.no,
            Topic(item.topic),
            Trilingual(item.title_kk, item.title_ru),
        )
        for item, row in session.execute(asked)
    ]


def moves_to_agree(session: Session, unit_id: int, year: int) -> list[MovePaper]:
    """Drafts of the akim's decisions that move money between programs, in ``year`` and the year after:
    what an item of an agenda can name."""
    rows = session.scalars(
        select(AdjustmentDocument)
        .where(
            AdjustmentDocument.unit_id == unit_id,
            AdjustmentDocument.year.in_((year, year + 1)),
            AdjustmentDocument.ground == BETWEEN_PROGRAMS,
            AdjustmentDocument.state == DocumentState.DRAFT.value,
        )
        .order_by(AdjustmentDocument.id)
    )
    return [MovePaper(row.id, row.ground, row.year, row.number, row.date, confirmed=False) for row in rows]


def name_move(workspace: Workspace, actor: Actor, item_id: int, adjustment_id: int | None) -> None:
    """Say which draft of a move between programs an item of an agenda is about; None takes it back.

    The draft's basis becomes these minutes: the one link there is between the two. Raises UsageProblem
    for an item that is gone, RuleBroken for a decision that is confirmed or is no move between programs.
    """
    with workspace.changing(actor, "meeting.move_named", item=item_id, adjustment=adjustment_id) as change:
        session = change.session
        item = item_row(session, item_id)
        row = meeting_row(session, item.meeting_id)
        resting = session.scalars(
            select(AdjustmentDocument).where(
                AdjustmentDocument.basis_kind == MINUTES,
                AdjustmentDocument.basis_id == item_id,
                AdjustmentDocument.state == DocumentState.DRAFT.value,
            )
        )
        for each in resting:
            if each.id != adjustment_id:
                each.basis_kind, each.basis_number, each.basis_date, each.basis_id = "", "", None, None
                change.touch("adjustment", each.id)
        if adjustment_id is not None:
            named = adjustment_by_id(session, adjustment_id)
            if named.ground != BETWEEN_PROGRAMS:
                raise RuleBroken("error.meeting.no_move", number=named.number or "–")
            if named.state != DocumentState.DRAFT and named.basis_id != item_id:
                raise RuleBroken("error.adjustment.confirmed")
            named.basis_kind, named.basis_id = MINUTES, item_id
            named.basis_number, named.basis_date = row.number, row.day
            change.touch("adjustment", named.id)
        change.touch("meeting", row.id)


def all_basis_findings(session: Session) -> list[Finding]:
    """Papers of the akim whose minutes say something else now: gone, not adopted, other day or number."""
    found = []
    for where, basis, is_draft, ground in _bases(session):
        row = session.get(MeetingItem, basis.id)
        held = session.get(Meeting, row.meeting_id) if row is not None else None
        if is_draft and held is not None and held.state in _AHEAD:
            continue  # named on an agenda, to be agreed there
        fields: dict[str, object] = {"number": basis.number or "–", "date": basis.date or "–"}
        if row is None or held is None or held.state != MeetingState.HELD.value or not row.adopted:
            found.append(
                Finding("basis.not_agreed", Severity.ERROR, fields, "source.law148.39_3_3_1_1", where)
            )
        elif (held.number, held.day) != (basis.number, basis.date):
            fields |= {"now": held.number or "–", "day": held.day}
            found.append(Finding("basis.other_minutes", Severity.WARNING, fields, where=where))
        if row is not None and ground == BETWEEN_PROGRAMS and row.topic != Topic.PROGRAM_MOVE.value:
            fields = {**fields, "topic": Message(f"meeting.topic.{row.topic}"), "no": row.no}
            found.append(Finding("basis.other_topic", Severity.WARNING, fields, "source.bc_98", where))
    return found


def _bases(session: Session) -> Iterator[tuple[Place, Basis, bool, str]]:
    adjusted = select(AdjustmentDocument).where(AdjustmentDocument.basis_id.is_not(None))
    planned = select(PlanDocument).where(PlanDocument.basis_id.is_not(None))
    rows: list[AdjustmentDocument | PlanDocument] = [
        *session.scalars(adjusted.order_by(AdjustmentDocument.id)),
        *session.scalars(planned.order_by(PlanDocument.id)),
    ]
    for row in rows:
        where = Place(year=row.year, text=f"№ {row.number or '–'}")
        basis = Basis(row.basis_kind, row.basis_number, row.basis_date, row.basis_id)
        ground = row.ground if isinstance(row, AdjustmentDocument) else ""
        yield where, basis, row.state == DocumentState.DRAFT, ground

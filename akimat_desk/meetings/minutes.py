"""Minutes kept in the program as the basis of the akim's papers: picked, and held against what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.tables import AdjustmentDocument
from akimat_desk.budget.bases.basis import MINUTES, Basis
from akimat_desk.budget.plans.tables import PlanDocument
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.meetings.kinds import BUDGET_TOPICS, MeetingKind, Topic
from akimat_desk.meetings.states import MeetingState
from akimat_desk.meetings.tables import Meeting, MeetingItem

#: Topics by which an assembly agrees a change of money; a report is only heard.
AGREEING = BUDGET_TOPICS - {Topic.BUDGET_REPORT}


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


def all_basis_findings(session: Session) -> list[Finding]:
    """Papers of the akim whose minutes say something else now: gone, not adopted, other day or number."""
    found = []
    for where, basis in _bases(session):
        row = session.get(MeetingItem, basis.id)
        held = session.get(Meeting, row.meeting_id) if row is not None else None
        fields: dict[str, object] = {"number": basis.number or "–", "date": basis.date or "–"}
        if row is None or held is None or held.state != MeetingState.HELD.value or not row.adopted:
            found.append(
                Finding("basis.not_agreed", Severity.ERROR, fields, "source.law148.39_3_3_1_1", where)
            )
        elif (held.number, held.day) != (basis.number, basis.date):
            fields |= {"now": held.number or "–", "day": held.day}
            found.append(Finding("basis.other_minutes", Severity.WARNING, fields, where=where))
    return found


def _bases(session: Session) -> Iterator[tuple[Place, Basis]]:
    adjusted = select(AdjustmentDocument).where(AdjustmentDocument.basis_id.is_not(None))
    planned = select(PlanDocument).where(PlanDocument.basis_id.is_not(None))
    rows: list[AdjustmentDocument | PlanDocument] = [
        *session.scalars(adjusted.order_by(AdjustmentDocument.id)),
        *session.scalars(planned.order_by(PlanDocument.id)),
    ]
    for row in rows:
        where = Place(year=row.year, text=f"№ {row.number or '–'}")
        yield where, Basis(row.basis_kind, row.basis_number, row.basis_date, row.basis_id)

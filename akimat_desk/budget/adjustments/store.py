"""Adjustments in rows and out of them; which of them stand behind an edition of the budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.tables import AdjustmentDocument, AdjustmentLineRow
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class AdjustmentSummary:
    """An adjustment in a list, without its lines. ``ground`` is a key of the grounds' data."""

    id: int
    unit_id: int
    year: int
    ground: str
    state: DocumentState
    number: str
    date: dt.date | None


def summary(row: AdjustmentDocument) -> AdjustmentSummary:
    """What is known of an adjustment without its lines."""
    state = DocumentState(row.state)
    return AdjustmentSummary(row.id, row.unit_id, row.year, row.ground, state, row.number, row.date)


def adjustment_by_id(session: Session, document_id: int) -> AdjustmentDocument:
    """The stored document. Raises UsageProblem for an unknown one."""
    row = session.get(AdjustmentDocument, document_id)
    if row is None:
        raise UsageProblem("error.adjustment.unknown", id=document_id)
    return row


def adjustment_documents(session: Session, unit_id: int, year: int) -> list[AdjustmentDocument]:
    """Every adjustment of a unit's year by date, drafts last."""
    rows = session.scalars(
        select(AdjustmentDocument)
        .where(AdjustmentDocument.unit_id == unit_id, AdjustmentDocument.year == year)
        .options(selectinload(AdjustmentDocument.lines))
    )
    return sorted(rows, key=lambda row: (row.state == DocumentState.DRAFT, row.date or dt.date.max, row.id))


def standing(
    session: Session,
    unit_id: int,
    year: int,
    since: dt.date,
    as_of: dt.date | None = None,
    before: dt.date | None = None,
) -> list[AdjustmentDocument]:
    """The confirmed adjustments made on or after ``since``, to ``as_of`` and before ``before``.

    ``since`` is the day of the edition they change: those made earlier are in that edition already.
    """
    return [
        row
        for row in adjustment_documents(session, unit_id, year)
        if row.state == DocumentState.CONFIRMED
        and row.date is not None
        and row.date >= since
        and (as_of is None or row.date <= as_of)
        and (before is None or row.date < before)
    ]


def lines_of(documents: Sequence[AdjustmentDocument]) -> list[AdjustedLine]:
    """What documents add, line by line."""
    return [_line(row) for document in documents for row in document.lines]


def write_lines(document: AdjustmentDocument, lines: Sequence[AdjustedLine]) -> None:
    """Put lines into a document's rows instead of its own."""
    document.lines = [
        AdjustmentLineRow(
            position=position,
            section=line.section.value,
            code=line.code.stored if line.code is not None else None,
            kind=line.kind.value,
            figure=line.figure.value if line.figure is not None else None,
            name_kk=line.name.kk,
            name_ru=line.name.ru,
            name_en=line.name.en,
            targeted=line.targeted,
            amount=line.amount,
        )
        for position, line in enumerate(lines)
    ]


def _line(row: AdjustmentLineRow) -> AdjustedLine:
    section = Section(row.section)
    code: Code | None = None
    if row.code is not None:
        code_type = RevenueCode if section is Section.REVENUE else ExpenditureCode
        code = code_type.from_stored(row.code)
    return AdjustedLine(
        section=section,
        code=code,
        kind=LineKind(row.kind),
        amount=row.amount,
        name=Trilingual(row.name_kk, row.name_ru, row.name_en),
        figure=Figure(row.figure) if row.figure else None,
        targeted=row.targeted,
    )

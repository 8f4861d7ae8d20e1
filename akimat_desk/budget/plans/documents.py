"""Plans as documents: what is known of one, and how its sheet is kept in rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.plans.rules import Area
from akimat_desk.budget.plans.sheet import EMPTY, LineKey, PlanSheet, Side, ordered, plus
from akimat_desk.budget.plans.tables import PlanAmount, PlanDocument, PlanLineRow
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual


class PlanKind(StrEnum):
    """What a plan document is."""

    PLAN = "plan"
    CHANGE = "change"  # its lines are added to the plan in force
    QUARTER = "quarter"  # the first quarter, while no budget is approved (art. 91 p4)


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan document in a list. ``number`` is the serial number of a change within its year."""

    id: int
    unit_id: int
    year: int
    kind: PlanKind
    state: DocumentState
    area: Area | None
    change_kind: str
    number: str
    date: dt.date | None
    reason: str
    deleted: bool = False
    basis: Basis = field(default_factory=Basis)


def summary(document: PlanDocument) -> PlanSummary:
    """What is known of a document without its lines."""
    return PlanSummary(
        id=document.id,
        unit_id=document.unit_id,
        year=document.year,
        kind=PlanKind(document.kind),
        state=DocumentState(document.state),
        area=Area(document.area) if document.area else None,
        change_kind=document.change_kind,
        number=document.number,
        date=document.date,
        reason=document.reason,
        deleted=document.deleted_at is not None,
        basis=Basis(document.basis_kind, document.basis_number, document.basis_date, document.basis_id),
    )


def document_by_id(session: Session, document_id: int) -> PlanDocument:
    """A document. Raises UsageProblem for an unknown one."""
    document = session.get(PlanDocument, document_id)
    if document is None:
        raise UsageProblem("error.plan.unknown", id=document_id)
    return document


def documents_of(
    session: Session, unit_id: int, year: int, *, with_lines: bool = False
) -> list[PlanDocument]:
    """Every document of a unit's year, the confirmed ones by date, drafts last."""
    asked = select(PlanDocument).where(PlanDocument.unit_id == unit_id, PlanDocument.year == year)
    if with_lines:
        asked = asked.options(selectinload(PlanDocument.lines).selectinload(PlanLineRow.amounts))
    return sorted(session.scalars(asked), key=_order)


def _order(document: PlanDocument) -> tuple[bool, bool, dt.date, int]:
    draft = document.state == DocumentState.DRAFT
    return draft, document.kind == PlanKind.CHANGE, document.date or dt.date.max, document.id


def sheet_of(document: PlanDocument) -> PlanSheet:
    """The lines that a document holds."""
    lines: dict[LineKey, tuple[int, ...]] = {}
    names: dict[Code, Trilingual] = {}
    for row in document.lines:
        side = Side(row.side)
        code: Code = side.code_type.from_stored(row.code)
        months = list(EMPTY)
        for amount in row.amounts:
            months[amount.month - 1] = amount.amount
        lines[LineKey(side, code)] = tuple(months)
        if row.own_name:
            names[code] = Trilingual(row.name_kk, row.name_ru, row.name_en)
    return PlanSheet(document.year, ordered(lines), names)


def write_sheet(session: Session, document: PlanDocument, sheet: PlanSheet) -> None:
    """Put a sheet into a document's rows; what is the same stays as it is."""
    pack = pack_for(document.year)
    there = {(row.side, row.code): row for row in document.lines}
    kept = []
    for position, (key, months) in enumerate(sheet):
        row = there.pop((key.side.value, key.code.stored), None)
        if row is None:
            row = PlanLineRow(side=key.side.value, code=key.code.stored)
        own = sheet.names.get(key.code)
        entry = None if own is not None else pack.lookup(key.code)
        name = own or (entry.name if entry is not None else Trilingual())
        row.position, row.own_name = position, own is not None
        row.name_kk, row.name_ru, row.name_en = name.kk, name.ru, name.en
        amounts = {amount.month: amount for amount in row.amounts}
        row.amounts = [
            _amount(amounts.get(month), month, value) for month, value in enumerate(months, start=1) if value
        ]
        kept.append(row)
    document.lines = kept
    session.flush()


def _amount(row: PlanAmount | None, month: int, value: int) -> PlanAmount:
    if row is None:
        return PlanAmount(month=month, amount=value)
    row.amount = value
    return row


def documents_in_force(documents: Iterable[PlanDocument], as_of: dt.date | None = None) -> list[PlanDocument]:
    """The approved plan, then its changes confirmed by ``as_of`` (the latest when None); none without one."""
    confirmed = [
        document
        for document in documents
        if document.state == DocumentState.CONFIRMED
        and document.kind != PlanKind.QUARTER
        and (as_of is None or (document.date or dt.date.min) <= as_of)
    ]
    plans = [document for document in confirmed if document.kind == PlanKind.PLAN]
    changes = [document for document in confirmed if document.kind == PlanKind.CHANGE]
    return [*plans[:1], *changes] if plans else []


def sheet_in_force(documents: Sequence[PlanDocument]) -> PlanSheet | None:
    """The plan that :func:`documents_in_force` make together; None for none."""
    if not documents:
        return None
    sheet = sheet_of(documents[0])
    for change in documents[1:]:
        sheet = plus(sheet, sheet_of(change))
    return sheet


def in_force(documents: Iterable[PlanDocument], as_of: dt.date | None = None) -> PlanSheet | None:
    """The approved plan with the changes confirmed by ``as_of`` (the latest when None)."""
    return sheet_in_force(documents_in_force(documents, as_of))

"""Where a code of the classification stands in a workspace's documents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from akimat_desk.budget.decisions.tables import BudgetDocument, BudgetLineRow
from akimat_desk.budget.figures import Section
from akimat_desk.budget.plans.tables import PlanDocument, PlanLineRow
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import units

_MOST = 500


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A line of a document with this code, or with one below it. ``amount`` in tiyn, None for a plan."""

    unit: Trilingual
    is_plan: bool
    document_id: int
    number: str
    date: dt.date | None
    confirmed: bool
    year: int
    code: str
    name: Trilingual
    amount: int | None


def uses_of(session: Session, code: Code, repeats: str = "", most: int = _MOST) -> list[CodeUse]:
    """The lines with a code, the newest documents first. ``repeats``: the level that means the same
    under every code above it (``Entry.repeats``)."""
    names = {unit.id: unit.name for unit in units(session)}
    receipts = isinstance(code, RevenueCode)
    lines = session.execute(
        select(BudgetLineRow, BudgetDocument)
        .join(BudgetDocument, BudgetDocument.id == BudgetLineRow.document_id)
        .where(
            BudgetLineRow.section == Section.REVENUE.value
            if receipts
            else BudgetLineRow.section != Section.REVENUE.value,
            _has(BudgetLineRow.code, code, repeats),
        )
        .order_by(BudgetDocument.id.desc(), BudgetLineRow.year, BudgetLineRow.position)
        .limit(most)
    )
    found = [
        CodeUse(
            unit=names[document.unit_id],
            is_plan=False,
            document_id=document.id,
            number=document.number,
            date=document.date,
            confirmed=document.confirmed_at is not None,
            year=line.year,
            code=line.code or "",
            name=Trilingual(line.name_kk, line.name_ru, line.name_en),
            amount=line.amount,
        )
        for line, document in lines
    ]
    plans = session.execute(
        select(PlanLineRow, PlanDocument)
        .join(PlanDocument, PlanDocument.id == PlanLineRow.document_id)
        .where(
            PlanLineRow.side == "receipts" if receipts else PlanLineRow.side != "receipts",
            PlanDocument.deleted_at.is_(None),
            _has(PlanLineRow.code, code, repeats),
        )
        .order_by(PlanDocument.id.desc(), PlanLineRow.position)
        .limit(most)
    )
    found += [
        CodeUse(
            unit=names[document.unit_id],
            is_plan=True,
            document_id=document.id,
            number=document.number,
            date=document.date,
            confirmed=document.confirmed_at is not None,
            year=document.year,
            code=line.code,
            name=Trilingual(line.name_kk, line.name_ru, line.name_en),
            amount=None,
        )
        for line, document in plans
    ]
    return found[:most]


def _has(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], code: Code, repeats: str
) -> ColumnElement[bool]:
    """The code itself or one below it; of a common part, wherever it stands."""
    if isinstance(code, ExpenditureCode):
        if code == ExpenditureCode(specific=code.specific):
            return column.like(f"%/%/%/%/%/{code.specific}")
        if repeats == "administrator":
            common = f"__/_/{code.administrator}"
            return or_(column.like(common), column.like(f"{common}/%"))
        if repeats == "subprogram":
            common = f"__/_/___/___/{code.subprogram}"
            return or_(column.like(common), column.like(f"{common}/%"))
    return or_(column == code.stored, column.like(f"{code.stored}/%"))

"""Where an amount stands in the rows of a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.tables import BudgetFigure, BudgetLineRow
from akimat_desk.budget.figures import Section
from akimat_desk.budget.grounds import AmountAt
from akimat_desk.classification.codes import Code, ExpenditureCode
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class Said:
    """What a document holds at a place."""

    amount: int | None
    origin: Origin
    name: Trilingual
    printed_name: str
    row: int
    raw: str
    by: str
    at: dt.datetime | None


def said_at(session: Session, document_id: int, place: AmountAt) -> Said | None:
    """A figure of the text before the annex's row of it, as everywhere; of a line all rows of its code."""
    rows = rows_at(session, document_id, place)
    line = _of_rows(rows) if rows else None
    if place.figure is None:
        return line
    figure = session.get(BudgetFigure, (document_id, place.year, place.figure.value))
    if figure is None:
        return line
    same = line is not None and line.amount == figure.amount
    return Said(
        amount=figure.amount,
        origin=Origin(figure.origin),
        name=line.name if line is not None else Trilingual(),
        printed_name=line.printed_name if line is not None else "",
        row=line.row if line is not None and same else 0,
        raw=line.raw if line is not None and same else "",
        by=line.by if line is not None and same else "",
        at=line.at if line is not None and same else None,
    )


def _of_rows(rows: Sequence[BudgetLineRow]) -> Said:
    first = rows[0]
    amounts = [row.amount for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return Said(
        amount=sum(known) if len(known) == len(amounts) else None,
        origin=Origin(first.origin),
        name=Trilingual(first.name_kk, first.name_ru, first.name_en),
        printed_name=first.printed_name,
        row=first.row,
        raw=" + ".join(row.raw for row in rows if row.raw),
        by=first.entered_by or "",
        at=first.entered_at,
    )


def rows_at(session: Session, document_id: int, place: AmountAt) -> list[BudgetLineRow]:
    """The rows of a place: by code, else by figure, else by the printed name.

    A code without its subgroup, as the layout without them prints it, means every subgroup's line.
    """
    rows = section_rows(session, document_id, place.year, place.section)
    if place.code:
        found = [row for row in rows if row.code is not None and same_code(row.code, place.code)]
        return found or [row for row in rows if is_without_subgroup(row.code, place.code)]
    if place.figure is not None:
        return [row for row in rows if row.figure == place.figure.value][:1]
    return [row for row in rows if row.code is None and row.printed_name == place.printed_name]


def same_code(stored: str, wanted: str) -> bool:
    """Whether two codes are one, a step that paper leaves out being left out or empty."""
    return stored == wanted or [s for s in stored.split("/") if s] == [s for s in wanted.split("/") if s]


def is_without_subgroup(stored: str | None, wanted: str) -> bool:
    if stored is None or "//" not in wanted:
        return False
    steps, asked = stored.split("/"), wanted.split("/")
    return len(steps) == len(asked) and [steps[0], *steps[2:]] == [asked[0], *asked[2:]]


def section_rows(session: Session, document_id: int, year: int, section: Section) -> list[BudgetLineRow]:
    return list(
        session.scalars(
            select(BudgetLineRow)
            .where(
                BudgetLineRow.document_id == document_id,
                BudgetLineRow.year == year,
                BudgetLineRow.section == section.value,
            )
            .order_by(BudgetLineRow.position)
        )
    )


def codes_above(code: Code) -> list[Code]:
    """The codes above a code, the nearest first; those without their subgroup too."""
    found: list[Code] = []
    upper: Code | None = code.parent
    while upper is not None:
        found.append(upper)
        upper = upper.parent
    bare = [
        ExpenditureCode(c.functional_group, "", c.administrator, c.program, c.subprogram)
        for c in found
        if isinstance(c, ExpenditureCode) and c.subgroup and c.administrator
    ]
    return [*found, *bare]

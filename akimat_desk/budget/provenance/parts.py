"""What an amount is made of, by article 9 of the Budget Code or by the lines below it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.balance import IDENTITIES
from akimat_desk.budget.decisions.records import line_of
from akimat_desk.budget.figures import SECTION_OF, SECTION_TOTAL, Figure
from akimat_desk.budget.grounds import AmountAt
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.provenance.stored import (
    codes_above,
    is_without_subgroup,
    rows_at,
    said_at,
    same_code,
    section_rows,
)
from akimat_desk.budget.provenance.values import Part
from akimat_desk.classification.codes import Code

#: A total that the annex gives as the sum of its groups, not as a sum of figures.
_OF_LINES = frozenset({Figure.COSTS})


def parts_of(session: Session, place: AmountAt) -> tuple[Part, ...]:
    """By article 9 for a figure of the structure, else the lines right below it."""
    if place.figure is not None and place.figure not in _OF_LINES and not place.code:
        parts = _figures(session, place)
        if parts:
            return parts
    rows = section_rows(session, place.document_id, place.year, place.section)
    lines = [line_of(row) for row in rows]
    return tuple(_part(place, line) for line in _below(place, lines))


def _figures(session: Session, place: AmountAt) -> tuple[Part, ...]:
    """The figures that a figure is made of; for financing its sources where any is stated."""
    for identity in IDENTITIES:
        if identity.figure is not place.figure or identity.code == "balance.financing":
            continue
        signed = [(figure, 1) for figure in identity.plus] + [(figure, -1) for figure in identity.minus]
        parts = []
        for figure, sign in signed:
            at = AmountAt(place.document_id, place.year, SECTION_OF[figure], figure=figure)
            rows = rows_at(session, place.document_id, at)
            if rows and rows[0].code:
                at = AmountAt.of_line(place.document_id, place.year, line_of(rows[0]))
            found = said_at(session, place.document_id, at)
            if found is not None:
                parts.append(Part(at, found.name, found.printed_name, found.amount, sign))
        if parts:
            return tuple(parts)
    return ()


def _part(place: AmountAt, line: BudgetLine) -> Part:
    at = AmountAt.of_line(place.document_id, place.year, line)
    return Part(at, line.name, line.printed_name, line.amount)


def _below(place: AmountAt, lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The lines of the nearest level that stand under a line of the same section."""
    coded = [line for line in lines if line.code is not None and not same_code(line.code.stored, place.code)]
    if place.code:
        coded = [line for line in coded if line.code is not None and _is_under(line.code, place)]
    elif place.figure is not SECTION_TOTAL[place.section]:
        return []
    codes = {line.code for line in coded}
    return [line for line in coded if line.code is not None and codes.isdisjoint(codes_above(line.code))]


def _is_under(code: Code, place: AmountAt) -> bool:
    upper = [each.stored for each in codes_above(code)]
    return any(same_code(each, place.code) or is_without_subgroup(each, place.code) for each in upper)


def difference_of(amount: int | None, parts: Sequence[Part]) -> int | None:
    """Stated less summed; a part that is not stated leaves it open."""
    if amount is None or not parts or any(part.amount is None for part in parts):
        return None
    return amount - sum(part.sign * (part.amount or 0) for part in parts)

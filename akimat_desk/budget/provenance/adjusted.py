"""The akim's adjustments that moved an amount since its budget was approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.applying import moves
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.rules import ground_of
from akimat_desk.budget.adjustments.store import lines_of, standing
from akimat_desk.budget.decisions.documents import known_from
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.grounds import AmountAt
from akimat_desk.budget.provenance.stored import codes_above, same_code
from akimat_desk.budget.provenance.values import Adjusted
from akimat_desk.budget.views import DocumentState


def adjustments_at(
    session: Session, chain: Sequence[BudgetDocument], place: AmountAt
) -> tuple[Adjusted, ...]:
    """The confirmed adjustments that moved an amount since the budget was approved, by date."""
    first, last = chain[0], chain[-1]
    if place.year != first.first_year:
        return ()
    days = [known_from(each) for each in chain if each.state != DocumentState.DRAFT]
    if last.state == DocumentState.DRAFT:
        days.append(last.date or dt.date.max)  # what is being drafted comes after all there is
    found = []
    for row in standing(session, first.unit_id, place.year, known_from(first)):
        amount = sum(_moved(line, place) for line in lines_of([row]))
        if amount and row.date is not None:
            taken_in = any(row.date < day for day in days[1:])
            if last.state != DocumentState.DRAFT or taken_in:
                found.append(
                    Adjusted(
                        row.number,
                        row.date,
                        ground_of(row.ground).name,
                        amount,
                        row.created_by,
                        row.created_at,
                        taken_in,
                    )
                )
    return tuple(found)


def _moved(line: AdjustedLine, place: AmountAt) -> int:
    """What an addition to one line adds to an amount: its own, a line's above it, or a figure's."""
    if place.figure is not None:
        return sum(amount for figure, amount in moves(line) if figure is place.figure)
    if line.code is None or line.section is not place.section or not place.code:
        return 0
    upper = [line.code, *codes_above(line.code)]
    return line.amount if any(same_code(each.stored, place.code) for each in upper) else 0

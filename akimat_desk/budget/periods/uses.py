"""Which documents use the balances that a year opened with: the budget, its amendments, adjustments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.lines import balances_of
from akimat_desk.budget.adjustments.questions import adjustments
from akimat_desk.budget.adjustments.rules import ground_of
from akimat_desk.budget.decisions.questions import budget_of, decisions
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.grounds import AdjustmentAt, AmountAt
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class UseOfBalances:
    """What a document added to the used balances (tiyn). ``ground`` is that of an adjustment, else None.

    ``places`` are where it stands: of an edition its own figure, then what was used before it.
    """

    date: dt.date | None
    number: str
    amount: int
    amendment: bool = False
    ground: Trilingual | None = None
    places: tuple[AmountAt | AdjustmentAt, ...] = ()


def uses_of_balances(session: Session, unit_id: int, year: int) -> list[UseOfBalances]:
    """The documents of a year's budget that changed the used balances, by date.

    An amendment states the whole figure, adjustments before it included: what it adds is the rest.
    """
    steps: list[tuple[dt.date, int, UseOfBalances]] = []
    found: list[UseOfBalances] = []
    for paper in decisions(session, unit_id):
        if paper.first_year != year or paper.state is not DocumentState.CONFIRMED:
            continue
        whole = budget_of(session, paper.id, year).figures[Figure.BALANCES_USED]
        if whole is not None:
            at = AmountAt(paper.id, year, Section.FINANCING, figure=Figure.BALANCES_USED)
            amends = paper.kind is DecisionKind.AMENDMENT
            use = UseOfBalances(paper.date, paper.number, whole, amends, places=(at,))
            # On one day an edition comes before the adjustments: they are made to it.
            steps.append((paper.date or dt.date(year, 1, 1), 0, use))
    for view in adjustments(session, unit_id, year):
        used = balances_of(view.lines)
        if view.state is DocumentState.CONFIRMED and view.date is not None and used:
            ground = ground_of(view.ground).name
            moved = AdjustmentAt(view.id, Section.FINANCING, figure=Figure.BALANCES_USED)
            use = UseOfBalances(view.date, view.number, used, ground=ground, places=(moved,))
            steps.append((view.date, 1, use))
    running = 0
    there: tuple[AmountAt | AdjustmentAt, ...] = ()
    for _, kind, step in sorted(steps, key=lambda each: each[:2]):
        states = kind == 0
        added = step.amount - running if states else step.amount
        running += added
        if added:
            places = (*step.places, *there) if states else step.places
            found.append(replace(step, amount=added, places=places))
        there = step.places if states else (*there, *step.places)
    return found

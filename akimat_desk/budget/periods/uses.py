"""Which documents use the balances that a year opened with: the budget, its amendments, adjustments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.lines import balances_of
from akimat_desk.budget.adjustments.questions import adjustments
from akimat_desk.budget.adjustments.rules import ground_of
from akimat_desk.budget.decisions.questions import budget_of, decisions
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class UseOfBalances:
    """What a document added to the used balances (tiyn). ``ground`` is that of an adjustment, else None."""

    date: dt.date | None
    number: str
    amount: int
    amendment: bool = False
    ground: Trilingual | None = None


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
            use = UseOfBalances(paper.date, paper.number, whole, paper.kind is DecisionKind.AMENDMENT)
            # On one day an edition comes before the adjustments: they are made to it.
            steps.append((paper.date or dt.date(year, 1, 1), 0, use))
    for view in adjustments(session, unit_id, year):
        used = balances_of(view.lines)
        if view.state is DocumentState.CONFIRMED and view.date is not None and used:
            ground = ground_of(view.ground).name
            steps.append((view.date, 1, UseOfBalances(view.date, view.number, used, ground=ground)))
    running = 0
    for _, kind, step in sorted(steps, key=lambda each: each[:2]):
        added = step.amount - running if kind == 0 else step.amount
        running += added
        if added:
            found.append(UseOfBalances(step.date, step.number, added, step.amendment, step.ground))
    return found

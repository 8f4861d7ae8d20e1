"""The ratio over the years a unit has budgets for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of, budget_years
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.ratio.current_costs import current_costs
from akimat_desk.budget.ratio.formula import own_revenue, standing
from akimat_desk.budget.ratio.targets import Targets, national_targets
from akimat_desk.budget.views import (
    Basis,
    BudgetView,
    Denominator,
    RatioHistory,
    RatioYear,
    Stage,
)
from akimat_desk.places.service import unit_by_id

_STAGE_BASIS = {
    Stage.APPROVED: Basis.APPROVED,
    Stage.AMENDED: Basis.AMENDED,
    Stage.ADJUSTED: Basis.ADJUSTED,
}


def denominator_amount(view: BudgetView, denominator: Denominator) -> int | None:
    """What own revenue is divided by, in tiyn; None when the budget does not state it."""
    if denominator is Denominator.TOTAL_REVENUE:
        return view.figures[Figure.REVENUE_TOTAL]
    if denominator is Denominator.COSTS:
        return view.figures[Figure.COSTS]
    return current_costs(view.figures, view.lines, view.year)


def ratio_year(view: BudgetView, denominator: Denominator, targets: Targets) -> RatioYear:
    """The ratio of one year's budget against that year's target."""
    own = own_revenue(view.figures)
    amount = denominator_amount(view, denominator)
    target: Decimal | None = targets.targets.get(view.year)
    at = standing(own, amount, target, denominator)
    return RatioYear(
        year=view.year,
        basis=Basis.PROJECTION if view.basis is Basis.PROJECTION else _STAGE_BASIS[view.stage],
        own_revenue=own,
        denominator_amount=amount,
        ratio_percent=at.ratio_percent,
        target_percent=target,
        gap_points=at.gap_points,
        gap=at.gap,
        gap_if_total_fixed=at.gap_if_total_fixed,
        document_id=view.decision.id,
    )


def ratio_history(
    session: Session,
    unit_id: int,
    first: int | None = None,
    last: int | None = None,
    denominator: Denominator = Denominator.TOTAL_REVENUE,
    as_of: dt.date | None = None,
) -> RatioHistory:
    """The ratio for every year from ``first`` to ``last`` that a confirmed document answers for."""
    targets = national_targets()
    years = [
        ratio_year(budget_as_of(session, unit_id, year, as_of), denominator, targets)
        for year in budget_years(session, unit_id)
        if (first is None or year >= first) and (last is None or year <= last)
    ]
    return RatioHistory(
        unit_name=unit_by_id(session, unit_id).name,
        denominator=denominator,
        formula_key=f"ratio.formula.{denominator.value}",
        years=tuple(years),
        country=tuple(sorted(targets.history.items())),
    )

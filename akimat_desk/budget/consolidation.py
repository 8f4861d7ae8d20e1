"""The budgets of many units as one: sums of figures and lines, the ratio of sums, who is missing.

What passes between the levels is shown apart: transfers that a unit receives from above, and what it
gives back upward (withdrawals, program 044/048 and the like stand among its costs), are money of the
budget above too (Budget Code art. 8), so the total is given with them and without.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from akimat_desk.budget.comparing.rows import Row, bring_together
from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.figures import Figure, Figures, no_figures
from akimat_desk.budget.ratio.formula import own_revenue
from akimat_desk.budget.ratio.service import denominator_amount
from akimat_desk.budget.views import BudgetView, Denominator, Stage
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.money import half_up
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import UnitView, units

_ABOVE = (UnitKind.RAION, UnitKind.OBLAST)


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """One unit's part. Amounts in tiyn; ``ratio_percent`` to 0.1, None where it cannot be reckoned."""

    unit: UnitView
    view: BudgetView
    own_revenue: int | None
    denominator_amount: int | None
    ratio_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class SummedLine:
    """A line over all units: ``amount`` in tiyn, ``units`` how many state it."""

    row: Row
    amount: int
    units: int


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The budgets of one year brought together.

    ``figures`` are sums over the units that state a figure. ``ratio_percent`` is the ratio of sums;
    ``mean_percent`` the plain mean of the units' ratios, another number with another name. ``missing``
    are units without a budget for the year.
    """

    year: int
    stage: Stage | None
    as_of: dt.date | None
    denominator: Denominator
    units: tuple[UnitTotals, ...]
    missing: tuple[UnitView, ...]
    figures: Figures
    own_revenue: int
    denominator_amount: int
    ratio_percent: Decimal | None
    mean_percent: Decimal | None
    lines: tuple[SummedLine, ...]

    @property
    def from_above(self) -> int:
        """Transfers received from above, in tiyn: money of the budget above as well."""
        return self.figures[Figure.TRANSFERS] or 0

    @property
    def without_transfers(self) -> int:
        """Revenue without what comes from above, in tiyn."""
        return (self.figures[Figure.REVENUE_TOTAL] or 0) - self.from_above


def consolidate(
    session: Session,
    year: int,
    *,
    as_of: dt.date | None = None,
    stage: Stage | None = None,
    denominator: Denominator = Denominator.TOTAL_REVENUE,
    chosen: Sequence[int] | None = None,
) -> Consolidation:
    """Bring together the budgets of the units of a workspace (of ``chosen`` ids, else of all below).

    Raises UsageProblem when no unit has a budget for the year.
    """
    below = [unit for unit in units(session) if unit.kind not in _ABOVE]
    if chosen is not None:
        below = [unit for unit in below if unit.id in set(chosen)]
    parts: list[UnitTotals] = []
    missing: list[UnitView] = []
    for unit in sorted(below, key=lambda each: (each.kato or "~", each.id)):
        try:
            view = budget_as_of(session, unit.id, year, as_of, stage)
        except UsageProblem:  # no budget for this year: it is named, and the others are summed
            missing.append(unit)
            continue
        parts.append(_part(unit, view, denominator))
    if not parts:
        raise UsageProblem("error.consolidation.nothing", year=year)
    return _summed(year, stage, as_of, denominator, parts, missing)


def _part(unit: UnitView, view: BudgetView, denominator: Denominator) -> UnitTotals:
    own, amount = own_revenue(view.figures), denominator_amount(view, denominator)
    return UnitTotals(unit, view, own, amount, _percent(own, amount))


def _summed(
    year: int,
    stage: Stage | None,
    as_of: dt.date | None,
    denominator: Denominator,
    parts: Sequence[UnitTotals],
    missing: Sequence[UnitView],
) -> Consolidation:
    figures = no_figures()
    for part in parts:
        for figure, amount in part.view.figures.items():
            if amount is not None:
                figures[figure] = (figures[figure] or 0) + amount
    # Only units whose ratio can be reckoned, so that both sums are over the same ones.
    known = [part for part in parts if part.ratio_percent is not None]
    own = sum(part.own_revenue or 0 for part in known)
    amount = sum(part.denominator_amount or 0 for part in known)
    exact = [Fraction(part.own_revenue or 0, part.denominator_amount or 1) for part in known]
    lines = [
        SummedLine(row, sum(stated), len(stated))
        for row in bring_together([part.view for part in parts])
        if (stated := [each for each in row.amounts if each is not None])
    ]
    return Consolidation(
        year=year,
        stage=stage,
        as_of=as_of,
        denominator=denominator,
        units=tuple(parts),
        missing=tuple(missing),
        figures=figures,
        own_revenue=own,
        denominator_amount=amount,
        ratio_percent=_percent(own, amount) if known else None,
        mean_percent=half_up(sum(exact, Fraction()) / len(exact) * 100, 1) if exact else None,
        lines=tuple(lines),
    )


def _percent(own: int | None, amount: int | None) -> Decimal | None:
    return None if own is None or not amount else half_up(Fraction(own, amount) * 100, 1)

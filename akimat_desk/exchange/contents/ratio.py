"""The self-sufficiency ratio under every formula: of the budget, and executed to the month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.ratio.executed import executed_figures, months_with_receipts
from akimat_desk.budget.ratio.formula import own_revenue
from akimat_desk.budget.ratio.service import denominator_amount, ratio_year
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.views import Denominator
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.money import TIYN_PER_TENGE, half_up
from akimat_desk.exchange.contents.fact import Indicator, What
from akimat_desk.exchange.manifest import Period

_EXECUTED = "executed"
#: Executed figures state no current costs apart: only these two are reckoned of them.
_OF_EXECUTED = {
    Denominator.TOTAL_REVENUE: Figure.REVENUE_TOTAL,
    Denominator.COSTS: Figure.COSTS,
}


@dataclass(frozen=True, slots=True)
class RatioRow:
    """One ratio. Amounts in tiyn; ``percent`` to 0.1. ``month`` is set for an executed one."""

    formula: str
    basis: str
    month: int | None
    own_revenue: int
    denominator: int
    percent: Decimal
    target: Decimal | None

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON (``figures.schema.json``)."""
        return {
            "formula": self.formula,
            "basis": self.basis,
            "month": self.month,
            "own_revenue_tiyn": self.own_revenue,
            "denominator_tiyn": self.denominator,
            "percent": str(self.percent),
            "target": None if self.target is None else str(self.target),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> RatioRow:
        """From data that the schema has approved. Raises ValueError where the percentage is not the quotient
        of the two amounts."""
        own, amount, percent = data["own_revenue_tiyn"], data["denominator_tiyn"], Decimal(data["percent"])
        if amount == 0 or percent != _percent(own, amount):
            raise ValueError("the percentage is not that of its amounts")
        target = None if data["target"] is None else Decimal(data["target"])
        return cls(data["formula"], data["basis"], data["month"], own, amount, percent, target)

    def indicators(self) -> Iterator[Indicator]:
        """Its two amounts and the percentage."""
        of = f"{self.formula}/{self.basis}"
        for name, amount in (("own_revenue", self.own_revenue), ("denominator", self.denominator)):
            tenge = Decimal(amount) / TIYN_PER_TENGE
            yield Indicator(What.RATIO, name, of, self.month, f"{tenge:.2f}", "tenge")
        yield Indicator(What.RATIO, "ratio_percent", of, self.month, str(self.percent), "percent")


def ratio_of(session: Session, unit_id: int, period: Period) -> list[RatioRow]:
    """The year's ratios: of the budget in force, and of the last month with receipts in the period."""
    targets = national_targets()
    target = targets.targets.get(period.year)
    found: list[RatioRow] = []
    try:
        view = budget_as_of(session, unit_id, period.year, period.last_day if period.month else None)
    except UsageProblem:  # no budget of this year: nothing is planned
        view = None
    for formula in Denominator:
        if view is not None:
            own, amount = own_revenue(view.figures), denominator_amount(view, formula)
            basis = ratio_year(view, formula, targets).basis.value
            found += _row(formula, basis, None, own, amount, target)
    months = [
        month
        for month in months_with_receipts(session, unit_id, period.year)
        if period.month is None or month.month <= period.month
    ]
    if months:
        found += _executed(session, unit_id, months[-1], target)
    return found


def _executed(session: Session, unit_id: int, month: Month, target: Decimal | None) -> Iterator[RatioRow]:
    figures, _ = executed_figures(session, unit_id, month)
    for formula, figure in _OF_EXECUTED.items():
        yield from _row(formula, _EXECUTED, month.month, own_revenue(figures), figures[figure], target)


def _row(
    formula: Denominator,
    basis: str,
    month: int | None,
    own: int | None,
    amount: int | None,
    target: Decimal | None,
) -> Iterator[RatioRow]:
    if own is not None and amount:
        yield RatioRow(formula.value, basis, month, own, amount, _percent(own, amount), target)


def _percent(own: int, amount: int) -> Decimal:
    return half_up(Fraction(own, amount) * 100, 1)

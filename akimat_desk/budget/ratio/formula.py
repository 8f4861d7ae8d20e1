"""The arithmetic of the ratio, on exact fractions (self_sufficiency.md §2; no official formula is at hand).

Every amount is in tiyn. Percentages are rounded half up to 0.1 only when they leave this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from akimat_desk.budget.figures import Figure, Figures
from akimat_desk.budget.views import Denominator
from akimat_desk.core.money import half_up

OWN_REVENUE_FIGURES = (Figure.TAX, Figure.NONTAX, Figure.CAPITAL_SALES)

#: Denominators that grow when own revenue grows.
CONTAINS_OWN_REVENUE = frozenset({Denominator.TOTAL_REVENUE})


def own_revenue(figures: Figures) -> int | None:
    """Tax + non-tax + sale of fixed capital in tiyn; None when none of them is stated.

    A line left out beside a stated one is zero on paper (decisions drop empty lines). Special
    receipts stay outside: the three-part composition follows the order of the decisions.
    """
    stated = [amount for figure in OWN_REVENUE_FIGURES if (amount := figures.get(figure)) is not None]
    if stated:
        return sum(stated)
    total, transfers = figures.get(Figure.REVENUE_TOTAL), figures.get(Figure.TRANSFERS)
    # A budget that lives on transfers alone prints no other line.
    return 0 if total is not None and total == transfers else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a year stands. Percentages to 0.1, amounts in tiyn (half up to a whole tiyn)."""

    ratio_percent: Decimal | None
    gap_points: Decimal | None
    gap: int | None
    gap_if_total_fixed: int | None


def standing(
    own: int | None,
    denominator_amount: int | None,
    target_percent: Decimal | None,
    denominator: Denominator,
) -> Standing:
    """Compare a year with its target.

    With target t, own revenue O and denominator D the gap is (t·D − O)/(1 − t) where D contains
    own revenue, else t·D − O; with the total fixed (transfers fall as own revenue grows) t·D − O.
    """
    if own is None or not denominator_amount:
        return Standing(None, None, None, None)
    ratio = Fraction(own, denominator_amount) * 100
    shown = half_up(ratio, 1)
    if target_percent is None:
        return Standing(shown, None, None, None)
    target = Fraction(target_percent) / 100
    fixed = target * denominator_amount - own
    grown = fixed / (1 - target) if denominator in CONTAINS_OWN_REVENUE else fixed
    return Standing(
        ratio_percent=shown,
        gap_points=half_up(Fraction(target_percent) - ratio, 1),
        gap=int(half_up(grown, 0)),
        gap_if_total_fixed=int(half_up(fixed, 0)),
    )

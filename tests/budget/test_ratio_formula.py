"""The ratio's arithmetic, on published figures and as properties."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure, no_figures
from akimat_desk.budget.ratio.formula import own_revenue, standing
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.views import Denominator
from akimat_desk.core.money import from_plain

thousands = st.integers(1, 10**9).map(lambda tenths: tenths * 10_000)
percents = st.integers(1, 999).map(lambda tenths: Decimal(tenths) / 10)


@pytest.mark.parametrize(
    ("own", "total", "percent"),
    [
        ("15980", "83059", "19.2"),  # Tokmansai 2026
        ("8600", "181766", "4.7"),  # Tokmansai 2025
        ("10041", "184163.4", "5.5"),  # Kokalazhar 2025
        ("21554", "194055.8", "11.1"),  # Zhurgenov 2021
        ("15391", "157093", "9.8"),  # Voskresenovka 2024
        ("17024", "50236", "33.9"),  # Mamyrsu 2025
    ],
)
def test_published_examples(own: str, total: str, percent: str) -> None:
    at = standing(from_plain(own), from_plain(total), None, Denominator.TOTAL_REVENUE)
    assert at.ratio_percent == Decimal(percent)
    assert at.gap is None


@given(thousands, thousands, percents)
def test_the_gap_closed_reaches_the_target(own: int, more: int, target: Decimal) -> None:
    total = own + more
    at = standing(own, total, target, Denominator.TOTAL_REVENUE)
    assert at.gap is not None
    short_of_target = Fraction(target) / 100 * (total + at.gap) - (own + at.gap)
    assert abs(short_of_target) <= 1  # the gap itself is rounded to a whole tiyn


@given(thousands, thousands, percents)
def test_with_the_total_fixed_the_gap_is_exact_to_a_tiyn(own: int, costs: int, target: Decimal) -> None:
    at = standing(own, costs, target, Denominator.COSTS)
    assert at.gap == at.gap_if_total_fixed
    assert at.gap is not None
    assert abs(Fraction(target) / 100 * costs - own - at.gap) <= Fraction(1, 2)


@given(thousands, thousands, percents)
def test_a_passed_target_has_a_negative_gap(own: int, more: int, target: Decimal) -> None:
    total = own + more
    assume(Fraction(own, total) > Fraction(target) / 100)
    at = standing(own, total, target, Denominator.TOTAL_REVENUE)
    assert at.gap is not None
    assert at.gap <= 0
    assert at.gap_if_total_fixed is not None
    assert at.gap_if_total_fixed <= 0


def test_nothing_to_divide_by_is_unknown_not_zero() -> None:
    assert standing(1, 0, Decimal(30), Denominator.COSTS).ratio_percent is None
    assert standing(None, 5, Decimal(30), Denominator.COSTS).ratio_percent is None


def test_own_revenue_leaves_transfers_and_special_receipts_out() -> None:
    figures = no_figures()
    figures[Figure.TAX] = 100
    figures[Figure.CAPITAL_SALES] = 7
    figures[Figure.SPECIAL_RECEIPTS] = 40
    figures[Figure.TRANSFERS] = 1000
    assert own_revenue(figures) == 107


def test_own_revenue_not_stated() -> None:
    figures = no_figures()
    figures[Figure.REVENUE_TOTAL] = 500
    assert own_revenue(figures) is None
    figures[Figure.TRANSFERS] = 500
    assert own_revenue(figures) == 0


def test_national_targets_are_those_of_the_concept() -> None:
    targets = national_targets()
    assert {year: str(percent) for year, percent in targets.targets.items()} == {
        2025: "30.0",
        2026: "33.0",
        2027: "35.0",
        2028: "35.5",
        2029: "36.0",
        2030: "36.5",
    }
    assert {year: str(percent) for year, percent in targets.history.items()} == {
        2021: "17.7",
        2022: "19.0",
        2023: "21.2",
    }
    assert targets.source.kk
    assert targets.source.ru

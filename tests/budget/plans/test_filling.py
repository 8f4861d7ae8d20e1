"""Filling by rule: whatever the rule, the months add up to the year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.plans.filling import FillRule, by_shape, equal, fill, rest_last
from akimat_desk.budget.plans.sheet import EMPTY, MONTHS
from akimat_desk.core.money import DECISION_STEP

from .building import at, k, months

AMOUNTS = st.integers(0, 10**12)
ANY = st.integers(-(10**12), 10**12)
TWELVE = st.tuples(*[AMOUNTS] * 12)
SOME_MONTHS = st.sets(st.integers(1, 12), min_size=1).map(sorted)


@given(AMOUNTS, SOME_MONTHS)
def test_equal_adds_up_in_whole_steps_and_is_never_negative(total: int, chosen: list[int]) -> None:
    made = equal(total, chosen)
    assert sum(made.months) == total
    assert min(made.months) >= 0
    assert all(made.months[m - 1] == 0 for m in MONTHS if m not in chosen)
    whole = [made.months[m - 1] for m in chosen[:-1]]
    assert len(set(whole)) <= 1
    assert all(amount % DECISION_STEP == 0 for amount in whole)
    assert (made.rest_month is None) == (made.rest == 0)


@given(AMOUNTS, TWELVE.filter(any), SOME_MONTHS)
def test_a_shape_adds_up_and_leaves_empty_months_empty(
    total: int, shape: tuple[int, ...], chosen: list[int]
) -> None:
    if not any(shape[m - 1] for m in chosen):
        with pytest.raises(ValueError, match="shape"):
            by_shape(total, shape, chosen)
        return
    made = by_shape(total, shape, chosen)
    assert sum(made.months) == total
    assert min(made.months) >= 0
    assert all(made.months[m - 1] == 0 for m in MONTHS if m not in chosen or not shape[m - 1])


@given(ANY, TWELVE, SOME_MONTHS, st.sampled_from(FillRule), TWELVE)
def test_every_rule_comes_to_the_year(
    total: int, present: tuple[int, ...], chosen: list[int], rule: FillRule, shape: tuple[int, ...]
) -> None:
    if rule is FillRule.SHAPE and not any(shape[m - 1] for m in chosen):
        shape = (1,) * 12
    made = fill(rule, total, present, shape, chosen)
    assert sum(made.months) == total
    kept = [m for m in MONTHS if m != chosen[-1] and (m not in chosen or rule is FillRule.REST_LAST)]
    assert all(made.months[m - 1] == present[m - 1] for m in kept)


def test_what_does_not_divide_goes_into_the_last_month_and_is_said() -> None:
    made = equal(k("1000"))  # 83,3 a month and 0,4 left
    assert made.months == months(("83.3",) * 11 + ("83.7",))
    assert (made.rest, made.rest_month) == (k("0.4"), 12)


def test_last_years_shape() -> None:
    shape = months(at({1: 10, 7: 30}))
    made = by_shape(k("100"), shape)
    assert made.months == months(at({1: 25, 7: 75}))
    assert (made.rest, made.rest_month) == (0, None)


def test_the_rest_may_ask_for_less_than_nothing() -> None:
    """The rule does not hide that the months typed are above the year: a check says so."""
    made = rest_last(k("100"), months(at({1: 80, 2: 50})))
    assert made.months[11] == k("-30")


def test_no_month_to_fill() -> None:
    with pytest.raises(ValueError, match="no month"):
        fill(FillRule.EQUAL, k(1), EMPTY, EMPTY, [])

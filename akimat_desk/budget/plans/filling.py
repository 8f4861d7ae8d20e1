"""Filling the months of a line by a rule. Whatever the rule, the months add up to the year.

Months are whole steps of 0.1 thousand tenge, as decisions are. What the step does not divide goes
into one month, which the answer names, so that it can be said to the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from akimat_desk.budget.plans.sheet import EMPTY, MONTHS, Months
from akimat_desk.core.money import DECISION_STEP


class FillRule(StrEnum):
    """How a year's amount is laid over its months."""

    EQUAL = "equal"
    SHAPE = "shape"  # as the months of last year's plan stood to each other
    EXECUTED = "executed"  # as what last year received, obliged and paid stood by months
    REST_LAST = "rest_last"  # months stay as they are, the last one takes what is missing


@dataclass(frozen=True, slots=True)
class Filled:
    """Months filled by a rule. ``rest`` (tiyn) did not divide and was added to ``rest_month`` (from 1)."""

    months: Months
    rest: int = 0
    rest_month: int | None = None


def equal(total: int, months: Sequence[int] = MONTHS, step: int = DECISION_STEP) -> Filled:
    """The same amount in each of ``months`` (from 1); what does not divide goes into the last of them.

    A negative total (a cut) is divided in the same way. Raises ValueError when no month is given.
    """
    chosen = _chosen(months)
    share = _steps(total, len(chosen), step)
    made = [share if month in chosen else 0 for month in MONTHS]
    return _with_rest(made, total, chosen[-1])


def by_shape(total: int, shape: Months, months: Sequence[int] = MONTHS, step: int = DECISION_STEP) -> Filled:
    """Months that stand to each other as those of ``shape`` do (last year's plan or execution).

    Months in which the shape has nothing (or less) get nothing; the rest goes into the last one that
    has. Raises ValueError when the shape is empty in every one of ``months``.
    """
    chosen = [month for month in _chosen(months) if shape[month - 1] > 0]
    if not chosen:
        raise ValueError("a shape without any amount")
    whole = sum(shape[month - 1] for month in chosen)
    made = [_steps(total * shape[m - 1], whole, step) if m in chosen else 0 for m in MONTHS]
    return _with_rest(made, total, chosen[-1])


def rest_last(total: int, months: Months, last: int = 12) -> Filled:
    """The months as they are; ``last`` (from 1) takes what is missing to the year, be it negative."""
    others = sum(amount for month, amount in zip(MONTHS, months, strict=True) if month != last)
    made = tuple(total - others if m == last else amount for m, amount in zip(MONTHS, months, strict=True))
    return Filled(made, made[last - 1], last)


def fill(
    rule: FillRule,
    total: int,
    present: Months = EMPTY,
    shape: Months = EMPTY,
    months: Sequence[int] = MONTHS,
) -> Filled:
    """Fill ``months`` by a rule so that the line's year is ``total``; other months stay as they are.

    Raises ValueError when no month is given, or the shape is empty there.
    """
    chosen = _chosen(months)
    if rule is FillRule.REST_LAST:
        return rest_last(total, present, chosen[-1])
    kept = [0 if month in chosen else amount for month, amount in zip(MONTHS, present, strict=True)]
    left = total - sum(kept)
    made = equal(left, chosen) if rule is FillRule.EQUAL else by_shape(left, shape, chosen)
    both = tuple(a + b for a, b in zip(kept, made.months, strict=True))
    return Filled(both, made.rest, made.rest_month)


def _chosen(months: Sequence[int]) -> list[int]:
    chosen = sorted(set(months))
    if not chosen:
        raise ValueError("no month to fill")
    return chosen


def _steps(amount: int, parts: int, step: int) -> int:
    """``amount / parts`` cut down (towards zero) to whole steps."""
    whole = abs(amount) // (parts * step) * step
    return whole if amount >= 0 else -whole


def _with_rest(made: list[int], total: int, month: int) -> Filled:
    rest = total - sum(made)
    made[month - 1] += rest
    return Filled(tuple(made), rest, month if rest else None)

"""Where the ratio is heading: from history, inflation and chosen growth to the last target year, with a
range. Pure; exact fractions, no power but whole years."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from akimat_desk.budget.ratio.path import RatioPath
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.views import Basis
from akimat_desk.core.money import half_up
from akimat_desk.core.resources import resource


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Yearly growth in per cent. ``own`` None is what history shows; ``spread`` is how many points the
    range lies to either side where history does not give one."""

    inflation: Decimal
    own: Decimal | None = None
    spread: Decimal = Decimal(0)


def usual_assumptions() -> Assumptions:
    """What is assumed until a person chooses: growth as in history, inflation from the shipped data."""
    data = json.loads(resource("targets", "outlook.json").read_text("utf-8"))
    return Assumptions(Decimal(data["inflation_percent"]), None, Decimal(data["spread_points"]))


@dataclass(frozen=True, slots=True)
class OutlookYear:
    """A year ahead: the ratio in the middle and at the ends of the range, exact, and the target."""

    year: int
    low: Fraction
    middle: Fraction
    high: Fraction
    own: int  # in the middle, tiyn
    divided_by: int
    target_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The years ahead from ``base_year``, and the first year in which the target line is met and kept
    to the end (None: not within the years looked at)."""

    variant: Variant
    base_year: int
    base_percent: Fraction
    own_growth: Decimal  # per cent a year, as used in the middle
    low_growth: Decimal
    high_growth: Decimal
    inflation: Decimal
    from_history: bool
    years: tuple[OutlookYear, ...]
    met_low: int | None
    met_middle: int | None
    met_high: int | None


def outlook(path: RatioPath, targets: dict[int, Decimal], assumed: Assumptions) -> Outlook | None:
    """The years from the latest one that stands (no projection) to the last target; None without one.

    What is not own revenue grows with inflation. Growth of own revenue from history is the mean of
    its yearly changes over years not parted by a change of law; the range is from its smallest to its
    largest. Where history has fewer than two changes, or a growth is chosen, the range is the
    ``spread`` to either side.
    """
    standing = [
        (each.year, best)
        for each in path.years
        if (best := each.best) is not None and best.basis is not Basis.PROJECTION and best.percent is not None
    ]
    if not standing or not targets:
        return None
    base_year, base = standing[-1]
    assert base.own is not None
    assert base.divided_by is not None
    changes = _changes([(year, point.own or 0) for year, point in standing], {law.year for law in path.laws})
    middle, low, high, from_history = _growth(changes, assumed)
    rest = base.divided_by - (base.own if path.variant.contains_own else 0)
    years = []
    for year in range(base_year + 1, max(targets) + 1):
        steps = year - base_year
        others = rest * _power(assumed.inflation, steps)
        owns = [base.own * _power(growth, steps) for growth in (low, middle, high)]
        below = [others + (own if path.variant.contains_own else 0) for own in owns]
        if any(each <= 0 for each in below):
            return None
        shares = [own / each * 100 for own, each in zip(owns, below, strict=True)]
        years.append(
            OutlookYear(
                year=year,
                low=shares[0],
                middle=shares[1],
                high=shares[2],
                own=int(half_up(owns[1], 0)),
                divided_by=int(half_up(below[1], 0)),
                target_percent=targets.get(year),
            )
        )
    assert base.percent is not None
    return Outlook(
        variant=path.variant,
        base_year=base_year,
        base_percent=base.percent,
        own_growth=middle,
        low_growth=low,
        high_growth=high,
        inflation=assumed.inflation,
        from_history=from_history,
        years=tuple(years),
        met_low=_met([(each.year, each.low, each.target_percent) for each in years]),
        met_middle=_met([(each.year, each.middle, each.target_percent) for each in years]),
        met_high=_met([(each.year, each.high, each.target_percent) for each in years]),
    )


def _changes(own: Sequence[tuple[int, int]], law_years: set[int]) -> list[Fraction]:
    """Yearly growth in per cent between neighbouring years that the law did not part."""
    found = []
    for (year, before), (next_year, after) in pairwise(own):
        if next_year == year + 1 and before > 0 and next_year not in law_years:
            found.append(Fraction(after - before, before) * 100)
    return found


def _growth(changes: list[Fraction], assumed: Assumptions) -> tuple[Decimal, Decimal, Decimal, bool]:
    """Middle, low and high growth in per cent to a tenth, and whether history gave them."""
    if assumed.own is not None or not changes:
        middle = assumed.own if assumed.own is not None else assumed.inflation
        return middle, middle - assumed.spread, middle + assumed.spread, False
    middle = half_up(sum(changes, Fraction(0)) / len(changes), 1)
    if len(changes) == 1:
        return middle, middle - assumed.spread, middle + assumed.spread, True
    return middle, half_up(min(changes), 1), half_up(max(changes), 1), True


def _power(percent: Decimal, years: int) -> Fraction:
    """Growth over whole years; nothing shrinks below nothing."""
    return max(Fraction(0), 1 + Fraction(percent) / 100) ** years


def _met(rows: Sequence[tuple[int, Fraction, Decimal | None]]) -> int | None:
    """The first year from which every target to the end is reached."""
    first = None
    for year, percent, target in rows:
        if target is None:
            continue
        if percent < Fraction(target):
            first = None
        elif first is None:
            first = year
    return first

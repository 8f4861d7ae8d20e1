"""Why the ratio changed: what each line moved, in hundredths of a point, adding up exactly.

With numerator N, denominator D and their changes ΔN, ΔD, changing the numerator first gives
ΔN/D₀ − N₁·ΔD/(D₀·D₁), the denominator first ΔN/D₁ − N₀·ΔD/(D₀·D₁). The mean of both,
½·(1/D₀ + 1/D₁)·ΔN − ½·(N₀ + N₁)·ΔD/(D₀·D₁), is a sum over lines and is the change, exactly. Each
line is then rounded half up to a hundredth, and what rounding leaves goes to the largest line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from akimat_desk.budget.ratio.parts import Budget, Pair, above, below, named, pairs
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.classification.codes import Code, LineKind, RevenueCode
from akimat_desk.classification.packs import became, pack_for
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import half_up


class LawNote(StrEnum):
    """What the classification says of a line between two years."""

    ENDED = "ended"  # in force in the first year, not in the second
    BEGAN = "began"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one line moved. Amounts in tiyn, ``hundredths`` of a percentage point, ``exact`` in points;
    ``codes`` are the line's own in the earlier and the later budget."""

    path: tuple[str, ...]
    code: Code | None
    name: Trilingual
    kind: LineKind
    before: int
    after: int
    exact: Fraction
    hundredths: int
    law: LawNote | None = None
    rest: bool = False
    codes: tuple[Code | None, Code | None] = (None, None)

    @property
    def change(self) -> int:
        """By how much the line changed, in tiyn."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Standing:
    """One end of the change: the ratio in points, exact and in hundredths as it is shown."""

    year: int
    above: int
    below: int
    exact: Fraction
    hundredths: int


@dataclass(frozen=True, slots=True)
class Why:
    """The change of the ratio and what made it, the weightiest first. ``hundredths`` add up exactly."""

    variant: Variant
    before: Standing
    after: Standing
    contributions: tuple[Contribution, ...]

    @property
    def hundredths(self) -> int:
        """The change of the ratio as shown, in hundredths of a point."""
        return self.after.hundredths - self.before.hundredths


def explain(before: Budget, after: Budget, variant: Variant) -> Why | None:
    """Why the ratio of ``after`` differs from that of ``before``; None where either has none.

    Both trees must be written in the codes of the later year (``take_apart(as_year=…)``).
    """
    start, end = _standing(before, variant), _standing(after, variant)
    if start is None or end is None:
        return None
    weight = (Fraction(1, start.below) + Fraction(1, end.below)) / 2 * 100
    pull = Fraction((start.above + end.above) * 100, 2 * start.below * end.below)
    moved = []
    for pair in pairs(before, after, variant):
        exact = weight * (pair.above[1] - pair.above[0]) - pull * (pair.below[1] - pair.below[0])
        if exact or pair.before != pair.after:
            moved.append(_contribution(pair, exact, before.year, after.year))
    moved.sort(key=lambda each: (-abs(each.exact), each.path))
    return Why(variant, start, end, _add_up(moved, end.hundredths - start.hundredths))


def gather(contributions: Sequence[Contribution], most: int) -> tuple[tuple[Contribution, ...], int, int]:
    """The weightiest ``most`` lines, and of the others together: hundredths and how many they are."""
    shown, others = contributions[:most], contributions[most:]
    return tuple(shown), sum(each.hundredths for each in others), len(others)


def hundredths_of(value: Fraction) -> int:
    """Points rounded half up to hundredths."""
    return int(half_up(value * 100, 0))


def _standing(budget: Budget, variant: Variant) -> Standing | None:
    own, divided_by = above(budget, variant), below(budget, variant)
    if own is None or not divided_by or divided_by < 0:
        return None
    exact = Fraction(own, divided_by) * 100
    return Standing(budget.year, own, divided_by, exact, hundredths_of(exact))


def _contribution(pair: Pair, exact: Fraction, from_year: int, to_year: int) -> Contribution:
    year = from_year if not pair.after and pair.before else to_year
    return Contribution(
        path=pair.path,
        code=pair.code,
        name=named(pair.code, pair.name, year),
        kind=pair.kind,
        before=pair.before,
        after=pair.after,
        exact=exact,
        hundredths=hundredths_of(exact),
        law=_law(pair, from_year, to_year),
        rest=pair.rest,
        codes=pair.codes,
    )


def _law(pair: Pair, from_year: int, to_year: int) -> LawNote | None:
    """Whether the line itself ended or began between the years (not merely its amount)."""
    code = pair.code
    if not isinstance(code, RevenueCode) or from_year == to_year or pair.rest:
        return None
    if not pair.after and pack_for(from_year).lookup(code) and became(code, from_year, to_year) is None:
        return LawNote.ENDED
    if not pair.before and pack_for(to_year).lookup(code) and became(code, to_year, from_year) is None:
        return LawNote.BEGAN
    return None


def _add_up(moved: list[Contribution], whole: int) -> tuple[Contribution, ...]:
    """Give what rounding leaves to the largest line, so that the hundredths are the change shown."""
    left = whole - sum(each.hundredths for each in moved)
    if left and moved:
        moved[0] = replace(moved[0], hundredths=moved[0].hundredths + left)
    return tuple(moved)

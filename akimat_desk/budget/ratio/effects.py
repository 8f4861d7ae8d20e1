"""What each lever alone does to the ratio, in hundredths of a point, beside what they do together.

The effects of levers taken alone do not add up to the effect of all: each is reckoned against a
denominator that the others left alone. What is left over is shown as a row of its own, never hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from akimat_desk.budget.figures import Section
from akimat_desk.budget.ratio.levers import Ground, Moved, Outcome
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.why import hundredths_of


@dataclass(frozen=True, slots=True)
class Effect:
    """What one lever alone moves, in hundredths of a percentage point."""

    moved: Moved
    hundredths: int


@dataclass(frozen=True, slots=True)
class Effects:
    """The levers' own effects; with ``together``, what only all of them at once do, they come to
    ``total``: the change of the ratio as it is shown in hundredths."""

    each: tuple[Effect, ...]
    together: int
    total: int

    def by_key(self) -> Mapping[tuple[Section, str], int]:
        """The hundredths of each line that was moved."""
        return {effect.moved.line.key: effect.hundredths for effect in self.each}


def effects(on: Ground, outcome: Outcome) -> Effects | None:
    """What each lever of an outcome moves alone; None where the formula has no ratio before or after."""
    own, divided_by = on.sums[outcome.variant]
    before, after = outcome.percent_before, outcome.percent
    if before is None or after is None or own is None or not divided_by:
        return None
    start = hundredths_of(before)
    each: list[Effect] = []
    for moved in outcome.moved:
        alone = _alone(own, divided_by, moved, outcome.variant)
        if alone is None:
            return None
        each.append(Effect(moved, hundredths_of(alone) - start))
    total = hundredths_of(after) - start
    return Effects(tuple(each), total - sum(effect.hundredths for effect in each), total)


def _alone(own: int, divided_by: int, moved: Moved, variant: Variant) -> Fraction | None:
    counted_above, counted_below = moved.line.weights[variant]
    top = own + (moved.change if counted_above else 0)
    bottom = divided_by + (moved.change if counted_below else 0)
    return Fraction(top * 100, bottom) if bottom > 0 else None


def strongest(found: Effects | None) -> Sequence[Effect]:
    """The levers by what they do alone, the strongest first."""
    return sorted(found.each, key=lambda effect: -abs(effect.hundredths)) if found else ()

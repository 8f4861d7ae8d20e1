"""What if: levers on lines, and what the ratio and the balance are then. Pure, exact, in microseconds.

The ground is a budget taken apart once; a lever moves one of its lines and only differences are
reckoned, so that a new picture costs nothing whatever the number of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.ratio.bases import WHOLE, LineBase
from akimat_desk.budget.ratio.lines import thing_of
from akimat_desk.budget.ratio.parts import (
    Budget,
    Node,
    above,
    below,
    counts_above,
    counts_below,
    named,
    walk,
)
from akimat_desk.budget.ratio.seek import Growth, Position, own_needed
from akimat_desk.budget.ratio.variants import OWN_KINDS, Variant
from akimat_desk.classification.codes import Code, LineKind, RevenueCode
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import DECISION_STEP, half_up


class How(StrEnum):
    """How a lever moves a line."""

    AMOUNT = "amount"  # to an amount
    PERCENT = "percent"  # by a percentage
    BASE = "base"  # by what stands behind it: count × charge × collection, arrears


class Group(StrEnum):
    """What a line is to an akim: what he collects, what he is given, what he spends."""

    OWN = "own"
    TRANSFERS = "transfers"
    SPENDING = "spending"


@dataclass(frozen=True, slots=True)
class Lever:
    """A lever on one line, by the numbers its way needs. ``tenths`` and ``arrears_tenths`` of a %."""

    side: Section
    line: str
    how: How
    amount: int | None = None
    tenths: int | None = None
    count: int | None = None
    charge: int | None = None
    collection: int | None = None
    arrears_tenths: int | None = None

    @property
    def key(self) -> tuple[Section, str]:
        """The line it moves."""
        return (self.side, self.line)


@dataclass(frozen=True, slots=True)
class WhatIfLine:
    """A line that can be moved, with what is known of it. ``weights``: by formula, whether it counts
    above and below the stroke."""

    side: Section
    line: str
    code: Code
    name: Trilingual
    group: Group
    kind: LineKind
    amount: int
    base: LineBase | None
    thing: str | None
    weights: Mapping[Variant, tuple[bool, bool]] = field(repr=False)

    @property
    def key(self) -> tuple[Section, str]:
        """Its name among the lines of both sides."""
        return (self.side, self.line)


@dataclass(frozen=True, slots=True)
class Ground:
    """A year's budget ready for levers. Sums in tiyn; None where the budget does not state them."""

    unit_name: Trilingual
    year: int
    lines: tuple[WhatIfLine, ...]
    sums: Mapping[Variant, tuple[int | None, int | None]]
    target_percent: Decimal | None
    revenue: int
    costs: int
    other: int  # what besides stands between revenue and costs: balances used, loans, net lending
    targeted: int | None = None  # of the transfers, where it is known

    def line(self, key: tuple[Section, str]) -> WhatIfLine | None:
        """The line of a key."""
        return next((line for line in self.lines if line.key == key), None)


@dataclass(frozen=True, slots=True)
class Moved:
    """A line that a lever moved."""

    line: WhatIfLine
    amount: int

    @property
    def change(self) -> int:
        """By how much, in tiyn."""
        return self.amount - self.line.amount


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would be. ``percent`` exact; ``balance`` is what remains (or, negative, lacks) when costs
    are paid out of revenue and the other sources; ``gap`` what own revenue still lacks for the target."""

    variant: Variant
    own: int | None
    divided_by: int | None
    percent: Fraction | None
    percent_before: Fraction | None
    target_percent: Decimal | None
    reached: bool | None
    gap: int | None
    revenue: int
    costs: int
    balance: int
    balance_before: int
    moved: tuple[Moved, ...]
    #: Levers whose line is not in this budget (a scenario of an older edition).
    lost: tuple[Lever, ...] = ()


def ground(
    budget: Budget, known: Mapping[str, LineBase], target_percent: Decimal | None, unit_name: Trilingual
) -> Ground:
    """Lay a budget out for levers; ``known`` is what the office knows of its lines."""
    found: dict[tuple[Section, str], WhatIfLine] = {}
    roots = [(budget.revenue, Section.REVENUE)]
    if budget.costs is not None:
        roots.append((budget.costs, Section.EXPENDITURE))
    for root, side in roots:
        for node in walk(root):
            made = _line(node, side, budget.year, known)
            if made is not None:
                found.setdefault(made.key, made)
    figures = {figure: amount or 0 for figure, amount in budget.figures.items()}
    costs = budget.costs.total if budget.costs is not None else 0
    return Ground(
        unit_name=unit_name,
        year=budget.year,
        lines=tuple(found.values()),
        sums={variant: (above(budget, variant), below(budget, variant)) for variant in Variant},
        target_percent=target_percent,
        revenue=budget.revenue.total,
        costs=costs,
        other=(
            figures.get(Figure.LOANS_IN, 0)
            - figures.get(Figure.LOANS_REPAID, 0)
            + figures.get(Figure.BALANCES_USED, 0)
            - figures.get(Figure.NET_LENDING, 0)
            - figures.get(Figure.FIN_ASSETS_BALANCE, 0)
        ),
        targeted=budget.targeted if figures.get(Figure.TRANSFERS, 0) else None,
    )


def _line(node: Node, side: Section, year: int, known: Mapping[str, LineBase]) -> WhatIfLine | None:
    code = node.code
    if code is None:
        return None
    if side is Section.EXPENDITURE:
        group = Group.SPENDING
    elif node.kind in OWN_KINDS:
        group = Group.OWN
    elif node.kind is LineKind.TRANSFERS:
        group = Group.TRANSFERS
    else:
        return None
    base = known.get(code.stored) if group is Group.OWN else None
    return WhatIfLine(
        side=side,
        line=code.stored,
        code=code,
        name=named(code, node.name, year),
        group=group,
        kind=node.kind,
        amount=node.total,
        base=base,
        thing=thing_of(code) if isinstance(code, RevenueCode) and group is Group.OWN else None,
        weights={variant: (counts_above(node, variant), counts_below(node, variant)) for variant in Variant},
    )


def moved_amount(lever: Lever, line: WhatIfLine) -> int:
    """The amount a lever brings its line to, in steps of 0.1 thousand tenge, never below zero."""
    if lever.how is How.AMOUNT:
        exact = Fraction(line.amount if lever.amount is None else lever.amount)
    elif lever.how is How.PERCENT:
        exact = line.amount * (1 + Fraction(lever.tenths or 0, WHOLE))
    else:
        exact = line.amount + _of_base(line, lever) - _of_base(line, None)
    if exact == line.amount:
        return line.amount
    return max(0, int(half_up(exact / DECISION_STEP, 0)) * DECISION_STEP)


def _of_base(line: WhatIfLine, lever: Lever | None) -> Fraction:
    """What count × charge × collection gives, with the lever's numbers in place of those known."""
    base = line.base or LineBase(line.line)
    collection = WHOLE if base.collection is None else base.collection
    charge: Fraction | None = Fraction(base.charge) if base.charge is not None else None
    if charge is None and base.count and collection:
        charge = Fraction(line.amount * WHOLE, base.count * collection)
    count, arrears = base.count or 0, Fraction(0)
    if lever is not None:
        count = count if lever.count is None else lever.count
        collection = collection if lever.collection is None else lever.collection
        charge = charge if lever.charge is None else Fraction(lever.charge)
        arrears = Fraction((base.arrears or 0) * (lever.arrears_tenths or 0), WHOLE)
    return count * (charge or 0) * Fraction(collection, WHOLE) + arrears


def reckon(
    on: Ground, levers: Iterable[Lever], variant: Variant, growth: Growth = Growth.TOTAL_GROWS
) -> Outcome:
    """The ratio and the balance with these levers."""
    own, divided_by = on.sums[variant]
    percent_before = _percent(own, divided_by)
    revenue, costs = on.revenue, on.costs
    moved: list[Moved] = []
    lost: list[Lever] = []
    for lever in levers:
        line = on.line(lever.key)
        if line is None:
            lost.append(lever)
            continue
        step = Moved(line, moved_amount(lever, line))
        if not step.change:
            continue
        moved.append(step)
        counted_above, counted_below = line.weights[variant]
        if own is not None and counted_above:
            own += step.change
        if divided_by is not None and counted_below:
            divided_by += step.change
        if line.side is Section.REVENUE:
            revenue += step.change
        else:
            costs += step.change
    balance_before = on.revenue + on.other - on.costs
    reached, gap = _against_target(on, own, divided_by, variant, growth)
    return Outcome(
        variant=variant,
        own=own,
        divided_by=divided_by,
        percent=_percent(own, divided_by),
        percent_before=percent_before,
        target_percent=on.target_percent,
        reached=reached,
        gap=gap,
        revenue=revenue,
        costs=costs,
        balance=balance_before + (revenue - on.revenue) - (costs - on.costs),
        balance_before=balance_before,
        moved=tuple(moved),
        lost=tuple(lost),
    )


def _percent(own: int | None, divided_by: int | None) -> Fraction | None:
    return None if own is None or not divided_by or divided_by < 0 else Fraction(own * 100, divided_by)


def _against_target(
    on: Ground, own: int | None, divided_by: int | None, variant: Variant, growth: Growth
) -> tuple[bool | None, int | None]:
    if own is None or not divided_by or divided_by < 0 or on.target_percent is None:
        return None, None
    grows = variant.contains_own and growth is Growth.TOTAL_GROWS
    position = Position(own, divided_by, Fraction(on.target_percent) / 100, grows)
    return position.reaches(0), own_needed(position)


def levers_of_mix(lines: Sequence[tuple[str, int, int]]) -> list[Lever]:
    """The levers that put the answer of a goal seek in."""
    return [Lever(Section.REVENUE, line, How.AMOUNT, amount=then) for line, now, then in lines if then != now]

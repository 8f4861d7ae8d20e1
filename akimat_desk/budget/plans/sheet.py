"""A financing plan in memory: lines by code, twelve months each. Pure values, no database.

A plan has three sides: receipts by specific, payments and obligations by program, subprogram and
economic specific (Budget Code art. 105). The year of a line is the sum of its months and is never
kept beside them. Amounts are whole tiyn; a month without money is 0, because a plan says for every
month how much there is to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate

from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.core.language import Trilingual

MONTHS = range(1, 13)
Months = tuple[int, ...]
EMPTY: Months = (0,) * 12


class Side(StrEnum):
    """What a line of a plan plans."""

    RECEIPTS = "receipts"
    PAYMENTS = "payments"
    OBLIGATIONS = "obligations"

    @property
    def code_type(self) -> type[RevenueCode] | type[ExpenditureCode]:
        """The codes that the side's lines have."""
        return RevenueCode if self is Side.RECEIPTS else ExpenditureCode


SIDES = tuple(Side)


@dataclass(frozen=True, slots=True)
class LineKey:
    """A line of a plan: its side and its code down to the specific."""

    side: Side
    code: Code


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The lines of one year's plan (or, in a change, what is added to each month).

    ``lines`` are in order of side and code. ``names`` holds the names of codes that the
    classification does not know: the office gave them when it took the code in.
    """

    year: int
    lines: Mapping[LineKey, Months] = field(default_factory=dict)
    names: Mapping[Code, Trilingual] = field(default_factory=dict)

    def keys(self, side: Side) -> list[LineKey]:
        """The lines of a side, in the order of their codes."""
        return [key for key in self.lines if key.side is side]

    def months(self, key: LineKey) -> Months:
        """A line's months; twelve zeros for a line that is not there."""
        return self.lines.get(key, EMPTY)

    def year_of(self, key: LineKey) -> int:
        """A line's year: the sum of its months."""
        return sum(self.months(key))

    def total(self, side: Side, within: Callable[[Code], bool] | None = None) -> Months:
        """The months of a side added up, of the codes that ``within`` lets through."""
        rows = [self.lines[key] for key in self.keys(side) if within is None or within(key.code)]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else EMPTY

    def with_lines(self, lines: Mapping[LineKey, Months]) -> PlanSheet:
        """The sheet with these lines instead of its own."""
        return replace(self, lines=ordered(lines))

    def __iter__(self) -> Iterator[tuple[LineKey, Months]]:
        return iter(self.lines.items())


def ordered(lines: Mapping[LineKey, Months]) -> dict[LineKey, Months]:
    """Lines by side, then by code."""
    place = {side: number for number, side in enumerate(SIDES)}
    return dict(sorted(lines.items(), key=lambda item: (place[item[0].side], item[0].code.stored)))


def cumulative(months: Months) -> Months:
    """From January to each month."""
    return tuple(accumulate(months))


def program_of(code: ExpenditureCode) -> ExpenditureCode:
    """The program that a line of costs belongs to."""
    return replace(code, subprogram="", specific="")


def programs(keys: Iterable[LineKey]) -> list[ExpenditureCode]:
    """The programs of these lines, each once, in order."""
    found = {program_of(key.code): None for key in keys if isinstance(key.code, ExpenditureCode)}
    return sorted(found, key=lambda code: code.stored)


def plus(sheet: PlanSheet, change: PlanSheet) -> PlanSheet:
    """The plan after a change: lines that the change names are there even where nothing is left."""
    lines = dict(sheet.lines)
    for key, added in change:
        lines[key] = tuple(a + b for a, b in zip(sheet.months(key), added, strict=True))
    return replace(sheet, lines=ordered(lines), names={**sheet.names, **change.names})


def difference(before: PlanSheet, after: PlanSheet) -> PlanSheet:
    """What has to be added to ``before`` to come to ``after``; lines that stay the same are left out.

    A line that is new is there even when its months are all zero.
    """
    lines: dict[LineKey, Months] = {}
    for key in {**before.lines, **after.lines}:
        moved = tuple(b - a for a, b in zip(before.months(key), after.months(key), strict=True))
        if any(moved) or key not in before.lines:
            lines[key] = moved
    names = {code: name for code, name in after.names.items() if any(key.code == code for key in lines)}
    return PlanSheet(after.year, ordered(lines), names)

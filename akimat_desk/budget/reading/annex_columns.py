"""Which code a cell states: columns become levels, filled cells inherit from the rows above.

"01", "04" in the second column and "1" in the third can be told apart by the column alone, yet
spans shift columns and heads may be missing or misspelt. So every plausible reading of a table's
columns is tried and the one whose codes the classification knows best is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from akimat_desk.budget.figures import Section
from akimat_desk.budget.reading.annex_amounts import code_number
from akimat_desk.budget.reading.annex_tables import CodeCell, Head, PrintedRow
from akimat_desk.budget.reading.annex_words import Column
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode

Levels = tuple[Column | None, ...]

REVENUE_LEVELS = (Column.CATEGORY, Column.CLASS, Column.SUBCLASS, Column.SPECIFIC)
EXPENDITURE_LEVELS = (
    Column.GROUP,
    Column.SUBGROUP,
    Column.ADMINISTRATOR,
    Column.PROGRAM,
    Column.SUBPROGRAM,
    Column.SPECIFIC,
)
_WIDTH = {
    Column.CATEGORY: 1,
    Column.CLASS: 2,
    Column.SUBCLASS: 1,
    Column.GROUP: 2,
    Column.SUBGROUP: 1,
    Column.ADMINISTRATOR: 3,
    Column.PROGRAM: 3,
    Column.SUBPROGRAM: 3,
}


def levels_of(side: Section) -> tuple[Column, ...]:
    """The levels of a side's codes, outermost first."""
    return REVENUE_LEVELS if side is Section.REVENUE else EXPENDITURE_LEVELS


def _width(level: Column, side: Section) -> int:
    return (2 if side is Section.REVENUE else 3) if level is Column.SPECIFIC else _WIDTH[level]


# The usual sets of columns, most usual first: the acts of 2026 drop the subgroup.
_USUAL: Mapping[Section, tuple[Levels, ...]] = {
    Section.REVENUE: (REVENUE_LEVELS[:3], REVENUE_LEVELS, REVENUE_LEVELS[:2], REVENUE_LEVELS[:1]),
    Section.EXPENDITURE: (
        EXPENDITURE_LEVELS[:4],
        (Column.GROUP, Column.ADMINISTRATOR, Column.PROGRAM),
        EXPENDITURE_LEVELS[:5],
        (Column.GROUP, Column.ADMINISTRATOR, Column.PROGRAM, Column.SUBPROGRAM),
        EXPENDITURE_LEVELS,
        (Column.GROUP, Column.SUBGROUP, Column.PROGRAM),
        (Column.GROUP, Column.PROGRAM),
        (Column.GROUP, Column.SUBGROUP),
        (Column.GROUP,),
    ),
}


class Method(IntEnum):
    """How a cell finds its column. Order is preference."""

    COUNT = 0  # by written cells, counted back from the name
    GRID = 1  # by the head's grid columns
    DENSE = 2  # by the grid columns that hold codes at all


@dataclass(frozen=True, slots=True)
class Placement:
    """One reading of a table's columns."""

    side: Section
    levels: Levels
    method: Method
    starts: tuple[int, ...] = ()

    def place(self, row: PrintedRow) -> dict[Column, str] | None:
        """The parts of a code that a row's cells state; None when a cell cannot be one."""
        found: dict[Column, str] = {}
        for cell in row.codes:
            at = self._at(cell, row.width)
            if at is None:
                return None
            if not 0 <= at < len(self.levels):
                if at < 0 and self.method is Method.COUNT:
                    continue  # a column of row numbers before the codes
                return None
            level = self.levels[at]
            if level is None:
                continue
            number = code_number(cell.text, _width(level, self.side))
            if number is None or level in found:
                return None
            found[level] = number
        return found

    def _at(self, cell: CodeCell, width: int) -> int | None:
        if self.method is Method.COUNT:
            return len(self.levels) - (width - cell.index)
        if self.method is Method.GRID:
            fitting = [at for at, start in enumerate(self.starts) if start <= cell.column]
            return fitting[-1] if fitting else None
        return self.starts.index(cell.column) if cell.column in self.starts else None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row's cells came to. ``code`` is None when nothing above completes it. ``repeated`` names
    the outer levels that the row states again although they stand above."""

    code: Code | None
    level: Column
    repeated: tuple[Column, ...]


class Trail:
    """The codes that stand above a row: a filled cell keeps what is left of it, clears the rest."""

    def __init__(self, side: Section) -> None:
        self._side = side
        self._levels = levels_of(side)
        self._above: dict[Column, str] = {}

    def take(self, parts: Mapping[Column, str]) -> Taken:
        """Add a row's parts to what stands above it."""
        deepest = max(parts, key=self._levels.index)
        repeated: list[Column] = []
        for level in self._levels[: self._levels.index(deepest) + 1]:
            number = parts.get(level)
            if number is None:
                continue
            if level is not deepest and self._above.get(level) == number:
                repeated.append(level)
                continue
            self._above[level] = number
            self.forget(level, keep=True)
        return Taken(self._code(), deepest, tuple(repeated))

    def forget(self, level: Column, *, keep: bool = False) -> None:
        """What stood at a level (unless kept) and below it is no longer known."""
        start = self._levels.index(level) + (1 if keep else 0)
        for deeper in self._levels[start:]:
            self._above.pop(deeper, None)

    def _code(self) -> Code | None:
        if self._levels[0] not in self._above:
            return None
        parts = [self._above.get(level, "") for level in self._levels]
        if self._side is Section.EXPENDITURE:
            return ExpenditureCode(*parts)
        given = [part for part in parts if part]
        # A class or subclass without the one above it would be read as another level.
        return RevenueCode(*given) if parts[: len(given)] == given else None


def choose(
    rows: Sequence[PrintedRow],
    side: Section,
    heads: Sequence[Head],
    knows: Callable[[Code], bool],
) -> Placement:
    """The reading of the columns under which the most codes are ones the classification knows.

    ``heads``: the table's own head first, then that of the table before it.
    """
    coded = [row for row in rows if row.codes]
    candidates = _candidates(coded, side, heads)
    best = candidates[0]
    if not coded:
        return best
    best_score = -len(coded) * 4
    for candidate in candidates:
        reached = _score(coded, candidate, knows, best_score)
        if reached > best_score:
            best, best_score = candidate, reached
        if best_score == 2 * len(coded):
            break
    return best


def _score(
    rows: Sequence[PrintedRow], placement: Placement, knows: Callable[[Code], bool], to_beat: int
) -> int:
    """How well a reading fits; given up as soon as it cannot beat another one."""
    trail = Trail(placement.side)
    reached = 0
    for at, row in enumerate(rows):
        if reached + 2 * (len(rows) - at) <= to_beat:
            return to_beat
        parts = placement.place(row)
        if not parts:
            reached -= 2
            continue
        code = trail.take(parts).code
        if code is None:
            reached -= 2
        elif knows(code):
            reached += 2
    return reached


def _candidates(rows: Sequence[PrintedRow], side: Section, heads: Sequence[Head]) -> list[Placement]:
    sets: list[tuple[Levels, tuple[int, ...]]] = []
    for head in heads:
        if head.side is side:
            levels = _named(head, side)
            sets.append((levels, tuple(start for _, start in head.codes)))
    sets += [(levels, ()) for levels in _USUAL[side]]
    used = tuple(sorted({cell.column for row in rows for cell in row.codes}))
    widths = {row.width for row in rows}
    found: list[Placement] = []
    for levels, starts in sets:
        count = Placement(side, levels, Method.COUNT)
        grid = [Placement(side, levels, Method.GRID, starts)] if starts else []
        # Where every row has as many cells as there are columns, counting is sure.
        found += [count, *grid] if widths == {len(levels)} else [*grid, count]
        if len(used) >= len(levels):
            found.append(Placement(side, levels, Method.DENSE, used[-len(levels) :]))
        elif used:
            found.append(Placement(side, levels[: len(used)], Method.DENSE, used))
    return list(dict.fromkeys(found))


def _named(head: Head, side: Section) -> Levels:
    """The head's levels, an unrecognised head named by what its neighbours leave free."""
    order = levels_of(side)
    columns = [c if c in order else None for c, _ in head.codes]
    for at, column in enumerate(columns):
        if column is not None:
            continue
        before = [order.index(c) for c in columns[:at] if c is not None]
        after = [order.index(c) for c in columns[at + 1 :] if c is not None]
        low = max(before) + 1 if before else 0
        high = min(after) if after else len(order)
        if low < high:
            columns[at] = order[low]
    return tuple(columns)


class Staircase:
    """Codes under the rows of III–VI, where no head says what a column is: the further right, the deeper."""

    def __init__(self, side: Section) -> None:
        self._side = side
        self._steps: list[tuple[int, Column, str]] = []

    def take(self, row: PrintedRow) -> Code | None:
        """The code of a row with one filled code cell; None when it fits no level."""
        if len(row.codes) != 1:
            return None
        cell = row.codes[0]
        while self._steps and self._steps[-1][0] >= cell.column:
            self._steps.pop()
        order = levels_of(self._side)
        start = order.index(self._steps[-1][1]) + 1 if self._steps else 0
        digits = cell.text.strip("'` ").split(".")[0]
        for level in order[start:]:
            number = code_number(cell.text, _width(level, self._side))
            if number is not None and len(digits) == _width(level, self._side):
                self._steps.append((cell.column, level, number))
                return self._code()
            if self._side is Section.REVENUE:
                return None
        return None

    def _code(self) -> Code | None:
        parts = {level: number for _, level, number in self._steps}
        values = [parts.get(level, "") for level in levels_of(self._side)]
        if not values[0]:
            return None
        return RevenueCode(*values) if self._side is Section.REVENUE else ExpenditureCode(*values)

"""Ruled tables of a page: which lines make a grid, and which of its fields are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Rule = tuple[int, int, int, int]

# Lines nearer than this (hundredths of a point) are one line: the two edges of a thin bar, a double frame.
_NEAR = 250


@dataclass(frozen=True, slots=True)
class Span:
    """Over how many rows and columns a cell goes."""

    rows: int
    columns: int


@dataclass(slots=True)
class Grid:
    """A table's lines: ``xs`` and ``ys`` ascending, and the cells by their upper left field."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    _owner: dict[tuple[int, int], tuple[int, int]]
    _spans: dict[tuple[int, int], Span]

    def holds(self, x: int, y: int) -> bool:
        """Whether a point lies inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell_at(self, x: int, y: int) -> tuple[int, int]:
        """Row and column of the cell that a point inside lies in."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return self._owner[row, column]

    def row(self, number: int) -> Iterator[tuple[int, Span]]:
        """The cells that start in a row: their column and their span."""
        for column in range(len(self.xs) - 1):
            span = self._spans.get((number, column))
            if span is not None:
                yield column, span


def grids(rules: Iterable[Rule]) -> list[Grid]:
    """The tables that a page's lines make, from the top down; frames with a single field are none."""
    across, down = _lines(rules)
    made = []
    for members in _connected(across, down):
        horizontal = [line for line in members if line[1] == line[3]]
        vertical = [line for line in members if line[0] == line[2]]
        xs = _places(line[0] for line in vertical)
        ys = _places(line[1] for line in horizontal)
        if len(xs) < 3 or len(ys) < 2:
            continue
        made.append(_grid(xs, ys, horizontal, vertical))
    return sorted(made, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _lines(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical lines, those on one line with each other joined."""
    across: dict[int, list[tuple[int, int]]] = {}
    down: dict[int, list[tuple[int, int]]] = {}
    for x0, y0, x1, y1 in rules:
        if x1 - x0 > y1 - y0:
            across.setdefault(y0, []).append((x0, x1))
        else:
            down.setdefault(x0, []).append((y0, y1))
    return (
        [(x0, y, x1, y) for y, (x0, x1) in _joined(across)],
        [(x, y0, x, y1) for x, (y0, y1) in _joined(down)],
    )


def _joined(stretches: dict[int, list[tuple[int, int]]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Stretches of nearly the same place as one line each, ends that meet joined."""
    for _, members in _clusters(sorted(stretches)):
        place = members[0]
        parts = sorted(part for member in members for part in stretches[member])
        start, end = parts[0]
        for first, last in parts[1:]:
            if first > end + _NEAR:
                yield place, (start, end)
                start, end = first, last
            else:
                end = max(end, last)
        yield place, (start, end)


def _clusters(values: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    group: list[int] = []
    for value in values:
        if group and value - group[0] > _NEAR:
            yield group[0], group
            group = []
        group.append(value)
    if group:
        yield group[0], group


def _places(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(place for place, _ in _clusters(sorted(set(values))))


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that touch each other, directly or through others."""
    lines = [*across, *down]
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    order = sorted(range(len(across)), key=lambda n: across[n][1])
    heights = [across[n][1] for n in order]
    for number, (x, y0, _, y1) in enumerate(down, start=len(across)):
        first = bisect_right(heights, y0 - _NEAR - 1)
        last = bisect_right(heights, y1 + _NEAR)
        for position in range(first, last):
            index = order[position]
            if across[index][0] - _NEAR <= x <= across[index][2] + _NEAR:
                parent[root(index)] = root(number)
    groups: dict[int, list[Rule]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(root(index), []).append(line)
    return list(groups.values())


def _grid(
    xs: tuple[int, ...], ys: tuple[int, ...], horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> Grid:
    """The cells: fields with no line between them belong together."""
    above = _covered(ys, xs, ((y, x0, x1) for x0, y, x1, _ in horizontal))
    beside = _covered(xs, ys, ((x, y0, y1) for x, y0, _, y1 in vertical))
    rows, columns = len(ys) - 1, len(xs) - 1
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], Span] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            right = column + 1
            while right < columns and (right, row) not in beside and (row, right) not in owner:
                right += 1
            bottom = row + 1
            while bottom < rows and all((bottom, each) not in above for each in range(column, right)):
                bottom += 1
            for each_row in range(row, bottom):
                for each_column in range(column, right):
                    owner[each_row, each_column] = (row, column)
            spans[row, column] = Span(bottom - row, right - column)
    return Grid(xs, ys, owner, spans)


def _covered(
    places: Sequence[int], steps: Sequence[int], lines: Iterable[tuple[int, int, int]]
) -> set[tuple[int, int]]:
    """(place, step): between which fields a line runs."""
    covered: set[tuple[int, int]] = set()
    for place, start, end in lines:
        index = bisect_right(places, place + _NEAR) - 1
        for step in range(len(steps) - 1):
            middle = (steps[step] + steps[step + 1]) // 2
            if start <= middle <= end:
                covered.add((index, step))
    return covered

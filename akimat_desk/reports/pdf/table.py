"""A table on paper: measured once, drawn row by row, split between rows with its head repeated.

reportlab's own Table styles and splits every cell separately; an annex needs neither, and its last
rows must stay with the signatures and its parents with their first part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus.flowables import Flowable

from akimat_desk.core.progress import Task
from akimat_desk.reports import fonts
from akimat_desk.reports.document import Align, Table
from akimat_desk.reports.grid import (
    Placed,
    PlacedRows,
    body_of,
    column_shares,
    head_of,
    is_figure,
    keeps_with_next,
    shown,
)
from akimat_desk.reports.pdf.style import TABLE_SIZES

_PAD_X = 3.0
_PAD_Y = 2.2
_LEADING = 1.22  # of the size
_LINE = 0.4
_HEAD_GREY = 0.94
_MARK_GREY = 0.88
_MOST_LINES = 30  # of one row on one page
_STEP = 200  # rows measured between two looks at the person's wish to stop


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell ready to draw: lines of text in a box of the grid."""

    left: float
    right: float
    row: int
    rowspan: int
    lines: tuple[str, ...]
    align: Align
    middle: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row ready to draw; a tied one must not be parted from the next by a page."""

    boxes: tuple[_Box, ...]
    height: float
    bold: bool
    marked: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class _Measured:
    """A whole table, measured; its parts on pages share it."""

    size: float
    head_size: float
    edges: tuple[float, ...]
    head: tuple[tuple[_Box, ...], ...]
    head_heights: tuple[float, ...]
    body: tuple[_Row, ...]
    grid: bool
    unit: str


def _font_size(rows: PlacedRows, bold: list[bool], widths: list[float], largest: float = 0.0) -> float:
    """The largest size at which every figure and every word of the rows fits its column.

    Where the form itself says how large its letters are at most, its long words may be parted.
    """
    base = largest or TABLE_SIZES[0]
    least = figures_least = 1.0
    for row in rows:
        for placed in row:
            text = fonts.printable(shown(placed.cell))
            if not text:
                continue
            room = sum(widths[placed.column : placed.column + placed.colspan]) - 2 * _PAD_X
            font = fonts.SERIF_BOLD if bold[placed.row] else fonts.SERIF
            figure = is_figure(placed.cell)
            parts = (text,) if figure else text.split()
            widest = max((fonts.width(part, font, base) for part in parts), default=0.0)
            if widest > room:
                least = min(least, room / widest)
                if figure:
                    figures_least = min(figures_least, room / widest)
    if largest:
        return largest if figures_least == 1.0 else base * figures_least * 0.999
    for size in TABLE_SIZES:
        if size <= base * least:
            return size
    return min(TABLE_SIZES[-1], base * figures_least * 0.999)


def measure(table: Table, width: float, task: Task) -> _Measured:
    """Break every text into lines and give every row its height."""
    head, body = head_of(table), body_of(table)
    widths = [share * width for share in column_shares(table)]
    edges = [0.0]
    for one in widths:
        edges.append(edges[-1] + one)
    bold = [row.bold for row in table.rows]
    size = _font_size(body, bold, widths, table.letters)
    leading = round(size * _LEADING, 2)
    aligns = [column.align for column in table.columns]
    light = [False] * len(head)
    head_size = min(size, _font_size(head, light, widths, table.letters))
    head_boxes, head_heights = _boxes(
        head, edges, head_size, round(head_size * _LEADING, 2), light, None, Task()
    )
    boxes, heights = _boxes(body, edges, size, leading, bold, aligns, task)
    tied = [keeps_with_next(table.rows, index) for index in range(len(table.rows))]
    for row in boxes:  # a cell over several rows ties all of them
        for box in row:
            for covered in range(box.row, box.row + box.rowspan - 1):
                tied[covered] = True
    body_rows = [
        _Row(part, height, row.bold, row.marked, tie)
        for row, cells, whole, tie in zip(table.rows, boxes, heights, tied, strict=True)
        for part, height in _parts(cells, whole, leading)
    ]
    return _Measured(
        size,
        head_size,
        tuple(edges),
        head_boxes,
        head_heights,
        tuple(body_rows),
        table.grid,
        fonts.printable(table.unit),
    )


def _parts(cells: tuple[_Box, ...], height: float, leading: float) -> list[tuple[tuple[_Box, ...], float]]:
    """A row, in several pieces when its text is so long that it could not stand on one page."""
    most = max((len(box.lines) for box in cells), default=0)
    if most <= _MOST_LINES:
        return [(cells, height)]
    pieces = []
    for start in range(0, most, _MOST_LINES):
        cut = tuple(replace(box, lines=box.lines[start : start + _MOST_LINES], rowspan=1) for box in cells)
        lines = max(len(box.lines) for box in cut)
        pieces.append((cut, lines * leading + 2 * _PAD_Y))
    return pieces


def _boxes(
    rows: PlacedRows,
    edges: list[float],
    size: float,
    leading: float,
    bold: list[bool],
    aligns: list[Align] | None,
    task: Task,
) -> tuple[tuple[tuple[_Box, ...], ...], tuple[float, ...]]:
    heights = [leading + 2 * _PAD_Y] * len(rows)
    result: list[tuple[_Box, ...]] = []
    tall: list[_Box] = []
    for index, row in enumerate(rows):
        if index % _STEP == 0:
            task.step(index, len(rows))
        made: list[_Box] = []
        font = fonts.SERIF_BOLD if bold[index] else fonts.SERIF
        for placed in row:
            box = _box(placed, edges, font, size, aligns)
            made.append(box)
            if box.rowspan > 1:
                tall.append(box)
            elif len(box.lines) > 1:
                heights[index] = max(heights[index], len(box.lines) * leading + 2 * _PAD_Y)
        result.append(tuple(made))
    for box in tall:
        missing = len(box.lines) * leading + 2 * _PAD_Y - sum(heights[box.row : box.row + box.rowspan])
        if missing > 0:
            heights[box.row + box.rowspan - 1] += missing
    return tuple(result), tuple(heights)


def _box(placed: Placed, edges: list[float], font: str, size: float, aligns: list[Align] | None) -> _Box:
    left, right = edges[placed.column], edges[placed.column + placed.colspan]
    text = fonts.printable(shown(placed.cell))
    if is_figure(placed.cell):
        lines: tuple[str, ...] = (text,) if text else ()
        align = Align.RIGHT
    else:
        lines = fonts.wrapped(text, font, size, right - left - 2 * _PAD_X) if text else ()
        align = Align.CENTRE if aligns is None else aligns[placed.column]
    return _Box(left, right, placed.row, placed.rowspan, lines, align, aligns is None)


class Rows(Flowable):  # type: ignore[misc]
    """The rows from ``start`` to ``stop`` of a measured table, under the repeated head.

    ``keep_after`` is the height of what must stand on the same page as the last rows,
    ``page_height`` that of an empty page's column.
    """

    _TAIL = 2  # rows that go along with the signatures to the next page

    def __init__(
        self, table: _Measured, start: int, stop: int, page_height: float, keep_after: float = 0.0
    ) -> None:
        super().__init__()
        self._table = table
        self._start, self._stop = start, stop
        self._page_height = page_height
        self.keep_after = keep_after
        self.spaceBefore, self.spaceAfter = 2.0, 8.0

    @property
    def _caption(self) -> float:
        return self._table.size * _LEADING + 3 if self._table.unit and self._start == 0 else 0.0

    @property
    def _above(self) -> float:
        return self._caption + sum(self._table.head_heights)

    def least_height(self) -> float:
        """The height of the head with the first rows that must stand below it."""
        stop = min(self._stop, self._start + 2)
        while stop < self._stop and self._table.body[stop - 1].tied:
            stop += 1
        return self._above + self._height(self._start, stop)

    def _height(self, start: int, stop: int) -> float:
        return sum(row.height for row in self._table.body[start:stop])

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The size wanted: more than there is where the signatures would be left alone."""
        self.width = min(available_width, self._table.edges[-1])
        self.height = self._above + self._height(self._start, self._stop)
        alone = self.height <= available_height < self.height + self.keep_after
        if alone and (self._stop - self._start > self._TAIL or self._fits_a_page()):
            return self.width, available_height + 1
        return self.width, self.height

    def _fits_a_page(self) -> bool:
        return self.height + self.keep_after + self.spaceBefore <= self._page_height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:  # noqa: ARG002
        """What fits and the rest; nothing when not even the first rows fit."""
        table = self._table
        room = available_height - self._above
        stop = self._start
        while stop < self._stop and table.body[stop].height <= room:
            room -= table.body[stop].height
            stop += 1
        if self.keep_after and stop >= self._stop:
            stop = max(self._start, self._stop - self._TAIL)
        whole = stop
        while self._start < stop < self._stop and table.body[stop - 1].tied:
            stop -= 1
        if stop <= self._start:
            # A chain of parents longer than a page is broken after all; on a page half full it waits.
            waits = whole - self._start <= 20 and available_height < 0.75 * self._page_height
            stop = self._start if waits else whole
        if stop <= self._start:
            return []
        rest = Rows(table, stop, self._stop, self._page_height, self.keep_after)
        return [Rows(table, self._start, stop, self._page_height), rest]

    def draw(self) -> None:
        """Paint fills, letters, then lines."""
        table, canvas = self._table, self.canv
        top = self.height
        if self._caption:
            canvas.setFont(fonts.SERIF_ITALIC, table.size)
            canvas.drawRightString(table.edges[-1], top - table.size, table.unit)
            top -= self._caption
        canvas.saveState()
        tops = [top]
        rows = table.body[self._start : self._stop]
        for height in (*table.head_heights, *(row.height for row in rows)):
            tops.append(tops[-1] - height)
        heads = len(table.head_heights)
        self._fills(canvas, rows, tops, heads)
        canvas.setFillGray(0)
        for at, boxes in enumerate(table.head):
            self._letters(canvas, boxes, tops, at, fonts.SERIF, table.head_size)
        for at, row in enumerate(rows, heads):
            font = fonts.SERIF_BOLD if row.bold else fonts.SERIF
            self._letters(canvas, row.boxes, tops, at, font, table.size)
        self._lines(canvas, [*table.head, *(row.boxes for row in rows)], tops, heads)
        canvas.restoreState()

    def _fills(self, canvas: Any, rows: tuple[_Row, ...], tops: list[float], heads: int) -> None:
        right = self._table.edges[-1]
        if heads and self._table.grid:
            canvas.setFillGray(_HEAD_GREY)
            canvas.rect(0, tops[heads], right, tops[0] - tops[heads], stroke=0, fill=1)
        for at, row in enumerate(rows, heads):
            if row.marked:
                canvas.setFillGray(_MARK_GREY)
                canvas.rect(0, tops[at + 1], right, tops[at] - tops[at + 1], stroke=0, fill=1)

    def _letters(
        self, canvas: Any, row: tuple[_Box, ...], tops: list[float], at: int, font: str, size: float
    ) -> None:
        leading = round(size * _LEADING, 2)
        canvas.setFont(font, size)
        for box in row:
            if not box.lines:
                continue
            height = tops[at] - tops[at + box.rowspan]
            slack = (height - len(box.lines) * leading) / 2 if box.middle else _PAD_Y
            baseline = tops[at] - slack - size * 0.93
            for line in box.lines:
                if box.align is Align.RIGHT:
                    canvas.drawRightString(box.right - _PAD_X, baseline, line)
                elif box.align is Align.CENTRE:
                    canvas.drawCentredString((box.left + box.right) / 2, baseline, line)
                else:
                    canvas.drawString(box.left + _PAD_X, baseline, line)
                baseline -= leading

    def _lines(self, canvas: Any, rows: list[tuple[_Box, ...]], tops: list[float], heads: int) -> None:
        edges = self._table.edges
        canvas.setLineWidth(_LINE)
        canvas.setStrokeGray(0.25)
        if not self._table.grid:
            if heads:
                canvas.line(0, tops[heads], edges[-1], tops[heads])
            return
        segments: list[tuple[float, float, float, float]] = []
        plain_from: int | None = None  # rows without spans share their upright lines
        for at, row in enumerate(rows):
            if len(row) == len(edges) - 1 and all(box.rowspan == 1 for box in row):
                segments.append((0, tops[at], edges[-1], tops[at]))
                plain_from = at if plain_from is None else plain_from
                continue
            if plain_from is not None:
                segments += [(x, tops[plain_from], x, tops[at]) for x in edges[1:-1]]
                plain_from = None
            for box in row:
                segments.append((box.left, tops[at], box.right, tops[at]))
                if box.left:
                    segments.append((box.left, tops[at], box.left, tops[at + box.rowspan]))
        if plain_from is not None:
            segments += [(x, tops[plain_from], x, tops[-1]) for x in edges[1:-1]]
        canvas.lines(segments)
        canvas.rect(0, tops[-1], edges[-1], tops[0] - tops[-1], stroke=1, fill=0)


def rows_of(table: Table, width: float, page_height: float, task: Task) -> Rows:
    """The whole table as one flowable."""
    measured = measure(table, width, task)
    return Rows(measured, 0, len(measured.body), page_height)

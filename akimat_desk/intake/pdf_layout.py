"""From words with places to paragraphs and tables: what a reader sees on the pages of a PDF.

Ruled tables become tables, cell by cell, and go on over the page's end. Lines set in columns by spaces
alone (the treasury's prints) stay lines, their spaces kept; other lines are joined into paragraphs
where a line was only full. Places are hundredths of a point.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from akimat_desk.core.progress import Task
from akimat_desk.intake.building import Builder
from akimat_desk.intake.content import Cell
from akimat_desk.intake.pdf_grid import Grid, grids

_DIGITS = re.compile(r"\d+")
_CODE = re.compile(r"\d{3}|\d/\S*")
_NUMBER = re.compile(r"[-–−(]?\d[\d.,]*\)?")
# A gap of so many letters' widths parts columns, not words.
_WIDE_GAP = 2.6
# So many lines in columns make a print set by spaces.
_LEAST_COLUMNS = 3
# Lines of a page's head and foot stand within this part of it.
_MARGIN = 10  # per cent
# A text is at least so wide, be all its lines short.
_LEAST_WIDTH = 70  # per cent of the page


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def middle(self) -> tuple[int, int]:
        """Its middle."""
        return (self.x0 + self.x1) // 2, (self.y0 + self.y1) // 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page's words and ruled lines as the other process found them."""

    width: int
    height: int
    words: tuple[Word, ...]
    rules: tuple[tuple[int, int, int, int], ...]

    @classmethod
    def of(cls, page: dict[str, Any]) -> Page:
        """A page out of the other process' JSON."""
        words = tuple(Word(*word) for word in page["words"])
        return cls(page["width"], page["height"], words, tuple(tuple(rule) for rule in page["rules"]))


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside each other."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> int:
        """Where it starts."""
        return self.words[0].x0

    @property
    def x1(self) -> int:
        """Where it ends."""
        return self.words[-1].x1

    @property
    def y0(self) -> int:
        """Its upper edge."""
        return min(word.y0 for word in self.words)

    @property
    def height(self) -> int:
        """How tall its letters are."""
        return int(median(word.y1 - word.y0 for word in self.words))

    @property
    def text(self) -> str:
        """Its words, parted by one space."""
        return " ".join(word.text for word in self.words)


_Rows = list[tuple[Cell, ...]]


@dataclass(slots=True)
class _Ruled:
    """A table under way, with the places of its columns: it may go on on the next page."""

    rows: _Rows
    columns: tuple[int, ...]


_Part = Line | _Ruled


def add_pages(pages: Sequence[Page], builder: Builder, task: Task) -> None:
    """Put the pages' content into ``builder``. Raises InputRefused at a limit, Cancelled."""
    running = _running_lines(pages)
    right = max((word.x1 for page in pages for word in page.words), default=0)
    left = min((word.x0 for page in pages for word in page.words), default=0)
    last: _Ruled | None = None
    for number, page in enumerate(pages):
        task.step(number, len(pages))
        parts = _parts(page, running, number + 1)
        letter = _letter_width(page)
        sides = (left, max(right, page.width * _LEAST_WIDTH // 100))
        lines: list[Line] = []
        for part in parts:
            if isinstance(part, Line):
                lines.append(part)
                continue
            if lines:
                _close(last, builder)
                last = None
                _add_lines(lines, sides, letter, builder)
                lines = []
            if last is not None and _goes_on(last, part):
                last.rows += _without_head(part.rows, last.rows)
                continue
            _close(last, builder)
            last = part
        if lines:
            _close(last, builder)
            last = None
            _add_lines(lines, sides, letter, builder)
    _close(last, builder)


def _close(table: _Ruled | None, builder: Builder) -> None:
    if table is not None and table.rows:
        builder.count_cells(sum(len(row) for row in table.rows))
        builder.add_table(tuple(table.rows))


def _goes_on(table: _Ruled, further: _Ruled) -> bool:
    """Whether a table has the columns of the one before it."""
    return len(table.columns) == len(further.columns) and all(
        abs(one - other) <= 300 for one, other in zip(table.columns, further.columns, strict=True)
    )


def _without_head(rows: _Rows, before: _Rows) -> _Rows:
    """The rows of a page without the head that is printed again."""
    same = 0
    while (
        same < min(len(rows), len(before))
        and [c.text for c in rows[same]] == [c.text for c in before[same]]
        and any(cell.text for cell in rows[same])
    ):
        same += 1
    return rows[same:]


# --- lines ----------------------------------------------------------------------------------------------


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words put into lines from the top down, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.middle[1], each.x0)):
        if lines:
            before = lines[-1][-1]
            height = min(word.y1 - word.y0, before.y1 - before.y0)
            if abs(word.middle[1] - before.middle[1]) * 2 <= max(height, 1):
                lines[-1].append(word)
                continue
        lines.append([word])
    return [Line(tuple(sorted(line, key=lambda word: word.x0))) for line in lines]


def _letter_width(page: Page) -> int:
    widths = [(word.x1 - word.x0) / len(word.text) for word in page.words if len(word.text) > 2]
    return max(1, round(median(widths))) if widths else 500


def _running_lines(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """Heads and feet that stand on most pages, digits aside: page numbers, titles."""
    if len(pages) < 2:
        return frozenset()
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        lines = lines_of(page.words)
        ends = (*lines[:3], *lines[-3:])
        seen.update({_mark(line) for line in ends if _in_margin(line, page) and not _is_row(line)})
    return frozenset(mark for mark, count in seen.items() if count >= max(2, len(pages) // 2))


def _is_row(line: Line) -> bool:
    """A row of figures or of a code: rows look alike on every page, and are no page's head."""
    numbers = sum(_NUMBER.fullmatch(word.text) is not None for word in line.words)
    return numbers >= 3 or _CODE.fullmatch(line.words[0].text) is not None


def _mark(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), line.y0 // 500


def _in_margin(line: Line, page: Page) -> bool:
    return not page.height * _MARGIN // 100 < line.y0 < page.height * (100 - _MARGIN) // 100


def _parts(page: Page, running: frozenset[tuple[str, int]], number: int) -> list[_Part]:
    """Lines and ruled tables from the top down; a head that every page repeats is kept once, the page's
    own ``number`` (from 1) not at all."""
    found = grids(page.rules)
    inside: list[list[Word]] = [[] for _ in found]
    outside: list[Word] = []
    for word in page.words:
        x, y = word.middle
        index = next((n for n, grid in enumerate(found) if grid.holds(x, y)), None)
        (outside if index is None else inside[index]).append(word)
    parts: list[tuple[int, _Part]] = []
    for line in lines_of(outside):
        if line.text == str(number) and _in_margin(line, page):
            continue
        repeats = _mark(line) in running and _in_margin(line, page) and not _is_row(line)
        if repeats and not (number == 1 and line.y0 < page.height // 2):
            continue
        parts.append((line.y0, line))
    for grid, words in zip(found, inside, strict=True):
        if words:
            parts.append((grid.ys[0], _Ruled(_rows(grid, words), grid.xs)))
    return [part for _, part in sorted(parts, key=lambda pair: pair[0])]


def _rows(grid: Grid, words: Sequence[Word]) -> _Rows:
    texts: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        texts.setdefault(grid.cell_at(*word.middle), []).append(word)
    rows: _Rows = []
    for number in range(len(grid.ys) - 1):
        cells = [
            Cell(
                " \n".join(line.text for line in lines_of(texts.get((number, column), ()))),
                column,
                span.columns,
                span.rows,
            )
            for column, span in grid.row(number)
        ]
        if cells:
            rows.append(tuple(cells))
    return rows


# --- text outside of ruled tables ---------------------------------------------------------------------


def _add_lines(lines: Sequence[Line], sides: tuple[int, int], letter: int, builder: Builder) -> None:
    """Lines between two tables; ``sides`` are the left and right edge of the whole document's text."""
    columns = sum(_in_columns(line, letter) for line in lines)
    if columns >= max(_LEAST_COLUMNS, len(lines) // 4):
        # A print set by spaces: its lines without columns have their meaning in their indent, too.
        for line in lines:
            builder.add_paragraph(_spaced(line, sides[0], letter))
        return
    left = min(line.x0 for line in lines)
    joined: list[Line] = []

    def finish() -> None:
        if joined:
            builder.add_paragraph(" ".join(line.text for line in joined))
            joined.clear()

    for line in lines:
        if _in_columns(line, letter):
            finish()
            builder.add_paragraph(_spaced(line, sides[0], letter))
            continue
        if joined and not _wraps(joined[-1], line, left, sides[1], letter):
            finish()
        joined.append(line)
    finish()


def _gaps(line: Line) -> list[int]:
    return [after.x0 - before.x1 for before, after in pairwise(line.words)]


def _in_columns(line: Line, letter: int) -> bool:
    """Whether a line is a row set by spaces: wide gaps, or a run of numbers."""
    if sum(_NUMBER.fullmatch(word.text) is not None for word in line.words) >= 5:
        return True
    wide = sum(gap > _WIDE_GAP * letter for gap in _gaps(line))
    # Justified text has gaps, too, but none so wide in a line of many words.
    return wide >= 1 and (wide >= 2 or len(line.words) <= 12)


def _spaced(line: Line, left: int, letter: int) -> str:
    """A row with its spaces: as many as letters would fill the gaps."""
    parts = [" " * round((line.x0 - left) / letter), line.words[0].text]
    for word, gap in zip(line.words[1:], _gaps(line), strict=True):
        parts += [" " * max(1, round(gap / letter)), word.text]
    return "".join(parts)


def _wraps(before: Line, after: Line, left: int, right: int, letter: int) -> bool:
    """Whether a line was only full: what follows it belongs to the same paragraph."""
    height = max(before.height, after.height)
    if abs(before.height - after.height) * 8 > height or after.y0 - before.y0 > 2 * height:
        return False
    if after.x0 - before.x0 > 3 * letter and not _is_centred(after, left, right):
        return False
    room = right - before.x1
    if _is_centred(before, left, right):
        room += before.x0 - left
    first = after.words[0]
    return first.x1 - first.x0 + letter > room


def _is_centred(line: Line, left: int, right: int) -> bool:
    gap = line.x0 - left
    return gap > 1000 and abs(gap - (right - line.x1)) < gap // 4

"""Where a printed sheet breaks into pages, so that nothing is torn that belongs together.

Excel and LibreOffice break a page where the next row does not fit. Row heights are all ours, so the
breaks can be foreseen; where one would tear a chart, part a head from its rows or leave the
signatures alone, a break is set before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_TOLERANCE = 0.97  # printers differ: what fits only just is taken as not fitting
DEFAULT_HEIGHT = 15.0


@dataclass(frozen=True, slots=True)
class Together:
    """Rows from ``first`` to ``last`` that should stand on one page."""

    first: int
    last: int


@dataclass(slots=True)
class Pages:
    """The breaks to set, each before a row, and the rows at which pages begin."""

    breaks: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


def paged(
    heights: Mapping[int, float],
    last_row: int,
    page_height: float,
    together: Sequence[Together],
    forced: Sequence[int],
    repeated: tuple[int, float] | None = None,
) -> Pages:
    """Foresee the pages of a sheet.

    ``forced`` are rows before which a break stands already; ``repeated`` says from which row on a
    page begins with the head again, and how high that is.
    """
    room = page_height * _TOLERANCE
    pages = Pages()
    used, start, row = 0.0, 1, 1
    while row <= last_row:
        height = heights.get(row, DEFAULT_HEIGHT)
        if row in forced and row > start:
            start, used = row, _head(row, repeated)
            pages.starts.append(row)
        elif used + height > room and row > start:
            torn = [keep.first for keep in together if start < keep.first < row <= keep.last]
            if torn:
                row = min(torn)
                pages.breaks.append(row)
                height = heights.get(row, DEFAULT_HEIGHT)
            start, used = row, _head(row, repeated)
            pages.starts.append(row)
        used += height
        row += 1
    return pages


def _head(row: int, repeated: tuple[int, float] | None) -> float:
    return repeated[1] if repeated is not None and row >= repeated[0] else 0.0

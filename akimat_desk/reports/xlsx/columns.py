"""One set of sheet columns for all tables of a sheet, and how much text fits into them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil

# Widths of the letters of Times New Roman in hundredths of the size; what is not named is a half.
_WIDTHS = {
    25: " ,.\u00a0'|", 28: "/:;\\ijltі", 33: "!()-I[]`frІ", 40: "Jsзгғ\"э", 44: "?acezаестёә", 46: "ьявкқ",
    55: "~ийнпцң+<=>FPSР", 60: "БЬГҒELTZЕТЁ", 64: "мЧфҺ", 68: "ЭBCRВКСЯыҚДЛж",
    72: "УЪADGHKNOQUVXYwАИЙНОПХЦӘҢӨҰҮ",
    77: "юшщ&mФ", 86: "%ЫMМ", 93: "Ж@W№", 101: "—…ШЩЮ",
}  # fmt: skip
_WIDTH = {letter: width / 100 for width, letters in _WIDTHS.items() for letter in letters}
_SAFETY = 1.02  # programs break lines a little differently: rather a line too many than one cut off
GAP = 0.03  # between two language versions, as a share of the width
POINTS_PER_CHARACTER = 5.25  # of a column's width at the default font
_CELL_PADDING = 5.0


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """The width in points of the longest word, which no cell should cut."""
    return max((_text_width(word) for word in text.split(" ")), default=0.0) * size * (1.07 if bold else 1.0)


@lru_cache(maxsize=8192)
def _text_width(text: str) -> float:
    return sum(_WIDTH.get(letter, 0.5) for letter in text) * _SAFETY


def lines_needed(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """About how many lines ``text`` takes in a cell of ``room`` points."""
    size *= 1.07 if bold else 1.0
    room = max(room - _CELL_PADDING, size)
    count = 0
    for paragraph in text.split("\n"):
        lines, used = 1, 0.0
        for word in paragraph.split(" "):
            wide = _text_width(word) * size
            if used and used + wide > room:
                lines, used = lines + 1, 0.0
            if wide > room:
                lines += ceil(wide / room) - 1
                wide %= room
            used += wide + size * 0.25
        count += lines
    return count


class Columns:
    """The union of the tables' column edges, as shares of the width from 0 to 1.

    Edges of different tables that nearly agree become one; two of one table never do.
    """

    def __init__(self, tables: Sequence[Sequence[float]], characters: float) -> None:
        """``tables`` are the shares of each table's columns, ``characters`` the whole width."""
        owned: list[tuple[float, int]] = []
        for number, shares in enumerate(tables):
            at = 0.0
            for share in shares[:-1]:
                at += share
                owned.append((at, number))
        groups: list[tuple[float, set[int]]] = []
        for at, number in sorted(owned):
            if groups and at - groups[-1][0] < 0.015 and number not in groups[-1][1]:
                groups[-1][1].add(number)
            else:
                groups.append((at, {number}))
        self.edges = [0.0, *(at for at, _ in groups), 1.0]
        pairs = pairwise(self.edges)
        self._widths = [max(2.0, (right - left) * characters) for left, right in pairs]

    def __len__(self) -> int:
        return len(self.edges) - 1

    def widths(self) -> list[float]:
        """Each sheet column's width in characters."""
        return list(self._widths)

    def room(self, first: int, last: int) -> float:
        """The width in points of the sheet columns from ``first`` to ``last`` (from 1, both included)."""
        return sum(self._widths[first - 1 : last]) * POINTS_PER_CHARACTER

    def make_room(self, first: int, last: int, points: float) -> None:
        """Widen these sheet columns where a word of ``points`` would not fit; paper scales to the width."""
        missing = points + _CELL_PADDING - self.room(first, last)
        if missing > 0:
            self._widths[last - 1] += missing / POINTS_PER_CHARACTER

    def spans(self, shares: Sequence[float]) -> list[tuple[int, int]]:
        """For each column of a table the first and last sheet column, counted from 1."""
        result: list[tuple[int, int]] = []
        at, first = 0.0, 1
        for index, share in enumerate(shares):
            at += share
            last = len(self) if index == len(shares) - 1 else max(self._nearest(at), first)
            result.append((first, last))
            first = last + 1
        return result

    def halves(self) -> tuple[int, int] | None:
        """The last sheet column of the left half and the first of the right, if edges stand there."""
        left, right = self._nearest(0.5 - GAP / 2), self._nearest(0.5 + GAP / 2)
        if abs(self.edges[left] - 0.5) > 0.16 or not 0 < left < len(self):
            return None
        return left, right + 1

    def _nearest(self, at: float) -> int:
        after = bisect_left(self.edges, at)
        candidates = [index for index in (after - 1, after) if 0 <= index < len(self.edges)]
        return min(candidates, key=lambda index: abs(self.edges[index] - at))

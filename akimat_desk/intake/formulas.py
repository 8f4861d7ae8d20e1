"""Formulas whose result is not stored, computed where that is plain arithmetic.

Excel and LibreOffice store each formula's result beside it; a workbook written by a program (ours
too) has only the formula until an office program has opened it. Sums and differences of cells on
the same sheet are worked out here exactly, so that such a workbook is not read as empty. Anything
else stays unknown: no result is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, DecimalException

from akimat_desk.intake.numbers import is_number, place, plain_decimal

Grid = Mapping[int, Mapping[int, tuple[str, bool]]]
Position = tuple[int, int]

_TOKEN = re.compile(
    r"\s*(?:(?P<cell>\$?[A-Z]{1,3}\$?[1-9]\d{0,6})(?![\w(!.])|(?P<name>[A-Z]+)\(|(?P<number>\d+\.?\d*|\.\d+)"
    r"|(?P<sign>[-+*/():,]))"
)
_LONGEST = 2000
# One formula may stand on another; deeper chains than this are left unknown.
_DEEPEST = 100
# Cells looked at for all the formulas of a sheet.
_MOST_VISITS = 2_000_000
_MOST_BRACKETS = 20


class _Unknown(Exception):
    """This formula is not plain arithmetic of known cells."""


class Formulas:
    """The formulas of one sheet that lack a result."""

    def __init__(self) -> None:
        self._pending: dict[Position, str] = {}
        self._known: dict[Position, Decimal | None] = {}
        self._grid: Grid = {}
        self._depth = 0
        self._visits = 0

    def __bool__(self) -> bool:
        return bool(self._pending)

    def add(self, row: int, column: int, formula: str) -> None:
        """A formula without a result in row ``row`` (from 1) and ``column`` (from 0)."""
        self._pending[row, column] = formula

    def results(self, grid: Grid) -> tuple[dict[Position, str], int]:
        """The results as plain decimals, and how many formulas stay unknown."""
        self._grid = grid
        computed: dict[Position, str] = {}
        for position in self._pending:
            value = self._result(position)
            if value is not None:
                computed[position] = plain_decimal(value)
        return computed, len(self._pending) - len(computed)

    def _result(self, position: Position) -> Decimal | None:
        if position in self._known:
            return self._known[position]
        self._known[position] = None  # a circle finds itself unknown
        formula = self._pending[position]
        self._depth += 1
        try:
            if self._depth > _DEEPEST or not formula or len(formula) > _LONGEST:
                raise _Unknown
            value: Decimal | None = _Reading(formula, self).whole()
        except (_Unknown, DecimalException, ValueError):
            value = None
        finally:
            self._depth -= 1
        self._known[position] = value
        return value

    def cell(self, position: Position, *, text_counts: bool) -> Decimal:
        """The number in a cell; an empty cell is zero, a text too unless ``text_counts``."""
        self._visits += 1
        if self._visits > _MOST_VISITS:
            raise _Unknown
        if position in self._pending:
            value = self._result(position)
            if value is None:
                raise _Unknown
            return value
        text, is_figure = self._grid.get(position[0], {}).get(position[1], ("", False))
        if is_figure and is_number(text):
            return Decimal(text)
        if text and text_counts:
            raise _Unknown
        return Decimal(0)

    def block(self, first: Position, last: Position) -> Decimal:
        """The sum of a rectangle of cells."""
        total = Decimal(0)
        rows = range(first[0], last[0] + 1) if last[0] - first[0] < len(self._grid) else self._grid
        for row in rows:
            self._visits += 1
            if self._visits > _MOST_VISITS:
                raise _Unknown
            if first[0] <= row <= last[0]:
                for column in self._grid.get(row, ()):
                    if first[1] <= column <= last[1]:
                        total += self.cell((row, column), text_counts=False)
        return total


class _Reading:
    """One formula, read by the grammar: sums of products of cells, numbers, brackets and SUM(…)."""

    def __init__(self, formula: str, formulas: Formulas) -> None:
        self._formulas = formulas
        self._tokens: list[tuple[str, str]] = []
        self._next = 0
        self._brackets = 0
        position = 0
        formula = formula.strip().removeprefix("=").rstrip()
        while position < len(formula):
            found = _TOKEN.match(formula, position)
            if found is None:
                raise _Unknown
            kind = found.lastgroup or ""
            self._tokens.append((kind, found.group(kind)))
            position = found.end()

    def whole(self) -> Decimal:
        value = self._sum()
        if self._next != len(self._tokens):
            raise _Unknown
        return value

    def _peek(self) -> str:
        return self._tokens[self._next][1] if self._next < len(self._tokens) else ""

    def _take(self) -> tuple[str, str]:
        if self._next >= len(self._tokens):
            raise _Unknown
        self._next += 1
        return self._tokens[self._next - 1]

    def _expect(self, sign: str) -> None:
        if self._take() != ("sign", sign):
            raise _Unknown

    def _sum(self) -> Decimal:
        value = self._product()
        while self._peek() in ("+", "-"):
            value = value + self._product() if self._take()[1] == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._factor()
        while self._peek() in ("*", "/"):
            value = value * self._factor() if self._take()[1] == "*" else value / self._factor()
        return value

    def _factor(self) -> Decimal:
        kind, text = self._take()
        negative = False
        while kind == "sign" and text in ("-", "+"):
            negative ^= text == "-"
            kind, text = self._take()
        value = self._plain(kind, text)
        return -value if negative else value

    def _plain(self, kind: str, text: str) -> Decimal:
        self._brackets += 1
        if self._brackets > _MOST_BRACKETS:
            raise _Unknown
        try:
            if kind == "number":
                return Decimal(text)
            if kind == "cell":
                return self._formulas.cell(place(text), text_counts=True)
            if kind == "name":
                return self._function(text)
            if text != "(":
                raise _Unknown
            value = self._sum()
            self._expect(")")
            return value
        finally:
            self._brackets -= 1

    def _function(self, name: str) -> Decimal:
        if name == "SUM":
            return self._total()
        if name == "ROUND":
            value = self._sum()
            self._expect(",")
            places = self._sum()
            self._expect(")")
            if places != int(places) or abs(places) > 15:
                raise _Unknown
            return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)
        raise _Unknown

    def _total(self) -> Decimal:
        """The arguments of a sum: blocks, cells and terms."""
        total = Decimal(0)
        while True:
            following = self._tokens[self._next : self._next + 3]
            if len(following) == 3 and following[0][0] == "cell" and following[1][1] == ":":
                self._next += 3
                if following[2][0] != "cell":
                    raise _Unknown
                total += self._formulas.block(place(following[0][1]), place(following[2][1]))
            elif len(following) >= 2 and following[0][0] == "cell" and following[1][1] in (",", ")"):
                self._next += 1
                cell = place(following[0][1])
                total += self._formulas.block(cell, cell)
            else:
                total += self._sum()
            sign = self._take()
            if sign == ("sign", ")"):
                return total
            if sign != ("sign", ","):
                raise _Unknown

"""Rows of annex tables: which row is a head, a title or data, and where its codes, name and amount stand.

Printed annexes span and merge cells in many ways (shifted heads, a subclass over two columns, an
amount over three), so a row is split at its name: what stands before it are codes, what stands
after it is the amount. Which code is which is settled for a whole table by :mod:`annex_columns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from itertools import pairwise

from akimat_desk.budget.figures import Section
from akimat_desk.budget.reading.annex_amounts import amount_of, code_number, is_code_number, looks_like_number
from akimat_desk.budget.reading.annex_heading import Role, role_of, year_of
from akimat_desk.budget.reading.annex_words import (
    BOTH_LANGUAGES,
    Column,
    RowLabel,
    column_of,
    exact_label,
    is_unit,
    label_of,
    letters,
    without_unit,
)
from akimat_desk.classification.entries import expenditure_rows, name_variants, revenue_rows
from akimat_desk.core.text import fold, squeeze
from akimat_desk.intake.content import Cell

_YEAR = re.compile(r"20\d\d")
_YEAR_WORDS = re.compile(
    r"(?:на\s+)?20\d\d\s*[-–—]?\s*(?:год\w*|г\.?|жыл\w*|ж\.?)?(?:\s*арналған)?", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()]*\)")
_LONGEST_YEAR_HEAD = 60
# Repayment of credits … balances used, before and after the categories moved in 2026.
_LONE_CATEGORIES = frozenset("56789")


class RowKind(Enum):
    """What a row of a table is."""

    BLANK = "blank"
    HEAD = "head"
    NUMBERS = "numbers"  # 1 2 3 4 5 under the head
    TITLE = "title"  # text without an amount: a heading or «Приложение N» inside a sheet
    DATA = "data"


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A filled cell before the name. ``index`` counts written cells, ``column`` grid columns."""

    index: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A data row. ``width`` is the number of cells before the name, empty ones included. ``by_year``
    has the amounts of a table that prints several years side by side."""

    codes: tuple[CodeCell, ...]
    width: int
    name: str
    amount: str
    by_year: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Head:
    """The head of a table. ``codes`` are its code columns from left to right with their grid columns;
    None stands for a head that was not recognised. ``years``: the years whose amounts stand side by
    side, with their grid columns; empty where there is one amount."""

    codes: list[tuple[Column | None, int]] = field(default_factory=list)
    amount_start: int | None = None
    texts: list[str] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)

    @property
    def side(self) -> Section | None:
        """Whether the head is that of receipts or of costs; None when it does not say."""
        columns = {column for column, _ in self.codes}
        if columns & {Column.CATEGORY, Column.CLASS, Column.SUBCLASS}:
            return Section.REVENUE
        if columns & {Column.GROUP, Column.SUBGROUP, Column.ADMINISTRATOR, Column.PROGRAM}:
            return Section.EXPENDITURE
        return None


def is_text(text: str) -> bool:
    """Whether a cell holds words, not a number or a damaged number."""
    return letters(text) >= 2 and not looks_like_number(text)


def kinds_of(rows: Sequence[tuple[Cell, ...]]) -> list[RowKind]:
    """The kind of every row of a table."""
    kinds = [_kind_alone(row) for row in rows]
    _adopt_unknown_heads(rows, kinds)
    _adopt_bare_rows(rows, kinds)
    return kinds


def _kind_alone(row: tuple[Cell, ...]) -> RowKind:
    filled = [text for cell in row if (text := cell.one_line)]
    if not filled:
        return RowKind.BLANK
    if _is_head_of_years(filled):
        return RowKind.HEAD
    texts = [text for text in filled if is_text(text)]
    if len(texts) == len(filled):
        if any(column_of(t) is not None for t in texts) and all(
            column_of(t) is not None or is_unit(t) for t in texts
        ):
            return RowKind.HEAD
        if len(filled) == 1 and label_of(filled[0]) is not None:
            return RowKind.DATA
        return RowKind.TITLE
    if not texts and counts_up(filled):
        return RowKind.NUMBERS
    if len(filled) == 1 and _YEAR.fullmatch(filled[0]):
        return RowKind.TITLE
    return RowKind.DATA


def _is_head_of_years(filled: Sequence[str]) -> bool:
    """Whether a row names several years, each alone in its cell, and columns besides."""
    years = [year for text in filled if (year := column_year(text)) is not None]
    if len(years) < 2 or len(set(years)) < len(years):
        return False
    return all(
        column_year(text) is not None or column_of(text) is not None or is_unit(text) for text in filled
    )


@lru_cache(maxsize=2048)
def column_year(text: str) -> int | None:
    """The year whose amounts a column holds: «2025», «2025 год», «Сумма на 2025 год, тысяч тенге»."""
    if len(text) > _LONGEST_YEAR_HEAD or "20" not in text:
        return None
    # «2025 год (план)», «2025 жыл, болжам»
    plain = _ASIDE.sub("", without_unit(text)).strip(" ,.;:-–—()")
    if _YEAR.fullmatch(plain):
        return int(plain)
    found = year_of(plain)
    if found is None:
        return None
    rest = _YEAR_WORDS.sub("", plain).strip(" ,.;:-–—()")
    return found if not rest or column_of(rest) is Column.AMOUNT else None


def counts_up(filled: Sequence[str]) -> bool:
    """Whether cells are column numbers: 1 2 3 4 5, now and then with one left out."""
    if len(filled) < 3 or not all(is_code_number(text) for text in filled):
        return False
    numbers = [int(text.split(".")[0].split(",")[0].strip("'`")) for text in filled]
    # A number is left out now and then, and repeated where a column stands twice (two languages).
    least = 0 if len(numbers) > 4 else 1
    return numbers[0] <= 2 and all(least <= b - a <= 2 for a, b in pairwise(numbers))


def _adopt_unknown_heads(rows: Sequence[tuple[Cell, ...]], kinds: list[RowKind]) -> None:
    """A row of unknown words between rows of a head belongs to it (a head too badly misspelt)."""
    for at in range(1, len(rows) - 1):
        if (
            kinds[at] is RowKind.TITLE
            and kinds[at - 1] is RowKind.HEAD
            and kinds[at + 1] in (RowKind.HEAD, RowKind.NUMBERS)
        ):
            kinds[at] = RowKind.HEAD


def _adopt_bare_rows(rows: Sequence[tuple[Cell, ...]], kinds: list[RowKind]) -> None:
    """A name without code and amount between data rows is a damaged row, not a title."""
    for at in range(1, len(rows) - 1):
        if kinds[at] is RowKind.TITLE and kinds[at - 1] is RowKind.DATA and kinds[at + 1] is RowKind.DATA:
            text = " ".join(cell.one_line for cell in rows[at]).strip()
            if role_of(text) in (Role.SHORT, Role.TEXT) and not is_unit(text):
                kinds[at] = RowKind.DATA


def read_head(rows: Iterable[tuple[Cell, ...]]) -> Head:
    """The columns that the rows of a head name: a staircase of spans or one flat row."""
    head = Head()
    starts: list[tuple[int, int, Column | None]] = []
    name_start: int | None = None
    for order, row in enumerate(rows):
        for cell in row:
            text = cell.one_line
            if not text:
                continue
            head.texts.append(text)
            column = column_of(text)
            year = column_year(text)
            if year is not None:
                if year not in {known for known, _ in head.years}:
                    head.years.append((year, cell.column))
                head.amount_start = min(cell.column, head.amount_start or cell.column)
                continue
            if column is Column.AMOUNT:
                head.amount_start = cell.column if head.amount_start is None else head.amount_start
            elif column is Column.NAME:
                name_start = cell.column if name_start is None else name_start
            elif not is_unit(text) and column not in {c for *_, c in starts if c is not None}:
                starts.append((cell.column, order, column))
    for start, _, column in sorted(starts, key=lambda item: item[:2]):
        beyond = name_start is not None and start > name_start
        if column is not None or not beyond:
            head.codes.append((column, start))
    head.years = sorted(head.years, key=lambda item: item[1]) if len(head.years) > 1 else []
    return head


def split_row(row: Sequence[Cell], head: Head | None) -> PrintedRow | None:
    """A data row as codes, name and amount; None when it holds nothing.

    Of several names (Kazakh and Russian side by side) all are kept, parted by a slash.
    """
    texts = [cell.one_line for cell in row]
    amount_start = head.amount_start if head is not None else None
    named = [at for at, text in enumerate(texts) if is_text(text)]
    if named and amount_start is not None:
        before = [at for at in named if row[at].column < amount_start]
        named = before or named
    if not named:
        return _split_nameless(row, texts, head)
    first, last = named[0], named[-1]
    codes = tuple(CodeCell(at, row[at].column, texts[at]) for at in range(first) if texts[at])
    after = [at for at in range(last + 1, len(row)) if texts[at]]
    amount = ""
    if after:
        chosen = after[0]
        if len(after) > 1 and amount_start is not None:
            chosen = next((at for at in after if row[at].column >= amount_start), chosen)
        amount = texts[chosen]
    name = BOTH_LANGUAGES.join(dict.fromkeys(printed_text(row[at].text) for at in named))
    return PrintedRow(codes, first, name, amount, _by_year(row, texts, head, last))


def _by_year(
    row: Sequence[Cell], texts: Sequence[str], head: Head | None, name_at: int
) -> tuple[tuple[int, str], ...]:
    """The amounts of a row by year. Where spans hide a column, as many last cells as there are years."""
    if head is None or not head.years:
        return ()
    starts = [start for _, start in head.years]
    found: dict[int, str] = {}
    for at in range(name_at + 1, len(row)):
        fitting = [year for year, start in head.years if start <= row[at].column]
        if fitting and row[at].column >= starts[0] and texts[at]:
            found.setdefault(fitting[-1], texts[at])
    after = row[name_at + 1 :]
    if len(found) < len(starts) and len(after) == len(starts):
        found = {year: text for (year, _), text in zip(head.years, texts[name_at + 1 :], strict=True) if text}
    return tuple((year, found.get(year, "")) for year, _ in head.years)


def _split_nameless(row: Sequence[Cell], texts: Sequence[str], head: Head | None) -> PrintedRow | None:
    """A row whose name is missing: the last cell is the amount if it can be one."""
    filled = [at for at, text in enumerate(texts) if text]
    if not filled:
        return None
    last = filled[-1]
    start = head.amount_start if head is not None else None
    is_amount = last == len(row) - 1 if start is None else row[last].column >= start
    if amount_of(texts[last]) is None and is_code_number(texts[last]):
        is_amount = False
    width = max(0, len(row) - 2)
    ends = last if is_amount else last + 1
    codes = tuple(CodeCell(at, row[at].column, texts[at]) for at in filled if at < ends)
    return PrintedRow(codes, width, "", texts[last] if is_amount else "")


def row_label(row: PrintedRow) -> RowLabel | None:
    """What a row is by its name, when it has no code or only the lone category of receipts (5 … 9)
    that is printed before the rows of III–VI in whatever column."""
    if not row.name:
        return None
    if not row.codes:
        return label_of(row.name)
    if len(row.codes) == 1 and code_number(row.codes[0].text, 1) in _LONE_CATEGORIES:
        label = label_of(row.name)
        if label is not None and label.section not in (Section.REVENUE, Section.EXPENDITURE):
            return label
    return None


@cache
def _known_words() -> frozenset[str]:
    """Every word of the classification's names, folded."""
    names = [n for e in (*revenue_rows(), *expenditure_rows()) for n in (e.name.kk, e.name.ru)]
    names += [n for found in name_variants().values() for n in found]
    return frozenset(_core(word) for name in names for word in name.split())


def _core(word: str) -> str:
    return fold(word).strip('.,;:()«»"-')


@lru_cache(maxsize=4096)
def printed_text(text: str) -> str:
    """A name on one line. A line break of the file inside a word joins it ("Аппа\\nрат"); between two
    words that the classification knows it parts them."""
    if "\n" not in text:
        return squeeze(text)
    pieces = text.split("\n")
    joined = pieces[0]
    for piece in pieces[1:]:
        left, right = joined.rsplit(None, 1)[-1:], piece.split(None, 1)[:1]
        touching = bool(left and right) and not joined[-1:].isspace() and not piece[:1].isspace()
        parted = touching and {_core(left[0]), _core(right[0])} <= _known_words()
        joined += (" " if parted else "") + piece
    return squeeze(joined)


def is_annex_table(rows: Sequence[tuple[Cell, ...]], kinds: Sequence[RowKind]) -> bool:
    """Whether a table is (a part of) a budget: a head with code columns, or totals of its sections.

    A list of programs without amounts (those protected from sequester, say) is none.
    """
    if not any(kind is RowKind.DATA and _has_amount(row) for row, kind in zip(rows, kinds, strict=True)):
        return False
    heads = [row for row, kind in zip(rows, kinds, strict=True) if kind is RowKind.HEAD]
    if heads and read_head(heads).side is not None:
        return True
    totals = set()
    for row, kind in zip(rows, kinds, strict=True):
        if kind is RowKind.DATA:
            for cell in row:
                label = exact_label(cell.one_line)
                if label is not None and (label.is_total or len(rows) < 12):
                    totals.add((label.section, label.figure))
    return bool(totals)


def _has_amount(row: Sequence[Cell]) -> bool:
    printed = split_row(row, None)
    return printed is not None and bool(printed.name) and amount_of(printed.amount) is not None


def continues_table(rows: Sequence[tuple[Cell, ...]], kinds: Sequence[RowKind]) -> bool:
    """Whether a table without a head looks like the rest of an annex parted by a page break."""
    data = [row for row, kind in zip(rows, kinds, strict=True) if kind is RowKind.DATA]
    if not data:
        return False
    fitting = 0
    for row in data:
        printed = split_row(row, None)
        if (
            printed is not None
            and printed.name
            and amount_of(printed.amount) is not None
            and all(is_code_number(cell.text) for cell in printed.codes)
        ):
            fitting += 1
    return 2 * fitting > len(data) and fitting > 0

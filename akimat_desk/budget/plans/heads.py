"""The heads and cells of a plan's table: what a column holds, which rows are none of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from akimat_desk.budget.plans.sheet import Side
from akimat_desk.budget.reading.numbers import parse_digits
from akimat_desk.core.text import fold, squeeze
from akimat_desk.intake import Table


class PlanColumn(StrEnum):
    """What a column of a plan holds; months are numbers."""

    CATEGORY = "category"
    CLASS = "class_"
    SUBCLASS = "subclass"
    GROUP = "functional_group"
    SUBGROUP = "subgroup"
    ADMINISTRATOR = "administrator"
    PROGRAM = "program"
    SUBPROGRAM = "subprogram"
    SPECIFIC = "specific"
    CODE = "code"
    NAME = "name"
    YEAR = "year"
    OTHER = "other"


REVENUE_LEVELS = (PlanColumn.CATEGORY, PlanColumn.CLASS, PlanColumn.SUBCLASS, PlanColumn.SPECIFIC)
COSTS_LEVELS = (
    PlanColumn.GROUP,
    PlanColumn.SUBGROUP,
    PlanColumn.ADMINISTRATOR,
    PlanColumn.PROGRAM,
    PlanColumn.SUBPROGRAM,
    PlanColumn.SPECIFIC,
)
WIDTH = {
    PlanColumn.CATEGORY: 1,
    PlanColumn.CLASS: 2,
    PlanColumn.SUBCLASS: 1,
    PlanColumn.GROUP: 2,
    PlanColumn.SUBGROUP: 1,
    PlanColumn.ADMINISTRATOR: 3,
    PlanColumn.PROGRAM: 3,
    PlanColumn.SUBPROGRAM: 3,
}

# Longer words first: "подкласс" is no "класс", "кіші бағдарлама" no "бағдарлама".
_HEADS: tuple[tuple[PlanColumn, tuple[str, ...]], ...] = (
    (PlanColumn.SUBCLASS, ("подкласс", "кіші сынып", "кіші сыныбы", "ішкі сынып", "subclass")),
    (PlanColumn.SUBPROGRAM, ("подпрограмма", "кіші бағдарлама", "ішкі бағдарлама", "subprogram")),
    (PlanColumn.SUBGROUP, ("подгруппа", "функциональная подгруппа", "кіші функция", "кіші топ", "subgroup")),
    (PlanColumn.OTHER, ("государственное учреждение", "мемлекеттік мекеме", "гу", "мм", "бюджет", "№", "n")),
    (PlanColumn.CATEGORY, ("категория", "санаты", "санат", "category")),
    (PlanColumn.CLASS, ("класс", "сыныбы", "сынып", "class")),
    (PlanColumn.GROUP, ("функциональная группа", "функц. группа", "функционалдық топ", "группа", "топ")),
    (PlanColumn.ADMINISTRATOR, ("администратор", "абп", "бба", "әкімші", "әкімшісі", "administrator")),
    (PlanColumn.PROGRAM, ("программа", "бағдарлама", "program")),
    (PlanColumn.SPECIFIC, ("специфика", "ерекшелігі", "ерекшелік", "specific")),
    (PlanColumn.CODE, ("код", "коды", "кбк", "бск", "code")),
    (PlanColumn.NAME, ("наименование", "атауы", "name")),
    (PlanColumn.YEAR, ("год", "жыл", "всего", "барлығы", "итого за год", "сумма на год", "year", "жылға")),
)
_MONTHS = (
    ("январ", "қаңтар"), ("феврал", "ақпан"), ("март", "наурыз"), ("апрел", "сәуір"), ("май", "мая", "мамыр"),
    ("июн", "маусым"), ("июл", "шілде"), ("август", "тамыз"), ("сентябр", "қыркүйек"), ("октябр", "қазан"),
    ("ноябр", "қараша"), ("декабр", "желтоқсан"),
)  # fmt: skip
_TOTALS = ("всего", "итого", "барлығы", "жиыны", "жиынтығы", "total")
_RECEIPTS = ("поступлен", "түсім", "доход", "кіріс")
_OBLIGATIONS = ("обязательств", "міндеттеме")
_TENGE = re.compile(r"(?<!\w)(?:тенге|теңге|kzt)(?!\w)")
_THOUSAND = re.compile(r"(?<!\w)(?:тыс\w*|мың)\.?\s*(?:тенге|теңге)?", re.IGNORECASE)
_AMOUNT = re.compile(r"(?P<open>\()?(?P<minus>-)?\s*(?P<digits>\d[\d\s',.]*)(?P<close>\))?")
CODE_LIKE = re.compile(r"[\d\s/.\-]+")
_DASH = frozenset({"-", "–", "—", ""})


class Unit(StrEnum):
    """The unit that a file's amounts are in."""

    THOUSAND = "thousand"
    TENGE = "tenge"


@dataclass(frozen=True, slots=True)
class Head:
    """A head: the column of each kind and of each month (from 1), and how many rows it takes."""

    columns: dict[int, PlanColumn]
    months: dict[int, int]
    below: int
    receipts: bool

    @property
    def levels(self) -> tuple[PlanColumn, ...]:
        """The parts of a code that the table's rows have, the outermost first."""
        return REVENUE_LEVELS if self.receipts else COSTS_LEVELS

    def column(self, kind: PlanColumn) -> int | None:
        """Where a kind stands; None where the table has no such column."""
        return next((column for column, there in self.columns.items() if there is kind), None)


def grid_of(table: Table) -> list[dict[int, str]]:
    """The rows of a table: what is written, by the column of the grid."""
    return [{cell.column: cell.one_line for cell in row if cell.one_line} for row in table.rows]


def find_head(grid: Sequence[dict[int, str]], before: str = "") -> Head | None:
    """The head is the row with the months; words of the columns may stand a few rows above it.

    ``before`` is what the file says above the table: whether codes in one column are of receipts.
    """
    for place, row in enumerate(grid[:60]):
        months = {column: month for column, text in row.items() if (month := month_of_head(text)) is not None}
        if len(set(months.values())) < 12:
            continue
        columns: dict[int, PlanColumn] = {}
        for above in range(max(0, place - 3), place + 1):
            for column, text in grid[above].items():
                kind = head_of_column(text)
                if column not in months and kind is not None:
                    columns[column] = kind
        kinds = set(columns.values())
        if kinds & {*COSTS_LEVELS, *REVENUE_LEVELS, PlanColumn.CODE}:
            said = fold(" ".join([before, *(text for above in grid[:place] for text in above.values())]))
            of_codes = not kinds & {*COSTS_LEVELS} and any(stem in said for stem in _RECEIPTS)
            receipts = bool(kinds & {PlanColumn.CATEGORY, PlanColumn.CLASS}) or of_codes
            return Head(columns, months, place + 1, receipts)
    return None


def month_of_head(text: str) -> int | None:
    """The month that a head names; None where it names none."""
    word = fold(text).strip(" .")
    found = [
        number
        for number, stems in enumerate(_MONTHS, start=1)
        if any(
            word.startswith(fold(stem)) or (len(word) == 3 and fold(stem).startswith(word)) for stem in stems
        )
    ]
    # Heads in both languages at once ("Қаңтар / Январь") begin with one of them.
    return found[0] if found and len(word) < 40 else None


def head_of_column(text: str) -> PlanColumn | None:
    """What a head says; with both languages in it ("Бағдарлама / Программа") either half will do."""
    for part in re.split(r"[/\n(]", text):
        word = fold(part).strip(" .)")
        for kind, names in _HEADS:
            if any(word == fold(name) or word.startswith(fold(name) + " ") for name in names):
                return kind
    return None


def side_of(head: Head, near: str, before: str) -> Side:
    """Which side a table of costs is: as its sheet or title says, else payments."""
    if head.receipts:
        return Side.RECEIPTS
    for words in (near, before):
        folded = fold(words)
        if any(stem in folded for stem in _OBLIGATIONS):
            return Side.OBLIGATIONS
        if "платеж" in folded or "төлем" in folded:
            return Side.PAYMENTS
    return Side.PAYMENTS


def printed_unit(words: str) -> Unit | None:
    """The unit that the file prints anywhere."""
    folded = fold(words)
    if _THOUSAND.search(folded):
        return Unit.THOUSAND
    return Unit.TENGE if _TENGE.search(folded) else None


def whole_code(text: str, levels: tuple[PlanColumn, ...]) -> dict[PlanColumn, str] | None:
    """A code in one cell: "1/04/4/02", "104402", "124 001 015 111", "124001015111"."""
    parts = [part for part in re.split(r"[^\d]+", text) if part]
    if levels is COSTS_LEVELS and len(parts) == 1 and len(parts[0]) in (6, 9, 12):
        parts = [parts[0][at : at + 3] for at in range(0, len(parts[0]), 3)]
    if not parts:
        return None
    if levels is COSTS_LEVELS:
        if len(parts[0]) == 2:
            return dict(zip(levels, parts, strict=False))
        own = (PlanColumn.ADMINISTRATOR, PlanColumn.PROGRAM)
        if len(parts) == 3:
            return dict(zip((*own, PlanColumn.SPECIFIC), parts, strict=True))
        return dict(zip((*own, PlanColumn.SUBPROGRAM, PlanColumn.SPECIFIC), parts, strict=False))
    if len(parts) == 1:
        digits, parts = parts[0], []
        for kind in levels:
            width = WIDTH.get(kind, 2)
            if digits:
                parts.append(digits[:width])
                digits = digits[width:]
    return dict(zip(levels, parts, strict=False))


def is_parent(codes: dict[PlanColumn, str], following: dict[PlanColumn, str]) -> bool:
    """Whether the next row's code goes on from this one: then this row is its sum."""
    return len(following) > len(codes) and all(following.get(kind) == part for kind, part in codes.items())


def is_numbering(row: dict[int, str]) -> bool:
    """The row of column numbers under a head: 1, 2, 3 …"""
    texts = [row[column] for column in sorted(row)]
    return len(texts) > 5 and texts[:5] == ["1", "2", "3", "4", "5"]


def is_total(row: dict[int, str], head: Head) -> bool:
    """Whether a row is a total of the table."""
    words = (fold(text) for column, text in row.items() if column not in head.months)
    return any(word.startswith(total) for word in words for total in map(fold, _TOTALS))


def has_amounts(row: dict[int, str], head: Head) -> bool:
    """Whether any month of a row has an amount."""
    return any(amount_in(row.get(column, "")) for column in head.months)


def amount_in(text: str) -> Decimal | None:
    """An amount as printed; an empty cell is 0. None for what is no number."""
    plain = squeeze(text).replace("\u2212", "-").replace("–", "-")
    if plain in _DASH:
        return Decimal(0)
    match = _AMOUNT.fullmatch(plain)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    value, _ = parse_digits(match["digits"].strip())
    if value is None:
        return None
    return -value if match["minus"] or match["open"] else value

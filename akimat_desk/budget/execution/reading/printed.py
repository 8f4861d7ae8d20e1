"""The treasury's own print: lines set in columns by spaces, the level of a code told by its indent.

Form 4-20 prints administrator, program, subprogram and specific 0, 3, 7 and 12 spaces in, the ten
amounts at the end of a specific's line or on the next one; form 2-19 prints whole codes ("1/04/4/02").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from akimat_desk.budget.execution.forms import (
    EXPENSE_MEASURES,
    RECEIPT_PLACES,
    RECEIPT_SUMS,
    FormKind,
    Measure,
)
from akimat_desk.budget.execution.reading.amounts import PRINTED
from akimat_desk.budget.execution.reading.items import Item
from akimat_desk.core.text import fold, squeeze

_EXPENSE_CODE = re.compile(r"^(\s*)(\d{3})(?=\s|$)\s*(.*)$")
_RECEIPT_CODE = re.compile(r"^(\s*)(\d(?:/\d{2}(?:/\d(?:/\d{2})?)?)?)(?=\s|$)\s*(.*)$")
_TOTAL = re.compile(r"^(?:итого|всего|барлығы|жиыны|жалпы сома)")
_SIGNATURES = re.compile(
    r"^(?:руководитель|ответственный исполнитель|главный бухгалтер|басшы|бас бухгалтер|м\.?п\.?|м\.?о\.?)"
)
_INDENTS = (0, 3, 7, 12)
_LEVELS = len(_INDENTS)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the print and its number in the source."""

    number: int
    text: str


@dataclass(slots=True)
class _Open:
    """A code met, its indent, and the cells found for it so far."""

    item: Item
    indent: int
    code: str
    cells: list[str]


def split_head(lines: Sequence[PrintedLine]) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines above the rows, and the rows: they follow the row of column numbers, or start at the
    first code with a row of amounts after it."""
    for position, line in enumerate(lines):
        if _is_numbers_row(line.text):
            return list(lines[: position + 1]), list(lines[position + 1 :])
    for position, line in enumerate(lines):
        coded = _EXPENSE_CODE.match(line.text) or _RECEIPT_CODE.match(line.text)
        if coded and any(_cells(each.text)[1] for each in lines[position : position + 8]):
            return list(lines[:position]), list(lines[position:])
    return list(lines), []


def read_rows(kind: FormKind, body: Sequence[PrintedLine], head: Sequence[PrintedLine]) -> list[Item]:
    """The rows of a print. ``head`` is what may be printed again at the top of every page."""
    again = {squeeze(line.text) for line in head}
    code_of = _EXPENSE_CODE if kind is FormKind.EXPENSES else _RECEIPT_CODE
    found: list[_Open] = []
    total: Item | None = None
    for line in body:
        text = line.text.rstrip()
        words, cells = _cells(text)
        coded = code_of.match(words)
        # A row with its amounts is a row; only other lines can be heads again, a total, the signatures.
        if not (coded and cells):
            if squeeze(text) in again or _is_numbers_row(text):
                continue
            plain = fold(text)
            if _SIGNATURES.match(plain):
                break
            if _TOTAL.match(plain):
                total = Item(line.number, ())
                _fill(total, kind, cells)
                continue
        if coded:
            indent, code, name = len(coded.group(1)), coded.group(2), coded.group(3)
            found.append(_Open(Item(line.number, (), squeeze(name)), indent, code, cells))
        elif found and cells and not found[-1].cells:
            found[-1].cells = cells
            found[-1].item.name = squeeze(f"{found[-1].item.name} {words}")
        elif found and words.strip() and not cells:
            found[-1].item.name = squeeze(f"{found[-1].item.name} {words}")
    if kind is FormKind.EXPENSES:
        _place_by_indent(found)
    else:
        for each in found:
            each.item.parts = tuple(each.code.split("/"))
    for each in found:
        _fill(each.item, kind, each.cells)
    items = [each.item for each in found]
    return [*items, total] if total is not None else items


def _cells(text: str) -> tuple[str, list[str]]:
    """A line's words and, from the first amount on, its cells of numbers."""
    for match in re.finditer(r"\S+", text):
        if PRINTED.fullmatch(match.group()) and (match.start() == 0 or text[match.start() - 1].isspace()):
            return text[: match.start()], text[match.start() :].split()
    return text, []


def _fill(item: Item, kind: FormKind, cells: Sequence[str]) -> None:
    """Give a row its cells by their places; another number of cells is a problem of the row."""
    if not cells:
        return
    if kind is FormKind.EXPENSES:
        places: dict[int, Measure] = dict(enumerate(EXPENSE_MEASURES))
        wanted = len(EXPENSE_MEASURES)
    else:
        places, wanted = RECEIPT_PLACES, RECEIPT_SUMS
    if len(cells) != wanted:
        item.problem("columns", found=len(cells), wanted=wanted)
        return
    for place, measure in places.items():
        item.cells[measure] = (cells[place], False)


def _is_numbers_row(text: str) -> bool:
    """The row of column numbers under the head: "1 2 3 …", also "… 11=4-6 …"."""
    words = text.replace("|", " ").split()
    numbers = [word.partition("=")[0] for word in words]
    return len(numbers) >= 5 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _place_by_indent(found: Sequence[_Open]) -> None:
    """Give every row of costs its whole code. The level is the indent's; where a print has other
    indents (a PDF of proportional letters), it is the indent's rank, rows with amounts being deepest."""
    if not found:
        return
    left = min(each.indent for each in found)
    indents = sorted({each.indent - left for each in found})
    if all(min(abs(indent - known) for known in _INDENTS) <= 1 for indent in indents):
        level_of = {
            indent: min(range(_LEVELS), key=lambda level: abs(_INDENTS[level] - indent)) for indent in indents
        }
    else:
        level_of = _ranks(indents)
    path = [""] * _LEVELS
    for each in found:
        level = level_of[each.indent - left]
        path[level:] = [each.code, *[""] * (_LEVELS - level - 1)]
        each.item.parts = tuple(path[: level + 1])


def _ranks(indents: Sequence[int]) -> dict[int, int]:
    """Levels by how far apart the indents are: neighbours within a letter are one."""
    ranks: dict[int, int] = {}
    rank, start = -1, -9
    for indent in indents:
        if indent - start > 1:
            rank, start = rank + 1, indent
        ranks[indent] = min(rank, _LEVELS - 1)
    # Three indents: a form without subprograms, its deepest level being the specific.
    if rank == 2:
        return {indent: 3 if level == 2 else level for indent, level in ranks.items()}
    return ranks

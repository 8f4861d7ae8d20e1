"""Tables whose columns are known by their heads: lists of codes, places, people by year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from akimat_desk.core.text import search_form
from akimat_desk.intake.content import Cell, Table

# A head stands near the top, below a title and perhaps a note.
_LOOK = 40
_PARTS = re.compile(r"[/\n;|]")
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a table's columns are. ``at`` is the index of the head's row; ``twice`` names columns that
    more than one head claims (the first one is taken); ``unknown`` are heads nobody asked for."""

    at: int
    columns: Mapping[str, int]
    twice: tuple[str, ...] = ()
    unknown: Mapping[int, str] = field(default_factory=dict)


def head_form(text: str) -> str:
    """A head as it is compared: letters and digits only, Kazakh letters as Russian ones."""
    return " ".join(_LETTERS.findall(search_form(text.replace("_", " "))))


def find_head(table: Table, names: Mapping[str, Sequence[str]], needed: int = 2) -> Head | None:
    """The row that says the most of ``names`` (column → how its head may read); None below ``needed``.

    A head in two languages ("Санаты / Категория") is known by either.
    """
    forms = {head_form(word): key for key, words in names.items() for word in words}
    best: Head | None = None
    for at, row in enumerate(table.rows[:_LOOK]):
        head = _read(at, row, forms)
        if len(head.columns) >= needed and (best is None or len(head.columns) > len(best.columns)):
            best = head
    return best


def _read(at: int, row: Sequence[Cell], forms: Mapping[str, str]) -> Head:
    columns: dict[str, int] = {}
    twice: list[str] = []
    unknown: dict[int, str] = {}
    for cell in row:
        if not cell.text.strip():
            continue
        said = [cell.text, *_PARTS.split(cell.text)]
        key = next((forms[form] for part in said if (form := head_form(part)) in forms), None)
        if key is None:
            unknown[cell.column] = cell.one_line
        elif key in columns:
            twice.append(key)
        else:
            columns[key] = cell.column
    return Head(at, columns, tuple(twice), unknown)


def texts_of(row: Sequence[Cell]) -> dict[int, str]:
    """The texts of a row by column; a cell over several columns stands in its first."""
    return {cell.column: text for cell in row if (text := cell.one_line)}


def row_number(table: Table, index: int) -> int:
    """The number of a row as the person sees it in Excel."""
    return table.line + index


def is_column_numbers(texts: Mapping[int, str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 …"""
    numbers = [text for _, text in sorted(texts.items())]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]

"""Control ratios in a file: JSON as in the shipped set, or a workbook with a ratio in each row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from akimat_desk.budget.control.ratios import ControlRatio, ratio_from
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.files import store_bytes, write_atomically
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.intake.doors import load_file, read_file

COLUMNS = (
    "id", "each", "left", "relation", "right", "tolerance_tenge", "severity", "kk", "ru", "en", "source",
    "first_year", "last_year",
)  # fmt: skip
_WIDTHS = {"left": 44, "right": 44, "kk": 60, "ru": 60, "en": 50, "id": 24, "each": 12}
_MOST = 1000


def read_ratios(path: Path) -> list[ControlRatio]:
    """One's own ratios from a .json or .xlsx file.

    Raises InputRefused (no such table, a ratio that cannot be read: which one and why) and
    EnvironmentProblem.
    """
    rows = _from_json(path) if path.suffix.casefold() == ".json" else _from_workbook(path)
    if not rows:
        raise InputRefused("error.control.empty", name=path.name)
    if len(rows) > _MOST:
        raise InputRefused("error.control.too_many", name=path.name, limit=_MOST)
    return [ratio_from(row, own=True) for row in rows]


def _from_json(path: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads(load_file(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputRefused("error.control.not_json", name=path.name) from error
    rows = data.get("ratios") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputRefused("error.control.not_json", name=path.name)
    if not all(isinstance(row.get("message", {}), dict) for row in rows):
        raise InputRefused("error.control.not_json", name=path.name)
    return rows


def _from_workbook(path: Path) -> list[dict[str, Any]]:
    document = read_file(path)
    for table in document.tables():
        rows = [[cell.text.strip() for cell in row] for row in table.rows]
        for number, row in enumerate(rows):
            names = [_name(cell) for cell in row]
            if {"id", "left", "relation", "right"} <= set(names):
                found = []
                for each in rows[number + 1 :]:
                    said = dict(zip(names, each, strict=False))
                    if any(said.values()):
                        message = {language.value: said.get(language.value, "") for language in Language}
                        found.append({**said, "message": message})
                return found
    raise InputRefused("error.control.no_table", name=path.name)


def _name(head: str) -> str:
    """A column by its heading: its own name stands in it, in brackets, beside the words."""
    inside = head.rpartition("[")[2].rstrip("] ") if "[" in head else head
    return inside.strip().casefold()


def write_ratios(ratios: Sequence[ControlRatio], path: Path) -> Path:
    """Write ratios as JSON or as a workbook that reads back as the same. Raises EnvironmentProblem."""
    if path.suffix.casefold() == ".json":
        data = json.dumps({"ratios": [ratio.as_data() for ratio in ratios]}, ensure_ascii=False, indent=1)
        return store_bytes(path, (data + "\n").encode())
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = text("control.sheet", Language.KK)
    sheet.append([f"{_words(column)} [{column}]" for column in COLUMNS])
    for ratio in ratios:
        data_row = ratio.as_data()
        flat = {**data_row, **data_row["message"]}
        sheet.append([flat[column] for column in COLUMNS])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # "=" is a relation here and no formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E6EEF5")
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 14)
    sheet.freeze_panes = "B2"
    return write_atomically(path, book.save)


def _words(column: str) -> str:
    return " / ".join(text(f"control.column.{column}", language) for language in (Language.KK, Language.RU))

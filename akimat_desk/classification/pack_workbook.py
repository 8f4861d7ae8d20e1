"""The classification of a year as an Excel workbook that reads back as the same: also the template for
a newer one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from akimat_desk.classification.additions import Side
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.pack_file import ANY
from akimat_desk.core.files import write_atomically
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text

if TYPE_CHECKING:
    from akimat_desk.classification.pack import Pack

_LEVELS: Mapping[Side, tuple[str, ...]] = {
    Side.REVENUE: ("category", "class_", "subclass", "specific"),
    Side.EXPENDITURE: ("functional_group", "subgroup", "administrator", "program", "subprogram"),
    Side.ECONOMIC: ("specific",),
}
_NAMES = ("name_kk", "name_ru", "name_en")
_REST = ("valid_from", "valid_to", "source", "note")
_WIDTHS = {"name_kk": 55, "name_ru": 55, "name_en": 40, "kind": 34, "source": 40, "note": 30}
_BOTH = (Language.KK, Language.RU)


def write_pack(pack: Pack, path: Path) -> Path:
    """Write the classification of a year. Raises EnvironmentProblem when the file cannot be written.

    Rows whose own code is not known are left out: nothing could be found by them.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for side, entries in (
        (Side.REVENUE, pack.revenue),
        (Side.EXPENDITURE, pack.expenditure),
        (Side.ECONOMIC, pack.economic),
    ):
        sheet = book.create_sheet(text(f"classification.sheet.{side.value}", Language.KK))
        _fill(sheet, side, [entry for entry in entries if entry.code_known], pack)
    return write_atomically(path, book.save)


def columns_of(side: Side) -> tuple[str, ...]:
    """The columns of a sheet: the code's parts, names, then what is known of the row."""
    kind = ("kind",) if side is not Side.ECONOMIC else ()
    former = ("former",) if side is Side.REVENUE else ()
    return (*_LEVELS[side], *_NAMES, *kind, *_REST, *former)


def _fill(sheet: Any, side: Side, entries: Sequence[Entry], pack: Pack) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    columns = columns_of(side)
    sheet.append([_head(key) for key in columns])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E6EEF5")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for entry in entries:
        sheet.append(list(_cells(entry, side, pack)))
    codes = len(_LEVELS[side])
    for row in sheet.iter_rows(min_row=2):
        for number, cell in enumerate(row):
            if number < codes:
                cell.number_format = "@"  # Excel keeps "01" as it is
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a name that begins with "=" is no formula
            cell.alignment = Alignment(wrap_text=number >= codes, vertical="top")
    for number, key in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(key, 13)
    sheet.freeze_panes = sheet.cell(row=2, column=codes + 1)


def _cells(entry: Entry, side: Side, pack: Pack) -> Iterator[object]:
    levels = _LEVELS[side]
    inner = levels.index(entry.repeats) if entry.repeats else -1
    for at, level in enumerate(levels):
        yield ANY if at < inner else "" if 0 <= inner < at else getattr(entry.code, level)
    yield from (entry.name.kk, entry.name.ru, entry.name.en)
    if side is not Side.ECONOMIC:
        key = f"classification.kind.{entry.kind.value}"
        yield " / ".join(text(key, language) for language in _BOTH)
    yield entry.valid_from
    yield entry.valid_to
    yield entry.source
    yield entry.note
    if side is Side.REVENUE:
        parts = entry.code.stored.split("/")
        since = pack.edition_info.valid_from
        yield next(
            ("/".join(k.before) for k in pack.book.links if list(k.after) == parts and k.since == since), ""
        )


def _head(key: str) -> str:
    return " / ".join(text(f"classification.column.{key}", language) for language in _BOTH)

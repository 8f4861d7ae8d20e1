"""How cells look, each look made once: openpyxl compares every style it is given."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FONT = "Times New Roman"
TABLE_SIZE = 11
_LINE = Side(style="thin", color="404040")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_NO_BORDER = Border()
_HEAD = PatternFill("solid", fgColor="F0F0F0")
_MARK = PatternFill("solid", fgColor="FFF2CC")
_EMPTY = PatternFill()


class Looks:
    """Hands out a style by what it should be; the same wish gives the same shared style."""

    def __init__(self, book: Workbook) -> None:
        # A sheet that is thrown away again is where styles are registered with the workbook.
        self._sheet = book.create_sheet()
        self._made: dict[tuple[Any, ...], Any] = {}
        self._book = book

    def of(
        self,
        *,
        size: float = TABLE_SIZE,
        bold: bool = False,
        italic: bool = False,
        across: str = "left",
        down: str = "top",
        grid: bool = False,
        head: bool = False,
        marked: bool = False,
        number: str = "General",
        indent: int = 0,
        bar: str = "",
        under: bool = False,
    ) -> Any:
        """A style for ``cell._style``."""
        key = (size, bold, italic, across, down, grid, head, marked, number, indent, bar, under)
        if key not in self._made:
            cell = self._sheet.cell(len(self._made) + 1, 1)
            cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)
            cell.alignment = Alignment(horizontal=across, vertical=down, wrap_text=True, indent=indent)
            cell.border = _GRID if grid else _NO_BORDER
            if bar:
                cell.border = Border(left=Side(style=bar, color="404040"))
            if under:
                cell.border = Border(bottom=_LINE)
            cell.fill = _HEAD if head else _MARK if marked else _EMPTY
            cell.number_format = number
            self._made[key] = cell._style
        return self._made[key]

    def close(self) -> None:
        """Throw the working sheet away."""
        self._book.remove(self._sheet)

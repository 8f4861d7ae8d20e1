"""The blocks of one sheet as rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from akimat_desk.core import strings
from akimat_desk.core.language import Language
from akimat_desk.core.money import plain
from akimat_desk.core.progress import Task
from akimat_desk.reports import document as doc
from akimat_desk.reports import qr
from akimat_desk.reports.grid import Placed, PlacedRows, body_of, column_shares, head_of, is_figure, shown
from akimat_desk.reports.sums import Address
from akimat_desk.reports.xlsx.columns import Columns, lines_needed, widest_word
from akimat_desk.reports.xlsx.finish import SheetExtras
from akimat_desk.reports.xlsx.looks import TABLE_SIZE, Looks
from akimat_desk.reports.xlsx.paging import Together

_LINE_HEIGHT = 1.25  # of the size
_INDENT_STEP = 9.0  # points
_LINE_TO_SIGN = "_" * 18
_ROOM_TO_SIGN = 70.0
_CODE_PIXELS = 106  # 2.8 cm at 96 to the inch
_ACROSS = {
    doc.Align.LEFT: "left",
    doc.Align.CENTRE: "center",
    doc.Align.RIGHT: "right",
    doc.Align.JUSTIFY: "justify",
}
_SIZES = {
    doc.Tone.BODY: 12.0,
    doc.Tone.SMALL: 10.0,
    doc.Tone.NOTE: 10.0,
    doc.Tone.ANNEX_BLOCK: 11.0,
    doc.Tone.FINDING_ERROR: 11.0,
    doc.Tone.FINDING_WARNING: 11.0,
}
_FINDING = {
    doc.Tone.FINDING_ERROR: ("report.render.finding_error", "thick"),
    doc.Tone.FINDING_WARNING: ("report.render.finding_warning", "thin"),
}


@dataclass(slots=True)
class TablePlace:
    """Where a table came to stand: the rows of its head and of its body."""

    table: doc.Table
    head_first: int
    body_first: int
    body_last: int
    height: float


@dataclass(slots=True)
class AmountPlace:
    """Where an amount came to stand."""

    sheet: Worksheet
    column: str
    row: int
    tiyn: int | None


@dataclass(slots=True)
class SheetWriter:
    """Writes blocks below each other; what needs the whole workbook (sums) is left to it."""

    sheet: Worksheet
    looks: Looks
    columns: Columns
    language: Language
    task: Task
    extras: SheetExtras = field(default_factory=SheetExtras)
    tables: list[TablePlace] = field(default_factory=list)
    together: list[Together] = field(default_factory=list)
    forced_breaks: list[int] = field(default_factory=list)
    charts: list[tuple[doc.Chart, int]] = field(default_factory=list)
    row: int = 1

    def write(self, blocks: Sequence[doc.Block], first_table: int) -> dict[Address, AmountPlace]:
        """Write the blocks; returns where the amounts stand. Tables count from ``first_table``."""
        for block in blocks:
            if isinstance(block, doc.Table):
                self._make_room(block)
        for index, width in enumerate(self.columns.widths(), 1):
            self.sheet.column_dimensions[get_column_letter(index)].width = round(width, 2)
        amounts: dict[Address, AmountPlace] = {}
        number = first_table
        for block in blocks:
            match block:
                case doc.Heading():
                    self._heading(block)
                case doc.Text():
                    self._text(block, 1, len(self.columns), self.language)
                    self.row += 1
                case doc.Table():
                    amounts |= self._table(block, number)
                    number += 1
                case doc.Chart():
                    self._chart(block)
                case doc.Signatures():
                    self._signatures(block)
                case doc.SideBySide():
                    self._beside(block)
                case doc.PageBreak():
                    self._page_break()
                case doc.Code():
                    self._code(block)
        return amounts

    def _code(self, block: doc.Code) -> None:
        """The digits, and in a row of its own the code as a picture."""
        words = doc.Text(f"{block.caption} {block.digits}", doc.Tone.SMALL)
        self._text(words, 1, len(self.columns), self.language)
        shown = Image(BytesIO(qr.picture(block.digits)))
        shown.width = shown.height = _CODE_PIXELS
        self.sheet.add_image(shown, f"A{self.row + 1}")
        self.sheet.row_dimensions[self.row + 1].height = _CODE_PIXELS * 0.75 + 4
        self.row += 2

    # -- words ------------------------------------------------------------------------------------

    def _words(
        self,
        text: str,
        first: int,
        last: int,
        style: Any,
        size: float,
        *,
        bold: bool = False,
        indent: int = 0,
    ) -> None:
        """Text over the sheet columns from ``first`` to ``last`` of the current row."""
        clean = ILLEGAL_CHARACTERS_RE.sub("", text)
        for column in range(first, last + 1):
            self.sheet.cell(self.row, column)._style = style
        put_text(self.sheet.cell(self.row, first), clean)
        if last > first:
            self._merge(self.row, first, self.row, last)
        room = self.columns.room(first, last) - indent * _INDENT_STEP
        lines = lines_needed(clean, size, room, bold=bold)
        self._at_least(self.row, lines * size * _LINE_HEIGHT + 3)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        # Worksheet.merge_cells would visit every cell again; all have their style already.
        self.sheet.merged_cells.add(CellRange(min_row=top, min_col=left, max_row=bottom, max_col=right))

    def _at_least(self, row: int, height: float) -> None:
        dimension = self.sheet.row_dimensions[row]
        dimension.height = round(max(dimension.height or 0, height), 1)

    def _heading(self, heading: doc.Heading) -> None:
        size = 13.0 if heading.level <= 1 else 12.0 if heading.level == 2 else 11.0
        across = "center" if heading.level <= 1 else "left"
        if self.row > 1:
            self._gap(6)
        self._words(
            heading.text,
            1,
            len(self.columns),
            self.looks.of(size=size, bold=True, across=across, down="center"),
            size,
        )
        self.row += 1
        if heading.level <= 1:
            self._gap(6)
        self.together.append(Together(self.row - 2, self.row + 1))

    def _gap(self, height: float) -> None:
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def _text(self, text: doc.Text, first: int, last: int, language: Language) -> None:
        size = _SIZES[text.tone]
        words, bar = text.text, ""
        if text.tone in _FINDING:
            key, bar = _FINDING[text.tone]
            words = f"{strings.text(key, language)} {words}"
        across = "left" if text.align is doc.Align.JUSTIFY else _ACROSS[text.align]
        if text.tone is doc.Tone.ANNEX_BLOCK:
            halves = self.columns.halves()
            if halves is not None and (first, last) == (1, len(self.columns)):
                first = halves[1]
            elif across == "left":
                across = "right"
        # A cell has no first-line indent; the first step of it is every paragraph's and left out.
        indent = max(0, text.indent - 1) * 2 if across == "left" else 0
        style = self.looks.of(
            size=size,
            bold=text.bold,
            italic=text.tone is doc.Tone.NOTE,
            across=across,
            indent=indent,
            bar=bar,
        )
        self._words(words, first, last, style, size, bold=text.bold, indent=indent)

    def _beside(self, block: doc.SideBySide) -> None:
        half = max(1, len(self.columns) // 2)
        left, right = self.columns.halves() or (half, half + 1)
        sides = (
            (block.left, 1, left, block.left_language),
            (block.right, right, len(self.columns), block.right_language),
        )
        for index in range(max(len(block.left), len(block.right))):
            for side, first, last, language in sides:
                if index >= len(side):
                    continue
                part = side[index]
                if isinstance(part, doc.Heading):
                    style = self.looks.of(size=12, bold=True, across="center", down="center")
                    self._words(part.text, first, last, style, 12)
                else:
                    self._text(part, first, last, language)
            self.row += 1

    def _signatures(self, block: doc.Signatures) -> None:
        first = max(1, self.row - 2)
        self._gap(10)
        halves = self.columns.halves()
        for person in block.people:
            look = self.looks.of(size=12, bold=True, down="bottom")
            name = person.name or _LINE_TO_SIGN
            if halves is None or self.columns.room(halves[0] + 1, halves[0] + 1) < _ROOM_TO_SIGN:
                words = f"{person.position}  {_LINE_TO_SIGN}  {name}"
                self._words(words, 1, len(self.columns), look, 12, bold=True)
            else:
                self._words(person.position, 1, halves[0], look, 12, bold=True)
                self.sheet.cell(self.row, halves[0] + 1)._style = self.looks.of(size=12, under=True)
                named = self.looks.of(size=12, bold=True, down="bottom", indent=1)
                self._words(name, halves[0] + 2, len(self.columns), named, 12, bold=True, indent=1)
            self._at_least(self.row, 30)
            self.row += 1
        self.together.append(Together(first, self.row - 1))

    def _page_break(self) -> None:
        if self.row > 1:
            self.forced_breaks.append(self.row)

    # -- tables and charts ------------------------------------------------------------------------

    def _make_room(self, table: doc.Table) -> None:
        """Widen columns too narrow for a word or a figure of the table."""
        spans = self.columns.spans(column_shares(table))
        for rows, head in ((head_of(table), True), (body_of(table), False)):
            for row in rows:
                for placed in row:
                    first = spans[placed.column][0]
                    last = spans[placed.column + placed.colspan - 1][1]
                    bold = not head and table.rows[placed.row].bold
                    self.columns.make_room(
                        first, last, widest_word(shown(placed.cell), TABLE_SIZE, bold=bold)
                    )

    def _table(self, table: doc.Table, number: int) -> dict[Address, AmountPlace]:
        start = self.row
        if self.row > 1 and self.tables:
            self._gap(8)
        if table.unit:
            style = self.looks.of(size=10, italic=True, across="right")
            self._words(table.unit, 1, len(self.columns), style, 10)
            self.row += 1
        spans = self.columns.spans(column_shares(table))
        head_first = self.row
        self._rows(head_of(table), table, spans, head=True)
        body_first = self.row
        if table.head:
            self.together.append(Together(start, body_first + 1))
        body = body_of(table)
        self._rows(body, table, spans, head=False)
        heights = self.sheet.row_dimensions
        self.tables.append(
            TablePlace(
                table,
                head_first,
                body_first,
                self.row - 1,
                sum(heights[row].height or 15 for row in range(head_first, self.row)),
            )
        )
        last = get_column_letter(len(self.columns))
        if self.row > head_first:
            self.extras.quiet.append(f"A{head_first}:{last}{self.row - 1}")
        return {
            Address(number, placed.row, placed.column): AmountPlace(
                self.sheet,
                get_column_letter(spans[placed.column][0]),
                body_first + placed.row,
                placed.cell.tiyn,
            )
            for row in body
            for placed in row
            if isinstance(placed.cell, doc.AmountCell)
        }

    def _rows(self, rows: PlacedRows, table: doc.Table, spans: list[tuple[int, int]], *, head: bool) -> None:
        top = self.row
        tall: list[tuple[Placed, int, int]] = []
        for index, row in enumerate(rows):
            if index % 100 == 0:
                self.task.step(index, len(rows))
            height = TABLE_SIZE * _LINE_HEIGHT + 3
            for placed in row:
                first = spans[placed.column][0]
                last = spans[placed.column + placed.colspan - 1][1]
                self._cell(placed, table, top + index, first, last, head=head)
                if is_figure(placed.cell):
                    continue
                if placed.rowspan > 1:
                    tall.append((placed, first, last))
                else:
                    room = self.columns.room(first, last)
                    heavy = not head and table.rows[index].bold
                    lines = lines_needed(shown(placed.cell), TABLE_SIZE, room, bold=heavy)
                    height = max(height, lines * TABLE_SIZE * _LINE_HEIGHT + 3)
            self._at_least(top + index, height)
        for placed, first, last in tall:
            lines = lines_needed(shown(placed.cell), TABLE_SIZE, self.columns.room(first, last))
            covered = range(top + placed.row, top + placed.row + placed.rowspan)
            have = sum(self.sheet.row_dimensions[row].height or 0 for row in covered)
            missing = lines * TABLE_SIZE * _LINE_HEIGHT + 3 - have
            if missing > 0:
                self._at_least(covered[-1], (self.sheet.row_dimensions[covered[-1]].height or 0) + missing)
        self.row = top + len(rows)

    def _cell(self, placed: Placed, table: doc.Table, row: int, first: int, last: int, *, head: bool) -> None:
        cell = placed.cell
        about = None if head else table.rows[placed.row]
        text, number = _number(cell)
        if head:
            style = self.looks.of(across="center", down="center", grid=table.grid, head=table.grid)
        else:
            align = "right" if is_figure(cell) else _ACROSS[table.columns[placed.column].align]
            style = self.looks.of(
                bold=about is not None and about.bold,
                across="left" if align == "justify" else align,
                down="center",
                grid=table.grid,
                marked=about is not None and about.marked,
                number=number,
            )
        bottom = row + placed.rowspan - 1
        for r in range(row, bottom + 1):
            for c in range(first, last + 1):
                self.sheet.cell(r, c)._style = style
        corner = self.sheet.cell(row, first)
        if isinstance(cell, doc.TextCell):
            put_text(corner, ILLEGAL_CHARACTERS_RE.sub("", cell.text))
        elif text is not None:
            put_number(corner, text)
        if last > first or bottom > row:
            self._merge(row, first, bottom, last)

    def _chart(self, chart: doc.Chart) -> None:
        start = self.row
        if chart.title:
            style = self.looks.of(size=11, bold=True)
            self._words(chart.title, 1, len(self.columns), style, 11)
            self.row += 1
        self.charts.append((chart, self.row))
        reserved = max(16, len(chart.categories) + 2)
        for row in range(self.row, self.row + reserved):
            self.sheet.row_dimensions[row].height = 15
        self.row += reserved
        self.together.append(Together(start, self.row - 1))
        if chart.text_equivalent:
            self._words(chart.text_equivalent, 1, len(self.columns), self.looks.of(size=10), 10)
            self.row += 1


def put_text(cell: Any, text: str) -> None:
    """Text that stays text, whatever sign it begins with."""
    if text:
        cell.value = text
        cell.data_type = "s"


def put_number(cell: Any, exact: str) -> None:
    """A number written digit by digit: openpyxl would take it through a float ("8.699999999999999")."""
    cell.value = exact
    cell.data_type = "n"


def _number(cell: doc.Cell) -> tuple[str | None, str]:
    """A cell's number as the file writes it, and its format: as many decimals as it has, one at least."""
    if isinstance(cell, doc.AmountCell):
        exact = plain(cell.tiyn)
        decimals = max(1, len((exact or "").partition(".")[2]))
        shown = "#,##0." + "0" * decimals
        return exact, f"+{shown};-{shown};{shown}" if cell.signed else shown
    if isinstance(cell, doc.PercentCell):
        decimals = len((cell.value or "").partition(".")[2])
        return cell.value, "0." + "0" * decimals if decimals else "0"
    return None, "General"

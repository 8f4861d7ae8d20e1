"""Putting paragraphs and tables together, for every kind of file whose tables are made of cells.

A reader calls :class:`Builder` as it meets the parts of a document. The builder keeps the limits,
computes grid columns out of spans and flattens tables that stand inside cells.
"""

from __future__ import annotations

from akimat_desk.core.errors import InputRefused
from akimat_desk.intake.content import Block, Cell, Paragraph, Table
from akimat_desk.intake.limits import Limits

# Spaces at the ends of a line of text; the no-break space too, which pads empty cells.
_ENDS = " \t\n\r\f\v\u00a0"


# A cell with more lines than this is part of a page's layout, not of a table of figures.
_MOST_LINES = 30


class _CellDraft:
    """A cell being written. ``parts`` are its lines and the tables that stand inside it."""

    __slots__ = ("colspan", "column", "parts", "rowspan")

    def __init__(self, column: int, colspan: int, rowspan: int) -> None:
        self.column = column
        self.colspan = colspan
        self.rowspan = rowspan
        self.parts: list[str | Table] = []

    def text(self) -> str:
        return " \n".join(part for part in self.parts if isinstance(part, str))

    def is_layout(self) -> bool:
        return len(self.parts) > _MOST_LINES or any(isinstance(part, Table) for part in self.parts)


class _TableDraft:
    __slots__ = ("cell", "column", "merging", "occupied", "row", "rows")

    def __init__(self) -> None:
        self.rows: list[list[_CellDraft]] = []
        self.row: list[_CellDraft] | None = None
        self.cell: _CellDraft | None = None
        self.column = 0
        # Grid column -> in how many of the rows below it is still covered by a cell above.
        self.occupied: dict[int, int] = {}
        # Grid column -> the cell that a vertical merge of Word goes on growing.
        self.merging: dict[int, _CellDraft] = {}


class Builder:
    """Blocks under construction. Every method raises InputRefused where a limit is passed."""

    def __init__(self, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self._limits = limits
        self._tables: list[_TableDraft] = []
        self._paragraphs = 0
        self._cells = 0

    @property
    def in_cell(self) -> bool:
        """Whether text now belongs to a cell of the innermost table."""
        return bool(self._tables) and self._tables[-1].cell is not None

    def line(self, text: str, *, heading: bool = False) -> None:
        """A finished line of text: a paragraph, or a line of the cell that is open."""
        text = text.strip(_ENDS)
        if not text:
            return
        self.count_line(text)
        self._put(text, heading=heading)

    def count_line(self, text: str) -> None:
        """Hold a line against the limits."""
        self._paragraphs += 1
        if self._paragraphs > self._limits.paragraphs:
            raise InputRefused("error.intake.too_many_lines", limit=self._limits.paragraphs)
        if len(text) > self._limits.paragraph_text:
            raise InputRefused("error.intake.line_too_long", limit=self._limits.paragraph_text)

    def count_cells(self, count: int) -> None:
        """Hold further cells against the limit of the whole document."""
        self._cells += count
        if self._cells > self._limits.cells:
            raise InputRefused("error.intake.too_many_cells", limit=self._limits.cells)

    def add_paragraph(self, text: str, *, heading: bool = False, line: int = 0) -> None:
        """A paragraph as it is, indentation kept. ``line`` 0 counts blocks."""
        self.count_line(text)
        self.blocks.append(Paragraph(text, line or len(self.blocks) + 1, heading))

    def add_table(self, rows: tuple[tuple[Cell, ...], ...], *, name: str = "", line: int = 0) -> None:
        """A table that is already made of cells."""
        self.blocks.append(Table(rows, line or len(self.blocks) + 1, name))

    def begin_table(self) -> None:
        """A table starts, possibly inside a cell."""
        if len(self._tables) >= self._limits.tables_within_tables:
            raise InputRefused("error.intake.too_deep")
        self._tables.append(_TableDraft())

    def begin_row(self) -> None:
        """A row starts; one left open is closed."""
        if not self._tables:
            self.begin_table()
        self.end_row()
        table = self._tables[-1]
        table.row = []
        table.column = 0

    def skip_columns(self, count: int) -> None:
        """Grid columns that a row leaves out at its start (Word's gridBefore)."""
        if self._tables:
            self._tables[-1].column += max(0, min(count, self._limits.columns))

    def begin_cell(self, colspan: int = 1, rowspan: int = 1, *, merge_starts: bool = False) -> None:
        """A cell starts; a row is opened where the document forgot it.

        ``rowspan`` 0 means "to the end of the table". With ``merge_starts`` the cell grows by
        :meth:`continue_merge` in the rows below.
        """
        if not self._tables or self._tables[-1].row is None:
            self.begin_row()
        self.end_cell()
        table = self._tables[-1]
        column = table.column
        while table.occupied.get(column, 0) > 0:
            column += 1
        if column >= self._limits.columns:
            raise InputRefused("error.intake.too_many_columns", limit=self._limits.columns)
        self.count_cells(1)
        # "All columns" is often written as a span of 100 or 1000.
        colspan = max(1, min(colspan, self._limits.columns - column))
        rowspan = self._limits.rows if rowspan <= 0 else min(rowspan, self._limits.rows)
        table.cell = cell = _CellDraft(column, colspan, rowspan)
        table.column = column + colspan
        if merge_starts:
            table.merging[column] = cell
        else:
            table.merging.pop(column, None)

    def continue_merge(self, colspan: int) -> bool:
        """Word's vertical merge: the cell above in this grid column grows by a row.

        False where there is no such cell: then nothing happened and the cell is an ordinary one.
        """
        if not self._tables or self._tables[-1].row is None:
            self.begin_row()
        self.end_cell()
        table = self._tables[-1]
        above = table.merging.get(table.column)
        if above is None or above.colspan != colspan:
            return False
        above.rowspan += 1
        table.column += colspan
        return True

    def end_cell(self) -> None:
        """The open cell ends (nothing happens when none is open)."""
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is None or table.row is None:
            return
        table.row.append(table.cell)
        table.cell = None

    def end_row(self) -> None:
        """The open row ends (nothing happens when none is open)."""
        table = self._tables[-1] if self._tables else None
        if table is None or table.row is None:
            return
        self.end_cell()
        if table.occupied:
            table.occupied = {column: rows - 1 for column, rows in table.occupied.items() if rows > 1}
        for cell in table.row:
            if cell.rowspan > 1:
                for column in range(cell.column, cell.column + cell.colspan):
                    table.occupied[column] = cell.rowspan - 1
        table.rows.append(table.row)
        table.row = None
        if len(table.rows) > self._limits.rows:
            raise InputRefused("error.intake.too_many_rows", limit=self._limits.rows)

    def drop_row(self) -> None:
        """The open row was deleted by a tracked change: it leaves nothing."""
        table = self._tables[-1] if self._tables else None
        if table is None or table.row is None:
            return
        self.end_cell()
        for cell in table.row:
            if table.merging.get(cell.column) is cell:
                del table.merging[cell.column]
        table.row = None

    def end_table(self) -> None:
        """The innermost table ends (nothing happens when none is open)."""
        if not self._tables:
            return
        self.end_row()
        table = self._tables.pop()
        for part in self._finished(table.rows):
            self._put(part)

    def finish(self) -> list[Block]:
        """Everything, with tables closed that the document left open."""
        while self._tables:
            self.end_table()
        return self.blocks

    def _put(self, part: str | Table, *, heading: bool = False) -> None:
        # Text between the cells of an inner table belongs to the cell around that table.
        for table in reversed(self._tables):
            if table.cell is not None:
                if isinstance(part, Table) and _is_small(part):
                    table.cell.parts.extend(_lines(part))
                else:
                    table.cell.parts.append(part)
                return
        line = len(self.blocks) + 1
        if isinstance(part, str):
            self.blocks.append(Paragraph(part, line, heading))
        else:
            self.blocks.append(Table(part.rows, line))

    def _finished(self, rows: list[list[_CellDraft]]) -> list[str | Table]:
        """A table as blocks: what only lays out a page gives its content, the rest stays a table."""
        written = [cell for row in rows for cell in row if cell.parts]
        one_column = all(cell.column == 0 for row in rows for cell in row)
        if one_column or (len(written) == 1 and len(rows) == 1):
            return [part for cell in written for part in cell.parts]
        result: list[str | Table] = []
        run: list[list[_CellDraft]] = []
        for row in rows:
            if any(cell.is_layout() for cell in row):
                result.extend(self._table(run))
                run = []
                result.extend(part for cell in row for part in cell.parts)
            else:
                run.append(row)
        result.extend(self._table(run))
        return result

    def _table(self, rows: list[list[_CellDraft]]) -> list[str | Table]:
        if not any(cell.parts for row in rows for cell in row):
            return []
        # Rows without cells are not kept; a span counts the rows that are.
        kept_before = [0]
        for row in rows:
            kept_before.append(kept_before[-1] + bool(row))
        made: list[tuple[Cell, ...]] = []
        for index, row in enumerate(rows):
            cells: list[Cell] = []
            for cell in row:
                text = cell.text()
                if len(text) > self._limits.cell_text:
                    raise InputRefused("error.intake.cell_too_long", limit=self._limits.cell_text)
                end = min(index + cell.rowspan, len(rows))
                rowspan = kept_before[end] - kept_before[index]
                cells.append(Cell(text, cell.column, cell.colspan, rowspan))
            if cells:
                made.append(tuple(cells))
        return [Table(tuple(made))]


def _is_small(table: Table) -> bool:
    """A frame around a few words rather than a table: one row or one column."""
    return len(table.rows) == 1 or all(len(row) == 1 for row in table.rows)


def _lines(table: Table) -> list[str]:
    return [cell.text for row in table.rows for cell in row if cell.text]

"""Blocks of the grid: copied, emptied, pasted from workbooks by codes, by names or into the cells."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from akimat_desk.budget.drafts.clipboard import read_block, write_block, write_html
from akimat_desk.budget.drafts.edits import Amount, SetAmounts
from akimat_desk.budget.drafts.pasting import PasteRows, columns_of, understand
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.grid.editing import DraftEditing
from akimat_desk.ui.grid.model import DraftGridModel
from akimat_desk.ui.grid.view import GridView
from akimat_desk.ui.grid.words import Fixed


class DraftBlocks:
    """What is done with the selected block of a draft's grid."""

    def __init__(
        self, context: Context, editing: DraftEditing, model: DraftGridModel, view: GridView
    ) -> None:
        self._context = context
        self._editing = editing
        self._model = model
        self._view = view

    def put(self, text: str, *, pasted: bool = False) -> None:
        """Put one text into every selected amount; "" empties, selected notes too."""
        rows, columns = self._view.selected()
        model = self._model
        amounts = []
        for row in rows:
            node = model.node(row)
            for column in columns:
                if node is not None and column in model.year_columns:
                    amounts.append(Amount(node.key, model.years[column - len(Fixed)], text))
                elif node is not None and column == model.note_column and not text:
                    model.setData(model.index(row, column), "")
        if amounts:
            self._editing.do(SetAmounts(tuple(amounts), pasted=pasted))

    def copy(self) -> None:
        """Put the selected block on the clipboard, as text and as a table for workbooks."""
        rows, columns = self._view.selected()
        block = self._model.block(rows, columns)
        if not block:
            return
        data = QMimeData()
        data.setText(write_block(block))
        years = self._model.year_columns
        amounts = frozenset(place for place, column in enumerate(columns) if column in years)
        data.setHtml(write_html(block, amounts))
        QGuiApplication.clipboard().setMimeData(data)

    def paste(self, parent: QWidget) -> None:
        """Paste what is on the clipboard: by its codes or names, else into the cells from here on."""
        sheet, here, model = self._editing.sheet, self._view.currentIndex(), self._model
        data = QGuiApplication.clipboard().mimeData()
        if sheet is None or data is None or not here.isValid():
            return
        if here.column() == model.note_column:
            model.setData(here, data.text())
            return
        try:
            block = read_block(data.text(), data.html())
        except AkimatError as problem:
            self._context.notice.emit("error", problem.message)
            return
        if not block:
            self._context.notice.emit("info", Message("ui.draft.paste.nothing"))
            return
        first = sheet.years[0]
        if here.column() in model.year_columns:
            first = sheet.years[here.column() - len(Fixed)]
        among_codes = here.column() in (Fixed.CODE, Fixed.NAME)
        columns = columns_of(block, sheet, first, among_codes=among_codes)
        if columns.is_amounts_only:
            self._paste_cells(block)
            return
        from akimat_desk.ui.dialogs.drafts import PastedRowsDialog

        rows = PastedRowsDialog.ask(self._context, understand(block, columns, sheet), sheet, parent)
        if rows is not None and self._editing.do(PasteRows(rows)) is None:
            self._context.notice.emit("info", Message("ui.draft.paste.nothing"))

    def _paste_cells(self, block: tuple[tuple[str, ...], ...]) -> None:
        """Amounts alone, into the rows shown from here on; one amount fills the whole selection."""
        model, here = self._model, self._view.currentIndex()
        rows, columns = self._view.selected()
        if len(block) == 1 and len(block[0]) == 1 and len(rows) * len(columns) > 1:
            self.put(block[0][0], pasted=True)
            return
        top, left = rows[0], max(columns[0], len(Fixed))
        amounts = []
        left_out = 0
        for down, cells in enumerate(block):
            node = model.node(top + down)
            for right, text in enumerate(cells):
                if node is not None and left + right in model.year_columns:
                    amounts.append(Amount(node.key, model.years[left + right - len(Fixed)], text))
                elif text:
                    left_out += 1
        self._editing.do(SetAmounts(tuple(amounts), pasted=True))
        if left_out:
            self._context.notice.emit("warning", Message("ui.draft.paste.left_out", {"count": left_out}))
        self._view.setCurrentIndex(here)

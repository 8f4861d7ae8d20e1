"""What is remembered of the grid for a person: widths of columns, branches folded away."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QHeaderView

from akimat_desk.ui.context import Context
from akimat_desk.ui.grid.editing import DraftEditing
from akimat_desk.ui.grid.model import DraftGridModel
from akimat_desk.ui.grid.view import GridView
from akimat_desk.ui.grid.words import Fixed
from akimat_desk.ui.widgets.basics import remember_columns, restore_columns


class DraftMemory(QObject):
    """Kept per person; branches per budget, widths per number of years."""

    def __init__(
        self, context: Context, editing: DraftEditing, model: DraftGridModel, view: GridView
    ) -> None:
        super().__init__(view)
        self._context = context
        self._editing = editing
        self._model = model
        self._view = view
        self._shown_years: tuple[int, ...] = ()

    def arrange_columns(self) -> None:
        """The columns as they were left with so many years, else as wide as what they hold."""
        model, years = self._model, self._model.years
        if years == self._shown_years:
            return
        self.save_columns()
        self._shown_years = years
        header = self._view.horizontalHeader()
        for column in range(model.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        if not restore_columns(header, self._context.settings, f"draft-{len(years)}"):
            wide = self._view.fontMetrics().horizontalAdvance("0")
            header.resizeSection(Fixed.CODE, 16 * wide)  # «07 3 124 011» is read whole
            for column in model.year_columns:
                header.resizeSection(column, 13 * wide)
            header.resizeSection(model.mark_column, 24 * wide)
            note = model.note_column
            header.resizeSection(note, max(13 * wide, header.sectionSizeHint(note)))
        header.setSectionResizeMode(Fixed.NAME, QHeaderView.ResizeMode.Stretch)

    def save_columns(self) -> None:
        """Keep the widths."""
        if self._shown_years:
            name = f"draft-{len(self._shown_years)}"
            remember_columns(self._view.horizontalHeader(), self._context.settings, name)

    def restore_folded(self) -> None:
        """Branches are folded as this person left them in a budget of this year."""
        if self._model.rows is None or self._model.rows.folded:
            return
        remembered = self._context.settings.text(self._folded_name())
        self._model.fold_keys(remembered.split("\n") if remembered else ())

    @Slot()
    def remember_folded(self) -> None:
        """Keep which branches are folded."""
        name = self._folded_name()
        if name and self._model.rows is not None:
            keys = sorted(self._model.rows.folded)
            written = "\n".join(f"{key.section.value}|{key.line}" for key in keys)
            self._context.settings.set_text(name, written)

    def _folded_name(self) -> str:
        sheet, workspace = self._editing.sheet, self._context.workspace
        if sheet is None or workspace is None:
            return ""
        return f"folded/{workspace.path.stem}/{sheet.facts.first_year}"

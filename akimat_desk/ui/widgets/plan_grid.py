"""The grid of a plan: typed into by keyboard, with the row of article 105 standing under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.core.findings import Finding
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.models.plan_grid import CoverageModel, PlanColumn, PlanGridModel
from akimat_desk.ui.settings import Settings
from akimat_desk.ui.theme import row_height
from akimat_desk.ui.widgets.basics import TableView, as_table, remember_columns, restore_columns, table_view

_WIDTHS: dict[int, int] = {PlanColumn.BUDGET: 10, PlanColumn.YEAR: 10, PlanColumn.MARK: 14}
_MONTH_WIDTH = 12  # "қыркүйек" and "сентябрь" whole, in bold
_HEAD_WIDTH = 36  # of the rows: code and name


class GridView(TableView):
    """Typing opens the cell, Enter goes down, Delete empties; the rest of the keys are told by name."""

    pressed_key = Signal(str)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = {
            QKeySequence.StandardKey.Undo: "undo",
            QKeySequence.StandardKey.Redo: "redo",
        }
        for key, name in asked.items():
            if event.matches(key):
                self.pressed_key.emit(name)
                return
        if event.key() == Qt.Key.Key_Insert:
            self.pressed_key.emit("add")
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pressed_key.emit("remove")
        elif event.key() == Qt.Key.Key_Delete:
            index = self.currentIndex()
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.model().setData(index, "", Qt.ItemDataRole.EditRole)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._is_editing():
            self._down()
        else:
            super().keyPressEvent(event)

    def _is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def _down(self) -> None:
        index = self.currentIndex()
        below = self.model().index(index.row() + 1, index.column())
        if below.isValid():
            self.setCurrentIndex(below)


class PlanGrid(QWidget):
    """The grid and under it the row of article 105, as wide column by column."""

    def __init__(self, speech: Speech, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._settings = speech, settings
        self.model = PlanGridModel(speech, self)
        self.table = GridView(self)
        as_table(self.table)
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        # Tab leaves the grid; out of a cell being written it goes on to the next one.
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(True)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.coverage = CoverageModel(speech, self)
        self.foot = table_view(self)
        self.foot.setModel(self.coverage)
        self.foot.horizontalHeader().hide()
        self.foot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.foot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._resized)
        self.table.horizontalScrollBar().valueChanged.connect(self.foot.horizontalScrollBar().setValue)
        if not restore_columns(header, settings, "plan"):
            wide = self.fontMetrics().horizontalAdvance("0")
            for column in range(self.model.columnCount()):
                header.resizeSection(column, _WIDTHS.get(column, _MONTH_WIDTH) * wide)
        for view in (self.table, self.foot):
            rows = view.verticalHeader()
            rows.show()
            rows.setFixedWidth(_HEAD_WIDTH * self.fontMetrics().horizontalAdvance("0"))
            rows.setTextElideMode(Qt.TextElideMode.ElideRight)
            rows.setSectionsClickable(False)
        for column in range(self.model.columnCount()):
            self.foot.setColumnWidth(column, header.sectionSize(column))
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(0)
        column_layout.addWidget(self.table, 1)
        column_layout.addWidget(self.foot)
        self.foot.setFixedHeight(row_height(self.foot.font()) + 4)
        self.retranslate()

    @Slot(int, int, int)
    def _resized(self, column: int, _before: int, after: int) -> None:
        self.foot.setColumnWidth(column, after)

    def go_to(self, finding: Finding) -> bool:
        """Go to a finding's cell; False when it has none here."""
        index = self.model.index_of(finding)
        if index.isValid():
            self.show_index(index)
        return index.isValid()

    def show_index(self, index: QModelIndex) -> None:
        """Go to a cell."""
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus()

    def retranslate(self) -> None:
        """Names for those who hear the window."""
        self.table.setAccessibleName(self._speech("ui.page.plans"))
        self.foot.setAccessibleName(self._speech("ui.plan.coverage"))

    def save_state(self) -> None:
        """Remember the widths of the columns."""
        remember_columns(self.table.horizontalHeader(), self._settings, "plan")

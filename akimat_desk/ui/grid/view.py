"""The grid itself: a table with the keys of a spreadsheet, branches folded in the name column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from akimat_desk.budget.drafts.nodes import Node
from akimat_desk.ui.grid.model import DraftGridModel
from akimat_desk.ui.grid.words import Fixed
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.theme import row_height
from akimat_desk.ui.widgets.basics import TableView

Index = QModelIndex | QPersistentModelIndex
_STEP = 16  # of the indent, and the room of a branch's arrow


class NameDelegate(QStyledItemDelegate):
    """A name stepped in by its depth, with the arrow of its branch."""

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, DraftGridModel)
        node = model.node(index.row())
        if node is None:
            return
        filled = QStyleOptionViewItem(option)
        self.initStyleOption(filled, index)
        # The ground and selection over the whole cell, then the text in its place.
        ground = QStyleOptionViewItem(filled)
        ground.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        left = option.rect.left() + _STEP * node.depth
        if node.children:
            arrow = QStyleOptionViewItem(filled)
            arrow.rect = QRect(left, option.rect.top(), _STEP, option.rect.height())
            arrow.state |= QStyle.StateFlag.State_Children | QStyle.StateFlag.State_Item
            arrow.state &= ~QStyle.StateFlag.State_Sibling
            if not model.is_folded(node):
                arrow.state |= QStyle.StateFlag.State_Open
            style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorBranch, arrow, painter, option.widget)
        room = option.rect.adjusted(_STEP * (node.depth + 1), 0, -4, 0)
        painter.save()
        painter.setFont(filled.font)
        painter.setPen(filled.palette.color(filled.palette.ColorRole.Text))
        text = filled.fontMetrics.elidedText(filled.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class CellDelegate(QStyledItemDelegate):
    """Amounts and notes are typed in a line; up and down leave it as Enter does."""

    @guarded()
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft)
        editor.setFont(index.data(Qt.ItemDataRole.FontRole) or parent.font())
        model = index.model()
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    @guarded()
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    @guarded()
    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        assert isinstance(model, DraftGridModel)
        model.setData(index, editor.text())

    @guarded(False)
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(editor, QWidget)
        ):
            viewport = editor.parent()
            view = viewport.parent() if viewport is not None else None
            key = event.key()
            moves = {
                Qt.Key.Key_Return: (1, 0),
                Qt.Key.Key_Enter: (1, 0),
                Qt.Key.Key_Down: (1, 0),
                Qt.Key.Key_Up: (-1, 0),
                Qt.Key.Key_Tab: (0, 1),
                Qt.Key.Key_Backtab: (0, -1),
            }
            if key in moves and isinstance(view, GridView):
                down, right = moves[Qt.Key(key)]
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key != Qt.Key.Key_Backtab:
                    down, right = -down, -right
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                view.step(down, right)
                return True
        return super().eventFilter(editor, event)


class GridView(TableView):
    """Arrows, Tab and Enter move; typing, F2 and a double click edit; Delete empties."""

    #: Delete or Backspace: empty the selected cells.
    emptied = Signal()
    #: Letters typed in the code or name column: what is to be found in the classification.
    sought = Signal(str)

    def __init__(self, model: DraftGridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(False)
        self.setItemDelegate(CellDelegate(self))
        self.setItemDelegateForColumn(Fixed.NAME, NameDelegate(self))

    # -- where one is -------------------------------------------------------------------------

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and show it."""
        index = self._model.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def step(self, down: int, right: int) -> None:
        """Move as Enter and Tab do; Tab goes on to the next line's first amount after the last."""
        here = self.currentIndex()
        years = self._model.year_columns
        row, column = here.row() + down, here.column()
        if right:
            if column not in years:
                column = years[0] if right > 0 else years[-1]
                row += 0 if right > 0 or here.column() >= years.stop else -1
            else:
                column += right
                if column not in years:
                    row += right
                    column = years[0] if right > 0 else years[-1]
        if 0 <= row < self._model.rowCount():
            self.go_to(row, column)

    def selected(self) -> tuple[range, range]:
        """The rows and columns of the selected block; the current cell where none is selected."""
        indexes = self.selectionModel().selection().toList()
        if not indexes:
            here = self.currentIndex()
            if not here.isValid():
                return range(0), range(0)
            return range(here.row(), here.row() + 1), range(here.column(), here.column() + 1)
        # A block is contiguous, whatever pieces Qt keeps it in.
        top = min(part.top() for part in indexes)
        bottom = max(part.bottom() for part in indexes)
        left = min(part.left() for part in indexes)
        right = max(part.right() for part in indexes)
        return range(top, bottom + 1), range(left, right + 1)

    def current_node(self) -> Node | None:
        """The line one is on."""
        return self._model.node(self.currentIndex().row())

    # -- keys and mouse -----------------------------------------------------------------------

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        key, here = event.key(), self.currentIndex()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        among_names = here.column() in (Fixed.CODE, Fixed.NAME)
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if shift else 1, 0)
        elif plain and key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.step(0, -1 if shift or key == Qt.Key.Key_Backtab else 1)
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.emptied.emit()
        elif plain and among_names and key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Space):
            self._fold_here(key)
        elif plain and among_names and event.text().strip().isprintable() and event.text().strip():
            self.sought.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _fold_here(self, key: int) -> None:
        node = self.current_node()
        if node is not None:
            folded = key == Qt.Key.Key_Minus or (key == Qt.Key.Key_Space and not self._model.is_folded(node))
            self._model.fold(node, folded)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        node = self._model.node(index.row()) if index.column() == Fixed.NAME else None
        if node is not None and node.children and event.button() == Qt.MouseButton.LeftButton:
            left = self.visualRect(index).left() + _STEP * node.depth
            if left <= event.position().x() < left + _STEP:
                self._model.fold(node, not self._model.is_folded(node))
                return
        super().mousePressEvent(event)

"""Small widgets that carry a role for the theme, and tables and trees as this window wants them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTreeView,
    QWidget,
)

from akimat_desk.ui.guard import guarded
from akimat_desk.ui.icons import picture
from akimat_desk.ui.settings import Settings
from akimat_desk.ui.theme import row_height, tokens


def label(
    role: str = "", wrap: bool = False, selectable: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A label of a role of the theme ("title", "quiet"…)."""
    made = SelectableLabel(parent) if selectable else QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


class SelectableLabel(QLabel):
    """Words to be copied; Tab comes to it while it says something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def setText(self, said: str) -> None:
        """Say this."""
        super().setText(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if said else Qt.FocusPolicy.NoFocus)


class ElidedLabel(QLabel):
    """A label that takes the room there is and says by dots, and in its tip, that there is more."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def say(self, text: str) -> None:
        """Show this text, or as much of it as fits."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    @property
    def whole(self) -> str:
        """What it says, with what does not fit."""
        return self._whole

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class Drawing(QLabel):
    """An icon beside words, in the colour of a token of the theme in use; it follows the theme."""

    def __init__(self, name: str, size: int, token: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.show_drawing(name, token)

    def show_drawing(self, name: str, token: str = "accent") -> None:
        """Show another drawing, or the same in another token's colour."""
        self._name, self._token = name, token
        colour = getattr(tokens(), token)
        self.setPixmap(picture(name, self._size, self.devicePixelRatioF(), colour))

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_drawing(self._name, self._token)


class RoomyComboBox(QComboBox):
    """Wide enough for its longest entry where there is room, narrower where there is not."""

    def __init__(self, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @guarded(QSize())
    def minimumSizeHint(self) -> QSize:
        full = super().sizeHint()
        return QSize(min(full.width(), self.fontMetrics().averageCharWidth() * self._least), full.height())


class Button(QPushButton):
    """A button that Enter presses as well as the space bar does, wherever it stands."""

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(role: str = "plain", parent: QWidget | None = None) -> QPushButton:
    """A button of a role of the theme ("primary", "plain", "quiet")."""
    made = Button(parent)
    made.setProperty("role", role)
    made.setAutoDefault(False)
    return made


class ActionButton(Button):
    """A button that follows an action: its text, icon, state and shortcut's tip."""

    def __init__(self, action: QAction, role: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setAutoDefault(False)
        self.setCheckable(action.isCheckable())
        self.setIconSize(QSize(20, 20))
        self._action = action
        self._in_navigation = role == "nav"
        self._is_primary = role == "primary"  # its ground has the icons' colour
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        action = self._action
        # The menu has its own mnemonic; two in one window would fight over a letter.
        said = action.text().replace("&", "")
        self.setText(f"  {said}" if self._in_navigation else said)
        self.setIcon(QIcon() if self._is_primary else action.icon())
        self.setToolTip(action.toolTip())
        self.setAccessibleName(said)
        self.setEnabled(action.isEnabled())
        self.setChecked(action.isChecked())

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Wide enough for the bold letters of a button that is pressed in."""
        size = super().sizeHint()
        if self.isCheckable() and not self._in_navigation:
            strong = QFont(self.font())
            strong.setBold(True)
            more = QFontMetrics(strong).horizontalAdvance(self.text())
            size.setWidth(size.width() + max(more - self.fontMetrics().horizontalAdvance(self.text()), 0))
        return size

    def nextCheckState(self) -> None:
        """A checked page stays checked when it is clicked again: the action decides."""


def card(parent: QWidget | None = None) -> QFrame:
    """A white box."""
    made = QFrame(parent)
    made.setProperty("role", "card")
    return made


class RowDelegate(QStyledItemDelegate):
    """Rows of one comfortable height, whatever the style would make them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(max(size.height(), row_height(option.font)))
        return size


def _common(view: QAbstractItemView) -> None:
    view.setItemDelegate(RowDelegate(view))
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setAlternatingRowColors(False)
    view.setIconSize(QSize(18, 18))


class TreeView(QTreeView):
    """A tree whose rows carry their ground across the branches too."""

    @guarded()
    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        super().drawRow(painter, option, index)


def tree_view(parent: QWidget | None = None) -> TreeView:
    """A tree with rows of one height."""
    view = TreeView(parent)
    _common(view)
    view.setUniformRowHeights(True)
    view.setAllColumnsShowFocus(True)
    view.setIndentation(18)
    view.setAnimated(False)
    view.header().setStretchLastSection(False)
    view.header().setHighlightSections(False)
    return view


class TableView(QTableView):
    """A table whose rows keep the height of its letters when their size is changed."""

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(row_height(self.font()))


def table_view(parent: QWidget | None = None) -> QTableView:
    """A table without row numbers, rows of one height, tab leaving it."""
    return as_table(TableView(parent))


def as_table(view: TableView) -> TableView:
    """The same of a table of one's own."""
    _common(view)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(row_height(view.font()))
    view.horizontalHeader().setHighlightSections(False)
    view.setWordWrap(False)
    return view


def remember_columns(header: QHeaderView, settings: Settings, name: str) -> None:
    """Store a header's column widths."""
    settings.set_blob(f"columns/{name}", header.saveState())


def restore_columns(header: QHeaderView, settings: Settings, name: str) -> bool:
    """Give a header the widths stored for it; False when there are none for this many columns."""
    state = settings.blob(f"columns/{name}")
    return bool(state) and header.restoreState(state)

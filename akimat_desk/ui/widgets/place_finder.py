"""Finding a place of the KATO list by code or name, wherever a unit is named."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QVBoxLayout, QWidget

from akimat_desk.places.kato_list import FoundPlace
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reference import places_found
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.theme import SPACE, row_height
from akimat_desk.ui.widgets.basics import TableView, as_table, label

_AFTER = 120  # milliseconds after the last key
_ROWS = 5


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Line(QLineEdit):
    """Down goes to the list below; Enter takes the only place found and never presses a dialog's button."""

    down = Signal()
    entered = Signal()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in _ENTER and self.text().strip():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _List(TableView):
    """Enter takes a place and goes no further."""

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class PlaceFinder(QWidget):
    """A line to type in and, below it, what was found; ``chosen`` tells the place taken."""

    #: A FoundPlace.
    chosen = Signal(object)

    def __init__(
        self, context: Context, parent: QWidget | None = None, rows: int = _ROWS, *, at_home: bool = False
    ) -> None:
        """``at_home``: it stands on the page where the list is taken in."""
        super().__init__(parent)
        self._none_key = "ui.places.none_here" if at_home else "ui.places.none"
        self._context = context
        self._speech = context.speech
        self._found: list[FoundPlace] = []
        self.line = _Line(self)
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._typed)
        self.line.down.connect(self._go_down)
        self.line.entered.connect(self._take_first)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER)
        self._pause.timeout.connect(self._ask)
        self.model = RowsModel(3, parent=self)
        self.table = as_table(_List(self))
        self.table.setModel(self.model)
        self.table.horizontalHeader().hide()
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = rows
        self.table.activated.connect(self._take)
        self.table.clicked.connect(self._take)
        self.none = label("quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.line)
        column.addWidget(self.table)
        column.addWidget(self.none)
        self.setFocusProxy(self.line)
        self.table.hide()
        self.none.hide()
        context.speech.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def _typed(self) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        words, desk = self.line.text().strip(), self._context.desk
        if not words:
            self._show([])
            return
        self._context.ask(lambda _task: places_found(desk, words), self._show)

    @Slot(object)
    def _show(self, found: list[FoundPlace]) -> None:
        self._found = found if self.line.text().strip() else []
        self._fill()
        self.none.setVisible(not self._found and bool(self.line.text().strip()))

    def _fill(self) -> None:
        language = self._speech.language
        rows = []
        for place in self._found:
            within = ", ".join(
                name.text(language) for name in (place.okrug, place.raion, place.oblast) if name
            )
            rows.append(RowText((place.full_name.text(language), place.code, within), key=place))
        self.model.show_rows(("", "", ""), rows)
        header = self.table.horizontalHeader()
        wide = self.fontMetrics().averageCharWidth()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, min(38 * wide, max(self.width() // 2, 24 * wide)))
        header.resizeSection(1, 13 * wide)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setFixedHeight(min(len(rows), self._rows) * row_height(self.font()) + SPACE)
        self.table.setVisible(bool(rows))

    @Slot()
    def _go_down(self) -> None:
        if self._found:
            self.table.setFocus()
            self.table.selectRow(0)

    @Slot()
    def _take_first(self) -> None:
        if len(self._found) == 1:
            self.chosen.emit(self._found[0])

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        place = self.model.key(index)
        if isinstance(place, FoundPlace):
            self.chosen.emit(place)

    def clear(self) -> None:
        """Nothing typed, nothing shown."""
        self.line.clear()
        self._pause.stop()
        self._show([])

    @Slot()
    def retranslate(self) -> None:
        speech = self._speech
        self.line.setPlaceholderText(speech("ui.places.find"))
        self.line.setAccessibleName(speech("ui.places.find"))
        self.table.setAccessibleName(speech("ui.places.found"))
        self.none.setText(speech(self._none_key))
        self._fill()

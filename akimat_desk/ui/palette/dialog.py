"""The palette on the screen: a line to type in, what fits below it, Enter does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from akimat_desk.core.strings import Message
from akimat_desk.ui.desks.search import SearchDesk
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.palette.commands import Command, commands, ranked
from akimat_desk.ui.palette.model import PaletteModel, Role
from akimat_desk.ui.search import Hit, Question
from akimat_desk.ui.theme import SPACE, row_height, tokens
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.widgets.letters import LetterRow

if TYPE_CHECKING:
    from akimat_desk.ui.window import MainWindow

_FEW = 6  # commands shown before what was found, when everything is searched
_SHARE = 0.62  # of the window's width
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Palette(QDialog):
    """Over the window's upper part. ``searching`` puts what is found before what can be done."""

    _openings = 0

    def __init__(self, window: MainWindow, searching: bool) -> None:
        super().__init__(window)
        Palette._openings += 1
        self._window = window
        self._searching = searching
        self._all = commands(window)
        self._found: list[Command] = []
        self.setObjectName("palette")
        self.setModal(True)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        speech = window.speech
        title = speech("ui.action.search" if searching else "ui.action.palette").replace("&", "")
        self.setWindowTitle(title)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(speech("ui.search.hint" if searching else "ui.palette.hint"))
        self.words.setAccessibleName(title)
        self.words.setAccessibleDescription(self.words.placeholderText())
        self.words.setClearButtonEnabled(True)
        self.model = PaletteModel(speech, self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setAccessibleName(speech("ui.palette.list"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows work from the line above
        self.list.clicked.connect(self._clicked)
        self.note = label("quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        if window.context.settings.flag("letters"):
            column.addWidget(LetterRow(speech, self))
        self.words.textChanged.connect(self._typed)
        self.words.installEventFilter(self)
        self._place()
        self._typed(self.words.text())

    def _place(self) -> None:
        window = self._window
        width = min(max(int(window.width() * _SHARE), 560), window.width() - 40)
        height = min(int(window.height() * 0.7), 620)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.setGeometry(
            corner.x() + (window.width() - width) // 2, corner.y() + window.height() // 10, width, height
        )

    # -- what is shown ------------------------------------------------------------------------

    @Slot(str)
    def _typed(self, words: str) -> None:
        self._found = []
        self._show()
        if not words.strip():
            return
        context = self._window.context
        chosen = context.chosen
        if context.workspace is None:
            return
        question = Question(
            words, context.speech.language, chosen.unit_id, chosen.year, chosen.decision_id, Palette._openings
        )
        desk = context.desk
        context.ask(lambda _task: (question, desk.area(SearchDesk).find(question)), self._answered)

    @Slot(object)
    def _answered(self, answer: tuple[Question, list[Hit]]) -> None:
        question, hits = answer
        if question.words != self.words.text():
            return  # she typed on meanwhile
        self._found = [
            Command(hit.group, hit.title, hit.detail, partial(self._window.reveal, hit.page, hit.target))
            for hit in hits
        ]
        self._show()

    def _show(self) -> None:
        words = self.words.text()
        fitting = ranked(self._all, words)
        shown = self._found + fitting[:_FEW] if self._searching and self._found else fitting + self._found
        kept = self.model.command(self.list.currentIndex().row())
        self.model.show_commands(shown)
        first = self.model.next_row(-1, 1) if shown else -1
        # What comes in from the database must not move what she is about to choose.
        self._go(first if self._searching else self._row_of(kept, first))
        self.note.setText(self._window.speech("ui.palette.nothing") if not shown else "")

    def _row_of(self, kept: Command | None, otherwise: int) -> int:
        if kept is None:
            return otherwise
        rows = range(self.model.rowCount())
        return next((row for row in rows if self.model.command(row) is kept), otherwise)

    def _go(self, row: int) -> None:
        index = self.model.index(row, 0)
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(self.model.index(0, 0) if row == 1 else index)
            command = self.model.command(row)
            self.note.setText(command.why_not if command is not None else "")

    # -- keys ---------------------------------------------------------------------------------

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.words and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            row = self.list.currentIndex().row()
            if key in _KEYS:
                self._go(self.model.next_row(row, _KEYS[key]))
                return True
            if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                step = max(self.list.height() // row_height(self.font()) - 1, 1)
                at = row + (step if key == Qt.Key.Key_PageDown else -step)
                at = min(max(at, 0), self.model.rowCount() - 1)
                self._go(at if self.model.command(at) else self.model.next_row(at, 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(row)
                return True
        return False

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._run(index.row())

    def _run(self, row: int) -> None:
        command = self.model.command(row)
        if command is None:
            return
        if command.why_not:
            self.note.setText(f"⚠ {command.why_not}")
            return
        self.accept()
        command.run()


class PaletteDelegate(QStyledItemDelegate):
    """Title at the left, what it is and its shortcut quietly at the right; headings in small bold."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, row_height(option.font))

    @guarded()
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = tokens()
        painter.save()
        area = option.rect.adjusted(SPACE, 0, -SPACE, 0)
        heading = index.data(Role.HEADING)
        if heading:
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(colours.text_quiet))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, heading)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
            edge = QRect(option.rect.topLeft(), QSize(3, option.rect.height()))
            painter.fillRect(edge, QColor(colours.accent))
        why_not = index.data(Role.WHY_NOT)
        shortcut = index.data(Role.SHORTCUT)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text_quiet))
        metrics = option.fontMetrics
        if shortcut:
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shortcut)
        taken = metrics.horizontalAdvance(shortcut) + 2 * SPACE if shortcut else 0
        room = area.adjusted(SPACE, 0, -taken, 0)
        title = index.data(Qt.ItemDataRole.DisplayRole)
        wide = min(metrics.horizontalAdvance(title) + 1, int(room.width() * 0.72))
        detail = why_not or index.data(Role.DETAIL)
        said = metrics.elidedText(
            detail, Qt.TextElideMode.ElideRight, max(room.width() - wide - 3 * SPACE, 0)
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, said)
        painter.setPen(QColor(colours.text_quiet if why_not else colours.text))
        left = QRect(room.topLeft(), QSize(wide, room.height()))
        painter.drawText(
            left, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(title, Qt.TextElideMode.ElideRight, wide)
        )
        painter.restore()


class PaletteActions(QObject):
    """Answers Ctrl+K and Ctrl+F."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def open(self) -> None:
        """Everything that can be done and gone to."""
        self._open(searching=False)

    def search(self) -> None:
        """Search over everything."""
        self._open(searching=True)

    def _open(self, searching: bool) -> None:
        palette = Palette(self._window, searching)
        if searching and self._window.context.workspace is None:
            palette.note.setText(Message("ui.needs.workspace").text(self._window.speech.language))
        palette.exec()
        palette.deleteLater()

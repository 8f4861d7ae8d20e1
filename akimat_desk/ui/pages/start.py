"""The first page: what to begin with, while no workspace is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import Button, Drawing, button, label

LEAST = 104
"""The least height of a choice, in pixels."""

CHOICES = ("example", "read", "open", "new")


class Choice(Button):
    """A large button: icon, what it does, and one line why."""

    def __init__(
        self,
        context: Context,
        action: QAction,
        drawing: str,
        parent: QWidget | None = None,
        acts: bool = True,
    ) -> None:
        """``acts``: a click triggers the action; else whoever made it answers ``clicked``."""
        super().__init__(parent)
        self.setProperty("role", "choice")
        self._context = context
        self._action = action
        self._icon = Drawing(drawing, 40, parent=self)
        self._title = label("subtitle", wrap=True)
        self._words = label("quiet", wrap=True)
        for part in (self._icon, self._title, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE // 2)
        texts.addStretch(1)
        texts.addWidget(self._title)
        texts.addWidget(self._words)
        texts.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(18)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        self.setMinimumHeight(LEAST)
        # A button is of one height by nature; this one grows with its lines of text.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if acts:
            self.clicked.connect(action.trigger)
        self.retranslate()

    @property
    def name(self) -> str:
        """The name of its action."""
        return self._action.objectName()

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """How many lines the words take follows from the width: the last one keeps its tails (қ, ң)."""
        self.setMinimumHeight(max(LEAST, self._row.totalHeightForWidth(self.width())))

    def retranslate(self) -> None:
        """Take the texts of the language chosen now."""
        self._title.setText(self._action.text().replace("&", "").rstrip("…"))
        self._words.setText(self._context.speech(f"ui.start.{self._action.objectName()}"))
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._words.text())
        self._fit()


class StartPage(QWidget):
    """Four choices and the files opened last."""

    recent_chosen = Signal(object)

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._title = label("title", wrap=True)
        self._words = label("quiet", wrap=True)
        self._recent_title = label("subtitle")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._recent_buttons: list[QPushButton] = []
        self.choices = [Choice(context, actions[name], name, self) for name in CHOICES]
        grid = QGridLayout()
        grid.setSpacing(2 * SPACE)
        for number, made in enumerate(self.choices):
            grid.addWidget(made, number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        inner = QWidget(self)
        inner.setMaximumWidth(880)
        column = QVBoxLayout(inner)
        column.setSpacing(SPACE)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(2 * SPACE)
        column.addLayout(grid)
        column.addSpacing(2 * SPACE)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inner, 20)
        row.addStretch(1)
        context.speech.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Every text in the language chosen now."""
        speech = self._context.speech
        self._title.setText(speech("ui.start.title"))
        self._words.setText(speech("ui.start.words"))
        self._recent_title.setText(speech("ui.start.recent"))
        for made in self.choices:
            made.retranslate()

    def enter(self) -> None:
        """Show which files were opened last."""
        for old in self._recent_buttons:
            self._recent.removeWidget(old)
            old.deleteLater()
        self._recent_buttons = []
        for path in self._context.settings.recent()[:4]:
            made = button("quiet", self)
            made.setStyleSheet("text-align: left;")
            made.setText(f"{path.name}   ·   {path.parent}")
            made.setProperty("path", str(path))
            made.clicked.connect(self._open_recent)
            self._recent.addWidget(made)
            self._recent_buttons.append(made)
        self._recent_title.setVisible(bool(self._recent_buttons))
        (self._recent_buttons or self.choices)[0].setFocus()

    @Slot()
    def _open_recent(self) -> None:
        self.recent_chosen.emit(Path(str(self.sender().property("path"))))

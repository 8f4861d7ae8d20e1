"""Fields that save what is typed by themselves: shortly after the last key, and on leaving the field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from akimat_desk.ui.guard import guarded

#: Milliseconds after the last key: short enough that a power cut takes at most a word.
PAUSE = 350


def as_typed(written: str) -> object:
    """A field of words: what was typed without the spaces around it."""
    return written.strip()


class AutoLine(QLineEdit):
    """One line; ``kept`` carries the value read, ``refused`` the text that could not be read."""

    kept = Signal(object)
    refused = Signal(str)

    def __init__(self, read: Callable[[str], object] = as_typed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._keep_if_readable)
        self.textEdited.connect(self._timer.start)
        self.editingFinished.connect(self.keep)

    def show_value(self, text: str) -> None:
        """Show what is stored, unless the person is typing here."""
        if self.hasFocus() and self.text() != self._last:
            return
        self._last = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    @Slot()
    def keep(self) -> None:
        """Save now what was typed; what cannot be read stays in the field and is said."""
        self._timer.stop()
        if self.text() == self._last:
            return
        try:
            value = self._read(self.text())
        except ValueError:
            self.refused.emit(self.text())
            return
        self._last = self.text()
        self.kept.emit(value)

    @Slot()
    def _keep_if_readable(self) -> None:
        """Half a date is no mistake yet: only what can be read is saved while typing goes on."""
        try:
            self._read(self.text())
        except ValueError:
            return
        self.keep()


class AutoText(QPlainTextEdit):
    """Several lines of words; Tab leaves."""

    kept = Signal(str)

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = ""
        self.setTabChangesFocus(True)
        height = self.fontMetrics().height() * lines + 14
        self.setMinimumHeight(height)
        self.setMaximumHeight(height)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        self.textChanged.connect(self._timer.start)

    def show_value(self, text: str) -> None:
        """Show what is stored, unless the person is typing here."""
        if self.hasFocus() and self.toPlainText() != self._last:
            return
        self._last = text
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._timer.stop()

    @Slot()
    def keep(self) -> None:
        """Save now what was typed."""
        self._timer.stop()
        if self.toPlainText() != self._last:
            self._last = self.toPlainText()
            self.kept.emit(self._last.strip())

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keep()

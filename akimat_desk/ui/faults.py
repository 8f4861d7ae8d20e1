"""Faults of the program itself: caught, shown once with a report to copy, the program goes on.

The report holds versions and the places in the code, never a message's text: amounts and names of
a budget could stand there.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget

from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.dialogs.small import versions
from akimat_desk.ui.widgets.basics import button

log = logging.getLogger(__name__)
# A catalogue key or an attribute's name tells where to look; anything else is left out.
_HARMLESS = re.compile(r"'?[a-z_]+(?:\.[a-z_]+)*'?")


def report(error: BaseException) -> str:
    """Versions, kind of error and the places in the code."""
    said = str(error)
    kind = type(error).__name__ + (f": {said}" if _HARMLESS.fullmatch(said) else "")
    places = [
        f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([*versions(), "", kind, *places])


def _short(filename: str) -> str:
    """A file's place within a package, without the folders of this computer."""
    parts = Path(filename).parts
    for anchor in ("akimat_desk", "site-packages", "tests"):
        if anchor in parts:
            return "/".join(parts[parts.index(anchor) :])
    return Path(filename).name


class FaultDialog(Dialog):
    """Says that the program made a mistake, what is safe, and lets the report be copied."""

    def __init__(self, context: Context, text: str, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.box = QPlainTextEdit(self)
        self.box.setReadOnly(True)
        self.box.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.box.setPlainText(text)
        self.content.addWidget(self.box)
        self.copy = button("plain", self)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        self.reject_button.hide()
        self.setMinimumSize(640, 400)
        self.retranslate()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.box.toPlainText())

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.fault.title"))
        self.words.setText(self.speech("ui.fault.words"))
        self.copy.setText(self.speech("ui.fault.copy"))
        self.accept_button.setText(self.speech("ui.fault.go_on"))
        self.box.setAccessibleName(self.speech("ui.fault.report"))


class FaultCatcher(QObject):
    """Takes over ``sys.excepthook`` while the window lives; one dialog at a time, each fault once."""

    _caught = Signal(object)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._seen: set[str] = set()
        self._showing = False
        self._before = sys.excepthook
        # Queued: the dialog opens from the event loop, never inside a painting or a model's answer.
        from PySide6.QtCore import Qt

        self._caught.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on every fault ends here."""
        self._before = sys.excepthook
        sys.excepthook = self._hook

    def withdraw(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        self._caught.emit(error)

    @Slot(object)
    def show(self, error: BaseException) -> None:
        """Show a fault, unless this very one was shown already."""
        text = report(error)
        log.error("fault\n%s", text)
        if text in self._seen or self._showing:
            return
        self._seen.add(text)
        self._showing = True
        try:
            FaultDialog(self._context, text, self._window).run()
        finally:
            self._showing = False

"""Starting the window and ending it in order."""

from __future__ import annotations

import faulthandler
import gc
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from akimat_desk.core.language import Language
from akimat_desk.ui.context import Context
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.settings import Settings, default_path
from akimat_desk.ui.window import MainWindow

_SWEEP_EVERY = 2000  # milliseconds


def run(workspace: Path | None = None, language: Language | None = None) -> int:
    """Open the window, on ``workspace`` where one is given; returns when it is closed.

    ``language`` is that of this session; without it the one the person chose last.
    """
    app = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(app, QApplication)
    app.setApplicationName("akimat-desk")
    app.setDesktopFileName("akimat-desk")
    if sys.stderr is not None:  # a window without a terminal has none
        faulthandler.enable()
    settings = Settings(default_path())
    window = make_window(settings, language, welcome=workspace is None)
    sweeper = Sweeper(window)
    window.show()
    QTimer.singleShot(0, Opening(window, workspace).begin)
    try:
        return app.exec()
    finally:
        sweeper.stop()
        end(window)


def make_window(settings: Settings, language: Language | None = None, welcome: bool = True) -> MainWindow:
    """The window and everything it stands on, ready to be shown."""
    from akimat_desk.ui.faults import FaultCatcher

    speech = Speech(language or settings.language)
    context = Context(speech, settings)
    context.look.apply()
    window = MainWindow(context, welcome)
    context.setParent(window)
    speech.setParent(window)
    window.faults = FaultCatcher(context, window)
    window.faults.install()
    return window


def end(window: MainWindow) -> None:
    """Stop the threads, take hooks and translators back; the window can be dropped then."""
    window.context.stop()
    window.faults.withdraw()
    window.speech.withdraw()


class Opening(QObject):
    """What happens once the window has painted: the file is opened, slow libraries are warmed."""

    def __init__(self, window: MainWindow, workspace: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace

    @Slot()
    def begin(self) -> None:
        """Open the workspace, or get ready for one."""
        if self._workspace is not None:
            self._window.open_path(self._workspace)
        else:
            self._window.context.database.start(_warm)


def _warm(_task: object) -> None:
    """Import what the first opening needs, on its own thread, while the person looks."""
    import akimat_desk.budget.decisions.taking_in
    import akimat_desk.storage.workspace  # noqa: F401


class Sweeper(QObject):
    """Collects cyclic garbage on the window's thread only.

    Python collects wherever it happens to allocate; a Qt object in a cycle dropped on a worker
    thread crashes the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settled = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.sweep)
        gc.disable()
        self._timer.start(_SWEEP_EVERY)

    @Slot()
    def sweep(self) -> None:
        """Collect the oldest generation that is over its threshold."""
        if not self._settled:
            # What the start made stays to the end: it need not be looked through each time.
            gc.freeze()
            self._settled = True
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation] > 0:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

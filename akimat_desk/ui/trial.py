"""Opens the window on a workspace, waits until its first page stands, closes it: ``selftest --window``.

A program of its own, since Qt ends the whole process where a library of the system is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from akimat_desk.ui.app import Sweeper, end, make_window
from akimat_desk.ui.settings import Settings
from akimat_desk.ui.window import MainWindow

_LOOK_EVERY = 50  # milliseconds
_PATIENCE = 60_000


class _Watch(QObject):
    """Ends the program when the opened workspace's page stands, or when it takes too long."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._looks = QTimer(self)
        self._looks.timeout.connect(self.look)
        self._looks.start(_LOOK_EVERY)
        self._left = _PATIENCE // _LOOK_EVERY

    @Slot()
    def look(self) -> None:
        context = self._window.context
        self._left -= 1
        busy = context.database.busy or context.files.busy
        if context.workspace is not None and context.overview is not None and not busy:
            self._looks.stop()
            QApplication.exit(0)
        elif self._left <= 0:
            self._looks.stop()
            QApplication.exit(1)


def main(workspace: Path, settings: Path) -> int:
    """0 when the window stood with the workspace open; 1 when it did not come to that in a minute."""
    app = QApplication([sys.argv[0]])
    window = make_window(Settings(settings), welcome=False)
    sweeper = Sweeper(window)
    window.show()
    QTimer.singleShot(0, lambda: window.open_path(workspace))
    _Watch(window)
    try:
        return app.exec()
    finally:
        sweeper.stop()
        end(window)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

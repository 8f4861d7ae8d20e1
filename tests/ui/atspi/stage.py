"""The real window on a virtual screen: each page in each language is shown and walked by ``walker.py``.

    dbus-run-session -- python stage.py SYSTEM_PYTHON

Prints one JSON object: {"kk budget": [nodes…], …}. The walker is another process, as a screen reader is.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QProcess
from PySide6.QtWidgets import QApplication

from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource
from akimat_desk.training.example import make_example
from akimat_desk.ui.app import end, make_window
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.dialogs.settings import SettingsDialog
from akimat_desk.ui.palette.dialog import Palette
from akimat_desk.ui.settings import Settings
from akimat_desk.ui.window import MainWindow
from tests.ui.take_pictures import settle

LANGUAGES = (Language.KK, Language.RU)
PAPER = "2026-2028_amendment_kk.html"


def walked(python: str) -> list[object]:
    """What the walker sees of this process; this process goes on answering meanwhile."""
    process, loop = QProcess(), QEventLoop()
    process.finished.connect(loop.quit)
    process.start(python, [str(Path(__file__).with_name("walker.py")), str(os.getpid())])
    loop.exec()
    if process.exitCode():
        raise SystemExit(bytes(process.readAllStandardError().data()).decode())
    found: list[object] = json.loads(bytes(process.readAllStandardOutput().data()))
    return found


def stages(window: MainWindow, example: Path) -> Iterator[str]:
    """Each page, made ready to be walked."""
    window.show_first()
    yield "first"
    window.context.settings.begun()
    window.leave_page()
    yield "start"
    window.open_path(example)
    settle(window)
    for page in PAGES:
        window.show_page(page.name)
        yield page.name
    window.read_path(resource("example", PAPER))
    yield "reading"
    window.leave_page()
    window.show_letters(True)
    for made in (Palette(window, searching=True), SettingsDialog(window)):
        made.show()
        yield type(made).__name__
        made.close()
        made.deleteLater()
    window.show_letters(False)


def main(folder: Path, python: str) -> None:
    """Walk everything."""
    app = QApplication([])
    app.setApplicationName("akimat-desk")
    example = folder / "okrug.akimat"
    make_example(example)
    settings = Settings(folder / "window.ini")
    settings.set_folder("open", folder)
    found = {}
    for language in LANGUAGES:
        window = make_window(settings, language)
        window.faults.withdraw()
        window.resize(1366, 740)
        window.show()
        window.activateWindow()
        for name in stages(window, example):
            settle(window)
            found[f"{language.value} {name}"] = walked(python)
        window.context.database.start(lambda _task, desk=window.context.desk: desk.close())
        settle(window)
        window.hide()
        end(window)
        window.deleteLater()
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as given:
        main(Path(given), sys.argv[1])

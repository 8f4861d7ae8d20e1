"""Faults of the program: shown once, nothing of a budget in the report, the program goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from akimat_desk.ui.context import Context
from akimat_desk.ui.faults import FaultCatcher, FaultDialog, report
from akimat_desk.ui.guard import guarded

ROOT = Path(__file__).parents[2]


def caught(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as same:  # noqa: BLE001 - this is what the test is about
        return same


@pytest.mark.parametrize(
    "said", ["Ахметов А. Б. 64 684,0", "amount 4500000 of Akbulak", "C:\\Users\\aliya\\okrug.akimat"]
)
def test_a_report_has_no_amounts_names_or_folders(said: str) -> None:
    text = report(caught(ValueError(said)))
    assert "ValueError" in text
    assert said not in text
    assert str(Path.home()) not in text
    assert str(ROOT) not in text
    assert "tests/ui/test_faults.py" in text


def test_a_report_says_which_text_is_missing() -> None:
    assert "ui.some.key" in report(caught(KeyError("ui.some.key")))


class Clumsy(QWidget):
    @Slot()
    def stumble(self) -> None:
        raise ZeroDivisionError

    @guarded(7)
    def answer(self) -> int:
        raise ZeroDivisionError


def test_a_fault_in_a_slot_is_shown_once_and_can_be_copied(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    shown: list[str] = []

    def run(dialog: FaultDialog) -> bool:
        dialog.copy.click()
        shown.append(dialog.box.toPlainText())
        return True

    monkeypatch.setattr(FaultDialog, "run", run)
    catcher = FaultCatcher(context, parent)
    catcher.install()
    try:
        clumsy = Clumsy(parent)
        button = QPushButton(parent)
        button.clicked.connect(clumsy.stumble)
        for _ in range(2):
            button.click()
            QApplication.processEvents()
        assert clumsy.answer() == 7
        QApplication.processEvents()
    finally:
        catcher.withdraw()
    assert len(shown) == 2  # the slot's fault once, the guarded method's once
    assert "ZeroDivisionError" in shown[0]
    assert QGuiApplication.clipboard().text() in shown


def test_the_dialog_says_what_is_safe(qtbot: QtBot, context: Context) -> None:
    dialog = FaultDialog(context, "report")
    qtbot.addWidget(dialog)
    assert "Сохраненные данные целы" in dialog.words.text()
    QTimer.singleShot(0, dialog.accept_button.click)
    assert dialog.run()


_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import akimat_desk.ui.window as w

seen = []

def look():
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, w.MainWindow))
    if window.context.database.busy:
        return
    seen.append(window.windowTitle())
    window.close()

class Watch(w.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        heavy = {"sqlalchemy", "alembic", "openpyxl", "reportlab", "lxml", "docx"} & set(sys.modules)
        assert not heavy, heavy
        self.timer = QTimer(self)
        self.timer.timeout.connect(look)
        self.timer.start(50)

import akimat_desk.ui.app as app
app.MainWindow = Watch
status = app.run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
print(seen[0])
sys.exit(status)
"""


@pytest.mark.parametrize("with_file", [False, True])
def test_the_program_starts_and_ends_in_order(tmp_path: Path, example: Path, with_file: bool) -> None:
    """Nothing heavy is loaded before the window shows; it ends without a crash and with status 0."""
    script = tmp_path / "start.py"
    script.write_text(_START, "utf-8")
    arguments = [sys.executable, str(script), *([str(example)] if with_file else [])]
    done = subprocess.run(
        arguments, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=120, check=False,
        env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ("okrug.akimat" in done.stdout) == with_file
    assert "Traceback" not in done.stderr
    assert "QThread" not in done.stderr


def environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}

"""The real window on a settings file of its own; faults go to pytest-qt, which fails the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from akimat_desk.core.language import Language
from akimat_desk.ui.app import end, make_window
from akimat_desk.ui.context import Context
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.settings import Settings
from akimat_desk.ui.theme import dress
from akimat_desk.ui.window import MainWindow

PATIENCE = 30_000  # milliseconds: a loaded machine is slow, never this slow


# Said by Qt's offscreen platform for every dialog shown on it; nothing of ours.
OFFSCREEN = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN))


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    dress(qapp)
    yield qapp
    # Qt drops the clipboard after Python is gone: content that a test made in Python would crash there.
    qapp.clipboard().clear()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "window.ini")
    made.set_folder("open", tmp_path)
    made.set_folder("report", tmp_path)
    made.begun()  # tests of the first start say otherwise
    return made


@pytest.fixture
def speech() -> Iterator[Speech]:
    made = Speech(Language.RU)
    yield made
    made.withdraw()
    # Deleted here and now: a translator that Python's collector finds while Qt asks another one for a
    # word waits for ever, for the lock that question holds. (The window has one Speech and its Sweeper.)
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def context(speech: Speech, settings: Settings) -> Iterator[Context]:
    made = Context(speech, settings)
    yield made
    made.database.start(lambda _task: made.desk.close())
    made.stop()


@pytest.fixture
def window(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    made = make_window(settings, Language.RU)
    made.faults.withdraw()
    made.resize(1366, 740)
    made.show()
    # A key click with Shift leaves Shift held for Qt: the next test's selections would grow from it.
    QTest.keyRelease(made, Qt.Key.Key_Shift)
    yield made
    made.context.database.start(lambda _task: made.context.desk.close())
    settled(qtbot, made)
    end(made)
    # Not by qtbot.addWidget: that deletes the window before its threads are stopped here.
    made.hide()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the workers have nothing left and the window has taken in what they brought."""
    qtbot.waitUntil(
        lambda: not window.context.database.busy and not window.context.files.busy, timeout=PATIENCE
    )
    QApplication.processEvents()


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    return lambda: settled(qtbot, window)


@pytest.fixture
def example(example_file: Path, tmp_path: Path) -> Path:
    """A copy of the example to work in."""
    return Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))


@pytest.fixture
def opened(window: MainWindow, example: Path, settle: Callable[[], None]) -> MainWindow:
    """The window with the example open, on its Budget page."""
    window.open_path(example)
    settle()
    window.show_page("budget")
    settle()
    return window

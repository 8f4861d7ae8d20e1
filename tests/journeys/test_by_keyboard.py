"""By the keyboard alone: the first start, the example, the palette, a page, a saved report; a new okrug."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from akimat_desk.core.language import Language
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.pages.first import FirstPage
from akimat_desk.ui.settings import Settings
from akimat_desk.ui.window import MainWindow
from tests.ui.conftest import OFFSCREEN, dressed, settle, window  # noqa: F401 - the same window

Settle = Callable[[], None]
pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a person who has begun with nothing yet."""
    made = Settings(tmp_path / "window.ini")
    made.set_folder("open", tmp_path)
    made.set_folder("report", tmp_path)
    return made


@pytest.fixture
def first(qtbot: QtBot, window: MainWindow) -> FirstPage:  # noqa: F811
    window.activateWindow()
    assert window.first is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return window.first


def press(key: Qt.Key, *, times: int = 1, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for _ in range(times):
        QTest.keyClick(focus(), key, held)
        QApplication.processEvents()


def focus() -> QWidget:
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None
    return found


def write(words: str) -> None:
    """Type, letters of every alphabet: as an input method gives them."""
    for letter in words:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(focus(), event)


class InDialog(QObject):
    """Does what is told in the dialog that comes up next."""

    def __init__(self, steps: Callable[[QDialog], None]) -> None:
        super().__init__()
        self._steps = steps
        self.done = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    @Slot()
    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and not self.done:
            self._timer.stop()
            self.done = True
            self._steps(dialog)


def name_of(widget: QWidget) -> str:
    """What a screen reader says of it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def tab_to(name: str) -> None:
    """Tab until the control called so has the focus."""
    for _ in range(80):
        if name_of(focus()).startswith(name):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {name}")


def test_from_the_first_start_to_a_saved_report(
    qtbot: QtBot,
    first: FirstPage,
    window: MainWindow,  # noqa: F811
    settle: Settle,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    assert not window.navigation.isVisible()
    # One: the language. Tab goes through the three, Enter takes one.
    tab_to("Қазақша")
    press(Qt.Key.Key_Return)
    assert window.speech.language is Language.KK
    assert window.context.settings.language is Language.KK
    # Two: what to begin with.
    assert first.steps.currentIndex() == 1
    tab_to("Үлгі округті ашу")
    press(Qt.Key.Key_Return)
    settle()
    assert window.context.workspace is not None
    assert window.navigation.isVisible()
    assert window.pages.currentWidget() is window.page(PAGES[0].name)

    # The palette, and in it a page by its Kazakh name.
    def choose_reports(dialog: QDialog) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or window))
        write("есептер")
        settle()
        press(Qt.Key.Key_Return)

    palette = InDialog(choose_reports)
    press(Qt.Key.Key_K, held=CONTROL)
    settle()
    assert palette.done
    window.activateWindow()  # here no window manager does it when a dialog closes
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    reports = window.page("reports")
    assert window.pages.currentWidget() is reports
    assert reports.preview.documents

    target = tmp_path / "есеп.pdf"
    monkeypatch.setattr("akimat_desk.ui.pages.reports.ask_save", lambda *_: target)
    press(Qt.Key.Key_S, held=CONTROL)
    settle()
    assert target.read_bytes().startswith(b"%PDF")


def test_a_new_okrug_by_keyboard(
    first: FirstPage,
    window: MainWindow,  # noqa: F811
    settle: Settle,  # noqa: F811
    tmp_path: Path,
) -> None:
    press(Qt.Key.Key_Return)  # the language spoken now has the focus
    tab_to("Новый файл")
    press(Qt.Key.Key_Space)
    assert first.steps.currentIndex() == 2
    press(Qt.Key.Key_Return)
    assert "название" in first.okrug.problem.text()  # nothing was said yet: the page stays
    write("Ақбұлақ ауылдық округі")
    press(Qt.Key.Key_Tab)
    write("Акбулакский сельский округ")
    press(Qt.Key.Key_Return)
    settle()
    path = tmp_path / "Акбулакский сельский округ.akimat"
    assert path.is_file()
    assert window.context.workspace.path == path
    assert window.context.unit.name.kk == "Ақбұлақ ауылдық округі"
    assert window.navigation.isVisible()


def test_back_to_the_question_before(first: FirstPage) -> None:
    press(Qt.Key.Key_Return)
    assert first.steps.currentIndex() == 1
    tab_to("Назад")
    press(Qt.Key.Key_Return)
    assert first.steps.currentIndex() == 0
    assert focus() is first.languages.buttons[Language.RU]


def test_who_has_begun_is_not_asked_again_but_may_ask_for_it(
    first: FirstPage,
    window: MainWindow,  # noqa: F811
    settle: Settle,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("akimat_desk.ui.dialogs.files.ask_workspace", lambda *_: None)
    press(Qt.Key.Key_Return)
    tab_to("Открыть файл")
    press(Qt.Key.Key_Return)
    settle()
    # She called the choice of a file off: the usual start page is there, and will be.
    assert window.pages.currentWidget() is window.start
    assert not window.context.settings.is_first
    window.actions_["first"].trigger()
    assert window.pages.currentWidget() is first
    assert first.steps.currentIndex() == 0

"""A whole budget typed by keyboard alone: begun, filled, balanced, confirmed, printed in two languages.

Every step is a key sent to the widget that has the focus; only the choice of the file to save to, which
is the system's own dialog, is answered for the hand.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from akimat_desk.budget.views import DocumentState
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit
from akimat_desk.storage.workspace import Actor, Workspace
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.pages.draft import DraftPage
from akimat_desk.ui.window import MainWindow
from tests.ui.conftest import dressed, settings, settle, window  # noqa: F401 - the same window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OPENED_SOON = 2000  # tries: a dialog that never opens fails the test instead of holding it

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

#: What she types: how each line is sought, and its amounts for three years.
LINES = (
    ("жеке табыс", ("1240", "1300", "1350")),
    ("жер салыгы", ("60,4", "60,4", "60,4")),  # the keyboard has no ғ
    ("1 04 4", ("10 450", "11 000", "11 500")),
    ("5 02 3", ("84840", "85 000", "86 000")),
    ("124 001", ("53 340,0", "54 000", "55 000")),
    ("жарыктандыру", ("8120", "8200", "8300")),
    ("124 011", ("36 975,7", "35 160,4", "35 610,4")),
    ("остатки", ("1 845,3", "", "")),
)


def back(shown: MainWindow) -> None:
    """A window manager gives the window the keys again when a dialog has closed; offscreen has none."""
    shown.activateWindow()
    QApplication.processEvents()


def focus() -> QWidget:
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifiers)
    QApplication.processEvents()


def letters(text: str) -> None:
    for each in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focus(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, each))
    QApplication.processEvents()


def in_dialogs(*answers: tuple[Qt.Key | str, ...], after: QWidget | None = None) -> None:
    """Keys for the dialogs that open one after another: pressed as soon as each waits for them."""
    keys, rest = answers[0], answers[1:]
    tries = 0

    def answer() -> None:
        nonlocal tries
        tries += 1
        assert tries < OPENED_SOON, "the dialog did not open"
        dialog, here = QApplication.activeModalWidget(), QApplication.focusWidget()
        if dialog is None or dialog is after or here is None or not dialog.isAncestorOf(here):
            QTimer.singleShot(5, answer)
            return
        if rest:
            in_dialogs(*rest, after=dialog)
        for key in keys:
            letters(key) if isinstance(key, str) else press(key)

    QTimer.singleShot(0, answer)


@pytest.fixture
def okrug(tmp_path: Path) -> Path:
    path = tmp_path / "Тестбұлақ.akimat"
    name = Trilingual("Тестбұлақ ауылдық округі", "Тестбулакский сельский округ")
    with Workspace.create(path) as workspace:
        create_unit(workspace, Actor("tester"), kind=UnitKind.OKRUG, name=name, kato="990140000")
        workspace.close(make_backup=False)
    return path


def test_a_budget_typed_by_keyboard_alone(
    window: MainWindow,  # noqa: F811
    settle: Callable[[], None],  # noqa: F811
    okrug: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    window.choose_language(Language.KK)
    window.open_path(okrug)
    settle()
    window.activateWindow()

    # A new draft for 2026: the year is typed over the one that is offered.
    window.setFocus()
    in_dialogs(("2026", Qt.Key.Key_Return))
    press(Qt.Key.Key_N, CTRL | SHIFT)
    settle()
    back(window)
    page = window.page("draft")
    assert isinstance(page, DraftPage)
    assert window.pages.currentWidget() is page
    assert page.editing.sheet is not None
    assert page.editing.sheet.years == (2026, 2027, 2028)

    # Line by line: Insert, a few letters, Enter, the amounts with Tab between them.
    assert focus() is page.view
    for sought, amounts in LINES:
        press(Qt.Key.Key_Insert)
        letters(sought)
        press(Qt.Key.Key_Return)
        assert focus() is page.view
        for amount in amounts:
            if amount:
                letters(amount)
            press(Qt.Key.Key_Tab)
    settle()
    assert [finding.code for finding in page.editing.sheet.findings()] == ["decision.date_unknown"]
    assert page.strip.text().startswith("202")

    # One figure too much is seen at once beside its line and taken back by Ctrl+Z.
    press(Qt.Key.Key_Insert)
    letters("1 01 2")
    press(Qt.Key.Key_Return)
    letters("1250")
    press(Qt.Key.Key_Return)
    assert any(finding.code == "balance.sources" for finding in page.editing.sheet.findings())
    press(Qt.Key.Key_Z, CTRL)
    assert len(page.editing.sheet.findings()) == 1

    # Number and date, then the draft is confirmed: both found in the palette by their words.
    in_dialogs(("45-1", Qt.Key.Key_Tab, "24.12.2025", Qt.Key.Key_Return))
    press(Qt.Key.Key_I, CTRL)
    settle()
    settle()
    back(window)
    assert page.editing.decision is not None
    assert (page.editing.decision.number, str(page.editing.decision.date)) == ("45-1", "2025-12-24")
    in_dialogs(("жобаны раста", Qt.Key.Key_Return), (Qt.Key.Key_Return,))
    press(Qt.Key.Key_K, CTRL)
    settle()
    settle()
    back(window)
    budget = window.page("budget")
    assert window.pages.currentWidget() is budget
    assert budget.plan.decision.state is DocumentState.CONFIRMED
    assert budget.plan.findings == ()

    # The annexes, in Kazakh and in Russian.
    place = [each.name for each in PAGES].index("reports")
    window.navigation.buttons[place].setFocus()
    press(Qt.Key.Key_Return)
    settle()
    reports = window.page("reports")
    while reports.kind.id != "annex":
        reports.list.setFocus()
        press(Qt.Key.Key_Down)
        settle()
    for language in ("kk", "ru"):
        while reports.language.currentData() != language:
            reports.language.setFocus()
            press(Qt.Key.Key_Down)
            settle()
        target = tmp_path / f"annex {language}.pdf"
        monkeypatch.setattr("akimat_desk.ui.pages.reports.ask_save", lambda *_, to=target: to)
        press(Qt.Key.Key_S, CTRL)
        settle()
        said = text_of(target)
        assert "98435,7" in said  # costs, as they came to while she typed
        assert ("Жерсалығы" if language == "kk" else "Земельныйналог") in said


def text_of(path: Path) -> str:
    """The letters of a PDF without any space: amounts are grouped, names are broken over lines."""
    from pypdf import PdfReader

    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)

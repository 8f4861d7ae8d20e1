"""An amendment by keyboard alone: begun, one figure changed, its change seen, both papers made, confirmed.

Every step is a key sent to the widget that has the focus; only the system's dialog for the file to save to
is answered for the hand.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.files import read_decision_file
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.dialogs.grounds import GroundsDialog
from akimat_desk.ui.pages.draft import DraftPage
from akimat_desk.ui.window import MainWindow
from tests.journeys.test_draft_by_keyboard import CTRL, SHIFT, back, in_dialogs, letters, press, text_of
from tests.ui.conftest import dressed, settings, settle, window  # noqa: F401 - the same window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Settle = Callable[[], None]


def go(shown: MainWindow, page: str, settle: Settle) -> None:  # noqa: F811
    """The key of a page, wherever it stands; beyond the tenth, the palette."""
    place = [each.name for each in PAGES].index(page) + 1
    if place < 10:
        press(Qt.Key(int(Qt.Key.Key_0) + place), CTRL)
    else:
        by_palette(shown, shown.speech(f"ui.action.page_{page}"), settle)
    settle()
    assert shown.pages.currentWidget() is shown.page(page)


def by_palette(shown: MainWindow, words: str, settle: Settle, *then: tuple[Qt.Key | str, ...]) -> None:  # noqa: F811
    """Ctrl+K, a few words, Enter; ``then`` are the keys for the dialogs that follow."""
    in_dialogs((words, Qt.Key.Key_Return), *then)
    press(Qt.Key.Key_K, CTRL)
    settle()
    settle()
    back(shown)


def rows(shown: MainWindow, page: str, code: str) -> list[str]:
    """What stands in the row of a code on a page of changes."""
    model = shown.page(page).model
    found = []

    def walk(parent: object) -> None:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            if index.data() == code:
                found.extend(index.siblingAtColumn(c).data() for c in range(2, model.columnCount()))
            walk(index)

    from PySide6.QtCore import QModelIndex

    walk(QModelIndex())
    return [each.replace("\N{NO-BREAK SPACE}", " ") for each in found]


def test_an_amendment_by_keyboard_alone(
    window: MainWindow,  # noqa: F811
    settle: Settle,  # noqa: F811
    papers_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    window.choose_language(Language.KK)
    window.open_path(Path(shutil.copy(papers_file, tmp_path / "Жаңабұлақ.akimat")))
    settle()
    window.activateWindow()
    window.setFocus()

    # The amendment is begun: every amount of the edition in force is there, the cursor in the grid.
    press(Qt.Key.Key_A, CTRL | SHIFT)
    settle()
    settle()
    draft = window.page("draft")
    assert isinstance(draft, DraftPage)
    assert window.pages.currentWidget() is draft
    assert draft.editing.decision is not None
    assert draft.editing.decision.kind is DecisionKind.AMENDMENT
    assert QApplication.focusWidget() is draft.view

    # 500 thousand more for the streets, paid by the raion's transfer.
    for sought, amount in (("07 3 124 011", "22 462,9"), ("5 02 3", "85 340")):
        press(Qt.Key.Key_Insert)
        letters(sought)
        press(Qt.Key.Key_Return)
        letters(amount)
        press(Qt.Key.Key_Return)
    settle()
    assert [f.code for f in draft.editing.sheet.findings()] == ["decision.date_unknown"]

    # What the amount rests on: F4, and Escape back to the grid.
    said: list[str] = []
    shown = GroundsDialog.ask

    def remembered(*given: object) -> object:
        said.extend(step.document.number for step in given[1].explanation.trails[0].steps)
        return shown(*given)

    monkeypatch.setattr(GroundsDialog, "ask", remembered)
    press(Qt.Key.Key_Up)
    in_dialogs((Qt.Key.Key_Escape,))
    press(Qt.Key.Key_F4)
    settle()
    back(window)
    assert said[-1] == ""
    assert len(said) >= 2

    # The change of the line and of the totals.
    go(window, "changes", settle)
    assert rows(window, "changes", "07 3 124 011") == [
        "15 762,9",
        "21 962,9",
        "+500,0",
        "22 462,9",
        "+6 700,0",
    ]
    assert rows(window, "changes", "II")[2] == "+500,0"

    # The two papers: the table as PDF, the decision as Word.
    table, paper = tmp_path / "кесте.pdf", tmp_path / "шешім.docx"
    for words, target, save in (
        ("Салыстырма кесте", table, "PDF"),
        ("Өзгерту туралы шешім", paper, "Word"),
    ):
        by_palette(window, words, settle)
        reports = window.page("reports")
        assert window.pages.currentWidget() is reports
        monkeypatch.setattr("akimat_desk.ui.pages.reports.ask_save", lambda *_, to=target: to)
        if save == "PDF":
            press(Qt.Key.Key_S, CTRL)
        else:
            by_palette(window, "Word-қа сақтау", settle)
        settle()
        settle()
        assert target.stat().st_size > 1000
        go(window, "changes", settle)
    assert "+500,0" in text_of(table)
    read = read_decision_file(paper).decision
    assert read.is_amendment
    assert read.units[0].figures[Figure.COSTS] == from_plain("113298.2")

    # Number and date of the session, then it is confirmed.
    go(window, "draft", settle)
    in_dialogs(("XLI-255", Qt.Key.Key_Tab, "09.10.2026", Qt.Key.Key_Return))
    press(Qt.Key.Key_I, CTRL)
    settle()
    settle()
    back(window)
    by_palette(window, "жобаны раста", settle, (Qt.Key.Key_Return,))
    budget = window.page("budget")
    assert budget.plan.decision.number == "XLI-255"
    assert budget.plan.decision.state is DocumentState.CONFIRMED

    # The new edition beside the decision it amends.
    go(window, "compare", settle)
    page = window.page("compare")
    assert page.comparison.left.decision.number == "XXXIV-212"
    assert page.comparison.right.decision.number == "XLI-255"
    assert rows(window, "compare", "07 3 124 011") == ["15 762,9", "22 462,9", "+6 700,0", "142,5"]

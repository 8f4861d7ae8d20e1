"""The preview of a decision: several units in one text, units that are new, what was not understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from akimat_desk.budget.figures import Figure
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.ui.dialogs.reason import ReasonDialog
from akimat_desk.ui.dialogs.small import PasteDialog
from akimat_desk.ui.dialogs.unit import UnitDialog
from akimat_desk.ui.pages.reading import ReadingPage
from akimat_desk.ui.values import NewUnit
from akimat_desk.ui.window import MainWindow
from tests.ui.views import finding

TEXTS = Path(__file__).parents[1] / "data" / "cases" / "texts"
Settle = Callable[[], None]


def two_units() -> str:
    """One decision about two okrugs, a point each."""
    first = (TEXTS / "U001.txt").read_text("utf-8")
    second = first.replace("Көкалажар", "Ақбұлақ").split("\n", 2)[2].replace("1. 2025", "2. 2025", 1)
    return f"{first}\n{second}"


def read(window: MainWindow, settle: Settle, tmp_path: Path, text: str) -> ReadingPage:
    path = tmp_path / "decision.txt"
    path.write_text(text, "utf-8")
    window.read_path(path)
    settle()
    assert window.reading is not None
    return window.reading


def test_of_several_units_one_is_chosen_and_added(
    opened: MainWindow, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = read(opened, settle, tmp_path, two_units())
    assert [reading.which.itemText(row) for row in range(2)] == [
        "Көкалажар ауылдық округі", "Ақбұлақ ауылдық округі",
    ]  # fmt: skip
    # Neither is the file's own okrug: nothing is stored into a wrong budget by itself.
    assert reading.into.currentText() == "Добавить новую единицу…"
    assert reading.figures.index(0, 2).data() == "—"
    reading.which.setCurrentIndex(1)
    reading.which.activated.emit(1)
    settle()
    suggested: list[NewUnit] = []

    def ask(_context: object, unit: NewUnit, _parent: object) -> NewUnit:
        suggested.append(unit)
        return unit

    monkeypatch.setattr(UnitDialog, "ask", ask)
    reading.draft_button.click()
    settle()
    assert suggested == [NewUnit("okrug", Trilingual(kk="Ақбұлақ ауылдық округі"))]
    assert opened.context.unit.name.kk == "Ақбұлақ ауылдық округі"
    assert len(opened.context.workspace.units) == 2
    assert opened.top.units.isVisible()
    assert opened.page("budget").plan.is_draft
    # Back to the first okrug by the chooser above.
    row = opened.top.units.findData(opened.context.workspace.units[0].id)
    assert row == 1  # after Ақбұлақ: units stand in the order of the alphabet
    opened.top.units.setCurrentIndex(row)
    opened.top.units.activated.emit(row)
    settle()
    assert opened.page("budget").plan.decision.unit_id == opened.context.workspace.units[0].id


def test_what_was_not_understood_is_marked_in_the_source(
    opened: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    text = (TEXTS / "U001.txt").read_text("utf-8")
    strange = "   айдағы бақаның бағасы – 555 мың теңге;"
    lines = text.split("\n")
    lines.insert(4, strange)
    reading = read(opened, settle, tmp_path, "\n".join(lines))
    marked = [mark.cursor.selectedText().strip() for mark in reading.source.extraSelections()]
    assert any("айдағы бақаның бағасы" in words for words in marked)
    assert "Не понят 1 фрагмент" in reading._legend.text()


def test_a_finding_about_a_figure_leads_to_the_figure(
    opened: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    reading = read(opened, settle, tmp_path, (TEXTS / "U001.txt").read_text("utf-8"))
    reading.jump(Finding("x", Severity.ERROR, where=Place(figure=Figure.TAX.value)))
    assert reading.figures_table.currentIndex().row() == reading.figures.row_of(Figure.TAX)


def test_a_wrong_date_is_said_and_nothing_is_stored(
    opened: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    reading = read(opened, settle, tmp_path, (TEXTS / "U001.txt").read_text("utf-8"))
    reading.date.setText("31.02.2025")
    reading.draft_button.click()
    settle()
    assert "31.02.2025" in reading.bar.text
    assert opened.pages.currentWidget() is reading


def test_a_decision_stored_already_is_refused_in_words(opened: MainWindow, settle: Settle) -> None:
    from akimat_desk.core.resources import resource

    opened.read_path(resource("example", "2026-2028_amendment_kk.html"))
    settle()
    reading = opened.reading
    reading.confirm_button.click()
    settle()
    assert "уже сохранено" in reading.bar.text
    assert reading.confirm_button.isEnabled()
    reading.discard_button.click()
    settle()
    assert opened.pages.currentWidget() is opened.page("budget")


def test_the_reason_dialog_wants_a_reason(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ReasonDialog(window.context, [finding(), finding("1", severity=Severity.WARNING)], window)
    qtbot.addWidget(dialog)
    assert "В решении 1 ошибка" in dialog.words.text()
    dialog.finish()
    assert dialog.problem.text() == "⚠ Напишите причину."
    for letter in "Қабылданған":
        QTest.sendKeyEvent(
            QTest.KeyAction.Click, dialog.reason, Qt.Key.Key_unknown, letter, Qt.KeyboardModifier.NoModifier
        )
    assert dialog.reason.toPlainText() == "Қабылданған"
    window.choose_language(Language.KK)
    assert "Шешімде 1 қате" in dialog.words.text()
    dialog.finish()
    assert dialog.result() == ReasonDialog.DialogCode.Accepted


def test_a_pasted_page_keeps_its_tables(qtbot: QtBot, window: MainWindow) -> None:
    dialog = PasteDialog(window.context, window)
    qtbot.addWidget(dialog)
    dialog.finish()
    assert "вставьте текст" in dialog.problem.text()
    data = QMimeData()
    data.setText("1\tДоходы")
    data.setHtml("<table><tr><td>1</td><td>Доходы</td></tr></table>")
    QApplication.clipboard().setMimeData(data)
    dialog.box.paste()
    assert "<table" in dialog.box.text()
    dialog.box.clear()
    assert dialog.box.text() == ""
    dialog.box.setPlainText("текст")
    assert dialog.box.text() == "текст"


def test_an_unknown_code_is_added_where_it_was_met(
    opened: MainWindow, settle: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.ui.dialogs.new_code import NewCodeDialog

    paper = tmp_path / "annex.html"
    paper.write_text(
        "<h2>Жаңабұлақ ауылдық округінің 2026 жылға арналған бюджеті</h2><table>"
        "<tr><td>Санаты</td><td>Сыныбы</td><td>Кіші сыныбы</td><td>Атауы</td><td>Сомасы</td></tr>"
        "<tr><td></td><td></td><td></td><td>I. Кірістер</td><td>10,0</td></tr>"
        "<tr><td>1</td><td></td><td></td><td>Салықтық түсімдер</td><td>10,0</td></tr>"
        "<tr><td></td><td>04</td><td></td><td>Меншікке салынатын салықтар</td><td>10,0</td></tr>"
        "<tr><td></td><td></td><td>9</td><td>Су салығы</td><td>10,0</td></tr></table>",
        encoding="utf-8",
    )
    opened.read_path(paper)
    settle()
    settle()
    reading = opened.reading
    assert reading is not None
    assert [f.code for f in reading.findings()].count("reader.code_unknown") == 1
    action = opened.actions_["add_unknown_code"]
    assert action.isEnabled()

    def run(dialog: NewCodeDialog) -> bool:
        new = dialog.new_code()
        assert (str(new.code), new.name.kk, new.since) == ("1/04/9", "Су салығы", 2026)
        dialog.fields["name_ru"].setText("Налог на воду")
        dialog.finish()
        settle()
        return dialog.saved is not None

    monkeypatch.setattr(NewCodeDialog, "run", run)
    action.trigger()
    settle()
    settle()
    assert "reader.code_unknown" not in [f.code for f in reading.findings()]
    assert not action.isEnabled()

"""The window with a real workspace: opening, choosing, pages, drafts, copies, trouble."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.core.strings import Message
from akimat_desk.reports.registry import REPORTS
from akimat_desk.ui.areas import PAGES
from akimat_desk.ui.dialogs import files as file_dialogs
from akimat_desk.ui.dialogs.small import DayDialog, PasteDialog, Question
from akimat_desk.ui.dialogs.workspace import NewWorkspaceDialog
from akimat_desk.ui.models.budget_tree import Fixed
from akimat_desk.ui.values import NewUnit
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]


def budget_names(window: MainWindow) -> list[str]:
    model = window.page("budget").model
    return [model.index(row, Fixed.NAME).data() for row in range(model.rowCount())]


def test_it_starts_with_four_choices_and_the_files_opened_last(
    window: MainWindow, example: Path, settle: Settle
) -> None:
    assert window.pages.currentWidget() is window.start
    assert [choice.accessibleName() for choice in window.start.choices] == [
        "Открыть пример", "Прочитать решение", "Открыть файл", "Новый файл",
    ]  # fmt: skip
    assert not window.actions_["page_budget"].isEnabled()
    window.open_path(example)
    settle()
    window.actions_["close_workspace"].trigger()
    settle()
    assert window.pages.currentWidget() is window.start
    recent = window.start._recent_buttons
    assert [Path(button.property("path")) for button in recent] == [example]
    recent[0].click()
    settle()
    assert window.context.workspace.path == example


@pytest.mark.parametrize("language", list(Language))
def test_no_choice_of_the_first_start_cuts_its_words(
    window: MainWindow, settle: Settle, language: Language
) -> None:
    """At 1366 pixels the last line once lost its tails: «сақталады» read «сакталады»."""
    window.resize(1366, 768)
    window.show()
    window.show_first()
    window.choose_language(language)
    assert window.first is not None
    window.first.show_step(1)
    settle()
    for choice in window.first.beginning.choices:
        words = choice.findChildren(QLabel)[-1]
        assert words.text()
        assert words.height() >= words.heightForWidth(words.width())


def test_the_example_opens_with_its_budget(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    window.actions_["example"].trigger()
    settle()
    assert (tmp_path / "example.akimat").is_file()
    assert window.pages.currentWidget() is window.page("home")
    window.show_page("budget")
    settle()
    assert budget_names(window)[:2] == ["Доходы", "Затраты"]
    assert "example.akimat" in window.windowTitle()
    window.actions_["example"].trigger()
    settle()
    assert (tmp_path / "example-2.akimat").is_file()


def test_year_and_edition_are_chosen_above(opened: MainWindow, settle: Settle) -> None:
    top, page = opened.top, opened.page("budget")
    assert "Жанабулак" in top._unit_name.whole
    before = page.model.index(0, len(Fixed)).data()
    first = top.editions.count() - 3  # before the line and "choose a date": the decision itself
    top.editions.setCurrentIndex(first)
    top.editions.activated.emit(first)
    settle()
    assert "Решение №" in page._facts.whole
    assert page.model.index(0, len(Fixed)).data() != before
    row = top.years.findData(2024)
    top.years.setCurrentIndex(row)
    top.years.activated.emit(row)
    settle()
    assert page.plan.decision.first_year == 2024
    assert page.model.years[0] == 2024


def test_the_budget_as_of_a_day(opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened.page("budget")
    amended = page.plan.decision.edition
    monkeypatch.setattr(DayDialog, "ask", lambda *_: dt.date(2026, 1, 15))
    opened.actions_["as_of"].trigger()
    settle()
    assert opened.top.editions.currentText() == "По состоянию на 15.01.2026"
    assert page.plan.decision.edition < amended
    monkeypatch.setattr(DayDialog, "ask", lambda *_: dt.date(1999, 1, 1))
    opened.actions_["as_of"].trigger()
    settle()
    assert page.plan is None
    assert "2026" in page._empty.text()


def test_a_projection_says_that_it_is_one(opened: MainWindow, settle: Settle) -> None:
    opened.context.choose_year(max(opened.context.overview.years))
    settle()
    assert "по плановому периоду" in opened.page("budget")._facts.whole


def test_the_ratio_page_says_where_the_okrug_stands(opened: MainWindow, settle: Settle) -> None:
    opened.actions_["page_ratio"].trigger()
    settle()
    page = opened.page("ratio")
    tab = page.standing
    assert tab.shown_year().year == 2026
    assert tab.figure.text() == "23,5 %"
    assert "33,0 %" in tab.verdict.text()
    assert "÷ все доходы" in page.formula.text()
    assert tab.model.rowCount() == len(tab.path.years)
    row = page.denominator.findData("costs")
    page.denominator.setCurrentIndex(row)
    page.denominator.activated.emit(row)
    settle()
    assert "÷ затраты" in page.formula.text()
    assert opened.context.settings.text("denominator") == "costs"


def test_reports_are_looked_at_and_saved(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened.actions_["page_reports"].trigger()
    settle()
    page = opened.page("reports")
    assert page.list.count() == len(REPORTS)
    for row in range(page.list.count()):
        page.list.setCurrentRow(row)
        settle()
        # A paper of the plan is chosen first; the example has no saved scenario and one unit only.
        if not {"plan", "scenarios", "peers"} & set(REPORTS[page.kind.id].needs):
            assert len(page.preview.toPlainText()) > 100, page.kind.id
    page.list.setCurrentRow([kind.id for kind in REPORTS.values()].index("self_sufficiency"))
    settle()
    row = page.language.findData("kk+ru")
    page.language.setCurrentIndex(row)
    page.language.activated.emit(row)
    settle()
    said = page.preview.toPlainText()
    assert "ауылдық округі" in said
    assert "сельского округа" in said
    for suffix in ("pdf", "xlsx", "docx"):
        target = tmp_path / f"report.{suffix}"
        monkeypatch.setattr("akimat_desk.ui.pages.reports.ask_save", lambda *_, target=target: target)
        opened.actions_[f"save_{suffix}"].trigger()
        settle()
        assert target.stat().st_size > 1000
        assert str(target) in page.saved.text


def test_a_report_that_cannot_be_written_is_said_in_words(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened.show_page("reports")
    settle()
    target = tmp_path / "no such folder" / "report.pdf"
    monkeypatch.setattr("akimat_desk.ui.pages.reports.ask_save", lambda *_: target)
    opened.actions_["save_pdf"].trigger()
    settle()
    assert "no such folder" in opened.notice.text
    assert "не найдены" in opened.notice.text


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x07" * 5000])
def test_a_file_that_is_no_workspace_is_refused_in_words(
    window: MainWindow, settle: Settle, tmp_path: Path, content: bytes
) -> None:
    wrong = tmp_path / "wrong.akimat"
    wrong.write_bytes(content)
    window.open_path(wrong)
    settle()
    assert window.context.workspace is None
    assert window.notice.isVisible()
    assert window.notice.text
    assert wrong.read_bytes() == content
    russian = window.notice.text
    window.choose_language(Language.KK)
    assert window.notice.text != russian


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.docx", b""), ("noise.xlsx", bytes(range(256)) * 20), ("letter.txt", "Добрый день!".encode())],
)
def test_a_file_that_is_no_decision_is_refused_in_words(
    opened: MainWindow, settle: Settle, tmp_path: Path, name: str, content: bytes
) -> None:
    wrong = tmp_path / name
    wrong.write_bytes(content)
    before = opened.pages.currentWidget()
    opened.read_path(wrong)
    settle()
    assert opened.notice.isVisible()
    assert opened.pages.currentWidget() is before


def test_a_new_file_by_two_questions(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "new.akimat"
    unit = NewUnit("okrug", Trilingual(kk="Ақбұлақ ауылдық округі"))
    monkeypatch.setattr(NewWorkspaceDialog, "ask", lambda *_: (path, unit))
    window.actions_["new"].trigger()
    settle()
    assert path.is_file()
    assert window.context.unit.name.kk == "Ақбұлақ ауылдық округі"
    assert "Бюджета этой единицы пока нет" in window.page("budget")._empty.text()


def test_the_new_file_dialog_asks_for_what_is_missing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = NewWorkspaceDialog(window.context, None, window)
    qtbot.addWidget(dialog)
    dialog.finish()
    assert "название" in dialog.problem.text()
    dialog.form.name_ru.setText("Округ: «Мирный»/1")
    assert dialog.chosen_path().parent == tmp_path
    assert not set('<>:"/\\|?*') & set(dialog.chosen_path().stem)
    dialog.form.kato.setText("12x")
    dialog.finish()
    assert "9 цифр" in dialog.problem.text()
    dialog.form.kato.clear()
    dialog.path.setText(str(tmp_path / "missing" / "a.akimat"))
    dialog.finish()
    assert "папки" in dialog.problem.text()
    dialog.path.setText(str(tmp_path / "a"))
    dialog.finish()
    assert dialog.result() == NewWorkspaceDialog.DialogCode.Accepted
    assert dialog.chosen_path() == tmp_path / "a.akimat"


def test_a_copy_is_made_and_restored(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, example: Path
) -> None:
    copy = tmp_path / "copy.akimat"
    monkeypatch.setattr(file_dialogs, "ask_save", lambda *_: copy)
    opened.actions_["backup"].trigger()
    settle()
    assert copy.is_file()
    assert str(copy) in opened.notice.text
    monkeypatch.setattr(file_dialogs, "ask_copy", lambda *_: copy)
    monkeypatch.setattr(file_dialogs, "ask_restored", lambda *_: example)
    monkeypatch.setattr(Question, "ask", lambda *_: True)
    opened.actions_["restore"].trigger()
    settle()
    assert "восстановлен" in opened.notice.text
    assert opened.context.workspace.path == example
    assert budget_names(opened)[0] == "Доходы"


def test_closing_after_a_change_makes_a_copy(opened: MainWindow, settle: Settle) -> None:
    opened.read_path(resource("example", "2026-2028_amendment_kk.html"))
    settle()
    opened.reading.number.setText("XL-1")
    opened.reading.draft_button.click()
    settle()
    assert opened.page("budget").plan.is_draft
    opened.actions_["close_workspace"].trigger()
    settle()
    assert "копия сохранена" in opened.notice.text


def test_the_window_closes_its_file_before_it_goes(qtbot: QtBot, opened: MainWindow) -> None:
    with qtbot.waitSignal(opened.closed, timeout=20_000):
        opened.close()
    assert not opened.isVisible()
    assert not opened.context.settings.blob("window").isEmpty()


def test_a_dropped_decision_is_read_and_a_dropped_file_opened(
    window: MainWindow, settle: Settle, example: Path
) -> None:
    drop(window, example)
    settle()
    assert window.context.workspace.path == example
    drop(window, resource("example", "2026-2028_kk.html"))
    settle()
    assert window.pages.currentWidget() is window.reading


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_pasted_text_makes_a_new_file_with_its_decision(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (Path(__file__).parents[1] / "data" / "cases" / "texts" / "U003.txt").read_text("utf-8")
    monkeypatch.setattr(PasteDialog, "ask", lambda *_: text)
    window.actions_["paste"].trigger()
    settle()
    reading = window.reading
    assert window.pages.currentWidget() is reading
    assert reading.figures.rowCount() > 10
    path = tmp_path / "pasted.akimat"
    suggested: list[NewUnit] = []

    def ask(_context: object, unit: NewUnit, _parent: object) -> tuple[Path, NewUnit]:
        suggested.append(unit)
        return path, unit

    monkeypatch.setattr(NewWorkspaceDialog, "ask", ask)
    reading.draft_button.click()
    settle()
    assert suggested[0].kind == "settlement"
    assert path.is_file()
    page = window.page("budget")
    assert window.pages.currentWidget() is page
    assert page.plan.is_draft
    assert not page.draft_bar.isHidden()
    monkeypatch.setattr(Question, "ask", lambda *_: True)
    window.actions_["delete_draft"].trigger()
    settle()
    assert page.plan is None
    assert "Черновик удален." in window.notice.text


def test_hints_go_away_for_good_and_come_back_on_request(opened: MainWindow) -> None:
    page = opened.page("budget")
    assert page.hint.isVisible()
    page.hint._put_away()
    page.refresh()
    assert page.hint.isHidden()
    opened.actions_["hints"].trigger()
    assert page.hint.isVisible()


def test_everything_that_takes_the_focus_has_a_name(opened: MainWindow, settle: Settle) -> None:
    opened.read_path(resource("example", "2026-2028_amendment_kk.html"))
    settle()
    nameless = []
    for page in ("budget", "ratio", "reports", "reading"):
        if page == "reading":
            opened.pages.setCurrentWidget(opened.reading)
        else:
            opened.show_page(page)
        settle()
        for widget in opened.findChildren(QWidget):
            if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            if not accessible_name(widget):
                nameless.append(f"{page}: {type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def accessible_name(widget: QWidget) -> str:
    """A control's own name, its text, or that of the label that is its buddy."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    from PySide6.QtWidgets import QLabel

    buddies = [label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    if buddies:
        return buddies[0]
    if isinstance(widget, QComboBox | QLineEdit):
        return ""
    name: str = getattr(widget, "text", lambda: "")() if not hasattr(widget, "toPlainText") else ""
    return name


def test_pages_are_reached_by_key(opened: MainWindow, settle: Settle) -> None:
    opened.activateWindow()
    for place, page in [*enumerate(PAGES[:9], 1)][::-1]:
        key = Qt.Key(Qt.Key.Key_0 + place)
        QTest.keyClick(opened, key, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert opened.pages.currentWidget() is opened.page(page.name)
    settle()


def test_nothing_is_cut_off_at_the_smallest_size(opened: MainWindow, settle: Settle) -> None:
    """Every visible button and one-line label has the room its text needs, in both languages."""
    opened.resize(1366, 700)
    cut = []
    for language in (Language.KK, Language.RU):
        opened.choose_language(language)
        for page in ("budget", "ratio", "reports"):
            opened.show_page(page)
            settle()
            for button in opened.findChildren(QAbstractButton):
                if isinstance(button, QToolButton):
                    continue  # an icon; its text is its tip and its accessible name
                needed = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
                if button.isVisible() and button.text() and button.width() < needed:
                    cut.append((language, page, button.text(), button.width(), needed))
    assert cut == []


def test_a_file_in_use_is_offered_for_reading(
    window: MainWindow, settle: Settle, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.storage.workspace import Workspace

    asked: list[str] = []

    def yes(_context: object, _title: str, message: Message, *_rest: object) -> bool:
        asked.append(message.key)
        return True

    monkeypatch.setattr(Question, "ask", yes)
    with Workspace.open(example):
        window.open_path(example)
        settle()
        assert asked[0].startswith("error.storage.in_use")
        assert window.context.workspace.read_only
        assert "только чтение" in window.windowTitle()
        window.show_page("budget")
        settle()
        assert budget_names(window)[0] == "Доходы"


def test_a_file_that_cannot_be_opened_leaves_the_open_one_alone(
    opened: MainWindow, settle: Settle, example: Path, tmp_path: Path
) -> None:
    opened.open_path(tmp_path / "gone.akimat")
    settle()
    assert "gone.akimat" in opened.notice.text
    assert opened.context.workspace.path == example
    opened.context.refresh()
    settle()
    assert budget_names(opened)[0] == "Доходы"


def test_a_copy_that_is_none_leaves_the_open_file_open(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, example: Path
) -> None:
    wrong = tmp_path / "copy.akimat"
    wrong.write_bytes(b"no copy")
    monkeypatch.setattr(file_dialogs, "ask_copy", lambda *_: wrong)
    monkeypatch.setattr(file_dialogs, "ask_restored", lambda *_: example)
    monkeypatch.setattr(Question, "ask", lambda *_: True)
    opened.actions_["restore"].trigger()
    settle()
    assert opened.notice.isVisible()
    opened.context.refresh()
    settle()
    assert budget_names(opened)[0] == "Доходы"


def test_a_second_file_takes_the_place_of_the_first(
    opened: MainWindow, settle: Settle, example_file: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(example_file, tmp_path / "other.akimat"))
    opened.open_path(other)
    settle()
    assert opened.context.workspace.path == other
    assert opened.context.settings.recent()[0] == other


class Away(QObject):
    """Puts away whatever dialog comes up, and remembers its title."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    @Slot()
    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            self.titles.append(dialog.windowTitle())
            dialog.reject()


def test_every_action_that_asks_opens_its_dialog_and_can_be_called_off(
    opened: MainWindow, settle: Settle
) -> None:
    opened.read_path(resource("example", "2026-2028_amendment_kk.html"))
    settle()
    opened.reading.number.setText("XL-1")
    opened.reading.draft_button.click()
    settle()
    away = Away()
    asking = (
        "new", "open", "read", "paste", "backup", "restore", "confirm", "delete_draft", "as_of", "about",
        "details", "unit",
    )  # fmt: skip
    for name in asking:
        assert opened.actions_[name].isEnabled(), name
        before = len(away.titles)
        opened.actions_[name].trigger()
        settle()
        assert len(away.titles) > before, name
    away.deleteLater()
    assert all(away.titles)
    assert opened.page("budget").plan.is_draft


def test_saving_and_printing_ask_where(opened: MainWindow, settle: Settle) -> None:
    opened.show_page("reports")
    settle()
    away = Away()
    for name in ("save_pdf", "save_xlsx", "save_docx", "print"):
        before = len(away.titles)
        opened.actions_[name].trigger()
        settle()
        assert len(away.titles) > before, name
    away.deleteLater()

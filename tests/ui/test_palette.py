"""Ctrl+K and Ctrl+F: everything that can be done, gone to and found, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from akimat_desk.core.language import Language
from akimat_desk.ui.models.budget_tree import Fixed
from akimat_desk.ui.palette.commands import Command, commands, ranked
from akimat_desk.ui.palette.dialog import Palette
from akimat_desk.ui.palette.model import PaletteModel
from akimat_desk.ui.search import Question, fits
from akimat_desk.ui.window import MainWindow
from tests.ui.conftest import settled


class Opened:
    """A palette on the screen, typed into as a person does."""

    def __init__(self, qtbot: QtBot, window: MainWindow, searching: bool) -> None:
        self._qtbot, self.window = qtbot, window
        self.palette = Palette(window, searching)
        self.palette.show()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.palette.words, words) if words.isascii() else self.palette.words.setText(words)
        settled(self._qtbot, self.window)

    def titles(self, group: str = "") -> list[str]:
        found = (self.palette.model.command(row) for row in range(self.palette.model.rowCount()))
        return [each.title for each in found if each is not None and group in ("", each.group)]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.palette.words, key)
        settled(self._qtbot, self.window)

    @property
    def chosen(self) -> Command | None:
        return self.palette.model.command(self.palette.list.currentIndex().row())


@pytest.fixture
def open_palette(qtbot: QtBot, opened: MainWindow) -> Iterator[Callable[[bool], Opened]]:
    made: list[Opened] = []

    def show(searching: bool = False) -> Opened:
        made.append(Opened(qtbot, opened, searching))
        return made[-1]

    yield show
    for each in made:
        each.palette.close()
        each.palette.deleteLater()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("самообес", "Самообеспеченность"),
        ("камтамасыз", "Самообеспеченность"),  # Kazakh without its letters, in a Russian window
        ("self-suff", "Самообеспеченность"),
        ("копию", "Сделать копию"),
        ("коширме жасау", "Сделать копию"),
        ("as of", "Бюджет на дату"),
        ("бюджет 2026", "Бюджет 2026 года"),
    ],
)
def test_an_action_is_found_by_words_of_any_language(
    open_palette: Callable[..., Opened], words: str, found: str
) -> None:
    palette = open_palette()
    palette.type(words)
    assert palette.titles()[0] == found


def test_enter_goes_there_and_the_arrows_choose(open_palette: Callable[..., Opened]) -> None:
    palette = open_palette()
    palette.type("отчет")
    assert palette.chosen is not None
    first = palette.chosen.title
    palette.press(Qt.Key.Key_Down)
    assert palette.chosen is not None
    assert palette.chosen.title != first
    palette.press(Qt.Key.Key_Up)
    assert palette.chosen.title == first == "Отчеты"
    palette.press(Qt.Key.Key_Return)
    assert palette.window.pages.currentWidget() is palette.window.page("reports")
    assert not palette.palette.isVisible()


def test_what_is_not_possible_says_why_and_stays_open(open_palette: Callable[..., Opened]) -> None:
    palette = open_palette()
    palette.type("подтвердить")
    assert palette.chosen is not None
    assert palette.chosen.why_not == "Откройте черновик решения на странице «Бюджет»."
    palette.press(Qt.Key.Key_Return)
    assert palette.palette.isVisible()
    assert "черновик" in palette.palette.note.text()


def test_every_action_is_in_it_with_its_shortcut_and_its_menu(opened: MainWindow) -> None:
    all_of_them = {command.title: command for command in commands(opened)}
    for name in opened.actions_.names():
        if name in ("palette", "search"):
            continue
        title = opened.actions_[name].text().replace("&", "").rstrip("…")
        assert title in all_of_them
        assert all_of_them[title].detail
    assert all_of_them["Прочитать решение"].shortcut == "Ctrl+D"
    assert all_of_them["Прочитать решение"].detail in ("Файл", "Решение")


@pytest.mark.parametrize(
    ("words", "group", "said"),
    [
        ("1 04 4", "lines", "1 04 4"),
        ("1/04/4", "lines", "1 04 4"),
        ("колик куралдарына", "lines", "Налог на транспортные средства"),
        ("транспорт", "lines", "Налог на транспортные средства"),
        ("10450", "lines", "Налог на транспортные средства"),
        ("10 450,0", "lines", "Налог на транспортные средства"),
        ("XXXIX-241", "documents", "№ XXXIX-241"),
        ("12.06.2026", "documents", "Уточнение № XXXIX-241 12.06.2026"),
        ("уточнение", "documents", "12.06.2026"),
        ("анықтама", "reports", "Справка об уровне"),
    ],
)
def test_everything_is_searched(
    open_palette: Callable[..., Opened], words: str, group: str, said: str
) -> None:
    palette = open_palette(True)
    palette.type(words)
    assert any(said in title for title in palette.titles(group)), palette.titles()


def test_enter_on_a_line_shows_it_on_the_budget_page(open_palette: Callable[..., Opened]) -> None:
    palette = open_palette(True)
    window = palette.window
    window.show_page("ratio")
    palette.type("10450,0")
    palette.press(Qt.Key.Key_Return)
    page = window.page("budget")
    assert window.pages.currentWidget() is page
    index = page.tree.currentIndex()
    assert index.siblingAtColumn(Fixed.CODE).data() == "1 04 4"
    assert index.data() == "10\N{NO-BREAK SPACE}450,0"


def test_a_total_without_a_code_is_gone_to(open_palette: Callable[..., Opened]) -> None:
    palette = open_palette(True)
    palette.type("чистое бюджетное кредитование")
    palette.press(Qt.Key.Key_Return)
    index = palette.window.page("budget").tree.currentIndex()
    assert "ЧИСТОЕ" in index.siblingAtColumn(Fixed.NAME).data().upper()


def test_enter_on_a_report_that_was_never_looked_at_chooses_it(open_palette: Callable[..., Opened]) -> None:
    palette = open_palette(True)
    palette.type("самообеспеченности")
    at = palette.titles().index(next(t for t in palette.titles("reports")))
    for _ in range(at):
        palette.press(Qt.Key.Key_Down)
    palette.press(Qt.Key.Key_Return)
    page = palette.window.page("reports")
    assert page.kind is not None
    assert page.kind.id == "self_sufficiency"


def test_enter_on_a_document_shows_it(open_palette: Callable[..., Opened]) -> None:
    palette = open_palette(True)
    overview = palette.window.context.overview
    assert overview is not None
    oldest = min((each for each in overview.decisions if each.date), key=lambda each: each.date)
    palette.type(oldest.number)
    palette.press(Qt.Key.Key_Return)
    assert palette.window.page("budget").plan.decision.id == oldest.id


def test_nothing_found_says_so(open_palette: Callable[..., Opened]) -> None:
    palette = open_palette(True)
    palette.type("ъъъъ")
    assert palette.titles() == []
    assert "Ничего не найдено" in palette.palette.note.text()
    palette.press(Qt.Key.Key_Return)
    assert palette.palette.isVisible()


def test_recent_files_and_units_are_gone_to(opened: MainWindow, example: Path) -> None:
    files = [command for command in commands(opened) if command.group == "files"]
    assert [command.title for command in files] == [example.name]


def test_the_order_puts_what_begins_so_first() -> None:
    def made(title: str, more: str = "") -> Command:
        return Command("actions", title, "", lambda: None, searched=f"{title} {more}", titles=(title,))

    rows = [made("открыть", "файл"), made("новый файл"), made("файл закрыть")]
    assert [each.title for each in ranked(rows, "файл")] == ["файл закрыть", "новый файл", "открыть"]
    assert ranked(rows, "файл нет") == []
    assert ranked(rows, " ") == rows


def test_a_question_knows_an_amount_from_words() -> None:
    def amount(words: str) -> str:
        return Question(words, Language.KK, None, None).amount

    assert amount("10 450,5") == amount("10450.5") == "10450,5"
    assert amount("салық") == amount("1/04") == amount("12.06.2026") == ""
    assert fits(("кайта",), "Қайта")
    assert not fits(("кайта", "жок"), "Қайта")


def test_its_model_keeps_qt_s_rules(window: MainWindow, qtmodeltester) -> None:
    model = PaletteModel(window.speech)
    qtmodeltester.check(model)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_commands(commands(window))
    qtmodeltester.check(model)
    assert model.command(0) is None  # a heading
    assert model.next_row(0, -1) == model.rowCount() - 1
    tester.deleteLater()
    QApplication.processEvents()

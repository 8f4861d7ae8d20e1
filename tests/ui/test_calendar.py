"""The Calendar page as a person uses it; the clock stands still on 25 November 2026."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from akimat_desk.core.language import Language
from akimat_desk.ui.dialogs.calendar import DoneDialog, EventDialog, WorkDaysDialog
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.pages.calendar import CalendarPage
from akimat_desk.ui.window import MainWindow
from tests.ui.conftest import settled

Settle = Callable[[], None]
Answers = list[Callable[[Dialog], bool]]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("akimat_desk.core.dates.today", "akimat_desk.budget.calendar.service.day_of_today"):
        monkeypatch.setattr(name, lambda: dt.date(2026, 11, 25))


@pytest.fixture
def page(opened: MainWindow, settle: Settle) -> CalendarPage:
    opened.show_page("calendar")
    settle()
    shown = opened.page("calendar")
    assert isinstance(shown, CalendarPage)
    return shown


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, opened: MainWindow) -> Iterator[Answers]:
    """What a person does in the next dialogs instead of waiting for her."""
    told: Answers = []

    def run(dialog: Dialog) -> bool:
        dialog.show()
        settled(qtbot, opened)
        accepted = told.pop(0)(dialog)
        dialog.hide()
        dialog.deleteLater()
        return accepted

    monkeypatch.setattr(Dialog, "run", run)
    yield told
    assert told == []


def column(page: CalendarPage, number: int) -> list[str]:
    return [str(page.model.index(row, number).data()).strip() for row in range(page.model.rowCount())]


def row_of(page: CalendarPage, words: str) -> int:
    return next(row for row, said in enumerate(column(page, 3)) if words in said)


def test_what_is_open_stands_first_and_a_year_shows_all(page: CalendarPage, settle: Settle) -> None:
    states = column(page, 0)
    assert states[0].startswith("Просрочено")
    assert [said.split(":")[0] for said in states] == sorted(
        (said.split(":")[0] for said in states), key=["Просрочено", "Сейчас", "Предстоит"].index
    )
    assert "Если бюджет на 2027 год не утвержден" in "\n".join(column(page, 3))
    assert "просрочен" in page.summary.whole
    page.table.selectRow(row_of(page, "вносится в маслихат"))
    assert "пункт 1 статьи 91" in page.details.text()
    page.which.setCurrentIndex(page.which.findData(2026))
    page.refresh()
    settle()
    year = column(page, 0)
    assert "Выполнено" in year, "the example's decision of 2026 was approved"
    assert column(page, 1)[0] == "01.04.2025, вт"
    page.speech.choose(Language.KK)
    assert column(page, 1)[0] == "01.04.2025, сс"


def test_several_dates_are_marked_and_opened_again(
    page: CalendarPage, opened: MainWindow, settle: Settle, answers: Answers
) -> None:
    first = row_of(page, "согласовывается с собранием")
    second = row_of(page, "вносится в маслихат")
    page.table.clearSelection()
    for row in (first, second):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.table.selectionModel().select(page.model.index(row, 0), flags)

    def mark(dialog: Dialog) -> bool:
        assert isinstance(dialog, DoneDialog)
        assert dialog.words.text().count("\n") == 1
        assert dialog.day.text() == "25.11.2026"
        dialog.day.setText("вчера")
        dialog.finish()
        assert "вчера" in dialog.problem.text()
        dialog.day.setText("30.08.2026")
        dialog.note.setText("исх. № 12")
        dialog.finish()
        settle()
        return True

    answers.append(mark)
    opened.actions_["mark_done"].trigger()
    settle()
    settle()
    assert not any("согласовывается с собранием" in said for said in column(page, 3))
    page.which.setCurrentIndex(page.which.findData(2027))
    page.refresh()
    settle()
    row = row_of(page, "согласовывается с собранием")
    assert page.model.index(row, 4).data() == "30.08.2026 · исх. № 12"
    page.table.selectRow(row)

    def open_again(dialog: Dialog) -> bool:
        assert isinstance(dialog, DoneDialog)
        assert dialog.note.text() == "исх. № 12"
        dialog.open_again.click()
        settle()
        return True

    answers.append(open_again)
    page.mark_done()
    settle()
    settle()
    assert page.model.index(row_of(page, "согласовывается с собранием"), 4).data() == ""


def test_an_event_starts_a_term(page: CalendarPage, settle: Settle, answers: Answers) -> None:
    page.which.setCurrentIndex(page.which.findData(2027))
    page.refresh()
    settle()

    def tell(dialog: Dialog) -> bool:
        assert isinstance(dialog, EventDialog)
        assert dialog.event_kind.itemText(0) == "Подписано решение о бюджете района"
        dialog.finish()
        assert dialog.problem.isVisibleTo(dialog)
        dialog.day.setText("22.12.2026")
        dialog.finish()
        settle()
        return True

    answers.append(tell)
    page.tell_event()
    settle()
    settle()
    row = row_of(page, "подписано 22.12.2026")
    assert [page.model.index(row, c).data() for c in (1, 2)] == ["27.12.2026, вс", "25.12.2026"]

    def take_back(dialog: Dialog) -> bool:
        assert isinstance(dialog, EventDialog)
        dialog.take_back.click()
        settle()
        return True

    answers.append(take_back)
    page.tell_event()
    settle()
    settle()
    assert not any("подписано 22.12.2026" in said for said in column(page, 3))


def test_a_moved_day_off_is_corrected(page: CalendarPage, settle: Settle, answers: Answers) -> None:
    def correct(dialog: Dialog) -> bool:
        assert isinstance(dialog, WorkDaysDialog)
        names = [dialog.model.index(row, 2).data() for row in range(dialog.model.rowCount())]
        assert "День Независимости" in names
        before = len(names)
        dialog.day.setText("скоро")
        dialog.add.click()
        assert "скоро" in dialog.problem.text()
        dialog.day.setText("24.12.2026")
        dialog.note.setText("постановление")
        dialog.add.click()
        settle()
        assert dialog.model.rowCount() == before + 1
        row = next(r for r in range(before + 1) if "24.12.2026" in dialog.model.index(r, 0).data())
        assert dialog.model.index(row, 3).data() == "исправлено учреждением"
        dialog.table.selectRow(row)
        assert dialog.take_back.isEnabled()
        dialog.take_back.click()
        settle()
        assert dialog.model.rowCount() == before
        return True

    answers.append(correct)
    page.correct_days()


def test_open_dates_go_into_an_ics_file(
    page: CalendarPage, opened: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    page.export_to(tmp_path / "dates.ics")
    settle()
    content = (tmp_path / "dates.ics").read_text(encoding="utf-8")
    assert content.count("BEGIN:VEVENT") == page.model.rowCount()
    assert "dates.ics" in opened.notice.text
    page.export_to(tmp_path / "нет такой" / "dates.ics")
    settle()
    assert "нет такой" in opened.notice.text


def test_a_workspace_that_is_only_looked_at_cannot_be_marked(
    window: MainWindow, example: Path, settle: Settle
) -> None:
    desk = window.context.desk
    window.context.ask(lambda _task: desk.open(example, True), window.context.set_workspace)
    settle()
    settle()
    window.show_page("calendar")
    settle()
    assert not window.actions_["mark_done"].isEnabled()
    assert window.actions_["work_days"].isEnabled()


def test_home_says_what_is_due_and_opens_the_calendar(opened: MainWindow, settle: Settle) -> None:
    home = opened.show_page("home")
    settle()
    settle()
    tile = home.tiles["due"]
    # Whatever the day: a monthly report is always due.
    assert tile.headline.text() != home.speech("ui.home.due.none")
    tile.click()
    settle()
    assert opened.pages.currentWidget() is opened.page("calendar")


def test_terms_of_meetings_stand_among_what_is_to_be_done(page: CalendarPage) -> None:
    from akimat_desk.core.deadlines import Deadline, other_deadline
    from akimat_desk.core.strings import Message
    from akimat_desk.ui.desks.calendar import CalendarView

    due = Deadline(Message("ui.page.meetings"), dt.date(2026, 11, 30), "source.bc_127", dt.date(2026, 11, 30))
    stands = other_deadline("meeting/1/0", due, dt.date(2026, 11, 25))
    page._show(CalendarView(page.calendars, (stands,)))
    row = row_of(page, page.speech("ui.page.meetings"))
    assert page.model.index(row, 0).data().strip().startswith("Сейчас")
    page.table.selectRow(row)
    assert not page.actions_["mark_done"].isEnabled(), "it is done on the page of meetings"

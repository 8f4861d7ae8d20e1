"""A meeting through the real window: planned, called, held, followed up; a sheet scanned; a list taken in.

The secretary works on the example okrug, by keyboard where she sits at the table in the hall.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from akimat_desk.core.language import Language
from akimat_desk.meetings.kinds import MeetingKind, Topic, Vote
from akimat_desk.meetings.record import meetings
from akimat_desk.meetings.sheets import SheetCode, sheet_code
from akimat_desk.meetings.states import Body, MeetingState, Step, TaskState
from akimat_desk.storage.workspace import Workspace
from akimat_desk.ui.dialogs.document import DocumentDialog
from akimat_desk.ui.dialogs.form import FormDialog
from akimat_desk.ui.dialogs.people_list import ListPreview
from akimat_desk.ui.pages import meeting_calling
from akimat_desk.ui.pages import people as people_page
from akimat_desk.ui.pages.meeting_item import NamedVotes
from akimat_desk.ui.window import MainWindow
from tests.ui.conftest import OFFSCREEN, dressed, example, opened, settings, settle, window  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)

TODAY = dt.date.today()
DAY = TODAY + dt.timedelta(days=12)


def day(value: dt.date) -> str:
    return f"{value:%d.%m.%Y}"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[list[dict[str, Any]]]:
    """What is filled into the forms that open, one after the other; a refused form stays and is told."""
    waiting: list[dict[str, Any]] = []

    def run(self: FormDialog) -> bool:
        for name, value in waiting.pop(0).items():
            widget = self.widgets[name]
            if isinstance(widget, QLineEdit):
                widget.setText(value)
            elif isinstance(widget, QPlainTextEdit):
                widget.setPlainText(value)
            elif isinstance(widget, QCheckBox):
                widget.setChecked(value)
            elif isinstance(widget, QComboBox):
                assert widget.findData(value) >= 0, (name, value)
                widget.setCurrentIndex(widget.findData(value))
            else:
                raise AssertionError(name)
        self.finish()
        qtbot.waitUntil(lambda: bool(self.result()) or not self.problem.isHidden(), timeout=30_000)
        run.problem = self.problem.text()  # type: ignore[attr-defined]
        return bool(self.result())

    monkeypatch.setattr(FormDialog, "run", run)
    yield waiting
    assert waiting == []


Opened = MainWindow
Settle = Callable[[], None]


def test_from_the_call_to_the_minutes(
    opened: Opened,  # noqa: F811
    settle: Settle,  # noqa: F811
    answers: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    window = opened  # noqa: F811
    # She plans an assembly; the last minutes and the unfinished task come onto its agenda by themselves.
    answers.append(
        {
            "kind": MeetingKind.ASSEMBLY,
            "day": day(DAY),
            "place_kk": "Мәдениет үйі",
            "place_ru": "Дом культуры",
        }
    )
    window.show_page("meetings")
    settle()
    window.actions_["new_meeting"].trigger()
    settle()
    page: Any = window.page("meeting")
    assert window.pages.currentWidget() is page
    assert [item.topic for item in page.state.view.items] == [Topic.LAST_MINUTES, Topic.UNFINISHED_TASKS]

    # The budget draft names the very document.
    document = page.state.papers[-1].document_id
    answers.append({"topic": Topic.BUDGET_DRAFT, "document_id": document, "reporter": "М. Сынақова"})
    page.calling.add_item()
    settle()
    assert page.state.view.items[2].paper.document_id == document

    # A day that is too early is said at once, with the earliest lawful one.
    page.calling.lines["day"].setText(day(TODAY + dt.timedelta(days=5)))
    page.calling.lines["day"].keep()
    settle()
    assert day(TODAY + dt.timedelta(days=10)) in page.calling.dates.text()
    page.calling.lines["day"].setText(day(DAY))
    page.calling.lines["day"].keep()
    page.calling.lines["notice_given"].setText(day(TODAY))
    page.calling.lines["notice_given"].keep()
    settle()
    assert page.state.view.state is MeetingState.CALLED

    # Proof of publication is attached.
    proof = tmp_path / "газет.txt"
    proof.write_text("хабарландыру", "utf-8")
    monkeypatch.setattr(meeting_calling, "ask_any", lambda *_: proof)
    answers.append({})
    page.calling.attach_file()
    settle()
    assert page.state.view.papers[0].name == "газет.txt"

    # In the hall: three ticks by the space bar are no quorum, and the program says how many lack.
    page.tabs.setCurrentIndex(1)
    hall = page.hall
    hall.table.setFocus()
    hall.table.setCurrentIndex(hall.model.index(0, 0))
    for _ in range(3):
        hall.toggle()
        settle()
    assert "Кворума нет: 3 из 9, нужно 5 (1/2), не хватает 2 человек" in hall.quorum.text()
    answers.append({"hour": "15:00"})
    hall.open_meeting()
    assert "Нет кворума" in FormDialog.run.problem  # type: ignore[attr-defined]
    for _ in range(4):
        hall.toggle()
        settle()
    assert "Кворум есть: 7 из 9" in hall.quorum.text()
    for name, who in (
        ("chair", page.state.view.people[0].name),
        ("secretary", page.state.view.people[1].name),
    ):
        hall.officers[name].setText(who)
        hall.officers[name].keep()
    answers.append({"hour": "15:00"})
    hall.open_meeting()
    settle()
    assert page.state.view.state is MeetingState.OPEN

    # Item by item: a speech, the vote, the decision in both languages; all of it stored as it is typed.
    part = hall.item_part
    for item in page.state.view.items:
        hall.choose_item(item.id)
        if not item.reporter:
            part.reporter.setText("М. Сынақова")
            part.reporter.keep()
        answers.append({"speaker": "Образцов Пример", "gist_kk": "Қолдады", "gist_ru": "Поддержал"})
        part.add_speech()
        settle()
        if not item.put_to_vote:
            continue
        for name, count in (("for", "5"), ("against", "2"), ("abstained", "0")):
            part.lines[name].setText(count)
            part.lines[name].keep()
        settle()
        assert part.verdict.text().startswith("Принято: для принятия – не менее 4 голосов")
        part.decision_kk.setPlainText("Келісілсін")
        part.decision_ru.setPlainText("Согласовать")
        part.decision_kk.keep()
        part.decision_ru.keep()
        settle()

    # More votes than people: said at once, and what was typed stays.
    part.lines["for"].setText("15")
    part.lines["for"].keep()
    settle()
    assert "голосов (17) больше, чем присутствующих (7)" in part.verdict.text()
    assert part.lines["for"].text() == "15"

    # The last item is voted on by name instead, by the keys 1, 2 and 3.
    def vote(self: NamedVotes) -> bool:
        self.show()
        self.table.setFocus()
        for key in (Qt.Key.Key_1, *[Qt.Key.Key_1] * 4, Qt.Key.Key_2, Qt.Key.Key_3):
            QTest.keyClick(self.table, key)
        self.finish()
        qtbot.waitUntil(lambda: bool(self.result()), timeout=30_000)
        return True

    monkeypatch.setattr(NamedVotes, "run", vote)
    part.vote_by_name()
    settle()
    stored = page.state.view.items[2]
    assert (stored.votes_for, stored.votes_against, stored.votes_abstained) == (5, 1, 1)
    assert [vote for _, vote in stored.votes].count(Vote.FOR) == 5
    answers.append({"hour": "23:59"})
    hall.close_meeting()
    settle()
    assert page.state.view.state is MeetingState.HELD

    # Afterwards: signed, handed over; a task with a term; the akim disagrees, then it is discussed again.
    after = page.after
    page.tabs.setCurrentIndex(2)
    for made in after.signs.values():
        made.click()
    after.days["handed_to_akim"].setText(day(DAY + dt.timedelta(days=1)))
    after.days["handed_to_akim"].keep()
    settle()
    after.items.setCurrentIndex(after.item_model.index(2, 0))
    answers.append({"responsible": "М. Сынақова", "due": day(DAY + dt.timedelta(days=30))})
    after.new_task()
    settle()
    answers.append({"state": TaskState.DONE, "on": day(DAY + dt.timedelta(days=20)), "report": "Жарияланды"})
    after.report_task()
    settle()
    assert page.state.view.items[2].tasks[0].in_time is True
    for step, kk in ((Step.DISAGREED, "Қаражат жоқ"), (Step.REPEATED, "Қайта қаралды")):
        answers.append({"step": step, "day": day(DAY + dt.timedelta(days=3)), "kk": kk})
        after.new_step()
        settle()
    assert [each.step for each in page.state.view.items[2].follow_ups] == [Step.DISAGREED, Step.REPEATED]

    # The card is green, the minutes are on the page and saved as editable Word.
    assert page.state.card.lawful is True, page.state.card.findings
    page.tabs.setCurrentIndex(3)
    settle()
    assert "Протокол № " in page.papers.preview.toPlainText()
    target = tmp_path / "протокол.docx"
    monkeypatch.setattr("akimat_desk.ui.pages.meeting_papers.ask_save", lambda *_: target)
    page.save_docx()
    settle()
    assert target.stat().st_size > 5000


def test_a_scanned_sheet_opens_its_item_and_what_was_typed_survives_a_power_cut(
    opened: Opened,  # noqa: F811
    settle: Settle,  # noqa: F811
    answers: list[dict[str, Any]],
    tmp_path: Path,
) -> None:
    window = opened  # noqa: F811
    path = window.context.workspace.path  # type: ignore[union-attr]
    with Workspace.open(path, read_only=True) as reader, reader.reading() as session:
        planned = next(each.id for each in meetings(session, 1) if each.state is MeetingState.CALLED)
        from akimat_desk.meetings.record import meeting

        item = meeting(session, planned).items[2]
        code = sheet_code(session, SheetCode(planned, item.id))
    misread = code[:-1] + str((int(code[-1]) + 1) % 10)
    answers += [{"code": misread}, {"code": code}]
    window.show_page("meetings")
    settle()
    window.actions_["scan_sheet"].trigger()
    assert "21 цифру" in FormDialog.run.problem  # type: ignore[attr-defined]
    window.actions_["scan_sheet"].trigger()
    settle()
    page: Any = window.page("meeting")
    assert (page.meeting_id, page.tabs.currentIndex()) == (planned, 1)
    assert page.hall.item_part.item_id == item.id
    page.hall.item_part.decision_kk.setPlainText("Бағыттар мақұлдансын")
    page.hall.item_part.decision_kk.keep()
    settle()
    # The power goes: nothing is closed, yet a copy of the files as they lie holds every word.
    for suffix in ("", "-wal"):
        source = path.with_name(path.name + suffix)
        if source.exists():
            shutil.copy(source, tmp_path / f"after.akimat{suffix}")
    with Workspace.open(tmp_path / "after.akimat") as reader, reader.reading() as session:
        from akimat_desk.meetings.record import meeting

        assert meeting(session, planned).items[2].decision.kk == "Бағыттар мақұлдансын"


def test_without_a_quorum_a_new_day_is_planned(
    opened: Opened,  # noqa: F811
    settle: Settle,  # noqa: F811
    answers: list[dict[str, Any]],
) -> None:
    window = opened  # noqa: F811
    window.choose_language(Language.KK)
    window.show_page("meetings")
    settle()
    page: Any = window.page("meetings")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    meeting: Any = window.page("meeting")
    new_day = meeting.state.view.day + dt.timedelta(days=14)
    answers.append({"day": day(new_day)})
    meeting.hall.record_not_held()
    settle()
    assert meeting.state.view.state is MeetingState.NOT_HELD
    meeting.tabs.setCurrentIndex(3)
    settle()
    assert "өткізілмегені туралы акт" in meeting.papers.preview.toPlainText()
    window.show_page("meetings")
    settle()
    assert page.model.index(0, 0).data() == day(new_day)
    assert len(page.line.dots) == page.model.rowCount() == 16


def test_a_list_of_people_is_previewed_and_taken_in(
    opened: Opened,  # noqa: F811
    settle: Settle,  # noqa: F811
    answers: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    window = opened  # noqa: F811
    book = Workbook()
    for row in (["ФИО", "Населенный пункт"], ["Новиков Образец Пробович", "село Улгили"]):
        book.active.append(row)
    book.save(tmp_path / "список.xlsx")
    monkeypatch.setattr(people_page, "ask_people", lambda *_: tmp_path / "список.xlsx")
    shown: list[str] = []

    def run(self: ListPreview) -> bool:
        shown.append(str(self.model.index(0, 4).data()))
        self.finish()
        qtbot.waitUntil(lambda: bool(self.result()), timeout=30_000)
        return True

    monkeypatch.setattr(ListPreview, "run", run)
    answers.append({"body": Body.DEPUTIES, "since": "01.04.2026"})
    window.actions_["take_in_list"].trigger()
    settle()
    page: Any = window.page("people")
    assert shown == ["новый"]
    assert any(person.name == "Новиков Образец Пробович" for person in page._people)
    page.body.setCurrentIndex(page.body.findData(Body.DEPUTIES))
    page._fill()
    assert page.model.rowCount() == 1


def test_a_proposal_is_followed_and_the_year_is_counted(
    opened: Opened,  # noqa: F811
    settle: Settle,  # noqa: F811
    answers: list[dict[str, Any]],
) -> None:
    window = opened  # noqa: F811
    window.show_page("proposals")
    settle()
    page: Any = window.page("proposals")
    answers.append({"what_ru": "Лавочки у клуба", "cost": "320,5", "raised_on": "01.03.2026"})
    page.add()
    settle()
    made = next(each for each in page._proposals if each.what.ru == "Лавочки у клуба")
    assert made.cost == 32_050_000
    page.reveal(made.id)
    settle()
    page.rank_up()
    settle()
    page.reveal(made.id)
    answers += [{"accepted": "accepted"}, {"spent": "300", "on": "01.08.2026"}, {"on": "01.09.2026"}]
    for step in (page.decide, page.pay, page.tell):
        step()
        settle()
        page.reveal(made.id)
        settle()
    assert "300,0" in page.preview.toPlainText()
    answers.append({"line": "07/3/124/011"})
    page.budget()
    settle()
    QApplication.processEvents()
    thread = page.preview.toPlainText()
    assert "07/3/124/011" in thread
    window.show_page("meeting_numbers")
    settle()
    numbers: Any = window.page("meeting_numbers")
    numbers.year.setCurrentIndex(numbers.year.findData(2024))
    numbers.refresh()
    settle()
    assert "за 2024 год" in numbers.preview.toPlainText()


def test_meetings_are_found_from_anywhere(opened: Opened, settle: Settle) -> None:  # noqa: F811
    from akimat_desk.ui.desks.meetings import find_meetings
    from akimat_desk.ui.search import Question

    def ask(words: str) -> list[Any]:
        question = Question(words, Language.RU, 1, 2026)
        found: list[Any] = []
        opened.context.ask(lambda _task: list(find_meetings(opened.context.desk, question)), found.extend)
        settle()
        return found

    assert ask("20.11.2025")[0].page == "meeting"
    assert ask("колодец")[0].page == "proposals"
    assert ask("кудык")[0].title == "Колодец в селе Улгили"  # typed without Kazakh letters
    assert ask("ничего такого") == []


def test_a_budget_document_says_which_minutes_agreed_it(
    opened: Opened,  # noqa: F811
    settle: Settle,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = opened  # noqa: F811
    shown: list[DocumentDialog] = []
    monkeypatch.setattr(
        DocumentDialog,
        "ask",
        classmethod(lambda cls, context, details, parent: shown.append(cls(context, details, parent))),
    )
    window.context.ask(
        lambda _task: window.context.desk.overview(1), lambda found: decisions.extend(found.decisions)
    )
    decisions: list[Any] = []
    settle()
    for number in ("XXXIV-212", "XXXIX-241"):
        chosen = next(each for each in decisions if each.number == number)
        window.context.choose_decision(chosen)
        window.show_page("budget")
        settle()
        window.actions_["details"].trigger()
        settle()
    first, second = shown
    assert "протокол № 3, 20.11.2025, вопрос 2: согласовано" in first.agreed.text()
    assert "⚠" not in first.agreed.text()
    assert "07/3/124/011 – Освещение улицы Школьной" in second.proposals.text()
    for dialog in shown:
        dialog.deleteLater()

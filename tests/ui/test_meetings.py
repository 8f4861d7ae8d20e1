"""The parts of the meetings' pages: models, the line in time, forms, fields that save themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from akimat_desk.meetings.kinds import Vote
from akimat_desk.meetings.views import AttendanceView
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.form import Field, FormDialog, Kind, read_count, read_hour
from akimat_desk.ui.dialogs.speech import SpeechDialog
from akimat_desk.ui.formats import read_day
from akimat_desk.ui.models.hall import HallModel, VotesModel
from akimat_desk.ui.widgets.autosave import AutoLine, AutoText
from akimat_desk.ui.widgets.timeline import Dot, Timeline
from akimat_desk.ui.window import MainWindow

HEADS = ("ФИО", "Занятие", "Пришел", "Ушел")


def someone(person_id: int | None, name: str, **changes: Any) -> AttendanceView:
    fields: dict[str, Any] = {"guest": False, "came": False, **changes}
    return AttendanceView(None, person_id, name, "мұғалім", **fields)


def test_the_list_of_the_hall(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = HallModel()
    people = [
        someone(1, "Үлгібаев М."),
        someone(2, "Образцов П.", came=True, arrived=dt.time(15, 20)),
        someone(None, "Қонақов Ү.", guest=True, came=True),
    ]
    model.show_people(people, HEADS, "приглашенный")
    qtmodeltester.check(model)
    check = Qt.ItemDataRole.CheckStateRole
    assert [model.index(row, 0).data(check) for row in range(3)] == [
        Qt.CheckState.Unchecked, Qt.CheckState.Checked, None,
    ]  # fmt: skip
    assert model.index(1, 2).data() == "15:20"
    assert model.index(2, 1).data() == "мұғалім (приглашенный)"
    with qtbot.waitSignal(model.ticked) as told:
        assert model.setData(model.index(0, 0), Qt.CheckState.Checked, check)
    assert told.args == [1, True]
    assert not model.setData(model.index(2, 0), Qt.CheckState.Checked, check)
    model.editable = False
    assert not model.setData(model.index(0, 0), Qt.CheckState.Checked, check)
    with qtbot.waitSignal(model.dataChanged):  # the same people: nothing is built anew
        model.show_people([someone(1, "Үлгібаев М.", came=True), *people[1:]], HEADS, "приглашенный")


def test_votes_by_name(qtmodeltester: ModelTester) -> None:
    words = {vote: vote.value for vote in Vote}
    model = VotesModel([(1, "А"), (2, "Б"), (3, "В")], [(2, Vote.AGAINST)], words, ("ФИО", "Голос"))
    qtmodeltester.check(model)
    model.set_vote(0, Vote.FOR)
    model.set_vote(1, None)
    model.set_vote(2, Vote.ABSTAINED)
    assert model.votes == [(1, Vote.FOR), (3, Vote.ABSTAINED)]
    assert [model.index(row, 1).data() for row in range(3)] == ["for", "", "abstained"]


def test_the_line_in_time_is_walked_by_keys_and_clicks(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    line.resize(600, 80)
    dots = [
        Dot(7, dt.date(2024, 3, 1), "март", "good", True),
        Dot(5, dt.date(2023, 3, 1), "весна", "warning", False),
        Dot(9, dt.date(2025, 3, 1), "потом", "error", True),
    ]
    line.show_dots(dots)
    line.show()
    assert [dot.key for dot in line.dots] == [5, 7, 9]
    assert line.place(0).x() < line.place(1).x() < line.place(2).x()
    with qtbot.waitSignal(line.chosen) as chosen:
        QTest.keyClick(line, Qt.Key.Key_Right)
    assert chosen.args == [5]
    assert line.accessibleDescription() == "весна"
    with qtbot.waitSignal(line.chosen) as chosen:
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.place(2).toPoint())
    assert chosen.args == [9]
    with qtbot.waitSignal(line.opened) as opened:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened.args == [9]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPointF(2, 2).toPoint())  # nothing there
    line.grab()
    line.show_dots([])
    line.grab()


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("15:00", dt.time(15)), ("9", dt.time(9)), ("1530", dt.time(15, 30)), ("9.05", dt.time(9, 5)),
        ("", None),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(written: str, hour: dt.time | None) -> None:
    assert read_hour(written) == hour


@pytest.mark.parametrize("written", ["25:00", "полдень", "12:61", "15:"[:-1] + ":x"])
def test_what_is_no_hour(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_hour(written)


def test_counts_are_whole_and_not_negative() -> None:
    assert read_count(" 1 230 ") == 1230
    assert read_count("") is None
    for wrong in ("-1", "1,5", "много"):
        with pytest.raises(ValueError, match=r"."):
            read_count(wrong)


def test_a_field_saves_what_was_typed_by_itself(qtbot: QtBot) -> None:
    line = AutoLine(read_day)
    qtbot.addWidget(line)
    line.show_value("01.02.2026")
    with qtbot.waitSignal(line.kept) as kept:
        line.selectAll()
        QTest.keyClicks(line, "03.02.2026")
    assert kept.args == [dt.date(2026, 2, 3)]
    with qtbot.assertNotEmitted(line.kept):
        line.keep()  # nothing new
    with qtbot.waitSignal(line.refused):
        line.setText("завтра")
        line.keep()
    assert line.text() == "завтра"  # what was typed is not lost


def test_what_is_being_typed_is_not_overwritten(qtbot: QtBot) -> None:
    line = AutoLine()
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, "typed")  # Qt's test keyboard has Latin letters only
    line.show_value("Ескі")
    assert line.text() == "typed"
    text = AutoText()
    qtbot.addWidget(text)
    with qtbot.waitSignal(text.kept) as kept:
        text.insertPlainText("Келісілсін ")
    assert kept.args == ["Келісілсін"]
    text.show_value("Бас тартылсын")
    assert text.toPlainText() == "Бас тартылсын"


def test_a_form_says_what_is_wrong_and_stays(qtbot: QtBot, context: Context) -> None:
    stored: list[dict[str, Any]] = []

    def save(values: dict[str, Any]) -> Any:
        return lambda _task: stored.append(values) or 7

    fields = (
        Field("day", Kind.DAY, "ui.meeting.day", needed=True),
        Field("count", Kind.COUNT, "ui.meeting.initiators"),
        Field("amount", Kind.AMOUNT, "ui.proposals.cost", 150050),
        Field("hour", Kind.HOUR, "ui.hall.hour", dt.time(9)),
        Field("kind", Kind.CHOICE, "ui.hall.col.kind", 2, ((1, "а"), (2, "б"))),
        Field("sure", Kind.CHECK, "ui.hall.is_guest", True),
        Field("words", Kind.TEXT, "ui.hall.gist_kk", "сөз"),
    )
    dialog = FormDialog(context, "ui.meeting.add", fields, save)
    qtbot.addWidget(dialog)
    dialog.finish()
    assert "Дата проведения" in dialog.problem.text()
    day, count = dialog.widgets["day"], dialog.widgets["count"]
    assert isinstance(day, QLineEdit)
    assert isinstance(count, QLineEdit)
    day.setText("05.05.2026")
    count.setText("много")
    dialog.finish()
    assert "целое число" in dialog.problem.text()
    count.setText("3")
    with qtbot.waitSignal(dialog.accepted):
        dialog.finish()
    assert dialog.saved == 7
    assert stored == [
        {
            "day": dt.date(2026, 5, 5), "count": 3, "amount": 150050, "hour": dt.time(9), "kind": 2,
            "sure": True, "words": "сөз",
        }
    ]  # fmt: skip


def test_a_speech_is_stored_while_it_is_typed_and_taken_back_when_called_off(
    opened: MainWindow, settle: Callable[[], None], qtbot: QtBot
) -> None:
    opened.reveal("meeting", 9)
    settle()
    page: Any = opened.page("meeting")
    part = page.hall.item_part
    before = len(part.item.speeches)

    def typed(said: object) -> SpeechDialog:
        fields = part._speech_fields(said)
        dialog = SpeechDialog(part.context, "ui.hall.say", fields, part.item_id, said, part)
        gist = dialog.widgets["gist_kk"]
        assert isinstance(gist, QPlainTextEdit)
        gist.setPlainText("Жол туралы")
        dialog.keep()
        gist.setPlainText("Жол туралы айтты")
        dialog.keep()
        settle()
        return dialog

    dialog = typed(None)
    assert [each.gist.kk for each in part.item.speeches[before:]] == ["Жол туралы айтты"]
    dialog.reject()
    settle()
    assert len(part.item.speeches) == before
    dialog = typed(None)
    with qtbot.waitSignal(dialog.accepted):
        dialog.finish()
    settle()
    assert len(part.item.speeches) == before + 1  # one speech, however often it was stored
    first = part.item.speeches[0]
    dialog = typed(first)
    dialog.reject()
    settle()
    assert part.item.speeches[0] == first

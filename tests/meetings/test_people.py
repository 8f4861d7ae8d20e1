"""Lists of people: what is on file, what comes in from Excel, and what is wrong with a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from akimat_desk.core.errors import InputRefused, RuleBroken, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.intake.doors import read_bytes, read_file
from akimat_desk.meetings.calling import plan_meeting
from akimat_desk.meetings.holding import mark_came
from akimat_desk.meetings.kinds import MeetingKind
from akimat_desk.meetings.lists import ListRow, RowState, read_people, take_in_people
from akimat_desk.meetings.people import (
    add_membership,
    add_person,
    assembly_findings,
    change_person,
    delete_locality,
    delete_person,
    localities,
    members_on,
    people,
    set_locality,
)
from akimat_desk.meetings.states import Body
from akimat_desk.storage.base import Base

from .conftest import ACTOR, NAMES, Office

DAY = dt.date(2025, 11, 20)


def sheet(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    path = folder / "тізім.xlsx"
    book.save(path)
    return path


def preview(office: Office, path: Path, since: dt.date | None = DAY) -> list[ListRow]:
    with office.workspace.reading() as session:
        return read_people(session, office.unit_id, read_file(path), Body.DEPUTIES, since)


def test_a_list_is_shown_first_and_then_taken_in_as_one(office: Office, tmp_path: Path) -> None:
    rows = preview(
        office,
        sheet(
            tmp_path,
            [
                ["№", "Аты-жөні", "Елді мекен", "Лауазымы", "Сайланған күні"],
                [1, "Жаңаев Үлгі Сынақұлы", "Үлгілі", "мұғалім", "01.04.2025"],
                [2, NAMES[0], "", "", None],
            ],
        ),
    )
    assert [(row.state, row.since) for row in rows] == [
        (RowState.NEW, dt.date(2025, 4, 1)),
        (RowState.KNOWN, DAY),
    ]
    assert rows[0].occupation == "мұғалім"
    with office.workspace.reading() as session:
        assert members_on(session, office.unit_id, Body.DEPUTIES, DAY) == []
    assert take_in_people(office.workspace, ACTOR, office.unit_id, rows, Body.DEPUTIES) == 2
    with office.workspace.reading() as session:
        members = members_on(session, office.unit_id, Body.DEPUTIES, DAY)
    assert [member.name for member in members] == ["Жаңаев Үлгі Сынақұлы", NAMES[0]]
    again = preview(office, tmp_path / "тізім.xlsx")
    assert {row.state for row in again} == {RowState.SAME}


def test_what_is_wrong_is_said_row_by_row_and_nothing_is_half_taken_in(
    office: Office, tmp_path: Path
) -> None:
    rows = preview(
        office,
        sheet(
            tmp_path,
            [
                ["ФИО", "Населенный пункт", "Дата избрания", "Окончание"],
                ["Новиков Образец Пробович", "Улгили", "01.04.2025", ""],
                ["НОВИКОВ  образец Пробович", "Улгили", "", ""],
                ["Дальний Эскиз", "Неведомое", "", ""],
                ["Поздний Пример", "", "31.02.2025", ""],
                ["Обратный Пример", "", "01.04.2025", "01.03.2025"],
                ["Прежний Пример", "", "01.04.2019", "31.03.2023"],
                ["", "Улгили", "", ""],
            ],
        ),
    )
    said = [row.problem.text(Language.RU) if row.problem else "" for row in rows]
    assert said[0] == ""
    assert "строке 2" in said[1]
    assert "Неведомое" in said[2]
    assert "31.02.2025" in said[3]
    assert "раньше начала" in said[4]
    assert "истек 31.03.2023" in said[5]
    assert said[6] == "нет фамилии и имени"
    assert [row.state for row in rows].count(RowState.ERROR) == 5
    assert rows[5].state is RowState.NEW  # a term that is over is said, and may be meant
    with pytest.raises(RuleBroken):
        take_in_people(office.workspace, ACTOR, office.unit_id, rows, Body.DEPUTIES)
    with office.workspace.reading() as session:
        assert len(people(session, office.unit_id)) == len(NAMES)


def test_names_without_heads_are_understood(office: Office, tmp_path: Path) -> None:
    rows = preview(office, sheet(tmp_path, [[1, "Жаңаев Үлгі Сынақұлы"], [2, "Мысалов Өрнек Үлгіұлы"]]))
    assert [row.name for row in rows] == ["Жаңаев Үлгі Сынақұлы", "Мысалов Өрнек Үлгіұлы"]
    document = read_bytes("1. Жаңаев Үлгі Сынақұлы\n2. Мысалов Өрнек\n".encode(), "тізім.txt")
    with office.workspace.reading() as session:
        read = read_people(session, office.unit_id, document, None, None)
    assert [row.name for row in read] == ["Жаңаев Үлгі Сынақұлы", "Мысалов Өрнек"]


def test_a_list_without_people_is_refused_in_words(office: Office, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as problem:
        preview(office, sheet(tmp_path, [["сома", "код"], [10, 20]]))
    assert "тізім.xlsx" in problem.value.text(Language.KK)
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(InputRefused):
        preview(office, broken)


def test_a_name_is_on_file_once_whatever_letters_it_is_typed_with(office: Office) -> None:
    latin_i = NAMES[0].replace("і", "i")
    with pytest.raises(UsageProblem):
        add_person(office.workspace, ACTOR, office.unit_id, latin_i)
    with pytest.raises(UsageProblem):
        add_person(office.workspace, ACTOR, office.unit_id, "  ")
    with pytest.raises(UsageProblem):
        change_person(office.workspace, ACTOR, office.members[1], name=NAMES[0])
    assert (
        change_person(office.workspace, ACTOR, office.members[1], occupation="ардагер").occupation
        == "ардагер"
    )


def test_a_term_runs_into_no_other_term(office: Office) -> None:
    with pytest.raises(UsageProblem):
        add_membership(office.workspace, ACTOR, office.members[0], Body.ASSEMBLY, dt.date(2028, 2, 29))
    add_membership(office.workspace, ACTOR, office.members[0], Body.ASSEMBLY, dt.date(2028, 3, 1))
    with office.workspace.reading() as session:
        person = next(each for each in people(session, office.unit_id) if each.id == office.members[0])
    assert [each.until for each in person.memberships] == [dt.date(2028, 2, 29), dt.date(2032, 2, 29)]
    with pytest.raises(UsageProblem):
        add_membership(office.workspace, ACTOR, office.members[0], Body.COMMISSION, None)
    with pytest.raises(UsageProblem):
        add_membership(
            office.workspace, ACTOR, office.members[0], Body.COMMISSION, DAY, DAY - dt.timedelta(days=1)
        )


def test_the_assembly_is_measured_by_the_population(office: Office) -> None:
    with office.workspace.reading() as session:
        assert assembly_findings(session, office.unit_id, DAY) == []
        over = assembly_findings(session, office.unit_id, dt.date(2028, 3, 1))
    assert {finding.code for finding in over} == {"meeting.term_over"}
    set_locality(office.workspace, ACTOR, office.unit_id, Trilingual("Жаңа ауыл", "Новое село"), 14000, 9000)
    with office.workspace.reading() as session:
        found = assembly_findings(session, office.unit_id, DAY)
    assert {finding.code for finding in found} == {
        "meeting.locality_without_member", "meeting.assembly_size",
    }  # fmt: skip


def test_localities_have_one_name_and_no_more_people_entitled_than_residents(office: Office) -> None:
    workspace, unit_id = office.workspace, office.unit_id
    for name, residents, entitled in (
        (Trilingual("", "Жанабулак"), 1, 1), (Trilingual(), 1, 1),
        (Trilingual("Басқа"), 10, 11), (Trilingual("Басқа"), -1, None),
    ):  # fmt: skip
        with pytest.raises(UsageProblem):
            set_locality(workspace, ACTOR, unit_id, name, residents, entitled)
    with workspace.reading() as session:
        first = localities(session, unit_id)[0]
    with pytest.raises(RuleBroken):
        delete_locality(workspace, ACTOR, first.id)
    changed = set_locality(workspace, ACTOR, unit_id, first.name, 950, 610, locality_id=first.id)
    assert (changed.id, changed.entitled) == (first.id, 610)
    empty = set_locality(workspace, ACTOR, unit_id, Trilingual("Бос"), None, None)
    delete_locality(workspace, ACTOR, empty.id)
    with workspace.reading() as session:
        assert len(localities(session, unit_id)) == 2


def test_who_was_at_a_meeting_stays_on_file(office: Office) -> None:
    meeting_id = plan_meeting(office.workspace, ACTOR, office.unit_id, MeetingKind.ASSEMBLY, DAY)
    mark_came(office.workspace, ACTOR, meeting_id, office.members[0])
    with pytest.raises(RuleBroken):
        delete_person(office.workspace, ACTOR, office.members[0])
    delete_person(office.workspace, ACTOR, office.members[7])
    with office.workspace.reading() as session:
        assert len(people(session, office.unit_id)) == 7


def test_personal_data_is_marked_in_the_model() -> None:
    marked = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.get("personal")
    }
    assert {"people.name", "meeting_speeches.speaker", "resident_proposals.author"} <= marked


def test_people_stand_in_the_order_of_the_kazakh_alphabet(office: Office) -> None:
    ordered = [
        "Авторов А.",
        "Әдісов Ә.",
        "Белесов Б.",
        "Кеңесов К.",
        "Қарарова Қ.",
        "Іргебаев І.",
        "Эскизов Э.",
    ]
    for name in reversed(ordered):
        add_person(office.workspace, ACTOR, office.unit_id, name, body=Body.DEPUTIES, since=DAY)
    with office.workspace.reading() as session:
        assert [each.name for each in people(session, office.unit_id) if each.name in ordered] == ordered
        members = members_on(session, office.unit_id, Body.DEPUTIES, DAY)
    assert [member.name for member in members] == ordered

"""People by year: typed, taken from a workbook, asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.intake import read_bytes
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.population import (
    MOST_PEOPLE,
    PeopleIn,
    PopulationFile,
    people_in,
    populations,
    read_people,
    read_populations,
    set_people,
    take_in_populations,
)
from akimat_desk.places.service import create_unit
from akimat_desk.storage.journal import entries
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")
NAMES = (
    Trilingual("Ақбұлақ ауылдық округі", "Акбулакский сельский округ"),
    Trilingual("Шаған ауылы", "село Шаган"),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "аудан.akimat")
    create_unit(made, ACTOR, kind=UnitKind.OKRUG, name=NAMES[0], kato="993230000")
    create_unit(made, ACTOR, kind=UnitKind.VILLAGE, name=NAMES[1], kato="993251000")
    yield made
    made.close(make_backup=False)


def read(workspace: Workspace, *rows: Sequence[object]) -> PopulationFile:
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet("Халық")
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    book.close()
    with workspace.reading() as session:
        return read_populations(session, read_bytes(kept.getvalue(), "халық.xlsx"))


def test_a_figure_is_kept_changed_and_taken_away(workspace: Workspace) -> None:
    set_people(workspace, ACTOR, 1, 2025, 2400, " статистика ")
    set_people(workspace, ACTOR, 1, 2026, 2345)
    set_people(workspace, ACTOR, 1, 2025, 2410, "статистика")
    with workspace.reading() as session:
        assert populations(session, 1) == [PeopleIn(1, 2025, 2410, "статистика"), PeopleIn(1, 2026, 2345)]
        assert people_in(session, 1, 2030) == PeopleIn(1, 2026, 2345)
        assert people_in(session, 1, 2024) is None
        assert people_in(session, 2, 2026) is None
    set_people(workspace, ACTOR, 1, 2026, None)
    with workspace.reading() as session:
        assert [row.year for row in populations(session)] == [2025]
        assert [entry.action for entry in entries(session)][:4] == ["population.set"] * 4


@pytest.mark.parametrize(
    ("unit", "year", "people", "key"),
    [
        (9, 2026, 1, "error.places.unit_gone"),
        (1, 1066, 1, "error.places.people_year"),
        (1, 2026, -1, "error.places.people_number"),
        (1, 2026, MOST_PEOPLE + 1, "error.places.people_number"),
    ],
)
def test_impossible_figures_are_refused(
    workspace: Workspace, unit: int, year: int, people: int, key: str
) -> None:
    with pytest.raises(UsageProblem) as problem:
        set_people(workspace, ACTOR, unit, year, people)
    assert problem.value.message.key == key


@given(st.integers(0, MOST_PEOPLE))
def test_numbers_are_read_as_people_write_them(people: int) -> None:
    assert read_people(f" {people:,} ".replace(",", "\N{NO-BREAK SPACE}")) == people


@pytest.mark.parametrize("typed", ["", "много", "12,5", "-3", "9" * 12])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(UsageProblem):
        read_people(typed)


def test_a_column_for_each_year(workspace: Workspace) -> None:
    set_people(workspace, ACTOR, 1, 2024, 2500)
    file = read(
        workspace,
        ("Халық саны",),
        ("ӘАОЖ коды", "Атауы", "2024", "2025 ж.", "2026 год"),
        (993230000, "", 2500, "2 400", 2345),
        ("", "село  Шаган", 800, None, 780),
        (111111111, "Жоқ", 1, 2, 3),
        ("", NAMES[0].kk, "көп", None, None),
    )
    said = [(row.unit.id, row.year, row.people, row.before) for row in file.rows]
    assert said == [(1, 2024, 2500, 2500), (1, 2025, 2400, None), (1, 2026, 2345, None),
                    (2, 2024, 800, None), (2, 2026, 780, None)]  # fmt: skip
    assert [(f.code, f.where.row) for f in file.findings] == [
        ("places.people_unit", 5),
        ("places.people_number", 6),
    ]
    assert take_in_populations(workspace, ACTOR, file) == 4
    with workspace.reading() as session:
        assert people_in(session, 2, 2026) == PeopleIn(2, 2026, 780, "халық.xlsx")
    with pytest.raises(UsageProblem) as problem:
        take_in_populations(workspace, ACTOR, read(workspace, ("ӘАОЖ коды", "2024"), (993230000, 2500)))
    assert problem.value.message.key == "error.places.people_nothing_new"


def test_a_row_for_each_year(workspace: Workspace) -> None:
    file = read(
        workspace,
        ("Код КАТО", "Год", "Численность населения", "Источник"),
        ("993251000", 2025, 812, "Отчет"),
        ("993251000", "2025", 813, ""),
        ("993251000", "скоро", 800, ""),
    )
    assert [(row.year, row.people, row.source) for row in file.rows] == [(2025, 812, "Отчет")]
    assert [f.code for f in file.findings] == ["places.people_twice", "places.people_year"]
    for finding in file.findings:
        for language in Language:
            assert finding.message(language)


def test_another_workbook_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputRefused) as refused:
        read(workspace, ("Фамилия", "Оклад"), ("Асанов", 100))
    assert refused.value.message.key == "error.places.not_people"


def test_a_workspace_of_one_unit_needs_no_name(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "округ.akimat") as lone:
        create_unit(lone, ACTOR, kind=UnitKind.OKRUG, name=NAMES[0])
        file = read(lone, ("Жыл", "Халық саны"), (2026, 2345))
        assert [(row.year, row.people) for row in file.rows] == [(2026, 2345)]
        lone.close(make_backup=False)

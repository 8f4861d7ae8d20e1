"""Rows that change without the program are noticed: by ``check``, and on opening, with the way back named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.core.language import Language
from akimat_desk.storage.backup import copies
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.settings import set_setting
from akimat_desk.storage.workspace import Actor, Workspace
from tests.storage.flips import count_flips

ACTOR = Actor("test")


@pytest.fixture
def filled(path: Path) -> Path:
    with Workspace.create(path) as workspace:
        for number in range(150):
            workspace.set_setting(ACTOR, f"key.{number:04}", "мән" * (number % 40))
    return path


def _altered(path: Path) -> list[str]:
    with Workspace.open(path, read_only=True) as workspace:
        return [finding.code for finding in check_workspace(workspace)]


def test_flipped_bits_are_noticed(filled: Path) -> None:
    tally = count_flips(filled, 250, seed=7, opening=False)
    assert tally.missed == 0
    assert tally.noticed > 25  # most of so small a file is empty pages


def test_flipped_bits_are_noticed_at_opening(filled: Path) -> None:
    tally = count_flips(filled, 30, seed=8, opening=True)
    assert tally.missed == 0
    assert tally.at_opening > 0


def test_an_altered_amount_closes_the_door_and_names_the_newest_good_copy(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as another, another:
        another.execute("UPDATE settings SET value = '\"басқа\"' WHERE key = 'key.0100'")
    assert _altered(filled) == ["storage.altered"]
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(filled)
    assert copies(filled)[0][1].name in problem.value.text(Language.RU)


def test_what_the_program_changes_is_as_it_was_stored(path: Path) -> None:
    with Workspace.create(path) as workspace:
        for round_ in range(3):
            with workspace.changing(ACTOR, "a.b") as change:
                for number in range(200):
                    # Inserted, then changed, then every second one taken away.
                    gone = round_ == 2 and number % 2 == 0
                    set_setting(change, f"key.{number}", None if gone else f"{round_} {number}")
            assert check_workspace(workspace) == []
    assert _altered(path) == []


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 140), st.one_of(st.none(), st.text(max_size=8))), min_size=1),
        min_size=1,
        max_size=6,
    )
)
def test_any_changes_leave_right_digests(
    tmp_path_factory: pytest.TempPathFactory, changes: list[list[tuple[int, str | None]]]
) -> None:
    path = tmp_path_factory.mktemp("digests") / "a.akimat"
    with Workspace.create(path) as workspace:
        for each in changes:
            with workspace.changing(ACTOR, "a.b") as change:
                for number, value in each:
                    set_setting(change, f"key.{number}", value)
        assert check_workspace(workspace) == []
        workspace.close(make_backup=False)


def _break_off(workspace: Workspace) -> None:
    with workspace.changing(ACTOR, "a.b") as change:
        set_setting(change, "key.0001", "x")
        change.session.flush()
        raise ZeroDivisionError


def test_a_change_that_is_undone_leaves_the_digests_alone(filled: Path) -> None:
    with Workspace.open(filled) as workspace:
        with pytest.raises(ZeroDivisionError):
            _break_off(workspace)
        workspace.set_setting(ACTOR, "key.0149", "y")
    assert _altered(filled) == []

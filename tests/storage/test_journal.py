"""The journal's chain."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.findings import Severity
from akimat_desk.storage import journal
from akimat_desk.storage.journal import canonical, entries, head, verify_journal
from akimat_desk.storage.workspace import Actor, Workspace
from tests.storage.conftest import BOTH

ACTOR = Actor("tester")


COPIED = "at, actor_id, action, fields, touched, program, prev_hash, 'h' FROM journal WHERE id = 1"


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """The file with its guards taken off and put back: what someone who knows SQL would do."""
    with closing(sqlite3.connect(path)) as connection, connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards:
            connection.execute(sql)


def _codes(path: Path) -> list[tuple[str, int | None]]:
    with Workspace.open(path, read_only=True) as workspace:
        return [(finding.code, finding.where.row) for finding in verify_journal(workspace)]


def test_an_untouched_journal_stands(filled: Path) -> None:
    assert _codes(filled) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET action = 'x'",
        "DELETE FROM journal",
        "DELETE FROM journal WHERE id = 6",
        f"INSERT INTO journal SELECT 99, {COPIED}",
        f"INSERT OR REPLACE INTO journal SELECT 1, {COPIED}",
    ],
)
def test_the_database_refuses_to_alter_it(filled: Path, statement: str) -> None:
    with (
        closing(sqlite3.connect(filled)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
        connection,
    ):
        connection.execute(statement)
    assert _codes(filled) == []


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE journal SET action = 'nothing.happened' WHERE id = 3", [3]),
        ("UPDATE journal SET fields = '{}' WHERE id = 4", [4]),
        ("UPDATE journal SET at = '2001-01-01 00:00:00.000000' WHERE id = 1", [1]),
        ("UPDATE journal SET touched = '[[\"unit\",1]]' WHERE id = 6", [6]),
        ("DELETE FROM journal WHERE id = 3", [4, 5, 6]),
        ("UPDATE journal SET prev_hash = 'x' WHERE id = 2", [2]),
    ],
)
def test_an_altered_row_shows(filled: Path, statement: str, where: list[int]) -> None:
    with tampering(filled) as connection:
        connection.execute(statement)
    broken = [row for code, row in _codes(filled) if code == "journal.broken"]
    assert broken[:1] == where[:1]
    assert set(broken) <= set(where)


def test_putting_another_name_to_a_change_shows(filled: Path) -> None:
    with tampering(filled) as connection:
        connection.execute("UPDATE actors SET name = 'someone else' WHERE id = 1")
    assert ("journal.actor_changed", 1) in _codes(filled)


def test_a_name_can_go_and_the_chain_stands(filled: Path) -> None:
    with tampering(filled) as connection:
        connection.execute("UPDATE actors SET name = NULL")
    assert _codes(filled) == []
    with Workspace.open(filled, read_only=True) as workspace, workspace.reading() as session:
        assert {entry.actor for entry in entries(session)} == {""}


@BOTH
def test_a_clock_set_back_is_a_remark(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Slow:
            return cls(2000, 1, 1, tzinfo=tz)

    monkeypatch.setattr(journal.dt, "datetime", Slow)
    workspace.set_setting(ACTOR, "a", 1)
    monkeypatch.undo()
    findings = verify_journal(workspace)
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("journal.clock_back", Severity.WARNING)
    ]


@BOTH
def test_the_head_is_the_last_rows(workspace: Workspace) -> None:
    workspace.set_setting(ACTOR, "a", 1)
    with workspace.reading() as session:
        newest, before = entries(session)
        assert head(session) == (2, newest.hash)
        assert before.hash != newest.hash
        assert entries(session, newest=1) == [newest]


class Colour(StrEnum):
    RED = "red"


def test_one_form_of_json() -> None:
    assert canonical({"b": dt.date(2026, 1, 2), "a": (1, None, True, Colour.RED), "c": {3, 1, 2}}) == (
        '{"a":[1,null,true,"red"],"b":"2026-01-02","c":[1,2,3]}'
    )
    for wrong in (0.5, b"x", object()):
        with pytest.raises(TypeError):
            canonical({"a": wrong})


@given(st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=6) | st.none(), max_size=5))
def test_the_order_of_keys_does_not_matter(fields: dict[str, object]) -> None:
    assert canonical(fields) == canonical(dict(reversed(fields.items())))

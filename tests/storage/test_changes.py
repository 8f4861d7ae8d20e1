"""The one door for writes."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.places.tables import Post
from akimat_desk.storage.changes import Changes
from akimat_desk.storage.journal import entries, verify_journal
from akimat_desk.storage.settings import get_setting, set_setting
from akimat_desk.storage.tables import Setting
from akimat_desk.storage.workspace import Actor, Workspace
from tests.storage.conftest import BOTH

ACTOR = Actor("tester")


@BOTH
def test_a_change_and_its_journal_row_are_one(workspace: Workspace) -> None:
    with workspace.changing(ACTOR, "decision.confirmed", number="12/3", year=2026) as change:
        set_setting(change, "a", 1)
        change.touch("budget_document", 7)
        change.touch("budget_document", 7)
        change.fields["lines"] = 3
    with workspace.reading() as session:
        newest = entries(session)[0]
    assert (newest.action, newest.actor) == ("decision.confirmed", "tester")
    assert newest.fields == {"number": "12/3", "year": 2026, "lines": 3}
    assert newest.touched == (("budget_document", 7),)


@BOTH
def test_an_exception_undoes_everything(workspace: Workspace) -> None:
    told: list[Changes] = []
    workspace.subscribe(told.append)

    def fail() -> None:
        with workspace.changing(ACTOR, "a.b") as change:
            set_setting(change, "a", 1)
            change.session.flush()
            raise KeyError("no")

    with pytest.raises(KeyError):
        fail()
    with workspace.reading() as session:
        assert get_setting(session, "a") is None
        assert len(entries(session)) == 1
    assert told == []
    workspace.set_setting(ACTOR, "a", 2)  # and the door is open again


@BOTH
def test_an_amount_of_no_use_to_the_journal_undoes_the_change(workspace: Workspace) -> None:
    with pytest.raises(TypeError), workspace.changing(ACTOR, "a.b", share=0.3) as change:
        set_setting(change, "a", 1)
    with workspace.reading() as session:
        assert get_setting(session, "a") is None


@BOTH
def test_a_change_inside_a_change_is_a_fault(workspace: Workspace) -> None:
    with (
        pytest.raises(RuntimeError, match="inside"),
        workspace.changing(ACTOR, "outer"),
        workspace.changing(ACTOR, "inner"),
    ):
        pass
    with workspace.reading() as session:
        assert len(entries(session)) == 1


@BOTH
def test_references_are_enforced(workspace: Workspace) -> None:
    with pytest.raises(IntegrityError), workspace.changing(ACTOR, "a.b") as change:
        change.session.add(Post(unit_id=99, position="akim", person="A. B."))
    with workspace.reading() as session:
        assert len(entries(session)) == 1


@BOTH
def test_subscribers_hear_of_what_was_committed(workspace: Workspace) -> None:
    told: list[Changes] = []
    seen: list[object] = []

    def ask_again(_changes: Changes) -> None:
        with workspace.reading() as session:
            seen.append(get_setting(session, "a"))

    stop = workspace.subscribe(told.append)
    workspace.subscribe(ask_again)
    with workspace.changing(ACTOR, "unit.created") as change:
        set_setting(change, "a", 1)
        change.touch("unit", 1)
        change.touch("post", 2)
    assert told == [
        Changes("unit.created", frozenset({"unit", "post"}), frozenset({("unit", 1), ("post", 2)}))
    ]
    assert seen == [1]
    stop()
    stop()
    workspace.set_setting(ACTOR, "a", 2)
    assert len(told) == 1
    assert seen == [1, 2]


@BOTH
def test_a_subscriber_may_change_something_itself(workspace: Workspace) -> None:
    def follow(changes: Changes) -> None:
        if changes.action == "first":
            workspace.set_setting(ACTOR, "followed", True)

    workspace.subscribe(follow)
    with workspace.changing(ACTOR, "first"):
        pass
    with workspace.reading() as session:
        assert get_setting(session, "followed") is True


@BOTH
def test_a_failing_subscriber_does_not_deny_the_change(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Changes] = []

    def fail(_changes: Changes) -> None:
        raise ValueError("screen")

    workspace.subscribe(fail)
    workspace.subscribe(told.append)
    workspace.set_setting(ACTOR, "a", 1)
    assert len(told) == 1
    assert "setting.changed" in caplog.text


@BOTH
def test_a_reading_session_writes_nothing(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError, match="cannot write"), workspace.reading() as session:
        session.add(Setting(key="a", value="1"))
    with pytest.raises(RuntimeError, match="cannot commit"), workspace.reading() as session:
        session.commit()
    with pytest.raises(EnvironmentProblem), workspace.reading() as session:
        session.execute(text("INSERT INTO settings VALUES ('a', '1')"))
    with workspace.reading() as session:
        assert get_setting(session, "a") is None


@BOTH
def test_a_reader_sees_one_state_while_another_thread_writes(workspace: Workspace) -> None:
    workspace.set_setting(ACTOR, "a", 0)
    opened, written = threading.Event(), threading.Event()

    def write() -> None:
        opened.wait(20)
        for number in range(1, 20):
            workspace.set_setting(ACTOR, "a", number)
        written.set()

    thread = threading.Thread(target=write)
    thread.start()
    with workspace.reading() as session:
        assert get_setting(session, "a") == 0
        opened.set()
        assert written.wait(20)  # the writer did not have to wait for the reader
        session.expire_all()
        assert get_setting(session, "a") == 0
    thread.join()
    with workspace.reading() as session:
        assert get_setting(session, "a") == 19


@BOTH
def test_changes_from_many_threads_queue_up(workspace: Workspace) -> None:
    faults: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(15):
                with workspace.changing(ACTOR, "count") as change:
                    found = get_setting(change.session, "n", 0)
                    assert isinstance(found, int)
                    set_setting(change, "n", found + 1)
        except BaseException as error:  # noqa: BLE001 - told to the test
            faults.append(error)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with workspace.reading() as session:
        assert get_setting(session, "n") == 60
    assert verify_journal(workspace) == []


def test_definitions_roll_back_too(workspace: Workspace) -> None:
    def fail() -> None:
        with workspace.changing(ACTOR, "a.b") as change:
            change.session.execute(text("CREATE TABLE extra (id INTEGER)"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with workspace.reading() as session:
        names = session.execute(text("SELECT name FROM sqlite_master WHERE name = 'extra'")).all()
    assert names == []


def test_another_programs_transaction_makes_us_wait_and_say_so(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.storage import engine

    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(workspace.path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentProblem) as problem:
            workspace.set_setting(ACTOR, "a", 1)
        assert problem.value.message.key == "error.storage.busy"
        other.execute("ROLLBACK")
    finally:
        other.close()
    workspace.set_setting(ACTOR, "a", 1)

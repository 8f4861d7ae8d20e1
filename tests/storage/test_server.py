"""A workspace of many hands, on a real PostgreSQL server."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from akimat_desk.core.errors import AkimatError, EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit, units
from akimat_desk.storage import schema
from akimat_desk.storage.attachments import attachment, keep_attachment
from akimat_desk.storage.backup import backup, inspect_backup
from akimat_desk.storage.changes import Changes
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.journal import entries, verify_journal
from akimat_desk.storage.server.address import (
    ServerAddress,
    can_remember,
    parse_address,
    place,
    read_link,
    write_link,
)
from akimat_desk.storage.server.engine import LOCKS, PRESENCE_LOCK, make_plain_engine
from akimat_desk.storage.server.workspace import ServerWorkspace, restore_on_server
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.workspace import Actor, Workspace
from tests.server import Server

ACTOR = Actor("tester")
OTHER = Actor("another")


@pytest.fixture
def address(server: Server, server_template: str) -> ServerAddress:
    """A database with an empty workspace."""
    return server.database(server_template)


def _key(problem: pytest.ExceptionInfo[AkimatError]) -> str:
    for language in Language:
        assert "{" not in problem.value.text(language)
    return problem.value.message.key


def _fill(workspace: Workspace) -> None:
    create_unit(
        workspace,
        ACTOR,
        kato="632810000",
        kind=UnitKind.OKRUG,
        name=Trilingual("Тестбұлақ", "Тестбулак"),
    )
    workspace.set_setting(ACTOR, "a", "әіңғүұқөһ")
    with workspace.changing(ACTOR, "file.kept") as change:
        keep_attachment(change, "шешім.txt", bytes(range(256)) * 40)


# -- one workspace, several programs ------------------------------------------------------------------


def test_a_new_one_in_an_empty_database_only(server: Server, address: ServerAddress) -> None:
    with Workspace.create(server.database()) as made:
        _fill(made)
        assert check_workspace(made) == []
    with pytest.raises(UsageProblem) as problem:
        Workspace.create(address)
    assert _key(problem) == "error.server.not_empty"


def test_two_programs_work_at_once_and_hear_of_each_other(address: ServerAddress) -> None:
    with Workspace.open(address) as first, Workspace.open(address) as second:
        told: list[Changes] = []
        second.subscribe(told.append)
        second.set_setting(OTHER, "own", 1)
        assert len(told) == 1  # its own change, told at once
        with first.changing(ACTOR, "unit.renamed") as change:
            change.touch("unit", 7)
        assert second.look_for_changes() == 1
        assert told[1] == Changes("unit.renamed", frozenset({"unit"}), frozenset({("unit", 7)}))
        assert second.look_for_changes() == 0
        assert verify_journal(first) == []
        with first.reading() as session:
            assert [entry.actor for entry in entries(session)][:2] == ["tester", "another"]


def test_changes_of_many_programs_queue_up_in_one_chain(address: ServerAddress) -> None:
    faults: list[BaseException] = []

    def write(name: str) -> None:
        try:
            with Workspace.open(address) as workspace:
                for number in range(10):
                    workspace.set_setting(Actor(name), f"{name}.{number}", number)
        except BaseException as error:  # noqa: BLE001 - told to the test
            faults.append(error)

    threads = [threading.Thread(target=write, args=(f"p{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with Workspace.open(address, read_only=True) as workspace, workspace.reading() as session:
        assert len(entries(session, newest=1000)) == 41
        assert check_workspace(workspace) == []


def test_opened_to_read_nothing_is_written(address: ServerAddress) -> None:
    with Workspace.open(address, read_only=True) as workspace:
        with pytest.raises(EnvironmentProblem) as problem:
            workspace.set_setting(ACTOR, "a", 1)
        assert _key(problem) == "error.storage.opened_to_read"


# -- the journal --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET action = 'x'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "INSERT INTO journal SELECT 99, at, actor_id, action, fields, touched, program, '', 'h' FROM journal",
    ],
)
def test_the_server_refuses_to_alter_the_journal(
    server: Server, address: ServerAddress, statement: str
) -> None:
    import psycopg

    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        server.sql(address.database, statement)
    with Workspace.open(address) as workspace:
        assert verify_journal(workspace) == []


def test_a_row_altered_with_the_guards_off_shows(server: Server, address: ServerAddress) -> None:
    server.sql(
        address.database,
        "ALTER TABLE journal DISABLE TRIGGER USER; UPDATE journal SET action = 'nothing.happened'",
    )
    with Workspace.open(address) as workspace:
        assert [finding.code for finding in verify_journal(workspace)] == ["journal.broken"]
        assert "storage.layout" in {finding.code for finding in check_workspace(workspace)}  # the guards


def test_tables_that_are_not_ours_are_found(server: Server, address: ServerAddress) -> None:
    server.sql(address.database, "ALTER TABLE posts ADD COLUMN extra text; DROP INDEX ix_journal_actor_id")
    with Workspace.open(address, read_only=True) as workspace:
        (finding,) = check_workspace(workspace)
    assert (finding.code, finding.fields["names"]) == ("storage.layout", "ix_journal_actor_id, posts")


# -- copies -------------------------------------------------------------------------------------------


def test_a_copy_is_a_workspace_file_and_goes_back(
    server: Server, address: ServerAddress, tmp_path: Path
) -> None:
    with Workspace.open(address) as workspace:
        _fill(workspace)
        made = backup(workspace, tmp_path / "copy.akimat")
        uuid = workspace.uuid
    assert inspect_backup(made.path).digest == made.digest
    assert made.findings == ()
    with Workspace.open(made.path, read_only=True) as copy, copy.reading() as session:
        assert copy.uuid == uuid
        assert units(session)[0].name.kk == "Тестбұлақ"
        assert attachment(session, 1)[1] == bytes(range(256)) * 40
        assert check_workspace(copy) == []
    empty = server.database()
    assert restore_on_server(made.path, empty) is None
    with Workspace.open(empty) as back:
        assert back.uuid == uuid
        assert check_workspace(back) == []
        with back.reading() as session:
            assert entries(session)[0].action == "workspace.restored"
        # Numbers of new rows go on after those that came.
        with back.changing(ACTOR, "file.kept") as change:
            assert keep_attachment(change, "b", b"other") == 2


def test_a_file_moves_to_a_server_whole(server: Server, example_file: Path) -> None:
    there = server.database()
    restore_on_server(example_file, there)
    with Workspace.open(there, read_only=True) as workspace, Workspace.open(example_file, True) as file:
        assert check_workspace(workspace) == []
        with workspace.reading() as mine, file.reading() as theirs:
            assert units(mine) == units(theirs)
            assert [e.hash for e in entries(mine)[1:]] == [e.hash for e in entries(theirs, 99)]


def test_what_was_there_is_kept_under_another_name(
    server: Server, address: ServerAddress, tmp_path: Path
) -> None:
    with Workspace.open(address) as workspace:
        made = backup(workspace, tmp_path / "copy.akimat")
        workspace.set_setting(ACTOR, "later", 1)
    kept = restore_on_server(made.path, address)
    assert kept is not None
    with Workspace.open(address) as workspace, workspace.reading() as session:
        assert get_setting(session, "later") is None
    assert server.sql(address.database, f"SELECT count(*) FROM {kept}.settings") == [(1,)]


def test_nobody_may_be_there_when_a_copy_is_put_in_place(address: ServerAddress, tmp_path: Path) -> None:
    with Workspace.open(address) as workspace:
        made = backup(workspace, tmp_path / "copy.akimat")
        with pytest.raises(EnvironmentProblem) as problem:
            restore_on_server(made.path, address)
    assert _key(problem) == "error.server.others"
    assert "akimat-desk" in problem.value.text(Language.EN)


def test_a_damaged_copy_leaves_the_database_as_it_was(address: ServerAddress, tmp_path: Path) -> None:
    with Workspace.open(address) as workspace:
        made = backup(workspace, tmp_path / "copy.akimat").path
    raw = bytearray(made.read_bytes())
    where = raw.index(b"workspace.created")
    raw[where] ^= 1
    made.write_bytes(raw)
    with pytest.raises(EnvironmentProblem):
        restore_on_server(made, address)
    with Workspace.open(address) as workspace:
        assert check_workspace(workspace) == []


# -- tables of another version ------------------------------------------------------------------------


@pytest.fixture
def older(server: Server) -> ServerAddress:
    """A database as an older program left it."""
    from akimat_desk.storage.engine import WRITES
    from akimat_desk.storage.server.engine import make_server_engine

    there = server.database()
    engine = make_server_engine(there)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        schema.migrate(connection, "0001_ground")
        connection.execute(text("INSERT INTO workspace_info VALUES (1, 'u-1', 1, now(), '0.0.1', '0.0.1')"))
    engine.dispose()
    return there


def test_older_tables_are_upgraded_after_a_copy(older: ServerAddress) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(older, read_only=True)
    assert _key(problem) == "error.server.older"
    with Workspace.open(older) as workspace:
        assert workspace.upgraded is not None
        assert inspect_backup(workspace.upgraded.backup).stamp.revision == "0001_ground"
        assert check_workspace(workspace) == []
        with workspace.reading() as session:
            assert [entry.action for entry in entries(session)] == ["workspace.upgraded"]
    with Workspace.open(older) as again:
        assert again.upgraded is None


def test_nothing_is_upgraded_under_another_program(older: ServerAddress, server: Server) -> None:
    engine = make_plain_engine(older)
    with engine.connect() as connection:  # an older program at work
        connection.execute(text(f"SELECT pg_advisory_lock_shared({LOCKS}, {PRESENCE_LOCK})"))
        with pytest.raises(EnvironmentProblem) as problem:
            Workspace.open(older)
        assert _key(problem) == "error.server.others"
    engine.dispose()
    assert server.sql(older.database, "SELECT version_num FROM alembic_version") == [("0001_ground",)]


def test_a_failed_upgrade_leaves_the_tables(older: ServerAddress, server: Server) -> None:
    server.sql(older.database, "CREATE TABLE budget_documents (id integer)")  # in the way of a step
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(older)
    assert _key(problem) in {"error.server.upgrade_failed", "error.storage.damaged"}
    assert server.sql(older.database, "SELECT version_num FROM alembic_version") == [("0001_ground",)]


def test_nobody_enters_while_the_tables_are_altered(address: ServerAddress) -> None:
    engine = make_plain_engine(address)
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({LOCKS}, {PRESENCE_LOCK})"))
        with pytest.raises(EnvironmentProblem) as problem:
            Workspace.open(address)
        assert _key(problem) == "error.server.being_altered"
    engine.dispose()


def test_a_newer_database_is_left_alone(address: ServerAddress, server: Server) -> None:
    with Workspace.open(address) as workspace:
        server.sql(address.database, "UPDATE alembic_version SET version_num = '9999_future'")
        with pytest.raises(EnvironmentProblem) as problem:  # it was altered under an open program
            workspace.set_setting(ACTOR, "a", 1)
        assert _key(problem) == "error.server.altered"
        with workspace.reading() as session:
            assert get_setting(session, "a") is None
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(address)
    assert _key(problem) == "error.server.newer"


def test_an_empty_and_a_foreign_database_are_named(server: Server) -> None:
    there = server.database()
    with pytest.raises(InputRefused) as problem:
        Workspace.open(there)
    assert _key(problem) == "error.server.empty"
    server.sql(there.database, "CREATE TABLE invoices (id integer)")
    with pytest.raises(InputRefused) as problem:
        Workspace.open(there)
    assert _key(problem) == "error.server.foreign"


# -- trouble ------------------------------------------------------------------------------------------


def test_a_server_that_is_not_there(server: Server) -> None:
    for wrong, key in (
        (server.address("no_such"), "error.server.no_database"),
        (ServerAddress(str(server.folder / "elsewhere"), "a", "desk"), "error.server.gone"),
        (ServerAddress("127.0.0.1", "a", "desk", 1), "error.server.gone"),
        (ServerAddress(str(server.folder), "postgres", "nobody_we_know"), "error.server.password"),
    ):
        with pytest.raises(EnvironmentProblem) as problem:
            Workspace.open(wrong)
        assert _key(problem) == key


def test_a_connection_that_is_cut_stores_nothing_and_the_next_one_works(
    server: Server, address: ServerAddress
) -> None:
    with Workspace.open(address) as workspace:

        def cut() -> None:
            with workspace.changing(ACTOR, "a.b") as change:
                pid = change.session.scalar(text("SELECT pg_backend_pid()"))
                server.sql("postgres", f"SELECT pg_terminate_backend({pid}, 5000)")

        with pytest.raises(EnvironmentProblem) as problem:
            cut()
        assert _key(problem) == "error.server.gone"
        workspace.set_setting(ACTOR, "a", 1)
        assert verify_journal(workspace) == []


def test_a_change_that_waits_too_long_says_so(
    address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("akimat_desk.storage.server.engine.WAIT_SECONDS", 0.1)
    with (
        Workspace.open(address) as slow,
        Workspace.open(address) as quick,
        slow.changing(ACTOR, "slow"),
        pytest.raises(EnvironmentProblem) as problem,
    ):
        quick.set_setting(OTHER, "a", 1)
    assert _key(problem) == "error.server.busy"


def test_a_fault_of_ours_stays_a_fault(address: ServerAddress) -> None:
    with Workspace.open(address) as workspace, pytest.raises(DBAPIError), workspace.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere"))


# -- addresses ----------------------------------------------------------------------------------------


def test_an_address_is_read_and_written() -> None:
    full = parse_address("postgresql://%D0%B0:p%40ss@db.example:6543/oblast?sslmode=require")
    assert full == ServerAddress("db.example", "oblast", "а", 6543, "p@ss", "require")
    assert "p@ss" not in str(full) + repr(full)
    assert parse_address(str(full)) == ServerAddress("db.example", "oblast", "а", 6543, None, "require")
    folder = ServerAddress("/tmp/Folder", "a", "desk")
    assert parse_address(str(folder)) == folder
    assert parse_address("postgres://desk@localhost/a?host=/tmp/Folder").host == "/tmp/Folder"
    assert place("файл.akimat") == Path("файл.akimat")
    assert isinstance(place("POSTGRESQL://a/b"), ServerAddress)


@pytest.mark.parametrize(
    "wrong",
    [
        "postgresql://",
        "postgresql://host",
        "postgresql://h:x/a",
        "postgresql://h/a?options=-c",
        "postgresql:///",
    ],
)
def test_an_address_that_is_none(wrong: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        parse_address(wrong)
    assert _key(problem) == "error.server.address"


def test_a_link_file_opens_the_servers_workspace(address: ServerAddress, tmp_path: Path) -> None:
    link = tmp_path / "Облыс.akimat-server"
    write_link(ServerAddress(address.host, address.database, address.user, password="secret"), link)
    assert "secret" not in link.read_text("utf-8")
    assert read_link(link) == address
    with Workspace.open(link) as workspace:
        assert isinstance(workspace, ServerWorkspace)
        assert workspace.path == link
    link.write_bytes(b"{}")
    with pytest.raises(InputRefused) as problem:
        Workspace.open(link)
    assert _key(problem) == "error.server.link"


def test_no_password_is_kept_where_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    assert not can_remember()

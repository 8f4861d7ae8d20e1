"""Making, opening and closing a workspace."""

from __future__ import annotations

import gc
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from akimat_desk import __version__
from akimat_desk.core.errors import AkimatError, EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.storage import drives, schema
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.journal import entries
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")


def _key(problem: pytest.ExceptionInfo[AkimatError]) -> str:
    for language in Language:
        assert problem.value.text(language)
    return problem.value.message.key


def test_a_new_workspace_is_one_file_that_checks_clean(path: Path) -> None:
    with Workspace.create(path) as workspace:
        assert check_workspace(workspace) == []
        with workspace.reading() as session:
            assert [entry.action for entry in entries(session)] == ["workspace.created"]
    assert not path.with_name(path.name + "-wal").exists()
    assert not path.with_name(path.name + "-shm").exists()


def test_a_file_says_what_it_is(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        stamp = schema.read_stamp(connection)
        # At rest it needs no other file: it can be copied and read where nothing may be written.
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert stamp == schema.Stamp(schema.APPLICATION_ID, schema.FORMAT, schema.HEAD, __version__)


def test_it_is_opened_safely(workspace: Workspace) -> None:
    with workspace.reading() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
    }


def test_what_was_stored_is_there_again(path: Path) -> None:
    with Workspace.create(path) as workspace:
        workspace.set_setting(ACTOR, "атау", "Ақбұлақ")
        uuid = workspace.uuid
    with Workspace.open(path) as workspace, workspace.reading() as session:
        assert get_setting(session, "атау") == "Ақбұлақ"
        assert workspace.uuid == uuid


def test_nothing_is_made_over_another_file(filled: Path) -> None:
    before = filled.read_bytes()
    with pytest.raises(UsageProblem) as problem:
        Workspace.create(filled)
    assert _key(problem) == "error.storage.exists"
    assert filled.read_bytes() == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.create(tmp_path / "жоқ" / "a.akimat")
    assert _key(problem) == "error.file.not_found"


@pytest.mark.parametrize("read_only", [False, True])
class TestNotAWorkspace:
    def refusal(self, path: Path, read_only: bool) -> str:
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(AkimatError) as problem:
            Workspace.open(path, read_only=read_only)
        assert (path.read_bytes() if path.is_file() else None) == before
        return _key(problem)

    def test_missing(self, path: Path, read_only: bool) -> None:
        assert self.refusal(path, read_only) == "error.file.not_found"

    def test_a_folder(self, tmp_path: Path, read_only: bool) -> None:
        assert self.refusal(tmp_path, read_only) == "error.file.is_folder"

    def test_empty(self, path: Path, read_only: bool) -> None:
        path.touch()
        assert self.refusal(path, read_only) == "error.storage.empty"

    def test_text(self, path: Path, read_only: bool) -> None:
        path.write_text("Бюджет туралы шешім\n" * 300, "utf-8")
        assert self.refusal(path, read_only) == "error.storage.not_akimat"

    def test_another_programs_database(self, path: Path, read_only: bool) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE bookmarks (id INTEGER)")
        assert self.refusal(path, read_only) == "error.storage.not_akimat"

    @pytest.mark.parametrize("kept", [50, 1000, 4096, 30_000])
    def test_cut_short(self, filled: Path, read_only: bool, kept: int) -> None:
        filled.write_bytes(filled.read_bytes()[:kept])
        assert self.refusal(filled, read_only) in {"error.storage.damaged", "error.storage.not_akimat"}

    @pytest.mark.parametrize("offset", [100, 108, 4096, 3 * 4096, 9 * 4096])
    def test_overwritten(self, filled: Path, read_only: bool, offset: int) -> None:
        with filled.open("r+b") as stream:
            stream.seek(offset)
            stream.write(b"\xaa" * 600)
        assert self.refusal(filled, read_only) == "error.storage.damaged"

    def test_a_newer_programs_file(self, filled: Path, read_only: bool) -> None:
        with closing(sqlite3.connect(filled)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999_future'")
            connection.execute("UPDATE workspace_info SET written_by = '9.8.7'")
        with pytest.raises(EnvironmentProblem) as problem:
            Workspace.open(filled, read_only=read_only)
        assert _key(problem) == "error.storage.newer"
        assert "9.8.7" in str(problem.value)
        assert __version__ in str(problem.value)

    def test_a_newer_format(self, filled: Path, read_only: bool) -> None:
        with closing(sqlite3.connect(filled)) as connection:
            connection.execute(f"PRAGMA user_version={schema.FORMAT + 1}")
        assert self.refusal(filled, read_only) == "error.storage.newer"


def test_a_damaged_file_is_answered_with_its_newest_good_copy(path: Path) -> None:
    with Workspace.create(path) as workspace:
        workspace.set_setting(ACTOR, "a", 1)
        copy = workspace.close()
    assert copy is not None
    with path.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xaa" * 600)
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(path)
    assert _key(problem) == "error.storage.damaged_copy"
    assert str(copy) in str(problem.value)


def test_a_network_drive_is_not_written(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drives, "on_network", lambda _path: True)
    before = filled.read_bytes()
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(filled)
    assert _key(problem) == "error.storage.network"
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.create(tmp_path / "new.akimat")
    assert _key(problem) == "error.storage.network"
    assert not (tmp_path / "new.akimat").exists()
    # It is read from a copy on this computer.
    with Workspace.open(filled, read_only=True) as workspace, workspace.reading() as session:
        assert get_setting(session, "тест.3") == 3
        assert workspace.database != workspace.path
        copy = workspace.database
    assert not copy.exists()
    assert filled.read_bytes() == before


def test_a_network_file_in_use_is_not_even_read(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "on_network", lambda _path: True)
    filled.with_name(filled.name + "-wal").write_bytes(b"frames")
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(filled, read_only=True)
    assert _key(problem) == "error.storage.used_elsewhere"


def test_opened_to_read_it_cannot_be_changed(filled: Path) -> None:
    before = filled.read_bytes()
    with Workspace.open(filled, read_only=True) as workspace:
        assert check_workspace(workspace) == []
        with pytest.raises(EnvironmentProblem) as problem:
            workspace.set_setting(ACTOR, "a", 1)
        assert _key(problem) == "error.storage.opened_to_read"
    assert filled.read_bytes() == before
    assert [entry.name for entry in filled.parent.iterdir() if "backups" in entry.name] == []


def test_after_closing_nothing_works_any_more(workspace: Workspace) -> None:
    workspace.close()
    assert workspace.close() is None
    with pytest.raises(RuntimeError), workspace.reading():
        pass
    with pytest.raises(RuntimeError), workspace.changing(ACTOR, "a.b"):
        pass


def test_closed_while_somebody_reads_it_lets_go_of_the_file_afterwards(filled: Path) -> None:
    with Workspace.open(filled) as workspace, workspace.reading() as session:
        assert get_setting(session, "тест.1") == 1
        workspace.close()
        assert get_setting(session, "тест.2") == 2
    gc.collect()  # an unclosed connection would be a warning, and a warning an error
    with Workspace.open(filled):
        pass


def test_opened_on_one_thread_used_and_closed_on_another(path: Path) -> None:
    workspace = Workspace.create(path)

    def work() -> None:
        workspace.set_setting(ACTOR, "a", 1)
        workspace.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    with Workspace.open(path) as again, again.reading() as session:
        assert get_setting(session, "a") == 1


def test_a_workspace_that_checks_ill_says_so(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("CREATE TABLE stranger (id INTEGER)")
        connection.execute("INSERT INTO posts (unit_id, position, person) VALUES (77, 'akim', 'A. B.')")
    with Workspace.open(filled, read_only=True) as workspace:
        findings = check_workspace(workspace)
    assert {finding.code for finding in findings} == {
        "storage.altered",
        "storage.layout",
        "storage.lost_reference",
    }
    for finding in findings:
        for language in Language:
            assert finding.message(language)
            assert finding.fix(language)


def test_nothing_is_put_beside_a_file_that_is_not_ours(path: Path) -> None:
    path.write_text("text", "utf-8")
    with pytest.raises(InputRefused):
        Workspace.open(path)
    assert list(path.parent.iterdir()) == [path]


def test_a_refusal_leaves_no_lock_behind(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_future'")
    for _ in range(2):
        with pytest.raises(EnvironmentProblem) as problem:
            Workspace.open(filled)
        assert _key(problem) == "error.storage.newer"


def test_a_workspace_that_could_not_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise EnvironmentProblem("error.file.disk_full", path="x")

    monkeypatch.setattr("akimat_desk.storage.upgrade.make_new", full)
    with pytest.raises(EnvironmentProblem):
        Workspace.create(tmp_path / "okrug.akimat")
    assert list(tmp_path.iterdir()) == []

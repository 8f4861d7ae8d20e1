"""Copies known to be good, and going back to one."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from akimat_desk.core import files
from akimat_desk.core.errors import AkimatError, EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.storage import backup as backup_module
from akimat_desk.storage import copies as copies_module
from akimat_desk.storage import drives, engine, schema
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.backup import backup, copies, inspect_backup, newest_good, restore
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.digest import content_digest
from akimat_desk.storage.journal import entries
from akimat_desk.storage.settings import BACKUP_FOLDER, get_setting
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")


def _key(problem: pytest.ExceptionInfo[AkimatError]) -> str:
    for language in Language:
        assert problem.value.text(language)
    return problem.value.message.key


def _digest(path: Path) -> str:
    with closing(engine.connect(path, writable=False)) as connection:
        return content_digest(connection)


def test_a_copy_holds_the_same_and_is_one_file(workspace: Workspace, tmp_path: Path) -> None:
    workspace.set_setting(ACTOR, "a", 1)
    made = backup(workspace, tmp_path / "stick copy.akimat")
    assert made.path == tmp_path / "stick copy.akimat"
    assert made.digest == _digest(workspace.path) == _digest(made.path)
    assert made.findings == ()
    assert made.size == made.path.stat().st_size
    info = inspect_backup(made.path)
    assert info.digest == made.digest
    assert info.made_at is not None
    assert abs(dt.datetime.now(dt.UTC) - info.made_at) < dt.timedelta(minutes=5)
    with Workspace.open(made.path, read_only=True) as copy, copy.reading() as session:
        assert get_setting(session, "a") == 1
        assert check_workspace(copy) == []


def test_a_copy_is_made_while_a_change_is_open(workspace: Workspace, tmp_path: Path) -> None:
    workspace.set_setting(ACTOR, "a", 1)
    with workspace.changing(ACTOR, "a.b") as change:
        from akimat_desk.storage.settings import set_setting

        set_setting(change, "a", 2)
        change.session.flush()
        made = backup(workspace, tmp_path / "c.akimat")
    with Workspace.open(made.path, read_only=True) as copy, copy.reading() as session:
        assert get_setting(session, "a") == 1


def test_closing_makes_a_copy_only_when_something_changed(path: Path) -> None:
    with Workspace.create(path) as workspace:
        workspace.set_setting(ACTOR, "a", 1)
        made = workspace.close()
    assert made is not None
    assert made.parent == path.with_name(f"{path.stem} backups")
    assert [copy for _, copy in copies(path)] == [made]
    workspace = Workspace.open(path)
    assert workspace.close() is None
    assert [copy for _, copy in copies(path)] == [made]


def test_copies_go_where_the_setting_says(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "басқа жер"
    with Workspace.create(path) as workspace:
        workspace.set_setting(ACTOR, BACKUP_FOLDER, str(elsewhere))
        made = workspace.close()
    assert made is not None
    assert made.parent == elsewhere


def test_a_copy_that_cannot_be_made_does_not_undo_what_was_stored(path: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with Workspace.create(path) as workspace:
        workspace.set_setting(ACTOR, BACKUP_FOLDER, str(tmp_path / "a file" / "backups"))
        assert workspace.close() is None
    assert workspace.backup_problem is not None
    assert workspace.backup_problem.text(Language.KK)
    with Workspace.open(path) as workspace, workspace.reading() as session:
        assert get_setting(session, BACKUP_FOLDER)
        workspace.close(make_backup=False)


def test_old_copies_are_thinned_and_nothing_else(workspace: Workspace) -> None:
    folder = workspace.path.with_name(f"{workspace.path.stem} backups")
    folder.mkdir()
    stem = workspace.path.stem
    names = {
        "gone": f"{stem} 2020-01-01 09-00-00.akimat",
        "kept": f"{stem} 2020-01-01 17-00-00.akimat",
        "upgrade": f"{stem} 2020-01-01 10-00-00 before-upgrade.akimat",
        "other": "Басқа округ 2020-01-01 09-00-00.akimat",
        "odd": f"{stem} 2020-99-99 09-00-00.akimat",
        "note": "оқы.txt",
    }
    for name in names.values():
        (folder / name).touch()
    workspace.set_setting(ACTOR, "a", 1)
    made = backup(workspace)
    assert made.thinned == (folder / names["gone"],)
    assert {entry.name for entry in folder.iterdir()} == {made.path.name, *names.values()} - {names["gone"]}


def test_copies_of_one_second_do_not_overwrite_each_other(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Still(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Still:
            return cls(2026, 11, 23, 9, 0, 0, tzinfo=tz)

    monkeypatch.setattr(backup_module.dt, "datetime", Still)
    made = [backup(workspace).path for _ in range(3)]
    assert len(set(made)) == 3
    assert len(copies(workspace.path)) == 3


def test_a_damaged_workspace_pushes_no_good_copy_out(path: Path) -> None:
    folder = path.with_name(f"{path.stem} backups")
    with Workspace.create(path) as workspace:
        with workspace.changing(ACTOR, "a.b") as change:
            keep_attachment(change, "a.bin", b"x" * 10_000)
        workspace.close()
    shutil.copy(copies(path)[0][1], folder / f"{path.stem} 2020-01-01 09-00-00.akimat")
    shutil.copy(copies(path)[0][1], folder / f"{path.stem} 2020-01-01 10-00-00.akimat")
    there = {entry.name for entry in folder.iterdir()}
    with Workspace.open(path) as workspace:
        with closing(sqlite3.connect(path)) as another, another:  # while it is open: silent to SQLite
            another.execute("UPDATE attachments SET data = x'00'")
        codes = ["storage.altered", "storage.attachment"]
        assert [finding.code for finding in check_workspace(workspace)] == codes
        made = backup(workspace)
        assert [finding.code for finding in made.findings] == codes
        assert made.thinned == ()
        assert {entry.name for entry in folder.iterdir()} == there | {made.path.name}


def test_no_copy_is_made_of_a_file_whose_structure_is_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.create(path) as workspace:
        for number in range(300):
            workspace.set_setting(ACTOR, f"key.{number:04}", "v" * 100)
        workspace.close(make_backup=False)
    monkeypatch.setattr("akimat_desk.storage.workspace._LOOK_UP_TO", 0)  # as an oblast's large file
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_journal_1'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as stream:
        stream.seek((page - 1) * size + size - 400)
        stream.write(b"\xaa" * 300)
    with Workspace.open(path) as workspace:
        with pytest.raises(EnvironmentProblem) as problem:
            backup(workspace)
        assert _key(problem) == "error.storage.damaged"
        workspace.close()
        assert workspace.backup_problem is None  # nothing changed, no copy was due
    assert copies(path) == []


class TestWhere:
    def test_into_a_folder(self, workspace: Workspace, tmp_path: Path) -> None:
        (tmp_path / "stick").mkdir()
        assert backup(workspace, tmp_path / "stick").path.parent == tmp_path / "stick"

    def test_over_an_older_copy(self, workspace: Workspace, tmp_path: Path) -> None:
        first = backup(workspace, tmp_path / "c.akimat")
        workspace.set_setting(ACTOR, "a", 1)
        assert backup(workspace, tmp_path / "c.akimat").digest != first.digest

    def test_never_over_itself(self, workspace: Workspace) -> None:
        with pytest.raises(UsageProblem) as problem:
            backup(workspace, workspace.path)
        assert _key(problem) == "error.storage.exists"
        workspace.set_setting(ACTOR, "a", 1)

    def test_never_over_a_document(self, workspace: Workspace, tmp_path: Path) -> None:
        document = tmp_path / "шешім.docx"
        document.write_bytes(b"PK")
        with pytest.raises(UsageProblem):
            backup(workspace, document)
        assert document.read_bytes() == b"PK"

    def test_not_into_a_folder_that_is_not_there(self, workspace: Workspace, tmp_path: Path) -> None:
        with pytest.raises(EnvironmentProblem) as problem:
            backup(workspace, tmp_path / "жоқ" / "c.akimat")
        assert _key(problem) == "error.file.not_found"

    def test_a_full_stick(
        self, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_source: Path, _target: Path) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(backup_module, "_copy", full)
        with pytest.raises(EnvironmentProblem) as problem:
            backup(workspace, tmp_path / "c.akimat")
        assert _key(problem) == "error.file.disk_full"
        assert not (tmp_path / "c.akimat").exists()

    def test_a_stick_that_garbles(
        self, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def garble(source: Path, target: Path) -> None:
            target.write_bytes(source.read_bytes()[:-1] + b"?")

        monkeypatch.setattr(backup_module, "_copy", garble)
        with pytest.raises(EnvironmentProblem) as problem:
            backup(workspace, tmp_path / "c.akimat")
        assert _key(problem) == "error.storage.copy_differs"
        assert not (tmp_path / "c.akimat").exists()


@pytest.fixture
def copy(path: Path, tmp_path: Path) -> Path:
    """A sealed copy that holds a = 1 of a workspace that has gone on to a = 2."""
    with Workspace.create(path) as workspace:
        workspace.set_setting(ACTOR, "a", 1)
        with workspace.changing(ACTOR, "a.b") as change:
            keep_attachment(change, "шешім.txt", "Бюджет туралы шешім\n".encode() * 50)
        made = backup(workspace, tmp_path / "copy.akimat").path
        workspace.set_setting(ACTOR, "a", 2)
        workspace.close(make_backup=False)
    return made


def _a(path: Path) -> object:
    with Workspace.open(path, read_only=True) as workspace, workspace.reading() as session:
        return get_setting(session, "a")


class TestRestore:
    def test_the_copy_is_in_place_and_the_old_file_kept(self, copy: Path, path: Path) -> None:
        kept = restore(copy, path, ACTOR)
        assert kept is not None
        assert (_a(path), _a(kept), _a(copy)) == (1, 2, 1)
        with Workspace.open(path) as workspace:
            assert check_workspace(workspace) == []
            with workspace.reading() as session:
                newest = entries(session)[0]
            assert (newest.action, newest.fields["digest"]) == (
                "workspace.restored",
                inspect_backup(copy).digest,
            )
            workspace.set_setting(ACTOR, "a", 3)

    def test_to_a_new_place(self, copy: Path, tmp_path: Path) -> None:
        assert restore(copy, tmp_path / "жаңа.akimat") is None
        assert _a(tmp_path / "жаңа.akimat") == 1

    def test_over_a_damaged_file_with_its_log(self, copy: Path, path: Path) -> None:
        path.write_bytes(b"rubbish" * 1000)
        log = path.with_name(path.name + "-wal")
        log.write_bytes(b"frames of the old file")
        kept = restore(copy, path)
        assert kept is not None
        assert kept.read_bytes() == b"rubbish" * 1000
        assert kept.with_name(kept.name + "-wal").read_bytes() == b"frames of the old file"
        assert _a(path) == 1  # the old log was not read into it

    def test_not_over_an_open_workspace(self, copy: Path, path: Path) -> None:
        with Workspace.open(path) as workspace:
            with pytest.raises(EnvironmentProblem) as problem:
                restore(copy, path)
            assert _key(problem) == "error.storage.in_use_by"
            workspace.set_setting(ACTOR, "a", 5)
        assert _a(path) == 5

    def test_not_from_itself(self, copy: Path) -> None:
        with pytest.raises(UsageProblem) as problem:
            restore(copy, copy)
        assert _key(problem) == "error.storage.restore_same"

    def test_not_to_a_network_drive(self, copy: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(drives, "on_network", lambda _path: True)
        with pytest.raises(EnvironmentProblem) as problem:
            restore(copy, path)
        assert _key(problem) == "error.storage.network"

    @pytest.mark.parametrize(
        ("content", "key"),
        [
            (b"", "error.storage.not_akimat"),
            (b"text" * 500, "error.storage.backup_damaged"),
            (None, "error.file.not_found"),
        ],
    )
    def test_not_from_something_else(self, path: Path, copy: Path, content: bytes | None, key: str) -> None:
        before = path.read_bytes()
        copy.unlink()
        if content is not None:
            copy.write_bytes(content)
        with pytest.raises(AkimatError) as problem:
            restore(copy, path)
        assert _key(problem) == key
        assert path.read_bytes() == before

    def test_not_from_a_newer_programs_copy(self, path: Path, copy: Path) -> None:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(f"PRAGMA user_version={schema.FORMAT + 1}")
        with pytest.raises(EnvironmentProblem) as problem:
            restore(copy, path)
        assert _key(problem) == "error.storage.newer"

    def test_from_an_older_programs_copy(self, filled: Path) -> None:
        sample = Path(__file__).resolve().parent.parent / "data" / "db" / "0001_ground.akimat"
        assert restore(sample, filled) is not None
        with Workspace.open(filled) as workspace, workspace.reading() as session:
            assert get_setting(session, "year") == "2025"

    @pytest.mark.parametrize(
        ("where", "name"),
        [
            (backup_module, "settle"),
            (backup_module, "_note_restore"),
            (backup_module, "_set_aside"),
            (backup_module, "put_in_place"),
            (copies_module, "content_digest"),
            (files, "_sync_folder"),
        ],
    )
    def test_a_failure_leaves_the_old_content_in_place(
        self,
        path: Path,
        copy: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        where: object,
        name: str,
    ) -> None:
        def fail(*_arguments: object, **_named: object) -> None:
            raise OSError(28, "No space left on device")

        # What the last session left in the log belongs to the old content too.
        with closing(sqlite3.connect(path)) as crashed:
            crashed.execute("PRAGMA journal_mode=WAL")
            with crashed:
                crashed.execute("INSERT INTO settings VALUES ('late', '1')")
            for suffix in ("", "-wal"):
                shutil.copy(f"{path}{suffix}", tmp_path / f"crashed{suffix}")
        for suffix in ("", "-wal"):
            shutil.copy(tmp_path / f"crashed{suffix}", f"{path}{suffix}")
        monkeypatch.setattr(where, name, fail)
        with pytest.raises(EnvironmentProblem) as problem:
            restore(copy, path)
        assert _key(problem) == "error.file.disk_full"
        monkeypatch.undo()
        assert _a(path) == 2
        with Workspace.open(path, read_only=True) as workspace, workspace.reading() as session:
            assert get_setting(session, "late") == 1
        assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(".")] == []


def test_a_copy_that_someone_works_in_is_a_copy_no_longer(copy: Path) -> None:
    with Workspace.open(copy) as workspace:
        workspace.close()
    assert inspect_backup(copy).digest is not None  # only looked at
    with Workspace.open(copy) as workspace:
        workspace.set_setting(ACTOR, "a", 9)
        workspace.close(make_backup=False)
    assert inspect_backup(copy).digest is None
    with Workspace.open(copy) as workspace:
        assert check_workspace(workspace) == []


def test_the_newest_good_copy_is_found_behind_a_damaged_one(path: Path) -> None:
    folder = path.with_name(f"{path.stem} backups")
    with Workspace.create(path) as workspace:
        workspace.set_setting(ACTOR, "a", 1)
        made = workspace.close()
    assert made is not None
    newer = folder / f"{path.stem} 2099-01-01 00-00-00.akimat"
    newer.write_bytes(made.read_bytes()[:-4096] + b"\0" * 4096)
    assert newest_good(path) in {made}
    assert newest_good(path.with_name("other.akimat")) is None


def test_flipped_bits_in_a_copy_are_noticed(copy: Path, tmp_path: Path) -> None:
    """Every flip that changes stored content is noticed by the seal; the rest changes nothing stored."""
    good = copy.read_bytes()
    digest = inspect_backup(copy).digest
    chance = random.Random(20261123)
    flipped = tmp_path / "flipped.akimat"
    noticed = harmless = 0
    for _ in range(60):
        content = bytearray(good)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        flipped.write_bytes(content)
        try:
            assert inspect_backup(flipped).digest == digest
        except (EnvironmentProblem, InputRefused):
            noticed += 1
        else:
            harmless += 1
            assert _digest(flipped) == digest
    assert noticed > 0
    assert noticed + harmless == 60

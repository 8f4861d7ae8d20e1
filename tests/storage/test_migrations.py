"""The steps between table layouts, on real files of every one of them."""

from __future__ import annotations

import importlib
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from akimat_desk.core.errors import AkimatError, EnvironmentProblem
from akimat_desk.core.language import Language
from akimat_desk.places.kinds import Position
from akimat_desk.places.service import posts, unit
from akimat_desk.storage import copies, schema, upgrade
from akimat_desk.storage import workspace as workspace_module
from akimat_desk.storage.attachments import attachment
from akimat_desk.storage.backup import inspect_backup
from akimat_desk.storage.base import Base
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.engine import make_engine
from akimat_desk.storage.journal import entries
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")
HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent / "akimat_desk"
VERSIONS = PACKAGE / "storage" / "migrations" / "versions"
SAMPLES = HERE.parent / "data" / "db"
STEPS = sorted(path.stem for path in VERSIONS.glob("[0-9]*.py"))
OLDER = [step for step in STEPS if step != schema.HEAD]


def test_the_head_is_the_newest_step() -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(schema._config())
    assert scripts.get_heads() == [schema.HEAD]
    assert [script.revision for script in scripts.walk_revisions()][::-1] == STEPS


def test_models_and_migrations_agree(workspace: Workspace) -> None:
    """When this fails: a model was changed without a step in migrations/versions, or the other way."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    for tables in PACKAGE.rglob("tables.py"):
        parts = tables.relative_to(PACKAGE.parent).with_suffix("").parts
        importlib.import_module(".".join(parts))
    engine = make_engine(workspace.path, writable=False)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            assert compare_metadata(context, Base.metadata) == []
    finally:
        engine.dispose()


def test_checks_of_columns_agree_too(workspace: Workspace) -> None:
    """Alembic does not compare CHECK constraints."""
    from sqlalchemy import CheckConstraint, inspect

    engine = make_engine(workspace.path, writable=False)
    try:
        inspector = inspect(engine)
        for table in Base.metadata.sorted_tables:
            made = {check["name"] for check in inspector.get_check_constraints(table.name)}
            wanted = {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}
            assert made == wanted, table.name
    finally:
        engine.dispose()


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_a_sample_that_opens(step: str, path: Path) -> None:
    """When the sample is missing: run tests/data/db/make_sample.py and commit what it writes."""
    sample = SAMPLES / f"{step}.akimat"
    path.write_bytes(sample.read_bytes())
    with Workspace.open(path) as workspace:
        assert check_workspace(workspace) == []
        assert (workspace.upgraded is not None) == (step != schema.HEAD)
        with workspace.reading() as session:
            okrug = unit(session)
            assert (okrug.kato, okrug.name.kk) == ("103230000", "Ақбұлақ ауылдық округі")
            assert [post.position for post in posts(session, okrug.id)] == [Position.AKIM]
            assert attachment(session, 1)[1].decode() == "Бюджет туралы шешім"
            actions = [entry.action for entry in entries(session)]
            assert ("workspace.upgraded" in actions) == (step != schema.HEAD)
            assert actions[-1] == "workspace.created"


@pytest.mark.parametrize("step", STEPS)
def test_a_sample_leaves_no_table_of_its_step_empty(step: str) -> None:
    with closing(sqlite3.connect(SAMPLES / f"{step}.akimat")) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        empty = [
            name for name in tables if not connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()
        ]
    assert empty == ["backup_seals"]


@pytest.fixture
def old(path: Path) -> Path:
    """A file of the oldest layout."""
    path.write_bytes((SAMPLES / f"{STEPS[0]}.akimat").read_bytes())
    return path


def test_an_older_file_is_kept_and_then_upgraded(old: Path) -> None:
    before = old.read_bytes()
    with Workspace.open(old) as workspace:
        assert workspace.upgraded is not None
        kept = workspace.upgraded.backup
        workspace.set_setting(ACTOR, "a", 1)
    info = inspect_backup(kept)
    assert info.stamp.revision == STEPS[0]
    assert info.digest is not None
    assert old.read_bytes() != before
    assert [entry.name for entry in old.parent.iterdir() if entry.name.startswith(".")] == []
    with Workspace.open(old) as again:
        assert again.upgraded is None


def test_what_a_crash_left_in_the_log_is_upgraded_too(
    old: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    process = child(
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA journal_mode=WAL')\n"
        "c.execute(\"INSERT INTO settings VALUES ('late', '1')\")\n"
        "os.kill(os.getpid(), 9) if os.name == 'posix' else os._exit(1)\n",
        old,
    )
    process.wait()
    assert copies.has_log(old)
    with Workspace.open(old) as workspace, workspace.reading() as session:
        from akimat_desk.storage.settings import get_setting

        assert get_setting(session, "late") == 1
    assert not copies.has_log(old)


def test_an_older_file_that_somebody_still_reads_waits(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        with closing(sqlite3.connect(old, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM units").fetchall()
            writer.execute("INSERT INTO settings VALUES ('late', '1')")
            with pytest.raises(EnvironmentProblem) as problem:
                Workspace.open(old)
            assert problem.value.message.key == "error.storage.busy"
    with Workspace.open(old) as workspace:
        assert check_workspace(workspace) == []


def test_an_older_file_is_read_without_touching_it(old: Path) -> None:
    before = old.read_bytes()
    with Workspace.open(old, read_only=True) as workspace, workspace.reading() as session:
        assert unit(session).kato == "103230000"
    assert old.read_bytes() == before
    assert {entry.name for entry in old.parent.iterdir()} == {old.name}


STAGES: list[tuple[object, str]] = [
    (upgrade, "keep_before_upgrade"),
    (upgrade, "copy_verified"),
    (upgrade, "migrate_file"),
    (schema, "migrate"),
    (upgrade, "append"),
    (upgrade, "_must_be_sound"),
    (upgrade, "structure_findings"),
    (upgrade, "layout_findings"),
    (upgrade, "settle"),
    (upgrade, "put_in_place"),
]


@pytest.mark.parametrize(("where", "name"), STAGES, ids=[name for _, name in STAGES])
@pytest.mark.parametrize(
    "fault", [OSError(28, "No space left on device"), sqlite3.OperationalError("x"), ValueError()]
)
def test_a_failed_upgrade_leaves_the_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, where: object, name: str, fault: Exception
) -> None:
    before = old.read_bytes()

    def fail(*_arguments: object, **_named: object) -> None:
        raise fault

    monkeypatch.setattr(where, name, fail)
    with pytest.raises((AkimatError, type(fault))) as problem:
        Workspace.open(old)
    if isinstance(problem.value, AkimatError):
        for language in Language:
            assert problem.value.text(language)
    else:
        assert name == "keep_before_upgrade"
    assert old.read_bytes() == before
    assert [entry.name for entry in old.parent.iterdir() if entry.name.startswith(".")] == []
    monkeypatch.undo()
    with Workspace.open(old) as workspace:  # and the next attempt succeeds
        assert check_workspace(workspace) == []


def test_an_upgrade_whose_result_is_not_sound_is_not_taken(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    real = schema.migrate

    def lose_a_unit(connection: object) -> None:
        real(connection)  # type: ignore[arg-type]
        connection.exec_driver_sql("DELETE FROM units")  # type: ignore[attr-defined]

    monkeypatch.setattr(schema, "migrate", lose_a_unit)
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(old)
    assert problem.value.message.key == "error.storage.upgrade_failed"
    assert old.read_bytes() == before


def test_opening_a_file_of_today_does_not_import_alembic(
    filled: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    process = child(
        "import sys\nfrom pathlib import Path\n"
        "from akimat_desk.storage.workspace import Workspace\n"
        "Workspace.open(Path(sys.argv[1])).close()\n"
        "print('alembic' in sys.modules, 'PySide6' in sys.modules)\n",
        filled,
    )
    assert process.communicate()[0].split() == ["False", "False"]


def test_a_file_named_by_the_module_is_ours(filled: Path) -> None:
    assert filled.read_bytes()[68:72] == b"AKMT"
    assert int.from_bytes(b"AKMT", "big") == workspace_module.schema.APPLICATION_ID

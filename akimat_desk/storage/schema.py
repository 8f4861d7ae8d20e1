"""Which table layout a file has and which one this program needs.

Alembic costs half a second to import, so it is imported only where a step is due; whether one is
due takes one query.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk import __version__
from akimat_desk.core.errors import EnvironmentProblem

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

#: "AKMT" in the file's header: says that a SQLite file is a workspace.
APPLICATION_ID = 0x414B4D54
#: Raised when an older program must not open what this one writes (kept in ``user_version``).
FORMAT = 1
#: The newest step in ``migrations/versions``; a test holds it to that folder.
HEAD = "0017_form_rows"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file says of itself."""

    application_id: int
    format: int
    revision: str
    written_by: str  # "" when it does not say


def application_of(connection: sqlite3.Connection) -> int:
    """Which program's file it is, by its header; raises sqlite3.Error."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def read_stamp(connection: sqlite3.Connection) -> Stamp:
    """The stamp of an open file; raises sqlite3.Error for a damaged one."""
    application_id = application_of(connection)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    revision, written_by = "", ""
    if application_id == APPLICATION_ID:
        # A newer program may have other tables here: what can be read is read.
        with _missing_is_fine():
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            revision = str(row[0]) if row else ""
        with _missing_is_fine():
            row = connection.execute("SELECT written_by FROM workspace_info").fetchone()
            written_by = str(row[0]) if row else ""
    return Stamp(application_id, version, revision, written_by)


@contextmanager
def _missing_is_fine() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # "no such table"; damage is passed on
            raise


def is_known(revision: str) -> bool:
    """Whether this program has the step ``revision``. Imports Alembic."""
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    with suppress(CommandError):
        return ScriptDirectory.from_config(_config()).get_revision(revision) is not None
    return False


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the steps up to ``revision`` on a connection in a transaction. Imports Alembic."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "akimat_desk.storage:migrations")
    return config


Layout = tuple[tuple[str, str, tuple[object, ...]], ...]


def layout_of(connection: sqlite3.Connection) -> Layout:
    """Tables with their columns, keys and indexes, and triggers, in a form to compare."""
    found: list[tuple[str, str, tuple[object, ...]]] = []
    objects = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    ).fetchall()
    for kind, name, sql in objects:
        if kind != "table":
            found.append((kind, name, (" ".join(sql.split()),)))
            continue
        columns = connection.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,))
        keys = connection.execute(
            'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY 1, 2, 3', (name,)
        )
        found.append((kind, name, (*sorted(columns.fetchall()), *keys.fetchall())))
    return tuple(found)


@cache
def expected_layout() -> Layout:
    """The layout that the steps make of an empty file. Imports Alembic."""
    from sqlalchemy import StaticPool, create_engine

    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = create_engine("sqlite+pysqlite://", creator=lambda: raw, poolclass=StaticPool)
    try:
        with engine.connect() as connection:
            migrate(connection)
            connection.commit()
        return layout_of(raw)
    finally:
        engine.dispose()
        raw.close()


def is_current(stamp: Stamp) -> bool:
    """Whether the file needs no step."""
    return stamp.revision == HEAD and stamp.format == FORMAT


def refuse_newer(stamp: Stamp, path: Path) -> None:
    """Raise EnvironmentProblem for a file of a newer program. Imports Alembic for an old file."""
    if is_current(stamp):
        return
    if stamp.format > FORMAT or not is_known(stamp.revision):
        raise EnvironmentProblem(
            "error.storage.newer",
            path=str(path),
            theirs=stamp.written_by or "?",
            ours=__version__,
            revision=stamp.revision or "?",
            format=stamp.format,
        )

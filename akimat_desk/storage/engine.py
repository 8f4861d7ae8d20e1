"""The one place where SQLite is opened, and how.

pysqlite's own handling of transactions starts them late and not around DDL; it is switched off
(``isolation_level=None``), and BEGIN is sent when SQLAlchemy begins: IMMEDIATE for a change, so
that two writers queue up at the start and not in the middle.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.storage.row_digests import watch

BUSY_SECONDS = 5.0
#: Put on a connection by ``execution_options`` when it is going to write.
WRITES = "akimat_writes"
_WATCHED = "akimat_watched"


def connect(
    path: Path, *, writable: bool, foreign_keys: bool = True, wait: float | None = None
) -> sqlite3.Connection:
    """A plain connection to a file that exists; raises sqlite3.Error.

    Usable from any thread, one at a time. A file from outside may carry triggers and views of its
    own: ``trusted_schema`` off keeps these from calling anything that does more than compute.
    """
    uri = f"{path.absolute().as_uri()}?mode={'rw' if writable else 'ro'}"
    connection = sqlite3.connect(
        uri,
        uri=True,
        timeout=BUSY_SECONDS if wait is None else wait,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cell_size_check=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def use_wal(connection: sqlite3.Connection, path: Path) -> None:
    """Switch the file to write-ahead logging; EnvironmentProblem where the drive cannot do it."""
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        raise EnvironmentProblem("error.storage.no_wal", path=str(path))


def settle(path: Path) -> None:
    """Bring everything of ``path`` into the one file, so that at rest it can be copied anywhere.

    While another program reads it, the log stays; that program's closing folds it in.
    """
    connection = connect(path, writable=True, wait=0)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
    finally:
        connection.close()


def make_engine(path: Path, *, writable: bool, foreign_keys: bool = True, watched: bool = False) -> Engine:
    """An engine on ``path`` whose connections may be used from any thread.

    ``watched``: its changes note which rows they touch, for :func:`row_digests.keep`.
    """

    def creator() -> sqlite3.Connection:
        return connect(path, writable=writable, foreign_keys=foreign_keys)

    engine = create_engine("sqlite+pysqlite://", creator=creator, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = bool(connection.get_execution_options().get(WRITES))
        # A reader may not write even by plain SQL.
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        if writes and watched and not connection.info.get(_WATCHED):
            raw = connection.connection.dbapi_connection
            assert isinstance(raw, sqlite3.Connection)
            watch(raw)
            connection.info[_WATCHED] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine

"""Digests of the stored rows, block by block, kept up in the very transaction that changes them.

SQLite's own check looks at the structure and misses most flipped bits in stored values. Here every block of
rows (64 neighbours by row number) has a digest; temporary triggers of the writing connection note which
blocks a transaction touched, and only those are hashed again before it commits. What rots on the disk
afterwards no longer fits its digest, and ``check`` and the next opening say so.

A server's own storage has page checksums; this is for files.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy.orm import Session

from akimat_desk.core.findings import Finding, Severity
from akimat_desk.storage.digest import hashed, quoted

#: Row number >> this is the block: some 64 rows are hashed again for one that changed.
_SHIFT = 6
TABLE = "row_digests"
#: The digests themselves, and the seal that only copies carry and that is written past the door.
_LEFT_OUT = (TABLE, "backup_seals")
_NAMED = 5  # tables named in the finding

Block = tuple[str, int]


def watch(connection: sqlite3.Connection) -> None:
    """Have this connection note the blocks that its transactions touch. Once per connection; not within one.

    A REPLACE that pushes out another row must be seen as well: recursive triggers are on. A file of an
    older layout has no digests to keep.
    """
    if not _has(connection, "main", TABLE):
        return
    connection.execute("PRAGMA recursive_triggers=ON")
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS touched_blocks"
        " (name TEXT NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (name, block)) WITHOUT ROWID"
    )
    for name in _tables(connection):
        literal = "'" + name.replace("'", "''") + "'"
        for event, rows in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", ("OLD", "NEW"))):
            notes = " ".join(
                f"INSERT OR IGNORE INTO touched_blocks VALUES ({literal}, {row}.rowid >> {_SHIFT});"
                for row in rows
            )
            connection.execute(
                f"CREATE TEMP TRIGGER IF NOT EXISTS {quoted(f'watch_{event}_{name}')}"
                f" AFTER {event} ON main.{quoted(name)} BEGIN {notes} END"
            )


def keep(session: Session) -> None:
    """Hash the touched blocks again, in the transaction that touched them, just before it commits."""
    session.flush()
    connection = session.connection().connection.dbapi_connection
    if not isinstance(connection, sqlite3.Connection) or not _has(connection, "temp", "touched_blocks"):
        return
    touched = connection.execute("SELECT name, block FROM touched_blocks").fetchall()
    _store(connection, touched)
    connection.execute("DELETE FROM touched_blocks")


def make_all(connection: sqlite3.Connection) -> None:
    """Hash every block: for a file that was just made or brought to today's layout."""
    if not _has(connection, "main", TABLE):
        return
    connection.execute(f"DELETE FROM {TABLE}")
    connection.executemany(
        f"INSERT INTO {TABLE} (name, block, digest) VALUES (?, ?, ?)",
        ((name, block, digest) for (name, block), digest in _present(connection)),
    )


def altered(connection: sqlite3.Connection) -> list[str]:
    """The tables whose rows are not what was stored, in order; "" is the file's own description.

    Raises sqlite3.Error where a row cannot be read.
    """
    stored = {
        (name, block): digest
        for name, block, digest in connection.execute(f"SELECT name, block, digest FROM {TABLE}")
    }
    found = dict(_present(connection))
    return sorted({block[0] for block, _ in stored.items() ^ found.items()})


def digest_findings(session: Session) -> list[Finding]:
    """Rows that changed without the program: a bit flipped on the disk, or another program wrote."""
    raw = session.connection().connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        return []
    names = altered(raw)
    if not names:
        return []
    said = ", ".join(name or "sqlite_master" for name in names[:_NAMED])
    said += "…" if len(names) > _NAMED else ""
    return [Finding("storage.altered", Severity.ERROR, {"names": said, "count": len(names)})]


def _store(connection: sqlite3.Connection, blocks: Iterable[Block]) -> None:
    for name, block in blocks:
        rows = connection.execute(
            f"SELECT rowid, * FROM {quoted(name)} WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
            (block << _SHIFT, ((block + 1) << _SHIFT) - 1),
        ).fetchall()
        if rows:
            connection.execute(
                f"INSERT INTO {TABLE} (name, block, digest) VALUES (?, ?, ?)"
                " ON CONFLICT (name, block) DO UPDATE SET digest = excluded.digest",
                (name, block, _digest(rows)),
            )
        else:
            connection.execute(f"DELETE FROM {TABLE} WHERE name = ? AND block = ?", (name, block))


def _present(connection: sqlite3.Connection) -> Iterator[tuple[Block, str]]:
    """Every block as it lies in the file now, after the file's description of itself."""
    description = connection.execute(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_master ORDER BY type, name"
    ).fetchall()
    marks = [connection.execute(f"PRAGMA {mark}").fetchone() for mark in ("application_id", "user_version")]
    yield ("", 0), _digest([*description, *marks])
    for name in _tables(connection):
        rows = connection.execute(f"SELECT rowid, * FROM {quoted(name)} ORDER BY rowid")
        for block, members in groupby(rows, key=lambda row: row[0] >> _SHIFT):
            yield (name, block), _digest(list(members))


def _digest(rows: list[tuple[object, ...]]) -> str:
    """repr tells 1 from "1", b"1" and None."""
    digest = hashlib.blake2b(digest_size=16)
    for row in rows:
        digest.update(repr(tuple(map(hashed, row))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _has(connection: sqlite3.Connection, where: str, table: str) -> bool:
    found = connection.execute(f"SELECT 1 FROM {where}.sqlite_master WHERE name = ?", (table,))
    return found.fetchone() is not None


def _tables(connection: sqlite3.Connection) -> list[str]:
    names = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in names if name not in _LEFT_OUT]

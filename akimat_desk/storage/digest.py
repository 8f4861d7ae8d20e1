"""A digest over everything a workspace holds.

``PRAGMA integrity_check`` looks at the structure and misses most flipped bits in stored values;
this hash sees every one of them.
"""

from __future__ import annotations

import hashlib
import sqlite3

# The seal holds the digest itself and exists in copies only.
_LEFT_OUT = "backup_seals"
_ROWS_AT_ONCE = 500


def content_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over the table layout and all rows of all tables in the order of their keys."""
    digest = hashlib.sha256()
    header = (
        connection.execute("PRAGMA application_id").fetchone(),
        connection.execute("PRAGMA user_version").fetchone(),
        connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
        ).fetchall(),
    )
    digest.update(repr(header).encode())
    tables = [
        name for kind, name, _ in header[2] if kind == "table" and name != _LEFT_OUT
    ]  # sorted by the query
    for table in tables:
        name = quoted(table)
        columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
        key = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
        # SQLite keeps a column's value whatever its declared type: repr tells 1 from "1" and b"1".
        order = ", ".join(map(quoted, key)) if key else "rowid"
        cursor = connection.execute(f"SELECT * FROM {name} ORDER BY {order}")
        digest.update(repr((table, [column[1] for column in columns])).encode())
        if any("BLOB" in column[2].upper() for column in columns):
            for row in cursor:  # whole files: too large to be written out
                digest.update(repr(tuple(map(hashed, row))).encode())
            continue
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            digest.update(repr(rows).encode())
    return digest.hexdigest()


def hashed(value: object) -> object:
    """A value as it goes into a digest: what is large by its own hash."""
    return hashlib.sha256(value).digest() if isinstance(value, bytes) else value


def quoted(name: str) -> str:
    """A table's or column's name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'

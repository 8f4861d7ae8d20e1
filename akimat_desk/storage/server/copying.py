"""Rows between a server's workspace and a workspace file: its copy, and its way back.

A copy of a server is an ordinary workspace file: it can be opened, checked and restored anywhere, to a
file or to another server. Tables are taken as the databases themselves describe them, so an older layout
is copied as well as today's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, select, text

from akimat_desk.storage import row_digests

_AT_ONCE = 1000
# Digests are of a file's own rows: a server has none, and a file makes its own.
_LEFT_OUT = frozenset({"alembic_version", "backup_seals", row_digests.TABLE})

Row = dict[str, Any]
#: For each table, how many rows and a sum of their hashes that does not depend on their order.
Digest = dict[str, tuple[int, int]]


def copy_rows(source: Connection, target: Connection) -> Digest:
    """Copy every row of every table into the same tables, which are empty. Returns what was copied.

    A table that somebody else put beside ours stays where it is.
    """
    ours = {table.name: table for table in _tables(target)}
    theirs = [table for table in _tables(source) if table.name in ours]
    digest: Digest = {}
    for table in theirs:
        into, count, total = ours[table.name], 0, 0
        for rows in _batches(source, table):
            for row in rows:
                count, total = count + 1, (total + _hash(row)) % 2**256
            fitted = [_fitted(row, target.dialect.name) for row in rows]
            target.execute(insert(into), fitted)
        digest[table.name] = (count, total)
    if target.dialect.name == "postgresql":
        _count_on(target, list(ours.values()))
    return digest


def digest_of(connection: Connection) -> Digest:
    """The same over what lies in a database, whichever engine it is."""
    digest: Digest = {}
    for table in _tables(connection):
        count, total = 0, 0
        for rows in _batches(connection, table):
            for row in rows:
                count, total = count + 1, (total + _hash(row)) % 2**256
        digest[table.name] = (count, total)
    return digest


def _tables(connection: Connection) -> list[Table]:
    """Parents before children."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in _LEFT_OUT]


def _batches(connection: Connection, table: Table) -> Iterator[list[Row]]:
    query = select(table).order_by(*table.primary_key.columns)
    own = [key for key in table.foreign_keys if key.column.table is table]
    if own:  # a row may point to a later one of its own table: those it points to come first
        rows = [dict(row) for row in connection.execute(query).mappings()]
        yield from _cut(_parents_first(rows, own[0].column.name, [key.parent.name for key in own]))
        return
    whole_files = any(column.type.python_type is bytes for column in table.columns)
    result = connection.execute(query.execution_options(yield_per=4 if whole_files else _AT_ONCE))
    for part in result.mappings().partitions():
        yield [dict(row) for row in part]


def _cut(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _parents_first(rows: list[Row], key: str, pointers: list[str]) -> list[Row]:
    by_key = {row[key]: row for row in rows}
    placed: dict[Any, None] = {}
    for row in rows:
        waiting = [row[key]]
        while waiting:
            wanted = [
                by_key[waiting[-1]][name]
                for name in pointers
                if by_key[waiting[-1]][name] in by_key and by_key[waiting[-1]][name] not in placed
            ]
            if not wanted or wanted[0] in waiting:
                placed[waiting.pop()] = None
            else:
                waiting.append(wanted[0])
    return [by_key[each] for each in placed]


def _hash(row: Mapping[str, Any]) -> int:
    plain = repr(sorted((name, _plain(value)) for name, value in row.items()))
    return int.from_bytes(hashlib.sha256(plain.encode()).digest())


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, dt.datetime):
        return _utc(value).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, dt.date) else value


def _utc(value: dt.datetime) -> dt.datetime:
    return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def _fitted(row: Row, dialect: str) -> Row:
    """A moment as the other engine keeps it: SQLite's are in UTC and do not say so."""
    return {
        name: (_utc(value).replace(tzinfo=None) if dialect == "sqlite" else _utc(value))
        if isinstance(value, dt.datetime)
        else value
        for name, value in row.items()
    }


def _count_on(connection: Connection, tables: list[Table]) -> None:
    """Let the counters of numbered rows go on after the rows that came with their numbers."""
    for table in tables:
        for column in table.primary_key.columns:
            counter = connection.scalar(
                text("SELECT pg_get_serial_sequence(quote_ident(:table), :column)"),
                {"table": table.name, "column": column.name},
            )
            if counter is not None:
                last = connection.scalar(select(func.max(column)))
                connection.execute(
                    text("SELECT setval(CAST(:counter AS regclass), :last, :called)"),
                    {"counter": counter, "last": last or 1, "called": last is not None},
                )

"""Whether a server's tables are those that this program makes."""

from __future__ import annotations

from sqlalchemy import Connection, text

from akimat_desk.storage.schema import expected_layout

# What the steps make instead of SQLite's three triggers.
_GUARDS = {"journal_no_change", "journal_no_truncate", "journal_in_turn"}
_COLUMNS = """
    SELECT table_name, column_name, is_nullable = 'NO' FROM information_schema.columns
    WHERE table_schema = current_schema()
"""
_INDEXES = """
    SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_namespace n ON n.oid = i.relnamespace
    WHERE n.nspname = current_schema()
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u'))
"""
_TRIGGERS = """
    SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND n.nspname = current_schema()
"""


def server_layout_differs(connection: Connection) -> list[str]:
    """The names of tables, indexes and triggers that are not as they should be. Imports Alembic."""
    tables: set[tuple[str, str, bool]] = set()
    indexes: set[str] = set()
    for kind, name, parts in expected_layout():
        if kind == "index":
            indexes.add(name)
        elif kind == "table":
            # A column is (name, type, not null, in the key); what has three parts is a foreign key.
            columns = [part for part in parts if isinstance(part, tuple) and len(part) == 4]
            tables |= {(name, str(column[0]), bool(column[2])) for column in columns}
    found = {(table, column, bool(needed)) for table, column, needed in connection.execute(text(_COLUMNS))}
    differing = {table for table, _, _ in tables ^ found}
    differing |= indexes ^ {name for (name,) in connection.execute(text(_INDEXES))}
    differing |= _GUARDS ^ {name for (name,) in connection.execute(text(_TRIGGERS))}
    return sorted(differing)

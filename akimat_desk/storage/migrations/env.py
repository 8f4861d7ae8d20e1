"""Alembic's entry: runs the steps on the connection that `storage.schema` hands over."""

from __future__ import annotations

from alembic import context

# Batch mode, because SQLite cannot alter most things in place.
context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

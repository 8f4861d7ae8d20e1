"""The calendar of a workspace: days that the office corrects, dates that are done, events told by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_calendar"
down_revision: str | None = "0009_execution"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the calendar."""
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("working", sa.Boolean, nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_calendar_days"),
    )
    op.create_table(
        "calendar_marks",
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "year", "key", name="pk_calendar_marks"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_calendar_marks_unit_id_units"),
    )
    op.create_table(
        "calendar_events",
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "year", "event", "day", name="pk_calendar_events"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_calendar_events_unit_id_units"),
    )

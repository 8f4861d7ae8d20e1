"""Corrections of a confirmed decision's number and dates, each with its reason and what stood before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_corrections"
down_revision: str | None = "0010_calendar"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of corrections."""
    op.create_table(
        "budget_corrections",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("date", sa.Date, nullable=True),
        sa.Column("effective_date", sa.Date, nullable=True),
        sa.Column("session", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_corrections"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["budget_documents.id"],
            name="fk_budget_corrections_document_id_budget_documents",
        ),
    )
    op.create_index("ix_budget_corrections_document_id", "budget_corrections", ["document_id"])

"""Drafts edited by hand: how each amount came, by whom and when; notes of lines; a count of edits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_drafts"
down_revision: str | None = "0002_decisions"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns of drafts and the table of their lines' notes."""
    op.add_column("budget_documents", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    op.add_column("budget_lines", sa.Column("entered_by", sa.String(200), nullable=True))
    op.add_column("budget_lines", sa.Column("entered_at", _MOMENT, nullable=True))
    op.create_table(
        "budget_draft_lines",
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("section", sa.String(20), nullable=False),
        sa.Column("line", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("noted_by", sa.String(200), nullable=True),
        sa.Column("noted_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("document_id", "section", "line", name="pk_budget_draft_lines"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["budget_documents.id"],
            name="fk_budget_draft_lines_document_id_budget_documents",
        ),
    )

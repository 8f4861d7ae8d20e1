"""The steps of a draft, kept with it: undo reaches back over the closing of the program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_draft_steps"
down_revision: str | None = "0015_row_digests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of steps."""
    op.create_table(
        "budget_draft_steps",
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("undone", sa.Boolean, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_budget_draft_steps"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["budget_documents.id"],
            name="fk_budget_draft_steps_document_id_budget_documents",
        ),
    )

"""What a plan rests on (minutes of an assembly), and the БСН/БИН that numbers of certificates carry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_bases"
down_revision: str | None = "0011_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nothing that is there changes."""
    op.add_column("units", sa.Column("bin", sa.String(12), nullable=False, server_default=sa.text("''")))
    op.add_column(
        "plan_documents", sa.Column("basis_kind", sa.String(40), nullable=False, server_default=sa.text("''"))
    )
    op.add_column(
        "plan_documents",
        sa.Column("basis_number", sa.String(100), nullable=False, server_default=sa.text("''")),
    )
    op.add_column("plan_documents", sa.Column("basis_date", sa.Date, nullable=True))
    op.add_column("plan_documents", sa.Column("basis_id", sa.Integer, nullable=True))

"""Digests of the stored rows, so that what rots on the disk is noticed (see storage/row_digests.py)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_row_digests"
down_revision: str | None = "0014_contents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the program fills it once the file stands in today's layout."""
    op.create_table(
        "row_digests",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("block", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("name", "block", name="pk_row_digests"),
    )

"""The row of the source that each line of a treasury form was read from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017_form_rows"
down_revision: str | None = "0016_draft_steps"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lines taken in before have no row: their file is not read again."""
    op.add_column("execution_facts", sa.Column("row", sa.Integer, nullable=True))

"""A scenario of the what-if keeps a note: what was meant by it, who said so, what it rests on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_scenario_notes"
down_revision: str | None = "0012_bases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the note."""
    op.add_column("ratio_scenarios", sa.Column("note", sa.Text, nullable=True))

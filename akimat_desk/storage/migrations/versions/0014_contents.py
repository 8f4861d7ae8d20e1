"""Packages bring more than decisions: plans, adjustments, forms; numbers of meetings and ratios."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_contents"
down_revision: str | None = "0013_scenario_notes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; nothing that is there changes."""
    op.create_table(
        "package_papers",
        sa.Column("ref", sa.String(80), nullable=False),
        sa.Column("package_id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=True),
        sa.Column("paper_id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("ref", name="pk_package_papers"),
        sa.ForeignKeyConstraint(
            ["package_id"], ["packages_received.id"], name="fk_package_papers_package_id_packages_received"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_package_papers_unit_id_units"),
    )
    op.create_index("ix_package_papers_package_id", "package_papers", ["package_id"])
    op.create_index("ix_package_papers_unit_id", "package_papers", ["unit_id"])
    op.create_table(
        "package_statements",
        sa.Column("package_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("package_id", "kind", name="pk_package_statements"),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["packages_received.id"],
            name="fk_package_statements_package_id_packages_received",
        ),
    )

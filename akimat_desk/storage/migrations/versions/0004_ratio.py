"""What an office knows of its own lines, and the what-if scenarios it saves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_ratio"
down_revision: str | None = "0003_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the ratio."""
    op.create_table(
        "ratio_bases",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("line", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer, nullable=True),
        sa.Column("charge", sa.BigInteger, nullable=True),
        sa.Column("collection", sa.Integer, nullable=True),
        sa.Column("arrears", sa.BigInteger, nullable=True),
        sa.Column("amount", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ratio_bases"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_ratio_bases_unit_id_units"),
        sa.UniqueConstraint("unit_id", "year", "line", name="uq_ratio_bases_unit_id_year_line"),
    )
    op.create_table(
        "ratio_scenarios",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("variant", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ratio_scenarios"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_ratio_scenarios_unit_id_units"),
    )
    op.create_index("ix_ratio_scenarios_unit_year", "ratio_scenarios", ["unit_id", "year"])
    op.create_table(
        "ratio_levers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("scenario_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("line", sa.String(40), nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=True),
        sa.Column("tenths", sa.Integer, nullable=True),
        sa.Column("count", sa.Integer, nullable=True),
        sa.Column("charge", sa.BigInteger, nullable=True),
        sa.Column("collection", sa.Integer, nullable=True),
        sa.Column("arrears_tenths", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ratio_levers"),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["ratio_scenarios.id"], name="fk_ratio_levers_scenario_id_ratio_scenarios"
        ),
        sa.UniqueConstraint("scenario_id", "position", name="uq_ratio_levers_scenario_id_position"),
    )

"""Reference data: a workspace's own codes of the classification, the list of places, people by year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_reference"
down_revision: str | None = "0005_budget_year"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of reference data."""
    op.create_table(
        "classification_sources",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("attachment_id", sa.Integer, nullable=True),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("added_by", sa.String(200), nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_classification_sources"),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name="fk_classification_sources_attachment_id_attachments",
        ),
    )
    op.create_table(
        "classification_rows",
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer, nullable=True),
        sa.Column("name_kk", sa.Text, nullable=False),
        sa.Column("name_ru", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("own_revenue", sa.Boolean, nullable=False),
        sa.Column("repeats", sa.String(20), nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("confidence", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("former", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "position", name="pk_classification_rows"),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["classification_sources.id"],
            name="fk_classification_rows_source_id_classification_sources",
        ),
    )
    op.create_table(
        "kato_places",
        sa.Column("code", sa.String(9), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name_kk", sa.String(300), nullable=False),
        sa.Column("name_ru", sa.String(300), nullable=False),
        sa.Column("sign", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_kato_places"),
    )
    op.create_table(
        "populations",
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "year", name="pk_populations"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_populations_unit_id_units"),
        sa.CheckConstraint("people >= 0", name="ck_populations_people"),
    )

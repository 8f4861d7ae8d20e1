"""Packages: sent, received with each state, their documents, and the keys of the units below."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_packages"
down_revision: str | None = "0007_meetings"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "packages_sent",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=True),
        sa.Column("addressee", sa.String(9), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("attachment_id", sa.Integer, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("answer_at", _MOMENT, nullable=True),
        sa.Column("answer_note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_packages_sent"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_packages_sent_unit_id_units"),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name="fk_packages_sent_attachment_id_attachments"
        ),
        sa.UniqueConstraint("sha256", name="uq_packages_sent_sha256"),
        sa.UniqueConstraint("unit_id", "sequence", name="uq_packages_sent_unit_id_sequence"),
    )
    op.create_table(
        "packages_received",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("attachment_id", sa.Integer, nullable=False),
        sa.Column("journal_row", sa.Integer, nullable=False),
        sa.Column("journal_hash", sa.String(64), nullable=False),
        sa.Column("errors", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_packages_received"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_packages_received_unit_id_units"),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name="fk_packages_received_attachment_id_attachments"
        ),
        sa.UniqueConstraint("sha256", name="uq_packages_received_sha256"),
        sa.UniqueConstraint("unit_id", "sequence", name="uq_packages_received_unit_id_sequence"),
    )
    op.create_index("ix_packages_received_period", "packages_received", ["year", "month"])
    op.create_table(
        "package_steps",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("package_id", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_package_steps"),
        sa.ForeignKeyConstraint(
            ["package_id"], ["packages_received.id"], name="fk_package_steps_package_id_packages_received"
        ),
    )
    op.create_index("ix_package_steps_package_id", "package_steps", ["package_id"])
    op.create_table(
        "package_documents",
        sa.Column("ref", sa.String(80), nullable=False),
        sa.Column("package_id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("ref", name="pk_package_documents"),
        sa.ForeignKeyConstraint(
            ["package_id"], ["packages_received.id"], name="fk_package_documents_package_id_packages_received"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["budget_documents.id"], name="fk_package_documents_document_id_budget_documents"
        ),
    )
    op.create_index("ix_package_documents_package_id", "package_documents", ["package_id"])
    op.create_table(
        "package_keys",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kato", sa.String(9), nullable=False),
        sa.Column("key", sa.String(44), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=True),
        sa.Column("confirmed_at", _MOMENT, nullable=True),
        sa.Column("confirmed_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_package_keys"),
    )
    op.create_index("ix_package_keys_kato", "package_keys", ["kato"])

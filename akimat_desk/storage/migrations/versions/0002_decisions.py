"""Decisions on the budget: documents, their years, figures, lines and the reader's remarks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_decisions"
down_revision: str | None = "0001_ground"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _document_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["document_id"], ["budget_documents.id"], name=f"fk_{table}_document_id_budget_documents"
    )


def upgrade() -> None:
    """Make the tables of budget documents."""
    op.create_table(
        "budget_documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("first_year", sa.Integer, nullable=False),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("date", sa.Date, nullable=True),
        sa.Column("effective_date", sa.Date, nullable=True),
        sa.Column("session", sa.String(300), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("based_on_id", sa.Integer, nullable=True),
        sa.Column("attachment_id", sa.Integer, nullable=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("confirmed_at", _MOMENT, nullable=True),
        sa.Column("confirmed_by", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_budget_documents"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_budget_documents_unit_id_units"),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["budget_documents.id"], name="fk_budget_documents_based_on_id_budget_documents"
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name="fk_budget_documents_attachment_id_attachments"
        ),
    )
    op.create_index("ix_budget_documents_unit_first_year", "budget_documents", ["unit_id", "first_year"])
    op.create_table(
        "budget_document_years",
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("annex", sa.Integer, nullable=True),
        sa.Column("last_figure", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "year", name="pk_budget_document_years"),
        _document_key("budget_document_years"),
    )
    op.create_table(
        "budget_figures",
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("figure", sa.String(40), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "year", "figure", name="pk_budget_figures"),
        _document_key("budget_figures"),
    )
    op.create_table(
        "budget_lines",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("section", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("figure", sa.String(40), nullable=True),
        sa.Column("name_kk", sa.Text, nullable=False),
        sa.Column("name_ru", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("printed_name", sa.Text, nullable=False),
        sa.Column("raw", sa.String(100), nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=True),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_lines"),
        sa.UniqueConstraint(
            "document_id", "year", "position", name="uq_budget_lines_document_id_year_position"
        ),
        _document_key("budget_lines"),
    )
    op.create_table(
        "budget_notes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_notes"),
        sa.UniqueConstraint("document_id", "position", name="uq_budget_notes_document_id_position"),
        _document_key("budget_notes"),
    )

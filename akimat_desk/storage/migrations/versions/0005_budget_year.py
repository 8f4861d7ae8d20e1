"""The budget year: financing plans, adjustments of the akim, closed periods, opening balances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_budget_year"
down_revision: str | None = "0004_ratio"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def _made() -> list[sa.Column[object]]:
    return [
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
    ]


def _confirmed() -> list[sa.Column[object]]:
    return [
        sa.Column("confirmed_at", _MOMENT, nullable=True),
        sa.Column("confirmed_by", sa.String(200), nullable=True),
    ]


def _names() -> list[sa.Column[object]]:
    return [sa.Column(f"name_{language}", sa.Text, nullable=False) for language in ("kk", "ru", "en")]


def upgrade() -> None:
    """Make the tables of the budget year."""
    _plans()
    _adjustments()
    _periods()


def _plans() -> None:
    op.create_table(
        "plan_documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("area", sa.String(20), nullable=False),
        sa.Column("change_kind", sa.String(40), nullable=False),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("date", sa.Date, nullable=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("attachment_id", sa.Integer, nullable=True),
        *_made(),
        *_confirmed(),
        sa.Column("deleted_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_plan_documents"),
        _key("plan_documents", "unit_id", "units"),
        _key("plan_documents", "attachment_id", "attachments"),
    )
    op.create_index("ix_plan_documents_unit_year", "plan_documents", ["unit_id", "year"])
    op.create_table(
        "plan_lines",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        *_names(),
        sa.Column("own_name", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_lines"),
        sa.UniqueConstraint("document_id", "side", "code", name="uq_plan_lines_document_id_side_code"),
        _key("plan_lines", "document_id", "plan_documents"),
    )
    op.create_table(
        "plan_amounts",
        sa.Column("line_id", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("line_id", "month", name="pk_plan_amounts"),
        _key("plan_amounts", "line_id", "plan_lines"),
    )


def _adjustments() -> None:
    op.create_table(
        "adjustment_documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("date", sa.Date, nullable=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("basis_kind", sa.String(40), nullable=False),
        sa.Column("basis_number", sa.String(100), nullable=False),
        sa.Column("basis_date", sa.Date, nullable=True),
        sa.Column("basis_id", sa.Integer, nullable=True),
        *_made(),
        *_confirmed(),
        sa.PrimaryKeyConstraint("id", name="pk_adjustment_documents"),
        _key("adjustment_documents", "unit_id", "units"),
    )
    op.create_index("ix_adjustment_documents_unit_year", "adjustment_documents", ["unit_id", "year"])
    op.create_table(
        "adjustment_lines",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("section", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("figure", sa.String(40), nullable=True),
        *_names(),
        sa.Column("targeted", sa.Boolean, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_adjustment_lines"),
        sa.UniqueConstraint("document_id", "position", name="uq_adjustment_lines_document_id_position"),
        _key("adjustment_lines", "document_id", "adjustment_documents"),
    )


def _periods() -> None:
    op.create_table(
        "period_closings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=False),
        sa.Column("closed_by", sa.String(200), nullable=False),
        sa.Column("reopened_at", _MOMENT, nullable=True),
        sa.Column("reopened_by", sa.String(200), nullable=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_closings"),
        _key("period_closings", "unit_id", "units"),
    )
    op.create_index("ix_period_closings_unit_year", "period_closings", ["unit_id", "year"])
    op.create_table(
        "balance_statements",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        *_made(),
        sa.PrimaryKeyConstraint("id", name="pk_balance_statements"),
        _key("balance_statements", "unit_id", "units"),
    )
    op.create_index("ix_balance_statements_unit_year", "balance_statements", ["unit_id", "year"])
    op.create_table(
        "balance_items",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("statement_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_balance_items"),
        sa.UniqueConstraint("statement_id", "position", name="uq_balance_items_statement_id_position"),
        _key("balance_items", "statement_id", "balance_statements"),
    )

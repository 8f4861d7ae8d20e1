"""Execution: treasury forms, their facts, reasons of deviations, choices about unknown codes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_execution"
down_revision: str | None = "0008_packages"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_MEASURES = (
    "plan_year", "plan_obligations", "plan_payments", "registered", "paid", "paid_month",
    "unpaid", "outstanding", "received_day", "received",
)  # fmt: skip


def _unit_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=f"fk_{table}_unit_id_units")


def upgrade() -> None:
    """Make the tables of execution."""
    op.create_table(
        "execution_forms",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("institution_code", sa.String(20), nullable=False),
        sa.Column("institution", sa.Text, nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("attachment_id", sa.Integer, nullable=True),
        sa.Column("supersedes_id", sa.Integer, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_execution_forms"),
        _unit_key("execution_forms"),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name="fk_execution_forms_attachment_id_attachments"
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["execution_forms.id"], name="fk_execution_forms_supersedes_id_execution_forms"
        ),
    )
    op.create_index("ix_execution_forms_unit_year", "execution_forms", ["unit_id", "year", "month"])
    op.create_table(
        "execution_facts",
        sa.Column("form_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("name_kk", sa.Text, nullable=False),
        sa.Column("name_ru", sa.Text, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=True) for name in _MEASURES),
        sa.PrimaryKeyConstraint("form_id", "position", name="pk_execution_facts"),
        sa.UniqueConstraint("form_id", "code", name="uq_execution_facts_form_id_code"),
        sa.ForeignKeyConstraint(
            ["form_id"], ["execution_forms.id"], name="fk_execution_facts_form_id_execution_forms"
        ),
    )
    op.create_table(
        "execution_reasons",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("written_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_execution_reasons"),
        sa.UniqueConstraint(
            "unit_id", "year", "month", "code", name="uq_execution_reasons_unit_id_year_month_code"
        ),
        _unit_key("execution_reasons"),
    )
    op.create_table(
        "execution_choices",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("printed", sa.String(40), nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=True),
        sa.Column("name_kk", sa.Text, nullable=False),
        sa.Column("name_ru", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_execution_choices"),
        sa.UniqueConstraint("unit_id", "kind", "printed", name="uq_execution_choices_unit_id_kind_printed"),
        _unit_key("execution_choices"),
    )

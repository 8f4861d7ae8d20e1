"""The ground: workspace, settings, journal, attachments, units, posts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_ground"
down_revision: str | None = None
branch_labels = None
depends_on = None

_KINDS = ("okrug", "village", "settlement", "town", "raion", "oblast")
_POSITIONS = ("akim", "chief_accountant", "specialist", "maslikhat_chair", "maslikhat_secretary")

_MOMENT = sa.DateTime(timezone=True)

# The journal only grows. A row out of turn would be a row put in afterwards.
_GUARDS = {
    "sqlite": (
        (
            "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN "
            "SELECT RAISE(ABORT, 'the journal is append-only'); END"
        ),
        (
            "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN "
            "SELECT RAISE(ABORT, 'the journal is append-only'); END"
        ),
        (
            "CREATE TRIGGER journal_in_turn BEFORE INSERT ON journal "
            "WHEN NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM journal) BEGIN "
            "SELECT RAISE(ABORT, 'the journal is append-only'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal "
            "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
        ),
        (
            "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        ),
        (
            "CREATE FUNCTION journal_take_turn() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM journal) THEN "
            "RAISE EXCEPTION 'the journal is append-only'; END IF; RETURN NEW; END $$"
        ),
        (
            "CREATE TRIGGER journal_in_turn BEFORE INSERT ON journal "
            "FOR EACH ROW EXECUTE FUNCTION journal_take_turn()"
        ),
    ),
}


def _name(length: int = 200) -> sa.String:
    return sa.String(length)


def upgrade() -> None:
    """Make the tables of the ground."""
    op.create_table(
        "workspace_info",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.Column("written_by", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace_info"),
        sa.CheckConstraint("id = 1", name="ck_workspace_info_single"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
    op.create_table(
        "actors",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", _name(), nullable=True),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_actors"),
        sa.UniqueConstraint("name", name="uq_actors_name"),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor_id", sa.Integer, nullable=False),
        sa.Column("action", sa.String(80), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("touched", sa.Text, nullable=False),
        sa.Column("program", sa.String(40), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_journal_actor_id_actors"),
        sa.UniqueConstraint("hash", name="uq_journal_hash"),
    )
    op.create_index("ix_journal_actor_id", "journal", ["actor_id"])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("media_kind", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.UniqueConstraint("sha256", name="uq_attachments_sha256"),
    )
    op.create_table(
        "backup_seals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("program", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_backup_seals"),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kato", sa.String(9), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(*_KINDS, native_enum=False, create_constraint=True, name="ck_units_unitkind", length=32),
            nullable=False,
        ),
        sa.Column("name_kk", _name(), nullable=False),
        sa.Column("name_ru", _name(), nullable=False),
        sa.Column("name_kk_genitive", _name(), nullable=False),
        sa.Column("name_ru_genitive", _name(), nullable=False),
        sa.Column("raion_kk", _name(), nullable=False),
        sa.Column("raion_ru", _name(), nullable=False),
        sa.Column("oblast_kk", _name(), nullable=False),
        sa.Column("oblast_ru", _name(), nullable=False),
        sa.Column("maslikhat_kk", _name(), nullable=False),
        sa.Column("maslikhat_ru", _name(), nullable=False),
        sa.Column("parent_id", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("kato", name="uq_units_kato"),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name="fk_units_parent_id_units"),
    )
    op.create_index("ix_units_parent_id", "units", ["parent_id"])
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Integer, nullable=False),
        sa.Column(
            "position",
            sa.Enum(
                *_POSITIONS, native_enum=False, create_constraint=True, name="ck_posts_position", length=32
            ),
            nullable=False,
        ),
        sa.Column("person", _name(), nullable=False),
        sa.Column("since", sa.Date, nullable=True),
        sa.Column("until", sa.Date, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_posts_unit_id_units"),
        sa.CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="ck_posts_period"),
    )
    op.create_index("ix_posts_unit_id", "posts", ["unit_id"])

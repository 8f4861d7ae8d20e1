"""Meetings: localities, people, the record of a meeting, what follows; what agreed a budget document."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_meetings"
down_revision: str | None = "0006_reference"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of meetings and of the bases of budget documents."""
    op.create_table(
        "localities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("name_kk", sa.String(length=200), nullable=False),
        sa.Column("name_ru", sa.String(length=200), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["part_of_id"], ["localities.id"], name=op.f("fk_localities_part_of_id_localities")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_localities_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_localities")),
    )
    op.create_index(op.f("ix_localities_unit_id"), "localities", ["unit_id"], unique=False)
    op.create_table(
        "budget_bases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["budget_documents.id"],
            name=op.f("fk_budget_bases_document_id_budget_documents"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_bases")),
        sa.UniqueConstraint("kind", "source_id", name=op.f("uq_budget_bases_kind_source_id")),
    )
    op.create_index(op.f("ix_budget_bases_document_id"), "budget_bases", ["document_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("occupation", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["locality_id"], ["localities.id"], name=op.f("fk_people_locality_id_localities")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_people_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_unit_id"), "people", ["unit_id"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("place_kk", sa.String(length=300), nullable=False),
        sa.Column("place_ru", sa.String(length=300), nullable=False),
        sa.Column("convened_by", sa.String(length=10), nullable=False),
        sa.Column("initiators", sa.Integer(), nullable=True),
        sa.Column("extraordinary", sa.Boolean(), nullable=False),
        sa.Column("notice_given", sa.Date(), nullable=True),
        sa.Column("materials_given", sa.Date(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.Time(), nullable=True),
        sa.Column("closed_at", sa.Time(), nullable=True),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("chair", sa.String(length=200), nullable=False),
        sa.Column("secretary", sa.String(length=200), nullable=False),
        sa.Column("chair_person_id", sa.Integer(), nullable=True),
        sa.Column("agenda_approved", sa.Boolean(), nullable=True),
        sa.Column("signed_by_chair", sa.Boolean(), nullable=True),
        sa.Column("signed_by_secretary", sa.Boolean(), nullable=True),
        sa.Column("handed_to_akim", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("representatives", sa.Integer(), nullable=True),
        sa.Column("instead_of_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chair_person_id"], ["people.id"], name=op.f("fk_meetings_chair_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["instead_of_id"], ["meetings.id"], name=op.f("fk_meetings_instead_of_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["locality_id"], ["localities.id"], name=op.f("fk_meetings_locality_id_localities")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_meetings_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_unit_id"), "meetings", ["unit_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR since <= until", name=op.f("ck_memberships_term")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_person_id"), "memberships", ["person_id"], unique=False)
    op.create_table(
        "meeting_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("occupation", sa.String(length=200), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("arrived", sa.Time(), nullable=True),
        sa.Column("departed", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_attendance_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_meeting_attendance_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendance")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_meeting_attendance_meeting_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_meeting_attendance_meeting_id"), "meeting_attendance", ["meeting_id"], unique=False
    )
    op.create_table(
        "meeting_breaks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("began", sa.Time(), nullable=False),
        sa.Column("ended", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_breaks_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_breaks")),
    )
    op.create_index(op.f("ix_meeting_breaks_meeting_id"), "meeting_breaks", ["meeting_id"], unique=False)
    op.create_table(
        "meeting_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("title_kk", sa.Text(), nullable=False),
        sa.Column("title_ru", sa.Text(), nullable=False),
        sa.Column("reporter", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("about_meeting_id", sa.Integer(), nullable=True),
        sa.Column("put_to_vote", sa.Boolean(), nullable=False),
        sa.Column("by_name", sa.Boolean(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_abstained", sa.Integer(), nullable=True),
        sa.Column("voted_at", sa.Time(), nullable=True),
        sa.Column("adopted", sa.Boolean(), nullable=True),
        sa.Column("decision_kk", sa.Text(), nullable=False),
        sa.Column("decision_ru", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_meeting_id"], ["meetings.id"], name=op.f("fk_meeting_items_about_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["budget_documents.id"],
            name=op.f("fk_meeting_items_document_id_budget_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_items_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_items")),
    )
    op.create_index(op.f("ix_meeting_items_meeting_id"), "meeting_items", ["meeting_id"], unique=False)
    op.create_table(
        "meeting_monitoring",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("heard_at_id", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_at_id"], ["meetings.id"], name=op.f("fk_meeting_monitoring_answered_at_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name=op.f("fk_meeting_monitoring_attachment_id_attachments"),
        ),
        sa.ForeignKeyConstraint(
            ["heard_at_id"], ["meetings.id"], name=op.f("fk_meeting_monitoring_heard_at_id_meetings")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_meeting_monitoring_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_monitoring")),
        sa.UniqueConstraint("unit_id", "year", "half", name=op.f("uq_meeting_monitoring_unit_id_year_half")),
    )
    op.create_table(
        "meeting_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_meeting_papers_attachment_id_attachments")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_papers_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_papers")),
    )
    op.create_index(op.f("ix_meeting_papers_meeting_id"), "meeting_papers", ["meeting_id"], unique=False)
    op.create_table(
        "meeting_follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("paper", sa.String(length=300), nullable=False),
        sa.Column("text_kk", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name=op.f("fk_meeting_follow_ups_attachment_id_attachments"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_meeting_follow_ups_item_id_meeting_items")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_follow_ups_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_follow_ups")),
    )
    op.create_index(op.f("ix_meeting_follow_ups_item_id"), "meeting_follow_ups", ["item_id"], unique=False)
    op.create_table(
        "meeting_speeches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("speaker", sa.String(length=200), nullable=False),
        sa.Column("gist_kk", sa.Text(), nullable=False),
        sa.Column("gist_ru", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_meeting_speeches_item_id_meeting_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_speeches")),
    )
    op.create_index(op.f("ix_meeting_speeches_item_id"), "meeting_speeches", ["item_id"], unique=False)
    op.create_table(
        "meeting_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text_kk", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_meeting_tasks_item_id_meeting_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_tasks")),
    )
    op.create_index(op.f("ix_meeting_tasks_item_id"), "meeting_tasks", ["item_id"], unique=False)
    op.create_table(
        "meeting_votes",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("vote", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_meeting_votes_item_id_meeting_items")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_meeting_votes_person_id_people")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_meeting_votes")),
    )
    op.create_table(
        "resident_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("what_kk", sa.Text(), nullable=False),
        sa.Column("what_ru", sa.Text(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("ranked_at_id", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("budget_year", sa.Integer(), nullable=True),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("spent_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_at_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["budget_documents.id"],
            name=op.f("fk_resident_proposals_document_id_budget_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meeting_items.id"], name=op.f("fk_resident_proposals_item_id_meeting_items")
        ),
        sa.ForeignKeyConstraint(
            ["locality_id"], ["localities.id"], name=op.f("fk_resident_proposals_locality_id_localities")
        ),
        sa.ForeignKeyConstraint(
            ["raised_at_id"], ["meetings.id"], name=op.f("fk_resident_proposals_raised_at_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["ranked_at_id"], ["meetings.id"], name=op.f("fk_resident_proposals_ranked_at_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["told_at_id"], ["meetings.id"], name=op.f("fk_resident_proposals_told_at_id_meetings")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_resident_proposals_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_proposals")),
    )
    op.create_index(op.f("ix_resident_proposals_unit_id"), "resident_proposals", ["unit_id"], unique=False)

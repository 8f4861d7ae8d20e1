"""Tables of budget documents. An amount is a whole number of tiyn; a missing row is "not stated"."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from akimat_desk.storage.base import Base, Tiyn, UtcDateTime


class BudgetDocument(Base):
    """A decision or an amendment; every amendment is a whole new edition of the three-year budget."""

    __tablename__ = "budget_documents"
    __table_args__ = (Index("ix_budget_documents_unit_first_year", "unit_id", "first_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str] = mapped_column(String(20))  # views.DecisionKind
    state: Mapped[str] = mapped_column(String(20))  # views.DocumentState
    first_year: Mapped[int]
    number: Mapped[str] = mapped_column(String(100), default="")
    date: Mapped[dt.date | None]
    effective_date: Mapped[dt.date | None]
    session: Mapped[str] = mapped_column(String(300), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(2))
    # The edition whose figures a restated sub-point leaves as they were.
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("budget_documents.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    # Why a decision was confirmed although its figures do not add up.
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(String(200))
    # Counts the edits of a draft: who edits an older state than the stored one is told so.
    revision: Mapped[int] = mapped_column(default=0, server_default="0")

    years: Mapped[list[BudgetDocumentYear]] = relationship(
        cascade="all, delete-orphan", order_by="BudgetDocumentYear.year"
    )
    figures: Mapped[list[BudgetFigure]] = relationship(cascade="all, delete-orphan")
    lines: Mapped[list[BudgetLineRow]] = relationship(
        cascade="all, delete-orphan", order_by="(BudgetLineRow.year, BudgetLineRow.position)"
    )
    notes: Mapped[list[BudgetNote]] = relationship(
        cascade="all, delete-orphan", order_by="BudgetNote.position"
    )
    draft_lines: Mapped[list[BudgetDraftLine]] = relationship(cascade="all, delete-orphan")
    draft_steps: Mapped[list[BudgetDraftStep]] = relationship(cascade="all, delete-orphan")
    corrections: Mapped[list[BudgetCorrection]] = relationship(
        cascade="all, delete-orphan", order_by="BudgetCorrection.id"
    )


class BudgetDocumentYear(Base):
    """A year that a document covers; ``annex`` is the number of its annex where one was given."""

    __tablename__ = "budget_document_years"

    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    annex: Mapped[int | None]
    # The last figure of the structure that the text reached: identities are judged up to there.
    last_figure: Mapped[str] = mapped_column(String(40), default="")


class BudgetFigure(Base):
    """A figure of the structure (article 9) for one year of a document."""

    __tablename__ = "budget_figures"

    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    figure: Mapped[str] = mapped_column(String(40), primary_key=True)
    amount: Mapped[int] = mapped_column(Tiyn)
    origin: Mapped[str] = mapped_column(String(20))  # editions.Origin


class BudgetLineRow(Base):
    """A printed row of an annex: what it is (``kind``) is stored, never read off its digits."""

    __tablename__ = "budget_lines"
    __table_args__ = (UniqueConstraint("document_id", "year", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"))
    year: Mapped[int]
    position: Mapped[int]
    section: Mapped[str] = mapped_column(String(20))
    # Parts of the code joined by "/", a level left out stays empty ("08//124/006"); None without one.
    code: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    figure: Mapped[str | None] = mapped_column(String(40))
    name_kk: Mapped[str] = mapped_column(Text, default="")
    name_ru: Mapped[str] = mapped_column(Text, default="")
    name_en: Mapped[str] = mapped_column(Text, default="")
    printed_name: Mapped[str] = mapped_column(Text, default="")
    raw: Mapped[str] = mapped_column(String(100), default="")
    row: Mapped[int] = mapped_column(default=0)
    amount: Mapped[int | None] = mapped_column(Tiyn)
    origin: Mapped[str] = mapped_column(String(20))
    # Who brought this amount in and when; empty where it came with the document itself.
    entered_by: Mapped[str | None] = mapped_column(String(200))
    entered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class BudgetDraftLine(Base):
    """What a document keeps of a line beside its amounts: its note, and that it stands there at all.

    A line without any amount is known by its row here alone.
    """

    __tablename__ = "budget_draft_lines"

    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"), primary_key=True)
    section: Mapped[str] = mapped_column(String(20), primary_key=True)
    # drafts.keys: a stored code, "=" and a figure, "#" and a printed name, "" for a section's total.
    line: Mapped[str] = mapped_column(String(200), primary_key=True)
    note: Mapped[str] = mapped_column(Text, default="")
    noted_by: Mapped[str | None] = mapped_column(String(200))
    noted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class BudgetDraftStep(Base):
    """One edit of a draft, to be taken back or done again; ``undone`` ones are those taken back."""

    __tablename__ = "budget_draft_steps"

    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    undone: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes]  # drafts.kept_steps


class BudgetCorrection(Base):
    """What was corrected of a confirmed document's number, dates and session: what stood before, and why."""

    __tablename__ = "budget_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"), index=True)
    number: Mapped[str] = mapped_column(String(100), default="")
    date: Mapped[dt.date | None]
    effective_date: Mapped[dt.date | None]
    session: Mapped[str] = mapped_column(String(300), default="")
    reason: Mapped[str] = mapped_column(Text)
    corrected_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    corrected_by: Mapped[str] = mapped_column(String(200))


class BudgetNote(Base):
    """A finding of the reader, kept with the document (what the sums say is judged anew each time)."""

    __tablename__ = "budget_notes"
    __table_args__ = (UniqueConstraint("document_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("budget_documents.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(60))
    severity: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(Text)  # findings_store: fields, source, place, difference

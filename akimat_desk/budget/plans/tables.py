"""Tables of financing plans. A month without a row is 0: a plan says for every month what is to be."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from akimat_desk.storage.base import Base, Tiyn


class PlanDocument(Base):
    """A plan, a change of it (its lines are what is added), or the plan of a first quarter."""

    __tablename__ = "plan_documents"
    __table_args__ = (Index("ix_plan_documents_unit_year", "unit_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))  # documents.PlanKind
    state: Mapped[str] = mapped_column(String(20))  # views.DocumentState
    area: Mapped[str] = mapped_column(String(20), default="")  # documents.Area, of a change
    change_kind: Mapped[str] = mapped_column(String(40), default="")  # a key of resources/rules/plans.json
    number: Mapped[str] = mapped_column(String(100), default="")
    date: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    # What agreed it (bases.basis): kind "minutes", number, day, the agenda item where it is kept here.
    basis_kind: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    basis_number: Mapped[str] = mapped_column(String(100), default="", server_default=text("''"))
    basis_date: Mapped[dt.date | None]
    basis_id: Mapped[int | None]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(200))
    # Marked first; taken away for good later.
    deleted_at: Mapped[dt.datetime | None]

    lines: Mapped[list[PlanLineRow]] = relationship(
        cascade="all, delete-orphan", order_by="PlanLineRow.position"
    )


class PlanLineRow(Base):
    """A line: side and code. The name is the one of the day the plan was made."""

    __tablename__ = "plan_lines"
    __table_args__ = (UniqueConstraint("document_id", "side", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("plan_documents.id"))
    position: Mapped[int]
    side: Mapped[str] = mapped_column(String(20))  # sheet.Side
    code: Mapped[str] = mapped_column(String(40))
    name_kk: Mapped[str] = mapped_column(Text, default="")
    name_ru: Mapped[str] = mapped_column(Text, default="")
    name_en: Mapped[str] = mapped_column(Text, default="")
    # The name was given by the office: the classification does not know the code.
    own_name: Mapped[bool] = mapped_column(default=False)

    amounts: Mapped[list[PlanAmount]] = relationship(
        cascade="all, delete-orphan", order_by="PlanAmount.month"
    )


class PlanAmount(Base):
    """What a line plans for a month (1–12), in tiyn; only what is not 0."""

    __tablename__ = "plan_amounts"

    line_id: Mapped[int] = mapped_column(ForeignKey("plan_lines.id"), primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(Tiyn)

"""Tables of execution: forms as documents, their facts, reasons of deviations, choices about codes.

An amount is a whole number of tiyn, cumulative from 1 January; NULL is "not stated".
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from akimat_desk.storage.base import Base, Tiyn


class ExecutionForm(Base):
    """A form taken in or typed. The latest that is not withdrawn answers for its month and institution."""

    __tablename__ = "execution_forms"
    __table_args__ = (Index("ix_execution_forms_unit_year", "unit_id", "year", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str] = mapped_column(String(20))  # forms.FormKind
    year: Mapped[int]
    month: Mapped[int]
    as_of: Mapped[dt.date]
    institution_code: Mapped[str] = mapped_column(String(20), default="")
    institution: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(20))  # taking_in.Source
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    # The form of the same month whose figures this one corrects.
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("execution_forms.id"))
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[dt.datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was withdrawn
    # Findings as canonical JSON (decisions.findings_store), a list.
    notes: Mapped[str] = mapped_column(Text, default="[]")


class ExecutionFact(Base):
    """A line of a form: its whole code and what the form says of it."""

    __tablename__ = "execution_facts"
    __table_args__ = (UniqueConstraint("form_id", "code"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("execution_forms.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    # Parts joined by "/", a level left out stays empty: "1/04/4/02", "01/1/124/001/015/111".
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))  # codes.LineKind
    name_kk: Mapped[str] = mapped_column(Text, default="")
    name_ru: Mapped[str] = mapped_column(Text, default="")
    # Line or row of the file it was read from; NULL where it was typed, or taken in before this was kept.
    row: Mapped[int | None]
    plan_year: Mapped[int | None] = mapped_column(Tiyn)
    plan_obligations: Mapped[int | None] = mapped_column(Tiyn)
    plan_payments: Mapped[int | None] = mapped_column(Tiyn)
    registered: Mapped[int | None] = mapped_column(Tiyn)
    paid: Mapped[int | None] = mapped_column(Tiyn)
    paid_month: Mapped[int | None] = mapped_column(Tiyn)
    unpaid: Mapped[int | None] = mapped_column(Tiyn)
    outstanding: Mapped[int | None] = mapped_column(Tiyn)
    received_day: Mapped[int | None] = mapped_column(Tiyn)
    received: Mapped[int | None] = mapped_column(Tiyn)


class ExecutionReason(Base):
    """Why a line is off its plan in a month, in the office's own words."""

    __tablename__ = "execution_reasons"
    __table_args__ = (UniqueConstraint("unit_id", "year", "month", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    month: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[dt.datetime]
    written_by: Mapped[str] = mapped_column(String(200))


class ExecutionChoice(Base):
    """What a person decided about a printed code that nothing knew."""

    __tablename__ = "execution_choices"
    __table_args__ = (UniqueConstraint("unit_id", "kind", "printed"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str] = mapped_column(String(20))  # forms.FormKind
    printed: Mapped[str] = mapped_column(String(40))
    choice: Mapped[str] = mapped_column(String(20))  # codebook.ChoiceKind
    code: Mapped[str | None] = mapped_column(String(40))
    name_kk: Mapped[str] = mapped_column(Text, default="")
    name_ru: Mapped[str] = mapped_column(Text, default="")

"""Tables of the akim's adjustments: a decision and what it adds to lines of the budget (tiyn)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from akimat_desk.storage.base import Base, Tiyn


class AdjustmentDocument(Base):
    """A decision of the akim that changes the budget in force. What agreed it is a neutral basis."""

    __tablename__ = "adjustment_documents"
    __table_args__ = (Index("ix_adjustment_documents_unit_year", "unit_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    ground: Mapped[str] = mapped_column(String(40))  # documents.Ground
    state: Mapped[str] = mapped_column(String(20))  # views.DocumentState
    number: Mapped[str] = mapped_column(String(100), default="")
    date: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    basis_kind: Mapped[str] = mapped_column(String(40), default="")
    basis_number: Mapped[str] = mapped_column(String(100), default="")
    basis_date: Mapped[dt.date | None]
    basis_id: Mapped[int | None]
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(200))

    lines: Mapped[list[AdjustmentLineRow]] = relationship(
        cascade="all, delete-orphan", order_by="AdjustmentLineRow.position"
    )


class AdjustmentLineRow(Base):
    """A line of the budget and what is added to it. Balances used have a figure and no code."""

    __tablename__ = "adjustment_lines"
    __table_args__ = (UniqueConstraint("document_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("adjustment_documents.id"))
    position: Mapped[int]
    section: Mapped[str] = mapped_column(String(20))
    code: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))  # codes.LineKind
    figure: Mapped[str | None] = mapped_column(String(40))
    name_kk: Mapped[str] = mapped_column(Text, default="")
    name_ru: Mapped[str] = mapped_column(Text, default="")
    name_en: Mapped[str] = mapped_column(Text, default="")
    targeted: Mapped[bool] = mapped_column(default=False)  # the program lives on a targeted transfer
    amount: Mapped[int] = mapped_column(Tiyn)

"""Tables of closed periods and of a year's opening balances."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from akimat_desk.storage.base import Base, Tiyn


class PeriodClosing(Base):
    """A month (1–12) or a year (month 0) that was closed; kept when it is opened again."""

    __tablename__ = "period_closings"
    __table_args__ = (Index("ix_period_closings_unit_year", "unit_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    month: Mapped[int]
    closed_at: Mapped[dt.datetime]
    closed_by: Mapped[str] = mapped_column(String(200))
    reopened_at: Mapped[dt.datetime | None]
    reopened_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was opened again


class BalanceStatement(Base):
    """What a year opened with, as the treasury's statement says; a later one takes its place."""

    __tablename__ = "balance_statements"
    __table_args__ = (Index("ix_balance_statements_unit_year", "unit_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    total: Mapped[int] = mapped_column(Tiyn)
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str] = mapped_column(String(200))

    items: Mapped[list[BalanceItem]] = relationship(
        cascade="all, delete-orphan", order_by="BalanceItem.position"
    )


class BalanceItem(Base):
    """A part of the balances that article 116 binds: what must be returned or paid first."""

    __tablename__ = "balance_items"
    __table_args__ = (UniqueConstraint("statement_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("balance_statements.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))  # balances.BoundKind
    amount: Mapped[int] = mapped_column(Tiyn)
    note: Mapped[str] = mapped_column(Text, default="")

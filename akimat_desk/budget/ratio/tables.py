"""Tables of what an office knows about its own lines, and of the scenarios it saves."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from akimat_desk.storage.base import Base, Tiyn, UtcDateTime


class RatioBase(Base):
    """What stands behind a line of a year: how many things, at what charge, how well it is collected.

    ``line`` is the stored code of a line ("1/04/4"), or ``targeted_transfers`` whose ``amount`` is
    what of the year's transfers is targeted. ``collection`` is in tenths of a per cent.
    """

    __tablename__ = "ratio_bases"
    __table_args__ = (UniqueConstraint("unit_id", "year", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    line: Mapped[str] = mapped_column(String(40))
    count: Mapped[int | None]
    charge: Mapped[int | None] = mapped_column(Tiyn)
    collection: Mapped[int | None]
    arrears: Mapped[int | None] = mapped_column(Tiyn)
    amount: Mapped[int | None] = mapped_column(Tiyn)


class RatioScenario(Base):
    """A named what-if on the budget of a year; ``variant`` is the formula it was looked at by."""

    __tablename__ = "ratio_scenarios"
    __table_args__ = (Index("ix_ratio_scenarios_unit_year", "unit_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    variant: Mapped[str] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(200))

    levers: Mapped[list[RatioLever]] = relationship(
        cascade="all, delete-orphan", order_by="RatioLever.position"
    )


class RatioLever(Base):
    """One lever of a scenario: how a line is moved (``how``), with the numbers that this way needs."""

    __tablename__ = "ratio_levers"
    __table_args__ = (UniqueConstraint("scenario_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scenario_id: Mapped[int] = mapped_column(ForeignKey("ratio_scenarios.id"))
    position: Mapped[int]
    side: Mapped[str] = mapped_column(String(20))  # figures.Section: revenue or expenditure
    line: Mapped[str] = mapped_column(String(40))
    how: Mapped[str] = mapped_column(String(20))  # levers.How
    amount: Mapped[int | None] = mapped_column(Tiyn)
    tenths: Mapped[int | None]
    count: Mapped[int | None]
    charge: Mapped[int | None] = mapped_column(Tiyn)
    collection: Mapped[int | None]
    arrears_tenths: Mapped[int | None]

"""The tables of places: units and the posts in them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from akimat_desk.places.kinds import Position, UnitKind
from akimat_desk.storage.base import Base, StrEnumType


class Unit(Base):
    """An administrative unit with a budget, by KATO code where it is known.

    ``*_genitive`` stay empty unless a person corrected what the rule makes of the name.
    The names of raion, oblast and mäslikhat are kept as printed, so that an okrug's workspace needs
    no rows for the units above it.
    """

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    kato: Mapped[str | None] = mapped_column(String(9), unique=True)
    kind: Mapped[UnitKind] = mapped_column(StrEnumType(UnitKind))
    name_kk: Mapped[str] = mapped_column(String(200), default="")
    name_ru: Mapped[str] = mapped_column(String(200), default="")
    name_kk_genitive: Mapped[str] = mapped_column(String(200), default="")
    name_ru_genitive: Mapped[str] = mapped_column(String(200), default="")
    raion_kk: Mapped[str] = mapped_column(String(200), default="")
    raion_ru: Mapped[str] = mapped_column(String(200), default="")
    oblast_kk: Mapped[str] = mapped_column(String(200), default="")
    oblast_ru: Mapped[str] = mapped_column(String(200), default="")
    maslikhat_kk: Mapped[str] = mapped_column(String(200), default="")
    maslikhat_ru: Mapped[str] = mapped_column(String(200), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)


class Post(Base):
    """Who holds a post of a unit and from when until when; both days included, None is open."""

    __tablename__ = "posts"
    __table_args__ = (CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    position: Mapped[Position] = mapped_column(StrEnumType(Position))
    person: Mapped[str] = mapped_column(String(200))
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]

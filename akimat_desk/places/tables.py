"""The tables of places: units and the posts in them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, text
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
    # БСН/БИН of the institution that keeps the budget; "" while not known.
    bin: Mapped[str] = mapped_column(String(12), default="", server_default=text("''"))
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


class KatoPlace(Base):
    """A row of the statistics office's list of places, kept whole as it was taken in.

    ``sign`` is the list's column k, whose values no published text explains. ``position`` keeps the
    list's order.
    """

    __tablename__ = "kato_places"

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))  # kinds.UnitKind
    name_kk: Mapped[str] = mapped_column(String(300), default="")
    name_ru: Mapped[str] = mapped_column(String(300), default="")
    sign: Mapped[str] = mapped_column(String(20), default="")


class Population(Base):
    """How many people live in a unit in a year, and where the figure comes from."""

    __tablename__ = "populations"
    __table_args__ = (CheckConstraint("people >= 0", name="people"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String(300), default="")

"""What an office says of its calendar: days that are worked or not, what is done, what happened when."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from akimat_desk.storage.base import Base


class CalendarDay(Base):
    """A day of which the office knows better whether it is worked."""

    __tablename__ = "calendar_days"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    note: Mapped[str] = mapped_column(String(300), default="")


class CalendarMark(Base):
    """That a statutory date (``deadlines.StatutoryDate.key``) of a budget year is done."""

    __tablename__ = "calendar_marks"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    done_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(String(300), default="")


class CalendarEvent(Base):
    """The day of an event that a term runs from and no document of the workspace tells."""

    __tablename__ = "calendar_events"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)

"""Working days in Kazakhstan: weekends, holidays and days moved by the government.

Holidays come from the kept library ``holidays``: it knows the moved days of the years that the
government has ruled on, and estimates Kurban Ait of the years to come. What an office knows better
(a day moved this autumn) is a correction. The library is imported when a day is first asked about.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from akimat_desk.core.strings import Message, has_text

COUNTRY = "KZ"
_SATURDAY = 5
_BEFORE_BRACKET = re.compile(r"[^(]*")
_NOT_LETTERS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off that is no ordinary weekend. ``estimated``: the day is not fixed yet (Kurban Ait)."""

    day: dt.date
    name: Message
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class _Year:
    off: Mapping[dt.date, DayOff]
    working: frozenset[dt.date]


@cache
def _year(year: int) -> _Year:
    """The library's days of a year; they never change while the program runs."""
    import holidays

    known = holidays.country_holidays(COUNTRY, years=year, language="en_US")
    off = {
        day: DayOff(day, _name(text), "estimated" in text) for day, text in known.items() if day.year == year
    }
    return _Year(off, frozenset(day for day in known.weekend_workdays if day.year == year))


def _name(english: str) -> Message:
    """A holiday's name in the person's language, by its English one."""
    plain = _BEFORE_BRACKET.match(english)
    slug = _NOT_LETTERS.sub("_", (plain.group() if plain else english).casefold().strip()).strip("_")
    key = f"workdays.{slug}"
    if not has_text(key):
        return Message("workdays.other", {"name": english})
    if "observed" in english:
        return Message("workdays.observed", {"name": Message(key)})
    return Message(key)


class WorkCalendar:
    """Which days are working days; ``corrections`` (day → whether it is one) go before everything."""

    def __init__(self, corrections: Mapping[dt.date, bool] | None = None) -> None:
        self._corrections = dict(corrections or {})

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on a day."""
        corrected = self._corrections.get(day)
        if corrected is not None:
            return corrected
        known = _year(day.year)
        if day in known.working:
            return True
        return day.weekday() < _SATURDAY and day not in known.off

    def last_working_day(self, day: dt.date) -> dt.date:
        """The last working day on or before ``day``."""
        while not self.is_working(day):
            day -= dt.timedelta(days=1)
        return day

    def working_days_after(self, day: dt.date, count: int) -> dt.date:
        """The day on which the ``count``-th working day after ``day`` falls."""
        while count > 0:
            day += dt.timedelta(days=1)
            if self.is_working(day):
                count -= 1
        return day

    @staticmethod
    def days_off(year: int) -> list[DayOff]:
        """The holidays and moved days of a year, in order, without the office's corrections."""
        return sorted(_year(year).off.values(), key=lambda off: off.day)

    @staticmethod
    def moved_to(year: int) -> list[dt.date]:
        """Saturdays and Sundays that are worked, by the library."""
        return sorted(_year(year).working)

"""Working days for terms counted in them: Monday to Friday.

Holidays differ from year to year and are not counted here, so a term may in truth end later than
what is said: the date is on the safe side.
"""

from __future__ import annotations

import datetime as dt

_SATURDAY = 5


def working_days_after(day: dt.date, count: int) -> dt.date:
    """The day on which the ``count``-th working day after ``day`` falls."""
    while count > 0:
        day += dt.timedelta(days=1)
        if day.weekday() < _SATURDAY:
            count -= 1
    return day


def working_day_on_or_before(day: dt.date) -> dt.date:
    """The last working day on or before ``day``."""
    while day.weekday() >= _SATURDAY:
        day -= dt.timedelta(days=1)
    return day

"""Which backup copies to keep: all fresh ones, then fewer and fewer with age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

DAILY, WEEKLY, MONTHLY = 12, 10, 9

_PERIODS: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
    (DAILY, lambda moment: moment.date()),
    (WEEKLY, lambda moment: moment.isocalendar()[:2]),
    (MONTHLY, lambda moment: (moment.year, moment.month)),
)


def to_remove(copies: Iterable[dt.datetime], today: dt.date) -> set[dt.datetime]:
    """The copies that may go: local times of all copies in, those not kept out.

    Everything of today and yesterday stays (and of a future that a wrong clock made). Before that
    the newest copy of a day stays for 12 days that have one, then of a week for 10, then of a
    month for 9. A period is skipped when the copy kept before it lies in the same one, so the gaps
    only widen and a copy never has to come back.
    """
    yesterday = today - dt.timedelta(days=1)
    old = sorted({moment for moment in copies if moment.date() < yesterday}, reverse=True)
    removed: set[dt.datetime] = set()
    stages = iter(_PERIODS)
    left, period = next(stages)
    last: dt.datetime | None = None
    ended = False
    for moment in old:
        if left == 0 and not ended:
            following = next(stages, None)
            if following is None:
                ended = True
            else:
                left, period = following
        if ended or (last is not None and period(moment) == period(last)):
            removed.add(moment)
            continue
        left -= 1
        last = moment
    return removed

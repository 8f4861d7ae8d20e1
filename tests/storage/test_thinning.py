"""Which copies are kept: tables, and what holds for any history."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.storage.thinning import DAILY, MONTHLY, WEEKLY, to_remove

TODAY = dt.date(2026, 11, 23)  # a Monday


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("copies", "removed"),
    [
        ([], []),
        # All of today and yesterday stay.
        (["2026-11-23 09:00", "2026-11-23 09:01", "2026-11-22 10:00", "2026-11-22 11:00"], []),
        # Before that the newest of a day.
        (
            ["2026-11-21 09:00", "2026-11-21 12:00", "2026-11-21 17:30", "2026-11-20 08:00"],
            ["2026-11-21 09:00", "2026-11-21 12:00"],
        ),
        # A day without a copy uses up none of the twelve.
        (["2026-11-20 09:00", "2026-06-01 09:00", "2020-01-01 09:00"], []),
        # A wrong clock's future stays.
        (["2031-01-01 00:00", "2031-01-01 00:01"], []),
    ],
)
def test_tables(copies: list[str], removed: list[str]) -> None:
    assert to_remove(map(at, copies), TODAY) == set(map(at, removed))


def test_a_copy_every_day_for_three_years() -> None:
    days = [dt.datetime.combine(TODAY - dt.timedelta(days=n), dt.time(17)) for n in range(3 * 365)]
    kept = sorted(set(days) - to_remove(days, TODAY), reverse=True)
    assert len(kept) == 2 + DAILY + WEEKLY + MONTHLY
    daily, weekly, monthly = kept[2:14], kept[14:24], kept[24:]
    assert {(a - b).days for a, b in itertools.pairwise(daily)} == {1}
    assert {(a - b).days for a, b in itertools.pairwise(weekly)} == {7}
    assert all(28 <= (a - b).days <= 35 for a, b in itertools.pairwise(monthly))


def test_thinned_day_by_day_the_past_stays_covered() -> None:
    there: set[dt.datetime] = set()
    day = dt.date(2024, 1, 1)
    while day <= TODAY:
        there |= {dt.datetime.combine(day, dt.time(hour)) for hour in (9, 17)}
        there -= to_remove(there, day)
        day += dt.timedelta(days=1)
    ages = sorted((TODAY - moment.date()).days for moment in there)
    # 4 of the last two days, then one a day, a week, a month, reaching back most of a year.
    assert len(ages) == 4 + DAILY + WEEKLY + MONTHLY
    assert ages[-1] >= 10 * 30
    assert max(b - a for a, b in itertools.pairwise(ages)) <= 36


MOMENTS = st.lists(
    st.datetimes(min_value=dt.datetime(2022, 1, 1), max_value=dt.datetime(2027, 1, 1)), max_size=60
)


@given(MOMENTS)
def test_whatever_the_history(copies: list[dt.datetime]) -> None:
    removed = to_remove(copies, TODAY)
    kept = set(copies) - removed
    assert removed <= set(copies)
    assert not copies or max(copies) in kept
    assert all(moment.date() < TODAY - dt.timedelta(days=1) for moment in removed)
    old = [moment for moment in kept if moment.date() < TODAY - dt.timedelta(days=1)]
    assert len(old) <= DAILY + WEEKLY + MONTHLY
    assert to_remove(kept, TODAY) == set()  # what was kept once is not in the way the next minute

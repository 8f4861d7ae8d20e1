"""Working days, and the dates of a budget year from the dated table."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.deadlines import (
    DONE,
    FOURTH,
    LATE,
    NEEDLESS,
    NEXT,
    NOW,
    OBLAST,
    RAION,
    budget_calendar,
    rules,
    standing,
)
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message, has_text
from akimat_desk.core.workdays import WorkCalendar

DAY = dt.date
PLAIN = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (DAY(2026, 11, 25), True),  # a Wednesday
        (DAY(2026, 11, 28), False),  # a Saturday
        (DAY(2026, 12, 16), False),  # Independence Day
        (DAY(2025, 10, 27), False),  # Republic Day fell on a Saturday
        (DAY(2025, 1, 3), False),  # moved by the government
        (DAY(2025, 1, 5), True),  # a Sunday worked instead
        (DAY(2024, 5, 4), True),
        (DAY(2025, 6, 6), False),  # Kurban Ait
        (DAY(2026, 1, 7), False),
    ],
)
def test_working_days_of_kazakhstan(day: dt.date, working: bool) -> None:
    assert PLAIN.is_working(day) is working


def test_the_office_knows_better() -> None:
    own = WorkCalendar({DAY(2026, 11, 28): True, DAY(2026, 11, 25): False})
    assert own.is_working(DAY(2026, 11, 28))
    assert not own.is_working(DAY(2026, 11, 25))
    assert own.last_working_day(DAY(2026, 11, 25)) == DAY(2026, 11, 24)
    assert own.working_days_after(DAY(2026, 11, 24), 2) == DAY(2026, 11, 27)


@given(st.dates(DAY(2020, 1, 1), DAY(2030, 12, 31)), st.integers(0, 30))
def test_terms_in_working_days(day: dt.date, count: int) -> None:
    end = PLAIN.working_days_after(day, count)
    between = [day + dt.timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(PLAIN.is_working, between)) == count
    assert count == 0 or PLAIN.is_working(end)
    last = PLAIN.last_working_day(day)
    assert last <= day
    assert PLAIN.is_working(last)


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_every_holiday_has_a_name_in_three_languages(year: int) -> None:
    days = WorkCalendar.days_off(year)
    assert len(days) >= 13
    for off in days:
        assert off.name.key != "workdays.other", off
        assert len({off.name.text(language) for language in Language}) >= 2
    assert [off.name.text(Language.RU) for off in days if off.name.key == "workdays.eid_al_adha"] == [
        "Курбан-айт"
    ]
    assert all(not PLAIN.is_working(off.day) or off.day in WorkCalendar.moved_to(year) for off in days)


def dates(year: int, level: str = FOURTH, **events: dt.date) -> dict[str, dt.date]:
    found = budget_calendar(year, level, {name: [day] for name, day in events.items()})
    return {each.key: each.deadline.due for each in found}


def test_the_year_of_an_okrug() -> None:
    found = dates(2027, raion_decision_signed=DAY(2026, 12, 24))
    assert found["draft_to_planning"] == DAY(2026, 9, 1)
    assert found["draft_considered"] == DAY(2026, 10, 15)
    assert found["draft_to_maslikhat"] == DAY(2026, 11, 10)
    assert found["first_quarter_plan"] == DAY(2026, 12, 25)
    assert found["approval:2026-12-24"] == DAY(2026, 12, 29)
    assert found["implementing_decision"] == DAY(2026, 12, 31)
    assert found["late_approval"] == DAY(2027, 3, 1)
    assert [found[f"monthly_report:{n:02}"] for n in (1, 11, 12)] == [
        DAY(2027, 2, 1), DAY(2027, 12, 1), DAY(2028, 1, 1),
    ]  # fmt: skip
    assert [found[f"annual_to_{who}"] for who in ("assembly", "revision", "maslikhat")] == [
        DAY(2028, 2, 20), DAY(2028, 3, 10), DAY(2028, 3, 20),
    ]  # fmt: skip
    assert "general_transfers" not in found
    assert dates(2029)["general_transfers"] == DAY(2028, 4, 1)
    assert list(found.values()) == sorted(found.values())


def test_levels_have_dates_of_their_own() -> None:
    assert dates(2027, RAION)["draft_to_maslikhat"] == DAY(2026, 11, 1)
    assert dates(2027, OBLAST)["draft_to_maslikhat"] == DAY(2026, 10, 15)
    assert dates(2027, RAION, oblast_decision_signed=DAY(2026, 12, 10))["approval_raion:2026-12-10"] == DAY(
        2026, 12, 20
    )
    # Ten working days after Friday the 11th of December, with Independence Day and the New Year between.
    upward = dates(2027, OBLAST, approved=DAY(2026, 12, 11))["consolidated_upward:2026-12-11"]
    assert upward == DAY(2026, 12, 28)
    assert "monthly_report:01" not in dates(2027, OBLAST)


def test_terms_of_an_amendment_run_from_its_beginning() -> None:
    found = dates(2026, amendment_begun=DAY(2026, 6, 1), raion_amendment_signed=DAY(2026, 5, 20))
    assert found["amendment_requests:2026-06-01"] == DAY(2026, 6, 8)
    assert found["amendment_review:2026-06-01"] == DAY(2026, 6, 15)
    assert found["amendment_draft:2026-06-01"] == DAY(2026, 6, 29)
    assert found["amendment_from_above:2026-05-20"] == DAY(2026, 6, 3)


def test_the_rules_hold_from_the_new_code_on() -> None:
    assert dates(2023) == {}
    assert min(dates(2025).values()) >= DAY(2025, 3, 15)
    assert "draft_to_planning" not in dates(2025)
    assert "draft_to_planning" in dates(2026)


def test_every_rule_is_said_and_cited_in_three_languages() -> None:
    for rule in rules():
        assert has_text(f"calendar.{rule.id}")
        assert has_text(rule.article)
        assert bool(rule.event) != bool(rule.month), rule.id
        if rule.event:
            assert has_text(f"calendar.event.{rule.event}") or rule.event in ("approved", "amended")
    for level in (FOURTH, RAION, OBLAST):
        events = {rule.event: [DAY(2027, 5, 4)] for rule in rules() if rule.event}
        for each in budget_calendar(2027, level, events):
            for language in Language:
                assert each.deadline.what.text(language)
                assert Message(each.deadline.source).text(language)


def test_a_day_off_names_the_last_working_day_before() -> None:
    (annual,) = [each for each in budget_calendar(2027) if each.key == "annual_to_assembly"]
    assert not annual.deadline.working_day
    assert annual.deadline.last_working_day == DAY(2028, 2, 18)


def states(today: dt.date, **events: dt.date) -> dict[str, str]:
    found = budget_calendar(2027, events={name: [day] for name, day in events.items()})
    return {each.key: standing(each, today).state for each in found}


def test_what_is_late_now_and_next() -> None:
    said = states(DAY(2026, 10, 5))
    assert (said["draft_to_planning"], said["draft_considered"], said["draft_to_maslikhat"]) == (
        LATE, NOW, NEXT,
    )  # fmt: skip
    # A monthly report is made as of a day; it is late when the next one is near.
    assert states(DAY(2027, 2, 20))["monthly_report:01"] == NOW
    assert states(DAY(2027, 3, 2))["monthly_report:01"] == LATE


def test_an_approved_budget_needs_no_plan_of_a_first_quarter() -> None:
    today = DAY(2027, 1, 15)
    in_time = states(today, approved=DAY(2026, 12, 22), raion_decision_signed=DAY(2026, 12, 20))
    assert in_time["first_quarter_plan"] == NEEDLESS
    assert in_time["approval:2026-12-20"] == DONE
    assert in_time["late_approval"] == DONE
    assert states(today, approved=DAY(2026, 12, 30))["first_quarter_plan"] == NEEDLESS
    late = states(today, approved=DAY(2027, 1, 10))
    assert (late["first_quarter_plan"], late["late_approval"]) == (LATE, DONE)


def test_a_person_says_what_is_done() -> None:
    (dated,) = [each for each in budget_calendar(2027) if each.key == "draft_to_planning"]
    stands = standing(dated, DAY(2026, 12, 1), DAY(2026, 8, 28), "шығыс № 12")
    assert (stands.state, stands.done_on, stands.note) == (DONE, DAY(2026, 8, 28), "шығыс № 12")

"""Where a year will end: every method with the error it had, early warnings in words, exact numbers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.execution.forecast import Method, foretell, months_to_come, pace
from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.outlook import outlook
from akimat_desk.budget.execution.table import Column
from akimat_desk.budget.figures import Section
from akimat_desk.core.language import Language
from akimat_desk.storage.workspace import Workspace

EVEN = {month: 100 * month for month in range(1, 13)}
LATE = {month: (600 if month > 6 else 0) + 50 * month for month in range(1, 13)}


def said(history, course, month, year=2026):
    return {each.method: each for each in foretell(history, year, course, month)}


def test_each_method_says_what_it_must() -> None:
    got = said({2025: LATE, 2024: EVEN}, {6: 450}, 6)
    # By June 300 of 1200 were done in 2025 and 600 of 1200 in 2024: 900 of 2400.
    assert got[Method.USUAL_SHARE].amount == 450 * 2400 // 900
    assert got[Method.LAST_SHAPE].amount == 450 * 1200 // 300
    assert got[Method.LINEAR].amount == 900


def test_a_method_is_tried_on_the_years_before_only() -> None:
    got = said({2023: EVEN, 2024: EVEN, 2025: LATE}, {6: 450}, 6)
    # Linear on 2023 and 2024 exact, on 2025 it would have said 600 of 1200.
    assert got[Method.LINEAR].error == Fraction(1, 2) / 3
    assert got[Method.LINEAR].tried == 3
    # The usual share has nothing to learn from in 2023.
    assert got[Method.USUAL_SHARE].tried == 2
    assert got[Method.USUAL_SHARE].error == Fraction(1, 2) / 2


def test_the_method_with_the_least_error_comes_first() -> None:
    got = foretell({2023: EVEN, 2024: LATE, 2025: LATE}, 2026, {6: 300}, 6)
    errors = [each.error for each in got if each.error is not None]
    assert errors == sorted(errors)
    assert len(errors) == 3


def test_an_office_in_its_first_year_has_the_even_course_alone() -> None:
    (only,) = foretell({}, 2026, {3: 90}, 3)
    assert (only.method, only.amount, only.error) == (Method.LINEAR, 360, None)
    assert foretell({}, 2026, {}, 3) == []
    assert pace({}, 2026, 1000, 10, 3) is None


def test_an_unfinished_year_teaches_nothing() -> None:
    assert {each.method for each in foretell({2025: {1: 5, 2: 9}}, 2026, {2: 4}, 2)} == {Method.LINEAR}


def test_the_months_to_come_lead_to_what_the_method_says() -> None:
    history = {2024: EVEN, 2025: LATE}
    for method in Method:
        months = months_to_come(method, history, 2026, {6: 450}, 6)
        assert sorted(months) == list(range(7, 13))
        assert months[12] == said(history, {6: 450}, 6)[method].amount
    # The year before stood at 300 in June and at 950 in July of 1200.
    assert months_to_come(Method.LAST_SHAPE, history, 2026, {6: 450}, 6)[7] == 450 * 950 // 300
    assert months_to_come(Method.LAST_SHAPE, {}, 2026, {6: 450}, 6) == {}
    assert months_to_come(Method.LINEAR, history, 2026, {}, 6) == {}


def test_a_month_without_a_form_stands_where_the_month_before_stood() -> None:
    gap = {month: amount for month, amount in EVEN.items() if month != 6}
    got = said({2025: gap}, {6: 500}, 6)
    assert got[Method.LAST_SHAPE].amount == 500 * 1200 // 500


COURSE = st.lists(st.integers(1, 10**12), min_size=12, max_size=12).map(
    lambda steps: {month: sum(steps[:month]) for month in range(1, 13)}
)


@given(COURSE, st.integers(1, 12), st.integers(1, 7))
def test_a_year_that_repeats_the_last_one_is_foretold_exactly(course, month: int, times: int) -> None:
    grown = {at: amount * times for at, amount in course.items()}
    got = said({2025: course}, grown, month)
    assert got[Method.LAST_SHAPE].amount == got[Method.USUAL_SHARE].amount == grown[12]
    at = pace({2025: course}, 2026, grown[12], grown[month], month)
    assert at is not None
    assert (at.off, at.matters) == (0, False)


@given(COURSE, COURSE, COURSE, st.integers(1, 11))
def test_at_the_end_of_a_year_nothing_is_left_to_foretell(one, two, now, month: int) -> None:
    assert {each.amount for each in foretell({2024: one, 2025: two}, 2026, now, 12)} == {now[12]}
    assert all(each.amount > 0 for each in foretell({2024: one, 2025: two}, 2026, now, month))


@pytest.fixture(scope="module")
def october(example_file: Path):
    with Workspace.open(example_file, read_only=True) as workspace, workspace.reading() as session:
        return outlook(session, 1, Month(2026, 10))


def test_what_falls_behind_its_usual_pace_is_said_in_words(october) -> None:
    warnings = october.warnings()
    assert october.years == (2023, 2024, 2025)
    first = warnings[0]
    assert first.where.code == "1/05/3"
    assert first.code == "forecast.receipts_behind"
    text = first.message(Language.RU)
    assert "к концу октября" in text
    assert "79 %" in text
    assert "қазанның соңына қарай" in first.message(Language.KK)
    assert [abs(f.difference) for f in warnings] == sorted(
        (abs(f.difference) for f in warnings), reverse=True
    )


def test_transfers_are_followed_over_the_move_of_2026(october) -> None:
    transfers = next(line for line in october.lines if line.row.code == "5/02/3")
    assert transfers.best is not None
    assert {said.tried for said in transfers.said} == {2, 3}
    total = next(line for line in october.lines if line.row.section is Section.REVENUE and not line.row.code)
    assert total.best is not None
    assert total.best.amount > (total.row.amount(Column.EXECUTED) or 0)

"""The calendar of a workspace: its documents, marks, events and corrected days; the .ics file."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest

from akimat_desk.budget.calendar.service import (
    CorrectedDay,
    correct_day,
    corrected_days,
    mark_done,
    tell_event,
    work_calendar,
    year_calendar,
)
from akimat_desk.budget.execution.forms import FormKind
from akimat_desk.budget.execution.stored import months_with_forms
from akimat_desk.budget.execution.taking_in import withdraw
from akimat_desk.core.deadlines import DONE, LATE, NEEDLESS, Standing
from akimat_desk.core.errors import EnvironmentProblem, UsageProblem
from akimat_desk.core.ics import write_ics
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import Message
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.journal import entries
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")
DAY = dt.date


@pytest.fixture
def okrug(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "округ.akimat")
    create_unit(made, ACTOR, kind=UnitKind.OKRUG, name=Trilingual("Ақбұлақ ауылдық округі"))
    create_unit(made, ACTOR, kind=UnitKind.RAION, name=Trilingual("Өзенді ауданы"))
    yield made
    made.close(make_backup=False)


TODAY = DAY(2026, 11, 25)


def stands(workspace: Workspace, year: int = 2027, unit: int = 1) -> dict[str, Standing]:
    with workspace.reading() as session:
        return {each.dated.key: each for each in year_calendar(session, unit, year, TODAY).dates}


def test_a_date_is_marked_done_and_opened_again(okrug: Workspace) -> None:
    assert stands(okrug)["draft_to_planning"].state == LATE
    mark_done(okrug, ACTOR, 1, [(2027, "draft_to_planning")], DAY(2026, 8, 31), " шығыс  № 12 ")
    done = stands(okrug)["draft_to_planning"]
    assert (done.state, done.done_on, done.note) == (DONE, DAY(2026, 8, 31), "шығыс № 12")
    assert stands(okrug, year=2028)["draft_to_planning"].state != DONE
    mark_done(okrug, ACTOR, 1, [(2027, "draft_to_planning")], None)
    assert stands(okrug)["draft_to_planning"].state == LATE
    with pytest.raises(UsageProblem):
        mark_done(okrug, ACTOR, 1, [(2027, "draft_considered"), (2027, "no_such_date")], DAY(2026, 10, 1))
    assert stands(okrug)["draft_considered"].state == LATE, "all of them or none"
    with okrug.reading() as session:
        assert [entry.action for entry in entries(session)][:2] == ["calendar.marked"] * 2
    assert check_workspace(okrug) == []


def test_an_event_starts_its_terms_and_is_taken_back(okrug: Workspace) -> None:
    tell_event(okrug, ACTOR, 1, 2027, "raion_decision_signed", DAY(2026, 12, 24))
    tell_event(okrug, ACTOR, 1, 2027, "raion_decision_signed", DAY(2026, 12, 24))
    assert stands(okrug)["approval:2026-12-24"].dated.deadline.due == DAY(2026, 12, 29)
    assert "approval:2026-12-24" not in stands(okrug, unit=2)
    tell_event(okrug, ACTOR, 1, 2027, "raion_decision_signed", DAY(2026, 12, 24), remove=True)
    assert "approval:2026-12-24" not in stands(okrug)
    for event in ("approved", "oblast_decision_signed", "weather"):
        with pytest.raises(UsageProblem):
            tell_event(okrug, ACTOR, 1, 2027, event, DAY(2026, 12, 24))
    tell_event(okrug, ACTOR, 2, 2027, "oblast_decision_signed", DAY(2026, 12, 10))
    assert "approval_raion:2026-12-10" in stands(okrug, unit=2)


def test_corrected_days_move_what_is_counted_in_working_days(okrug: Workspace) -> None:
    tell_event(okrug, ACTOR, 1, 2026, "amendment_begun", DAY(2026, 6, 1))
    key = "amendment_requests:2026-06-01"
    assert stands(okrug, 2026)[key].dated.deadline.due == DAY(2026, 6, 8)
    correct_day(okrug, ACTOR, DAY(2026, 6, 3), False, "Үкіметтің шешімі")
    correct_day(okrug, ACTOR, DAY(2026, 6, 13), True)
    assert stands(okrug, 2026)[key].dated.deadline.due == DAY(2026, 6, 9)
    with okrug.reading() as session:
        assert corrected_days(session, 2026) == [
            CorrectedDay(DAY(2026, 6, 3), False, "Үкіметтің шешімі"),
            CorrectedDay(DAY(2026, 6, 13), True),
        ]
        assert corrected_days(session, 2025) == []
        assert work_calendar(session).is_working(DAY(2026, 6, 13))
    correct_day(okrug, ACTOR, DAY(2026, 6, 3), None)
    correct_day(okrug, ACTOR, DAY(2026, 6, 3), None)
    assert stands(okrug, 2026)[key].dated.deadline.due == DAY(2026, 6, 8)
    with pytest.raises(UsageProblem):
        correct_day(okrug, ACTOR, DAY(1900, 1, 1), True)
    with pytest.raises(UsageProblem), okrug.reading() as session:
        year_calendar(session, 1, 12)


def test_confirmed_decisions_tell_when_the_budget_was_approved_and_amended(
    example_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    with Workspace.open(path) as workspace:
        said = stands(workspace, 2026)
        assert said["first_quarter_plan"].state == NEEDLESS
        assert said["late_approval"].state == DONE
        assert any(key.startswith("implementing_change:") for key in said)
        workspace.close(make_backup=False)


def test_a_month_taken_in_makes_its_report_done_and_a_form_withdrawn_opens_it(
    example_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    with Workspace.open(path) as workspace:
        said = stands(workspace, 2026)
        states = [said[f"monthly_report:{month:02}"].state for month in range(1, 13)]
        assert states[:10] == [DONE] * 10
        assert DONE not in states[10:]
        with workspace.reading() as session:
            receipts = next(
                form for form in months_with_forms(session, 1, 2026)[3] if form.kind is FormKind.RECEIPTS
            )
        withdraw(workspace, ACTOR, receipts.id, "Басқа айдың нысаны")
        said = stands(workspace, 2026)
        assert said["monthly_report:03"].state == LATE  # costs alone make no report
        assert said["monthly_report:04"].state == DONE
        workspace.close(make_backup=False)


def test_the_session_and_the_revision_report_start_their_terms(okrug: Workspace) -> None:
    tell_event(okrug, ACTOR, 1, 2027, "maslikhat_session", DAY(2026, 12, 28))
    session_day = stands(okrug)["session_report:2026-12-28"].dated.deadline
    assert session_day.due == DAY(2026, 12, 28)
    assert "92" in Message(session_day.source).text(Language.RU)
    # A month after 31 January is the last day of February (art. 128).
    tell_event(okrug, ACTOR, 1, 2026, "revision_report", DAY(2027, 1, 31))
    assert stands(okrug, 2026)["annual_in_commissions:2027-01-31"].dated.deadline.due == DAY(2027, 2, 28)


def test_the_dates_go_into_a_calendar_of_a_telephone(okrug: Workspace, tmp_path: Path) -> None:
    dates = list(stands(okrug).values())
    pairs = [(each.dated.key, each.dated.deadline) for each in dates]
    made = dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)
    path = write_ics(pairs, tmp_path / "dates.ics", Language.KK, "Күнтізбе", made)
    read = icalendar.Calendar.from_ical(path.read_bytes())
    events = list(read.walk("VEVENT"))
    assert [event["DTSTART"].dt for event in events] == [each.dated.deadline.due for each in dates]
    assert str(events[0]["SUMMARY"]) == dates[0].dated.deadline.what.text(Language.KK)
    by_day = {event["DTSTART"].dt: event for event in events}
    annual = by_day[DAY(2028, 2, 20)]
    assert "18.02.2028" in str(annual["DESCRIPTION"])
    (alarm,) = annual.walk("VALARM")
    assert alarm["TRIGGER"].dt == dt.timedelta(days=-5)
    before = path.read_bytes()
    assert write_ics(pairs, path, Language.KK, "Күнтізбе", made).read_bytes() == before
    assert len({str(event["UID"]) for event in events}) == len(events)
    with pytest.raises(EnvironmentProblem):
        write_ics(pairs, tmp_path / "нет" / "dates.ics", Language.KK, "Күнтізбе", made)

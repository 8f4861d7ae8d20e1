"""The calendar of a unit's budget year: rules, the workspace's documents and the person's marks together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.calendar.tables import CalendarDay, CalendarEvent, CalendarMark
from akimat_desk.budget.decisions.questions import decisions
from akimat_desk.budget.execution.forms import FormKind
from akimat_desk.budget.execution.stored import months_with_forms
from akimat_desk.budget.periods.tables import BalanceStatement
from akimat_desk.budget.plans.documents import PlanKind
from akimat_desk.budget.plans.tables import PlanDocument
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.dates import today as day_of_today
from akimat_desk.core.deadlines import (
    FOURTH,
    OBLAST,
    RAION,
    Events,
    Standing,
    budget_calendar,
    rules,
    standing,
)
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.text import squeeze
from akimat_desk.core.workdays import WorkCalendar
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import unit_by_id
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.workspace import Workspace

#: Events that documents of the workspace tell by themselves.
APPROVED, AMENDED = "approved", "amended"
QUARTER_PLANNED, BALANCES_KEPT = "quarter_planned", "balances_kept"
MONTH_TAKEN_IN = "month_taken_in"
RAION_SIGNED = "raion_decision_signed"
_LONGEST_NOTE = 300
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True, slots=True)
class CorrectedDay:
    """A day of which the office knows better whether it is worked."""

    day: dt.date
    working: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """A unit's budget year: how every date stands today, in order of days, and the events told by hand."""

    unit_id: int
    year: int
    today: dt.date
    dates: tuple[Standing, ...]
    events: tuple[tuple[str, dt.date], ...]
    askable: tuple[str, ...]

    def in_state(self, state: str) -> list[Standing]:
        """The dates in a state of ``deadlines.STATES``."""
        return [each for each in self.dates if each.state == state]


def work_calendar(session: Session) -> WorkCalendar:
    """Working days as this workspace knows them."""
    return WorkCalendar({row.day: row.working for row in session.scalars(select(CalendarDay))})


def corrected_days(session: Session, year: int | None = None) -> list[CorrectedDay]:
    """The office's own corrections, in order."""
    rows = session.scalars(select(CalendarDay).order_by(CalendarDay.day))
    return [CorrectedDay(r.day, r.working, r.note) for r in rows if year is None or r.day.year == year]


def correct_day(
    workspace: Workspace, actor: Actor, day: dt.date, working: bool | None, note: str = ""
) -> None:
    """Say whether a day is worked; None takes the correction back. Raises UsageProblem: a far year."""
    _check_year(day.year)
    with workspace.changing(actor, "calendar.day", day=day, working=working) as change:
        session = change.session
        row = session.get(CalendarDay, day)
        change.touch("calendar", day.year)
        if working is None:
            if row is not None:
                session.delete(row)
            return
        if row is None:
            row = CalendarDay(day=day)
            session.add(row)
        row.working, row.note = working, squeeze(note)[:_LONGEST_NOTE]


def year_calendar(
    session: Session,
    unit_id: int,
    year: int,
    today: dt.date | None = None,
    further: Events | None = None,
) -> YearCalendar:
    """How the statutory dates of a unit's budget year stand; ``further`` are events told for this once.

    Raises UsageProblem: unknown unit, far year.
    """
    _check_year(year)
    now = today or day_of_today()
    level = level_of(unit_by_id(session, unit_id).kind)
    told = _told(session, unit_id, year)
    events: dict[str, list[dt.date]] = {}
    for event, day in (*told, *_from_documents(session, unit_id, year)):
        events.setdefault(event, []).append(day)
    for event, days in (further or {}).items():
        events[event] = sorted({*events.get(event, ()), *days})
    marks = {
        mark.key: mark
        for mark in session.scalars(
            select(CalendarMark).where(CalendarMark.unit_id == unit_id, CalendarMark.year == year)
        )
    }
    found = []
    for dated in budget_calendar(year, level, events, work_calendar(session)):
        mark = marks.get(dated.key)
        done = (mark.done_on, mark.note) if mark is not None else (None, "")
        found.append(standing(dated, now, *done))
    return YearCalendar(unit_id, year, now, tuple(found), tuple(told), _askable(level))


def years_around(today: dt.date) -> tuple[int, ...]:
    """The budget years that a day has to do with: one is reported, one executed, one drafted."""
    return (today.year - 1, today.year, today.year + 1)


def level_of(kind: UnitKind) -> str:
    """The level of budgets that a kind of unit has."""
    return {UnitKind.RAION: RAION, UnitKind.OBLAST: OBLAST}.get(kind, FOURTH)


def mark_done(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    dates: Sequence[tuple[int, str]],
    done_on: dt.date | None,
    note: str = "",
) -> None:
    """Say when dates (budget year and key) were done; None opens them again. All of them or none.

    Raises UsageProblem: a date that its year lacks, a day that is none.
    """
    if done_on is not None:
        _check_year(done_on.year)
    keys = [f"{year}/{key}" for year, key in dates]
    with workspace.changing(actor, "calendar.marked", dates=keys, done_on=done_on) as change:
        session = change.session
        for year in {year for year, _ in dates}:
            there = {each.dated.key for each in year_calendar(session, unit_id, year).dates}
            unknown = next((key for when, key in dates if when == year and key not in there), None)
            if unknown is not None and done_on is not None:
                raise UsageProblem("error.calendar.unknown", which=unknown, year=str(year))
        for year, key in dates:
            row = session.get(CalendarMark, (unit_id, year, key))
            if done_on is None:
                if row is not None:
                    session.delete(row)
                continue
            if row is None:
                row = CalendarMark(unit_id=unit_id, year=year, key=key)
                session.add(row)
            row.done_on, row.note = done_on, squeeze(note)[:_LONGEST_NOTE]
        change.touch("calendar", unit_id)


def tell_event(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    year: int,
    event: str,
    day: dt.date,
    *,
    remove: bool = False,
) -> None:
    """Say when something happened that a term runs from, or take it back.

    Raises UsageProblem for an event that no rule asks for, a unit that is not there, a far year.
    """
    _check_year(year)
    _check_year(day.year)
    with workspace.changing(actor, "calendar.event", year=year, event=event, day=day) as change:
        session = change.session
        if event not in _askable(level_of(unit_by_id(session, unit_id).kind)):
            raise UsageProblem("error.calendar.event", event=event)
        row = session.get(CalendarEvent, (unit_id, year, event, day))
        change.touch("calendar", unit_id)
        if remove:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(CalendarEvent(unit_id=unit_id, year=year, event=event, day=day))


def _told(session: Session, unit_id: int, year: int) -> list[tuple[str, dt.date]]:
    rows = session.scalars(
        select(CalendarEvent)
        .where(CalendarEvent.unit_id == unit_id, CalendarEvent.year == year)
        .order_by(CalendarEvent.day, CalendarEvent.event)
    )
    return [(row.event, row.day) for row in rows]


def _from_documents(session: Session, unit_id: int, year: int) -> list[tuple[str, dt.date]]:
    """What the workspace's own documents tell: when the year's budget was approved and amended, its first
    quarter planned, the balances that it opened with entered, its months taken in."""
    quarters = select(PlanDocument.date).where(
        PlanDocument.unit_id == unit_id,
        PlanDocument.year == year,
        PlanDocument.kind == PlanKind.QUARTER.value,
        PlanDocument.state == DocumentState.CONFIRMED.value,
        PlanDocument.date.is_not(None),
    )
    balances = select(BalanceStatement.created_at).where(
        BalanceStatement.unit_id == unit_id, BalanceStatement.year == year
    )
    told = [(QUARTER_PLANNED, day) for day in session.scalars(quarters) if day is not None]
    told += [(BALANCES_KEPT, moment.date()) for moment in session.scalars(balances)]
    told += _months_taken_in(session, unit_id, year)
    return told + [
        (APPROVED if paper.kind is DecisionKind.DECISION else AMENDED, paper.date)
        for paper in decisions(session, unit_id)
        if paper.first_year == year and paper.date is not None and paper.state is DocumentState.CONFIRMED
    ]


def _months_taken_in(session: Session, unit_id: int, year: int) -> list[tuple[str, dt.date]]:
    """The months whose report can be made: both forms of the treasury are in, since the later of them."""
    return [
        (f"{MONTH_TAKEN_IN}:{month:02}", max(form.created_at for form in found).date())
        for month, found in months_with_forms(session, unit_id, year).items()
        if {form.kind for form in found} == set(FormKind)
    ]


def _askable(level: str) -> tuple[str, ...]:
    """The events that only a person can tell, in the order of the rules."""
    asked = [rule.event for rule in rules() if rule.event and level in rule.levels]
    return tuple(event for event in dict.fromkeys(asked) if event not in (APPROVED, AMENDED))


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageProblem("error.calendar.year", year=str(year))

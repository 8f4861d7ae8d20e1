"""The calendar: what its page asks of the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.core.language import Language
from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.calendar.service import CorrectedDay, YearCalendar
    from akimat_desk.core.deadlines import Deadline, Standing
    from akimat_desk.core.workdays import DayOff


@dataclass(frozen=True, slots=True)
class CalendarView:
    """Budget years as they stand today, and the time limits of meetings."""

    years: tuple[YearCalendar, ...]
    meetings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class WorkYear:
    """A year's days off, Saturdays and Sundays that are worked, and what the office says of it."""

    year: int
    off: tuple[DayOff, ...]
    worked: tuple[dt.date, ...]
    corrected: tuple[CorrectedDay, ...]


class CalendarDesk(AreaDesk):
    """Questions to the open workspace and changes of its calendar."""

    def look(self, unit_id: int, years: Sequence[int]) -> CalendarView:
        """How the dates of some budget years, and those of meetings, stand today. Raises UsageProblem."""
        from akimat_desk.budget.calendar.service import year_calendar
        from akimat_desk.core.dates import today
        from akimat_desk.core.deadlines import other_deadline
        from akimat_desk.meetings.calling import deadlines_of
        from akimat_desk.meetings.record import meetings

        with self.workspace.reading() as session:
            found = tuple(year_calendar(session, unit_id, year) for year in years)
            due = tuple(
                other_deadline(f"meeting/{each.id}/{number}", deadline, today())
                for each in meetings(session, unit_id)
                for number, deadline in enumerate(deadlines_of(session, each.id))
            )
        return CalendarView(found, due)

    def mark(self, unit_id: int, dates: Sequence[tuple[int, str]], done_on: dt.date | None, note: str) -> int:
        """Say of dates (budget year and key) when they were done; None opens them. Raises UsageProblem."""
        from akimat_desk.budget.calendar.service import mark_done

        mark_done(self.workspace, self.actor, unit_id, dates, done_on, note)
        return len(dates)

    def tell(self, unit_id: int, year: int, event: str, day: dt.date, remove: bool) -> None:
        """Say when something happened that a term runs from. Raises UsageProblem."""
        from akimat_desk.budget.calendar.service import tell_event

        tell_event(self.workspace, self.actor, unit_id, year, event, day, remove=remove)

    def work_year(self, year: int) -> WorkYear:
        """The days off of a year and the office's corrections."""
        from akimat_desk.budget.calendar.service import corrected_days
        from akimat_desk.core.workdays import WorkCalendar

        with self.workspace.reading() as session:
            corrected = tuple(corrected_days(session, year))
        return WorkYear(
            year, tuple(WorkCalendar.days_off(year)), tuple(WorkCalendar.moved_to(year)), corrected
        )

    def correct(self, day: dt.date, working: bool | None, note: str) -> WorkYear:
        """Say whether a day is worked; None takes it back. Raises UsageProblem."""
        from akimat_desk.budget.calendar.service import correct_day

        correct_day(self.workspace, self.actor, day, working, note)
        return self.work_year(day.year)


def write_dates(dates: Sequence[tuple[str, Deadline]], path: Path, language: Language, name: str) -> Path:
    """Write dates as an .ics file. Raises EnvironmentProblem."""
    from akimat_desk.core.ics import write_ics

    return write_ics(dates, path, language, name, dt.datetime.now(dt.UTC))

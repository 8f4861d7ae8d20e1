"""Home: what each tile asks of the services that are there."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.glance import YearGlance
    from akimat_desk.budget.ratio.levers import Outcome
    from akimat_desk.budget.views import DecisionSummary
    from akimat_desk.core.deadlines import Deadline
    from akimat_desk.core.findings import Finding
    from akimat_desk.meetings.views import MeetingSummary, TaskView
    from akimat_desk.storage.freshness import Freshness

#: How far ahead Home looks.
DAYS_AHEAD = 30
#: How far back: an office may begin in the middle of a year, and is not asked about all that was before.
DAYS_BEHIND = 90


@dataclass(frozen=True, slots=True)
class HomeView:
    """What Home shows of a unit. None where there is nothing to show yet.

    ``urgent`` is to be done whatever year is looked at: a first quarter without a budget.
    """

    year: int
    ratio: Outcome | None
    glance: YearGlance | None
    due: tuple[Deadline, ...]
    last_meeting: MeetingSummary | None
    tasks: tuple[TaskView, ...]
    backup: Freshness
    urgent: tuple[Finding, ...] = ()
    #: The draft that is chosen and what is to be said of it; None where an edition in force is looked at.
    draft: DecisionSummary | None = None
    draft_findings: tuple[Finding, ...] = ()


class HomeDesk(AreaDesk):
    """One question for the whole page."""

    def look(
        self, unit_id: int | None, year: int, today: dt.date, decision_id: int | None = None
    ) -> HomeView:
        """Everything of a unit's year as it stands today, and of the draft that is chosen."""
        from akimat_desk.budget.decisions.questions import decision_findings, decision_summary
        from akimat_desk.budget.glance import year_glance
        from akimat_desk.budget.plans.quarter import unit_quarter_findings
        from akimat_desk.budget.views import DocumentState
        from akimat_desk.storage.freshness import freshness

        backup = freshness(self.workspace)
        if unit_id is None:
            return HomeView(year, None, None, (), None, (), backup)
        with self.workspace.reading() as session:
            glance = year_glance(session, unit_id, year)
            urgent = tuple(unit_quarter_findings(session, unit_id, today))
            chosen = decision_summary(session, decision_id) if decision_id is not None else None
            draft = chosen if chosen is not None and chosen.state is DocumentState.DRAFT else None
            said = tuple(decision_findings(session, draft.id)) if draft is not None else ()
        due, last, tasks = self._meetings(unit_id, today)
        return HomeView(
            year=year,
            ratio=self._ratio(unit_id, year) if glance is not None else None,
            glance=glance,
            due=due,
            last_meeting=last,
            tasks=tasks,
            backup=backup,
            urgent=urgent,
            draft=draft,
            draft_findings=said,
        )

    def elsewhere(self, unit_id: int, year: int) -> tuple[tuple[str, Finding], ...]:
        """What is wrong beside the budget: in the year's financing plan and meetings, with the page that
        shows it. Asked by itself: it judges documents whole, and the other tiles need not wait for it."""
        from akimat_desk.budget.plans.questions import plan_state
        from akimat_desk.core.errors import UsageProblem
        from akimat_desk.meetings.record import year_findings

        with self.workspace.reading() as session:
            found = [("meetings", each) for each in year_findings(session, unit_id, year)]
            with contextlib.suppress(UsageProblem):  # no plan yet, or no budget for one: nothing to judge
                found += [("plans", each) for each in plan_state(session, unit_id, year).findings]
        return tuple(found)

    def _ratio(self, unit_id: int, year: int) -> Outcome:
        from akimat_desk.budget.ratio.levers import reckon
        from akimat_desk.budget.ratio.scenarios import lay_out
        from akimat_desk.budget.ratio.variants import Variant

        with self.workspace.reading() as session:
            return reckon(lay_out(session, unit_id, year), (), Variant.TOTAL_REVENUE)

    def _meetings(
        self, unit_id: int, today: dt.date
    ) -> tuple[tuple[Deadline, ...], MeetingSummary | None, tuple[TaskView, ...]]:
        from akimat_desk.budget.calendar.service import year_calendar
        from akimat_desk.core.deadlines import LATE, NEXT, NOW
        from akimat_desk.meetings.calling import deadlines_of
        from akimat_desk.meetings.record import meetings, tasks
        from akimat_desk.meetings.states import MeetingState, TaskState

        first_day, last_day = today - dt.timedelta(days=DAYS_BEHIND), today + dt.timedelta(days=DAYS_AHEAD)
        with self.workspace.reading() as session:
            there = meetings(session, unit_id)
            found = [deadline for each in there for deadline in deadlines_of(session, each.id)]
            found += [
                each.dated.deadline
                for year in (today.year - 1, today.year, today.year + 1)
                for state in (LATE, NOW, NEXT)
                for each in year_calendar(session, unit_id, year, today).in_state(state)
            ]
            due = [deadline for deadline in found if first_day <= deadline.due <= last_day]
            held = [each for each in there if each.state is MeetingState.HELD]
            last = max(held, key=lambda each: (each.day, each.id), default=None)
            still = [
                task
                for task in tasks(session, unit_id)
                if last is not None and task.meeting_id == last.id and task.state is TaskState.OPEN
            ]
        # What can still be done in time comes first, then what is late, the latest before the older.
        due.sort(key=lambda deadline: (deadline.due < today, abs((deadline.due - today).days)))
        return tuple(due), last, tuple(still)

"""Numbers about meetings of a year: counted from the record itself, never typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from akimat_desk.core.language import Trilingual
from akimat_desk.meetings.kinds import MeetingKind
from akimat_desk.meetings.people import localities
from akimat_desk.meetings.proposals import proposals
from akimat_desk.meetings.record import meeting, meetings, tasks, workspace_law
from akimat_desk.meetings.states import MeetingState, SpeechKind, TaskState
from akimat_desk.meetings.views import MeetingSummary, YearNumbers


@dataclass(frozen=True, slots=True)
class LocalityPeriods:
    """The akim's reporting meetings in a locality, by the periods of a year; a meeting without a locality
    counts for every one."""

    name: Trilingual
    held: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MeetingYear:
    """A year: a line for each kind that met, the total, and the residents' proposals raised."""

    year: int
    kinds: tuple[YearNumbers, ...]
    total: YearNumbers
    residents_proposals: int
    residents_accepted: int
    residents_done: int
    #: The akim's meetings with residents: for each locality how many were held in each period.
    reporting: tuple[LocalityPeriods, ...] = ()
    reporting_months: int = 6


def meeting_years(session: Session, unit_id: int) -> list[int]:
    """The years in which meetings are on file, the newest first."""
    return sorted({each.day.year for each in meetings(session, unit_id)}, reverse=True)


def year_numbers(session: Session, unit_id: int, year: int, today: dt.date) -> MeetingYear:
    """The numbers of a year; a task counts as late when its term passed before ``today`` or its doing."""
    mine = [each for each in meetings(session, unit_id) if each.day.year == year]
    kinds = tuple(
        _numbers(session, unit_id, kind, [each for each in mine if each.kind is kind], today)
        for kind in MeetingKind
        if any(each.kind is kind for each in mine)
    )
    norm = workspace_law(session).norm("reporting_months", MeetingKind.REPORTING, dt.date(year, 12, 31))
    months = norm.number if norm is not None else 6
    raised = [each for each in proposals(session, unit_id) if each.raised_on.year == year]
    return MeetingYear(
        year,
        kinds,
        _sum(kinds),
        residents_proposals=len(raised),
        residents_accepted=sum(each.accepted is True for each in raised),
        residents_done=sum(each.spent is not None or bool(each.paid) for each in raised),
        reporting=_reporting(session, unit_id, mine, months),
        reporting_months=months,
    )


def _reporting(
    session: Session, unit_id: int, mine: list[MeetingSummary], months: int
) -> tuple[LocalityPeriods, ...]:
    held = [each for each in mine if each.kind is MeetingKind.REPORTING and each.state is MeetingState.HELD]

    def count(name: Trilingual, period: int) -> int:
        return sum(
            (each.day.month - 1) // months == period and (not each.locality or each.locality == name)
            for each in held
        )

    periods = range(12 // months)
    return tuple(
        LocalityPeriods(place.name, tuple(count(place.name, period) for period in periods))
        for place in localities(session, unit_id)
        if place.part_of_id is None
    )


def _numbers(
    session: Session, unit_id: int, kind: MeetingKind, mine: list[MeetingSummary], today: dt.date
) -> YearNumbers:
    held = [each for each in mine if each.state is MeetingState.HELD]
    # The share of those present is asked of meetings where both numbers are known.
    counted = [each for each in held if each.entitled and each.present is not None]
    views = [meeting(session, each.id) for each in held]
    items = [item for view in views for item in view.items]
    ids = {each.id for each in held}
    own_tasks = [task for task in tasks(session, unit_id) if task.meeting_id in ids]
    in_time = sum(task.in_time is True for task in own_tasks)
    late = sum(
        task.in_time is False or (task.state is TaskState.OPEN and task.due is not None and task.due < today)
        for task in own_tasks
    )
    return YearNumbers(
        kind=kind,
        called=len(mine),
        held=len(held),
        not_held=sum(each.state is MeetingState.NOT_HELD for each in mine),
        lawful=sum(each.lawful is True for each in held),
        present=sum(each.present or 0 for each in counted),
        entitled=sum(each.entitled or 0 for each in counted),
        items=len(items),
        adopted=sum(item.adopted is True for item in items),
        proposals=sum(speech.kind is SpeechKind.PROPOSAL for item in items for speech in item.speeches),
        tasks=len(own_tasks),
        tasks_in_time=in_time,
        tasks_late=late,
        tasks_open=sum(task.state is TaskState.OPEN for task in own_tasks),
    )


def _sum(kinds: tuple[YearNumbers, ...]) -> YearNumbers:
    def total(name: str) -> int:
        return sum(getattr(each, name) for each in kinds)

    return YearNumbers(
        None,
        *(
            total(name)
            for name in (
                "called", "held", "not_held", "lawful", "present", "entitled", "items", "adopted",
                "proposals", "tasks", "tasks_in_time", "tasks_late", "tasks_open",
            )
        ),
    )  # fmt: skip

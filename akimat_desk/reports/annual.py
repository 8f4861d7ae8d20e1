"""The facts of the annual report (Budget Code art. 121, 127): one question each, then the definition."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.outlook import executed_under_codes_of, year_changes
from akimat_desk.budget.execution.reasons import reasons
from akimat_desk.budget.execution.stored import month_with_forms
from akimat_desk.budget.execution.table import execution_table
from akimat_desk.budget.periods.balances import BoundKind, latest_balances
from akimat_desk.budget.ratio.path import ratio_path
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.meetings.kinds import Topic
from akimat_desk.meetings.proposals import proposals
from akimat_desk.meetings.record import meeting, meetings
from akimat_desk.meetings.states import MeetingState
from akimat_desk.reports.definitions.annual_parts import (
    Agreed,
    AnnualFacts,
    CarriedOut,
    YearBalances,
    YearRatio,
)
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.definitions.execution_year import YearPaper, annual_report
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.parties import akimat_signers, report_unit


def annual(
    session: Session, unit_id: int, year: int, language: DocLanguage, *, signed: bool = True
) -> list[ReportDocument]:
    """The draft of the annual report: by December's forms, or by the last month there is.

    Raises UsageProblem where the year has no form.
    """
    month = month_with_forms(session, unit_id, year)
    facts = AnnualFacts(
        agreed=_agreed(session, unit_id, year),
        balances=_balances(session, unit_id, year),
        ratio=_ratio(session, unit_id, month),
        carried_out=_carried_out(session, unit_id, year),
    )
    paper = YearPaper(
        report_unit(session, unit_id),
        akimat_signers(session, unit_id, month.last_day) if signed else [],
        reasons(session, unit_id, month),
        executed_under_codes_of(session, unit_id, year - 1, year),
        year_changes(session, unit_id, year),
        facts,
    )
    return [annual_report(execution_table(session, unit_id, month), paper, language)]


def _agreed(session: Session, unit_id: int, year: int) -> Agreed | None:
    """The assembly that took the report of the year up, by the meetings on file (art. 127)."""
    for each in meetings(session, unit_id):
        if each.day.year != year + 1 or Topic.BUDGET_REPORT not in each.topics:
            continue
        if each.state is not MeetingState.HELD:
            continue
        item = next(i for i in meeting(session, each.id).items if i.topic is Topic.BUDGET_REPORT)
        if item.adopted:
            return Agreed(each.number, each.day)
    return None


def _balances(session: Session, unit_id: int, year: int) -> YearBalances:
    """What the year opened with, and what the next one was found to open with."""
    opened, closed = (latest_balances(session, unit_id, each) for each in (year, year + 1))
    back = closed.bound[BoundKind.TARGETED_RETURN.value] if closed is not None else None
    return YearBalances(
        opened.total if opened is not None else None, closed.total if closed is not None else None, back
    )


def _ratio(session: Session, unit_id: int, month: Month) -> YearRatio | None:
    """The executed share of own revenue with its target."""
    found = ratio_path(session, unit_id, Variant.TOTAL_REVENUE).years
    mine = next((each for each in found if each.year == month.year), None)
    if mine is None or mine.executed is None or mine.executed.percent is None:
        return None
    return YearRatio(mine.executed.percent, mine.target_percent)


def _carried_out(session: Session, unit_id: int, year: int) -> tuple[CarriedOut, ...] | None:
    """Residents' proposals that the year's budget carries; None where none are on file at all."""
    every = proposals(session, unit_id)
    if not every:
        return None
    last = dt.date(year, 12, 31)
    return tuple(
        CarriedOut(each.what, each.line_name, each.planned, each.spent if _by(each.spent_on, last) else None)
        for each in every
        if each.budget_year == year
    )


def _by(day: dt.date | None, last: dt.date) -> bool:
    return day is not None and day <= last

"""The financial plan of the first quarter, while no budget of the year is approved (art. 91 p. 4).

A quarter of the forecast, by the akim's decision: the forecast is the draft budget of the year where
there is one, else the outer year of the decision before.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from akimat_desk.budget.calendar.service import level_of
from akimat_desk.budget.decisions.questions import budget_as_of, budget_of, budget_years, decisions
from akimat_desk.budget.plans.commands import new_document
from akimat_desk.budget.plans.documents import PlanKind, documents_of, write_sheet
from akimat_desk.budget.plans.filling import equal
from akimat_desk.budget.plans.limits import BudgetLimits, limits_of
from akimat_desk.budget.plans.rules import quarter_end, quarter_plan_day, quarter_share
from akimat_desk.budget.plans.sheet import LineKey, PlanSheet, Side, ordered
from akimat_desk.budget.views import Basis, BudgetView, DocumentState
from akimat_desk.core import dates
from akimat_desk.core.deadlines import FOURTH
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import DEFAULT_LANGUAGE
from akimat_desk.core.money import DECISION_STEP
from akimat_desk.places.service import unit_by_id, units
from akimat_desk.storage.workspace import Actor, Workspace

_QUARTER = (1, 2, 3)


def quarter_sheet(year: int, forecast: BudgetLimits, share: int) -> PlanSheet:
    """``1 / share`` of every line of the forecast over January to March.

    Cut down to 0.1 thousand tenge: the plan may not be more than its part of the forecast.
    """
    lines = {
        LineKey(side, limit.code): equal(
            limit.amount // (share * DECISION_STEP) * DECISION_STEP, _QUARTER
        ).months
        for side in (Side.RECEIPTS, Side.PAYMENTS)
        for limit in forecast.of(side)
    }
    names = {limit.code: limit.name for limit in forecast.lines if limit.name}
    return PlanSheet(year, ordered(lines), names)


def start_quarter_plan(workspace: Workspace, actor: Actor, unit_id: int, year: int) -> int:
    """Make the draft of a first quarter's plan. Returns its id.

    Raises RuleBroken when the year's budget is approved or such a plan is there already, UsageProblem
    when there is no forecast.
    """
    with workspace.changing(actor, "plan.quarter_started", year=year) as change:
        session = change.session
        forecast = _forecast(session, unit_id, year)
        if any(
            each.kind == PlanKind.QUARTER and each.deleted_at is None
            for each in documents_of(session, unit_id, year)
        ):
            raise RuleBroken("error.plan.quarter_there", year=year)
        document = new_document(change, unit_id, year, PlanKind.QUARTER)
        sheet = quarter_sheet(year, limits_of(forecast.lines, forecast.figures), quarter_share())
        write_sheet(session, document, sheet)
        return document.id


def quarter_findings(session: Session, unit_id: int, year: int, on: dt.date) -> list[Finding]:
    """Whether the plan of a first quarter is due: no approved budget by 25 December, no such plan yet.

    Nothing any more once the quarter is over.
    """
    day = quarter_plan_day(year)
    if not day <= on <= quarter_end(year) or _approved(session, unit_id, year):
        return []
    if any(
        each.kind == PlanKind.QUARTER and each.state == DocumentState.CONFIRMED
        for each in documents_of(session, unit_id, year)
    ):
        return []
    where = Place(unit=unit_by_id(session, unit_id).name.text(DEFAULT_LANGUAGE), year=year)
    fields = {"year": year, "day": day}
    return [Finding("plan.quarter_needed", Severity.WARNING, fields, "source.bc_91_4", where)]


def all_quarter_findings(session: Session) -> list[Finding]:
    """The same today of every unit, for ``check``."""
    now = dates.today()
    return [each for unit in units(session) for each in unit_quarter_findings(session, unit.id, now)]


def unit_quarter_findings(session: Session, unit_id: int, on: dt.date) -> list[Finding]:
    """The same of the year that runs and the next, where the unit has a budget of the fourth level here."""
    if level_of(unit_by_id(session, unit_id).kind) != FOURTH or not budget_years(session, unit_id):
        return []
    return [each for year in (on.year, on.year + 1) for each in quarter_findings(session, unit_id, year, on)]


def _forecast(session: Session, unit_id: int, year: int) -> BudgetView:
    if _approved(session, unit_id, year):
        raise RuleBroken("error.plan.quarter_approved", year=year)
    drafts = [
        each
        for each in decisions(session, unit_id)
        if each.first_year == year and each.state is DocumentState.DRAFT
    ]
    if drafts:
        return budget_of(session, drafts[-1].id, year)
    try:
        return budget_as_of(session, unit_id, year)
    except UsageProblem:
        raise UsageProblem("error.plan.no_forecast", year=year) from None


def _approved(session: Session, unit_id: int, year: int) -> bool:
    try:
        return budget_as_of(session, unit_id, year).basis is Basis.DECISION
    except UsageProblem:
        return False

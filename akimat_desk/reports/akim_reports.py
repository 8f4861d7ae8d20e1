"""What the akim's office decides and states: adjustments, a first quarter's plan, the opening balances."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.questions import adjustment, adjustments
from akimat_desk.budget.execution.planned import adjusting, planned_documents
from akimat_desk.budget.periods.balances import balance_findings, latest_balances
from akimat_desk.budget.periods.uses import uses_of_balances
from akimat_desk.budget.plans.documents import PlanKind
from akimat_desk.budget.plans.questions import plan_view, plans
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.errors import UsageProblem
from akimat_desk.reports.definitions.akim_decisions import adjustment_decision, quarter_plan
from akimat_desk.reports.definitions.balances import BalancesPaper, sheet_of_balances
from akimat_desk.reports.definitions.common import DocLanguage, Signer
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.parties import akimat_signers, report_unit

if TYPE_CHECKING:
    from akimat_desk.reports.registry import ReportOptions


def build_adjustment(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The decision named by ``options.document_id``, else the latest confirmed of the year.

    Raises UsageProblem when there is none.
    """
    if options.document_id is not None:
        view = adjustment(session, options.document_id)
    else:
        confirmed = [
            each for each in adjustments(session, unit_id, year) if each.state is DocumentState.CONFIRMED
        ]
        if not confirmed:
            raise UsageProblem("error.adjustment.none", year=year)
        view = confirmed[-1]
    signers = _akim(session, unit_id, view.date) if options.signatures else []
    documents = planned_documents(session, unit_id, view.year, view.date)
    changes = adjusting(session, unit_id, view.year, documents, view.date)
    earlier = list(takewhile(lambda change: change.document_id != view.id, changes))
    return [adjustment_decision(view, report_unit(session, unit_id), language, signers, earlier)]


def build_quarter_plan(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The plan of the year's first quarter. Raises UsageProblem when there is none."""
    found = [
        each for each in plans(session, unit_id, year) if each.kind is PlanKind.QUARTER and not each.deleted
    ]
    named = [each for each in found if each.id == options.document_id]
    chosen = next(iter([*named, *reversed(found)]), None)
    if chosen is None:
        raise UsageProblem("error.plan.no_quarter", year=year)
    signers = _akim(session, unit_id, chosen.date) if options.signatures else []
    sheet = plan_view(session, chosen.id).sheet
    return [quarter_plan(chosen, sheet, report_unit(session, unit_id), language, signers)]


def build_balances(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The balances that the year opened with. Raises UsageProblem where nobody entered them."""
    opened = latest_balances(session, unit_id, year)
    if opened is None:
        raise UsageProblem("error.balances.none", year=year)
    paper = BalancesPaper(
        report_unit(session, unit_id),
        opened,
        uses_of_balances(session, unit_id, year),
        akimat_signers(session, unit_id, dt.date(year, 1, 1)) if options.signatures else (),
        balance_findings(session, unit_id, year) if options.findings else (),
    )
    return [sheet_of_balances(paper, language)]


def _akim(session: Session, unit_id: int, date: dt.date | None) -> list[Signer]:
    """The akim, who comes first among the signers of the akimat, signs decisions alone."""
    return akimat_signers(session, unit_id, date or dt.date.today())[:1]

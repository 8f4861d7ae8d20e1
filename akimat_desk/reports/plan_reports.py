"""The plan's reports of the library: what is asked of the workspace, and which forms are made of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.plans.checks import Situation
from akimat_desk.budget.plans.documents import PlanKind, document_by_id
from akimat_desk.budget.plans.questions import PlanView, documents_behind, plan_state, plan_view, plans
from akimat_desk.budget.plans.rules import Area
from akimat_desk.budget.plans.sheet import Side
from akimat_desk.budget.provenance.budgets import budget_grounds
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import ExpenditureCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import unit_by_id
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.definitions.plan_certificate import certificate
from akimat_desk.reports.definitions.plan_forms import (
    PlanPaper,
    administrator_plan,
    appendix_numbers,
    consolidated_obligations,
    consolidated_payments,
    form_ids,
    individual_plan,
    receipts_plan,
)
from akimat_desk.reports.definitions.plan_requests import ASKERS, changes_summary, request
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.parties import akimat_signers, report_unit
from akimat_desk.storage.settings import get_setting

if TYPE_CHECKING:
    from akimat_desk.reports.registry import ReportOptions

#: Where an office keeps its own number of a form's appendix.
APPENDIX_SETTING = "report.appendix."

_COSTS = (Side.PAYMENTS, Side.OBLIGATIONS)


def build_plan(
    report_id: str,
    session: Session,
    unit_id: int,
    year: int,
    language: DocLanguage,
    options: ReportOptions,
) -> list[ReportDocument]:
    """The forms of a plan report. ``options.document_id`` names a plan (a draft's preview) or a change.

    Raises UsageProblem: no plan for the year, no change to certify, nothing on it to print.
    """
    if report_id == "plan_change":
        return _certificates(session, unit_id, year, language, options)
    if report_id == "plan_request":
        return _requests(session, unit_id, year, language, options)
    if report_id == "plan_changes":
        return _summaries(session, unit_id, year, language, options)
    situation, date, draft = _plan(session, unit_id, year, options.as_of, options.document_id)
    behind = documents_behind(session, unit_id, year, options.as_of, options.document_id)
    paper = _paper(session, unit_id, year, options, date, behind, draft=draft)
    sheet = situation.sheet
    if report_id == "plan_receipts":
        made = [receipts_plan(sheet, paper, language)] if sheet.keys(Side.RECEIPTS) else []
    elif report_id == "plan_consolidated":
        made = [consolidated_payments(situation, paper, language)]
        if sheet.keys(Side.OBLIGATIONS):
            made.append(consolidated_obligations(situation, paper, language))
    else:
        form = individual_plan if report_id == "plan_individual" else administrator_plan
        made = [form(sheet, side, paper, language) for side in _COSTS if sheet.keys(side)]
    if not made:
        raise UsageProblem("error.plan.nothing_to_print", year=year)
    return made


def _plan(
    session: Session, unit_id: int, year: int, as_of: dt.date | None, document_id: int | None
) -> tuple[Situation, dt.date | None, bool]:
    if document_id is not None:
        view = plan_view(session, document_id)
        return view.situation, view.document.date, view.document.state is DocumentState.DRAFT
    state = plan_state(session, unit_id, year, as_of)
    confirmed = [p for p in plans(session, unit_id, year) if p.state is DocumentState.CONFIRMED]
    days = [p.date for p in confirmed if p.date is not None and (as_of is None or p.date <= as_of)]
    return state.situation, max(days, default=None), state.state is DocumentState.DRAFT


def _certificates(
    session: Session,
    unit_id: int,
    year: int,
    language: DocLanguage,
    options: ReportOptions,
) -> list[ReportDocument]:
    """The certificates of one change, the latest confirmed one when none is named."""
    view = _change(session, unit_id, year, options.document_id)
    draft = view.document.state is DocumentState.DRAFT
    held = view.document
    behind = documents_behind(session, unit_id, held.year, document_id=held.id)
    paper = _paper(session, unit_id, held.year, options, held.date, behind, draft=False)
    made = [
        certificate(view, side, paper, language)
        for side in Side
        if any(any(view.change.months(key)) for key in view.change.keys(side))
    ]
    if not made:
        raise UsageProblem("error.plan.change_empty" if draft else "error.plan.nothing_to_print", year=year)
    return made


def _requests(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The requests for one change of costs: the one named, else the draft in hand, else the latest."""
    document_id = options.document_id or _draft_change(session, unit_id, year)
    view = _change(session, unit_id, year, document_id)
    paper = _paper(session, unit_id, view.document.year, options, view.document.date, (), draft=False)
    made = [
        request(view, side, asker, paper, language)
        for asker in ASKERS
        for side in _COSTS
        if any(any(view.change.months(key)) for key in view.change.keys(side))
    ]
    if not made:
        raise UsageProblem("error.plan.no_costs_changed", year=year)
    return made


def _summaries(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The summaries of the certificates of costs of the year, or of ``options.month`` alone."""
    changes = [
        (document, plan_view(session, document.id).change)
        for document in plans(session, unit_id, year)
        if document.kind is PlanKind.CHANGE
        and document.state is DocumentState.CONFIRMED
        and document.area is Area.COSTS
        and document.date is not None
        and options.month in (None, document.date.month)
    ]
    if not changes:
        raise UsageProblem("error.plan.no_costs_changed", year=year)
    paper = _paper(session, unit_id, year, options, changes[-1][0].date, (), draft=False)
    return [changes_summary(changes, side, options.month, paper, language) for side in _COSTS]


def _draft_change(session: Session, unit_id: int, year: int) -> int | None:
    drafts = [
        document.id
        for document in plans(session, unit_id, year)
        if document.kind is PlanKind.CHANGE
        and document.state is DocumentState.DRAFT
        and document.area is Area.COSTS
        and not document.deleted
    ]
    return drafts[-1] if drafts else None


def _change(session: Session, unit_id: int, year: int, document_id: int | None) -> PlanView:
    if document_id is not None:
        if document_by_id(session, document_id).kind != PlanKind.CHANGE:
            raise UsageProblem("error.plan.no_change", year=year)
        return plan_view(session, document_id)
    changes = [
        p
        for p in plans(session, unit_id, year)
        if p.kind is PlanKind.CHANGE and p.state is DocumentState.CONFIRMED
    ]
    if not changes:
        raise UsageProblem("error.plan.no_change", year=year)
    return plan_view(session, changes[-1].id)


def _paper(
    session: Session,
    unit_id: int,
    year: int,
    options: ReportOptions,
    date: dt.date | None,
    behind: tuple[int, ...],
    *,
    draft: bool,
) -> PlanPaper:
    own = {form: get_setting(session, APPENDIX_SETTING + form) for form in form_ids()}
    administrator = pack_for(year).lookup(ExpenditureCode("01", "1", "124"))
    return PlanPaper(
        unit=report_unit(session, unit_id),
        kind_key=f"report.plan.budget.{unit_by_id(session, unit_id).kind.value}",
        year=year,
        date=date,
        draft=draft,
        administrator=administrator.name if administrator is not None else Trilingual(),
        appendix=appendix_numbers({k: v for k, v in own.items() if v is not None}, draft=draft),
        signers=akimat_signers(session, unit_id, date or dt.date.today()) if options.signatures else (),
        documents=behind,
        balances=budget_grounds(session, unit_id, year, Figure.BALANCES_USED, options.as_of),
    )

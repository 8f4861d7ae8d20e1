"""What can be asked of plans: their list, a document with its findings, the plan in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.periods.closing import closed_months
from akimat_desk.budget.plans.checks import Situation, check_plan
from akimat_desk.budget.plans.documents import (
    PlanKind,
    PlanSummary,
    document_by_id,
    documents_in_force,
    documents_of,
    in_force,
    sheet_in_force,
    sheet_of,
    summary,
)
from akimat_desk.budget.plans.limits import BudgetLimits, limits_of
from akimat_desk.budget.plans.rules import Area, change_kind
from akimat_desk.budget.plans.sheet import PlanSheet, difference, plus
from akimat_desk.budget.plans.spending import spent_of
from akimat_desk.budget.plans.spent import Spent
from akimat_desk.budget.plans.tables import PlanDocument
from akimat_desk.budget.views import Basis, DocumentState, Stage
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.storage.settings import get_setting

#: Whether article 105 counts used opening balances beside the receipts (its wording is unconfirmed).
BALANCES_COUNT = "plans.balances_count"


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan document ready to be shown and judged.

    ``situation.sheet`` is the plan as the document makes it: for a change the plan in force with the
    change in it, ``situation.before`` the plan without. ``change`` is what the document itself holds.
    """

    document: PlanSummary
    situation: Situation
    change: PlanSheet
    other: PlanSummary | None = None  # the plan of the year that is approved already, for a draft of one

    @property
    def sheet(self) -> PlanSheet:
        """The plan as the document makes it."""
        return self.situation.sheet


def plans(session: Session, unit_id: int, year: int) -> list[PlanSummary]:
    """Every plan document of a unit's year, those marked as deleted too."""
    return [summary(document) for document in documents_of(session, unit_id, year)]


def plan_years(session: Session, unit_id: int) -> list[int]:
    """The years of which there is any plan document that is not deleted, ascending."""
    asked = select(PlanDocument.year).where(
        PlanDocument.unit_id == unit_id, PlanDocument.deleted_at.is_(None)
    )
    return sorted(set(session.scalars(asked)))


def plan_in_force(
    session: Session, unit_id: int, year: int, as_of: dt.date | None = None
) -> PlanSheet | None:
    """The approved plan with its changes to ``as_of``; None while no plan is approved."""
    return in_force(documents_of(session, unit_id, year, with_lines=True), as_of)


def budget_limits(
    session: Session, unit_id: int, year: int, as_of: dt.date | None = None
) -> BudgetLimits | None:
    """What the plan must add up to: the budget in force, adjustments in it; None without a budget.

    The outer year of an earlier decision is a forecast, no budget to plan by.
    """
    try:
        view = budget_as_of(session, unit_id, year, as_of, Stage.ADJUSTED)
    except UsageProblem:
        return None
    return limits_of(view.lines, view.figures) if view.basis is Basis.DECISION else None


def plan_view(session: Session, document_id: int, spent: Spent | None = None) -> PlanView:
    """A document as it stands, with what it is judged by. Raises UsageProblem for an unknown one.

    ``spent`` stands in for what the treasury's forms say.
    """
    document = document_by_id(session, document_id)
    held = sheet_of(document)
    situation = situation_of(session, document, held, spent)
    other = None
    if document.kind == PlanKind.PLAN and document.state == DocumentState.DRAFT:
        approved = approved_plan(session, document.unit_id, document.year)
        other = summary(approved) if approved is not None else None
    return PlanView(summary(document), situation, held, other)


def situation_of(
    session: Session, document: PlanDocument, held: PlanSheet, spent: Spent | None = None
) -> Situation:
    """What a document's lines are judged by: the plan before, the budget, what is spent and closed."""
    limits = budget_limits(session, document.unit_id, document.year)
    counts = get_setting(session, BALANCES_COUNT, True) is not False
    known = spent or spent_of(session, document.unit_id, document.year)
    if document.kind != PlanKind.CHANGE:
        return Situation(held, limits, spent=known, balances_count=counts)
    before = _before(session, document)
    return Situation(
        sheet=plus(before, held),
        limits=limits,
        before=before,
        month=document.date.month if document.date is not None else None,
        spent=known,
        balances_count=counts,
        keeps_program_months=change_kind(document.change_kind).keeps_program_months,
        closed=closed_months(session, document.unit_id, document.year),
        judged=Area(document.area).sides,
    )


def plan_findings(session: Session, document_id: int, spent: Spent | None = None) -> list[Finding]:
    """Everything to be said of a document, errors first. Raises UsageProblem for an unknown one."""
    return view_findings(plan_view(session, document_id, spent))


def view_findings(view: PlanView) -> list[Finding]:
    """What the rules say of a plan, and what the document itself lacks."""
    paper = paper_findings(view.document, view.change, view.other)
    if view.document.kind is PlanKind.QUARTER:
        return paper
    return [*paper, *check_plan(view.situation)]


def paper_findings(document: PlanSummary, change: PlanSheet, other: PlanSummary | None) -> list[Finding]:
    """What a document lacks as a paper; ``other`` is a plan of the year that is approved already."""
    found = []
    if document.kind is PlanKind.CHANGE:
        if not any(any(months) for _, months in change):
            found.append(Finding("plan.nothing_changed", Severity.ERROR))
        if not document.reason.strip():
            found.append(Finding("plan.reason_missing", Severity.ERROR, source="source.plan_changes"))
    elif other is not None:  # check 1
        fields = {"year": document.year, "date": other.date or "–"}
        found.append(Finding("plan.second", Severity.ERROR, fields, "source.plan_cells"))
    return found


def approved_plan(session: Session, unit_id: int, year: int) -> PlanDocument | None:
    """The approved plan's document, without its changes."""
    return next(
        (
            document
            for document in documents_of(session, unit_id, year)
            if document.kind == PlanKind.PLAN and document.state == DocumentState.CONFIRMED
        ),
        None,
    )


def change_of(view: PlanView, sheet: PlanSheet) -> PlanSheet:
    """What a document is to hold so that the plan becomes ``sheet``."""
    before = view.situation.before
    return sheet if before is None else difference(before, sheet)


@dataclass(frozen=True, slots=True)
class PlanState:
    """A year's plan as it stands: in force (confirmed), else its draft, and what is to be said of it."""

    state: DocumentState
    situation: Situation
    findings: tuple[Finding, ...]


def plan_state(session: Session, unit_id: int, year: int, as_of: dt.date | None = None) -> PlanState:
    """The plan in force on ``as_of``; while none is approved, the draft. Raises UsageProblem: neither."""
    sheet = plan_in_force(session, unit_id, year, as_of)
    if sheet is not None:
        counts = get_setting(session, BALANCES_COUNT, True) is not False
        situation = Situation(sheet, budget_limits(session, unit_id, year, as_of), balances_count=counts)
        return PlanState(DocumentState.CONFIRMED, situation, tuple(check_plan(situation)))
    for document in documents_of(session, unit_id, year):
        if document.kind == PlanKind.PLAN and document.deleted_at is None and as_of is None:
            view = plan_view(session, document.id)
            return PlanState(DocumentState.DRAFT, view.situation, tuple(view_findings(view)))
    raise UsageProblem("error.plan.none", year=year)


def all_plan_findings(session: Session) -> list[Finding]:
    """What is to be said of every approved plan as it stands today, for ``check``."""
    found: list[Finding] = []
    pairs = session.execute(
        select(PlanDocument.unit_id, PlanDocument.year)
        .where(PlanDocument.state == DocumentState.CONFIRMED.value, PlanDocument.kind == PlanKind.PLAN.value)
        .order_by(PlanDocument.unit_id, PlanDocument.year)
    )
    for unit_id, year in pairs:
        found += plan_state(session, unit_id, year).findings
    return found


def documents_behind(
    session: Session,
    unit_id: int,
    year: int,
    as_of: dt.date | None = None,
    document_id: int | None = None,
) -> tuple[int, ...]:
    """The ids of the documents whose lines add up to a plan, the plan first: those in force on ``as_of``
    (the draft while none is approved), or of a named change those that it changes and itself.

    Raises UsageProblem for an unknown document.
    """
    if document_id is not None:
        document = document_by_id(session, document_id)
        changed = _documents_before(session, document) if document.kind == PlanKind.CHANGE else []
        return (*(each.id for each in changed), document_id)
    there = documents_of(session, unit_id, year)
    found = documents_in_force(there, as_of)
    if not found:
        found = [each for each in there if each.kind == PlanKind.PLAN and each.deleted_at is None][:1]
    return tuple(each.id for each in found)


def _documents_before(session: Session, document: PlanDocument) -> list[PlanDocument]:
    """What a change changes: in force on its day, without what was confirmed after it."""
    others = [
        other
        for other in documents_of(session, document.unit_id, document.year, with_lines=True)
        if other.id != document.id
    ]
    if document.state == DocumentState.CONFIRMED and document.confirmed_at is not None:
        others = [o for o in others if o.confirmed_at is not None and o.confirmed_at < document.confirmed_at]
    return documents_in_force(others)


def _before(session: Session, document: PlanDocument) -> PlanSheet:
    return sheet_in_force(_documents_before(session, document)) or PlanSheet(document.year)

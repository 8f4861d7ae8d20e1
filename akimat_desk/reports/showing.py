"""From a document to every report that shows it, by what the reports of the library say they draw on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.store import adjustment_by_id, adjustment_documents
from akimat_desk.budget.decisions.questions import decision_summary, decisions, edition_before
from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.planned import adjusting, planned_documents
from akimat_desk.budget.execution.stored import form_view, months_with_forms, years_with_forms
from akimat_desk.budget.grounds import (
    AdjustmentAt,
    AmountAt,
    Assumed,
    BalancesAt,
    Computed,
    FormAt,
    Grounds,
    PlanAt,
)
from akimat_desk.budget.periods.balances import balances_summary, latest_balances
from akimat_desk.budget.plans.documents import (
    PlanKind,
    document_by_id,
    documents_in_force,
    documents_of,
)
from akimat_desk.budget.plans.tables import PlanDocument
from akimat_desk.budget.ratio.scenarios import scenarios
from akimat_desk.budget.views import DocumentState
from akimat_desk.meetings.record import meeting_row
from akimat_desk.places.service import units
from akimat_desk.reports.papers import OWN, Draws, Paper, PaperKind, Shown, ShownAs
from akimat_desk.reports.registry import REPORTS, ReportKind

_PLANS = {
    PlanKind.PLAN: PaperKind.PLAN,
    PlanKind.CHANGE: PaperKind.PLAN_CHANGE,
    PlanKind.QUARTER: PaperKind.QUARTER_PLAN,
}
_OF_PLANS = frozenset(_PLANS.values())


def plan_paper(session: Session, document_id: int) -> Paper:
    """A plan document as a paper: what it is decides the kind. Raises UsageProblem for an unknown one."""
    return Paper(_PLANS[PlanKind(document_by_id(session, document_id).kind)], document_id)


def reports_showing(session: Session, paper: Paper) -> list[Shown]:
    """Every report in which a document's figures stand, its own first.

    Raises UsageProblem for an unknown document.
    """
    facts = _facts(session, paper)
    found = [
        shown
        for kind in REPORTS.values()
        for draws in kind.draws_on
        if draws.kind is paper.kind
        for shown in _showing(session, facts, kind, draws)
    ]
    return sorted(dict.fromkeys(found), key=lambda shown: shown.shown_as not in OWN)


def reports_of(session: Session, grounds: Grounds) -> list[Shown]:
    """Every report that shows a document which a figure rests on; one that shows several once."""
    found: dict[tuple[str, int, int | None, int | None], Shown] = {}
    for paper in papers_of(session, grounds):
        for shown in reports_showing(session, paper):
            found.setdefault((shown.report_id, shown.year, shown.document_id, shown.month), shown)
    return list(found.values())


def papers_of(session: Session, grounds: Grounds) -> list[Paper]:
    """The documents that a figure rests on, each once."""
    return list(dict.fromkeys(_papers(session, grounds)))


def _papers(session: Session, grounds: Grounds) -> Iterator[Paper]:
    for place in grounds.amounts:
        match place:
            case AmountAt():
                yield Paper(PaperKind.DECISION, place.document_id)
            case FormAt():
                yield from (Paper(PaperKind.FORM, form_id) for form_id in place.form_ids)
            case PlanAt():
                for document_id in place.documents:
                    if any(line.side == place.side for line in document_by_id(session, document_id).lines):
                        yield plan_paper(session, document_id)
            case AdjustmentAt():
                yield Paper(PaperKind.ADJUSTMENT, place.document_id)
            case BalancesAt():
                yield Paper(PaperKind.BALANCES, place.statement_id)
            case Computed():
                yield from _papers(session, place.grounds)
            case Assumed():
                pass


@dataclass
class _Facts:
    """What is known of a document: whose it is, for which years, whether it counts."""

    session: Session
    paper: Paper
    unit_id: int
    years: tuple[int, ...]
    confirmed: bool
    month: int | None = None
    day: dt.date | None = None
    plan: PlanDocument | None = None

    @cached_property
    def sides(self) -> frozenset[str]:
        """The sides on which a plan document has lines."""
        return frozenset(line.side for line in self.plan.lines) if self.plan is not None else frozenset()


def _facts(session: Session, paper: Paper) -> _Facts:
    if paper.kind is PaperKind.DECISION:
        decision = decision_summary(session, paper.id)
        confirmed = decision.state is DocumentState.CONFIRMED
        return _Facts(session, paper, decision.unit_id, decision.years, confirmed, day=decision.date)
    if paper.kind is PaperKind.ADJUSTMENT:
        row = adjustment_by_id(session, paper.id)
        confirmed = row.state == DocumentState.CONFIRMED
        return _Facts(session, paper, row.unit_id, (row.year,), confirmed, day=row.date)
    if paper.kind in _OF_PLANS:
        plan = document_by_id(session, paper.id)
        confirmed = plan.state == DocumentState.CONFIRMED
        return _Facts(session, paper, plan.unit_id, (plan.year,), confirmed, day=plan.date, plan=plan)
    if paper.kind is PaperKind.FORM:
        form = form_view(session, paper.id)
        year, month = form.month.year, form.month.month
        there = months_with_forms(session, form.unit_id, year).get(month, ())
        in_force = any(each.id == form.id for each in there)
        return _Facts(session, paper, form.unit_id, (year,), in_force, month=month)
    if paper.kind is PaperKind.BALANCES:
        opened = balances_summary(session, paper.id)
        return _Facts(session, paper, opened.unit_id, (opened.year,), opened.latest)
    minutes = meeting_row(session, paper.id)
    return _Facts(session, paper, minutes.unit_id, (minutes.day.year,), True)


def _showing(session: Session, facts: _Facts, kind: ReportKind, draws: Draws) -> Iterator[Shown]:
    if draws.sides and facts.sides.isdisjoint(draws.sides):
        return
    first = facts.years[0]
    match draws.shown_as:
        case ShownAs.ITSELF:
            yield Shown(kind.id, first, facts.paper.id, draws.shown_as)
        case ShownAs.CHANGE:
            if edition_before(session, facts.paper.id) is not None:
                yield Shown(kind.id, first, facts.paper.id, draws.shown_as)
        case ShownAs.BEFORE:
            for year, document_id in _changing(session, facts, kind):
                yield Shown(kind.id, year, document_id, draws.shown_as)
        case ShownAs.ANSWER | ShownAs.STAGE | ShownAs.YEAR:
            for year in facts.years if facts.confirmed else ():
                if _stands(session, facts, draws.shown_as, year) and _can_be_made(session, facts, kind, year):
                    yield Shown(kind.id, year, None, draws.shown_as)
        case ShownAs.MONTH | ShownAs.YEAR_END:
            for year in facts.years if facts.confirmed else ():
                month = _month(session, facts, year, last_only=draws.shown_as is ShownAs.YEAR_END)
                if month is not None:
                    yield Shown(kind.id, year, None, draws.shown_as, month)


def _changing(session: Session, facts: _Facts, kind: ReportKind) -> Iterator[tuple[int, int]]:
    """The documents that change this one, of the kind that the report prints: their years and ids."""
    printed = {draws.kind for draws in kind.draws_on if draws.shown_as in OWN}
    if PaperKind.DECISION in printed:
        for other in decisions(session, facts.unit_id):
            if edition_before(session, other.id) == facts.paper.id:
                yield other.first_year, other.id
    if PaperKind.ADJUSTMENT in printed:
        for year in facts.years:
            for row in adjustment_documents(session, facts.unit_id, year):
                changed = planned_documents(session, facts.unit_id, year, row.date)
                if changed.latest == facts.paper.id and changed.since is not None:
                    yield year, row.id
    if PaperKind.PLAN_CHANGE in printed and facts.confirmed:
        there = documents_of(session, facts.unit_id, facts.years[0])
        place = next(number for number, each in enumerate(there) if each.id == facts.paper.id)
        for later in there[place + 1 :]:
            if later.kind == PlanKind.CHANGE and later.deleted_at is None and later.id != facts.paper.id:
                yield later.year, later.id


def _stands(session: Session, facts: _Facts, shown_as: ShownAs, year: int) -> bool:
    """Whether a confirmed document stands in a year's reports in this way."""
    if facts.paper.kind is not PaperKind.DECISION:
        return True
    documents = planned_documents(session, facts.unit_id, year)
    if shown_as is ShownAs.STAGE:
        return facts.paper.id in (documents.approved, documents.amended)
    return documents.latest == facts.paper.id if shown_as is ShownAs.ANSWER else year == facts.years[0]


def _can_be_made(session: Session, facts: _Facts, kind: ReportKind, year: int) -> bool:
    """Whether there is what the report needs beside this document."""
    if "balances" in kind.needs and latest_balances(session, facts.unit_id, year) is None:
        return False
    if "scenarios" in kind.needs and not scenarios(session, facts.unit_id, year):
        return False
    if "peers" in kind.needs and len(units(session)) < 2:
        return False
    if "plan" in kind.needs and not documents_in_force(documents_of(session, facts.unit_id, year)):
        return False
    if not kind.needs_budget:
        return True
    return planned_documents(session, facts.unit_id, year).latest is not None


def _month(session: Session, facts: _Facts, year: int, *, last_only: bool) -> int | None:
    """The last month with forms whose report on execution has this document in it."""
    if year not in years_with_forms(session, facts.unit_id):
        return None
    months = sorted(months_with_forms(session, facts.unit_id, year), reverse=True)
    for month in months[:1] if last_only else months:
        if _counts_in(session, facts, Month(year, month)):
            return month
    return None


def _counts_in(session: Session, facts: _Facts, month: Month) -> bool:
    if facts.paper.kind is PaperKind.FORM:
        return facts.month == month.month
    as_of = month.last_day
    documents = planned_documents(session, facts.unit_id, month.year, as_of)
    if facts.paper.kind is PaperKind.DECISION:
        return facts.paper.id in (documents.approved, documents.amended)
    if facts.paper.kind is PaperKind.ADJUSTMENT:
        changes = adjusting(session, facts.unit_id, month.year, documents, as_of)
        return any(each.document_id == facts.paper.id for each in changes)
    there = documents_in_force(documents_of(session, facts.unit_id, month.year), as_of)
    return any(each.id == facts.paper.id for each in there)

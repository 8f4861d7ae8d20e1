"""The analysis of the ratio and the brief for residents: one question each, then the definitions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of, decision_summary
from akimat_desk.budget.ratio.changes import Moment, edition_of, usual_moments, why_changed
from akimat_desk.budget.ratio.levers import reckon
from akimat_desk.budget.ratio.outlook import Assumptions, outlook, usual_assumptions
from akimat_desk.budget.ratio.path import ratio_path
from akimat_desk.budget.ratio.peers import peers
from akimat_desk.budget.ratio.scenarios import lay_out
from akimat_desk.budget.ratio.side_by_side import scenarios_beside
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.errors import UsageProblem
from akimat_desk.meetings.numbers import year_numbers
from akimat_desk.meetings.proposals import proposals
from akimat_desk.meetings.record import tasks
from akimat_desk.meetings.states import TaskState
from akimat_desk.places.population import people_in
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.definitions.ratio_analysis import ratio_analysis
from akimat_desk.reports.definitions.ratio_peers import peers_report
from akimat_desk.reports.definitions.residents_brief import BriefData, residents_brief
from akimat_desk.reports.definitions.scenarios import scenarios_report
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.parties import report_unit

_MOST_DONE = 3  # things asked for, and carried out, that a page has room for


def analysis(
    session: Session,
    unit_id: int,
    year: int,
    language: DocLanguage,
    variant: Variant,
    between: tuple[Moment, Moment] | None = None,
    assumed: Assumptions | None = None,
) -> list[ReportDocument]:
    """History, why and outlook; ``between`` and ``assumed`` are the usual ones where not chosen.

    Raises UsageProblem when no budget answers for the year.
    """
    budget_as_of(session, unit_id, year)
    path = ratio_path(session, unit_id, variant)
    moments = between or usual_moments(session, unit_id, year)
    why = None
    editions: tuple[int | None, int | None] = (None, None)
    if moments is not None:
        try:
            why = why_changed(session, unit_id, *moments, variant)
            editions = (edition_of(session, unit_id, moments[0]), edition_of(session, unit_id, moments[1]))
        except UsageProblem:  # the formula's figures are not stated in one of the years: the paper says so
            why = None
    ahead = outlook(path, national_targets().targets, assumed or usual_assumptions())
    names = moment_names(session, moments) if moments is not None else None
    return [ratio_analysis(path, why, editions, ahead, report_unit(session, unit_id), language, year, names)]


def moment_names(session: Session, moments: tuple[Moment, Moment]) -> tuple[str, str]:
    """The two ends of a comparison as a chart names them: years, or within one year editions and months."""
    if moments[0].year != moments[1].year:
        return str(moments[0].year), str(moments[1].year)
    first, second = (_moment_name(session, moment) for moment in moments)
    return first, second


def _moment_name(session: Session, moment: Moment) -> str:
    if moment.month is not None:
        return f"{moment.month:02d}.{moment.year}"
    if moment.document_id is not None:
        number = decision_summary(session, moment.document_id).number
        if number:
            return f"№ {number}"
    return str(moment.year)


def scenarios_beside_each_other(
    session: Session, unit_id: int, year: int, language: DocLanguage, variant: Variant
) -> list[ReportDocument]:
    """The scenarios kept of a year. Raises UsageProblem: no budget for the year, no scenario kept."""
    beside = scenarios_beside(session, unit_id, year, variant)
    return [scenarios_report(beside, report_unit(session, unit_id), language)]


def beside_others(
    session: Session, unit_id: int, year: int, language: DocLanguage, variant: Variant
) -> list[ReportDocument]:
    """The place among similar units. Raises UsageProblem: no budget for the year, no other unit."""
    found = peers(session, unit_id, year, variant)
    if len(found.similar) < 2:  # nobody beside it
        raise UsageProblem("error.ratio.no_peers", year=year)
    return [peers_report(found, report_unit(session, unit_id), language)]


def brief(
    session: Session, unit_id: int, year: int, language: DocLanguage, today: dt.date
) -> list[ReportDocument]:
    """The brief for residents, a page for each language. Raises UsageProblem without a budget."""
    view = budget_as_of(session, unit_id, year)
    on = lay_out(session, unit_id, year)
    people = people_in(session, unit_id, year)
    finished = [
        task
        for task in tasks(session, unit_id)
        if task.state is TaskState.DONE and task.closed_on is not None and task.closed_on.year == year
    ]
    raised = [each for each in proposals(session, unit_id) if each.raised_on.year == year]
    paid = [each for each in raised if each.spent is not None]
    numbers = year_numbers(session, unit_id, year, today)
    made = []
    for each in language.languages:
        done = [proposal.what.text(each) for proposal in paid] + [task.text.text(each) for task in finished]
        data = BriefData(
            view=view,
            path=ratio_path(session, unit_id, Variant.TOTAL_REVENUE),
            outcome=reckon(on, (), Variant.TOTAL_REVENUE),
            people=people.people if people is not None else None,
            meetings=numbers,
            done=tuple(dict.fromkeys(done))[:_MOST_DONE],
            asked=tuple(dict.fromkeys(proposal.what.text(each) for proposal in raised))[:_MOST_DONE],
        )
        made.append(residents_brief(data, report_unit(session, unit_id), each))
    return made

"""Why the ratio changed, asked of a workspace: between two years, editions or months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of, budget_of, budget_years, decisions
from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.stored import years_with_forms
from akimat_desk.budget.ratio.bases import bases
from akimat_desk.budget.ratio.executed import executed_budget, months_with_receipts
from akimat_desk.budget.ratio.goals import budget_apart
from akimat_desk.budget.ratio.parts import Budget
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.why import Why, explain
from akimat_desk.budget.views import BudgetView, DecisionSummary, DocumentState, Stage
from akimat_desk.core.errors import UsageProblem


@dataclass(frozen=True, slots=True)
class Moment:
    """A budget to stand beside another: a year as it is in force, one edition of it, or what was
    executed of it to the end of ``month``."""

    year: int
    document_id: int | None = None
    month: int | None = None
    stage: Stage | None = None
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A moment that can be chosen, with the edition it is (None: the year's budget in force)."""

    moment: Moment
    edition: DecisionSummary | None


def moments(session: Session, unit_id: int) -> list[Choice]:
    """What can be compared: every year in force, and where it has several editions each of them."""
    editions = [d for d in decisions(session, unit_id) if d.state is DocumentState.CONFIRMED]
    found = []
    for year in budget_years(session, unit_id):
        found.append(Choice(Moment(year), None))
        mine = [edition for edition in editions if edition.first_year == year]
        if len(mine) > 1:
            found += [Choice(Moment(year, edition.id), edition) for edition in mine]
    for year in years_with_forms(session, unit_id):
        months = months_with_receipts(session, unit_id, year)
        found += [Choice(Moment(year, month=each.month), None) for each in months]
    return sorted(found, key=lambda choice: choice.moment.year)


def why_changed(session: Session, unit_id: int, before: Moment, after: Moment, variant: Variant) -> Why:
    """What moved the ratio from one moment to another.

    Raises UsageProblem: nothing answers for a moment, or the formula's figures are not stated there.
    """
    later = max(before.year, after.year)
    start, end = (_budget(session, unit_id, moment, later) for moment in (before, after))
    why = explain(start, end, variant)
    if why is None:
        raise UsageProblem("error.ratio.not_comparable", before=before.year, after=after.year)
    return why


def edition_of(session: Session, unit_id: int, moment: Moment) -> int | None:
    """The edition that answers for a moment; None for what was executed. Raises UsageProblem without one."""
    return None if moment.month is not None else _view(session, unit_id, moment).decision.id


def usual_moments(session: Session, unit_id: int, year: int) -> tuple[Moment, Moment] | None:
    """The comparison a person most likely wants: with the year before, else with the first edition."""
    years = budget_years(session, unit_id)
    if year not in years:
        return None
    earlier = [each for each in years if each < year]
    if earlier:
        return Moment(earlier[-1]), Moment(year)
    first = budget_as_of(session, unit_id, year, stage=Stage.APPROVED)
    now = budget_as_of(session, unit_id, year)
    if first.decision.id == now.decision.id:
        return None
    return Moment(year, first.decision.id), Moment(year)


def _budget(session: Session, unit_id: int, moment: Moment, as_year: int) -> Budget:
    if moment.month is not None:
        return executed_budget(session, unit_id, Month(moment.year, moment.month), as_year)
    view = _view(session, unit_id, moment)
    return budget_apart(view, bases(session, unit_id, moment.year), as_year)


def _view(session: Session, unit_id: int, moment: Moment) -> BudgetView:
    if moment.document_id is not None:
        return budget_of(session, moment.document_id, moment.year)
    return budget_as_of(session, unit_id, moment.year, moment.as_of, moment.stage)

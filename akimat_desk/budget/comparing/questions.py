"""What can be asked of two budgets side by side, and of an amendment beside what it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.applying import apply_adjustments
from akimat_desk.budget.adjustments.store import lines_of
from akimat_desk.budget.adjustments.tables import AdjustmentDocument
from akimat_desk.budget.comparing.rows import Row, bring_together
from akimat_desk.budget.decisions.amending import entered_adjustments
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.budget.decisions.questions import (
    budget_as_of,
    budget_of,
    budget_years,
    budgets_of,
    decision_unit,
    edition_before,
)
from akimat_desk.budget.views import BudgetView, DecisionSummary, Stage
from akimat_desk.core.errors import UsageProblem
from akimat_desk.places.service import unit_by_id


@dataclass(frozen=True, slots=True)
class Side:
    """What is asked for on one side: a unit's year, and which edition of it.

    Without ``document_id`` (a draft may be named) the edition in force answers, on ``as_of`` and at
    ``stage`` where they are given.
    """

    unit_id: int
    year: int
    document_id: int | None = None
    as_of: dt.date | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two budgets side by side; in each row's tuples 0 is ``left`` and 1 is ``right``."""

    left: BudgetView
    right: BudgetView
    rows: tuple[Row, ...]


def compare(session: Session, left: Side, right: Side) -> Comparison:
    """Two editions, years or units line by line, brought together along the «became» links.

    Raises UsageProblem when a unit has no budget yet, none for the year, or both sides are one and the
    same edition of one year.
    """
    one, other = _view(session, left), _view(session, right)
    if (one.decision.id, one.year) == (other.decision.id, other.year):
        raise UsageProblem("error.compare.same", unit=one.unit_name, year=one.year)
    return Comparison(one, other, bring_together((one, other)))


def _view(session: Session, side: Side) -> BudgetView:
    if side.document_id is not None:
        owner = decision_unit(session, side.document_id)
        if owner != side.unit_id:
            raise UsageProblem(
                "error.compare.other_unit", id=side.document_id, unit=unit_by_id(session, side.unit_id).name
            )
        return budget_of(session, side.document_id, side.year)
    if not budget_years(session, side.unit_id):
        raise UsageProblem("error.compare.nothing", unit=unit_by_id(session, side.unit_id).name)
    return budget_as_of(session, side.unit_id, side.year, side.as_of, side.stage)


#: The places of the three editions in the rows of an amendment's changes, and of the edition before with
#: the akim's adjustments that the amendment holds.
APPROVED, BEFORE, AFTER, ADJUSTED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class YearChanges:
    """One year of an amendment; rows have the approved edition, the one before and the amendment.

    Where the akim's adjustments are in it, the rows have what they made of the edition before as well.
    """

    year: int
    before: BudgetView | None
    after: BudgetView
    rows: tuple[Row, ...]
    is_adjusted: bool = False

    @property
    def changed(self) -> bool:
        """Whether the amendment changes anything of this year."""
        return any(row.differs(BEFORE, AFTER) for row in self.rows)


@dataclass(frozen=True, slots=True)
class AmendmentChanges:
    """What an amendment (a draft's too) does to the budget, year by year.

    ``approved`` is the first edition, ``before`` the one that is changed: the same for a first amendment.
    """

    approved: DecisionSummary
    before: DecisionSummary
    after: DecisionSummary
    years: tuple[YearChanges, ...]
    #: Numbers and dates of the akim's adjustments that the amendment holds (Budget Code art. 98).
    adjustments: tuple[tuple[str, dt.date | None], ...] = ()

    def year(self, year: int) -> YearChanges | None:
        """The changes of one year."""
        return next((changes for changes in self.years if changes.year == year), None)


def amendment_changes(session: Session, document_id: int) -> AmendmentChanges:
    """Before, after and change of every line and year.

    Raises UsageProblem for an unknown document and for a decision that changes no other.
    """
    after = budgets_of(session, document_id)
    decision = after[0].decision
    before_id = edition_before(session, document_id)
    if before_id is None:
        raise UsageProblem("error.amendment.changes_nothing", year=decision.first_year)
    before = {view.year: view for view in budgets_of(session, before_id)}
    first = budget_as_of(session, after[0].unit_id, decision.first_year, stage=Stage.APPROVED).decision
    approved = before
    if first.id != before_id:
        approved = {view.year: view for view in budgets_of(session, first.id)}
    made = entered_adjustments(session, document_by_id(session, document_id))
    adjusted = _adjusted(before.get(decision.first_year), made)
    years = tuple(
        _year_changes(
            view,
            approved.get(view.year),
            before.get(view.year),
            adjusted if view.year == decision.first_year else None,
        )
        for view in after
    )
    entered = tuple((row.number, row.date) for row in made)
    return AmendmentChanges(first, next(iter(before.values())).decision, decision, years, entered)


def _adjusted(before: BudgetView | None, made: Sequence[AdjustmentDocument]) -> BudgetView | None:
    if before is None or not made:
        return None
    lines, figures = apply_adjustments(before.lines, before.figures, lines_of(made), before.year)
    return replace(before, lines=tuple(lines), figures=figures)


def _year_changes(
    after: BudgetView, approved: BudgetView | None, before: BudgetView | None, adjusted: BudgetView | None
) -> YearChanges:
    if adjusted is None:
        return YearChanges(after.year, before, after, bring_together((approved, before, after)))
    rows = []
    for row in bring_together((approved, before, adjusted, after)):  # the amendment leads, as ever
        one, two, akim, last = range(4)
        rows.append(
            replace(
                row,
                codes=(row.codes[one], row.codes[two], row.codes[last], None),
                amounts=tuple(row.amounts[side] for side in (one, two, last, akim)),
                counted=tuple(row.counted[side] for side in (one, two, last, akim)),
            )
        )
    return YearChanges(after.year, before, after, tuple(rows), is_adjusted=True)

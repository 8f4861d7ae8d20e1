"""The shapes of last year's months: those of its plan, and those of what the treasury's forms say of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from akimat_desk.budget.plans.documents import documents_of, in_force
from akimat_desk.budget.plans.filling import FillRule
from akimat_desk.budget.plans.sheet import EMPTY, LineKey, Months, PlanSheet, ordered
from akimat_desk.budget.plans.spending import spent_of
from akimat_desk.budget.plans.starting import under_codes_of


@dataclass(frozen=True, slots=True)
class Shapes:
    """Last year's plan and execution under this year's codes; None where there is none."""

    planned: PlanSheet | None = None
    executed: PlanSheet | None = None

    def months(self, rule: FillRule, key: LineKey) -> Months:
        """The months that a rule takes for a line's shape; zeros where it takes none."""
        sheet = {FillRule.SHAPE: self.planned, FillRule.EXECUTED: self.executed}.get(rule)
        return sheet.months(key) if sheet is not None else EMPTY


def shapes_for(session: Session, unit_id: int, year: int) -> Shapes:
    """What a plan of ``year`` can be filled by."""
    planned = in_force(documents_of(session, unit_id, year - 1, with_lines=True))
    executed = executed_sheet(session, unit_id, year - 1)
    return Shapes(
        under_codes_of(year, planned) if planned is not None else None,
        under_codes_of(year, executed) if executed is not None else None,
    )


def executed_sheet(session: Session, unit_id: int, year: int) -> PlanSheet | None:
    """What the forms of a year say, as a sheet of months; None where none is in force."""
    spent = spent_of(session, unit_id, year)
    return PlanSheet(year, ordered(spent.lines)) if spent.lines else None

"""What a plan can be begun by: last year's plan, what the forms say of last year, this year's own form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import FormKind, Measure
from akimat_desk.budget.execution.stored import Fact, facts, forms
from akimat_desk.budget.execution.stored import in_force as in_force_forms
from akimat_desk.budget.plans.documents import documents_of, in_force
from akimat_desk.budget.plans.filling import FillRule, equal
from akimat_desk.budget.plans.sheet import EMPTY, MONTHS, LineKey, Months, PlanSheet, Side, ordered
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


@dataclass(frozen=True, slots=True)
class PlanByForm:
    """The plan that the treasury's forms of the year print, to the end of ``month``."""

    month: int
    sheet: PlanSheet


def plan_by_form(session: Session, unit_id: int, year: int) -> PlanByForm | None:
    """The plan as the latest form 4-20 of the year has it, for an office that begins in its middle.

    The form says what was planned to its month and for the year: each is laid evenly over its months.
    Receipts are those of form 2-19, where there is one, as if they went on coming in as they did. None
    where no form says what was planned.
    """
    lines: dict[LineKey, Months] = {}
    through = 0
    for form in sorted(in_force_forms(forms(session, unit_id, year)), key=lambda each: each.month.month):
        month = form.month.month
        if form.kind is FormKind.RECEIPTS:
            received = _received(facts(session, form), month)
            lines = {key: months for key, months in lines.items() if key.side is not Side.RECEIPTS} | received
            continue
        planned = _planned(facts(session, form), month)
        if planned:
            through = month
            lines = {key: months for key, months in lines.items() if key.side is Side.RECEIPTS} | planned
    return PlanByForm(through, PlanSheet(year, ordered(lines))) if through else None


def _planned(lines: Iterable[Fact], month: int) -> dict[LineKey, Months]:
    found: dict[LineKey, Months] = {}
    for fact in lines:
        whole = fact.amounts.get(Measure.PLAN_YEAR)
        if not whole:
            continue
        for side, measure in (
            (Side.PAYMENTS, Measure.PLAN_PAYMENTS),
            (Side.OBLIGATIONS, Measure.PLAN_OBLIGATIONS),
        ):
            stated = fact.amounts.get(measure)
            to_month = whole if month == MONTHS[-1] or stated is None else stated
            first = equal(to_month, range(1, month + 1)).months
            left = whole - to_month
            rest = equal(left, range(month + 1, 13)).months if left else EMPTY
            found[LineKey(side, fact.code)] = tuple(a + b for a, b in zip(first, rest, strict=True))
    return found


def _received(lines: Iterable[Fact], month: int) -> dict[LineKey, Months]:
    """A shape for receipts: what came in to the month, month by month alike to the year's end."""
    return {
        LineKey(Side.RECEIPTS, fact.code): (amount // month,) * len(MONTHS)
        for fact in lines
        if (amount := fact.amounts.get(Measure.RECEIVED)) and amount > 0
    }

"""Executed figures as a budget that the ratio can be reckoned of: from the treasury forms taken in."""

from __future__ import annotations

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import FormKind, Month
from akimat_desk.budget.execution.stored import forms, in_force, years_with_forms
from akimat_desk.budget.execution.table import Column, execution_table
from akimat_desk.budget.figures import Figure, Figures, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.ratio.parts import Budget, take_apart
from akimat_desk.classification.codes import Code, LineKind, RevenueCode
from akimat_desk.classification.packs import category_figure, pack_for


def months_with_receipts(session: Session, unit_id: int, year: int) -> list[Month]:
    """The months of a year whose form of receipts is in force, ascending."""
    there = in_force(forms(session, unit_id, year))
    return sorted({form.month for form in there if form.kind is FormKind.RECEIPTS})


def executed_budget(session: Session, unit_id: int, month: Month, as_year: int | None = None) -> Budget:
    """What came in and was paid from 1 January to the end of a month, taken apart.

    Costs are not stated where the month's form 4-20 is missing.
    """
    figures, lines = executed_figures(session, unit_id, month)
    return take_apart(figures, lines, month.year, as_year=as_year)


def executed_figures(session: Session, unit_id: int, month: Month) -> tuple[Figures, list[BudgetLine]]:
    """Executed figures and lines to the end of a month."""
    table = execution_table(session, unit_id, month, details=True)
    figures, lines = no_figures(), []
    for row in table.rows:
        amount = row.amount(Column.EXECUTED)
        if amount is None:
            continue
        code = row.parsed_code
        if code is None:
            if row.figure is not None:
                figures[row.figure] = amount
            continue
        kind = _kind(code, month.year)
        lines.append(BudgetLine(row.section, code, row.name, amount, kind))
        category = category_figure(kind)
        if isinstance(code, RevenueCode) and code.level == 1 and category is not None:
            figures[Figure(category)] = amount
    if FormKind.EXPENSES in table.missing:
        figures[Figure.COSTS] = None
    return figures, lines


def executed_years(session: Session, unit_id: int) -> dict[int, tuple[Budget, int]]:
    """For each year with receipts: what was executed to its last month, and which month that is."""
    found = {}
    for year in years_with_forms(session, unit_id):
        months = months_with_receipts(session, unit_id, year)
        if months:
            found[year] = (executed_budget(session, unit_id, months[-1]), months[-1].month)
    return found


def _kind(code: Code, year: int) -> LineKind:
    if not isinstance(code, RevenueCode):
        return LineKind.EXPENDITURE
    pack = pack_for(year)
    entry = pack.lookup(code) or pack.ancestor(code)
    return entry.kind if entry is not None else LineKind.UNKNOWN

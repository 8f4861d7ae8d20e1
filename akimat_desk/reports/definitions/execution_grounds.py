"""What the figures of the reports on execution rest on: editions, adjustments, plans and forms."""

from __future__ import annotations

from akimat_desk.budget.execution.forms import FormKind, Measure
from akimat_desk.budget.execution.table import (
    DEPTH,
    MEASURE_OF,
    Column,
    ExecutionRow,
    ExecutionTable,
    PlanSource,
)
from akimat_desk.budget.figures import SECTION_OF, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.grounds import (
    AmountAt,
    FormAt,
    Grounds,
    Place,
    PlanAt,
    operand,
)
from akimat_desk.budget.plans.sheet import Side
from akimat_desk.budget.provenance.budgets import adjusted_grounds

_RULE = "source.bc_120"
_SHEETS = {
    (Section.REVENUE, Column.PLAN_PAYMENTS): Side.RECEIPTS,
    (Section.EXPENDITURE, Column.PLAN_PAYMENTS): Side.PAYMENTS,
    (Section.EXPENDITURE, Column.PLAN_OBLIGATIONS): Side.OBLIGATIONS,
}
_OF_RECEIPTS = frozenset({Figure.CREDIT_REPAYMENTS, Figure.FIN_ASSETS_SALE, Figure.LOANS_IN})
_MADE_OF = {
    Figure.NET_LENDING: (Figure.BUDGET_CREDITS, Figure.CREDIT_REPAYMENTS),
    Figure.FIN_ASSETS_BALANCE: (Figure.FIN_ASSETS_PURCHASE, Figure.FIN_ASSETS_SALE),
    Figure.DEFICIT: (Figure.REVENUE_TOTAL, Figure.COSTS, Figure.NET_LENDING, Figure.FIN_ASSETS_BALANCE),
    Figure.DEFICIT_FINANCING: (Figure.DEFICIT,),
    Figure.BALANCES_USED: (Figure.DEFICIT_FINANCING, Figure.LOANS_IN, Figure.LOANS_REPAID),
}


def cell_grounds(row: ExecutionRow, column: Column, table: ExecutionTable) -> Grounds | None:
    """What an amount of the report rests on; None where there is none."""
    amount = row.amount(column)
    if amount is None:
        return None
    if column in (Column.APPROVED, Column.AMENDED, Column.ADJUSTED):
        return _of_budget(row, column, table)
    if row.section not in DEPTH:
        return _of_figure(row.figure, table) if row.figure is not None else None
    side = _SHEETS.get((row.section, column))
    if side is not None and table.plan_source is PlanSource.PLAN:
        return Grounds((PlanAt.of_code(table.plans, side, row.parsed_code, 1, table.month.month),))
    kind = FormKind.RECEIPTS if row.section is Section.REVENUE else FormKind.EXPENSES
    measure = Measure.RECEIVED if kind is FormKind.RECEIPTS else MEASURE_OF[column]
    return Grounds((FormAt(_forms(table, kind), row.section, row.code, measure),))


def period_grounds(row: ExecutionRow, table: ExecutionTable) -> Grounds | None:
    """What the share of the period's plan rests on."""
    return _of_two(row, table, Column.PLAN_PAYMENTS, "provenance.formula.share_of_period")


def year_grounds(row: ExecutionRow, table: ExecutionTable) -> Grounds | None:
    """What the share of the year's budget rests on."""
    return _of_two(row, table, Column.ADJUSTED, "provenance.formula.share_of_year")


def deviation_grounds(row: ExecutionRow, table: ExecutionTable) -> Grounds | None:
    """What the deviation from the period's plan rests on."""
    return _of_two(row, table, Column.PLAN_PAYMENTS, "provenance.formula.off_plan")


def stage_grounds(row: ExecutionRow, before: Column, after: Column, table: ExecutionTable) -> Grounds | None:
    """What the change from one stage of the budget to the next rests on: after, then before."""
    made: list[Place] = []
    for column in (after, before):
        grounds = cell_grounds(row, column, table)
        if grounds is not None:
            made.append(operand(f"report.execution.head.{column.value}", grounds, row.amount(column)))
    return Grounds(tuple(made), "provenance.formula.change", "source.bc_98_whole") if made else None


def standing_grounds(table: ExecutionTable) -> Grounds | None:
    """What the sentence on receipts and costs as a whole rests on: each executed, and its budget."""
    found: list[Place] = []
    for section in DEPTH:
        row = table.row(section)
        grounds = year_grounds(row, table) if row is not None else None
        found.extend(grounds.amounts if grounds is not None else ())
    return Grounds(tuple(found), "provenance.formula.share_of_year", _RULE) if found else None


def _of_two(row: ExecutionRow, table: ExecutionTable, whole: Column, formula: str) -> Grounds | None:
    """Both figures of a formula: what was executed, and what it is set against."""
    made = []
    for column in (Column.EXECUTED, whole):
        grounds = cell_grounds(row, column, table)
        if grounds is None:
            return None
        made.append(operand(f"report.execution.head.{column.value}", grounds, row.amount(column)))
    return Grounds(tuple(made), formula, _RULE)


def _of_budget(row: ExecutionRow, column: Column, table: ExecutionTable) -> Grounds | None:
    """The edition; of the adjusted budget the adjustments since too, which add up with it."""
    documents = table.documents
    document = documents.approved if column is Column.APPROVED else documents.latest
    if document is None:
        return None
    figure = row.figure or (None if row.code else SECTION_TOTAL[row.section])
    at = AmountAt(document, table.month.year, row.section, row.code, figure)
    if column is not Column.ADJUSTED:
        return Grounds((at,))
    return adjusted_grounds(at, table.adjustments)


def _of_figure(figure: Figure, table: ExecutionTable) -> Grounds:
    """An executed figure of sections III to VI: lines of a form, or article 9 of the Budget Code."""
    parts = _MADE_OF.get(figure)
    section = SECTION_OF[figure]
    if parts is None:
        kind = FormKind.RECEIPTS if figure in _OF_RECEIPTS else FormKind.EXPENSES
        measure = Measure.RECEIVED if kind is FormKind.RECEIPTS else Measure.PAID
        row = table.figure(figure)
        nothing = row is None or not row.amount(Column.EXECUTED)
        at = FormAt(_forms(table, kind), section, "", measure, figure)
        return Grounds((at,), "provenance.formula.nothing_stated" if nothing else "")
    made = []
    for part in parts:
        row = table.figure(part)
        if row is None:
            continue
        grounds = cell_grounds(row, Column.EXECUTED, table)
        if grounds is not None:
            made.append(operand(f"figure.{part.value}", grounds, row.amount(Column.EXECUTED)))
    return Grounds(tuple(made), f"provenance.formula.figure.{figure.value}", "source.bc_9")


def _forms(table: ExecutionTable, kind: FormKind) -> tuple[int, ...]:
    return tuple(form.id for form in table.forms if form.kind is kind)

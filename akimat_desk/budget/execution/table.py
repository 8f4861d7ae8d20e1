"""The execution report as a table (Budget Code art. 120; forms.md §8): plan, obligations, fact, line by line.

Sections I and II by code, III to VI by their figures. Everything is added up once, over stored codes.
Amounts are whole tiyn, None where no document states them; percentages are rounded half up to a tenth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.applying import moves
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.placing import figure_of
from akimat_desk.budget.execution.planned import (
    Adjusting,
    PlannedDocuments,
    PlannedLine,
    adjusting,
    planned_documents,
    planned_figures,
    planned_lines,
)
from akimat_desk.budget.execution.rollup import Cells, above, add, roll_up
from akimat_desk.budget.execution.stored import FormView, forms, in_force
from akimat_desk.budget.execution.tables import ExecutionFact
from akimat_desk.budget.figures import SECTION_OF, SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.plans.documents import documents_in_force, documents_of, sheet_in_force
from akimat_desk.budget.plans.sheet import Side
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import half_up
from akimat_desk.places.service import unit_by_id

#: How deep the budget itself goes: subclasses of receipts, programs of costs.
DEPTH = {Section.REVENUE: 3, Section.EXPENDITURE: 4}


class Column(StrEnum):
    """A column of amounts of the report, in its order."""

    APPROVED = "approved"
    AMENDED = "amended"
    ADJUSTED = "adjusted"
    PLAN_PAYMENTS = "plan_payments"
    PLAN_OBLIGATIONS = "plan_obligations"
    REGISTERED = "registered"
    UNPAID = "unpaid"
    EXECUTED = "executed"


COLUMNS = tuple(Column)
_PLACE = {column: place for place, column in enumerate(COLUMNS)}
#: The columns that documents state line by line; the others are leaves added up.
_STATED = 3
#: What form 4-20 states of the columns that are added up, and form 2-19 of what came in.
MEASURE_OF = {
    Column.PLAN_PAYMENTS: Measure.PLAN_PAYMENTS,
    Column.PLAN_OBLIGATIONS: Measure.PLAN_OBLIGATIONS,
    Column.REGISTERED: Measure.REGISTERED,
    Column.UNPAID: Measure.UNPAID,
    Column.EXECUTED: Measure.PAID,
}


class PlanSource(StrEnum):
    """Where the plan for the period comes from."""

    PLAN = "plan"  # the office's financing plan
    FORM = "form"  # what the treasury's form 4-20 prints of it
    NONE = "none"


class ExecutionRow(NamedTuple):
    """A line of the report: a tuple, for thousands of them are made at once.

    ``code`` is stored form, "" for a figure of the structure; ``level`` 0 is a section's total.
    ``amounts`` are in the order of the columns.
    """

    section: Section
    code: str
    name: Trilingual
    level: int
    amounts: tuple[int | None, ...]
    figure: Figure | None = None

    def amount(self, column: Column) -> int | None:
        """What stands in a column."""
        return self.amounts[_PLACE[column]]

    @property
    def of_period(self) -> Decimal | None:
        """Executed as a share of the plan for the period, in per cent."""
        return share(self.amount(Column.EXECUTED), self.amount(Column.PLAN_PAYMENTS))

    @property
    def of_year(self) -> Decimal | None:
        """Executed as a share of the year's budget as it is now (adjusted), in per cent."""
        return share(self.amount(Column.EXECUTED), self.amount(Column.ADJUSTED))

    @property
    def off_plan(self) -> int | None:
        """Executed less the plan for the period; None where either is not stated."""
        done, plan = self.amount(Column.EXECUTED), self.amount(Column.PLAN_PAYMENTS)
        return None if done is None or plan is None else done - plan

    @property
    def parsed_code(self) -> Code | None:
        """The code itself; None for a figure of the structure."""
        if not self.code:
            return None
        code_type = RevenueCode if self.section is Section.REVENUE else ExpenditureCode
        return code_type.from_stored(self.code)


@dataclass(frozen=True)
class ExecutionTable:
    """The report of a month, cumulative from 1 January.

    ``forms`` are the forms it rests on, ``adjustments`` those since the edition in force, ``plans`` the
    ids of the financing plan and its changes that the plan for the period comes from.
    """

    unit_id: int
    unit_name: Trilingual
    month: Month
    rows: tuple[ExecutionRow, ...]
    documents: PlannedDocuments
    plan_source: PlanSource
    forms: tuple[FormView, ...]
    missing: tuple[FormKind, ...] = ()
    adjustments: tuple[Adjusting, ...] = ()
    plans: tuple[int, ...] = ()

    def row(self, section: Section, code: str = "") -> ExecutionRow | None:
        """The row of a code; without a code the section's total."""
        place = self._by_code.get((section, code))
        return self.rows[place] if place is not None else None

    def figure(self, figure: Figure) -> ExecutionRow | None:
        """The row of a figure of the structure."""
        return next((row for row in self.rows if row.figure is figure), None)

    @cached_property
    def _by_code(self) -> dict[tuple[Section, str], int]:
        return {
            (row.section, row.code): place for place, row in enumerate(self.rows) if row.code or not row.level
        }

    def off_plan(self) -> list[ExecutionRow]:
        """The rows whose executed amount is not the plan for the period."""
        return [row for row in self.rows if row.off_plan]


def share(part: int | None, whole: int | None) -> Decimal | None:
    """A share in per cent, rounded half up to a tenth; None where it cannot be said."""
    if part is None or not whole:
        return None
    return half_up(Fraction(part * 100, whole), 1)


def execution_table(session: Session, unit_id: int, month: Month, *, details: bool = False) -> ExecutionTable:
    """The report of a month: the budget as it stood then, the plan to the month, what was executed.

    With ``details`` the rows go down to specifics, else as deep as the budget does. Raises
    UsageProblem for an unknown unit.
    """
    year, as_of = month.year, month.last_day
    mine = [form for form in in_force(forms(session, unit_id, year)) if form.month == month]
    documents = planned_documents(session, unit_id, year, as_of)
    tree = _Tree(year)
    approved = planned_lines(session, documents.approved, year)
    latest = planned_lines(session, documents.latest, year) if documents.amended else approved
    stated = planned_figures(session, documents.approved, year, approved)
    now = planned_figures(session, documents.latest, year, latest) if documents.amended else stated
    for column, lines, figures in (
        (Column.APPROVED, approved, stated),
        (Column.AMENDED, latest, now),
        (Column.ADJUSTED, latest, now),
    ):
        tree.state(column, lines, figures)
    changes = adjusting(session, unit_id, year, documents, as_of)
    for line in (line for change in changes for line in change.lines):
        tree.adjust(line)
    for form in mine:
        tree.facts(session, form)
    source, plans = _period(session, unit_id, month, as_of, tree, mine)
    taken = {form.kind for form in mine}
    return ExecutionTable(
        unit_id=unit_id,
        unit_name=unit_by_id(session, unit_id).name,
        month=month,
        rows=tuple(tree.rows(details=details, complete=len(taken) == len(FormKind))),
        documents=documents,
        plan_source=source,
        forms=tuple(mine),
        missing=tuple(kind for kind in FormKind if kind not in taken),
        adjustments=tuple(changes),
        plans=plans,
    )


def _period(
    session: Session, unit_id: int, month: Month, as_of: dt.date, tree: _Tree, mine: Iterable[FormView]
) -> tuple[PlanSource, tuple[int, ...]]:
    """The plan to the month: the office's own; without one what form 4-20 prints of it."""
    there = documents_in_force(documents_of(session, unit_id, month.year, with_lines=True), as_of)
    sheet = sheet_in_force(there)
    if sheet is None:
        stated = any(form.kind is FormKind.EXPENSES for form in mine) and tree.has_plan()
        return (PlanSource.FORM if stated else PlanSource.NONE), ()
    tree.forget_plan()
    columns = {
        Side.RECEIPTS: (Section.REVENUE, Column.PLAN_PAYMENTS),
        Side.PAYMENTS: (Section.EXPENDITURE, Column.PLAN_PAYMENTS),
        Side.OBLIGATIONS: (Section.EXPENDITURE, Column.PLAN_OBLIGATIONS),
    }
    for key, months in sheet.lines.items():
        section, column = columns[key.side]
        tree.plan(section, key.code.stored, column, sum(months[: month.month]))
    return PlanSource.PLAN, tuple(document.id for document in there)


_SUMMED = len(COLUMNS) - _STATED
_EXECUTED = _PLACE[Column.EXECUTED] - _STATED
_TOTALS = {SECTION_TOTAL[section].value: section for section in DEPTH}
_TAIL = (Section.NET_LENDING, Section.FIN_ASSETS, Section.DEFICIT, Section.FINANCING)


class _Tree:
    """The amounts of a month as they are gathered: what documents state of a line, what its leaves add.

    Amounts of the columns after ``_STATED`` are kept for leaves only and added up in :meth:`rows`.
    """

    def __init__(self, year: int) -> None:
        self._year = year
        self._stated: dict[Section, dict[str, Cells]] = {section: {} for section in DEPTH}
        self._leaves: dict[Section, dict[str, Cells]] = {section: {} for section in DEPTH}
        self._names: dict[Section, dict[str, tuple[str, str]]] = {section: {} for section in DEPTH}
        self._budget: dict[Section, set[str]] = {section: set() for section in DEPTH}
        self._figures: dict[Figure, Cells] = {}

    def state(self, column: Column, lines: Iterable[PlannedLine], figures: dict[Figure, int | None]) -> None:
        """A stage of the budget, as its document states it."""
        place = _PLACE[column]
        for figure, amount in figures.items():
            section = SECTION_OF[figure]
            if section not in DEPTH:
                self._figures.setdefault(figure, [None] * len(COLUMNS))[place] = amount
            elif figure is SECTION_TOTAL[section]:
                self._line(section, "")[place] = amount
        for line in lines:
            if line.code is None:
                continue
            section = Section(line.section)
            if section in DEPTH:
                self._line(section, line.code)[place] = line.amount
                self._budget[section].add(line.code)
                self._names[section].setdefault(line.code, (line.name_kk, line.name_ru))

    def adjust(self, line: AdjustedLine) -> None:
        """An adjustment of a line, of every line above it and of the figures that it moves."""
        place = _PLACE[Column.ADJUSTED]
        if line.code is not None and line.section in DEPTH:
            code = line.code.stored
            while code:
                cells = self._line(line.section, code)
                cells[place] = (cells[place] or 0) + line.amount
                code = above(code)
        for figure, amount in moves(line):
            section = SECTION_OF[figure]
            if section in DEPTH and figure is not SECTION_TOTAL[section]:
                continue  # a category is a line by its code
            there = self._line(section, "") if section in DEPTH else self._figures.get(figure)
            before = there[place] if there is not None else None
            if there is not None and before is not None:
                there[place] = before + amount

    def plan(self, section: Section, code: str, column: Column, amount: int) -> None:
        """What the financing plan has for a leaf."""
        cells = self._leaf(section, code)
        place = _PLACE[column] - _STATED
        cells[place] = (cells[place] or 0) + amount

    def facts(self, session: Session, form: FormView) -> None:
        """What a form says of its lines."""
        fact = ExecutionFact
        receipts = form.kind is FormKind.RECEIPTS
        section = Section.REVENUE if receipts else Section.EXPENDITURE
        columns = (
            (fact.received,)
            if receipts
            else tuple(getattr(fact, measure.value) for measure in MEASURE_OF.values())
        )
        asked = select(fact.code, fact.kind, fact.name_kk, fact.name_ru, *columns)
        leaves, names, kind = self._leaves[section], self._names[section], form.kind
        # Plain columns of thousands of rows: there is nothing for the session to make of them.
        found = session.connection().execute(asked.where(fact.form_id == form.id))
        for code, line, name_kk, name_ru, *amounts in found:
            if receipts:
                amounts = [*([None] * _EXECUTED), *amounts]
            figure = figure_of(kind, line, code)
            if figure is not None:
                cells = self._figures.setdefault(figure, [None] * len(COLUMNS))
                if figure is not Figure.BALANCES_USED:  # what is used of them shows when the year is added up
                    self._figures[figure] = [*cells[:_STATED], *add(cells[_STATED:], amounts)]
                continue
            if code not in names:
                names[code] = (name_kk, name_ru)
            before = leaves.get(code)
            leaves[code] = amounts if before is None else add(before, amounts)

    def has_plan(self) -> bool:
        """Whether a form states the plan for the period."""
        return any(cells[0] is not None for cells in self._leaves[Section.EXPENDITURE].values())

    def forget_plan(self) -> None:
        """Take away what a form states of the plan: the office's own is better."""
        for leaves in self._leaves.values():
            for cells in leaves.values():
                cells[0] = cells[1] = None

    def rows(self, *, details: bool, complete: bool) -> list[ExecutionRow]:
        """The rows in the order of their codes, each section under its total, then sections III to VI.

        ``complete``: both forms of the month are there, so that what none of them says is nothing.
        """
        rows = []
        for section, depth in DEPTH.items():
            summed = roll_up(self._leaves[section], _SUMMED)
            stated, names, budget = self._stated[section], self._names[section], self._budget[section]
            nothing, empty = (None,) * _STATED, (None,) * _SUMMED
            known: dict[tuple[str, str], Trilingual] = {}  # programs have the same specifics again and again
            for code in sorted({*stated, *summed}):
                level = code.count("/") + 1 if code else 0
                if level > depth and not details and code not in budget:
                    continue
                said = names.get(code)
                if said is None:
                    name = _official(section, code, self._year)
                elif (found := known.get(said)) is not None:
                    name = found
                else:
                    name = known[said] = Trilingual(*said)
                amounts = (*stated.get(code, nothing), *summed.get(code, empty))
                figure = None if code else SECTION_TOTAL[section]
                rows.append(ExecutionRow(section, code, name, level, amounts, figure))
        return [*rows, *self._tail(rows, complete=complete)] if rows else []

    def _tail(self, rows: Iterable[ExecutionRow], *, complete: bool) -> list[ExecutionRow]:
        """Sections III to VI: every total, and those of its parts that anything states."""
        figures = self._figures
        for figure, cells in figures.items():
            if complete and cells[-1] is None and figure is not Figure.BALANCES_USED:
                cells[-1] = 0
        totals = {row.figure: row for row in rows if row.figure is not None}
        for section in _TAIL:
            cells = figures.setdefault(SECTION_TOTAL[section], [None] * len(COLUMNS))
            if complete:
                cells[-1] = self._executed(section, totals)
        if complete and Figure.BALANCES_USED in figures:
            loans = _amount(figures, Figure.LOANS_IN) - _amount(figures, Figure.LOANS_REPAID)
            figures[Figure.BALANCES_USED][-1] = _amount(figures, Figure.DEFICIT_FINANCING) - loans
        made = []
        for section in _TAIL:
            for level, figure in enumerate((SECTION_TOTAL[section], *SECTION_PARTS[section])):
                if figure in figures:
                    amounts = tuple(figures[figure])
                    made.append(ExecutionRow(section, "", Trilingual(), min(level, 1), amounts, figure))
        return made

    def _executed(self, section: Section, totals: dict[Figure, ExecutionRow]) -> int | None:
        """What a section came to by article 9 of the Budget Code."""
        figures = self._figures
        if section is Section.NET_LENDING:
            return _amount(figures, Figure.BUDGET_CREDITS) - _amount(figures, Figure.CREDIT_REPAYMENTS)
        if section is Section.FIN_ASSETS:
            return _amount(figures, Figure.FIN_ASSETS_PURCHASE) - _amount(figures, Figure.FIN_ASSETS_SALE)
        if section is Section.FINANCING:
            return -_amount(figures, Figure.DEFICIT)
        received, paid = (totals.get(SECTION_TOTAL[each]) for each in DEPTH)
        if received is None or paid is None:
            return None
        came, went = received.amount(Column.EXECUTED) or 0, paid.amount(Column.EXECUTED) or 0
        return (
            came - went - _amount(figures, Figure.NET_LENDING) - _amount(figures, Figure.FIN_ASSETS_BALANCE)
        )

    def _line(self, section: Section, code: str) -> Cells:
        return self._stated[section].setdefault(code, [None] * _STATED)

    def _leaf(self, section: Section, code: str) -> Cells:
        return self._leaves[section].setdefault(code, [None] * _SUMMED)


def _amount(figures: dict[Figure, Cells], figure: Figure) -> int:
    """What was executed of a figure; nothing where it has no row."""
    return (figures[figure][-1] or 0) if figure in figures else 0


def _official(section: Section, code: str, year: int) -> Trilingual:
    """The classification's name of a line that neither the budget nor a form names."""
    if not code:
        return Trilingual()
    code_type = RevenueCode if section is Section.REVENUE else ExpenditureCode
    entry = pack_for(year).lookup(code_type.from_stored(code))
    return entry.name if entry is not None else Trilingual()

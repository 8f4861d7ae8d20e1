"""The execution report as a table (Budget Code art. 120; forms.md §8): plan, obligations, fact, line by line.

Everything is added up once, over stored codes: a leaf of a form counts for every line above it. Amounts
are whole tiyn, None where no document states them; percentages are rounded half up to a tenth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import FormKind, Month
from akimat_desk.budget.execution.planned import (
    PlannedDocuments,
    PlannedLine,
    adjusted_by,
    planned_documents,
    planned_lines,
)
from akimat_desk.budget.execution.stored import FormView, forms, in_force
from akimat_desk.budget.execution.tables import ExecutionFact
from akimat_desk.budget.figures import SECTION_TOTAL, Section
from akimat_desk.budget.plans.questions import plan_in_force
from akimat_desk.budget.plans.sheet import Side
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import half_up
from akimat_desk.places.service import unit_by_id

#: How deep the budget itself goes: subclasses of receipts, programs of costs.
DEPTH = {Section.REVENUE: 3, Section.EXPENDITURE: 4}
_OWN_RECEIPTS = frozenset(
    kind.value
    for kind in (
        LineKind.TAX,
        LineKind.NONTAX,
        LineKind.CAPITAL_SALES,
        LineKind.SPECIAL_RECEIPTS,
        LineKind.TRANSFERS,
        LineKind.UNKNOWN,
    )
)


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


class PlanSource(StrEnum):
    """Where the plan for the period comes from."""

    PLAN = "plan"  # the office's financing plan
    FORM = "form"  # what the treasury's form 4-20 prints of it
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ExecutionRow:
    """A line of the report. ``code`` is stored form, "" for a section's total; ``level`` 0 is a total."""

    section: Section
    code: str
    name: Trilingual
    level: int
    amounts: Mapping[Column, int | None]

    def amount(self, column: Column) -> int | None:
        """What stands in a column."""
        return self.amounts.get(column)

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
        """The code itself; None for a total."""
        if not self.code:
            return None
        code_type = RevenueCode if self.section is Section.REVENUE else ExpenditureCode
        return code_type.from_stored(self.code)


@dataclass(frozen=True)
class ExecutionTable:
    """The report of a month, cumulative from 1 January. ``forms`` are the forms it rests on."""

    unit_id: int
    unit_name: Trilingual
    month: Month
    rows: tuple[ExecutionRow, ...]
    documents: PlannedDocuments
    plan_source: PlanSource
    forms: tuple[FormView, ...]
    missing: tuple[FormKind, ...] = ()

    def row(self, section: Section, code: str = "") -> ExecutionRow | None:
        """The row of a code; without a code the section's total."""
        place = self._by_code.get((section, code))
        return self.rows[place] if place is not None else None

    @cached_property
    def _by_code(self) -> dict[tuple[Section, str], int]:
        return {(row.section, row.code): place for place, row in enumerate(self.rows)}

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
    as_of = month.last_day
    found = in_force(forms(session, unit_id, month.year))
    mine = [form for form in found if form.month == month]
    documents = planned_documents(session, unit_id, month.year, as_of)
    tree = _Tree()
    approved = planned_lines(session, documents.approved, month.year)
    latest = planned_lines(session, documents.latest, month.year) if documents.amended else approved
    tree.plan(Column.APPROVED, approved)
    tree.plan(Column.AMENDED, latest)
    tree.plan(Column.ADJUSTED, latest)
    for line in adjusted_by(session, unit_id, month.year, documents, as_of):
        if line.section in DEPTH and line.code is not None:
            tree.move(line.section, line.code.stored, line.amount)
    for form in mine:
        tree.facts(session, form)
    source = _period(session, unit_id, month, as_of, tree, mine)
    rows = tree.rows(month.year, details=details)
    taken = {form.kind for form in mine}
    return ExecutionTable(
        unit_id=unit_id,
        unit_name=unit_by_id(session, unit_id).name,
        month=month,
        rows=tuple(rows),
        documents=documents,
        plan_source=source,
        forms=tuple(mine),
        missing=tuple(kind for kind in FormKind if kind not in taken),
    )


def _period(
    session: Session, unit_id: int, month: Month, as_of: dt.date, tree: _Tree, mine: Iterable[FormView]
) -> PlanSource:
    """The plan to the month: the office's own; without one what form 4-20 prints of it."""
    sheet = plan_in_force(session, unit_id, month.year, as_of)
    if sheet is None:
        stated = any(form.kind is FormKind.EXPENSES for form in mine) and tree.has(Column.PLAN_PAYMENTS)
        return PlanSource.FORM if stated else PlanSource.NONE
    tree.forget(Column.PLAN_PAYMENTS, Column.PLAN_OBLIGATIONS)
    columns = {
        Side.RECEIPTS: (Section.REVENUE, Column.PLAN_PAYMENTS),
        Side.PAYMENTS: (Section.EXPENDITURE, Column.PLAN_PAYMENTS),
        Side.OBLIGATIONS: (Section.EXPENDITURE, Column.PLAN_OBLIGATIONS),
    }
    for key, months in sheet.lines.items():
        section, column = columns[key.side]
        tree.add(section, key.code.stored, column, sum(months[: month.month]))
    return PlanSource.PLAN


_Key = tuple[str, str]
_MEASURES = (
    ("plan_payments", Column.PLAN_PAYMENTS),
    ("plan_obligations", Column.PLAN_OBLIGATIONS),
    ("registered", Column.REGISTERED),
    ("unpaid", Column.UNPAID),
    ("paid", Column.EXECUTED),
)


class _Tree:
    """Amounts by section and stored code, one list of columns for each, added up along the code."""

    def __init__(self) -> None:
        self._cells: dict[_Key, dict[Column, int | None]] = {}
        self._names: dict[_Key, tuple[str, str]] = {}
        self._above: dict[_Key, tuple[_Key, ...]] = {}
        self._budget: set[_Key] = set()

    def plan(self, column: Column, lines: Iterable[PlannedLine]) -> None:
        """A stage of the budget, as its document states it."""
        for line in lines:
            if line.code is None:
                if line.figure is None or line.figure != _TOTAL_OF.get(line.section):
                    continue
                key = (line.section, "")
            else:
                key = (line.section, line.code)
            self._cells.setdefault(key, {})[column] = line.amount
            self._budget.add(key)
            if key not in self._names:
                self._names[key] = (line.name_kk, line.name_ru)

    def move(self, section: Section, code: str, amount: int) -> None:
        """An adjustment of a line, and so of every line above it."""
        for key in self._chain((section.value, code)):
            cells = self._cells.setdefault(key, {})
            cells[Column.ADJUSTED] = (cells.get(Column.ADJUSTED) or 0) + amount

    def add(self, section: Section, code: str, column: Column, amount: int) -> None:
        """An amount of a leaf, counted for every line above it."""
        for key in self._chain((section.value, code)):
            cells = self._cells.setdefault(key, {})
            cells[column] = (cells.get(column) or 0) + amount

    def facts(self, session: Session, form: FormView) -> None:
        """What a form says of its lines."""
        if form.kind is FormKind.RECEIPTS:
            self._receipts(session, form)
            return
        asked = select(
            ExecutionFact.code,
            ExecutionFact.name_kk,
            ExecutionFact.name_ru,
            *(getattr(ExecutionFact, name) for name, _ in _MEASURES),
        ).where(ExecutionFact.form_id == form.id)
        section = Section.EXPENDITURE.value
        columns = [column for _, column in _MEASURES]
        for code, name_kk, name_ru, *amounts in session.execute(asked):
            key = (section, code)
            self._names.setdefault(key, (name_kk, name_ru))
            stated = [(c, a) for c, a in zip(columns, amounts, strict=True) if a is not None]
            for each in self._chain(key):
                cells = self._cells.setdefault(each, {})
                for column, amount in stated:
                    cells[column] = (cells.get(column) or 0) + amount

    def _receipts(self, session: Session, form: FormView) -> None:
        fact = ExecutionFact
        asked = select(fact.code, fact.kind, fact.name_kk, fact.name_ru, fact.received).where(
            fact.form_id == form.id
        )
        for code, kind, name_kk, name_ru, received in session.execute(asked):
            if received is None or kind not in _OWN_RECEIPTS:
                continue  # loans and balances are no receipts of section I
            self._names.setdefault((Section.REVENUE.value, code), (name_kk, name_ru))
            self.add(Section.REVENUE, code, Column.EXECUTED, received)

    def has(self, column: Column) -> bool:
        """Whether anything states a column."""
        return any(cells.get(column) is not None for cells in self._cells.values())

    def forget(self, *columns: Column) -> None:
        """Take columns away that a better source states."""
        for cells in self._cells.values():
            for column in columns:
                cells.pop(column, None)

    def _chain(self, key: _Key) -> tuple[_Key, ...]:
        """A line and every line above it, the section's total last."""
        chain = self._above.get(key)
        if chain is None:
            section, code = key
            keys = [key]
            while "/" in code:
                code = code.rpartition("/")[0].rstrip("/")
                keys.append((section, code))
            chain = self._above[key] = (*keys, (section, ""))
        return chain

    def rows(self, year: int, *, details: bool) -> list[ExecutionRow]:
        """The rows in the order of their codes, each section under its total."""
        rows = []
        for section in (Section.REVENUE, Section.EXPENDITURE):
            depth = DEPTH[section]
            keys = sorted(key for key in self._cells if key[0] == section.value)
            for key in keys:
                level = _level(key[1])
                if level > depth and not details and key not in self._budget:
                    continue
                name = (
                    Trilingual(*self._names[key]) if key in self._names else _official(section, key[1], year)
                )
                rows.append(ExecutionRow(section, key[1], name, level, self._cells[key]))
        return rows


_TOTAL_OF = {section.value: figure.value for section, figure in SECTION_TOTAL.items()}


def _level(code: str) -> int:
    return code.count("/") + 1 if code else 0


def _official(section: Section, code: str, year: int) -> Trilingual:
    """The classification's name of a line that neither the budget nor a form names."""
    if not code:
        return Trilingual()
    code_type = RevenueCode if section is Section.REVENUE else ExpenditureCode
    entry = pack_for(year).lookup(code_type.from_stored(code))
    return entry.name if entry is not None else Trilingual()

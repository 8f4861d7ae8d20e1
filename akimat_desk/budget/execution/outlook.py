"""The outlook of a year line by line: what each line will come to, and what is off its usual pace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.store import adjustment_documents
from akimat_desk.budget.decisions.documents import editions_of
from akimat_desk.budget.execution.forecast import Foretold, Method, Pace, foretell, pace
from akimat_desk.budget.execution.forms import FormKind, Month
from akimat_desk.budget.execution.stored import FormView, code_of, forms, in_force, years_with_forms
from akimat_desk.budget.execution.table import DEPTH, Column, ExecutionRow, ExecutionTable, execution_table
from akimat_desk.budget.execution.tables import ExecutionFact
from akimat_desk.budget.figures import Section
from akimat_desk.budget.plans.questions import plan_in_force
from akimat_desk.budget.plans.sheet import Side, cumulative
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.classification.packs import became
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.money import half_up, to_step
from akimat_desk.core.strings import Message, Thousands
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.workspace import Actor, Workspace

#: The method that the office chose for its forecasts.
CHOSEN_METHOD = "execution.forecast_method"

_YEARS_BACK = 5
_SIDE = {FormKind.RECEIPTS: Section.REVENUE, FormKind.EXPENSES: Section.EXPENDITURE}

Key = tuple[Section, str]


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """A line's outlook. ``said`` has the method with the least error first; empty where nothing is known.

    ``courses`` are what was executed by each month, year by year; ``planned`` is the plan by month. All
    cumulative from 1 January.
    """

    row: ExecutionRow
    said: tuple[Foretold, ...]
    pace: Pace | None
    courses: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    planned: tuple[int, ...] = ()

    @property
    def best(self) -> Foretold | None:
        """What the method with the least error says."""
        return self.said[0] if self.said else None

    def chosen(self, method: Method | None) -> Foretold | None:
        """What the method says that the office chose; the best one where it says nothing, or for None."""
        return next((each for each in self.said if each.method is method), self.best)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The outlook of a year by the end of a month. ``years`` are the finished ones it learns from,
    ``method`` the one that the office chose (None: for each line the one with the least error)."""

    table: ExecutionTable
    years: tuple[int, ...]
    lines: tuple[OutlookLine, ...]
    method: Method | None = None

    def line(self, section: Section, code: str = "") -> OutlookLine | None:
        """The line of a stored code; without one the section's total."""
        return next((x for x in self.lines if (x.row.section, x.row.code) == (section, code)), None)

    def warnings(self) -> list[Finding]:
        """What is off its usual pace, the largest first: receipts behind, payments behind and ahead."""
        off = [line for line in self.lines if line.pace is not None and line.pace.matters and _is_leaf(line)]
        told = [line for line in off if line.row.section is Section.EXPENDITURE or _behind(line)]
        return [_warning(line, self.table.month) for line in sorted(told, key=_weight)]


def _behind(line: OutlookLine) -> bool:
    return line.pace is not None and line.pace.off < 0


def _weight(line: OutlookLine) -> int:
    return -abs(line.pace.off) if line.pace is not None else 0


def _is_leaf(line: OutlookLine) -> bool:
    return line.row.level == DEPTH[line.row.section]


def chosen_method(session: Session) -> Method | None:
    """The method that the office chose; None while it left the choice to the errors."""
    kept = get_setting(session, CHOSEN_METHOD)
    return next((each for each in Method if each.value == kept), None)


def choose_method(workspace: Workspace, actor: Actor, method: Method | None) -> None:
    """Choose the method for every forecast of the workspace; None leaves it to the errors again."""
    workspace.set_setting(actor, CHOSEN_METHOD, method.value if method is not None else None)


def outlook(session: Session, unit_id: int, month: Month, method: Method | None = None) -> Outlook:
    """The outlook by the end of a month, from the forms of its year and of the years before it.

    ``method`` stands in for the one that the office chose. Raises UsageProblem for an unknown unit.
    """
    table = execution_table(session, unit_id, month)
    earlier = [y for y in years_with_forms(session, unit_id) if month.year - _YEARS_BACK <= y < month.year]
    courses: dict[Key, dict[int, dict[int, int]]] = {}
    for year in (*earlier, month.year):
        _collect(session, in_force(forms(session, unit_id, year)), year, month.year, courses)
    planned = _planned(session, unit_id, month)
    lines = tuple(
        _line(row, courses.get(key, {}), month, planned.get(key, ()))
        for row in table.rows
        for key in [(row.section, row.code)]
    )
    years = tuple(y for y in earlier if any(12 in course.get(y, {}) for course in courses.values()))
    return Outlook(table, years, lines, method or chosen_method(session))


def _planned(session: Session, unit_id: int, month: Month) -> dict[Key, tuple[int, ...]]:
    """The financing plan in force of every line, from January to each month; empty without a plan."""
    sheet = plan_in_force(session, unit_id, month.year, month.last_day)
    sums: dict[Key, list[int]] = {}
    for key, months in sheet.lines.items() if sheet is not None else ():
        kind = {Side.RECEIPTS: FormKind.RECEIPTS, Side.PAYMENTS: FormKind.EXPENSES}.get(key.side)
        if kind is None:
            continue
        for each in _chain(kind, key.code.stored, month.year, month.year):
            held = sums.setdefault(each, [0] * len(months))
            for at, amount in enumerate(cumulative(months)):
                held[at] += amount
    return {each: tuple(held) for each, held in sums.items()}


def _line(
    row: ExecutionRow, courses: Mapping[int, Mapping[int, int]], month: Month, planned: tuple[int, ...]
) -> OutlookLine:
    history = {year: course for year, course in courses.items() if year < month.year}
    own = courses.get(month.year, {})
    said = foretell(history, month.year, own, month.month)
    now = row.amount(Column.EXECUTED)
    plan = row.amount(Column.ADJUSTED)
    at = pace(history, month.year, plan, now, month.month) if now is not None else None
    return OutlookLine(row, tuple(said), at, courses, planned)


def _collect(
    session: Session,
    taken: Iterable[FormView],
    year: int,
    to_year: int,
    courses: dict[Key, dict[int, dict[int, int]]],
) -> None:
    """What every line had by each month of a year, under the codes of ``to_year``."""
    chains: dict[tuple[FormKind, str], tuple[Key, ...]] = {}
    for form in taken:
        fact = ExecutionFact
        column = fact.received if form.kind is FormKind.RECEIPTS else fact.paid
        asked = select(fact.code, column).where(fact.form_id == form.id)
        for code, amount in session.execute(asked):
            if amount is None:
                continue
            chain = chains.get((form.kind, code))
            if chain is None:
                chain = chains[form.kind, code] = _chain(form.kind, code, year, to_year)
            for key in chain:
                months = courses.setdefault(key, {}).setdefault(year, {})
                months[form.month.month] = months.get(form.month.month, 0) + amount


def _chain(kind: FormKind, code: str, year: int, to_year: int) -> tuple[Key, ...]:
    """A leaf's lines from its subclass or program up to the total; empty where the year has no such line."""
    section = _SIDE[kind]
    moved = became(code_of(kind, code), year, to_year)
    if moved is None:
        return ((section, ""),)
    parts = moved.stored.split("/")[: DEPTH[section]]
    codes = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return (*((section, each) for each in codes), (section, ""))


def _warning(line: OutlookLine, month: Month) -> Finding:
    at = line.pace
    assert at is not None
    side = "receipts" if line.row.section is Section.REVENUE else "payments"
    way = "behind" if at.off < 0 else "ahead"
    now = line.row.amount(Column.EXECUTED)
    fields = {
        "name": line.row.name,
        "off": Thousands(to_step(abs(at.off))),
        "month": Message(f"execution.by_month.{month.month}"),
        "share": f"{half_up(at.share * 100, 0)}",
        "usual": Thousands(to_step(at.usual)),
        "now": Thousands(to_step(now or 0)),
    }
    where = Place(section=line.row.section.value, code=str(line.row.parsed_code or ""), year=month.year)
    return Finding(
        f"forecast.{side}_{way}", Severity.WARNING, fields, where=where, difference=to_step(at.off)
    )


def executed_under_codes_of(session: Session, unit_id: int, year: int, to_year: int) -> dict[Key, int]:
    """What every line had by the end of a finished year, under the codes of another; empty for one that
    has no December."""
    courses: dict[Key, dict[int, dict[int, int]]] = {}
    taken = [form for form in in_force(forms(session, unit_id, year)) if form.month.month == 12]
    _collect(session, taken, year, to_year, courses)
    return {key: course[year][12] for key, course in courses.items()}


@dataclass(frozen=True, slots=True)
class YearChange:
    """A document that changed the budget within its year: an "amendment" or an "adjustment"."""

    kind: str
    number: str
    date: dt.date | None


def year_changes(session: Session, unit_id: int, year: int) -> list[YearChange]:
    """The amendments and adjustments of a year, by their dates."""
    amendments = [
        YearChange("amendment", each.number, each.date)
        for each in editions_of(session, unit_id, year)
        if each.kind == DecisionKind.AMENDMENT
    ]
    adjustments = [
        YearChange("adjustment", each.number, each.date)
        for each in adjustment_documents(session, unit_id, year)
        if each.state == DocumentState.CONFIRMED
    ]
    return sorted([*amendments, *adjustments], key=lambda each: each.date or dt.date.max)

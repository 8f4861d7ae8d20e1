"""A plan out of a table: heads known by words, staircases of codes, months; nothing stored.

Understands the printed forms (individual plan, administrator's plan, plan of receipts), what people
keep in a workbook, and CSV. Every row that cannot be taken says why and what to do; the others can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from akimat_desk.budget.plans.columns import PlanColumnsUnknown, question_about, shown_table
from akimat_desk.budget.plans.heads import (
    CODE_LIKE,
    COSTS_LEVELS,
    REVENUE_LEVELS,
    WIDTH,
    Head,
    PlanColumn,
    Unit,
    amount_in,
    find_head,
    grid_of,
    has_amounts,
    is_numbering,
    is_parent,
    is_total,
    printed_unit,
    side_of,
    whole_code,
)
from akimat_desk.budget.plans.limits import BudgetLimits
from akimat_desk.budget.plans.sheet import LineKey, Months, Side
from akimat_desk.budget.shown_columns import Shown, TableQuestion
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.money import LARGEST_AMOUNT, TIYN_PER_TENGE, TIYN_PER_THOUSAND
from akimat_desk.core.strings import Message, Thousands
from akimat_desk.core.text import squeeze
from akimat_desk.intake import Paragraph, SourceDocument


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the file that is a line of the plan. ``row`` counts the table's rows from 1."""

    key: LineKey
    months: Months
    printed_name: str
    row: int
    table: str = ""


@dataclass(slots=True)
class ReadPlan:
    """A plan as read: its lines, its unit, and what is to be said of rows that were not taken."""

    year: int
    unit: Unit
    rows: list[PlanRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_plan(
    source: SourceDocument,
    year: int,
    limits: BudgetLimits | None = None,
    layouts: Mapping[str, Shown] | None = None,
) -> ReadPlan:
    """The plan that a file holds.

    ``limits`` (the budget in force) tell the group of a program printed without it, and thousands
    from tenge where the file does not say. ``layouts`` are columns that a person showed before. Raises
    InputRefused when no table has months in its head, PlanColumnsUnknown where a table could be a plan
    and the person has to show its columns.
    """
    tables: list[tuple[Head, Side, list[tuple[int, dict[int, str]]], str]] = []
    said = ""
    every = ""
    asked: list[tuple[TableQuestion, str]] = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            said += " " + block.text
            every += " " + block.text
            continue
        grid = grid_of(block)
        shown = shown_table(block, layouts or {})
        head = shown.head if shown is not None else find_head(grid, said)
        if head is None:
            question = question_about(block)
            if question is not None:
                asked.append((question, block.name))
            words = " ".join(text for row in grid for text in row.values())
            said += " " + words
            every += " " + words
            continue
        above = " ".join(text for row in grid[: head.below] for text in row.values())
        every += " " + above
        side = shown.side if shown is not None else side_of(head, f"{block.name} {above}", said)
        rows = [(number, row) for number, row in enumerate(grid, start=1) if number > head.below]
        tables.append((head, side, rows, block.name))
        said = ""
    if not tables and asked:
        raise PlanColumnsUnknown(asked[0][0])
    if not tables:
        raise InputRefused("error.plan.no_table", name=source.name)
    reader = _Reader(year, limits)
    for head, side, rows, name in tables:
        reader.read(head, side, rows, name)
    reader.leave_out(question.heads if not name else (name,) for question, name in asked)
    return reader.finish(printed_unit(every))


class _Reader:
    def __init__(self, year: int, limits: BudgetLimits | None) -> None:
        self._year = year
        self._limits = limits
        self._pack = pack_for(year)
        self._lines: list[tuple[LineKey, list[Decimal], Decimal | None, str, int, str]] = []
        self._seen: dict[LineKey, int] = {}
        self._findings: list[Finding] = []

    def read(self, head: Head, side: Side, rows: Iterable[tuple[int, dict[int, str]]], table: str) -> None:
        """Take in the rows of one table: parents only carry their codes down."""
        held: dict[PlanColumn, str] = {}
        pending: list[tuple[int, dict[int, str], dict[PlanColumn, str]]] = []
        for number, row in rows:
            if is_numbering(row) or is_total(row, head):
                continue
            codes = self._codes(row, head, held)
            if not codes:
                if has_amounts(row, head):
                    self._wrong("no_code", number, row, head)
                continue
            held = codes
            pending.append((number, row, codes))
        for place, (number, row, codes) in enumerate(pending):
            following = pending[place + 1][2] if place + 1 < len(pending) else None
            if following is not None and is_parent(codes, following):
                continue
            self._line(side, number, row, codes, head, table)

    def leave_out(self, tables: Iterable[Sequence[str]]) -> None:
        """Say which tables were not read because their heads do not tell what they hold."""
        for words in tables:
            said = "; ".join(filter(None, words))[:80]
            self._findings.append(Finding("plan.table_unread", Severity.WARNING, {"table": said}))

    def _codes(self, row: dict[int, str], head: Head, held: dict[PlanColumn, str]) -> dict[PlanColumn, str]:
        """The code of a row: its own parts, and to their left what the rows above gave."""
        own: dict[PlanColumn, str] = {}
        for column, kind in head.columns.items():
            text = row.get(column, "")
            if kind is PlanColumn.CODE and text:
                return whole_code(text, head.levels) or {}
            if kind in head.levels and text:
                if not CODE_LIKE.fullmatch(text):
                    continue
                width = WIDTH.get(kind, 2 if head.levels is REVENUE_LEVELS else 3)
                digits = re.sub(r"\D", "", text)
                # A whole code typed into the last column, or a staircase that repeats its parents.
                own[kind] = digits.zfill(width)[-width:] if len(digits) <= width else digits[-width:]
        if not own:
            return {}
        innermost = max(head.levels.index(kind) for kind in own)
        made: dict[PlanColumn, str] = {}
        outer = min(head.levels.index(kind) for kind in own)
        for place, kind in enumerate(head.levels[: innermost + 1]):
            if kind in own:
                made[kind] = own[kind]
            elif place < outer and kind in held:
                made[kind] = held[kind]
        return made

    def _line(
        self,
        side: Side,
        number: int,
        row: dict[int, str],
        codes: dict[PlanColumn, str],
        head: Head,
        table: str,
    ) -> None:
        code = self._code(side, codes)
        if not code.specific:
            if has_amounts(row, head):
                self._wrong("no_specific", number, row, head, code)
            return
        amounts: list[Decimal] = [Decimal(0)] * 12
        for column, month in head.months.items():
            value = amount_in(row.get(column, ""))
            if value is None:
                cell, where = row.get(column, ""), Message(f"plan.month.{month}")
                self._wrong("not_a_number", number, row, head, code, cell=cell, month=where)
                return
            amounts[month - 1] += value
        printed = _cell(row, head, PlanColumn.YEAR)
        year = amount_in(printed) if printed else None
        if printed and year is None:
            self._wrong("not_a_number", number, row, head, code, cell=printed, month=Message("plan.year"))
            return
        key = LineKey(side, code)
        if key in self._seen:
            self._wrong("twice", number, row, head, code, first=self._seen[key])
            return
        self._seen[key] = number
        name = _cell(row, head, PlanColumn.NAME)
        self._lines.append((key, amounts, year, squeeze(name), number, table))

    def _code(self, side: Side, codes: dict[PlanColumn, str]) -> Code:
        if side is Side.RECEIPTS:
            return RevenueCode(*(codes.get(kind, "") for kind in REVENUE_LEVELS))
        code = ExpenditureCode(**{kind.value: codes.get(kind, "") for kind in COSTS_LEVELS})
        if code.functional_group and code.subgroup:
            return code
        return self._placed(code)

    def _placed(self, code: ExpenditureCode) -> ExpenditureCode:
        """A program printed without its group gets the one it has in the budget, else the pack's."""
        known: list[Code] = [limit.code for limit in self._limits.of(Side.PAYMENTS)] if self._limits else []
        known += [entry.code for entry in self._pack.expenditure if entry.code_known]
        for other in known:
            if (
                isinstance(other, ExpenditureCode)
                and (other.administrator, other.program) == (code.administrator, code.program)
                and code.functional_group in ("", other.functional_group)
            ):
                return ExpenditureCode(
                    other.functional_group,
                    other.subgroup,
                    code.administrator,
                    code.program,
                    code.subprogram,
                    code.specific,
                )
        return code

    def _wrong(
        self,
        what: str,
        number: int,
        row: dict[int, str],
        head: Head,
        code: Code | None = None,
        **fields: object,
    ) -> None:
        name = _cell(row, head, PlanColumn.NAME)
        shown = str(code) if code is not None else "–"
        where = Place(year=self._year, code=str(code or ""), row=number, text=squeeze(name)[:60])
        self._findings.append(
            Finding(f"plan.row_{what}", Severity.ERROR, {"row": number, "code": shown, **fields}, "", where)
        )

    def finish(self, printed: Unit | None) -> ReadPlan:
        """Amounts into tiyn, the sums of the rows held against their years."""
        unit, findings = self._unit(printed)
        scale = TIYN_PER_THOUSAND if unit is Unit.THOUSAND else TIYN_PER_TENGE
        read = ReadPlan(self._year, unit, findings=[*findings, *self._findings])
        for key, amounts, year, name, number, table in self._lines:
            where = Place(year=self._year, code=str(key.code), row=number)
            scaled = [amount * scale for amount in amounts]
            if any(amount != int(amount) or abs(amount) > LARGEST_AMOUNT for amount in scaled):
                fields: dict[str, object] = {"row": number, "code": str(key.code)}
                read.findings.append(Finding("plan.row_amount", Severity.ERROR, fields, "", where))
                continue
            months = tuple(int(amount) for amount in scaled)
            if year is not None and int(year * scale) != sum(months):
                gap = sum(months) - int(year * scale)
                fields = {
                    "row": number,
                    "code": str(key.code),
                    "months": Thousands(sum(months), table=True),
                    "year": Thousands(int(year * scale), table=True),
                    "lacking": Thousands(abs(gap), table=True),
                }
                read.findings.append(Finding("plan.row_year", Severity.ERROR, fields, "", where, gap))
                continue
            read.rows.append(PlanRow(key, months, name, number, table))
        return read

    def _unit(self, printed: Unit | None) -> tuple[Unit, list[Finding]]:
        """The unit of the file: as printed, else as the budget says; a guess is said."""
        guessed = self._by_budget()
        unit = printed or guessed or Unit.THOUSAND
        fields = {"unit": Message(f"plan.unit.{unit.value}")}
        if printed is not None and guessed is not None and printed is not guessed:
            other = {
                "printed": Message(f"plan.unit.{printed.value}"),
                "budget": Message(f"plan.unit.{guessed.value}"),
            }
            return guessed, [Finding("plan.unit_differs", Severity.WARNING, other)]
        if printed is None:
            return unit, [Finding("plan.unit_assumed", Severity.WARNING, fields)]
        return unit, [Finding("plan.unit_tenge", Severity.INFO)] if unit is Unit.TENGE else []

    def _by_budget(self) -> Unit | None:
        if self._limits is None:
            return None
        for side in (Side.PAYMENTS, Side.RECEIPTS, Side.OBLIGATIONS):
            whole = sum(limit.amount for limit in self._limits.of(side))
            read = sum(sum(amounts) for key, amounts, *_ in self._lines if key.side is side)
            if whole <= 0 or read <= 0:
                continue
            # Within a factor of ten of the budget in one unit, it is a hundred times off in the other.
            for unit, scale in ((Unit.THOUSAND, TIYN_PER_THOUSAND), (Unit.TENGE, TIYN_PER_TENGE)):
                if whole < read * scale * 10 and read * scale < whole * 10:
                    return unit
        return None


def _cell(row: dict[int, str], head: Head, kind: PlanColumn) -> str:
    column = head.column(kind)
    return row.get(column, "") if column is not None else ""

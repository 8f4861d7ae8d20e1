"""The rules of a plan, while one types and before it is approved. Pure: plain values to findings.

An error bars approval, never storing. Each finding names the code, the month, what is planned and
spent, what is lacking, and where the lawful way out is: a specific of the same program with room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from akimat_desk.budget.plans.cutting import eat_backwards
from akimat_desk.budget.plans.limits import BudgetLimits, is_under
from akimat_desk.budget.plans.sheet import (
    MONTHS,
    LineKey,
    PlanSheet,
    Side,
    cumulative,
    difference,
    program_of,
    programs,
)
from akimat_desk.budget.plans.spent import Spent
from akimat_desk.classification.codes import ExpenditureCode, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.findings import Finding, Place, Severity, by_weight
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message, Thousands

_COSTS = (Side.PAYMENTS, Side.OBLIGATIONS)
_OTHER = {Side.PAYMENTS: Side.OBLIGATIONS, Side.OBLIGATIONS: Side.PAYMENTS}
_SECTION = {Side.RECEIPTS: "revenue", Side.PAYMENTS: "expenditure", Side.OBLIGATIONS: "expenditure"}
_SHOWN_WITH_ROOM = 3


@dataclass(frozen=True, slots=True)
class Situation:
    """A plan as it would be, and what it is judged by.

    ``before`` and ``month`` are set for a change: the plan in force, and the month (1–12) in which
    the change is made. ``keeps_program_months`` says that the change only moves money between the
    specifics of programs. ``closed`` are the months (1–12) that the office has closed.
    ``judged`` are the sides that are judged: a certificate of receipts answers for receipts only.
    """

    sheet: PlanSheet
    limits: BudgetLimits | None = None
    before: PlanSheet | None = None
    month: int | None = None
    spent: Spent = field(default_factory=Spent)
    balances_count: bool = True
    keeps_program_months: bool = False
    closed: frozenset[int] = frozenset()
    judged: frozenset[Side] = frozenset(Side)


def check_plan(situation: Situation) -> list[Finding]:
    """Everything to be said of a plan or of a change of it, errors first."""
    sides = {side.value for side in situation.judged}
    found = [finding for rule in _RULES for finding in rule(situation)]
    # What names no side (article 105, what is not known) concerns the plan as a whole.
    return by_weight(f for f in found if f.fields.get("side_id") is None or f.fields["side_id"] in sides)


# --- one rule each ------------------------------------------------------------------------------------


def _negative(s: Situation) -> Iterator[Finding]:
    """No cell of an approved plan is negative; in a change no later month may become so (checks 2, 6)."""
    for key, months in s.sheet:
        for month in MONTHS:
            amount = months[month - 1]
            if amount >= 0 or (s.month is not None and month == s.month and key.side is not Side.RECEIPTS):
                continue  # the current month of costs is judged from the start of the year (check 7)
            if s.before is None or s.month is None:
                fields = _fields(key, month, amount=_money(amount))
                yield _finding("plan.negative", key, fields, "source.plan_cells", difference=amount)
            elif month > s.month:
                before = s.before.months(key)[month - 1]
                fields = _fields(
                    key,
                    month,
                    plan=_money(before),
                    cut=_money(before - amount),
                    lacking=_money(-amount),
                    room=_room(s, key, month),
                )
                yield _finding("plan.later_negative", key, fields, "source.plan_cells", difference=amount)


def _current_month(s: Situation) -> Iterator[Finding]:
    """A cut above the current month's plan eats earlier unspent months, or is not enough (check 7)."""
    if s.month is None or s.before is None:
        return
    for key, months in s.sheet:
        if key.side is Side.RECEIPTS or months == s.before.months(key):
            continue
        spent = s.spent.to_month(key, s.month)
        cut = eat_backwards(months, s.month, spent)
        if cut.lacking:
            fields = _fields(
                key,
                s.month,
                plan=_money(sum(s.before.months(key)[: s.month])),
                spent=_money(spent),
                lacking=_money(cut.lacking),
                room=_room(s, key, s.month),
            )
            yield _finding("plan.not_enough", key, fields, "source.plan_cells", difference=-cut.lacking)
        elif cut.eaten:
            eaten = ", ".join(f"{month:02d}" for month in cut.eaten)
            fields = _fields(key, s.month, months=eaten)
            yield _finding("plan.eats_earlier", key, fields, "source.plan_cells", Severity.INFO)
    if s.spent.through == 0:
        month = Message(f"plan.month.{s.month}")
        yield Finding("plan.spent_unknown", Severity.INFO, {"month": month})


def _closed_months(s: Situation) -> Iterator[Finding]:
    """Months before the document's month are closed, and so is what the office closed (check 5)."""
    if s.month is None or s.before is None:
        return
    before, closed = s.before, s.closed | frozenset(range(1, s.month))
    for key, moved in difference(before, s.sheet):
        for month in MONTHS:
            if month in closed and moved[month - 1]:
                fields = _fields(
                    key,
                    month,
                    plan=_money(before.months(key)[month - 1]),
                    change=_money(moved[month - 1]),
                    open=Message(f"plan.month.{s.month}"),
                )
                yield _finding("plan.month_closed", key, fields, "source.plan_cells")


def _sides(s: Situation) -> Iterator[Finding]:
    """Both halves of the costs have the same lines (4) and years (3); obligations keep ahead (8)."""
    for key in s.sheet.keys(Side.PAYMENTS) + s.sheet.keys(Side.OBLIGATIONS):
        other = LineKey(_OTHER[key.side], key.code)
        if other not in s.sheet.lines:
            fields = _fields(key, side=_side(key.side), other=_side(other.side))
            yield _finding("plan.sides_lines", key, fields, "source.plan_cells")
            continue
        if key.side is Side.OBLIGATIONS:
            continue
        paid, obliged = s.sheet.year_of(key), s.sheet.year_of(other)
        if obliged > paid:
            fields = _fields(
                key, payments=_money(paid), obligations=_money(obliged), lacking=_money(obliged - paid)
            )
            yield _finding("plan.sides_year", key, fields, "source.plan_cells", difference=paid - obliged)
        yield from _payments_above(s, key, other)


def _payments_above(s: Situation, key: LineKey, other: LineKey) -> Iterator[Finding]:
    payments, obligations = cumulative(s.sheet.months(key)), cumulative(s.sheet.months(other))
    above = [month for month in MONTHS if payments[month - 1] > obligations[month - 1]]
    if above:
        first = above[0]
        difference_ = payments[first - 1] - obligations[first - 1]
        fields = _fields(
            key,
            first,
            payments=_money(payments[first - 1]),
            obligations=_money(obligations[first - 1]),
            lacking=_money(difference_),
        )
        yield _finding(
            "plan.payments_above",
            key,
            fields,
            "source.plan_cells",
            Severity.WARNING,
            difference=-difference_,
        )


def _receipts_kept(s: Situation) -> Iterator[Finding]:
    """Receipts from the start of the year are never negative (check 9)."""
    for key in s.sheet.keys(Side.RECEIPTS):
        run = cumulative(s.sheet.months(key))
        below = [month for month in MONTHS if run[month - 1] < 0]
        # A whole plan's negative cell is said already, cell by cell.
        if below and s.before is not None:
            amount = run[below[0] - 1]
            fields = _fields(key, below[0], amount=_money(amount))
            yield _finding("plan.receipts_negative", key, fields, "source.plan_cells", difference=amount)


def _article_105(s: Situation) -> Iterator[Finding]:
    """Payments to a month within receipts of all kinds to it plus used opening balances."""
    margins = coverage(s)
    short = [month for month in MONTHS if margins[month - 1] < 0]
    if not short or not s.sheet.keys(Side.PAYMENTS):
        return
    first, worst = short[0], min(short, key=lambda month: margins[month - 1])
    fields = {
        "month": Message(f"plan.month.{first}"),
        "month_no": first,
        "payments": _money(cumulative(s.sheet.total(Side.PAYMENTS))[first - 1]),
        "receipts": _money(cumulative(s.sheet.total(Side.RECEIPTS))[first - 1] + opening(s)),
        "lacking": _money(-margins[first - 1]),
        "worst_month": Message(f"plan.month.{worst}"),
        "worst": _money(-margins[worst - 1]),
    }
    yield Finding(
        "plan.art105", Severity.ERROR, fields, "source.bc_105", _place(s, "expenditure"), margins[first - 1]
    )


def coverage(s: Situation) -> tuple[int, ...]:
    """For each month what receipts and balances to it leave after the payments to it (tiyn)."""
    receipts = cumulative(s.sheet.total(Side.RECEIPTS))
    payments = cumulative(s.sheet.total(Side.PAYMENTS))
    there = opening(s)
    return tuple(there + a - b for a, b in zip(receipts, payments, strict=True))


def opening(s: Situation) -> int:
    """The opening balances that article 105 counts with; the term is a setting."""
    return s.limits.balances or 0 if s.balances_count and s.limits is not None else 0


def _budget_lines(s: Situation) -> Iterator[Finding]:
    """The plan comes to the budget's line in force, and names nothing that the budget has not."""
    if s.limits is None:
        return
    for side in Side:
        if side is Side.OBLIGATIONS and not s.sheet.keys(side):
            continue
        for limit in s.limits.of(side):
            planned = sum(s.sheet.total(side, partial(is_under, above=limit.code)))
            if side is Side.OBLIGATIONS and planned < limit.amount:
                continue  # the rest pays obligations of last year: the warning on the line says so
            if planned != limit.amount:
                fields: dict[str, object] = {
                    "side_id": side.value,
                    "side": _side(side),
                    "code": str(limit.code),
                    "name": limit.name,
                    "plan": _money(planned),
                    "budget": _money(limit.amount),
                    "lacking": _money(abs(planned - limit.amount)),
                }
                code = "plan.below_budget" if planned < limit.amount else "plan.above_budget"
                where = Place(year=s.sheet.year, section=_SECTION[side], code=str(limit.code))
                yield Finding(code, Severity.ERROR, fields, "source.bc_105", where, planned - limit.amount)
        for key in s.sheet.keys(side):
            if s.limits.limit_of(side, key.code) is None and any(s.sheet.months(key)):
                said = _fields(key, side=_side(side), plan=_money(s.sheet.year_of(key)))
                yield _finding("plan.not_in_budget", key, said, "source.bc_105")


def _codes(s: Situation) -> Iterator[Finding]:
    """A plan goes down to the specific, and its codes are those of the classification."""
    pack = pack_for(s.sheet.year)
    for key, _ in s.sheet:
        if key.side is Side.OBLIGATIONS and LineKey(Side.PAYMENTS, key.code) in s.sheet.lines:
            continue  # said once, of the payments
        if not key.code.specific:
            known = isinstance(key.code, ExpenditureCode) or bool(pack.children(key.code))
            severity = Severity.ERROR if known else Severity.WARNING
            yield _finding("plan.no_specific", key, _fields(key), "source.bc_105", severity)
        elif pack.lookup(key.code) is None:
            yield _finding("plan.code_unknown", key, _fields(key, year=s.sheet.year), "", Severity.WARNING)


def _program_months(s: Situation) -> Iterator[Finding]:
    """Money moved between the specifics of a program leaves its months as they were (art. 105)."""
    if s.before is None or not s.keeps_program_months:
        return
    moved = difference(s.before, s.sheet)
    for side in _COSTS:
        for program in programs(moved.keys(side)):
            total = moved.total(side, partial(is_under, above=program))
            for month in MONTHS:
                if total[month - 1]:
                    key = LineKey(side, program)
                    fields = _fields(key, month, side=_side(side), change=_money(total[month - 1]))
                    yield _finding(
                        "plan.program_months", key, fields, "source.bc_105", difference=total[month - 1]
                    )


Rule = Callable[[Situation], Iterator[Finding]]

_RULES: tuple[Rule, ...] = (
    _negative,
    _current_month,
    _closed_months,
    _sides,
    _receipts_kept,
    _article_105,
    _budget_lines,
    _codes,
    _program_months,
)


# --- the lawful way out -------------------------------------------------------------------------------


def free_to_month(s: Situation, key: LineKey, month: int) -> int:
    """What a line of costs can give up: its plan to ``month`` less what was spent to it."""
    return sum(s.sheet.months(key)[:month]) - s.spent.to_month(key, month)


def _room(s: Situation, key: LineKey, month: int) -> Message:
    """Which specifics of the same program (or receipts of any kind) have room, and how much."""
    if isinstance(key.code, RevenueCode):
        return Message("plan.room.receipts")
    program = program_of(key.code)
    free = [
        (free_to_month(s, other, month), other.code)
        for other in s.sheet.keys(key.side)
        if other != key and isinstance(other.code, ExpenditureCode) and program_of(other.code) == program
    ]
    free = sorted((item for item in free if item[0] > 0), key=lambda item: (-item[0], item[1].stored))
    if not free:
        return Message("plan.room.none")
    listed = "; ".join(
        f"{code.subprogram} {code.specific}".strip() + f" – {table_amount(amount)}"
        for amount, code in free[:_SHOWN_WITH_ROOM]
    )
    return Message("plan.room.lines", {"lines": listed})


# --- inside -------------------------------------------------------------------------------------------


def _fields(key: LineKey, month: int | None = None, **more: object) -> dict[str, object]:
    fields: dict[str, object] = {"code": str(key.code), **more}
    if month is not None:
        fields |= {"month": Message(f"plan.month.{month}"), "month_no": month}
    return fields


def _finding(
    code: str,
    key: LineKey,
    fields: dict[str, object],
    source: str,
    severity: Severity = Severity.ERROR,
    difference: int | None = None,
) -> Finding:
    where = Place(section=_SECTION[key.side], code=str(key.code))
    return Finding(code, severity, {"side_id": key.side.value, **fields}, source, where, difference)


def _place(s: Situation, section: str) -> Place:
    return Place(year=s.sheet.year, section=section)


def _money(tiyn: int) -> Thousands:
    return Thousands(tiyn, table=True)


def _side(side: Side) -> Message:
    return Message(f"plan.side.{side.value}")

"""The example okrug's treasury forms, month by month, made from its budget: the same each time.

What a year receives and pays in all is the shipped table's (``resources/example/execution.json``), so
that a year closes with exactly the balance with which the next one opens; how it spreads over the
months comes from seasons with a little noise that a hash of the code and year gives.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.plans.sheet import LineKey, PlanSheet, Side
from akimat_desk.budget.views import BudgetView
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Language
from akimat_desk.core.money import TIYN_PER_TENGE
from akimat_desk.training.example_data import amount_of, divided, example_data
from akimat_desk.training.treasury import PrintedForm, PrintedRow, print_form


@dataclass(frozen=True, slots=True)
class Books:
    """What the office holds for a year as of a day: its budget and its financing plan in force."""

    budget: Callable[[int, dt.date], BudgetView]
    plan: Callable[[int, dt.date], PlanSheet]


@dataclass(frozen=True, slots=True)
class ExampleForm:
    """A form as a file: its name, its month, its text."""

    name: str
    kind: FormKind
    month: Month
    text: str


def example_months() -> list[Month]:
    """The months that have forms, in order."""
    return [
        Month(int(year), month)
        for year, last in example_data()["months"].items()
        for month in range(1, last + 1)
    ]


def example_forms(books: Books, months: Iterable[Month] | None = None) -> Iterator[ExampleForm]:
    """The two forms of each month, by the budget and the plan that are in force on their day.

    Without ``months`` every month of the example.
    """
    for month in months if months is not None else example_months():
        as_of = month.last_day + dt.timedelta(days=1)
        last = dt.date(month.year, 12, 31)
        whole = books.budget(month.year, last)
        now, yearly = books.plan(month.year, month.last_day), books.plan(month.year, last)
        for kind, rows in (
            (FormKind.RECEIPTS, _receipts(whole, month)),
            (FormKind.EXPENSES, _expenses(whole, now, yearly, month)),
        ):
            institution = example_data()["institution"]
            names = _names(month.year) if kind is FormKind.EXPENSES else {}
            form = PrintedForm(
                kind, as_of, institution["code"], institution["name"], example_data()["budget"], rows, names
            )
            yield ExampleForm(f"{kind.value}_{month}.txt", kind, month, print_form(form))


# --- receipts -------------------------------------------------------------------------------------------


def _receipts(budget: BudgetView, month: Month) -> list[PrintedRow]:
    rows = []
    for line in budget.lines:
        code = line.code
        if not isinstance(code, RevenueCode) or code.level != 3 or line.amount is None:
            continue
        for specific, season, total in _received(line, code, month.year):
            leaf = replace(code, specific=specific)
            received = _to_month(total, _season(season, leaf.stored, month.year), month.month)
            before = _to_month(total, _season(season, leaf.stored, month.year), month.month - 1)
            day = (received - before) // 20 // TIYN_PER_TENGE * TIYN_PER_TENGE
            amounts = {Measure.RECEIVED_DAY: day, Measure.RECEIVED: received}
            rows.append(PrintedRow(leaf.parts, _name(leaf, month.year), amounts))
    return rows


def _received(line: BudgetLine, code: RevenueCode, year: int) -> Iterator[tuple[str, str, int]]:
    """A subclass' specifics: the season and what the whole year brings."""
    data = example_data()
    assert line.amount is not None
    if line.kind is LineKind.TRANSFERS:
        targeted = amount_of(data["targeted"].get(str(year)))
        yield data["subvention"], "subvention", line.amount - targeted
        if targeted:
            yield data["targeted_specific"], "targeted", targeted
        return
    total = line.amount + amount_of(data["deviations"][str(year)].get(code.stored))
    shares = data["specifics"][code.stored]
    for specific, part in zip(shares, divided(total, list(shares.values())), strict=True):
        yield specific, code.stored, part


# --- costs ----------------------------------------------------------------------------------------------


def _expenses(whole: BudgetView, now: PlanSheet, yearly: PlanSheet, month: Month) -> list[PrintedRow]:
    """The lines of the plan in force, spent by their seasons; what the year leaves is spared evenly."""
    paid = _paid_in_all(whole, yearly)
    rows = []
    for key in now.keys(Side.PAYMENTS):
        code = key.code
        assert isinstance(code, ExpenditureCode)
        printed = ("124", code.program, code.subprogram, code.specific)
        amounts = _cells(code, now, paid[code], month)
        rows.append(PrintedRow(printed, _name(code, month.year), amounts))
    return sorted(rows, key=lambda row: row.parts)


def _paid_in_all(whole: BudgetView, yearly: PlanSheet) -> dict[ExpenditureCode, int]:
    """What each line of the year's plan pays by its end."""
    savings = _savings(whole)
    programs: dict[str, dict[ExpenditureCode, int]] = {}
    for key in yearly.keys(Side.PAYMENTS):
        assert isinstance(key.code, ExpenditureCode)
        programs.setdefault(_stored(key.code), {})[key.code] = yearly.year_of(key)
    return {
        code: final - spared
        for program, finals in programs.items()
        for (code, final), spared in zip(
            finals.items(), _spared(program, finals, savings.get(program, 0), whole.year), strict=True
        )
    }


def _stored(code: ExpenditureCode) -> str:
    """A program as the table names it, "07/3/008"."""
    return f"{code.functional_group}/{code.subgroup}/{code.program}"


def _programs(budget: BudgetView) -> dict[str, int]:
    """The programs of a budget, "07/3/008", with what they may cost."""
    return {
        _stored(code): line.amount
        for line in budget.lines
        if isinstance(code := line.code, ExpenditureCode) and code.level == 4 and line.amount
    }


def _savings(whole: BudgetView) -> dict[str, int]:
    """What each program leaves unspent: all together what the closing balance asks for."""
    data, year = example_data(), str(whole.year)
    closing = amount_of(data["closing"][year])
    excess = sum(amount_of(each) for each in data["deviations"][year].values())
    unused = amount_of(data["unused_targeted"].get(year))
    left = max(0, closing - excess - unused)
    shares = {p: s for p, s in data["saving"].items() if p in _programs(whole)}
    saved = dict(zip(shares, divided(left, list(shares.values())), strict=True))
    if unused:
        program = data["targeted_program"][year]
        saved[program] = saved.get(program, 0) + unused
    return saved


def _spared(program: str, finals: Mapping[ExpenditureCode, int], saved: int, year: int) -> list[int]:
    """A program's savings by its lines: the unused targeted transfer on its own, the rest evenly."""
    data = example_data()
    is_targeted = [code.subprogram == data["targeted_subprogram"] for code in finals]
    unused = 0
    if data["targeted_program"].get(str(year)) == program and any(is_targeted):
        unused = amount_of(data["unused_targeted"].get(str(year)))
    own = [final for final, targeted in zip(finals.values(), is_targeted, strict=True) if not targeted]
    shares = iter(divided(saved - unused, own))
    return [unused if targeted else next(shares) for targeted in is_targeted]


def _cells(code: ExpenditureCode, plan: PlanSheet, paid_in_all: int, month: Month) -> dict[Measure, int]:
    data = example_data()
    payments = plan.months(LineKey(Side.PAYMENTS, code))
    to_month, before = sum(payments[: month.month]), sum(payments[: month.month - 1])
    obligations = sum(plan.months(LineKey(Side.OBLIGATIONS, code))[: month.month])
    own = _season(data["season_of_specific"].get(code.specific, "even"), code.stored, month.year)
    paid = min(_to_month(paid_in_all, own, month.month), to_month)
    paid_before = min(_to_month(paid_in_all, own, month.month - 1), before)
    registered = paid
    if code.specific in data["contracts"]:
        made = _to_month(paid_in_all, data["contract_months"], month.month)
        registered = min(max(paid, made), obligations)
    return {
        Measure.PLAN_YEAR: sum(payments),
        Measure.PLAN_OBLIGATIONS: obligations,
        Measure.PLAN_PAYMENTS: to_month,
        Measure.REGISTERED: registered,
        Measure.PAID: paid,
        Measure.PAID_MONTH: paid - paid_before,
        Measure.UNPAID: registered - paid,
        Measure.OUTSTANDING: 0,
        Measure.LEFT_OBLIGATIONS: obligations - registered,
        Measure.LEFT_PAYMENTS: to_month - paid,
    }


# --- arithmetic -----------------------------------------------------------------------------------------


def _season(name: str, code: str, year: int) -> list[int]:
    """A season's weights with up to an eighth of noise, the same for a code and year each time."""
    digest = hashlib.sha256(f"{code} {year}".encode()).digest()
    weights = example_data()["seasons"][name]
    return [weight * (112 + digest[month] % 32) for month, weight in enumerate(weights)]


def _to_month(total: int, weights: Sequence[int], month: int) -> int:
    """What of a year's total stands by the end of a month; whole tenge until the year is full."""
    if month >= len(weights):
        return total
    if month <= 0:
        return 0
    done = list(accumulate(weights))
    part = total * done[month - 1] // done[-1]
    return part // TIYN_PER_TENGE * TIYN_PER_TENGE


@cache
def _names(year: int) -> Mapping[tuple[str, ...], str]:
    pack = pack_for(year)
    names: dict[tuple[str, ...], str] = {}
    for program in example_data()["programs"]:
        group, subgroup, number = program.split("/")
        code = ExpenditureCode(group, subgroup, "124", number)
        names[("124", number)] = _name(code, year)
        for key in (*example_data()["programs"][program], f"{example_data()['targeted_subprogram']}/159"):
            subprogram = key.split("/")[0]
            if subprogram:
                entry = pack.lookup(ExpenditureCode(group, subgroup, "124", number, subprogram))
                names[("124", number, subprogram)] = entry.name.exact(Language.RU) if entry else ""
    office = pack.lookup(ExpenditureCode("01", "1", "124"))
    names[("124",)] = office.name.exact(Language.RU) if office is not None else ""
    return names


@cache
def _name(code: RevenueCode | ExpenditureCode, year: int) -> str:
    entry = pack_for(year).lookup(code)
    return entry.name.exact(Language.RU) if entry is not None else ""

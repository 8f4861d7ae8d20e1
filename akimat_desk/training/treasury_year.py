"""The example okrug's treasury forms, month by month, made from its budget: the same each time.

What a year receives and pays in all is the shipped table's (``resources/example/execution.json``), so
that a year closes with exactly the balance with which the next one opens; how it spreads over the
months comes from seasons with a little noise that a hash of the code and year gives.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Any

from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.views import BudgetView
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Language
from akimat_desk.core.money import TIYN_PER_TENGE, from_plain
from akimat_desk.core.resources import resource
from akimat_desk.training.treasury import PrintedForm, PrintedRow, print_form

#: What answers for a year as of a day; None asks for the decision itself.
Budget = Callable[[int, dt.date | None], BudgetView]


@dataclass(frozen=True, slots=True)
class ExampleForm:
    """A form as a file: its name, its month, its text."""

    name: str
    kind: FormKind
    month: Month
    text: str


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(resource("example", "execution.json").read_text("utf-8"))
    return data


def example_months() -> list[Month]:
    """The months that have forms, in order."""
    return [
        Month(int(year), month) for year, last in _data()["months"].items() for month in range(1, last + 1)
    ]


def example_forms(budget: Budget, months: Iterable[Month] | None = None) -> Iterator[ExampleForm]:
    """The two forms of each month, by the budget that is in force on their day.

    Without ``months`` every month of the example.
    """
    for month in months if months is not None else example_months():
        as_of = month.last_day + dt.timedelta(days=1)
        now, whole = budget(month.year, as_of), budget(month.year, dt.date(month.year, 12, 31))
        approved = _programs(budget(month.year, None))
        for kind, rows in (
            (FormKind.RECEIPTS, _receipts(whole, month)),
            (FormKind.EXPENSES, _expenses(approved, now, whole, month)),
        ):
            institution = _data()["institution"]
            names = _names(month.year) if kind is FormKind.EXPENSES else {}
            form = PrintedForm(
                kind, as_of, institution["code"], institution["name"], _data()["budget"], rows, names
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
    data = _data()
    assert line.amount is not None
    if line.kind is LineKind.TRANSFERS:
        targeted = _amount(data["targeted"].get(str(year)))
        yield data["subvention"], "subvention", line.amount - targeted
        if targeted:
            yield data["targeted_specific"], "targeted", targeted
        return
    total = line.amount + _amount(data["deviations"][str(year)].get(code.stored))
    shares = data["specifics"][code.stored]
    for specific, part in zip(shares, _divided(total, list(shares.values())), strict=True):
        yield specific, code.stored, part


# --- costs ----------------------------------------------------------------------------------------------


def _expenses(
    approved: Mapping[str, int], now: BudgetView, whole: BudgetView, month: Month
) -> list[PrintedRow]:
    plans, yearly = _programs(now), _programs(whole)
    savings = _savings(whole)
    rows = []
    for program, plan in plans.items():
        saved = savings.get(program, 0)
        first = approved.get(program, 0)
        parts = _specifics(program, plan, first, month.year)
        finals = dict(_specifics(program, yearly.get(program, plan), first, month.year))
        spared = _spared(program, finals, saved, month.year)
        for (subprogram, specific), planned in parts:
            final = finals[subprogram, specific]
            group, subgroup, number = program.split("/")
            code = ExpenditureCode(group, subgroup, "124", number, subprogram, specific)
            amounts = _cells(code, planned, final - spared[subprogram, specific], month)
            printed = ("124", code.program, subprogram, specific)
            rows.append(PrintedRow(printed, _name(code, month.year), amounts))
    return sorted(rows, key=lambda row: row.parts)


def _programs(budget: BudgetView) -> dict[str, int]:
    """The programs of a budget, "07/3/008", with what they may cost."""
    return {
        f"{code.functional_group}/{code.subgroup}/{code.program}": line.amount
        for line in budget.lines
        if isinstance(code := line.code, ExpenditureCode) and code.level == 4 and line.amount
    }


def _specifics(program: str, plan: int, approved: int, year: int) -> list[tuple[tuple[str, str], int]]:
    """A program's amount by subprogram and specific; a targeted transfer has a subprogram of its own."""
    data = _data()
    given = 0
    if data["targeted_program"].get(str(year)) == program:
        # Before the amendment that brings it the plan has no room for it.
        given = min(_amount(data["targeted"][str(year)]), max(0, plan - approved))
    shares = data["programs"][program]
    own = _divided(plan - given, list(shares.values()))
    parts = [((key.split("/")[0], key.split("/")[1]), part) for key, part in zip(shares, own, strict=True)]
    if given:
        parts.append(((data["targeted_subprogram"], "159"), given))
    return parts


def _savings(whole: BudgetView) -> dict[str, int]:
    """What each program leaves unspent: all together what the closing balance asks for."""
    data, year = _data(), str(whole.year)
    closing = _amount(data["closing"][year])
    excess = sum(_amount(each) for each in data["deviations"][year].values())
    unused = _amount(data["unused_targeted"].get(year))
    left = max(0, closing - excess - unused)
    shares = {p: s for p, s in data["saving"].items() if p in _programs(whole)}
    saved = dict(zip(shares, _divided(left, list(shares.values())), strict=True))
    if unused:
        program = data["targeted_program"][year]
        saved[program] = saved.get(program, 0) + unused
    return saved


def _spared(
    program: str, finals: Mapping[tuple[str, str], int], saved: int, year: int
) -> dict[tuple[str, str], int]:
    """A program's savings by its parts: the unused targeted transfer on its own, the rest evenly."""
    data = _data()
    unused = 0
    key = (data["targeted_subprogram"], "159")
    if data["targeted_program"].get(str(year)) == program and key in finals:
        unused = _amount(data["unused_targeted"].get(str(year)))
    own = [part for part in finals if part != key]
    shares = _divided(saved - unused, [finals[part] for part in own])
    return {**dict(zip(own, shares, strict=True)), key: unused}


def _cells(code: ExpenditureCode, plan: int, paid_in_all: int, month: Month) -> dict[Measure, int]:
    data = _data()
    season = data["season_of_specific"].get(code.specific, "even")
    smooth = data["seasons"][season]
    plan_payments = _to_month(plan, smooth, month.month, exact=True)
    own = _season(season, code.stored, month.year)
    paid = min(_to_month(paid_in_all, own, month.month), plan_payments)
    planned_before = _to_month(plan, smooth, month.month - 1, exact=True)
    before = min(_to_month(paid_in_all, own, month.month - 1), planned_before)
    is_contract = code.specific in data["contracts"]
    plan_obligations = plan if is_contract else plan_payments
    registered = paid
    if is_contract:  # contracts are made in the first four months
        registered = max(paid, _to_month(paid_in_all, (45, 25, 20, 10), month.month))
    return {
        Measure.PLAN_YEAR: plan,
        Measure.PLAN_OBLIGATIONS: plan_obligations,
        Measure.PLAN_PAYMENTS: plan_payments,
        Measure.REGISTERED: min(registered, plan_obligations),
        Measure.PAID: paid,
        Measure.PAID_MONTH: paid - before,
        Measure.UNPAID: min(registered, plan_obligations) - paid,
        Measure.OUTSTANDING: 0,
        Measure.LEFT_OBLIGATIONS: plan_obligations - min(registered, plan_obligations),
        Measure.LEFT_PAYMENTS: plan_payments - paid,
    }


# --- arithmetic -----------------------------------------------------------------------------------------


def _amount(thousands: str | None) -> int:
    return from_plain(thousands) if thousands is not None else 0


def _divided(total: int, shares: Sequence[int]) -> list[int]:
    """A total by shares, to whole hundreds of tenge; the last takes what is left."""
    step = 100 * TIYN_PER_TENGE
    whole = sum(shares) or 1
    parts = [total * share // whole // step * step for share in shares[:-1]]
    return [*parts, total - sum(parts)] if shares else []


def _season(name: str, code: str, year: int) -> list[int]:
    """A season's weights with up to an eighth of noise, the same for a code and year each time."""
    digest = hashlib.sha256(f"{code} {year}".encode()).digest()
    weights = _data()["seasons"][name]
    return [weight * (112 + digest[month] % 32) for month, weight in enumerate(weights)]


def _to_month(total: int, weights: Sequence[int], month: int, *, exact: bool = False) -> int:
    """What of a year's total stands by the end of a month; whole tenge until the year is full."""
    if month >= len(weights):
        return total
    if month <= 0:
        return 0
    done = list(accumulate(weights))
    part = total * done[month - 1] // done[-1]
    return part if exact else part // TIYN_PER_TENGE * TIYN_PER_TENGE


@cache
def _names(year: int) -> Mapping[tuple[str, ...], str]:
    pack = pack_for(year)
    names: dict[tuple[str, ...], str] = {}
    for program in _data()["programs"]:
        group, subgroup, number = program.split("/")
        code = ExpenditureCode(group, subgroup, "124", number)
        names[("124", number)] = _name(code, year)
        for key in (*_data()["programs"][program], f"{_data()['targeted_subprogram']}/159"):
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

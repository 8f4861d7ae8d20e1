"""The example okrug's financing plans by month, made from its budgets: the same each time.

A plan is the budget's lines divided by the shares of ``resources/example/execution.json`` and laid over
the months by its seasons, without the noise that execution has. What an amendment or an adjustment
changes is laid over the months that are left, as an office does it: months before stay closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.plans.filling import by_shape, equal
from akimat_desk.budget.plans.sheet import EMPTY, MONTHS, LineKey, Months, PlanSheet, Side, ordered
from akimat_desk.budget.views import BudgetView
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.training.example_data import amount_of, divided, example_data

#: A year's money by line, with the season its months follow.
_Wanted = dict[LineKey, tuple[int, Sequence[int]]]


def first_plan(budget: BudgetView) -> PlanSheet:
    """The plan of a year as its decision lets it begin."""
    lines = {key: _laid(total, season) for key, (total, season) in _wanted(budget, None).items()}
    return PlanSheet(budget.year, ordered(lines))


def plan_after(plan: PlanSheet, budget: BudgetView, month: int, *, targeted: bool = False) -> PlanSheet:
    """The plan as a changed budget wants it, made in ``month`` (from 1); earlier months stay.

    ``targeted`` says that the change brings the year's targeted transfer, which has lines of its own.
    """
    lines = dict(plan.lines)
    for key, (total, season) in _wanted(budget, plan, targeted=targeted).items():
        more = total - plan.year_of(key)
        if more or key not in lines:
            added = _laid(more, season, month)
            lines[key] = tuple(a + b for a, b in zip(plan.months(key), added, strict=True))
    return plan.with_lines(lines)


def moved(plan: PlanSheet, lines: Mapping[str, Mapping[str, str]]) -> PlanSheet:
    """The plan with money moved by hand: thousands by code and month, payments and obligations alike."""
    made = dict(plan.lines)
    for stored, months in lines.items():
        for side in (Side.PAYMENTS, Side.OBLIGATIONS):
            key = LineKey(side, ExpenditureCode.from_stored(stored))
            added = [amount_of(months.get(str(month))) for month in MONTHS]
            made[key] = tuple(a + b for a, b in zip(plan.months(key), added, strict=True))
    return plan.with_lines(made)


# --- inside -------------------------------------------------------------------------------------------


def _laid(total: int, season: Sequence[int], month: int = 1) -> Months:
    """A total over the months from ``month`` on, as its season goes; else all of it in that month."""
    left = [each for each in MONTHS if each >= month and season[each - 1]]
    if not total:
        return EMPTY
    return by_shape(total, tuple(season), left).months if left else equal(total, [month]).months


def _wanted(budget: BudgetView, plan: PlanSheet | None, *, targeted: bool = False) -> _Wanted:
    given = amount_of(example_data()["targeted"].get(str(budget.year))) if targeted else 0
    wanted: _Wanted = {}
    for line in budget.lines:
        if isinstance(line.code, RevenueCode) and line.code.level == 3 and line.amount:
            wanted |= _receipts(line, line.code, line.amount, plan, given)
        elif isinstance(line.code, ExpenditureCode) and line.code.level == 4 and line.amount:
            wanted |= _costs(line.code, line.amount, budget.year, plan, given)
    return wanted


def _receipts(
    line: BudgetLine, code: RevenueCode, amount: int, plan: PlanSheet | None, given: int
) -> Iterator[tuple[LineKey, tuple[int, Sequence[int]]]]:
    data = example_data()
    seasons = data["seasons"]
    if line.kind is LineKind.TRANSFERS:
        target = LineKey(Side.RECEIPTS, replace(code, specific=data["targeted_specific"]))
        held = plan.year_of(target) if plan is not None else 0
        yield (
            LineKey(Side.RECEIPTS, replace(code, specific=data["subvention"])),
            (
                amount - held - given,
                seasons["subvention"],
            ),
        )
        if given:
            yield target, (held + given, seasons["targeted"])
        return
    shares = data["specifics"][code.stored]
    keys = [LineKey(Side.RECEIPTS, replace(code, specific=specific)) for specific in shares]
    for key, total in _spread(keys, list(shares.values()), amount, plan):
        yield key, (total, seasons[code.stored])


def _costs(
    program: ExpenditureCode, amount: int, year: int, plan: PlanSheet | None, given: int
) -> Iterator[tuple[LineKey, tuple[int, Sequence[int]]]]:
    data = example_data()
    stored = f"{program.functional_group}/{program.subgroup}/{program.program}"
    shares = data["programs"][stored]
    target = replace(program, subprogram=data["targeted_subprogram"], specific="159")
    parts = [key.split("/") for key in shares]
    codes = [replace(program, subprogram=subprogram, specific=specific) for subprogram, specific in parts]
    brings = given if data["targeted_program"].get(str(year)) == stored else 0
    for side in (Side.PAYMENTS, Side.OBLIGATIONS):
        held = plan.year_of(LineKey(side, target)) if plan is not None else 0
        keys = [LineKey(side, code) for code in codes]
        for key, total in _spread(keys, list(shares.values()), amount - held - brings, plan):
            yield key, (total, _season(side, key.code.specific))
        if brings:
            yield LineKey(side, target), (held + brings, _season(side, target.specific))


def _spread(
    keys: Sequence[LineKey], shares: Sequence[int], amount: int, plan: PlanSheet | None
) -> Iterator[tuple[LineKey, int]]:
    """An amount over lines by shares; with a plan only what is more or less than it has."""
    held = [plan.year_of(key) if plan is not None else 0 for key in keys]
    more = divided(amount - sum(held), shares)
    return ((key, there + added) for key, there, added in zip(keys, held, more, strict=True))


def _season(side: Side, specific: str) -> Sequence[int]:
    """Payments follow the season; what is bought under contracts is obliged in the first months."""
    data = example_data()
    if side is Side.OBLIGATIONS and specific in data["contracts"]:
        first: Sequence[int] = data["contract_months"]
        return first
    season: Sequence[int] = data["seasons"][data["season_of_specific"].get(specific, "even")]
    return season

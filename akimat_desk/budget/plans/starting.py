"""The first draft of a year's plan: last year's lines on this year's budget, nothing lost in silence.

Codes go along the classification's «became» links. What a line of the budget is divided by is taken
from last year's plan: the share of each specific and the shape of its months. What has no place in
the new year is listed as an orphan; a person may say where it belongs, be it in two places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from akimat_desk.budget.plans.filling import by_shape, equal
from akimat_desk.budget.plans.limits import BudgetLimits, Limit
from akimat_desk.budget.plans.sheet import EMPTY, LineKey, Months, PlanSheet, Side, ordered
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.packs import became, pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import DECISION_STEP
from akimat_desk.core.strings import Message, Thousands

#: Where a person puts codes of last year: codes of the new year with their parts, 100 per cent in all.
#: A program's code stands for the old line's subprogram and specific under it.
Places = Mapping[Code, Sequence[tuple[Code, int]]]
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Moved:
    """A code of last year that is another one now."""

    side: Side
    before: Code
    after: Code


@dataclass(frozen=True, slots=True)
class Start:
    """A proposed plan. ``orphans`` are last year's lines that have no place now, ``left_over`` what they
    came to then (tiyn). Both name the code of last year."""

    sheet: PlanSheet
    moved: tuple[Moved, ...] = ()
    orphans: tuple[LineKey, ...] = ()
    findings: tuple[Finding, ...] = field(default_factory=tuple)
    left_over: Mapping[LineKey, int] = field(default_factory=dict)


def propose(
    year: int, limits: BudgetLimits, last: PlanSheet | None = None, placed: Places | None = None
) -> Start:
    """A first plan of ``year`` that comes to the budget line by line where it can.

    ``placed`` says of codes of last year where they belong. Raises UsageProblem where its parts are not a
    whole or name a code of the other kind.

    A budget's line without lines of last year gets one where only one specific can be meant (a
    subclass of receipts with one specific); else it stays for the person to divide.
    """
    last = last or PlanSheet(year - 1)
    mapped, moved, lost, origins = _mapped(last, year, placed or {})
    lines: dict[LineKey, Months] = {}
    used: set[LineKey] = set()
    for side in Side:
        for limit in limits.of(side):
            under = {
                key: months
                for key, months in mapped.items()
                if key.side is side and limits.limit_of(side, key.code) == limit
            }
            used |= set(under)
            lines |= _laid_out(side, limit, under, year)
    unplaced = list(dict.fromkeys(old for key in mapped if key not in used for old in origins[key]))
    orphans = [*lost, *unplaced]
    names = {code: name for code, name in last.names.items() if any(key.code == code for key in lines)}
    return Start(
        PlanSheet(year, ordered(lines), names),
        tuple(moved),
        tuple(orphans),
        tuple(_said(moved, lost, unplaced, last, year)),
        {key: last.year_of(key) for key in orphans},
    )


def under_codes_of(year: int, last: PlanSheet) -> PlanSheet:
    """An earlier year's lines under the codes of ``year``; those that became one are added up."""
    mapped = _mapped(last, year, {})[0]
    return PlanSheet(year, ordered(mapped))


def places_for(limits: BudgetLimits, code: Code, year: int) -> list[tuple[Code, Trilingual]]:
    """Where a line of last year can be put: programs of the budget for costs, specifics for receipts."""
    if not isinstance(code, RevenueCode):
        return [(limit.code, _name_in(limit.code, year, limit.name)) for limit in limits.of(Side.PAYMENTS)]
    found: list[tuple[Code, Trilingual]] = []
    for limit in limits.of(Side.RECEIPTS):
        inner = [] if limit.code.specific else list(pack_for(year).children(limit.code))
        known = [(entry.code, entry.name) for entry in inner if entry.code_known and entry.code.specific]
        found += known or [(limit.code, _name_in(limit.code, year, limit.name))]
    return found


def _name_in(code: Code, year: int, printed: Trilingual) -> Trilingual:
    entry = pack_for(year).lookup(code)
    return entry.name if entry is not None else printed


def _mapped(
    last: PlanSheet, year: int, placed: Places
) -> tuple[dict[LineKey, Months], list[Moved], list[LineKey], dict[LineKey, list[LineKey]]]:
    """Last year's lines under this year's codes, what moved, what has no code now, what each line was."""
    mapped: dict[LineKey, Months] = {}
    origins: dict[LineKey, list[LineKey]] = {}
    moved, lost = [], []
    for key, months in last:
        for code, part in _parted(key.code, months, last.year, year, placed):
            if code is None:
                lost.append(key)
                continue
            if code != key.code:
                moved.append(Moved(key.side, key.code, code))
            now = LineKey(key.side, code)
            origins.setdefault(now, []).append(key)
            mapped[now] = tuple(a + b for a, b in zip(mapped.get(now, EMPTY), part, strict=True))
    return mapped, moved, lost, origins


def _parted(
    code: Code, months: Months, before: int, year: int, placed: Places
) -> Iterator[tuple[Code | None, Months]]:
    """Where a line goes: where a person put it, in parts, else along the «became» links."""
    targets = placed.get(code)
    if targets is None:
        yield became(code, before, year), months
        return
    if sum(percent for _, percent in targets) != _WHOLE or any(percent <= 0 for _, percent in targets):
        raise UsageProblem("error.plan.place_parts", code=str(code))
    left = months
    for number, (target, percent) in enumerate(targets, start=1):
        if type(target) is not type(code):
            raise UsageProblem("error.plan.place_kind", code=str(code), target=str(target))
        is_last = number == len(targets)
        part = left if is_last else tuple(month * percent // _WHOLE for month in months)
        left = tuple(a - b for a, b in zip(left, part, strict=True))
        yield _under(target, code), part


def _under(target: Code, code: Code) -> Code:
    """A program named as the place keeps the old line's subprogram and specific."""
    if isinstance(target, ExpenditureCode) and isinstance(code, ExpenditureCode) and not target.specific:
        return replace(target, subprogram=target.subprogram or code.subprogram, specific=code.specific)
    return target


def _laid_out(side: Side, limit: Limit, under: dict[LineKey, Months], year: int) -> dict[LineKey, Months]:
    shares = {key: sum(months) for key, months in under.items() if sum(months) > 0}
    if not shares:
        only = _only_specific(limit.code, year) if side is Side.RECEIPTS else None
        return {LineKey(side, only): equal(limit.amount).months} if only is not None else {}
    if sum(shares.values()) == limit.amount:
        return {key: under[key] for key in shares}
    amounts = _divided(limit.amount, list(shares.values()))
    laid = {}
    for (key, _), amount in zip(shares.items(), amounts, strict=True):
        shape = under[key]
        laid[key] = (by_shape(amount, shape) if any(m > 0 for m in shape) else equal(amount)).months
    return laid


def _divided(total: int, shares: Sequence[int]) -> list[int]:
    """``total`` in the proportion of ``shares``, in steps of 0.1 thousand; the largest takes the rest."""
    whole = sum(shares)
    parts = [total * share // (whole * DECISION_STEP) * DECISION_STEP for share in shares]
    largest = max(range(len(shares)), key=lambda number: shares[number])
    parts[largest] += total - sum(parts)
    return parts


def _only_specific(code: Code, year: int) -> Code | None:
    pack = pack_for(year)
    if code.specific:
        return code
    children = [entry.code for entry in pack.children(code) if entry.code_known and entry.code.specific]
    return children[0] if len(children) == 1 else None


def _said(
    moved: Sequence[Moved],
    lost: Sequence[LineKey],
    unplaced: Sequence[LineKey],
    last: PlanSheet,
    year: int,
) -> list[Finding]:
    found = [
        Finding(
            "plan.code_moved",
            Severity.INFO,
            {"before": str(move.before), "after": str(move.after), "year": year},
            where=Place(year=year, code=str(move.after)),
        )
        for move in moved
    ]
    for key in lost:
        found.append(_orphan("plan.orphan_code", key, last, year))
    for key in unplaced:
        found.append(_orphan("plan.orphan_budget", key, last, year))
    return found


def _orphan(code: str, key: LineKey, last: PlanSheet, year: int) -> Finding:
    entry = pack_for(last.year).lookup(key.code)
    name = last.names.get(key.code) or (entry.name if entry is not None else Trilingual())
    fields = {
        "code": str(key.code),
        "name": name,
        "side": Message(f"plan.side.{key.side.value}"),
        "amount": Thousands(last.year_of(key), table=True),
        "before": last.year,
        "year": year,
    }
    return Finding(code, Severity.WARNING, fields, where=Place(year=year, code=str(key.code)))

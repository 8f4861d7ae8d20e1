"""What the law allows the akim to change by himself: pure rules over an adjustment and its budget.

What is forbidden is a finding with its article and the amount that would be allowed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.adjustments.lines import AdjustedLine, balances_of, total_of
from akimat_desk.budget.adjustments.rules import (
    BETWEEN_PROGRAMS,
    Ground,
    Share,
    return_programs,
    share_of,
)
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.figures import Figure, Figures, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import Code, ExpenditureCode
from akimat_desk.core.findings import Finding, Place, Severity, by_weight
from akimat_desk.core.money import DECISION_STEP
from akimat_desk.core.strings import Message, Thousands


@dataclass(frozen=True, slots=True)
class AdjustmentCase:
    """An adjustment and what it is judged by.

    ``before`` are the lines in force on its day (earlier adjustments in them), ``annual`` those of the
    edition itself, which percentages are taken of. ``earlier`` are the lines of adjustments of the same
    ground in the year. ``bound`` is what of the opening balances is bound, by kind, None while nobody
    entered the balances; ``balances`` what the year opened with.
    """

    ground: Ground
    year: int
    lines: Sequence[AdjustedLine]
    number: str = ""
    date: dt.date | None = None
    basis: Basis = field(default_factory=Basis)
    before: Sequence[BudgetLine] = ()
    annual: Sequence[BudgetLine] = ()
    figures: Figures = field(default_factory=dict)
    earlier: Sequence[AdjustedLine] = ()
    protected: frozenset[str] = frozenset()
    bound: Mapping[str, int] | None = None
    balances: int | None = None


def check_adjustment(case: AdjustmentCase) -> list[Finding]:
    """Everything to be said of an adjustment, errors first."""
    return by_weight(finding for rule in _RULES for finding in rule(case))


def _paper(case: AdjustmentCase) -> Iterator[Finding]:
    """A decision has a day of its year, and a number."""
    if not any(line.amount for line in case.lines):
        yield Finding("adjustment.empty", Severity.ERROR)
    if case.date is None or not case.number.strip():
        yield Finding("adjustment.no_number", Severity.WARNING)
    if case.date is not None and case.date.year != case.year:
        fields: dict[str, object] = {"date": case.date, "year": case.year}
        yield Finding("adjustment.other_year", Severity.ERROR, fields, "source.bc_98_whole")


def _agreed(case: AdjustmentCase) -> Iterator[Finding]:
    """What the ground rests on is named: minutes of the assembly, a resolution of the akimat."""
    wanted = case.ground.basis
    if not wanted:
        return
    basis = case.basis
    if basis.kind not in wanted or not basis.number.strip() or basis.date is None:
        code = "adjustment.no_agreement" if "minutes" in wanted else "adjustment.no_resolution"
        yield Finding(code, Severity.ERROR, source=f"source.{case.ground.article}")
    elif case.date is not None and basis.date > case.date:
        fields = {"basis": basis.date, "date": case.date}
        yield Finding("adjustment.agreed_later", Severity.ERROR, fields, f"source.{case.ground.article}")


def _balanced(case: AdjustmentCase) -> Iterator[Finding]:
    """Receipts and used balances grow by what costs grow by; a neutral ground leaves costs as they are."""
    receipts, costs = total_of(case.lines, Section.REVENUE), total_of(case.lines, Section.EXPENDITURE)
    balances = balances_of(case.lines)
    gap = receipts + balances - costs
    if case.ground.neutral and costs:
        fields = {"costs": _money(costs)}
        yield Finding("adjustment.not_neutral", Severity.ERROR, fields, _article(case), difference=costs)
    elif gap:
        fields = {"receipts": _money(receipts + balances), "costs": _money(costs), "gap": _money(abs(gap))}
        yield Finding("adjustment.unbalanced", Severity.ERROR, fields, "source.bc_9", difference=gap)


def _allowed_kinds(case: AdjustmentCase) -> Iterator[Finding]:
    """A ground moves only what the article names."""
    for line in case.lines:
        of_balances = line.figure is Figure.BALANCES_USED
        wrong = (
            (line.section is Section.REVENUE and line.kind not in case.ground.receipts)
            or (of_balances and not case.ground.balances)
            or (line.of_costs and case.ground.costs == "increase" and line.amount < 0)
            or (line.of_costs and case.ground.costs == "decrease" and line.amount > 0)
        )
        if not wrong or not line.amount:
            continue
        if of_balances:
            # Free balances are spent through an amendment only (art. 116 p. 7).
            yield Finding(
                "adjustment.free_balances",
                Severity.ERROR,
                {"amount": _money(line.amount), "allowed": _money(0)},
                "source.bc_116_7",
                difference=line.amount,
            )
            continue
        fields = {"code": str(line.code), "ground": case.ground.name, "amount": _money(line.amount)}
        yield Finding(
            "adjustment.not_by_this_ground", Severity.ERROR, fields, _article(case), _where(case, line)
        )


def _not_below_zero(case: AdjustmentCase) -> Iterator[Finding]:
    """No line may fall below zero."""
    before = {line.code: line.amount or 0 for line in case.before if line.code is not None}
    for line in case.lines:
        there = before.get(line.code, 0) if line.code is not None else 0
        if line.code is not None and line.amount < 0 and there + line.amount < 0:
            fields = {"code": str(line.code), "there": _money(there), "cut": _money(-line.amount)}
            yield Finding(
                "adjustment.below_zero",
                Severity.ERROR,
                fields,
                _article(case),
                _where(case, line),
                there + line.amount,
            )


def _between_programs(case: AdjustmentCase) -> Iterator[Finding]:
    """Up to 20 % of a giving program's year, structure unchanged, targeted programs left alone (98 p. 4)."""
    if case.ground.id != BETWEEN_PROGRAMS:
        return
    annual = {line.code: line.amount or 0 for line in case.annual if line.code is not None}
    share = share_of(BETWEEN_PROGRAMS, case.year)
    for line in case.lines:
        if line.targeted:
            fields: dict[str, object] = {"code": str(line.code)}
            yield Finding("adjustment.targeted", Severity.ERROR, fields, "source.bc_98_4", _where(case, line))
        elif line.of_costs and line.code not in annual:
            yield Finding(
                "adjustment.new_program",
                Severity.ERROR,
                {"code": str(line.code)},
                "source.bc_98_4",
                _where(case, line),
            )
        elif line.code is not None and line.amount < 0 and share is not None:
            taken = -line.amount - sum(e.amount for e in case.earlier if e.code == line.code and e.amount < 0)
            yield from _share(case, line, share, taken, annual.get(line.code, 0), "adjustment.over_share")


def _sequester(case: AdjustmentCase) -> Iterator[Finding]:
    """Below 10 % of the year's costs by the akim, more by the mäslikhat; protected programs stay (97)."""
    if case.ground.id != "sequester":
        return
    for line in case.lines:
        if (
            line.of_costs
            and isinstance(line.code, ExpenditureCode)
            and _is_protected(line.code, case.protected)
        ):
            fields: dict[str, object] = {"code": str(line.code)}
            yield Finding("adjustment.protected", Severity.ERROR, fields, "source.bc_97", _where(case, line))
    share = share_of("sequester", case.year)
    whole = case.figures.get(Figure.COSTS)
    if share is None or not whole:
        return
    cut = -total_of(case.lines, Section.EXPENDITURE) - total_of(case.earlier, Section.EXPENDITURE)
    yield from _share(case, None, share, cut, whole, "adjustment.over_sequester")


def _share(
    case: AdjustmentCase, line: AdjustedLine | None, share: Share, taken: int, whole: int, code: str
) -> Iterator[Finding]:
    # Exact: taken / whole against tenths / 1000, in whole steps of 0.1 thousand.
    most = whole * share.tenths // 1000 // DECISION_STEP * DECISION_STEP
    if not share.inclusive and most * 1000 == whole * share.tenths:
        most -= DECISION_STEP
    over = taken * 1000 > whole * share.tenths or (
        not share.inclusive and taken * 1000 == whole * share.tenths
    )
    if not over:
        return
    own = -line.amount if line is not None else -total_of(case.lines, Section.EXPENDITURE)
    fields = {
        "code": str(line.code) if line is not None else "",
        "taken": _money(taken),
        "whole": _money(whole),
        "percent": _percent(share.tenths),
        "allowed": _money(max(0, own - (taken - most))),
    }
    where = _where(case, line) if line is not None else Place(year=case.year, section="expenditure")
    yield Finding(code, Severity.ERROR, fields, f"source.{share.article}", where, taken - most)


def _from_balances(case: AdjustmentCase) -> Iterator[Finding]:
    """Only bound balances may be used by an adjustment; free ones through an amendment (116 p. 5–7)."""
    used = balances_of(case.lines)
    if not case.ground.balances or used <= 0:
        return
    if case.bound is None:
        yield Finding("adjustment.balances_unknown", Severity.WARNING, source="source.bc_116_5")
        return
    earlier = balances_of(case.earlier)
    allowed = max(0, case.bound.get(case.ground.bound, 0) - earlier)
    if used > allowed:
        fields = {"amount": _money(used), "allowed": _money(allowed)}
        yield Finding(
            "adjustment.free_balances", Severity.ERROR, fields, "source.bc_116_7", difference=used - allowed
        )


def _return_program(case: AdjustmentCase) -> Iterator[Finding]:
    """Unused transfers go back by programs meant for it (their codes are unconfirmed: a warning)."""
    if case.ground.id != "transfer_return":
        return
    meant = return_programs(case.year)
    for line in case.lines:
        if line.of_costs and isinstance(line.code, ExpenditureCode) and line.code.program not in meant:
            fields = {"code": str(line.code), "programs": ", ".join(sorted(meant))}
            yield Finding(
                "adjustment.return_program", Severity.WARNING, fields, "source.bc_116_5", _where(case, line)
            )


_RULES = (
    _paper,
    _agreed,
    _balanced,
    _allowed_kinds,
    _not_below_zero,
    _between_programs,
    _sequester,
    _from_balances,
    _return_program,
)


def _is_protected(code: Code | None, protected: frozenset[str]) -> bool:
    above = code
    while above is not None:
        if above.stored in protected:
            return True
        above = above.parent
    return False


def _article(case: AdjustmentCase) -> str:
    return f"source.{case.ground.article}"


def _where(case: AdjustmentCase, line: AdjustedLine) -> Place:
    return Place(year=case.year, section=line.section.value, code=str(line.code) if line.code else "")


def _money(tiyn: int) -> Thousands:
    return Thousands(tiyn, table=True)


def _percent(tenths: int) -> Message:
    whole, rest = divmod(tenths, 10)
    return Message("adjustment.percent", {"percent": f"{whole},{rest}" if rest else str(whole)})

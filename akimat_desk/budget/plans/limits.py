"""What a plan must add up to: the lines of the budget in force, at the level they were decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from akimat_desk.budget.figures import Figure, Figures, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.plans.sheet import Side
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class Limit:
    """A line of the budget that the plan's lines below it must come to. ``amount`` is in tiyn."""

    side: Side
    code: Code
    name: Trilingual
    amount: int
    kind: LineKind


@dataclass(frozen=True, slots=True)
class BudgetLimits:
    """The budget in force as a plan sees it. ``balances`` are the used opening balances (tiyn)."""

    lines: tuple[Limit, ...] = ()
    balances: int | None = None

    def of(self, side: Side) -> list[Limit]:
        """The lines of a side; payments and obligations have the same."""
        asked = Side.RECEIPTS if side is Side.RECEIPTS else Side.PAYMENTS
        return [limit for limit in self.lines if limit.side is asked]

    def limit_of(self, side: Side, code: Code) -> Limit | None:
        """The budget's line that a plan's code falls under: the deepest one, where several do."""
        fitting = [limit for limit in self.of(side) if is_under(code, limit.code)]
        return max(fitting, key=lambda limit: limit.code.level, default=None)


_OUTGOING = {LineKind.BUDGET_CREDITS, LineKind.FIN_ASSETS_PURCHASE, LineKind.LOANS_REPAID}
_INCOMING = {LineKind.CREDIT_REPAYMENTS, LineKind.FIN_ASSETS_SALE, LineKind.LOANS_IN}


def limits_of(lines: Iterable[BudgetLine], figures: Figures) -> BudgetLimits:
    """The limits that a budget sets: its innermost lines of receipts and of costs.

    Used balances are no receipts of the year: they stand apart (art. 105 adds them).
    """
    known = [line for line in lines if line.code is not None and line.amount is not None]
    parents = {above for line in known for above in _ancestors(line.code)}
    found = []
    for line in known:
        if line.code is None or line.amount is None or line.code in parents:
            continue
        side = _side(line)
        if side is not None and line.amount:
            # The tables of sections III–VI hold both kinds of code; a receipt there has a receipt's.
            code = line.code if isinstance(line.code, side.code_type) else side.code_type(*_parts(line.code))
            name = line.name if line.name.kk or line.name.ru else Trilingual(line.printed_name)
            found.append(Limit(side, code, name, line.amount, line.kind))
    return BudgetLimits(tuple(found), figures[Figure.BALANCES_USED])


def is_under(code: Code, above: Code) -> bool:
    """Whether ``code`` is ``above`` or a line below it; levels that ``above`` leaves out say nothing."""
    if type(code) is not type(above):
        return False
    if isinstance(above, RevenueCode) and isinstance(code, RevenueCode):
        return code.parts[: above.level] == above.parts
    return all(
        getattr(above, part.name) in ("", getattr(code, part.name)) for part in fields(ExpenditureCode)
    )


def _side(line: BudgetLine) -> Side | None:
    if line.section is Section.REVENUE or line.kind in _INCOMING:
        return Side.RECEIPTS
    if line.section is Section.EXPENDITURE or line.kind in _OUTGOING:
        return Side.PAYMENTS
    return None


def _parts(code: Code) -> tuple[str, ...]:
    return tuple(part for part in code.stored.split("/") if part)


def _ancestors(code: Code | None) -> Iterable[Code]:
    above = code.parent if code is not None else None
    while above is not None:
        yield above
        above = above.parent

"""Which lines of a budget an adjustment can be about, so that a person need only choose."""

from __future__ import annotations

from dataclasses import dataclass

from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.rules import ground_of, return_programs
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.plans.limits import limits_of
from akimat_desk.budget.plans.sheet import Side
from akimat_desk.budget.views import BudgetView
from akimat_desk.classification.codes import Code, LineKind
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A line that can be adjusted, with what the budget has for it now (tiyn)."""

    section: Section
    code: Code | None
    kind: LineKind
    name: Trilingual
    amount: int
    figure: Figure | None = None

    def line(self, amount: int, *, targeted: bool = False) -> AdjustedLine:
        """The line with what is added to it."""
        return AdjustedLine(self.section, self.code, self.kind, amount, self.name, self.figure, targeted)


def choices(budget: BudgetView, ground: str, year: int) -> list[LineChoice]:
    """The innermost lines of the budget that a ground may move, and the programs of return.

    Receipts come first, used balances next, then costs, each in the order of the budget.
    """
    rules = ground_of(ground)
    limits = limits_of(budget.lines, budget.figures)
    made = [
        LineChoice(Section.REVENUE, limit.code, limit.kind, limit.name, limit.amount)
        for limit in limits.of(Side.RECEIPTS)
        if limit.kind in rules.receipts
    ]
    if rules.balances:
        made.append(
            LineChoice(
                Section.FINANCING,
                None,
                LineKind.BALANCES_USED,
                Trilingual(),
                limits.balances or 0,
                Figure.BALANCES_USED,
            )
        )
    made += [
        LineChoice(Section.EXPENDITURE, limit.code, LineKind.EXPENDITURE, limit.name, limit.amount)
        for limit in limits.of(Side.PAYMENTS)
    ]
    if rules.id == "transfer_return":
        there = {choice.code for choice in made}
        made += [choice for choice in _returns(year) if choice.code not in there]
    return [_named(choice, year) for choice in made]


def _returns(year: int) -> list[LineChoice]:
    """The programs that money goes back by, as the classification has them."""
    meant = return_programs(year)
    return [
        LineChoice(Section.EXPENDITURE, entry.code, LineKind.EXPENDITURE, entry.name, 0)
        for entry in pack_for(year).expenditure
        if entry.code_known
        and getattr(entry.code, "program", "") in meant
        and not getattr(entry.code, "subprogram", "")
    ]


def _named(choice: LineChoice, year: int) -> LineChoice:
    entry = pack_for(year).lookup(choice.code) if choice.code is not None else None
    if entry is None:
        return choice
    return LineChoice(choice.section, choice.code, choice.kind, entry.name, choice.amount, choice.figure)

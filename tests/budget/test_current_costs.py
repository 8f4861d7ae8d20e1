"""Current costs: what is capital or goes upward is left out, by dated data."""

from __future__ import annotations

from akimat_desk.budget.figures import Figure, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.ratio.current_costs import current_costs
from akimat_desk.classification.codes import ExpenditureCode, LineKind
from akimat_desk.core.language import Trilingual


def _line(amount: int, *code: str) -> BudgetLine:
    return BudgetLine(Section.EXPENDITURE, ExpenditureCode(*code), Trilingual(), amount, LineKind.EXPENDITURE)


LINES = [
    _line(70, "01"),
    _line(70, "01", "1", "124"),
    _line(50, "01", "1", "124", "001"),
    _line(20, "01", "1", "124", "022"),
    _line(15, "01", "1", "124", "022", "015"),
    _line(20, "07"),
    _line(20, "07", "3", "124", "011"),
    _line(10, "15"),
    _line(10, "15", "1", "124", "048"),
]


def test_capital_programs_and_the_group_of_transfers_are_taken_off_once() -> None:
    figures = no_figures() | {Figure.COSTS: 100}
    assert current_costs(figures, LINES, 2026) == 100 - 20 - 10


def test_without_lines_or_costs_it_is_not_known() -> None:
    assert current_costs(no_figures() | {Figure.COSTS: 100}, [], 2026) is None
    assert current_costs(no_figures(), LINES, 2026) is None

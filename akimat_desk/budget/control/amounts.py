"""The figures that control ratios speak of, whatever they come from: form, column, code, amount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Forms that an expression can name, by the function that asks them.
BUDGET, PLAN, PLAN_YEAR = "budget", "plan", "plan_year"
FORM_420, FORM_219 = "form420", "form219"
BEFORE_420, BEFORE_219 = "before420", "before219"
#: For each form its columns. A figure of the budget's structure is a column of the budget.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    BUDGET: (
        "revenue_total", "tax", "nontax", "capital_sales", "special_receipts", "transfers", "costs",
        "net_lending", "budget_credits", "credit_repayments", "fin_assets_balance", "fin_assets_purchase",
        "fin_assets_sale", "deficit", "deficit_financing", "loans_in", "loans_repaid", "balances_used",
        "revenue", "expenditure",
    ),
    PLAN: ("receipts", "payments", "obligations"),
    PLAN_YEAR: ("receipts", "payments", "obligations"),
    FORM_420: (
        "plan_year", "plan_obligations", "plan_payments", "registered", "paid", "paid_month", "unpaid",
        "outstanding",
    ),
    FORM_219: ("received_day", "received"),
    BEFORE_420: ("plan_year", "registered", "paid"),
    BEFORE_219: ("received",),
}  # fmt: skip


@dataclass(slots=True)
class ControlAmounts:
    """What one unit states for a year to the end of a month. Amounts in tiyn.

    ``lines`` holds leaves only, by form and column, so that their sums count nothing twice; ``whole``
    holds figures that are stated by themselves. A form that is not there is in neither.
    """

    unit: str
    year: int
    month: int
    lines: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    whole: dict[tuple[str, str], int] = field(default_factory=dict)
    #: Forms that are there, even without a line in a column.
    forms: set[str] = field(default_factory=set)

    def put(self, form: str, column: str, code: str, amount: int | None) -> None:
        """State an amount of a line; several forms of one month (two institutions) add up."""
        self.forms.add(form)
        if amount is not None:
            of = self.lines.setdefault((form, column), {})
            of[code] = of.get(code, 0) + amount

    def ask(self, form: str, column: str, code: str = "") -> int | None:
        """A figure, or the sum of the lines under ``code`` ("" is all of them); None: not stated."""
        if not code and (form, column) in self.whole:
            return self.whole[form, column]
        there = self.lines.get((form, column))
        if there is None:
            return None
        if not code:
            return sum(there.values())
        return sum(amount for known, amount in there.items() if known == code or known.startswith(f"{code}/"))

    def codes(self, form: str) -> list[str]:
        """The codes of a form's lines, in order."""
        found: set[str] = set()
        for (of, _), lines in self.lines.items():
            if of == form:
                found.update(lines)
        return sorted(found)


def leaves(codes: Iterable[str]) -> set[str]:
    """Of stored codes those that have no other one below."""
    there = set(codes)
    above = {
        "/".join(parts[:depth]) for parts in (c.split("/") for c in there) for depth in range(1, len(parts))
    }
    return there - above

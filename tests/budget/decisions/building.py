"""Small decisions made by hand, for tests."""

from __future__ import annotations

import datetime as dt

from akimat_desk.budget.figures import Figure, Figures, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.reading.draft import ReadAnnex, ReadDecision, ReadUnit
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import from_plain

UNIT_KK, UNIT_RU = "Жаңабұлақ ауылдық округі", "Жанабулакский сельский округ"


def figures(**stated: str) -> Figures:
    """Figures by name, thousand tenge."""
    made = no_figures()
    for name, amount in stated.items():
        made[Figure(name)] = from_plain(amount)
    return made


def balanced(tax: str = "100", transfers: str = "900", costs: str = "1000", balances: str = "0") -> Figures:
    """A budget that adds up when costs = tax + transfers + balances."""
    total = str(from_plain(tax) + from_plain(transfers))
    return figures(
        tax=tax, nontax="0", capital_sales="0", transfers=transfers, costs=costs, net_lending="0",
        budget_credits="0", credit_repayments="0", fin_assets_balance="0", fin_assets_purchase="0",
        fin_assets_sale="0", loans_in="0", loans_repaid="0", balances_used=balances,
        deficit_financing=balances, deficit=f"-{balances}" if balances != "0" else "0",
    ) | {Figure.REVENUE_TOTAL: int(total)}  # fmt: skip


def line(section: Section, amount: str, code: Code | None = None, **more: object) -> BudgetLine:
    """A line of an annex."""
    kind = more.pop("kind", LineKind.TOTAL if code is None else LineKind.TAX)
    return BudgetLine(
        section=section, code=code, name=Trilingual(), amount=from_plain(amount), kind=kind, **more  # type: ignore[arg-type]
    )  # fmt: skip


def annex(year: int, tax: str, transfers: str, costs: str, number: int = 1) -> ReadAnnex:
    """An annex of two receipts and one program."""
    revenue = str((from_plain(tax) + from_plain(transfers)) // 100_000)
    transfers_category = "4" if year < 2026 else "5"
    rows = [
        line(Section.REVENUE, revenue, figure=Figure.REVENUE_TOTAL),
        line(Section.REVENUE, tax, RevenueCode("1"), kind=LineKind.TAX, figure=Figure.TAX),
        line(
            Section.REVENUE,
            transfers,
            RevenueCode(transfers_category),
            kind=LineKind.TRANSFERS,
            figure=Figure.TRANSFERS,
        ),
        line(Section.EXPENDITURE, costs, figure=Figure.COSTS),
        line(Section.EXPENDITURE, costs, ExpenditureCode("01"), kind=LineKind.EXPENDITURE),
        line(
            Section.EXPENDITURE,
            costs,
            ExpenditureCode("01", "1", "124", "001"),
            kind=LineKind.EXPENDITURE,
        ),
    ]
    return ReadAnnex(number=number, year=year, lines=rows)


def unit(first_year: int, stated: Figures, **more: object) -> ReadUnit:
    """A unit of a decision over three years."""
    made = ReadUnit(
        name=UNIT_RU,
        first_year=first_year,
        years=[first_year, first_year + 1, first_year + 2],
        figures=stated,
        last_figure=Figure.BALANCES_USED,
    )
    for name, value in more.items():
        setattr(made, name, value)
    return made


def decision(
    number: str | None = "1", date: dt.date | None = dt.date(2025, 12, 26), **more: object
) -> ReadDecision:
    """A decision in Russian."""
    made = ReadDecision(language=Language.RU, title="О бюджете", number=number, date=date)
    for name, value in more.items():
        setattr(made, name, value)
    return made

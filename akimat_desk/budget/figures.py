"""The figures of a budget's structure (Budget Code art. 9) and the sections of its annexes."""

from __future__ import annotations

from enum import StrEnum


class Figure(StrEnum):
    """A figure that the decision's first paragraph states. Order is the order of the text."""

    REVENUE_TOTAL = "revenue_total"
    TAX = "tax"
    NONTAX = "nontax"
    CAPITAL_SALES = "capital_sales"
    SPECIAL_RECEIPTS = "special_receipts"
    TRANSFERS = "transfers"
    COSTS = "costs"
    NET_LENDING = "net_lending"
    BUDGET_CREDITS = "budget_credits"
    CREDIT_REPAYMENTS = "credit_repayments"
    FIN_ASSETS_BALANCE = "fin_assets_balance"
    FIN_ASSETS_PURCHASE = "fin_assets_purchase"
    FIN_ASSETS_SALE = "fin_assets_sale"
    DEFICIT = "deficit"
    DEFICIT_FINANCING = "deficit_financing"
    LOANS_IN = "loans_in"
    LOANS_REPAID = "loans_repaid"
    BALANCES_USED = "balances_used"


class Section(StrEnum):
    """A section of a budget (I … VI of an annex)."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    NET_LENDING = "net_lending"
    FIN_ASSETS = "fin_assets"
    DEFICIT = "deficit"
    FINANCING = "financing"


#: The figure that is a section's total.
SECTION_TOTAL: dict[Section, Figure] = {
    Section.REVENUE: Figure.REVENUE_TOTAL,
    Section.EXPENDITURE: Figure.COSTS,
    Section.NET_LENDING: Figure.NET_LENDING,
    Section.FIN_ASSETS: Figure.FIN_ASSETS_BALANCE,
    Section.DEFICIT: Figure.DEFICIT,
    Section.FINANCING: Figure.DEFICIT_FINANCING,
}

#: The figures inside a section, in printing order.
SECTION_PARTS: dict[Section, tuple[Figure, ...]] = {
    Section.REVENUE: (
        Figure.TAX,
        Figure.NONTAX,
        Figure.CAPITAL_SALES,
        Figure.SPECIAL_RECEIPTS,
        Figure.TRANSFERS,
    ),
    Section.EXPENDITURE: (),
    Section.NET_LENDING: (Figure.BUDGET_CREDITS, Figure.CREDIT_REPAYMENTS),
    Section.FIN_ASSETS: (Figure.FIN_ASSETS_PURCHASE, Figure.FIN_ASSETS_SALE),
    Section.DEFICIT: (),
    Section.FINANCING: (Figure.LOANS_IN, Figure.LOANS_REPAID, Figure.BALANCES_USED),
}

#: The section that a figure belongs to, as its total or as a part.
SECTION_OF: dict[Figure, Section] = {
    figure: section for section in Section for figure in (SECTION_TOTAL[section], *SECTION_PARTS[section])
}

#: Amounts in tiyn by figure; None where the document does not state it.
Figures = dict[Figure, int | None]


def no_figures() -> Figures:
    """Every figure, none stated."""
    return dict.fromkeys(Figure)

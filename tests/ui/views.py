"""Plain budgets for tests of models and widgets: no database, no files."""

from __future__ import annotations

from akimat_desk.budget.figures import Figure, Section, no_figures
from akimat_desk.budget.lines import BudgetLine, YearBudget
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import from_thousands
from akimat_desk.core.strings import Thousands


def line(
    section: Section, code: Code | None, name: str, thousands: int | None, figure: Figure | None = None
) -> BudgetLine:
    amount = None if thousands is None else from_thousands(thousands)
    return BudgetLine(
        section,
        code,
        Trilingual(kk=f"{name} kk", ru=name),
        amount,
        LineKind.UNKNOWN,
        figure,
        printed_name=name,
    )


def revenue(*parts: str, name: str, amount: int | None, figure: Figure | None = None) -> BudgetLine:
    return line(Section.REVENUE, RevenueCode(*parts), name, amount, figure)


def cost(*parts: str, name: str, amount: int | None) -> BudgetLine:
    return line(Section.EXPENDITURE, ExpenditureCode(*parts), name, amount)


def year(number: int, extra: bool = False) -> YearBudget:
    """Revenue of 300 (taxes 100 by two lines), costs of 310, deficit 10 covered by balances."""
    figures = no_figures()
    figures |= {
        Figure.REVENUE_TOTAL: from_thousands(300),
        Figure.COSTS: from_thousands(310),
        Figure.DEFICIT: from_thousands(-10),
        Figure.DEFICIT_FINANCING: from_thousands(10),
        Figure.BALANCES_USED: from_thousands(10),
    }
    lines = [
        line(Section.REVENUE, None, "Доходы", 300, Figure.REVENUE_TOTAL),
        revenue("1", name="Налоговые поступления", amount=100, figure=Figure.TAX),
        revenue("1", "04", name="Налоги на собственность", amount=100),
        revenue("1", "04", "1", name="Налоги на имущество", amount=40),
        revenue("1", "04", "4", name="Налог на транспорт", amount=60),
        revenue("5", name="Поступления трансфертов", amount=200, figure=Figure.TRANSFERS),
        line(Section.EXPENDITURE, None, "Затраты", 310, Figure.COSTS),
        cost("01", name="Услуги общего характера", amount=310),
        cost("01", "1", "124", name="Аппарат акима", amount=310),
        cost("01", "1", "124", "001", name="Услуги по обеспечению деятельности акима", amount=310),
    ]
    if extra:
        lines.insert(4, revenue("1", "04", "3", name="Земельный налог", amount=7))
    return YearBudget(number, figures, lines)


def finding(code: str = "1/04", when: int = 2026, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        "balance.parent_sum",
        severity,
        {
            "name": "Налоги на собственность",
            "code": code,
            "printed": Thousands(from_thousands(100)),
            "computed": Thousands(from_thousands(95)),
            "stated": Thousands(from_thousands(100)),
            "sum": Thousands(from_thousands(95)),
            "difference": Thousands(from_thousands(5)),
            "count": 2,
        },
        source="source.bc_9",
        where=Place(unit="Округ", year=when, section="revenue", code=code),
        difference=from_thousands(5),
    )

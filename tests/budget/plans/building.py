"""A small okrug's budget and plan of 2026, for tests. Amounts in thousand tenge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from akimat_desk.budget.decisions.commands import store_decision
from akimat_desk.budget.figures import Figure, Figures, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.plans.limits import BudgetLimits, limits_of
from akimat_desk.budget.plans.sheet import LineKey, Months, PlanSheet, Side, ordered
from akimat_desk.budget.reading.draft import ReadAnnex, ReadDecision, ReadUnit
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import TIYN_PER_THOUSAND, from_plain
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

AKIMAT = ExpenditureCode("01", "1", "124", "001")
LIGHT = ExpenditureCode("07", "3", "124", "008")
INCOME_TAX, VEHICLES, SUBVENTION = (
    RevenueCode("1", "01", "2"),
    RevenueCode("1", "04", "4"),
    RevenueCode("5", "02", "3"),
)


def k(amount: int | str) -> int:
    """Thousand tenge to tiyn."""
    return from_plain(str(amount))


def budget(
    income: str = "600",
    vehicles: str = "2400",
    subvention: str = "21000",
    akimat: str = "18000",
    light: str = "7200",
) -> tuple[list[BudgetLine], Figures]:
    """Lines and figures of a budget: what costs have above receipts comes out of balances."""
    receipts: list[tuple[Code, str, LineKind]] = [
        (RevenueCode("1"), _sum(income, vehicles), LineKind.TAX),
        (RevenueCode("1", "01"), income, LineKind.TAX),
        (INCOME_TAX, income, LineKind.TAX),
        (RevenueCode("1", "04"), vehicles, LineKind.TAX),
        (VEHICLES, vehicles, LineKind.TAX),
        (RevenueCode("5"), subvention, LineKind.TRANSFERS),
        (RevenueCode("5", "02"), subvention, LineKind.TRANSFERS),
        (SUBVENTION, subvention, LineKind.TRANSFERS),
    ]
    costs: list[tuple[Code, str, LineKind]] = []
    for program, amount in ((AKIMAT, akimat), (LIGHT, light)):
        chain: Code | None = program
        above = []
        while chain is not None:
            above.append(chain)
            chain = chain.parent
        costs += [(code, amount, LineKind.EXPENDITURE) for code in reversed(above)]
    total, spent = _sum(income, vehicles, subvention), _sum(akimat, light)
    balances = str((k(spent) - k(total)) // TIYN_PER_THOUSAND)
    lines = [_line(Section.REVENUE, None, total, LineKind.TOTAL, Figure.REVENUE_TOTAL)]
    lines += [_line(Section.REVENUE, *row) for row in receipts]
    lines.append(_line(Section.EXPENDITURE, None, spent, LineKind.TOTAL, Figure.COSTS))
    lines += [_line(Section.EXPENDITURE, *row) for row in costs]
    figures = no_figures()
    stated = {
        Figure.REVENUE_TOTAL: total, Figure.TAX: _sum(income, vehicles), Figure.TRANSFERS: subvention,
        Figure.COSTS: spent, Figure.DEFICIT: f"-{balances}", Figure.DEFICIT_FINANCING: balances,
        Figure.BALANCES_USED: balances,
    }  # fmt: skip
    for figure in Figure:
        figures[figure] = k(stated.get(figure, "0"))
    return lines, figures


def limits(**more: str) -> BudgetLimits:
    """What that budget asks of a plan."""
    return limits_of(*budget(**more))


def adopt(
    workspace: Workspace,
    unit_id: int,
    year: int = 2026,
    date: dt.date | None = None,
    number: str = "31/4",
    *,
    amendment: bool = False,
    **amounts: str,
) -> int:
    """Store and confirm that budget as a decision of the mäslikhat."""
    lines, figures = budget(**amounts)
    read = ReadUnit(
        name="Жанабулакский сельский округ",
        first_year=year,
        years=[year],
        figures=figures,
        last_figure=Figure.BALANCES_USED,
        annexes=[ReadAnnex(number=1, year=year, lines=lines)],
    )
    paper = ReadDecision(
        language=Language.RU,
        title="О бюджете",
        number=number,
        date=date or dt.date(year - 1, 12, 26),
    )
    paper.is_amendment = amendment
    return store_decision(workspace, DEFAULT_ACTOR, paper, [(read, unit_id)], confirm=True)[0]


def adopt_outer(workspace: Workspace, unit_id: int) -> int:
    """A decision on 2026 whose second year, a forecast, has 24 000 of receipts and 25 200 of costs."""
    lines, figures = budget()
    annexes = [ReadAnnex(number=at - 2025, year=at, lines=list(lines)) for at in (2026, 2027)]
    read = ReadUnit(
        name="Жанабулакский сельский округ",
        first_year=2026,
        years=[2026, 2027],
        figures=figures,
        last_figure=Figure.BALANCES_USED,
        annexes=annexes,
    )
    paper = ReadDecision(language=Language.RU, title="О бюджете", number="31/4", date=dt.date(2025, 12, 26))
    return store_decision(workspace, DEFAULT_ACTOR, paper, [(read, unit_id)], confirm=True)[0]


def costs(program: ExpenditureCode, specific: str, subprogram: str = "015") -> ExpenditureCode:
    """A line of costs down to the specific."""
    return ExpenditureCode(
        program.functional_group,
        program.subgroup,
        program.administrator,
        program.program,
        subprogram,
        specific,
    )


WAGES, GOODS = costs(AKIMAT, "111"), costs(AKIMAT, "149")
POWER, REPAIR = costs(LIGHT, "151"), costs(LIGHT, "159")
RECEIPTS = {
    RevenueCode("1", "01", "2", "02"): ("50",) * 12,
    RevenueCode("1", "04", "4", "02"): ("200",) * 12,
    RevenueCode("5", "02", "3", "01"): ("1750",) * 12,
}
COSTS = {WAGES: ("1200",) * 12, GOODS: ("300",) * 12, POWER: ("500",) * 12, REPAIR: ("100",) * 12}


def months(amounts: tuple[str | int, ...]) -> Months:
    """Twelve months in thousand tenge."""
    return tuple(k(amount) for amount in amounts)


def sheet(
    receipts: Mapping[Code, tuple[str | int, ...]] | None = None,
    payments: Mapping[Code, tuple[str | int, ...]] | None = None,
    obligations: Mapping[Code, tuple[str | int, ...]] | None = None,
    year: int = 2026,
) -> PlanSheet:
    """A whole plan that fits the budget, with what is given put in its lines' places."""
    paid = {**COSTS, **(payments or {})}
    obliged = {**COSTS, **(payments or {}), **(obligations or {})}
    sides: dict[Side, Mapping[Code, tuple[str | int, ...]]] = {
        Side.RECEIPTS: {**RECEIPTS, **(receipts or {})},
        Side.PAYMENTS: paid,
        Side.OBLIGATIONS: obliged,
    }
    lines = {LineKey(side, code): months(row) for side, rows in sides.items() for code, row in rows.items()}
    return PlanSheet(year, ordered(lines))


def at(months_: dict[int, str | int], base: str | int = 0) -> tuple[str | int, ...]:
    """Twelve months of ``base`` with some months otherwise."""
    return tuple(months_.get(month, base) for month in range(1, 13))


def _sum(*amounts: str) -> str:
    total = sum(k(amount) for amount in amounts)
    return str(total // TIYN_PER_THOUSAND)


def _line(
    section: Section, code: Code | None, amount: str, kind: LineKind, figure: Figure | None = None
) -> BudgetLine:
    return BudgetLine(section, code, Trilingual(), k(amount), kind, figure)

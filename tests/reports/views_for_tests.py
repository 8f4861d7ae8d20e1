"""Budgets as plain views, made from rows as an annex prints them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from akimat_desk.budget.figures import Figure, Figures, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.views import (
    Basis,
    BudgetView,
    DecisionKind,
    DecisionSummary,
    DocumentState,
    Stage,
)
from akimat_desk.classification.codes import ExpenditureCode, RevenueCode
from akimat_desk.classification.packs import category_figure, pack_for
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import from_plain
from akimat_desk.reports.definitions.common import ReportUnit

UNIT = ReportUnit(
    name=Trilingual("Айнабұлақ ауылдық округі", "Айнабулакский сельский округ"),
    genitive=Trilingual("Айнабұлақ ауылдық округінің", "Айнабулакского сельского округа"),
    maslikhat_genitive=Trilingual("Семей қаласы мәслихатының", "маслихата города Семей"),
)

DECISION = DecisionSummary(
    id=1,
    unit_id=1,
    kind=DecisionKind.DECISION,
    state=DocumentState.CONFIRMED,
    number="37/5",
    date=dt.date(2025, 12, 26),
    effective_date=None,
    first_year=2026,
    years=(2026, 2027, 2028),
    edition=0,
    title="",
    language=Language.RU,
)

ADMINISTRATOR = "124"


def revenue_line(year: int, code: str, amount: str) -> BudgetLine:
    """A receipt, named by the classification of its year."""
    asked = RevenueCode(*code.split("/"))
    entry = pack_for(year).lookup(asked)
    assert entry is not None
    figure = Figure(category_figure(entry.kind)) if asked.level == 1 else None
    return BudgetLine(Section.REVENUE, asked, entry.name, from_plain(amount), entry.kind, figure)


def cost_line(year: int, code: str, amount: str) -> BudgetLine:
    """A cost, named by the classification of its year."""
    asked = ExpenditureCode(*code.split("/"))
    entry = pack_for(year).lookup(asked)
    assert entry is not None
    return BudgetLine(Section.EXPENDITURE, asked, entry.name, from_plain(amount), entry.kind)


def thousand(**figures: str) -> Figures:
    """Figures given in thousand tenge; the others are not stated."""
    stated = {Figure(name): from_plain(amount) for name, amount in figures.items()}
    return no_figures() | stated


BALANCED = thousand(
    revenue_total="89737.1",
    tax="6883",
    transfers="82854.1",
    costs="93360.1",
    net_lending="0",
    budget_credits="0",
    credit_repayments="0",
    fin_assets_balance="0",
    fin_assets_purchase="0",
    fin_assets_sale="0",
    deficit="-3623",
    deficit_financing="3623",
    loans_in="0",
    loans_repaid="0",
    balances_used="3623",
)


def irtysh(year: int = 2023) -> BudgetView:
    """A printed annex whose sums are right (lessons.md): receipts, costs, a deficit out of balances."""
    transfers = "4" if year < 2026 else "5"
    tax = [("1", "6883"), ("1/01", "310.3"), ("1/01/2", "310.3"), ("1/04", "4675.8"), ("1/04/1", "128.4"),
           ("1/04/3", "93.2"), ("1/04/4", "4454.2"), ("1/05", "1896.9"), ("1/05/3", "1896.9")]  # fmt: skip
    moved = [(transfers, "82854.1"), (f"{transfers}/02", "82854.1"), (f"{transfers}/02/3", "82854.1")]
    groups = {
        "01/1": {"001": "46724.4"},
        "07/3": {"009": "960", "011": "33382.1"},
        "08/1": {"006": "10326"},
        "12/1": {"013": "1965"},
        "15/1": {"044": "2.4", "048": "0.2"},
    }
    costs: list[tuple[str, str]] = []
    for subgroup, programs in groups.items():
        total = str(sum(Decimal(amount) for amount in programs.values()))
        for code in (subgroup[:2], subgroup, f"{subgroup}/{ADMINISTRATOR}"):
            costs.append((code, total))
        costs += [(f"{subgroup}/{ADMINISTRATOR}/{number}", amount) for number, amount in programs.items()]
    lines = [revenue_line(year, code, amount) for code, amount in tax + moved]
    lines += [cost_line(year, code, amount) for code, amount in costs]
    first = min(year, DECISION.first_year)
    decision = replace(DECISION, first_year=first, years=(first, first + 1, first + 2))
    return BudgetView(
        unit_id=1,
        unit_name=UNIT.name,
        year=year,
        stage=Stage.APPROVED,
        basis=Basis.DECISION,
        decision=decision,
        figures=dict(BALANCED),
        lines=tuple(lines),
    )

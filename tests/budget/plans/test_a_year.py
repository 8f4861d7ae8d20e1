"""The year of one okrug's money, told as its accountant lives it. Amounts in thousand tenge."""

from __future__ import annotations

import datetime as dt

import pytest

from akimat_desk.budget.adjustments.commands import confirm_adjustment, draft_adjustment
from akimat_desk.budget.adjustments.lines import AdjustedLine, balances_line
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.periods.balances import BalancePart, BoundKind, keep_balances, latest_balances
from akimat_desk.budget.periods.closing import close_period, reopen_period
from akimat_desk.budget.plans.commands import approve, start_change, start_plan, store_sheet, take_in_plan
from akimat_desk.budget.plans.quarter import quarter_findings, start_quarter_plan
from akimat_desk.budget.plans.questions import plan_findings, plan_in_force, plan_view
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.budget.views import Stage
from akimat_desk.classification.codes import ExpenditureCode, LineKind
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.service import UnitView
from akimat_desk.reports.document import AmountCell, Table, Text
from akimat_desk.reports.registry import DocLanguage, build
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

from .building import AKIMAT, GOODS, LIGHT, SUBVENTION, WAGES, adopt, adopt_outer, at, k, months, sheet
from .test_documents import both, put

ME = DEFAULT_ACTOR
RETURN = ExpenditureCode("15", "1", "124", "048")


def cost(code: ExpenditureCode, amount: str) -> AdjustedLine:
    return AdjustedLine(Section.EXPENDITURE, code, LineKind.EXPENDITURE, k(amount))


def costs_on(workspace: Workspace, okrug: UnitView, day: dt.date, stage: Stage) -> int | None:
    with workspace.reading() as session:
        return budget_as_of(session, okrug.id, 2026, day, stage).figures[Figure.COSTS]


def test_a_year_from_the_plan_to_the_closing(workspace: Workspace, okrug: UnitView) -> None:
    # December 2025: the mäslikhat approves 25 200 of costs, 1 200 of them out of balances.
    adopt(workspace, okrug.id, date=dt.date(2025, 12, 26))

    # 8 January: the plan of the year by month is taken in and approved; it comes to the budget.
    plan = take_in_plan(workspace, ME, okrug.id, sheet())
    with workspace.reading() as session:
        assert plan_findings(session, plan) == []
    approve(workspace, ME, plan, dt.date(2026, 1, 8))

    # 12 January: the treasury says that the year opened with 1 700; 300 are an unused targeted transfer.
    keep_balances(
        workspace, ME, okrug.id, 2026, k("1700"), [BalancePart(BoundKind.TARGETED_RETURN, k("300"))]
    )
    with workspace.reading() as session:
        opened = latest_balances(session, okrug.id, 2026)
        assert opened is not None
        assert (opened.must_be_used, opened.free) == (k("300"), k("1400"))

    # 20 January: the akim's decision returns the 300. More would be free balances: the law says no.
    too_much = draft_adjustment(
        workspace, ME, okrug.id, 2026, "transfer_return",
        [balances_line(k("400")), cost(RETURN, "400")], number="3", date=dt.date(2026, 1, 20),
    )  # fmt: skip
    with pytest.raises(RuleBroken):
        confirm_adjustment(workspace, ME, too_much)
    back = draft_adjustment(
        workspace, ME, okrug.id, 2026, "transfer_return",
        [balances_line(k("300")), cost(RETURN, "300")], number="3", date=dt.date(2026, 1, 20),
    )  # fmt: skip
    confirm_adjustment(workspace, ME, back)
    assert costs_on(workspace, okrug, dt.date(2026, 1, 19), Stage.ADJUSTED) == k("25200")
    assert costs_on(workspace, okrug, dt.date(2026, 1, 20), Stage.ADJUSTED) == k("25500")
    assert costs_on(workspace, okrug, dt.date(2026, 1, 20), Stage.AMENDED) == k("25200")

    # The plan follows by a certificate: 300 in January, within article 105 because balances grew too.
    change = start_change(
        workspace, ME, okrug.id, 2026,
        kind="adjustment_costs", date=dt.date(2026, 1, 21), reason="Возврат целевого трансферта",
    )  # fmt: skip
    line = ExpenditureCode("15", "1", "124", "048", "", "431")
    with workspace.reading() as session:
        now = plan_in_force(session, okrug.id, 2026)
    assert now is not None
    store_sheet(workspace, ME, change, put(now, both(line, at({1: 300}))))
    with workspace.reading() as session:
        assert [f.code for f in plan_findings(session, change) if f.severity == "error"] == []
    assert approve(workspace, ME, change) == "1"

    # To the end of April 1 000 of 1 200 for goods are paid; in May 500 are wanted for wages.
    amounts = {Measure.PAID: k("1000"), Measure.REGISTERED: k("1000")}
    paid = Fact(0, GOODS, Trilingual(), LineKind.EXPENDITURE, amounts)
    save_typed(workspace, ME, okrug.id, FormKind.EXPENSES, Month(2026, 4), [paid])
    change = start_change(
        workspace, ME, okrug.id, 2026,
        kind="between_specifics", date=dt.date(2026, 5, 5), reason="Замещение на время отпуска",
    )  # fmt: skip
    with workspace.reading() as session:
        now = plan_in_force(session, okrug.id, 2026)
    assert now is not None
    wanted = both(GOODS, at({5: -300}, 300)) | both(WAGES, at({5: 1800}, 1200))
    store_sheet(workspace, ME, change, put(now, wanted))
    with workspace.reading() as session:
        short = next(f for f in plan_findings(session, change) if f.code == "plan.not_enough")
        assert short.difference == k("-100")  # 900 would be planned to May, 1 000 are paid
    wanted = both(GOODS, at({5: -200}, 300)) | both(WAGES, at({5: 1700}, 1200))
    store_sheet(workspace, ME, change, put(now, wanted))
    assert approve(workspace, ME, change) == "2"
    with workspace.reading() as session:
        now = plan_in_force(session, okrug.id, 2026)
        assert now is not None
        # The cut above May's 300 took 200 of what April had left.
        assert now.months(LineKey(Side.PAYMENTS, GOODS))[:6] == months(at({4: 100, 5: 0}, 300))[:6]

    # 12 June: the amendment takes the corrected figures in and gives 200 more to lighting.
    adopt(
        workspace, okrug.id, date=dt.date(2026, 6, 12), number="40/1", amendment=True,
        akimat="18300", light="7400",
    )  # fmt: skip
    assert costs_on(workspace, okrug, dt.date(2026, 6, 11), Stage.ADJUSTED) == k("25500")
    assert costs_on(workspace, okrug, dt.date(2026, 6, 12), Stage.ADJUSTED) == k("25700")
    assert costs_on(workspace, okrug, dt.date(2026, 12, 31), Stage.APPROVED) == k("25200")

    # The first half year is closed; a change dated in it is refused until it is opened with a reason.
    for month in range(1, 7):
        close_period(workspace, ME, okrug.id, 2026, month)
    with pytest.raises(RuleBroken):
        start_change(workspace, ME, okrug.id, 2026, kind="amendment_costs", date=dt.date(2026, 6, 15))
    reopen_period(workspace, ME, okrug.id, 2026, 6, "Исправление даты справки")
    start_change(workspace, ME, okrug.id, 2026, kind="amendment_costs", date=dt.date(2026, 6, 15))


def test_without_a_budget_by_25_december_the_akim_approves_a_quarter(
    workspace: Workspace, okrug: UnitView
) -> None:
    adopt_outer(workspace, okrug.id)  # the decision of 2026–2027: 2027 is its forecast
    with pytest.raises(UsageProblem):  # a forecast is no budget to plan a year by
        start_plan(workspace, ME, okrug.id, 2027)
    with workspace.reading() as session:
        assert quarter_findings(session, okrug.id, 2027, dt.date(2026, 12, 24)) == []
        [due] = quarter_findings(session, okrug.id, 2027, dt.date(2026, 12, 25))
        assert due.code == "plan.quarter_needed"
    made = start_quarter_plan(workspace, ME, okrug.id, 2027)
    with pytest.raises(RuleBroken):
        start_quarter_plan(workspace, ME, okrug.id, 2027)
    with workspace.reading() as session:
        plan = plan_view(session, made).sheet
        assert plan.months(LineKey(Side.PAYMENTS, AKIMAT)) == months(at({1: 1500, 2: 1500, 3: 1500}))
        assert plan.year_of(LineKey(Side.RECEIPTS, SUBVENTION)) == k("5250")  # a quarter of 21 000
        assert plan.year_of(LineKey(Side.PAYMENTS, LIGHT)) == k("1800")
    approve(workspace, ME, made, dt.date(2026, 12, 28), number="61")
    with workspace.reading() as session:
        assert quarter_findings(session, okrug.id, 2027, dt.date(2026, 12, 29)) == []
        assert plan_in_force(session, okrug.id, 2027) is None  # a quarter is no plan of the year
        [paper] = build("quarter_plan", session, okrug.id, 2027, DocLanguage.RU)
    words = " ".join(block.text for block in paper.blocks if isinstance(block, Text))
    assert "28 декабря 2026 года    № 61" in words
    assert "четверть" not in words
    assert "до утверждения бюджета 2027 года" in words.lower()
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    total = [cell.tiyn for cell in tables[1].rows[-1].cells if isinstance(cell, AmountCell)]
    assert total == [k("6300"), k("2100"), k("2100"), k("2100")]
    adopt(workspace, okrug.id, 2027, date=dt.date(2027, 2, 20))
    with pytest.raises(RuleBroken) as approved:
        start_quarter_plan(workspace, ME, okrug.id, 2027)
    assert "утвержден" in approved.value.text(Language.RU)


def test_the_akims_decision_prints_before_change_and_after(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)
    lines = [cost(LIGHT, "-1000"), cost(AKIMAT, "1000")]
    made = draft_adjustment(
        workspace, ME, okrug.id, 2026, "between_programs", lines,
        number="14", date=dt.date(2026, 9, 3), basis=Basis("minutes", "5", dt.date(2026, 9, 1)),
    )  # fmt: skip
    with workspace.reading() as session, pytest.raises(UsageProblem):
        build("adjustment", session, okrug.id, 2026, DocLanguage.KK)
    confirm_adjustment(workspace, ME, made)
    for language in DocLanguage:
        with workspace.reading() as session:
            [paper] = build("adjustment", session, okrug.id, 2026, language)
        [table] = [block for block in paper.blocks if isinstance(block, Table)]
        amounts = [[c.tiyn for c in row.cells if isinstance(c, AmountCell)] for row in table.rows]
        assert amounts == [
            [k("7200"), k("-1000"), k("6200")],
            [k("18000"), k("1000"), k("19000")],
            [k("25200"), 0, k("25200")],
        ]
    with workspace.reading() as session:
        [kk] = build("adjustment", session, okrug.id, 2026, DocLanguage.KK)
    words = " ".join(block.text for block in kk.blocks if isinstance(block, Text))
    assert "Жаңабұлақ ауылдық округінің бюджеті" in words
    assert "жергілікті қоғамдастық жиналысының 2026 жылғы 1 қыркүйектегі № 5 хаттамасы негізінде" in words
    assert "Жаңабұлақ ауылдық округі әкімінің 2026 жылғы 3 қыркүйектегі № 14 шешіміне қосымша" in words

"""From one year to the next: closed periods refuse decisions, balances come from the treasury's forms."""

from __future__ import annotations

import datetime as dt

import pytest

from akimat_desk.budget.adjustments.commands import confirm_adjustment, draft_adjustment
from akimat_desk.budget.adjustments.lines import AdjustedLine, balances_line
from akimat_desk.budget.calendar.service import year_calendar
from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.budget.figures import Section
from akimat_desk.budget.periods.balances import BalancePart, BoundKind, keep_balances
from akimat_desk.budget.periods.closing import close_period, reopen_period
from akimat_desk.budget.periods.opening import OpenedBy, opening_by_forms
from akimat_desk.budget.periods.uses import uses_of_balances
from akimat_desk.budget.plans.board import PlanBoard
from akimat_desk.budget.plans.commands import approve, start_plan
from akimat_desk.budget.plans.filling import FillRule
from akimat_desk.budget.plans.quarter import (
    all_quarter_findings,
    quarter_findings,
    start_quarter_plan,
    unit_quarter_findings,
)
from akimat_desk.budget.plans.questions import plan_view
from akimat_desk.budget.plans.shapes import shapes_for
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.deadlines import DONE, LATE
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.service import UnitView
from akimat_desk.reports.document import AmountCell, Table, TextCell
from akimat_desk.reports.registry import DocLanguage, build
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

from .building import GOODS, POWER, WAGES, adopt, adopt_outer, at, k, months

ME = DEFAULT_ACTOR
RETURN = ExpenditureCode("15", "1", "124", "048")
SUBVENTION = RevenueCode("5", "02", "3", "01")


def form(workspace: Workspace, okrug: UnitView, month: Month, received: str = "", **paid: str | Code) -> None:
    """Type the forms of a month in: one line of receipts, wages and goods."""
    if received:
        fact = Fact(0, SUBVENTION, Trilingual(), LineKind.TRANSFERS, {Measure.RECEIVED: k(received)})
        save_typed(workspace, ME, okrug.id, FormKind.RECEIPTS, month, [fact])
    if paid:
        facts = [
            Fact(
                0, code, Trilingual(), LineKind.EXPENDITURE,
                {Measure.PAID: k(str(paid[name])), Measure.REGISTERED: k(str(paid[name])),
                 Measure.UNPAID: k("40") if name == "goods" else None},
            )
            for name, code in (("wages", WAGES), ("goods", GOODS))
            if name in paid
        ]  # fmt: skip
        save_typed(workspace, ME, okrug.id, FormKind.EXPENSES, month, facts)


def test_a_decision_of_a_closed_month_waits_until_it_is_opened(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)
    for month in (1, 2, 3):
        close_period(workspace, ME, okrug.id, 2026, month)
    with pytest.raises(RuleBroken) as refused:
        adopt(workspace, okrug.id, date=dt.date(2026, 3, 27), number="35/2", amendment=True, akimat="18500")
    assert refused.value.text(Language.RU).startswith("Период закрыт: март 2026 года.")
    assert "«Закрыть месяц»" in refused.value.text(Language.RU)
    assert "2026 жылғы наурыз" in refused.value.text(Language.KK)
    # In April nothing stands in its way; in March only once the month is open again.
    adopt(workspace, okrug.id, date=dt.date(2026, 4, 2), number="36/1", amendment=True, akimat="18100")
    reopen_period(workspace, ME, okrug.id, 2026, 3, "Поступило решение марта")
    adopt(workspace, okrug.id, date=dt.date(2026, 3, 27), number="35/2", amendment=True, akimat="18500")


def test_a_closed_year_takes_no_decision_of_any_day(workspace: Workspace, okrug: UnitView) -> None:
    for month in [*range(1, 13), 0]:
        close_period(workspace, ME, okrug.id, 2026, month)
    for day in (dt.date(2025, 12, 26), dt.date(2026, 7, 1)):
        with pytest.raises(RuleBroken) as refused:
            adopt(workspace, okrug.id, date=day)
        assert refused.value.text(Language.RU).startswith("Период закрыт: 2026 год.")
    adopt(workspace, okrug.id, 2027, date=dt.date(2026, 12, 25))  # the next year's, adopted in the closed one


def test_every_refusal_about_periods_says_what_to_do(workspace: Workspace, okrug: UnitView) -> None:
    def said(work: object, *arguments: object) -> str:
        with pytest.raises(RuleBroken) as refused:
            work(workspace, ME, okrug.id, *arguments)  # type: ignore[operator]
        return refused.value.text(Language.RU)

    assert "сначала закройте январь 2026 года" in said(close_period, 2026, 2)
    assert "Открывать его не нужно" in said(reopen_period, 2026, 1, "Исправление")
    close_period(workspace, ME, okrug.id, 2026, 1)
    close_period(workspace, ME, okrug.id, 2026, 2)
    assert "откройте его с указанием причины" in said(close_period, 2026, 1)
    assert "сначала откройте февраль 2026 года" in said(reopen_period, 2026, 1, "Исправление")
    assert "напишите причину" in said(reopen_period, 2026, 2, " ")


def test_the_forms_of_december_say_what_the_next_year_opens_with(
    workspace: Workspace, okrug: UnitView
) -> None:
    adopt(workspace, okrug.id)  # 2026 uses 1 200 of balances
    with workspace.reading() as session, pytest.raises(UsageProblem) as missing:
        opening_by_forms(session, okrug.id, 2027)
    assert "2-19, 4-20" in missing.value.text(Language.RU)
    form(workspace, okrug, Month(2026, 12), received="24100", wages="14400", goods="9500")
    with workspace.reading() as session:
        found = opening_by_forms(session, okrug.id, 2027)
    # Nobody entered what 2026 opened with: what its budget uses is taken, and said.
    assert (found.total, found.by, found.opened_by) == (k("1400"), OpenedBy.CLOSING, OpenedBy.BUDGET)
    assert found.unpaid == k("40")
    assert "проверьте по выписке" in found.words.text(Language.RU)
    keep_balances(workspace, ME, okrug.id, 2026, k("1700"))
    with workspace.reading() as session:
        found = opening_by_forms(session, okrug.id, 2027)
    assert found.total == k("1700") + k("24100") - k("23900")
    said = found.words.text(Language.KK).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 700,0 (енгізілген) + түсімдер 24 100,0 − төлемдер 23 900,0 = 1 900,0" in said


def test_a_year_by_year_chain_of_forms(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id, 2025)
    adopt(workspace, okrug.id, 2026)
    form(workspace, okrug, Month(2025, 12), received="24000", wages="25000")
    form(workspace, okrug, Month(2026, 12), received="24000", wages="24150")
    with workspace.reading() as session:
        assert opening_by_forms(session, okrug.id, 2026).total == k("200")
        last = opening_by_forms(session, okrug.id, 2027)
    assert (last.total, last.opened, last.opened_by) == (k("50"), k("200"), OpenedBy.CLOSING)
    form(workspace, okrug, Month(2026, 12), received="24000", wages="24300")
    with workspace.reading() as session, pytest.raises(UsageProblem) as refused:
        opening_by_forms(session, okrug.id, 2027)  # more was paid than there was
    assert "-100,0" in refused.value.text(Language.RU)


def test_a_line_of_balances_in_form_2_19_says_it_outright(workspace: Workspace, okrug: UnitView) -> None:
    balances = Fact(
        0, RevenueCode("9", "01", "1", "01"), Trilingual(), LineKind.BALANCES_USED,
        {Measure.RECEIVED: k("777.7")},
    )  # fmt: skip
    save_typed(workspace, ME, okrug.id, FormKind.RECEIPTS, Month(2026, 2), [balances])
    with workspace.reading() as session:
        found = opening_by_forms(session, okrug.id, 2026)
    assert (found.total, found.by) == (k("777.7"), OpenedBy.FORM)
    assert "2-19" in found.words.text(Language.EN)


def test_the_sheet_of_balances_says_what_is_bound_free_and_used(
    workspace: Workspace, okrug: UnitView
) -> None:
    with workspace.reading() as session, pytest.raises(UsageProblem):
        build("balances", session, okrug.id, 2026, DocLanguage.KK)
    adopt(workspace, okrug.id, date=dt.date(2025, 12, 26))  # 1 200 of balances in it
    keep_balances(
        workspace, ME, okrug.id, 2026, k("1900"),
        [BalancePart(BoundKind.TARGETED_RETURN, k("300"), "дороги")], "Выписка казначейства",
    )  # fmt: skip
    given_back = draft_adjustment(
        workspace, ME, okrug.id, 2026, "transfer_return",
        [balances_line(k("300")), AdjustedLine(Section.EXPENDITURE, RETURN, LineKind.EXPENDITURE, k("300"))],
        number="3", date=dt.date(2026, 1, 20),
    )  # fmt: skip
    confirm_adjustment(workspace, ME, given_back)
    # The amendment states the whole figure: 1 600, the 300 of the adjustment in it.
    adopt(workspace, okrug.id, date=dt.date(2026, 3, 27), number="35/2", amendment=True, akimat="18400")
    with workspace.reading() as session:
        uses = uses_of_balances(session, okrug.id, 2026)
        papers = {
            language: build("balances", session, okrug.id, 2026, language)[0]
            for language in (DocLanguage.KK, DocLanguage.RU)
        }
    assert [(use.number, use.amount, use.amendment) for use in uses] == [
        ("31/4", k("1200"), False),
        ("3", k("300"), False),
        ("35/2", k("100"), True),
    ]
    for paper in papers.values():
        first, used, left = [block for block in paper.blocks if isinstance(block, Table)]
        amounts = [cell.tiyn for row in first.rows for cell in row.cells if isinstance(cell, AmountCell)]
        assert amounts == [k("1900"), k("300"), 0, k("300"), 0, 0, k("1600")]
        assert [row.cells[-1].tiyn for row in used.rows] == [  # type: ignore[union-attr]
            k("1200"), k("300"), k("100"), k("1600"),
        ]  # fmt: skip
        assert [row.cells[-1].tiyn for row in left.rows] == [k("300")]  # type: ignore[union-attr]
    words = [cell.text for row in used.rows for cell in row.cells if isinstance(cell, TextCell)]
    assert "Решение акима о корректировке от 20 января 2026 года № 3: Возврат неиспользованных целевых" in (
        " ".join(words)
    )


def test_last_years_execution_gives_lines_and_months(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id, 2026)
    form(workspace, okrug, Month(2025, 3), received="6000", wages="3000", goods="100")
    form(workspace, okrug, Month(2025, 12), received="24000", wages="12000", goods="2000")
    started = start_plan(workspace, ME, okrug.id, 2026)
    assert started.findings[0].code == "plan.from_execution"
    with workspace.reading() as session:
        view = plan_view(session, started.document_id)
        board = PlanBoard(view, shapes_for(session, okrug.id, 2026))
    wages, goods = (LineKey(Side.PAYMENTS, code) for code in (WAGES, GOODS))
    # 18 000 of the program are divided as 12 000 and 2 000 stood to each other.
    assert view.sheet.year_of(wages) + view.sheet.year_of(goods) == k("18000")
    assert view.sheet.year_of(goods) == k("2571.4")
    board.fill(goods, FillRule.EXECUTED, k("2000"), range(1, 13))
    assert board.sheet.months(goods) == months(at({3: 100, 12: 1900}))
    with pytest.raises(ValueError, match="shape"):
        board.fill(goods, FillRule.SHAPE, k("2000"), range(1, 13))  # there is no plan of 2025
    with pytest.raises(ValueError, match="shape"):
        board.fill(LineKey(Side.PAYMENTS, POWER), FillRule.EXECUTED, k("10"), range(1, 13))


def test_a_quarter_without_a_budget_is_told_until_it_is_over(
    workspace: Workspace, okrug: UnitView, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopt_outer(workspace, okrug.id)
    with workspace.reading() as session:
        assert unit_quarter_findings(session, okrug.id, dt.date(2026, 12, 24)) == []
        [due] = unit_quarter_findings(session, okrug.id, dt.date(2027, 1, 15))
        assert due.where.year == 2027
        assert quarter_findings(session, okrug.id, 2027, dt.date(2027, 4, 1)) == []
        stands = {each.dated.rule.id: each for each in _stands(session, okrug.id)}
        assert stands["first_quarter_plan"].state == LATE
    monkeypatch.setattr("akimat_desk.core.dates.today", lambda: dt.date(2026, 12, 28))
    with workspace.reading() as session:
        assert [each.code for each in all_quarter_findings(session)] == ["plan.quarter_needed"]
    approve(
        workspace, ME, start_quarter_plan(workspace, ME, okrug.id, 2027), dt.date(2026, 12, 25), number="9"
    )
    with workspace.reading() as session:
        assert all_quarter_findings(session) == []
        made = next(e for e in _stands(session, okrug.id) if e.dated.rule.id == "first_quarter_plan")
        assert (made.state, made.done_on) == (DONE, dt.date(2026, 12, 25))


def _stands(session: object, unit_id: int) -> tuple[object, ...]:
    return year_calendar(session, unit_id, 2027, dt.date(2027, 1, 15)).dates  # type: ignore[arg-type, return-value]

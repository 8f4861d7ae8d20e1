"""Plans as documents in a real workspace: drafts, approval, certificates, the plan of any date."""

from __future__ import annotations

import datetime as dt

import pytest

from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.budget.periods.closing import (
    close_period,
    closed_months,
    closed_periods,
    reopen_period,
    year_is_closed,
)
from akimat_desk.budget.plans.commands import (
    approve,
    bring_back,
    describe_change,
    mark_deleted,
    purge_deleted,
    start_change,
    start_plan,
    store_sheet,
    take_in_plan,
)
from akimat_desk.budget.plans.documents import PlanKind
from akimat_desk.budget.plans.edits import PutLines, apply
from akimat_desk.budget.plans.questions import (
    all_plan_findings,
    plan_findings,
    plan_in_force,
    plan_view,
    plans,
)
from akimat_desk.budget.plans.sheet import LineKey, PlanSheet, Side
from akimat_desk.budget.plans.spending import spent_of
from akimat_desk.budget.plans.spent import Spent
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import LineKind, RevenueCode
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.service import UnitView
from akimat_desk.storage.journal import entries
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

from .building import AKIMAT, GOODS, WAGES, adopt, at, costs, k, months, sheet

JANUARY, MAY = dt.date(2026, 1, 8), dt.date(2026, 5, 14)


@pytest.fixture
def approved(workspace: Workspace, okrug: UnitView) -> int:
    """An approved plan of 2026."""
    adopt(workspace, okrug.id)
    plan = take_in_plan(workspace, DEFAULT_ACTOR, okrug.id, sheet())
    approve(workspace, DEFAULT_ACTOR, plan, JANUARY)
    return plan


def put(plan: PlanSheet, lines: dict[LineKey, tuple[str | int, ...]]) -> PlanSheet:
    """A plan with lines of thousand tenge put in."""
    return apply(plan, PutLines({key: months(row) for key, row in lines.items()}))[0]


def both(code: object, row: tuple[str | int, ...]) -> dict[LineKey, tuple[str | int, ...]]:
    return {LineKey(side, code): row for side in (Side.PAYMENTS, Side.OBLIGATIONS)}  # type: ignore[arg-type]


def test_without_a_budget_there_is_nothing_to_plan(workspace: Workspace, okrug: UnitView) -> None:
    with pytest.raises(UsageProblem) as refused:
        start_plan(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    assert "2026" in refused.value.text(Language.KK)


def test_a_first_draft_waits_for_its_specifics(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)
    started = start_plan(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with workspace.reading() as session:
        found = plan_findings(session, started.document_id)
        assert {f.code for f in found} == {"plan.below_budget"}
        assert sorted(f.where.code for f in found if f.fields["side_id"] == "payments") == [
            "01/1/124/001",
            "07/3/124/008",
        ]
    with pytest.raises(RuleBroken) as refused:
        approve(workspace, DEFAULT_ACTOR, started.document_id, JANUARY)
    assert "План не утвержден" in refused.value.text(Language.RU)
    with pytest.raises(RuleBroken):
        start_plan(workspace, DEFAULT_ACTOR, okrug.id, 2026)


def test_a_draft_with_errors_is_kept_as_it_is(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)
    plan = start_plan(workspace, DEFAULT_ACTOR, okrug.id, 2026).document_id
    bad = put(sheet(), both(GOODS, at({2: -5}, 300)))
    store_sheet(workspace, DEFAULT_ACTOR, plan, bad)
    with workspace.reading() as session:
        assert plan_view(session, plan).sheet == bad
        assert "plan.negative" in {f.code for f in plan_findings(session, plan)}
    store_sheet(workspace, DEFAULT_ACTOR, plan, sheet())
    with workspace.reading() as session:
        assert plan_view(session, plan).sheet == sheet()
        assert plan_findings(session, plan) == []


def test_an_approved_plan_is_never_edited_and_there_is_one(
    workspace: Workspace, okrug: UnitView, approved: int
) -> None:
    with workspace.reading() as session:
        assert plan_in_force(session, okrug.id, 2026) == sheet()
        assert plan_in_force(session, okrug.id, 2026, dt.date(2026, 1, 7)) is None
        assert all_plan_findings(session) == []
    for refused in (
        lambda: store_sheet(workspace, DEFAULT_ACTOR, approved, sheet()),
        lambda: mark_deleted(workspace, DEFAULT_ACTOR, approved),
        lambda: start_plan(workspace, DEFAULT_ACTOR, okrug.id, 2026),
        lambda: take_in_plan(workspace, DEFAULT_ACTOR, okrug.id, sheet()),
    ):
        with pytest.raises(RuleBroken):
            refused()


@pytest.mark.usefixtures("approved")
def test_a_change_is_numbered_and_the_plan_of_any_date_stays(workspace: Workspace, okrug: UnitView) -> None:
    change = start_change(workspace, DEFAULT_ACTOR, okrug.id, 2026, kind="between_specifics", date=MAY)
    moved = put(sheet(), both(GOODS, at({6: 200}, 300)) | both(WAGES, at({6: 1300}, 1200)))
    store_sheet(workspace, DEFAULT_ACTOR, change, moved)
    with pytest.raises(RuleBroken):  # the reason is missing
        approve(workspace, DEFAULT_ACTOR, change)
    describe_change(workspace, DEFAULT_ACTOR, change, reason="Замена ламп")
    assert approve(workspace, DEFAULT_ACTOR, change) == "1"
    with workspace.reading() as session:
        assert plan_in_force(session, okrug.id, 2026) == moved
        assert plan_in_force(session, okrug.id, 2026, dt.date(2026, 5, 13)) == sheet()
        view = plan_view(session, change)
        assert view.situation.before == sheet()
        assert view.change.months(LineKey(Side.PAYMENTS, GOODS)) == months(at({6: -100}))
        assert [(p.kind, p.number, p.state) for p in plans(session, okrug.id, 2026)] == [
            (PlanKind.PLAN, "", DocumentState.CONFIRMED),
            (PlanKind.CHANGE, "1", DocumentState.CONFIRMED),
        ]
    second = start_change(
        workspace, DEFAULT_ACTOR, okrug.id, 2026, kind="receipts_months", date=MAY, reason="Сезон"
    )
    vehicles = LineKey(Side.RECEIPTS, RevenueCode("1", "04", "4", "02"))
    store_sheet(workspace, DEFAULT_ACTOR, second, put(moved, {vehicles: at({5: 300, 9: 100}, 200)}))
    assert approve(workspace, DEFAULT_ACTOR, second) == "1"  # receipts are counted apart


@pytest.mark.usefixtures("approved")
def test_a_cut_above_the_month_is_written_as_what_it_eats(workspace: Workspace, okrug: UnitView) -> None:
    change = start_change(
        workspace,
        DEFAULT_ACTOR,
        okrug.id,
        2026,
        kind="between_months",
        date=dt.date(2026, 4, 3),
        reason="Конкурс",
    )
    store_sheet(workspace, DEFAULT_ACTOR, change, put(sheet(), both(GOODS, at({4: -200, 12: 800}, 300))))
    spent = Spent(3, {LineKey(Side.PAYMENTS, GOODS): months(at({1: 100}))})
    approve(workspace, DEFAULT_ACTOR, change, spent=spent)
    with workspace.reading() as session:
        now = plan_in_force(session, okrug.id, 2026)
        assert now is not None
        assert now.months(LineKey(Side.PAYMENTS, GOODS)) == months(at({3: 100, 4: 0, 12: 800}, 300))
        assert all_plan_findings(session) == []


@pytest.mark.usefixtures("approved")
def test_a_certificate_of_receipts_takes_no_costs_in(workspace: Workspace, okrug: UnitView) -> None:
    change = start_change(
        workspace, DEFAULT_ACTOR, okrug.id, 2026, kind="receipts_months", date=MAY, reason="Сезон"
    )
    store_sheet(workspace, DEFAULT_ACTOR, change, put(sheet(), both(GOODS, at({6: 200}, 300))))
    with workspace.reading() as session:
        assert dict(plan_view(session, change).change.lines) == {}
        assert "plan.nothing_changed" in {f.code for f in plan_findings(session, change)}
    with pytest.raises(RuleBroken):
        describe_change(workspace, DEFAULT_ACTOR, change, kind="between_specifics")
    with pytest.raises(RuleBroken):  # one draft of a half at a time
        start_change(workspace, DEFAULT_ACTOR, okrug.id, 2026, kind="receipts_months", date=MAY)


def test_an_unknown_code_keeps_the_name_it_was_given(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)
    code = costs(AKIMAT, "987")
    named = PlanSheet(2026, sheet().lines, {code: Trilingual("Өзге шығын", "Иной расход")})
    named = put(named, both(code, at({1: 1})))
    plan = take_in_plan(workspace, DEFAULT_ACTOR, okrug.id, named)
    with workspace.reading() as session:
        assert plan_view(session, plan).sheet.names == {code: Trilingual("Өзге шығын", "Иной расход")}


def test_next_years_plan_stands_on_this_years_and_lists_its_orphans(
    workspace: Workspace, okrug: UnitView
) -> None:
    """In 2026 transfers moved from 4 to 5; a program that is no more is said, not lost in silence."""
    before = sheet(receipts={}, year=2025)
    lines = {key: row for key, row in before.lines.items() if key.code != RevenueCode("5", "02", "3", "01")}
    lines[LineKey(Side.RECEIPTS, RevenueCode("4", "02", "3", "01"))] = months(at({1: 10500, 7: 10500}))
    gone = costs(AKIMAT, "111").__class__("09", "1", "124", "099", "015", "149")
    lines |= {LineKey(side, gone): months(at({1: 5})) for side in (Side.PAYMENTS, Side.OBLIGATIONS)}
    adopt(workspace, okrug.id, 2025)
    adopt(workspace, okrug.id, 2026, akimat="19000")
    with workspace.changing(DEFAULT_ACTOR, "test.plan") as change:
        from akimat_desk.budget.plans.documents import write_sheet
        from akimat_desk.budget.plans.tables import PlanDocument

        row = PlanDocument(
            unit_id=okrug.id, year=2025, kind="plan", state="confirmed", date=dt.date(2025, 1, 9),
            created_at=dt.datetime.now(dt.UTC), created_by="t", confirmed_at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        change.session.add(row)
        change.session.flush()
        write_sheet(change.session, row, PlanSheet(2025).with_lines(lines))
    started = start_plan(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    said = {(f.code, f.fields.get("after") or f.fields["code"]) for f in started.findings}
    assert ("plan.code_moved", "5/02/3/01") in said
    assert ("plan.orphan_budget", str(gone)) in said
    with workspace.reading() as session:
        made = plan_view(session, started.document_id).sheet
        subvention = LineKey(Side.RECEIPTS, RevenueCode("5", "02", "3", "01"))
        assert made.months(subvention) == months(at({1: 10500, 7: 10500}))  # last year's shape
        assert made.year_of(LineKey(Side.PAYMENTS, WAGES)) == k("15200")  # its share of 19 000
        # 19 000 of costs with the same receipts: balances of 2 200 are used, and the plan fits.
        assert {f.code for f in plan_findings(session, started.document_id)} <= {"plan.art105"}


def test_a_draft_is_marked_first_and_goes_after_thirty_days(workspace: Workspace, okrug: UnitView) -> None:
    adopt(workspace, okrug.id)
    plan = take_in_plan(workspace, DEFAULT_ACTOR, okrug.id, sheet())
    mark_deleted(workspace, DEFAULT_ACTOR, plan)
    with pytest.raises(RuleBroken):
        store_sheet(workspace, DEFAULT_ACTOR, plan, sheet())
    bring_back(workspace, DEFAULT_ACTOR, plan)
    store_sheet(workspace, DEFAULT_ACTOR, plan, sheet())
    mark_deleted(workspace, DEFAULT_ACTOR, plan)
    today = dt.datetime.now(dt.UTC).date()
    assert purge_deleted(workspace, DEFAULT_ACTOR, okrug.id, today + dt.timedelta(days=29)) == 0
    assert purge_deleted(workspace, DEFAULT_ACTOR, okrug.id, today + dt.timedelta(days=32)) == 1
    with workspace.reading() as session:
        assert plans(session, okrug.id, 2026) == []


# --- closed periods ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("approved")
def test_a_closed_month_refuses_changes_in_words(workspace: Workspace, okrug: UnitView) -> None:
    for month in range(1, 6):
        close_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, month)
    with pytest.raises(RuleBroken) as refused:
        start_change(workspace, DEFAULT_ACTOR, okrug.id, 2026, kind="between_months", date=MAY)
    assert refused.value.text(Language.RU).startswith("Период закрыт: май 2026 года.")
    assert refused.value.text(Language.KK).startswith("Кезең жабық: 2026 жылғы мамыр.")
    with pytest.raises(RuleBroken):
        reopen_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 5, "  ")
    with pytest.raises(RuleBroken):  # the last one closed is opened first
        reopen_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 4, "Ошибка")
    reopen_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 5, "Исправленная форма 4-20")
    start_change(workspace, DEFAULT_ACTOR, okrug.id, 2026, kind="between_months", date=MAY)
    with workspace.reading() as session:
        assert closed_months(session, okrug.id, 2026) == {1, 2, 3, 4}
        assert [p.reason for p in closed_periods(session, okrug.id, 2026) if p.reopened_at] == [
            "Исправленная форма 4-20"
        ]
        assert "period.reopened" in [entry.action for entry in entries(session)]


def test_months_close_in_order_and_the_year_last(workspace: Workspace, okrug: UnitView) -> None:
    with pytest.raises(RuleBroken) as refused:
        close_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 2)
    assert "сначала закройте январь 2026 года" in refused.value.text(Language.RU)
    for month in range(1, 13):
        close_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, month)
    with pytest.raises(RuleBroken):
        close_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 3)
    close_period(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    with workspace.reading() as session:
        assert year_is_closed(session, okrug.id, 2026)
        assert closed_months(session, okrug.id, 2026) == set(range(1, 13))
    with pytest.raises(RuleBroken) as closed:
        start_plan(workspace, DEFAULT_ACTOR, okrug.id, 2026)
    assert closed.value.text(Language.RU).startswith("Период закрыт: 2026 год.")
    reopen_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 0, "Ревизия")
    reopen_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 12, "Ревизия")


# --- what was spent ------------------------------------------------------------------------------------


def treasury(workspace: Workspace, okrug: UnitView, month: int, paid: str) -> None:
    """What was paid for goods from January to the end of a month, as a form says it."""
    amounts = {Measure.PAID: k(paid), Measure.REGISTERED: k(paid)}
    line = Fact(0, GOODS, Trilingual(), LineKind.EXPENDITURE, amounts)
    save_typed(workspace, DEFAULT_ACTOR, okrug.id, FormKind.EXPENSES, Month(2026, month), [line])


@pytest.mark.usefixtures("approved")
def test_a_cut_is_held_against_the_treasurys_forms(workspace: Workspace, okrug: UnitView) -> None:
    treasury(workspace, okrug, 1, "270")
    treasury(workspace, okrug, 3, "810")  # February's form is missing
    with workspace.reading() as session:
        spent = spent_of(session, okrug.id, 2026)
    assert spent.through == 3
    assert spent.lines[LineKey(Side.PAYMENTS, GOODS)] == months(at({1: 270, 3: 540}))
    change = start_change(
        workspace, DEFAULT_ACTOR, okrug.id, 2026,
        kind="between_months", date=dt.date(2026, 4, 3), reason="Конкурс",
    )  # fmt: skip
    store_sheet(workspace, DEFAULT_ACTOR, change, put(sheet(), both(GOODS, at({4: -200, 12: 800}, 300))))
    with workspace.reading() as session:
        short = next(f for f in plan_findings(session, change) if f.code == "plan.not_enough")
        assert short.difference == k("-110")  # 700 would be planned, 810 are paid


def test_a_closed_month_takes_no_form(workspace: Workspace, okrug: UnitView) -> None:
    close_period(workspace, DEFAULT_ACTOR, okrug.id, 2026, 1)
    with pytest.raises(RuleBroken) as refused:
        treasury(workspace, okrug, 1, "270")
    assert "январь 2026 года" in refused.value.text(Language.RU)
    treasury(workspace, okrug, 2, "270")

"""The rules of a plan: what each says, with its numbers and the lawful way out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.plans.checks import Situation, check_plan, coverage
from akimat_desk.budget.plans.edits import PutLines, apply
from akimat_desk.budget.plans.sheet import LineKey, PlanSheet, Side
from akimat_desk.budget.plans.spent import Spent
from akimat_desk.classification.codes import RevenueCode
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Language

from .building import AKIMAT, COSTS, GOODS, LIGHT, POWER, RECEIPTS, WAGES, at, costs, k, limits, months, sheet

RU = Language.RU


def found(situation: Situation, code: str) -> Finding:
    """The one finding with this code."""
    [finding] = [finding for finding in check_plan(situation) if finding.code == code]
    return finding


def said(text: str | None) -> str:
    """A sentence with plain spaces."""
    return (text or "").replace("\N{NO-BREAK SPACE}", " ")


def codes(situation: Situation) -> set[str]:
    return {finding.code for finding in check_plan(situation)}


def change(after: PlanSheet, month: int, spent: Spent | None = None, **more: bool) -> Situation:
    return Situation(after, limits(), sheet(), month, spent or Spent(), **more)


def spent(through: int, **by_line: tuple[str | int, ...]) -> Spent:
    named = {"wages": WAGES, "goods": GOODS, "power": POWER}
    return Spent(through, {LineKey(Side.PAYMENTS, named[name]): months(row) for name, row in by_line.items()})


def test_a_plan_that_fits_its_budget_has_nothing_to_be_said() -> None:
    assert check_plan(Situation(sheet(), limits())) == []


def test_a_negative_cell() -> None:
    bad = sheet(payments={GOODS: at({4: -10, 5: 610}, 300)})
    finding = next(f for f in check_plan(Situation(bad, limits())) if f.code == "plan.negative")
    assert finding.fields["month_no"] == 4
    assert finding.difference == k(-10)
    assert said(finding.message(RU)) == "01 1 124 001 015 149, апрель: план отрицательный (-10,0 тыс. тенге)."


def test_article_105_month_by_month() -> None:
    """Receipts come late: by the third month there is not enough, balances counted in."""
    late = sheet(receipts={RevenueCode("5", "02", "3", "01"): at({1: 0, 2: 0, 3: 3500 + 1750}, 1750)})
    situation = Situation(late, limits())
    assert coverage(situation)[:3] == (k(-650), k(-2500), k(900))
    finding = found(situation, "plan.art105")
    assert finding.severity is Severity.ERROR
    assert finding.difference == k(-650)
    assert "не хватает 650,0" in said(finding.message(RU))
    assert "больше всего в месяце февраль: 2 500,0" in said(finding.message(RU))


def test_balances_are_a_setting() -> None:
    assert found(Situation(sheet(), limits(), balances_count=False), "plan.art105").difference == k(-100)


@given(st.lists(st.tuples(*[st.integers(0, 5000)] * 12), min_size=7, max_size=7), st.integers(0, 9000))
def test_article_105_is_found_exactly_when_a_month_is_short(
    rows: list[tuple[int, ...]], balance: int
) -> None:
    plan = sheet(dict(zip(RECEIPTS, rows[:3], strict=True)), dict(zip(COSTS, rows[3:], strict=True)))
    situation = Situation(plan, replace(limits(), balances=k(balance)))
    short = False
    for month in range(1, 13):
        received = sum(sum(row[:month]) for row in rows[:3])
        paid = sum(sum(row[:month]) for row in rows[3:])
        short |= paid > received + balance
    assert ("plan.art105" in codes(situation)) == short


def test_payments_above_obligations_are_a_warning() -> None:
    """Last year's unpaid obligations are paid in January."""
    ahead = sheet(obligations={POWER: at({1: 300}, 500)})
    finding = found(Situation(ahead, limits()), "plan.payments_above")
    assert finding.severity is Severity.WARNING
    assert (finding.fields["month_no"], finding.difference) == (1, k(-200))
    assert codes(Situation(ahead, limits())) == {"plan.payments_above"}


def test_obligations_beyond_the_years_payments_are_an_error() -> None:
    more = sheet(obligations={POWER: at({12: 700}, 500)})
    assert found(Situation(more, limits()), "plan.sides_year").difference == k(-200)


def test_both_sides_have_the_same_lines() -> None:
    without, _ = apply(sheet(), PutLines({LineKey(Side.OBLIGATIONS, GOODS): None}))
    finding = found(Situation(without, limits()), "plan.sides_lines")
    assert "в разделе «Обязательства» ее нет" in said(finding.message(RU))


def test_the_plan_adds_up_to_the_budget() -> None:
    short = sheet(payments={GOODS: ("290",) * 12})
    below = [f for f in check_plan(Situation(short, limits())) if f.code == "plan.below_budget"]
    assert [(f.where.code, f.difference) for f in below] == [(str(AKIMAT), k(-120))]
    more = sheet(receipts={RevenueCode("1", "04", "4", "02"): ("210",) * 12})
    assert found(Situation(more, limits()), "plan.above_budget").difference == k(120)


def test_a_line_the_budget_does_not_have() -> None:
    stray = costs(replace(LIGHT, program="011"), "149")
    extra = sheet(payments={stray: at({1: 1})})
    assert "plan.not_in_budget" in codes(Situation(extra, limits()))


def test_codes_go_down_to_the_specific() -> None:
    coarse, _ = apply(
        sheet(),
        PutLines({LineKey(side, AKIMAT): months(at({1: 1})) for side in (Side.PAYMENTS, Side.OBLIGATIONS)}),
    )
    assert found(Situation(coarse, limits()), "plan.no_specific").severity is Severity.ERROR
    odd = sheet(payments={costs(AKIMAT, "987"): at({1: 1})})
    assert found(Situation(odd, limits()), "plan.code_unknown").severity is Severity.WARNING


# --- changes -------------------------------------------------------------------------------------------


def test_earlier_months_are_closed() -> None:
    after = sheet(payments={GOODS: at({3: 200, 6: 400}, 300)})
    situation = change(after, 5)
    first = next(f for f in check_plan(situation) if f.code == "plan.month_closed")
    assert first.fields["month_no"] == 3
    assert "Внесите изменение в май" in said(first.fix(RU))


def test_a_later_month_may_not_become_negative_and_the_way_out_is_named() -> None:
    after = sheet(payments={GOODS: at({8: -50, 9: 650}, 300)})
    finding = next(f for f in check_plan(change(after, 5)) if f.code == "plan.later_negative")
    assert said(finding.message(RU)) == (
        "01 1 124 001 015 149, август: план 300,0, а снимается 350,0; не хватает 50,0 тыс. тенге."
    )
    assert "015 111 – 9 600,0" in said(finding.fix(RU))


def test_a_cut_of_the_current_month_eats_what_earlier_months_left() -> None:
    """April plans 300; 500 are taken away, and 1 150 of the first four months' 1 200 are left after it."""
    after = sheet(payments={GOODS: at({4: -200, 12: 800}, 300)})
    enough = change(after, 4, spent(3, goods=at({1: 100, 2: 100})))
    finding = next(f for f in check_plan(enough) if f.code == "plan.eats_earlier")
    assert finding.fields["months"] == "03"
    assert not [f for f in check_plan(enough) if f.severity is Severity.ERROR]


def test_a_cut_below_what_is_spent_gives_plan_spent_and_lacking() -> None:
    after = sheet(payments={GOODS: at({4: -200, 12: 800}, 300)})
    short = change(after, 4, spent(3, goods=("270",) * 3 + (0,) * 9))
    finding = next(
        f for f in check_plan(short) if f.code == "plan.not_enough" and f.fields["side_id"] == "payments"
    )
    assert said(finding.message(RU)) == (
        "01 1 124 001 015 149, апрель: план с начала года 1 200,0, израсходовано 810,0; "
        "для снятия не хватает 110,0 тыс. тенге."
    )


def test_receipts_from_the_start_of_the_year_stay_positive() -> None:
    vehicles = RevenueCode("1", "04", "4", "02")
    after = sheet(receipts={vehicles: at({1: -10, 12: 410}, 200)})
    assert "plan.receipts_negative" in codes(change(after, 1))


def test_moving_inside_a_program_keeps_its_months() -> None:
    moved = sheet(payments={GOODS: at({6: 200}, 300), WAGES: at({6: 1300}, 1200)})
    kept = change(moved, 5, spent(4), keeps_program_months=True)
    assert check_plan(kept) == []
    elsewhere = sheet(payments={GOODS: at({6: 200}, 300), WAGES: at({7: 1300}, 1200)})
    wrong = change(elsewhere, 5, spent(4), keeps_program_months=True)
    told = [f for f in check_plan(wrong) if f.code == "plan.program_months"]
    assert {(f.fields["month_no"], f.difference) for f in told} == {(6, k(-100)), (7, k(100))}


def test_a_certificate_of_receipts_answers_for_receipts() -> None:
    plan = sheet(payments={GOODS: ("290",) * 12})
    situation = replace(change(plan, 3), judged=frozenset({Side.RECEIPTS}))
    assert [f for f in check_plan(situation) if f.fields.get("side_id") == "payments"] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_finding_reads_in_every_language(language: Language) -> None:
    odd = sheet(payments={GOODS: at({3: -200, 8: -50}, 300), costs(AKIMAT, "987"): at({2: 1})})
    for situation in (Situation(odd, limits()), change(odd, 3, keeps_program_months=True)):
        for finding in check_plan(situation):
            assert finding.message(language)
            assert "{" not in finding.message(language) + (finding.fix(language) or "")

"""What if: levers, the ratio and the balance; scenarios kept, compared, turned into a draft."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.decisions.questions import budget_of, decisions
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.ratio.amendment import draft_amendment
from akimat_desk.budget.ratio.bases import TARGETED_TRANSFERS, LineBase, bases, set_base
from akimat_desk.budget.ratio.goals import GoalQuestion, seek
from akimat_desk.budget.ratio.levers import How, Lever, levers_of_mix, moved_amount, reckon
from akimat_desk.budget.ratio.scenarios import (
    compare,
    delete_scenario,
    lay_out,
    save_scenario,
    scenarios,
)
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.words import balance_sentence, outcome_sentence
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

VEHICLES, LEASES, PLANTING = "1/04/4", "3/03/2", "07/3/124/011"


def percent(line: str, tenths: int, side: Section = Section.REVENUE) -> Lever:
    return Lever(side, line, How.PERCENT, tenths=tenths)


def test_a_lever_moves_the_ratio_and_the_balance(opened: Workspace) -> None:
    with opened.reading() as session:
        on = lay_out(session, 1, 2026)
    still = reckon(on, [], Variant.TOTAL_REVENUE)
    assert (still.balance, still.percent) == (0, still.percent_before)
    # Vehicle tax 10 450 by 10 %: own 26 112.9 + 1 045 of 110 952.9 + 1 045.
    more = reckon(on, [percent(VEHICLES, 100)], Variant.TOTAL_REVENUE)
    assert more.percent == Fraction(from_plain("27157.9") * 100, from_plain("111997.9"))
    assert more.balance == from_plain("1045")
    # The same money spent: B's denominator grows too, and nothing is left.
    both = [
        percent(VEHICLES, 100),
        Lever(Section.EXPENDITURE, PLANTING, How.AMOUNT, amount=from_plain("23007.9")),
    ]
    spent = reckon(on, both, Variant.COSTS)
    assert spent.balance == 0
    assert spent.percent == Fraction(from_plain("27157.9") * 100, from_plain("113843.2"))
    assert "сбалансирован" in balance_sentence(spent, Language.RU)
    less = reckon(on, [percent("5/02/3", -100)], Variant.TOTAL_REVENUE)
    assert less.balance == -from_plain("8484")
    assert "Не хватает 8\N{NO-BREAK SPACE}484" in balance_sentence(less, Language.RU)
    assert less.percent is not None
    assert less.percent > (still.percent or 0)


def test_what_stands_behind_a_line_moves_it(opened: Workspace) -> None:
    base = LineBase(VEHICLES, count=412, collection=940, arrears=from_plain("1800"))
    set_base(opened, DEFAULT_ACTOR, 1, 2026, base)
    with opened.reading() as session:
        on = lay_out(session, 1, 2026)
        assert bases(session, 1, 2027)[VEHICLES] == base  # stands in for a later year
        assert bases(session, 1, 2025) == {}
    line = on.line((Section.REVENUE, VEHICLES))
    assert line is not None

    def by(**more: int) -> int:
        return moved_amount(Lever(Section.REVENUE, VEHICLES, How.BASE, **more), line)

    assert by() == from_plain("10450")
    assert by(count=824) == from_plain("20900")
    # Collected wholly instead of by 94 %: 10 450 · 100/94 = 11 117.02…
    assert by(collection=1000) == from_plain("11117")
    assert by(arrears_tenths=500) == from_plain("11350")
    assert by(charge=from_plain("30")) == from_plain("11618.4")  # 412 · 30 · 94 %


def test_a_mix_put_in_reaches_the_target(opened: Workspace) -> None:
    with opened.reading() as session:
        goal = seek(session, 1, GoalQuestion(2026))
        on = lay_out(session, 1, 2026)
    outcome = reckon(on, levers_of_mix(goal.mix.amounts), Variant.TOTAL_REVENUE)
    assert outcome.reached is True
    assert outcome.gap == 0
    assert outcome.percent == goal.mix.percent
    assert "достигнута" in outcome_sentence(outcome, Language.RU)


@given(st.sampled_from(list(How)), st.integers(-1000, 3000))
def test_no_lever_takes_a_line_below_nothing(how: How, number: int) -> None:
    from akimat_desk.budget.ratio.levers import Group, WhatIfLine
    from akimat_desk.classification.codes import LineKind, RevenueCode
    from akimat_desk.core.language import Trilingual

    code = RevenueCode("1", "04", "4")
    line = WhatIfLine(
        Section.REVENUE, VEHICLES, code, Trilingual(), Group.OWN, LineKind.TAX, 500_000,
        LineBase(VEHICLES, count=5), "vehicle", dict.fromkeys(Variant, (True, True)),
    )  # fmt: skip
    lever = Lever(Section.REVENUE, VEHICLES, how, amount=number, tenths=number, count=max(0, number))
    assert moved_amount(lever, line) >= 0


def test_scenarios_are_kept_by_name_and_compared(opened: Workspace) -> None:
    first = save_scenario(
        opened, DEFAULT_ACTOR, 1, 2026, " Сбор  налога ", Variant.TOTAL_REVENUE, [percent(VEHICLES, 50)]
    )
    levers = [
        Lever(Section.REVENUE, LEASES, How.BASE, count=20, arrears_tenths=10),
        percent(PLANTING, -100, Section.EXPENDITURE),
    ]
    save_scenario(opened, DEFAULT_ACTOR, 1, 2026, "Аренда", Variant.COSTS, levers)
    again = save_scenario(
        opened, DEFAULT_ACTOR, 1, 2026, "Сбор налога", Variant.TOTAL_REVENUE, [percent(VEHICLES, 100)]
    )
    assert again.id == first.id
    with opened.reading() as session:
        kept = scenarios(session, 1, 2026)
        assert [each.name for each in kept] == ["Аренда", "Сбор налога"]
        assert kept[1].levers == (percent(VEHICLES, 100),)
        assert kept[0].levers[0].count == 20
        beside = compare(session, 1, 2026, Variant.TOTAL_REVENUE)
    assert [len(each.outcome.moved) for each in beside] == [1, 1]  # nothing is known of leases: no lever
    assert beside[1].outcome.balance == from_plain("1045")
    delete_scenario(opened, DEFAULT_ACTOR, first.id)
    with opened.reading() as session:
        assert [each.name for each in scenarios(session, 1, 2026)] == ["Аренда"]
    with pytest.raises(UsageProblem):
        delete_scenario(opened, DEFAULT_ACTOR, first.id)
    with pytest.raises(UsageProblem):
        save_scenario(opened, DEFAULT_ACTOR, 1, 2026, "  ", Variant.COSTS, [percent(VEHICLES, 1)])
    with pytest.raises(UsageProblem):
        save_scenario(opened, DEFAULT_ACTOR, 1, 2026, "Пусто", Variant.COSTS, [])


def test_scenarios_stand_in_the_order_of_the_kazakh_alphabet(opened: Workspace) -> None:
    ordered = ["Аренда", "Әлеует", "Кірістер", "Қысқарту", "Іс-шаралар", "Экономия"]
    for name in reversed(ordered):
        save_scenario(opened, DEFAULT_ACTOR, 1, 2026, name, Variant.COSTS, [percent(VEHICLES, 1)])
    with opened.reading() as session:
        assert [each.name for each in scenarios(session, 1, 2026)] == ordered
        beside = compare(session, 1, 2026, Variant.COSTS)
    assert [each.scenario.name for each in beside] == ordered


def test_a_scenario_becomes_a_draft_amendment(opened: Workspace) -> None:
    levers = [
        percent(VEHICLES, 100),
        Lever(Section.EXPENDITURE, PLANTING, How.AMOUNT, amount=from_plain("23007.9")),
    ]
    document_id = draft_amendment(opened, DEFAULT_ACTOR, 1, 2026, levers)
    with opened.reading() as session:
        made = budget_of(session, document_id, 2026)
        next_year = budget_of(session, document_id, 2027)
    assert made.decision.state == "draft"
    assert made.decision.kind == "amendment"
    assert made.figures[Figure.TAX] == from_plain("23267.4")
    assert made.figures[Figure.REVENUE_TOTAL] == from_plain("111997.9")
    assert made.figures[Figure.COSTS] == from_plain("113843.2")
    assert made.figures[Figure.DEFICIT] == -from_plain("1845.3")
    parents = {str(line.code): line.amount for line in made.lines}
    assert parents["1/04"] == from_plain("11907.4")
    assert not [finding for finding in made.findings if finding.severity == "error"]
    assert next_year.figures[Figure.REVENUE_TOTAL] == from_plain("106745.3")


def test_what_cannot_be_put_in_leaves_no_draft(opened: Workspace) -> None:
    with opened.reading() as session:
        before = len(decisions(session, 1))
    with pytest.raises(RuleBroken):
        draft_amendment(opened, DEFAULT_ACTOR, 1, 2026, [percent("1/04/9", 100)])
    with pytest.raises(UsageProblem):
        draft_amendment(opened, DEFAULT_ACTOR, 1, 2026, [percent(VEHICLES, 0)])
    with opened.reading() as session:
        assert len(decisions(session, 1)) == before


def test_what_an_office_knows_is_checked_and_forgotten(opened: Workspace) -> None:
    with pytest.raises(UsageProblem):
        set_base(opened, DEFAULT_ACTOR, 1, 2026, LineBase(VEHICLES, count=-1))
    with pytest.raises(UsageProblem):
        set_base(opened, DEFAULT_ACTOR, 1, 2026, LineBase(VEHICLES, collection=1001))
    targeted = LineBase(TARGETED_TRANSFERS, amount=from_plain("6200"))
    set_base(opened, DEFAULT_ACTOR, 1, 2026, targeted)
    with opened.reading() as session:
        assert reckon(lay_out(session, 1, 2026), [], Variant.WITHOUT_TARGETED).percent == Fraction(
            from_plain("26112.9") * 100, from_plain("104752.9")
        )
        assert TARGETED_TRANSFERS not in bases(session, 1, 2027)
    set_base(opened, DEFAULT_ACTOR, 1, 2026, LineBase(TARGETED_TRANSFERS))
    with opened.reading() as session:
        assert bases(session, 1, 2026) == {}

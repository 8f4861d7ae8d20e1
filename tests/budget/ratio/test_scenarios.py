"""Scenarios beside each other, what each lever does alone, and the papers made of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.figures import Section
from akimat_desk.budget.ratio.effects import effects
from akimat_desk.budget.ratio.levers import Ground, How, Lever, reckon
from akimat_desk.budget.ratio.scenarios import lay_out, save_scenario, scenarios
from akimat_desk.budget.ratio.side_by_side import scenarios_beside
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.why import hundredths_of
from akimat_desk.budget.ratio.words import effects_sentence
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import Chart, Table
from akimat_desk.reports.registry import build
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

VEHICLES, LEASES, SUBVENTION, PLANTING = "1/04/4", "3/03/2", "4/02/3", "07/3/124/011"


def percent(line: str, tenths: int, side: Section = Section.REVENUE) -> Lever:
    return Lever(side, line, How.PERCENT, tenths=tenths)


@pytest.fixture
def ground(opened: Workspace) -> Ground:
    with opened.reading() as session:
        return lay_out(session, 1, 2026)


def test_each_lever_alone_and_what_only_both_do(ground: Ground) -> None:
    # Own 26 112.9 of 110 952.9: 23.5351 %. Vehicle tax +1 045 alone: 27 157.9 / 111 997.9 = 24.2486 %, +0.71.
    # Costs do not count in A: +0.00 alone.
    outcome = reckon(
        ground, [percent(VEHICLES, 100), percent(PLANTING, 100, Section.EXPENDITURE)], Variant.TOTAL_REVENUE
    )
    found = effects(ground, outcome)
    assert found is not None
    assert [each.hundredths for each in found.each] == [71, 0]
    assert (found.together, found.total) == (0, 71)
    # In B both count: own up alone 27 157.9 / 112 798.2 = 24.0765 %, planting alone makes it fall; the
    # sum of both is not what both do.
    by_costs = effects(ground, reckon(ground, outcome_levers(), Variant.COSTS))
    assert by_costs is not None
    assert sum(each.hundredths for each in by_costs.each) + by_costs.together == by_costs.total
    assert by_costs.together != 0
    assert "остальные" in effects_sentence(by_costs, Language.RU)


def outcome_levers() -> list[Lever]:
    return [percent(VEHICLES, 10_000), percent(PLANTING, 10_000, Section.EXPENDITURE)]


@given(data=st.data())
def test_effects_and_the_remainder_add_up(data: st.DataObject, example_ground: Ground) -> None:
    variant = data.draw(st.sampled_from([v for v in Variant if v is not Variant.WITHOUT_TARGETED]))
    lines = data.draw(st.lists(st.sampled_from(example_ground.lines), max_size=6, unique_by=lambda x: x.key))
    levers = [
        Lever(line.side, line.line, How.PERCENT, tenths=data.draw(st.integers(-1000, 5000))) for line in lines
    ]
    outcome = reckon(example_ground, levers, variant)
    found = effects(example_ground, outcome)
    if found is None:  # everything that the formula divides by was levered away
        assert outcome.percent is None or any(not x.amount for x in outcome.moved)
        return
    assert sum(each.hundredths for each in found.each) + found.together == found.total
    assert outcome.percent is not None
    assert outcome.percent_before is not None
    assert found.total == hundredths_of(outcome.percent) - hundredths_of(outcome.percent_before)
    if len(found.each) == 1:
        assert found.together == 0


@pytest.fixture(scope="module")
def example_ground(example_file) -> Ground:  # type: ignore[no-untyped-def]
    with Workspace.open(example_file, read_only=True) as workspace, workspace.reading() as session:
        return lay_out(session, 1, 2026)


def test_scenarios_stand_beside_each_other_line_by_line(opened: Workspace) -> None:
    with opened.reading() as session, pytest.raises(UsageProblem):
        scenarios_beside(session, 1, 2026, Variant.TOTAL_REVENUE)
    save_scenario(
        opened, DEFAULT_ACTOR, 1, 2026, "Аренда", Variant.TOTAL_REVENUE,
        [percent(LEASES, 500), percent("1/04/9", 100)], " Со слов землемера ",
    )  # fmt: skip
    save_scenario(
        opened, DEFAULT_ACTOR, 1, 2026, "Транспорт", Variant.TOTAL_REVENUE,
        [percent(VEHICLES, 100), percent(LEASES, 100), percent(PLANTING, -100, Section.EXPENDITURE)],
    )  # fmt: skip
    with opened.reading() as session:
        assert scenarios(session, 1, 2026)[0].note == "Со слов землемера"
        beside = scenarios_beside(session, 1, 2026, Variant.TOTAL_REVENUE)
    assert [row.line.line for row in beside.rows] == [VEHICLES, LEASES, PLANTING]
    vehicles, leases, planting = beside.rows
    assert vehicles.cells[0] is None
    assert vehicles.cells[1] is not None
    assert (vehicles.cells[1].amount, vehicles.cells[1].hundredths) == (from_plain("11495"), 71)
    assert all(leases.cells)
    assert planting.cells[1] is not None
    assert planting.cells[1].change < 0
    assert planting.cells[1].hundredths == 0
    assert len(beside.columns[0].outcome.lost) == 1  # 1/04/9 is no line of this budget
    summary = {row.name.removeprefix("ratio.scenarios."): row for row in beside.summary()}
    for place, column in enumerate(beside.columns):
        alone = sum(cell.hundredths or 0 for row in beside.rows if (cell := row.cells[place]) is not None)
        together, total = summary["together"].hundredths[place], summary["ratio"].hundredths[place]
        assert together is not None
        assert alone + together == total
        assert summary["ratio"].each[place] == column.outcome.percent
    assert summary["ratio"].now == Fraction(from_plain("26112.9") * 100, from_plain("110952.9"))
    assert summary["balance"].now == 0
    assert summary["balance"].each[1] == beside.columns[1].outcome.balance > 0


def test_the_paper_holds_the_same_numbers(opened: Workspace) -> None:
    for number in range(1, 5):
        save_scenario(
            opened, DEFAULT_ACTOR, 1, 2026, f"Сценарий {number}", Variant.TOTAL_REVENUE,
            [percent(VEHICLES, 100 * number)], f"Примечание {number}",
        )  # fmt: skip
    with opened.reading() as session:
        [paper] = build("ratio_scenarios", session, 1, 2026, DocLanguage.RU)
        beside = scenarios_beside(session, 1, 2026, Variant.TOTAL_REVENUE)
    [chart] = [block for block in paper.blocks if isinstance(block, Chart)]
    assert chart.categories == ("Сейчас", *(f"{n}. Сценарий {n}" for n in range(1, 5)))
    assert chart.series[0].values[:2] == ("23.5", "24.2")
    assert set(chart.series[1].values) == {"33.0"}
    assert chart.text_equivalent.count("уровень") == 4
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert [len(table.columns) for table in tables] == [9, 5]  # three at once, then the fourth
    words = repr(paper.blocks)
    assert "1. Сценарий 1: Примечание 1" in words
    assert len(beside.columns) == 4

"""Last year's amounts with a percentage."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.copying import CopyYear, SourceLine, source_lines
from akimat_desk.budget.drafts.edits import AddLine
from akimat_desk.core.language import Language
from akimat_desk.core.money import DECISION_STEP
from tests.budget.drafts.sheets import costs, do, empty, key, revenue


def test_the_innermost_lines_are_copied_under_the_codes_of_the_year() -> None:
    before = empty((2025, 2026, 2027))
    for code, amount in (("1/01/2", "1240"), ("4/02/3", "84840,5")):
        do(before, AddLine(revenue(code), ((2025, amount),)))
    do(before, AddLine(costs("07/3/124/008"), ((2025, "8120"),)))
    lines = source_lines(before.year_budget(0).lines)
    assert {str(line.code) for line in lines} == {"1/01/2", "4/02/3", "07/3/124/008"}
    sheet = empty()
    step = do(sheet, CopyYear(2025, 2026, Decimal("105.5"), lines))
    assert step.name.text(Language.RU) == "копия с 2025 года, 105,5 % → 2026"
    # Transfers moved from 4 to 5 in 2026; 84 840,5 × 105,5 % = 89 506,7275.
    assert sheet.value(key("5/02/3"), 2026) == 89506_70000
    assert sheet.value(key("1/01/2"), 2026) == 1308_20000
    node = sheet.node(key("1/01/2"))
    assert node is not None
    assert node.origin(0) is Origin.ESTIMATED
    assert sheet.node(key("4/02/3")) is None


def test_only_the_chosen_branches() -> None:
    lines = (
        SourceLine(revenue("1/01/2"), "", 10_000),
        SourceLine(costs("07/3/124/008"), "", 20_000),
        SourceLine(costs("01/1/124/001"), "", 30_000),
    )
    sheet = empty()
    do(sheet, CopyYear(2026, 2027, Decimal(100), lines, frozenset({costs("07"), revenue("1")})))
    assert sheet.value(key("1/01/2"), 2027) == 10_000
    assert sheet.value(key("07/3/124/008"), 2027) == 20_000
    assert sheet.node(key("01/1/124/001")) is None


@given(st.integers(-(10**12), 10**12), st.decimals(0, 1000, places=2))
def test_amounts_are_rounded_half_up_to_the_step(amount: int, percent: Decimal) -> None:
    sheet = empty()
    do(sheet, CopyYear(2026, 2027, percent, (SourceLine(revenue("1/01/2"), "", amount),)))
    got = sheet.value(key("1/01/2"), 2027)
    assert got is not None
    assert got % DECISION_STEP == 0
    assert abs(got * 100 - amount * percent) <= DECISION_STEP * 50

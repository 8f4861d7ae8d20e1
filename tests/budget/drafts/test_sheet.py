"""The arithmetic of a draft's sheet: whatever is done to it, its sums are those of its lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.balance_lines import check_lines
from akimat_desk.budget.drafts.edits import (
    AddFigure,
    AddLine,
    Amount,
    Edit,
    RemoveLines,
    SetAmounts,
    SetNote,
)
from akimat_desk.budget.drafts.history import KEPT_STEPS, History
from akimat_desk.budget.drafts.kept_steps import pack_step, unpack_step
from akimat_desk.budget.drafts.retyping import RetypeCode
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Severity
from akimat_desk.core.language import Language
from tests.budget.drafts.sheets import STAMP, YEARS, again, costs, do, empty, key, revenue, state

CODES = (
    "1", "1/01", "1/01/2", "1/04/1", "1/04/3", "2/01/5", "3/03/1", "5/02/3",
    "01", "01/1/124/001", "01/1/124/022", "07/3/124", "07/3/124/008", "07/3/124/011", "15/1/124/048",
    "4/02/3", "77/1/124/001",
)  # fmt: skip
ROWS = ("=balances_used", "=loans_in", "=loans_repaid", "=budget_credits", "=credit_repayments",
        "=fin_assets_purchase", "=fin_assets_sale")  # fmt: skip
TEXTS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.integers(0, 5).map(lambda n: n * 10_000),  # so that sums meet now and then
    st.none(),
    st.sampled_from(["12,5", "abc", "1 000 тенге", "9" * 20, "0,123456", ""]),
)


def code_of(text: str):  # type: ignore[no-untyped-def]
    return revenue(text) if len(text.split("/")[0]) == 1 else costs(text)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, object]:
    which = draw(
        st.sampled_from(
            ["amount", "amount", "amount", "add", "row", "remove", "note", "many", "total", "retype"]
        )
    )
    line = draw(st.sampled_from(CODES + ROWS))
    year = draw(st.sampled_from(YEARS))
    return which, (line, year, draw(TEXTS), draw(st.sampled_from(CODES)))


def made(sheet: DraftSheet, which: str, content: tuple[str, int, object, str]) -> Edit | None:
    """The drawn edit, where this sheet has the lines for it."""
    line, year, given_, other = content
    there = sheet.node(key(line)) is not None
    match which:
        case "add" if not line.startswith("="):
            return AddLine(code_of(line), ((year, given_),))  # type: ignore[arg-type]
        case "row" if line.startswith("="):
            return AddFigure(Figure(line[1:]))
        case "amount" if there:
            return SetAmounts((Amount(key(line), year, given_),))  # type: ignore[arg-type]
        case "total":
            return SetAmounts((Amount(key("1").__class__(Section.EXPENDITURE), year, given_),))  # type: ignore[arg-type]
        case "many":
            known = [each for each in (line, other) if sheet.node(key(each)) is not None]
            return SetAmounts(tuple(Amount(key(each), y, given_) for each in known for y in YEARS))  # type: ignore[arg-type]
        case "remove" if there:
            return RemoveLines((key(line),))
        case "note" if there:
            return SetNote(key(line), "себебі: хат" if year == YEARS[0] else "")
        case "retype" if there and not line.startswith("="):
            edit = RetypeCode(key(line), code_of(other))
            try:
                edit.plan(sheet, STAMP)
            except UsageProblem:  # of another section, there already: said, nothing changed
                return None
            return edit
    return None


@given(st.lists(edits(), max_size=25))
def test_sums_and_findings_equal_a_full_reckoning_and_undo_leads_back(
    drawn: list[tuple[str, tuple[str, int, object, str]]],
) -> None:
    sheet, history = empty(), History()
    states = [state(sheet)]
    for which, content in drawn:
        edit = made(sheet, which, content)
        if edit is None:
            continue
        step = edit.plan(sheet, STAMP)
        if not step.changes:
            continue
        sheet.apply(step, STAMP)
        assert unpack_step(pack_step(step)) == step
        history.push(step)
        states.append(state(sheet))
        assert state(again(sheet)) == states[-1]
    for before in reversed(states[:-1]):
        step = history.undo()
        assert step is not None
        sheet.apply(step, STAMP)
        assert state(sheet) == before
    for after in states[1:]:
        step = history.redo()
        assert step is not None
        sheet.apply(step, STAMP)
        assert state(sheet) == after
    assert history.redo() is None


@given(st.lists(edits(), max_size=15))
def test_live_findings_are_those_of_the_finished_lines(
    drawn: list[tuple[str, tuple[str, int, object, str]]],
) -> None:
    """What is said while typing is what an adopted annex of the same lines is told."""
    sheet = empty()
    for which, content in drawn:
        edit = made(sheet, which, content)
        if edit is not None:
            do(sheet, edit)
    live = {
        (f.where.year, f.where.section, f.where.code, f.where.figure, f.difference)
        for f in sheet.findings()
        if (f.code.startswith("balance.") and f.code != "balance.step") or f.code == "draft.both_typed"
    }
    after = set()
    for index, year in enumerate(YEARS):
        for f in check_lines(sheet.year_budget(index).lines, sheet.place(index)):
            if f.code != "balance.step":  # while typing it is said of the typed amount only
                after.add((year, f.where.section, f.where.code, f.where.figure, f.difference))
    assert live == after


def test_a_small_budget_balances_as_it_is_typed() -> None:
    sheet = empty()
    for code, amount in (("1/01/2", "1 240,0"), ("5/02/3", "84840"), ("01/1/124/001", "87 925,3")):
        do(sheet, AddLine(code_of(code), ((2026, amount),)))
    assert [node.key.line for node in sheet.nodes()][:8] == [
        "", "1", "1/01", "1/01/2", "5", "5/02", "5/02/3", ""
    ]  # fmt: skip
    figures = sheet.figures(0)
    assert figures[Figure.REVENUE_TOTAL] == 86080_00000
    assert figures[Figure.DEFICIT] == -1845_30000
    assert figures[Figure.DEFICIT_FINANCING] == 1845_30000
    assert [f.code for f in sheet.findings()] == ["draft.no_sources"]
    do(sheet, AddFigure(Figure.BALANCES_USED))
    do(sheet, SetAmounts((Amount(key("=balances_used"), 2026, "1845,3"),)))
    assert sheet.findings() == []
    # Other years say nothing: empty is not zero.
    assert all(amount is None for amount in sheet.figures(1).values())


def test_a_sum_typed_beside_its_parts_is_marked_and_the_rest_is_kept() -> None:
    sheet = empty()
    do(sheet, AddLine(revenue("1/04/1"), ((2026, "443"),)))
    do(sheet, AddLine(revenue("1/04/4"), ((2026, "4600"),)))
    do(sheet, SetAmounts((Amount(key("1/04"), 2026, "4850"),)))
    found = [f for f in sheet.findings() if f.severity is Severity.ERROR]
    assert [(f.code, f.where.code, f.difference) for f in found] == [
        ("draft.both_typed", "1/04", (4850 - 5043) * 100_000)
    ]
    assert "5 043" in found[0].message(Language.RU).replace("\N{NO-BREAK SPACE}", " ")
    do(sheet, SetAmounts((Amount(key("1/04"), 2026, None),)))
    assert sheet.findings() == []
    assert sheet.value(key("1/04"), 2026) == 5043_00000


def test_what_is_pasted_with_its_parts_and_equals_them_is_computed() -> None:
    sheet = empty()
    do(sheet, AddLine(revenue("1/04/1")))
    do(sheet, SetAmounts((Amount(key("1/04"), 2026, "443"), Amount(key("1/04/1"), 2026, "443"))))
    assert sheet.findings() == []
    do(sheet, SetAmounts((Amount(key("1/04/1"), 2026, "500"),)))
    assert sheet.value(key("1/04"), 2026) == 500_00000


def test_codes_of_another_year_are_named_with_what_they_became() -> None:
    sheet = empty()
    do(sheet, AddLine(revenue("4/02/3"), ((2026, "84840"),)))
    found = next(f for f in sheet.findings() if f.code == "draft.code_other_year")
    assert "5\N{NO-BREAK SPACE}02\N{NO-BREAK SPACE}3" in found.message(Language.RU)
    assert sheet.value(key("4/02/3"), 2026) == 84840_00000
    do(sheet, AddLine(costs("77/1/124/001"), ((2026, "1"),)))
    assert "draft.code_unknown" in {f.code for f in sheet.findings()}


def test_lines_move_under_a_parent_that_appears() -> None:
    sheet = empty()
    do(sheet, AddLine(revenue("1/04/4"), ((2026, "5"),)))
    do(sheet, AddLine(revenue("1/04/1"), ((2026, "3"),)))
    do(sheet, RemoveLines((key("1/04/1"),)))
    parent = sheet.node(key("1/04"))
    assert parent is not None
    assert [child.key.line for child in parent.children] == ["1/04/4"]
    do(sheet, RemoveLines((key("1/04/4"),)))
    assert [node.key.line for node in sheet.nodes()] == [""] * 6


def test_undo_reaches_back_far_enough_and_is_named() -> None:
    sheet, history = empty(), History()
    do(sheet, AddLine(revenue("1/04/1")))
    for number in range(KEPT_STEPS + 5):
        step = SetAmounts((Amount(key("1/04/1"), 2026, number * 10_000),)).plan(sheet, STAMP)
        sheet.apply(step, STAMP)
        history.push(step)
    assert history.undo_name is not None
    assert history.undo_name.text(Language.RU) == "сумма 1\N{NO-BREAK SPACE}04\N{NO-BREAK SPACE}1, 2026"
    undone = 0
    while (step := history.undo()) is not None:
        sheet.apply(step, STAMP)
        undone += 1
    assert undone == KEPT_STEPS >= 30


def test_a_code_is_retyped_with_its_amounts_and_what_stands_under_it() -> None:
    sheet = empty()
    do(sheet, AddLine(costs("07/3/124/008"), ((2026, "8120"), (2027, "8300"))))
    do(sheet, SetNote(key("07/3/124/008"), "хат"))
    before = state(sheet)
    step = do(sheet, RetypeCode(key("07/3/124/008"), costs("07/3/124/011")))
    assert sheet.node(key("07/3/124/008")) is None
    node = sheet.node(key("07/3/124/011"))
    assert node is not None
    assert node.note is not None
    assert sheet.value(key("07/3/124/011"), 2027) == 8300_00000
    assert sheet.value(key("07"), 2026) == 8120_00000
    assert state(again(sheet)) == state(sheet)
    sheet.apply(step.inverse(), STAMP)
    assert state(sheet) == before
    # A whole branch keeps the rest of its codes.
    do(sheet, RetypeCode(key("07"), costs("08")))
    assert sheet.value(key("08/3/124/008"), 2026) == 8120_00000
    assert sheet.node(key("07")) is None
    assert state(again(sheet)) == state(sheet)


def test_a_code_that_cannot_be_retyped_is_refused_in_words() -> None:
    sheet = empty()
    do(sheet, AddLine(costs("07/3/124/008"), ((2026, "1"),)))
    do(sheet, AddLine(costs("07/3/124/011"), ((2026, "1"),)))
    do(sheet, AddFigure(Figure.BALANCES_USED))
    for line, code, words in (
        ("07/3/124/008", costs("07/3/124/011"), "уже есть"),
        ("07/3/124/008", revenue("1/04/1"), "не из этого раздела"),
        ("07/3", costs("08"), "того же уровня"),
        ("=balances_used", costs("07/3/124/009"), "нет кода"),
    ):
        with pytest.raises(UsageProblem) as refusal:
            RetypeCode(key(line), code).plan(sheet, STAMP)
        assert words in refusal.value.text(Language.RU)

"""Lines of several budgets brought together: one row for one line, whatever digits are printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.comparing.rows import Row, bring_together, percent_of
from akimat_desk.budget.figures import SECTION_TOTAL, Figure, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.views import (
    Basis,
    BudgetView,
    DecisionKind,
    DecisionSummary,
    DocumentState,
    Stage,
)
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import DECISION_STEP, from_plain


def receipt(code: str, amount: str | None, kind: LineKind, figure: Figure | None = None) -> BudgetLine:
    tiyn = None if amount is None else from_plain(amount)
    return BudgetLine(Section.REVENUE, RevenueCode(*code.split("/")), Trilingual(), tiyn, kind, figure)


def cost(code: str, amount: str | None) -> BudgetLine:
    tiyn = None if amount is None else from_plain(amount)
    return BudgetLine(
        Section.EXPENDITURE, ExpenditureCode(*code.split("/")), Trilingual(), tiyn, LineKind.EXPENDITURE
    )


def budget(year: int, *lines: BudgetLine, decided: int | None = None, **figures: str) -> BudgetView:
    made = no_figures() | {Figure(name): from_plain(amount) for name, amount in figures.items()}
    decision = DecisionSummary(
        id=year,
        unit_id=1,
        kind=DecisionKind.DECISION,
        state=DocumentState.CONFIRMED,
        number="1",
        date=dt.date(decided or year - 1, 12, 20),
        effective_date=None,
        first_year=year,
        years=(year,),
        edition=0,
        title="",
        language=Language.KK,
    )
    return BudgetView(
        1, Trilingual("Үлгі"), year, Stage.APPROVED, Basis.DECISION, decision, made, lines=tuple(lines)
    )


def row_of(rows: tuple[Row, ...], code: str) -> Row:
    [found] = [row for row in rows if row.code is not None and str(row.code) == code]
    return found


def test_transfers_of_2025_and_of_2026_are_one_row() -> None:
    before = budget(
        2025,
        receipt("4", "100", LineKind.TRANSFERS, Figure.TRANSFERS),
        receipt("4/02/3", "100", LineKind.TRANSFERS),
    )
    after = budget(
        2026,
        receipt("5", "130", LineKind.TRANSFERS, Figure.TRANSFERS),
        receipt("5/02/3", "130", LineKind.TRANSFERS),
    )
    rows = bring_together((before, after))
    transfers = row_of(rows, "5")
    assert transfers.codes == (RevenueCode("4"), RevenueCode("5"))
    assert transfers.difference(0, 1) == from_plain("30")
    assert transfers.percent(0, 1) == Decimal("130.0")
    inner = row_of(rows, "5/02/3")
    assert inner.codes[0] == RevenueCode("4", "02", "3")
    assert rows[inner.above or 0] is transfers


def test_an_outer_year_printed_with_the_old_digits_is_the_same_line_too() -> None:
    old_paper = budget(2026, receipt("4", "100", LineKind.TRANSFERS, Figure.TRANSFERS), decided=2023)
    new_paper = budget(2026, receipt("5", "90", LineKind.TRANSFERS, Figure.TRANSFERS))
    rows = bring_together((old_paper, new_paper))
    assert row_of(rows, "5").amounts == (from_plain("100"), from_plain("90"))


def test_special_receipts_of_2026_are_not_the_transfers_of_2025() -> None:
    before = budget(2025, receipt("4", "100", LineKind.TRANSFERS, Figure.TRANSFERS))
    after = budget(
        2026,
        receipt("4", "7", LineKind.SPECIAL_RECEIPTS, Figure.SPECIAL_RECEIPTS),
        receipt("5", "90", LineKind.TRANSFERS, Figure.TRANSFERS),
    )
    rows = bring_together((before, after))
    assert row_of(rows, "4").amounts == (None, from_plain("7"))
    assert row_of(rows, "4").difference(0, 1) == from_plain("7")
    assert row_of(rows, "5").amounts == (from_plain("100"), from_plain("90"))


def test_a_line_that_a_paper_left_out_is_nil_there_and_a_detail_it_does_not_print_is_unknown() -> None:
    lean = budget(2026, cost("01", "10"), cost("07", "20"))
    full = budget(2026, cost("01", "10"), cost("01/1/124/001", "10"), cost("07", "20"), cost("08", "5"))
    rows = bring_together((lean, full))
    assert row_of(rows, "08").difference(0, 1) == from_plain("5")
    assert row_of(rows, "01/1/124/001").difference(0, 1) is None
    assert row_of(rows, "01/1/124/001").differs(0, 1)
    assert row_of(rows, "01").differs(0, 1) is False


def test_an_unreadable_amount_is_never_nil() -> None:
    rows = bring_together((budget(2026, cost("01", None), cost("07", "1")), budget(2026, cost("01", "3"))))
    assert row_of(rows, "01").difference(0, 1) is None
    assert row_of(rows, "01").percent(0, 1) is None


def test_an_act_without_subgroups_is_brought_onto_those_of_the_other() -> None:
    bare = budget(2026, cost("08", "5"), cost("08//124", "5"), cost("08//124/006", "5"))
    whole = budget(2026, cost("08", "6"), cost("08/1", "6"), cost("08/1/124", "6"), cost("08/1/124/006", "6"))
    rows = bring_together((bare, whole))
    assert row_of(rows, "08/1/124/006").difference(0, 1) == from_plain("1")
    assert [row.depth for row in rows] == [0, 1, 2, 3, 4]


def test_a_text_alone_stands_beside_an_annex() -> None:
    text = budget(2025, revenue_total="100", tax="40", transfers="60", costs="100")
    lines = budget(
        2026,
        receipt("1", "50", LineKind.TAX, Figure.TAX),
        receipt("1/04", "50", LineKind.TAX),
        receipt("5", "60", LineKind.TRANSFERS, Figure.TRANSFERS),
        revenue_total="110",
    )
    rows = bring_together((text, lines))
    assert row_of(rows, "1").difference(0, 1) == from_plain("10")
    assert row_of(rows, "1/04").difference(0, 1) is None
    total = next(row for row in rows if row.figure is Figure.REVENUE_TOTAL)
    assert total.difference(0, 1) == from_plain("10")
    costs = next(row for row in rows if row.figure is Figure.COSTS)
    assert costs.difference(0, 1) is None  # the annex's side does not state its costs


def test_three_editions_and_a_year_that_one_does_not_cover() -> None:
    rows = bring_together((None, budget(2026, cost("01", "1")), budget(2026, cost("01", "4"))))
    assert row_of(rows, "01").amounts == (None, from_plain("1"), from_plain("4"))
    assert row_of(rows, "01").difference(1, 2) == from_plain("3")


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [(100, 125, "125.0"), (3, 1, "33.3"), (8, 0, "0.0"), (-4, -2, "50.0"), (0, 5, None), (-4, 2, None),
     (None, 5, None), (5, None, None)],
)  # fmt: skip
def test_per_cent(before: int | None, after: int | None, percent: str | None) -> None:
    assert percent_of(before, after) == (None if percent is None else Decimal(percent))


AMOUNTS = st.dictionaries(
    st.sampled_from(["01/1/124/001", "01/1/124/022", "07/3/124/008", "07/3/124/009", "08/1/124/006"]),
    st.integers(0, 10**6).map(lambda steps: steps * DECISION_STEP),
    min_size=1,
)


def _whole(amounts: dict[str, int]) -> BudgetView:
    """A budget whose parents are the sums of their programs."""
    sums: dict[str, int] = {}
    for code, amount in amounts.items():
        parts = code.split("/")
        for depth in range(1, 5):
            upper = "/".join(parts[:depth])
            sums[upper] = sums.get(upper, 0) + amount
    lines = [replace(cost(code, "0"), amount=amount) for code, amount in sorted(sums.items())]
    view = budget(2026, *lines)
    view.figures[Figure.COSTS] = sum(amounts.values())
    return view


@given(AMOUNTS, AMOUNTS)
def test_differences_of_the_parts_add_up_to_that_of_their_total(
    before: dict[str, int], after: dict[str, int]
) -> None:
    rows = bring_together((_whole(before), _whole(after)))
    for place, row in enumerate(rows):
        parts = [other for other in rows if other.above == place]
        if parts and row.section is Section.EXPENDITURE:
            assert row.difference(0, 1) == sum(part.difference(0, 1) or 0 for part in parts)
    [total] = [row for row in rows if row.figure is SECTION_TOTAL[Section.EXPENDITURE]]
    assert total.difference(0, 1) == sum(after.values()) - sum(before.values())


@given(AMOUNTS, AMOUNTS)
def test_left_and_right_may_change_places(before: dict[str, int], after: dict[str, int]) -> None:
    there = bring_together((_whole(before), _whole(after)))
    back = bring_together((_whole(after), _whole(before)))
    forth = {row.code: row.difference(0, 1) for row in there}
    assert forth == {row.code: -(row.difference(0, 1) or 0) for row in back}

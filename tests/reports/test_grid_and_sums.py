"""Where cells stand, what they show, and which sums live."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.money import from_plain
from akimat_desk.reports.document import AmountCell, Column, Elsewhere, PercentCell, Row, Table, TextCell
from akimat_desk.reports.grid import head_of, place, shown, shown_decimal
from akimat_desk.reports.sums import Address, Sum, living_sums
from tests.reports import samples


def column(*amounts: AmountCell) -> Table:
    return Table((Column(1), Column(1)), (), tuple(Row((TextCell("x"), amount)) for amount in amounts))


def test_a_staircase_stands_on_its_steps() -> None:
    head = samples.staircase(("Санаты", "Сыныбы", "Кіші сыныбы", "Атауы"), "Сомасы")
    table = Table(tuple(Column(1) for _ in range(5)), head, ())
    placed = {
        shown(cell.cell): (cell.row, cell.column, cell.rowspan, cell.colspan)
        for row in head_of(table)
        for cell in row
    }
    assert placed["Санаты"] == (0, 0, 1, 4)
    assert placed["Сыныбы"] == (1, 1, 1, 3)
    assert placed["Атауы"] == (3, 3, 1, 1)
    assert placed["Сомасы"] == (0, 4, 4, 1)
    assert placed["5"] == (4, 4, 1, 1)


@pytest.mark.parametrize(
    "rows",
    [
        [[TextCell("a")]],  # too few
        [[TextCell("a"), TextCell("b"), TextCell("c")]],  # too many
        [[TextCell("a", colspan=3)]],
        [[TextCell("a", rowspan=2), TextCell("b")]],  # reaches below the table
        [[TextCell("a", rowspan=2), TextCell("b")], [TextCell("c", colspan=2)]],  # over a cell from above
    ],
)
def test_a_row_that_does_not_fill_its_table_is_refused(rows: list[list[TextCell]]) -> None:
    with pytest.raises(ValueError, match="row"):
        place(rows, 2)


def test_what_cells_show() -> None:
    assert shown(TextCell("01")) == "01"
    assert shown(AmountCell(from_plain("46633.1"))) == "46\xa0633,1"
    assert shown(AmountCell(from_plain("-3623"))) == "-3\xa0623,0"
    assert shown(AmountCell(None)) == ""
    assert shown(PercentCell("33.0")) == "33,0"
    assert shown(PercentCell(None)) == ""
    assert shown_decimal("-1234567.25") == "-1\xa0234\xa0567,25"


def test_only_right_sums_live() -> None:
    right = column(AmountCell(30, (1, 2)), AmountCell(10), AmountCell(20))
    wrong = column(AmountCell(31, (1, 2)), AmountCell(10), AmountCell(20))
    assert living_sums([right]) == {Address(0, 0, 1): Sum((Address(0, 1, 1), Address(0, 2, 1)), ())}
    assert living_sums([wrong]) == {}


def test_what_is_not_stated_is_no_zero() -> None:
    unknown = column(AmountCell(0, (1,)), AmountCell(None))
    total_unknown = column(AmountCell(None, (1,)), AmountCell(5))
    partly = column(AmountCell(5, (1, 2)), AmountCell(5), AmountCell(None))
    assert living_sums([unknown]) == {}
    assert living_sums([total_unknown]) == {}
    assert list(living_sums([partly])) == [Address(0, 0, 1)]


def test_the_deficit_is_made_of_two_tables() -> None:
    document = samples.annex()
    tables = [block for block in document.blocks if isinstance(block, Table)]
    sums = living_sums(tables)
    deficit = next(
        index
        for index, row in enumerate(tables[1].rows)
        if isinstance(row.cells[-1], AmountCell) and Elsewhere(-1, 0) in row.cells[-1].sum_of
    )
    found = sums[Address(1, deficit, 5)]
    assert found.plus == (Address(0, 0, 4),)
    assert len(found.minus) == 3


def test_a_sum_of_itself_and_a_sum_of_words_are_faults() -> None:
    with pytest.raises(ValueError, match="own sum"):
        living_sums([column(AmountCell(5, (1,)), AmountCell(5, (0,)))])
    words = Table((Column(1),), (), (Row((AmountCell(1, (1,)),)), Row((TextCell("x"),))))
    with pytest.raises(ValueError, match="no amount"):
        living_sums([words])
    with pytest.raises(ValueError, match="no table"):
        living_sums([column(AmountCell(5, (Elsewhere(-1, 0),)))])


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30), st.integers(-3, 3))
def test_a_sum_lives_exactly_when_it_is_right(parts: list[int], off: int) -> None:
    total = AmountCell(sum(parts) + off, tuple(range(1, len(parts) + 1)))
    table = column(total, *(AmountCell(part) for part in parts))
    assert bool(living_sums([table])) == (off == 0)
    minus = column(replace(total, sum_of=(), minus=total.sum_of, tiyn=-sum(parts)), *map(AmountCell, parts))
    assert living_sums([minus])

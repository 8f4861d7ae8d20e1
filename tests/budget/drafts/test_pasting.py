"""Blocks from Excel and LibreOffice: which column is what, and which line a row means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.drafts.clipboard import MOST_ROWS, read_block, write_block
from akimat_desk.budget.drafts.pasting import PastedRow, PasteRows, columns_of, understand
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.figures import Figure
from akimat_desk.core.errors import InputRefused
from tests.budget.drafts.sheets import do, empty, key

ANNEX = (
    "Категория\t\t\t\t\n"
    "\tКласс\t\t\t\n"
    "\t\tПодкласс\t\t\n"
    "\t\t\tНаименование\t2026 год\n"
    "1\t2\t3\t4\t5\n"
    "\t\t\tI. Доходы\t86 080,0\n"
    "1\t\t\tНалоговые поступления\t1 240,0\n"
    "\t01\t\tПодоходный налог\t1 240,0\n"
    "\t\t2\tИндивидуальный подоходный налог\t1 240,0\n"
    "5\t\t\tПоступления трансфертов\t84 840,0\n"
    "\t02\t\tТрансферты из вышестоящих органов государственного управления\t84 840,0\n"
    "\t\t3\tТрансферты из районного (города областного значения) бюджета\t84 840,0\n"
)


def pasted(sheet: DraftSheet, text: str, *, among_codes: bool = False, html: str = "") -> list[PastedRow]:
    block = read_block(text, html)
    columns = columns_of(block, sheet, sheet.years[0], among_codes=among_codes)
    rows = understand(block, columns, sheet)
    do(sheet, PasteRows(rows))
    return list(rows)


def test_a_whole_annex_with_stairs_of_codes() -> None:
    sheet = empty()
    rows = pasted(sheet, ANNEX)
    assert [row.record.key.line if row.record else None for row in rows] == [
        "", "1", "1/01", "1/01/2", "5", "5/02", "5/02/3"
    ]  # fmt: skip
    assert sheet.figures(0)[Figure.REVENUE_TOTAL] == 86080_00000
    # Parents came with their parts and equal them: they are computed from now on.
    assert all(node.cells[0] is None for node in sheet.nodes() if node.children)
    assert sheet.findings() == []


@pytest.mark.parametrize(
    "text",
    [
        "1/01/2\t1240\t1300\n07/3/124/008\t8120\t\n",
        "1 01 2\tИПН\t1240\t1300\n07 3 124 008\tОсвещение\t8120\t\n",
        (
            "1\t01\t2\t\tИндивидуальный подоходный налог\t1240\t1300\n"
            "07\t3\t124\t008\tОсвещение улиц в населенных пунктах\t8120\t\n"
        ),
        # Excel took the zeros away.
        (
            "1\t1\t2\t\tИндивидуальный подоходный налог\t1240\t1300\n"
            "7\t3\t124\t8\tОсвещение улиц в населенных пунктах\t8120\t\n"
        ),
        "Жеке табыс салығы\t1240\t1300\nЕлді мекендердегі көшелерді жарықтандыру\t8120\t\n",
        "Individual income tax\t1240\t1300\nОсвещение улиц в населённых пунктах\t8120\t\n",
    ],
)
def test_codes_and_names_in_every_manner(text: str) -> None:
    sheet = empty()
    pasted(sheet, text)
    assert sheet.value(key("1/01/2"), 2026) == 1240_00000
    assert sheet.value(key("1/01/2"), 2027) == 1300_00000
    assert sheet.value(key("07/3/124/008"), 2026) == 8120_00000
    assert sheet.value(key("07/3/124/008"), 2027) is None


def test_bare_numbers_are_codes_only_among_the_codes() -> None:
    sheet = empty()
    block = read_block("1\t04\t1\t443\n1\t04\t4\t4600\n")
    assert columns_of(block, sheet, 2026, among_codes=True).codes == (0, 1, 2)
    amounts = read_block("443\t450\n4600\t4700\n")
    assert columns_of(amounts, sheet, 2026).is_amounts_only


def test_a_name_that_several_lines_bear_is_asked_about() -> None:
    sheet = empty()
    rows = pasted(sheet, "Трансферты\t35,3\nНет такой строки вовсе\t12\n")
    assert [row.record for row in rows] == [None, None]
    assert len(rows[0].offered) > 1
    assert len(list(sheet.nodes())) == 6


def test_rows_of_the_financing_and_totals_that_disagree() -> None:
    sheet = empty()
    pasted(
        sheet,
        "1/01/2\t1240\nII. Затраты\t3000\n01/1/124/001\t2500\nИспользуемые остатки бюджетных средств\t1260\n",
    )
    found = [f for f in sheet.findings() if f.code == "draft.both_typed"]
    assert [(f.where.figure, f.difference) for f in found] == [("costs", 500_00000)]
    assert sheet.value(key("=balances_used"), 2026) == 1260_00000


def test_text_among_the_amounts_is_marked_and_the_rest_kept() -> None:
    sheet = empty()
    pasted(sheet, "1/04/1\tпо факту\n1/04/4\t4600\n1/05/3\t99999999999999999\n")
    refused = [f.where.code for f in sheet.findings() if f.code == "draft.amount_refused"]
    assert refused == ["1/04/1", "1/05/3"]
    assert sheet.value(key("1/04/4"), 2026) == 4600_00000


def test_a_head_may_name_the_years() -> None:
    sheet = empty()
    pasted(sheet, "Наименование\t2027 год\t2028 год\nИндивидуальный подоходный налог\t1\t2\n")
    assert [sheet.value(key("1/01/2"), year) for year in sheet.years] == [None, 1_00000, 2_00000]


def test_a_table_of_a_web_page() -> None:
    sheet = empty()
    html = (
        "<html><body><table><tr><td>1/04/1</td><td>443,0</td></tr><tr><td>1/04/4</td><td>7</td></tr></table>"
    )
    pasted(sheet, "", html=html)
    assert sheet.value(key("1/04/1"), 2026) == 443_00000


def test_a_whole_column_of_a_workbook_is_refused_in_words() -> None:
    with pytest.raises(InputRefused) as refused:
        read_block("1\n" * (MOST_ROWS + 1))
    assert str(MOST_ROWS) in str(refused.value)


@given(
    st.lists(st.lists(st.sampled_from(["", "a b", 'c"d', "1,5", "е\tё"]), min_size=2, max_size=2), min_size=1)
)
def test_what_is_copied_can_be_pasted(rows: list[list[str]]) -> None:
    rows.append(["end", "end"])
    assert read_block(write_block(rows)) == tuple(tuple(" ".join(c.split()) for c in row) for row in rows)


@given(st.text(max_size=200), st.text(max_size=100))
def test_any_clipboard_is_understood_or_left_out(text: str, html: str) -> None:
    sheet = empty()
    block = read_block(text, html)
    columns = columns_of(block, sheet, 2026, among_codes=True)
    do(sheet, PasteRows(understand(block, columns, sheet)))

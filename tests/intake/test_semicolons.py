"""Lines parted by semicolons, as Excel saves a sheet as text here, become tables; a text's own do not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.intake import Paragraph, SourceDocument, Table, read_pasted

WARNING = "warning.intake.semicolons"
ANNEX = """Категория;;;;Сумма (тысяч тенге)
;Класс;;;
;;Подкласс;;
;;;Наименование;
;;;I. Доходы;110,0
1;;;Налоговые поступления;10,0
;04;;Налоги на собственность;10,0
"""


def tables(document: SourceDocument) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in document.tables()]


def test_an_annex_saved_from_excel() -> None:
    document = read_pasted(f"Приложение 1\n\n{ANNEX}Конец")
    (rows,) = tables(document)
    assert rows[0] == ["Категория", "", "", "", "Сумма (тысяч тенге)"]
    assert rows[5] == ["1", "", "", "Налоговые поступления", "10,0"]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "Приложение 1",
        "Конец",
    ]
    assert [block.line for block in document.blocks] == [1, 3, 10]
    assert document.warnings == []


def test_a_flat_head_belongs_to_the_rows_below() -> None:
    (rows,) = tables(read_pasted("Код;Атауы;Сомасы\n1;Салықтық түсімдер;10\n4;Трансферттер;100"))
    assert rows == [
        ["Код", "Атауы", "Сомасы"],
        ["1", "Салықтық түсімдер", "10"],
        ["4", "Трансферттер", "100"],
    ]


def test_quotes_hold_semicolons_quotes_and_line_breaks() -> None:
    (rows,) = tables(read_pasted('1;"налоги; сборы";10\n2;"ТОО ""Дала""";20\n3;"первая\nвторая";30'))
    assert [row[1] for row in rows] == ["налоги; сборы", 'ТОО "Дала"', "первая \nвторая"]


@pytest.mark.parametrize(
    "prose",
    [
        "налоговые поступления – 10; неналоговые – 20; трансферты – 30;\nналоги – 1; сборы – 2; пени – 3;",
        "1) доходы;\n2) затраты;\n3) сальдо;",
        "решил: утвердить; направить; опубликовать;\nвторая строка; и ещё; одна;",
        'Совет "Ак; жол; ел\nвторая строка без конца',
    ],
)
def test_semicolons_of_a_text_make_no_table(prose: str) -> None:
    document = read_pasted(prose)
    assert tables(document) == []
    assert document.plain_text() == prose
    assert document.warnings == []


def test_a_quote_inside_a_cell_opens_nothing() -> None:
    (rows,) = tables(read_pasted('1;ТОО "Дала;10\n2;ТОО "Жер;20'))
    assert rows == [["1", 'ТОО "Дала', "10"], ["2", 'ТОО "Жер', "20"]]


def test_text_right_above_the_rows_stays_text() -> None:
    document = read_pasted(f"налоги – 10 тенге; сборы – 20 тенге; пени;\n{ANNEX}")
    assert isinstance(document.blocks[0], Paragraph)
    assert len(tables(document)[0]) == 7


def test_a_row_that_cannot_be_placed_is_said() -> None:
    document = read_pasted("Бюджет округа\nНалоги;04;1;10,0\nдалее текст")
    assert tables(document) == []
    assert document.warnings == [WARNING]
    assert all(text(WARNING, language) for language in Language)


CELLS = st.text('абвгқ ";,.\n0123456789', max_size=12).map(lambda cell: " ".join(cell.split(" ")).strip())


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=2, max_size=8))
def test_every_cell_of_a_saved_sheet_comes_back(rows: list[list[str]]) -> None:
    width = max(len(row) for row in rows)
    # A number ends every row, as in an annex; quotes hold whatever else stands in a cell.
    whole = [[*row, *[""] * (width - len(row)), str(at)] for at, row in enumerate(rows)]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\n").writerows(whole)
    (table,) = [block for block in read_pasted(buffer.getvalue()).blocks if isinstance(block, Table)]
    got = ["".join("".join(cell.text.split()) for cell in row) for row in table.rows]
    assert got == ["".join("".join(cell.split()) for cell in row) for row in whole]

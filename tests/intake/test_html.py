"""HTML: every table layout of the annexes, what is hidden, nested tables, Word's and Excel's pages."""

from __future__ import annotations

import pytest

from akimat_desk.core.errors import InputRefused
from akimat_desk.intake import FileKind, Limits, Paragraph, Table, read_bytes, read_pasted


def rows(table: Table) -> list[list[tuple[str, int, int, int]]]:
    return [[(cell.text, cell.column, cell.colspan, cell.rowspan) for cell in row] for row in table.rows]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Тақырып</title></head><body>{body}</body></html>"


HEADS_A = """<table>
<tr><td colspan="4">Категория</td><td rowspan="4">Сумма (тысяч тенге)</td></tr>
<tr><td></td><td colspan="3">Класс</td></tr>
<tr><td></td><td></td><td colspan="2">Подкласс</td></tr>
<tr><td></td><td></td><td></td><td>Наименование</td></tr>
"""
DATA = """<tr><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td></tr>
<tr>
<td></td>
<td></td>
<td></td>
<td>I. Доходы</td>
<td>64 684,0</td>
</tr>
<tr><td></td><td>01</td><td></td><td>Подоходный налог</td><td>100,0</td></tr>
</table>"""


def test_layout_a_a_staircase_of_heads() -> None:
    (table,) = read_pasted(page(HEADS_A + DATA)).tables()
    assert rows(table)[:4] == [
        [("Категория", 0, 4, 1), ("Сумма (тысяч тенге)", 4, 1, 4)],
        [("", 0, 1, 1), ("Класс", 1, 3, 1)],
        [("", 0, 1, 1), ("", 1, 1, 1), ("Подкласс", 2, 2, 1)],
        [("", 0, 1, 1), ("", 1, 1, 1), ("", 2, 1, 1), ("Наименование", 3, 1, 1)],
    ]
    assert texts(table)[5:] == [
        ["", "", "", "I. Доходы", "64 684,0"],
        ["", "01", "", "Подоходный налог", "100,0"],
    ]
    assert [cell.column for cell in table.rows[5]] == [0, 1, 2, 3, 4]


def test_layout_b_a_wide_subclass() -> None:
    source = """<table>
    <tr><td colspan="5">Категория</td><td rowspan="4">Сумма</td></tr>
    <tr><td></td><td colspan="4">Класс</td></tr>
    <tr><td></td><td></td><td colspan="3">Подкласс</td></tr>
    <tr><td></td><td></td><td></td><td colspan="2">Наименование</td></tr>
    <tr><td>1</td><td>2</td><td>3</td><td colspan="2">4</td><td>5</td></tr>
    <tr><td></td><td></td><td colspan="2">2</td><td>Налог</td><td>7,0</td></tr></table>"""
    (table,) = read_pasted(page(source)).tables()
    assert rows(table)[3] == [("", 0, 1, 1), ("", 1, 1, 1), ("", 2, 1, 1), ("Наименование", 3, 2, 1)]
    assert rows(table)[5] == [
        ("", 0, 1, 1),
        ("", 1, 1, 1),
        ("2", 2, 2, 1),
        ("Налог", 4, 1, 1),
        ("7,0", 5, 1, 1),
    ]


def test_layout_c_a_wide_sum_in_the_head_only() -> None:
    source = HEADS_A.replace('rowspan="4"', 'colspan="2" rowspan="4"') + DATA.replace(
        "<td>5</td>", '<td colspan="2">5</td>'
    )
    (table,) = read_pasted(page(source)).tables()
    assert rows(table)[0][1] == ("Сумма (тысяч тенге)", 4, 2, 4)
    assert [len(row) for row in table.rows] == [2, 2, 3, 4, 5, 5, 5]
    assert texts(table)[6] == ["", "01", "", "Подоходный налог", "100,0"]


def test_layout_d_spans_in_every_row() -> None:
    source = """<table>
    <tr><td colspan="8">Функциональная группа</td><td colspan="3" rowspan="2">Сумма</td></tr>
    <tr><td></td><td colspan="7">Функциональная подгруппа</td></tr>
    <tr><td>01</td><td>1</td><td colspan="2">124</td><td colspan="3">001</td><td>Аппа
рат акима</td><td colspan="3">38 000,0</td></tr></table>"""
    (table,) = read_pasted(page(source)).tables()
    assert [(cell.one_line, cell.column, cell.colspan) for cell in table.rows[2]] == [
        ("01", 0, 1), ("1", 1, 1), ("124", 2, 2), ("001", 4, 3), ("Аппарат акима", 7, 1), ("38 000,0", 8, 3),
    ]  # fmt: skip


def test_line_breaks_in_cells() -> None:
    source = (
        "<table><tr><td>\nАппа\nрат  акима\n</td><td>бюджеттік\n  бағдарлама</td>"
        "<td>Атауы<br>Наименование</td><td><p>бірінші</p>\n<p>екінші</p></td></tr>"
        "<tr><td>1</td><td>2</td><td>&nbsp;</td><td>4</td></tr></table>"
    )
    (table,) = read_pasted(page(source)).tables()
    assert texts(table) == [
        ["Аппа\nрат акима", "бюджеттік \nбағдарлама", "Атауы \nНаименование", "бірінші \nекінші"],
        ["1", "2", "", "4"],
    ]
    assert [cell.one_line for cell in table.rows[0]] == [
        "Аппарат акима", "бюджеттік бағдарлама", "Атауы Наименование", "бірінші екінші",
    ]  # fmt: skip


def test_word_wraps_the_lines_of_its_pages() -> None:
    source = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        '<meta http-equiv=Content-Type content="text/html; charset=windows-1251">'
        "<style>p {color: red}</style></head><body><p class=MsoNormal>1) доходы\n– 5<o:p></o:p></p>"
        "<table><tr><td>Налоговые\nпоступления</td><td>ж&#1241;не</td></tr><tr><td>a</td><td>b</td></tr></table>"
        "<del>было</del><ins>стало</ins></body></html>"
    )
    document = read_bytes(source.encode("cp1251"), "решение.doc")
    assert document.kind is FileKind.HTML
    first, table, last = document.blocks
    assert isinstance(table, Table)
    assert first.text == "1) доходы – 5"
    assert texts(table)[0] == ["Налоговые поступления", "және"]
    assert last.text == "стало"


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("windows-1251", "kz1048"),
        ("windows-1251", "utf-8"),
        ("kz-1048", "kz1048"),
        ("utf-8", "utf-8"),
        ("utf-8", "kz1048"),
        ("utf-16", "utf-16"),
        ("iso-8859-1", "utf-8"),
        ("zlib", "utf-8"),
    ],
)
def test_a_page_may_lie_about_its_encoding(label: str, encoding: str) -> None:
    text = "Ақбұлақ ауылдық округінің бюджеті: кірістер 184 163,4 мың теңге"
    source = f'<html><head><meta charset="{label}"></head><body><p>{text}</p></body></html>'
    document = read_bytes(source.encode(encoding), "бет.html")
    assert document.kind is FileKind.HTML
    assert document.plain_text() == text


def test_what_no_one_sees_is_not_read() -> None:
    source = page(
        "<script>1) доходы</script><style>x</style><!-- пікір --><noscript>н</noscript>"
        '<p style="Display : none">жасырын</p><div hidden><p>тағы</p></div><p>көрінеді</p>'
        "<table><tr><td>1</td><td style='display:none'>2</td><td>3</td></tr><tr hidden><td>4</td></tr>"
        "<tr><td>5</td><td>6</td><td>7</td></tr></table><select><option>таңда</option></select>"
    )
    document = read_pasted(source)
    paragraph, table = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert paragraph.text == "көрінеді"
    assert texts(table) == [["1", "", "3"], ["5", "6", "7"]]


def test_lines_lists_headings_and_preformatted_text() -> None:
    source = page(
        "<h2>Бас</h2><p>а<br/>б</p><ul><li>в</li><li>г</li></ul><div>д<p>е</p>ё</div><pre>ж\n  з</pre>и"
    )
    document = read_pasted(source)
    assert [block.text for block in document.blocks] == [
        "Бас",
        "а",
        "б",
        "в",
        "г",
        "д",
        "е",
        "ё",
        "ж",
        "з",
        "и",
    ]
    assert [block.heading for block in document.paragraphs()] == [True] + [False] * 10
    assert [block.line for block in document.blocks] == list(range(1, 12))


def test_a_table_that_lays_out_the_page_gives_its_content() -> None:
    source = page(
        "<table><tr><td>мәзір</td><td><p>1) кірістер – 5</p><table><tr><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr></table>соңы</td></tr></table>"
    )
    document = read_pasted(source)
    assert [block.text if isinstance(block, Paragraph) else texts(block) for block in document.blocks] == [
        "мәзір", "1) кірістер – 5", [["1", "2"], ["3", "4"]], "соңы",
    ]  # fmt: skip


def test_a_small_table_inside_a_cell_is_part_of_its_text() -> None:
    source = "<table><tr><td>а<table><tr><td>б</td></tr><tr><td>в</td></tr></table></td><td>г</td></tr>"
    source += "<tr><td>1</td><td>2</td></tr></table>"
    (table,) = read_pasted(page(source)).tables()
    assert texts(table) == [["а \nб \nв", "г"], ["1", "2"]]


def test_a_frame_around_the_annex_number_is_no_table() -> None:
    source = "<table><tr><td>&nbsp;</td><td>Приложение 4<br>к решению</td></tr></table><p>Бюджет</p>"
    assert [block.text for block in read_pasted(page(source)).blocks] == [
        "Приложение 4",
        "к решению",
        "Бюджет",
    ]


def test_rowspans_move_cells_and_end_with_the_table() -> None:
    source = "<table><tr><td rowspan=3>а</td><td>б</td></tr><tr><td rowspan=99>в</td><td>г</td></tr><tr></tr>"
    source += "<tr><td>д</td><td rowspan=0>е</td></tr></table>"
    (table,) = read_pasted(page(source)).tables()
    assert rows(table) == [
        [("а", 0, 1, 2), ("б", 1, 1, 1)],
        [("в", 1, 1, 2), ("г", 2, 1, 1)],
        [("д", 0, 1, 1), ("е", 2, 1, 1)],
    ]


@pytest.mark.parametrize("span", ["", "0", "-3", "x", "1.5", "99999999999999999999", "²"])
def test_nonsense_spans(span: str) -> None:
    source = f'<table><tr><td colspan="{span}">а</td><td>б</td></tr><tr><td>в</td><td>г</td></tr></table>'
    (table,) = read_pasted(page(source)).tables()
    assert texts(table) == [["а", "б"], ["в", "г"]]


def test_forgotten_tags() -> None:
    document = read_pasted("<p>а<table>бос<tr><td>1<td>2<tr><td>3<td>4</table>соңы")
    assert [block.text if isinstance(block, Paragraph) else texts(block) for block in document.blocks] == [
        "а", "бос", [["1", "2"], ["3", "4"]], "соңы",
    ]  # fmt: skip


def test_the_clipboard_of_windows() -> None:
    source = (
        "Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000200\r\nStartFragment:1\r\nEndFragment:2\r\n"
        "<html><body>\r\n<table><!--StartFragment--><tr><td>1</td><td>Атауы</td></tr><tr><td>2</td><td>5,0</td></tr>"
        "<!--EndFragment--></table></body></html>"
    )
    document = read_pasted(source)
    assert document.kind is FileKind.HTML
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert texts(table) == [["1", "Атауы"], ["2", "5,0"]]


def test_excels_page_under_an_old_name_is_read_by_content() -> None:
    source = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td x:num>5</td><td>а</td></tr>"
    )
    source += "<tr><td>6</td><td>б</td></tr></table></html>"
    document = read_bytes(source.encode("utf-16"), "кесте.xls")
    assert document.kind is FileKind.HTML
    assert texts(next(document.tables())) == [["5", "а"], ["6", "б"]]


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("<table>" + "<tr><td>1" * 11, "too_many_rows"),
        ("<table><tr>" + "<td>1" * 11, "too_many_columns"),
        ("<table><tr><td>" * 25, "too_deep"),
        ("<div>" * 600, "too_deep"),
        ("<p>а" * 60, "too_many_lines"),
        ("<table><tr><td>" + "а" * 101 + "<td>б<tr><td>в", "cell_too_long"),
        ("<table>" + "<tr><td>1<td>2<td>3" * 10, "too_many_cells"),
        ("<i></i>" * 400, "too_complex"),
        ("<p>" + "а" * 300, "line_too_long"),
    ],
)
def test_limits(source: str, key: str) -> None:
    limits = Limits(
        rows=10, columns=10, paragraphs=50, cell_text=100, cells=25, elements=700, paragraph_text=200
    )
    with pytest.raises(InputRefused) as refusal:
        read_pasted("<html>" + source, limits=limits)
    assert refusal.value.message.key == f"error.intake.{key}"

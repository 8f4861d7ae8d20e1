"""Workbooks: numbers as stored, dates, codes, spans, formulas, far cells and false dimensions."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from akimat_desk.core.errors import InputRefused
from akimat_desk.intake import FileKind, Limits, SourceDocument, Table, read_bytes
from akimat_desk.intake.numbers import plain_number


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def texts(document: SourceDocument, sheet: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in list(document.tables())[sheet].rows]


def spans(table: Table) -> list[list[tuple[str, int, int, int]]]:
    return [[(cell.text, cell.column, cell.colspan, cell.rowspan) for cell in row] for row in table.rows]


def number_row(*stored: str, style: str = "") -> str:
    cells = "".join(f"<c{style}><v>{value}</v></c>" for value in stored)
    return f"<sheetData><row>{cells}</row></sheetData>"


def test_openpyxl_parses_safely_wherever_it_is_used() -> None:
    assert openpyxl.DEFUSEDXML


def test_what_openpyxl_writes() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "4-қосымша"
    sheet.append(["2026 жылға арналған бюджет"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Санаты", None, "Атауы", "Сомасы"])
    sheet.append([1, "01", "Табыс\nсалығы", 46633.1])
    sheet.append([None, None, "Тапшылық", -0.1 - 0.2])
    sheet["A6"] = 4
    sheet["A6"].number_format = "00"
    sheet["B6"] = dt.date(2026, 11, 5)
    sheet["C6"] = dt.datetime(2026, 11, 5, 14, 30)
    sheet["D6"] = True
    document = read_bytes(saved(workbook), "кітап.bin")
    assert document.kind is FileKind.XLSX
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert (table.name, table.line) == ("4-қосымша", 1)
    assert texts(document) == [
        ["2026 жылға арналған бюджет"],
        ["Санаты", "", "Атауы", "Сомасы"],
        ["1", "01", "Табыс \nсалығы", "46633.1"],
        ["", "", "Тапшылық", "-0.3"],
        ["04", "05.11.2026", "05.11.2026 14:30", "TRUE"],
    ]
    assert table.rows[0][0].colspan == 4
    assert [cell.is_number for cell in table.rows[2]] == [True, False, False, True]
    assert document.warnings == []


def test_what_xlsxwriter_writes() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        for name in ("1", "2"):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["а", 1.1, 22, "=1"])
            sheet.write_formula(1, 0, "=B1*2", None, 2.2)
    document = read_bytes(stream.getvalue(), "a.xlsx")
    assert [table.name for table in document.tables()] == ["1", "2"]
    assert texts(document, 1)[0][:3] == ["а", "1.1", "22"]
    assert texts(document, 1)[1][0] == "2.2"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("46633.1", "46633.1"),
        ("46633.099999999999", "46633.1"),
        ("1.1000000000000001", "1.1"),
        ("-326.00000000000364", "-326"),
        ("-3.637978807091713E-12", "0"),
        ("0.30000000000000004", "0.3"),
        ("1E3", "1000"),
        ("1.5E-3", "0.0015"),
        ("100", "100"),
        ("-0", "0"),
        ("0.333333333333333", "0.333333333333333"),
        ("0.12345", "0.12345"),
        ("184163.40000000014", "184163.4"),
        ("123456789012345678", "123456789012346000"),
        (".5", "0.5"),
    ],
)
def test_numbers_without_the_noise_of_floats(stored: str, shown: str, xlsx) -> None:
    document = read_bytes(xlsx(number_row(stored)), "a.xlsx")
    ((cell,),) = next(document.tables()).rows
    assert (cell.text, cell.is_number) == (shown, True)


@given(st.integers(-(10**14), 10**14))
def test_every_amount_in_tiyn_survives_a_double(tiyn: int) -> None:
    amount = Decimal(tiyn).scaleb(-5)
    for stored in (repr(float(amount)), f"{float(amount):.17g}"):
        assert Decimal(plain_number(stored)) == amount


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40))
def test_a_sum_of_doubles_is_the_sum(tenths: list[int]) -> None:
    total = sum(value / 10 for value in tenths)
    assert Decimal(plain_number(repr(total))) == Decimal(sum(tenths)).scaleb(-1)


@pytest.mark.parametrize("stored", ["NaN", "1,5", "١", "abc", "1" * 100, "1E9999", "0x10", "--1"])
def test_nonsense_numbers_are_refused(stored: str, xlsx) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_bytes(xlsx(number_row(stored)), "a.xlsx")
    assert refusal.value.message.key == "error.intake.damaged"


@pytest.mark.parametrize(
    ("pattern", "stored", "shown"),
    [
        ("dd.mm.yyyy", "46331", "05.11.2026"),
        ("[$-419]d mmm yyyy;@", "46331", "05.11.2026"),
        ("yyyy-mm-dd hh:mm", "46331.604166666664", "05.11.2026 14:30"),
        ("h:mm", "0.604166666666667", "14:30"),
        ("[h]:mm", "1.5", "36:00"),
        ("dd.mm.yyyy", "60", "29.02.1900"),
        ("dd.mm.yyyy", "1", "01.01.1900"),
        ("dd.mm.yyyy", "0", "0"),
        ("dd.mm.yyyy", "-5", "-5"),
        ("dd.mm.yyyy", "99999999", "99999999"),
        ("#,##0.0", "46633.1", "46633.1"),
        ('0.0" мың теңге"', "46633.1", "46633.1"),
        ("#,##0.00_ ;[Red]-#,##0.00 ", "5", "5"),
        ("000", "8", "008"),
        ("00", "124", "124"),
        ("000", "1.5", "1.5"),
        ("0.0%", "0.5", "0.5"),
        ("@", "5", "5"),
        ("General", "5", "5"),
    ],
)
def test_formats(pattern: str, stored: str, shown: str, xlsx) -> None:
    escaped = pattern.replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="164" formatCode="{escaped}"/></numFmts>'
    styles += "<cellStyleXfs><xf/></cellStyleXfs>"
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    document = read_bytes(xlsx(number_row(stored, style=' s="1"'), styles=styles), "a.xlsx")
    assert texts(document) == [[shown]]


def test_built_in_dates_and_days_counted_from_1904(xlsx) -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    data = xlsx(number_row("44869", style=' s="0"'), styles=styles, workbook='<workbookPr date1904="1"/>')
    assert texts(read_bytes(data, "a.xlsx")) == [["05.11.2026"]]


def test_kinds_of_values(xlsx) -> None:
    sheet = (
        '<sheetData><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><r><t>жа</t></r>'
        '<r><t>на</t></r></is></c><c r="C2" t="str"><f>A1</f><v>мәтін</v></c>'
        '<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E2" t="d"><v>2026-11-05T00:00:00</v></c><c r="F2" t="b"><v>0</v></c>'
        '<c r="G2" t="str"><f>""</f><v></v></c></row></sheetData>'
    )
    strings = (
        "<si><t>нөл</t></si><si><r><t>а_x000D_</t></r><r><t>\nб_x0041_</t></r><rPh><t>чтение</t></rPh></si>"
    )
    document = read_bytes(xlsx(sheet, strings=strings), "a.xlsx")
    assert texts(document) == [["а \nбA", "жана", "мәтін", "#DIV/0!", "05.11.2026", "FALSE"]]
    assert next(document.tables()).line == 2
    assert document.warnings == ["warning.intake.formula_errors"]


def test_gaps_are_cells_and_blank_rows_are_not(xlsx) -> None:
    sheet = (
        '<dimension ref="A1:A1"/><sheetData><row r="1"><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2" s="0"/></row>'
        '<row r="1048576"><c r="A1048576"><v>2</v></c><c r="D1048576"><v>3</v></c></row></sheetData>'
    )
    assert texts(read_bytes(xlsx(sheet), "a.xlsx")) == [["", "1", "", ""], ["2", "", "", "3"]]


def test_merged_cells() -> None:
    workbook = Workbook()
    sheet = workbook.active
    for row in range(1, 5):
        sheet.append([f"{row}{column}" for column in "abcd"])
    for area in ("A1:C1", "D1:D2", "B3:C4"):
        sheet.merge_cells(area)
    (table,) = read_bytes(saved(workbook), "a.xlsx").tables()
    assert spans(table) == [
        [("1a", 0, 3, 1), ("1d", 3, 1, 2)],
        [("2a", 0, 1, 1), ("2b", 1, 1, 1), ("2c", 2, 1, 1)],
        [("3a", 0, 1, 1), ("3b", 1, 2, 2), ("3d", 3, 1, 1)],
        [("4a", 0, 1, 1), ("4d", 3, 1, 1)],
    ]


def test_merged_cells_over_everything_and_over_each_other(xlsx) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in (1, 2, 9)
    )
    areas = ("B1:XFD1048576", "A2:B9", "A5:A9")
    merges = "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"
    (table,) = read_bytes(xlsx(f"<sheetData>{rows}</sheetData>{merges}"), "a.xlsx").tables()
    assert spans(table) == [[("1", 0, 1, 1), ("1", 1, 199, 3)], [("2", 0, 1, 1)], [("9", 0, 1, 1)]]


def test_hidden_sheets_are_left_out_and_hidden_rows_said() -> None:
    workbook = Workbook()
    workbook.active.append(["көрінеді"])
    for state in ("hidden", "veryHidden"):
        sheet = workbook.create_sheet(state)
        sheet.sheet_state = state
        sheet.append(["жасырын"])
    shown = workbook.create_sheet("жолдар")
    shown.append([1])
    shown.append([2])
    shown.row_dimensions[2].hidden = True
    document = read_bytes(saved(workbook), "a.xlsx")
    assert [table.name for table in document.tables()] == ["Sheet", "жолдар"]
    assert texts(document, 1) == [["1"], ["2"]]
    assert document.warnings == ["warning.intake.hidden_rows", "warning.intake.hidden_sheets"]


def test_formulas_without_a_stored_result() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append([0.1, 0.2, "=A1+B1", "=SUM(A1:B2,C1)", "=-(A1-$B$1)*10/2", "=ROUND(A1/3,2)"])
    sheet.append([5, "мәтін", "=SUM(A1:B2)", "=A2+B2", "=VLOOKUP(1,A1:B2,2)", "=Sheet2!A1"])
    sheet.append(["=B3", "=A3", "=1/0", "=SUM(D1)", '="а"', "=SUM(A1:A"])
    document = read_bytes(saved(workbook), "a.xlsx")
    assert texts(document) == [
        ["0.1", "0.2", "0.3", "5.6", "0.5", "0.03"],
        ["5", "мәтін", "5.3", "", "", ""],
        ["", "", "", "5.6", "", ""],
    ]
    assert document.warnings == [
        "warning.intake.formulas_computed",
        "warning.intake.formulas_without_value",
    ]
    assert next(document.tables()).rows[0][3].is_number


def test_a_long_chain_of_formulas_ends_well() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append([1])
    for row in range(2, 3000):
        sheet.append([f"=A{row - 1}+1"])
    backwards = workbook.create_sheet()
    for row in range(1, 3000):
        backwards.append([f"=A{row + 1}+1"])
    document = read_bytes(saved(workbook), "a.xlsx")
    assert texts(document, 0)[-1] == ["2999"]
    # Where every cell waits for the next, only the end of the chain is worked out.
    assert texts(document, 1)[-1] == ["1"]
    assert texts(document, 1)[0] == [""]


def test_brackets_without_end_are_no_formula(xlsx) -> None:
    formula = "(" * 1500
    sheet = f"<sheetData><row><c><f>{formula}</f></c><c><v>1</v></c></row></sheetData>"
    document = read_bytes(xlsx(sheet), "a.xlsx")
    assert texts(document) == [["", "1"]]
    assert document.warnings == ["warning.intake.formulas_without_value"]


def test_external_links_and_macros_are_said(xlsx) -> None:
    changed = {"xl/externalLinks/externalLink1.xml": "<x/>", "xl/vbaProject.bin": b"\0"}
    document = read_bytes(xlsx(number_row("1"), changed=changed), "a.xlsm")
    assert document.warnings == ["warning.intake.external_links", "warning.intake.macros"]


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        ('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>', "sheet_too_wide"),
        ("<sheetData>" + "<row><c><v>1</v></c></row>" * 21 + "</sheetData>", "sheet_too_long"),
        (
            "<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 10 + "</row>") * 6 + "</sheetData>",
            "too_many_cells",
        ),
        ('<sheetData><row><c t="str"><v>' + "а" * 101 + "</v></c></row></sheetData>", "cell_too_long"),
        ('<sheetData><row r="2"/><row r="1"/></sheetData>', "damaged_sheet"),
        ('<sheetData><row><c r="B1"/><c r="A1"/></row></sheetData>', "damaged_sheet"),
        ('<sheetData><row r="1048577"/></sheetData>', "damaged_sheet"),
        ('<sheetData><row><c r="XFE1"/></row></sheetData>', "damaged"),
        ('<sheetData><row><c t="s"><v>7</v></c></row></sheetData>', "damaged"),
        ('<sheetData><row><c t="s"><v>-1</v></c></row></sheetData>', "damaged"),
        ('<sheetData><row><c s="7"><v>1</v></c></row></sheetData>', "damaged"),
        (
            '<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="x"/></mergeCells>',
            "damaged",
        ),
    ],
)
def test_limits_and_nonsense(sheet: str, key: str, xlsx) -> None:
    limits = Limits(rows=20, cells=50, cell_text=100)
    data = xlsx(sheet, strings="<si><t>а</t></si>", styles='<cellXfs><xf numFmtId="0"/></cellXfs>')
    with pytest.raises(InputRefused) as refusal:
        read_bytes(data, "a.xlsx", limits=limits)
    assert refusal.value.message.key == f"error.intake.{key}"


def test_too_many_sheets() -> None:
    workbook = Workbook()
    for _ in range(50):
        workbook.create_sheet()
    with pytest.raises(InputRefused) as refusal:
        read_bytes(saved(workbook), "a.xlsx")
    assert refusal.value.message.key == "error.intake.too_many_sheets"

"""Workbooks opened again: exact numbers, living sums, text that stays text, ready to print."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import to_thousands
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.reports.document import (
    AmountCell,
    Block,
    ChartKind,
    Column,
    Heading,
    PageBreak,
    PercentCell,
    ReportDocument,
    Row,
    Signatory,
    Signatures,
    Table,
    Text,
    TextCell,
    Tone,
)
from akimat_desk.reports.grid import body_of
from akimat_desk.reports.sums import living_sums
from akimat_desk.reports.xlsx import render_xlsx, xlsx_bytes
from tests.reports import samples
from tests.reports.snapshots import check_snapshot

if TYPE_CHECKING:
    from tests.conftest import Soffice

HOSTILE = ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=1", "'=1", "1e5", "01"]


def opened(*documents: ReportDocument, values: bool = False) -> Any:
    return load_workbook(io.BytesIO(xlsx_bytes(documents)), data_only=values)


def note(*blocks: Block, title: str = "Құжат", language: Language = Language.KK) -> ReportDocument:
    return ReportDocument("note", title, language, list(blocks))


def one_column(*amounts: AmountCell | PercentCell) -> ReportDocument:
    return note(Table((Column(1),), (), tuple(Row((amount,)) for amount in amounts)))


def sheet_xml(*documents: ReportDocument, number: int = 1) -> str:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(documents))) as package:
        return package.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize("name", ["179019_u07_irtysh_ru_2023", "191405_u02_ainabulak_kk_2024"])
def test_an_annex_holds_every_line(name: str) -> None:
    document = samples.annex(name)
    sheet = opened(document, values=True).worksheets[0]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    at = 0
    for table in (block for block in document.blocks if isinstance(block, Table)):
        for row in table.rows:
            amount = row.cells[-1]
            assert isinstance(amount, AmountCell)
            wanted: list[object] = [c.text for c in row.cells if isinstance(c, TextCell) and c.text]
            assert amount.tiyn is not None
            at = next(i for i in range(at, len(rows)) if rows[i][:-1] == wanted and wanted)
            assert Decimal(str(rows[at][-1])) == to_thousands(amount.tiyn)


def test_right_sums_are_formulas_and_carry_their_values() -> None:
    document = samples.annex()
    tables = [block for block in document.blocks if isinstance(block, Table)]
    sheet = opened(document).worksheets[0]
    formulas = {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"}
    assert len(formulas) == len(living_sums(tables))
    assert formulas["F10"] == "=F11+F21"
    assert formulas["F14"] == "=SUM(F15:F18)"
    assert "=F10-F31-F54-F57" in formulas.values()
    values = opened(document, values=True).worksheets[0]
    assert values["F10"].value == 89737.1
    assert all(values[place].value is not None for place in formulas)


def test_an_adopted_figure_that_is_not_its_sum_stays_a_number() -> None:
    sheet = opened(one_column(AmountCell(40, (1, 2)), AmountCell(10), AmountCell(20))).worksheets[0]
    assert sheet["A1"].data_type == "n"


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["179019_u07_irtysh_ru_2023", "191405_u02_ainabulak_kk_2024"])
def test_libreoffice_comes_to_the_same_sums(soffice: Soffice, tmp_path: Path, name: str) -> None:
    """The values we wrote beside the formulas are put out of order first, so that it must calculate."""
    document = samples.annex(name)
    honest = render_xlsx([document], tmp_path / "honest.xlsx")
    blind = tmp_path / "blind.xlsx"
    with zipfile.ZipFile(honest) as source, zipfile.ZipFile(blind, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if "worksheets" in entry.filename:
                content, changed = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                assert changed >= 20
            target.writestr(entry, content)
    ours = load_workbook(honest, data_only=True).worksheets[0]
    theirs = load_workbook(soffice.convert(blind, "xlsx", tmp_path / "out"), data_only=True).worksheets[0]
    formulas = load_workbook(honest).worksheets[0]
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                got = theirs[cell.coordinate].value
                assert round(Decimal(str(got)), 5) == Decimal(str(ours[cell.coordinate].value))


@given(st.lists(st.integers(-(10**17), 10**17), min_size=1, max_size=25))
@settings(max_examples=25)
def test_numbers_are_written_digit_by_digit(amounts: list[int]) -> None:
    text = sheet_xml(one_column(*(AmountCell(amount) for amount in amounts)))
    written = re.findall(r"<v>([^<]*)</v>", text)
    assert [Decimal(value) for value in written] == [to_thousands(amount) for amount in amounts]
    assert not any("e" in value.lower() for value in written)


def test_decimals_are_shown_as_many_as_there_are() -> None:
    cells = (
        AmountCell(870000),
        AmountCell(8_700_010),
        AmountCell(12_345),
        PercentCell("33.0"),
        PercentCell("5"),
    )
    sheet = opened(one_column(*cells)).worksheets[0]
    assert [sheet[f"A{row}"].number_format for row in range(1, 6)] == [
        "#,##0.0", "#,##0.0000", "#,##0.00000", "0.0", "0",
    ]  # fmt: skip
    assert "<v>8.7</v>" in sheet_xml(one_column(*cells))
    empty = opened(one_column(AmountCell(None), PercentCell(None))).worksheets[0]
    assert empty["A1"].value is None
    assert empty["A2"].value is None


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    table = Table((Column(1),), ((TextCell(text),),), (Row((TextCell(text),)),), unit=text)
    document = note(
        Heading(text), Text(text), Text(text, Tone.FINDING_WARNING), table, samples.chart(),
        Signatures((Signatory(text, text),)),
        title=text,
    )  # fmt: skip
    sheet = opened(document).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(cell.value == text for cell in cells) >= 5
    for cell in cells:
        assert cell.data_type == ("s" if isinstance(cell.value, str) else "n")
    assert "<f>" not in sheet_xml(document)


def test_codes_are_text_without_a_warning() -> None:
    xml = sheet_xml(samples.annex())
    assert "<t>01</t>" in xml
    quiet = re.search(r'<ignoredError sqref="([^"]*)" numberStoredAsText="1"', xml)
    assert quiet is not None
    assert quiet.group(1) == "A5:F23 A25:F64"
    # In the order the format demands.
    places = [xml.index(f"<{name}") for name in ("mergeCells", "pageSetup", "headerFooter", "ignoredErrors")]
    assert places == sorted(places)
    with_chart = sheet_xml(samples.statement())
    assert with_chart.index("<ignoredErrors") < with_chart.index("<drawing")


def test_control_characters_do_not_reach_the_file() -> None:
    sheet = opened(note(Text("a\x00b\x0bc"))).worksheets[0]
    assert sheet["A1"].value == "abc"


def test_sheets_have_names_excel_takes() -> None:
    long = "Бюджет: [Тоқмансай] ауылдық округінің / 2026 жылға * арналған?"
    documents = [
        note(Heading("x"), title=long),
        *(note(Heading(name)) for name in (long, long.upper(), "", "''", "History", "Annex")),
        note(Table((Column(1),), (), (Row((TextCell("x"),)),), name="Annex")),
    ]
    book = opened(*documents)
    names = book.sheetnames
    assert len(names) == len(documents) == len({name.casefold() for name in names})
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert name.casefold() != "history"
    assert names[0] == "x"
    assert names[-1] == "Annex (2)"


def test_a_page_break_before_a_title_begins_a_new_sheet() -> None:
    first, second = samples.annex("179019_u07_irtysh_kk_2023"), samples.annex()
    both = replace(first, blocks=[*first.blocks, PageBreak(), *second.blocks])
    book = opened(both)
    assert book.sheetnames == ["19-қосымша", "Приложение 19"]
    # The annex's own block goes along; the sums of the second sheet stay on it.
    assert str(book.worksheets[1]["A1"].value).startswith("Приложение 19")
    assert book.worksheets[1]["F10"].value == "=F11+F21"
    plain = Table((Column(1),), (), (Row((TextCell("x"),)),))
    inside = opened(note(Heading("a"), Text("b"), PageBreak(), Text("c"), plain))
    assert len(inside.sheetnames) == 1
    assert [mark.id for mark in inside.worksheets[0].row_breaks.brk] == [3]
    beside = replace(samples.side_by_side(), blocks=[Text("a"), PageBreak(), *samples.side_by_side().blocks])
    assert len(opened(beside).sheetnames) == 2


def test_ready_to_print() -> None:
    sheet = opened(samples.annex()).worksheets[0]
    assert sheet.page_setup.paperSize == 9 or sheet.page_setup.paperSize == "9"
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_area == "'Приложение 19'!$A$1:$F$66"
    assert sheet.print_title_rows == "$25:$30"  # the head of the table that runs over the page
    assert "&P из &N" in sheet.oddFooter.right.text
    assert sheet.freeze_panes is None  # two tables with two heads: neither may stand over the other
    wide = opened(replace(samples.statement(), landscape=True)).worksheets[0]
    assert wide.page_setup.orientation == "landscape"
    table = Table((Column(1),), ((TextCell("Бас"),),), tuple(Row((TextCell(str(n)),)) for n in range(40)))
    assert opened(note(Heading("Тақырып"), table)).worksheets[0].freeze_panes == "A4"
    ampersand = replace(samples.annex(), footer="A & B")
    assert "A &amp;&amp; B" in sheet_xml(ampersand)


def test_tables_of_different_columns_share_a_sheet() -> None:
    sheet = opened(samples.annex()).worksheets[0]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert "A5:E5" in merged  # the first step of the revenue's staircase
    assert "F5:F8" in merged  # the amount's head beside all steps
    assert "D11:E11" in merged  # a name of the revenue over two columns of the expenditure
    assert sheet["E32"].value == "Государственные услуги общего характера"
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    assert widths[4] > 45
    assert all(5 < width < 8 for width in widths[:4])


def test_rows_are_high_enough_for_long_names() -> None:
    sheet = opened(samples.annex()).worksheets[0]
    place = next(row for row in range(30, 66) if str(sheet[f"E{row}"].value).startswith("Возврат сумм"))
    assert sheet.row_dimensions[place].height > 4 * 11
    assert sheet.row_dimensions[11].height < 20
    assert sheet["E50"].alignment.wrap_text


def test_a_chart_on_numbers_in_cells() -> None:
    sheet = opened(samples.statement()).worksheets[0]
    assert len(sheet._charts) == 1
    numbers = {cell.value for row in sheet["G1:I40"] for cell in row if cell.value is not None}
    assert {"2022", "Нысаналы мән", 19.2, 33, 4.7} <= numbers
    assert sheet.print_area.endswith("$E$34")  # the numbers beside are not printed
    said = [cell.value for row in sheet["A1:E34"] for cell in row if isinstance(cell.value, str)]
    assert any(text.startswith("Графиктің сипаттамасы") for text in said)


def test_many_series_are_told_apart_in_black_and_white() -> None:
    (chart,) = opened(samples.many_series()).worksheets[0]._charts
    assert [series.graphicalProperties.pattFill is not None for series in chart.series[:4]] == [
        False, True, False, True,
    ]  # fmt: skip
    document = samples.many_series()
    lines_only = replace(document, blocks=[replace(document.blocks[0], kind=ChartKind.LINE)])  # type: ignore[type-var]
    (chart,) = opened(lines_only).worksheets[0]._charts
    assert len({series.marker.symbol for series in chart.series}) == 3


def test_the_file_describes_itself_and_is_the_same_each_time() -> None:
    first = xlsx_bytes([samples.annex(), samples.statement()])
    assert first == xlsx_bytes([samples.annex(), samples.statement()])
    book = load_workbook(io.BytesIO(first))
    assert book.properties.title == "Бюджет Иртышского сельского округа на 2023 год"
    assert book.properties.subject == "Иртышский сельский округ, 2023"
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.testzip() is None
        assert b"created" not in package.read("docProps/core.xml")


def test_two_languages_beside_each_other() -> None:
    sheet = opened(samples.side_by_side()).worksheets[0]
    pairs = [(sheet[f"A{row}"].value, sheet[f"C{row}"].value) for row in range(1, 8)]
    assert str(pairs[2][0]).startswith("1) кірістер – 83\xa0059")
    assert str(pairs[2][1]).startswith("1) доходы – 83\xa0059")


def test_nothing_to_write_and_a_person_who_calls_it_off() -> None:
    with pytest.raises(UsageProblem):
        xlsx_bytes([])
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        xlsx_bytes([samples.annex()], task)


@pytest.mark.parametrize("name", ["annex_kk", "statement_ru"])
def test_golden_cells(name: str) -> None:
    document = {
        "annex_kk": lambda: samples.annex("179019_u07_irtysh_kk_2023"),
        "statement_ru": lambda: samples.statement(Language.RU),
    }[name]()
    sheet = opened(document).worksheets[0]
    lines = [f"sheet {sheet.title}, merged {' '.join(sorted(map(str, sheet.merged_cells.ranges)))}"]
    for row in sheet.iter_rows():
        lines += [
            f"{cell.coordinate}\t{cell.data_type}\t{cell.number_format}\t{cell.value!r}"
            for cell in row
            if cell.value is not None
        ]
    check_snapshot(f"{name}.xlsx.txt", "\n".join(lines) + "\n")


def test_the_body_is_where_the_grid_says() -> None:
    """Every amount of the neutral table stands in the last column, in the order of its rows."""
    document = samples.annex()
    tables = [block for block in document.blocks if isinstance(block, Table)]
    sheet = opened(document, values=True).worksheets[0]
    shown = [cell.value for (cell,) in sheet["F10:F64"] if isinstance(cell.value, int | float)]
    wanted = [
        placed.cell.tiyn
        for table in tables
        for row in body_of(table)
        for placed in row
        if isinstance(placed.cell, AmountCell)
    ]
    assert [Decimal(str(value)) for value in shown] == [to_thousands(tiyn or 0) for tiyn in wanted]

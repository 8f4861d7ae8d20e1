"""Word documents: order, spans, tracked changes, what is hidden."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx as python_docx

from akimat_desk.intake import FileKind, Paragraph, SourceDocument, Table, read_bytes, read_file


def p(text: str, looks: str = "") -> str:
    return f"<w:p>{looks}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def tc(text: str, looks: str = "") -> str:
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, looks: str = "") -> str:
    return f"<w:tr><w:trPr>{looks}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def shown(document: SourceDocument) -> list[object]:
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


def test_what_python_docx_writes(tmp_path: Path) -> None:
    written = python_docx.Document()
    written.add_heading("2026 жылға арналған бюджет", level=1)
    written.add_paragraph("1) кірістер – 184 163,4 мың теңге;")
    table = written.add_table(rows=3, cols=4)
    for row in range(3):
        for column in range(4):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Санаты"
    table.cell(1, 3).merge(table.cell(2, 3)).text = "100,0"
    written.add_paragraph("соңы")
    path = tmp_path / "шешім.txt"
    written.save(str(path))

    document = read_file(path)
    assert document.kind is FileKind.DOCX
    heading, line, read, last = document.blocks
    assert isinstance(read, Table)
    assert (heading.text, heading.heading) == ("2026 жылға арналған бюджет", True)
    assert (line.text, line.heading) == ("1) кірістер – 184 163,4 мың теңге;", False)
    assert [[(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in read.rows] == [
        [("Санаты", 0, 3, 1), ("03", 3, 1, 1)],
        [("10", 0, 1, 1), ("11", 1, 1, 1), ("12", 2, 1, 1), ("100,0", 3, 1, 2)],
        [("20", 0, 1, 1), ("21", 1, 1, 1), ("22", 2, 1, 1)],
    ]
    assert last.text == "соңы"
    assert [block.line for block in document.blocks] == [1, 2, 3, 4]
    assert document.warnings == []


def test_tracked_changes_give_the_final_text(docx) -> None:
    body = (
        "<w:p><w:r><w:t>доходы </w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>200</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> ушло</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> пришло</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>первая </w:t></w:r></w:p>" + p("половина")
    )
    body += tbl(
        tr(tc("1"), tc("а")),
        tr(tc("было"), tc("б"), looks="<w:del/>"),
        tr(tc("2"), tc("в"), looks="<w:ins/>"),
    )
    assert shown(read_bytes(docx(body), "a")) == [
        "доходы 200 пришло",
        "первая половина",
        [["1", "а"], ["2", "в"]],
    ]


def test_looks_of_the_past_are_not_looks(docx) -> None:
    body = (
        "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>видно</w:t></w:r>"
    )
    body += "<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r>"
    body += '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> тоже</w:t></w:r></w:p>'
    document = read_bytes(docx(body), "a")
    assert shown(document) == ["видно тоже"]
    assert document.warnings == ["warning.intake.hidden_text"]


def test_breaks_tabs_fields_and_links(docx) -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>1)</w:t><w:tab/>"
        "<w:t>а</w:t><w:br/>"
        "<w:t>б</w:t><w:noBreakHyphen/><w:t>в</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>"
        "<w:fldSimple w:instr='X'><w:r><w:t> г</w:t></w:r></w:fldSimple>"
        "<w:hyperlink><w:r><w:t> д</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        + tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))
        + "</w:sdtContent></w:sdt>"
    )
    assert shown(read_bytes(docx(body), "a")) == ["1)\tа", "б-в г д", [["1", "2"], ["3", "4"]]]


def test_a_text_box_is_read_once(docx) -> None:
    box = (
        "<w:txbxContent>"
        + p("Приложение 4")
        + tbl(tr(tc("а"), tc("б")), tr(tc("в"), tc("г")))
        + "</w:txbxContent>"
    )
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>вокруг</w:t></w:r></w:p>"
    )
    assert shown(read_bytes(docx(body), "a")) == ["Приложение 4", [["а", "б"], ["в", "г"]], "вокруг"]


def test_merged_cells_and_rows_that_start_late(docx) -> None:
    merge, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("а", '<w:gridSpan w:val="2"/>' + merge), tc("б", merge), tc("в")),
        tr(tc("", '<w:gridSpan w:val="2"/>' + goes_on), tc("не видно", goes_on), tc("г")),
        tr(tc("д"), tc("е"), tc("", goes_on), tc("ё")),
        tr(tc("ж"), tc("з"), looks='<w:gridBefore w:val="2"/>'),
    )
    (table,) = read_bytes(docx(body), "a").tables()
    assert [[(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in table.rows] == [
        [("а", 0, 2, 2), ("б", 2, 1, 3), ("в", 3, 1, 1)],
        [("г", 3, 1, 1)],
        [("д", 0, 1, 1), ("е", 1, 1, 1), ("ё", 3, 1, 1)],
        [("ж", 2, 1, 1), ("з", 3, 1, 1)],
    ]


def test_a_merge_with_nothing_above_is_a_cell(docx) -> None:
    body = tbl(tr(tc("а", "<w:vMerge/>"), tc("б")), tr(tc("в"), tc("г")))
    assert shown(read_bytes(docx(body), "a")) == [[["а", "б"], ["в", "г"]]]


def test_tables_inside_cells_even_merged_ones(docx) -> None:
    inner = tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))
    covered = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{inner}{p('')}</w:tc>"
    outer = f"<w:tc><w:tcPr/>{p('до')}{inner}{p('после')}</w:tc>"
    body = tbl(tr(tc("а", '<w:vMerge w:val="restart"/>'), tc("б")), tr(covered, tc("в"))) + tbl(
        tr(outer, tc("г"))
    )
    assert shown(read_bytes(docx(body), "a")) == [
        [["а", "б"], ["в"]],
        "до",
        [["1", "2"], ["3", "4"]],
        "после",
        "г",
    ]


def test_headings_of_a_russian_word(docx) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    )
    body = p("а", '<w:pPr><w:pStyle w:val="1"/></w:pPr>') + p("б", '<w:pPr><w:pStyle w:val="a"/></w:pPr>')
    body += p("в", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    document = read_bytes(docx(body, styles=styles), "a")
    assert [(block.text, block.heading) for block in document.paragraphs()] == [
        ("а", True),
        ("б", False),
        ("в", True),
    ]


def test_the_strict_form_under_another_name(docx) -> None:
    main = "word/document2.xml"
    plain = docx(p("а"))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = parts["word/document.xml"].replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    changed = {
        "word/document.xml": None,
        main: strict,
        "_rels/.rels": parts["_rels/.rels"].replace("word/document.xml", "/" + main),
        "[Content_Types].xml": parts["[Content_Types].xml"].replace("word/document.xml", main),
    }
    assert shown(read_bytes(docx(p("а"), changed=changed), "a.docx")) == ["а"]


def test_macros_are_not_run_and_said(docx) -> None:
    document = read_bytes(docx(p("а"), changed={"word/vbaProject.bin": b"\0\1"}), "a.docm")
    assert document.warnings == ["warning.intake.macros"]


def test_long_documents_keep_their_order(docx) -> None:
    document = read_bytes(docx("".join(p(f"{number}) жол") for number in range(5000))), "a.docx")
    assert [block.text for block in document.blocks] == [f"{number}) жол" for number in range(5000)]

"""Word files opened again: words, merged heads, repeated heads, languages, page numbers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.reports.document import (
    Column,
    Heading,
    PageBreak,
    ReportDocument,
    Row,
    Signatory,
    Signatures,
    Table,
    Text,
    TextCell,
    Tone,
)
from akimat_desk.reports.docx import docx_bytes, render_docx
from akimat_desk.reports.grid import shown
from tests.reports import samples

if TYPE_CHECKING:
    from tests.conftest import Soffice


def opened(*documents: ReportDocument) -> Any:
    return Document(io.BytesIO(docx_bytes(documents)))


def rows_of(table: Any) -> list[list[str]]:
    """The written cells of each row, none twice."""
    return [
        ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row._tr.tc_lst] for row in table.rows
    ]


@pytest.mark.parametrize("name", ["179019_u07_irtysh_ru_2023", "179019_u07_irtysh_kk_2023"])
def test_an_annex_holds_every_line(name: str) -> None:
    document = samples.annex(name)
    file = opened(document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for table, written in zip(tables, file.tables, strict=False):
        rows = rows_of(written)
        assert rows[len(table.head) :] == [[shown(cell) for cell in row.cells] for row in table.rows]
    assert document.title in [paragraph.text for paragraph in file.paragraphs]


def test_the_head_is_merged_and_comes_again() -> None:
    revenue = opened(samples.annex()).tables[0]
    first, second = revenue.rows[0]._tr, revenue.rows[1]._tr
    assert first.tc_lst[0].tcPr.find(qn("w:gridSpan")).get(qn("w:val")) == "4"
    assert first.tc_lst[1].tcPr.find(qn("w:vMerge")).get(qn("w:val")) == "restart"
    assert second.tc_lst[-1].tcPr.find(qn("w:vMerge")).get(qn("w:val")) == "continue"
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in revenue.rows]
    assert repeated[:6] == [True] * 5 + [False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in revenue.rows)
    amounts = [row._tr.tc_lst[-1].p_lst[0].pPr.find(qn("w:jc")).get(qn("w:val")) for row in revenue.rows[5:]]
    assert set(amounts) == {"right"}
    # python-docx finds the spans consistent: each row is as wide as the grid.
    assert {len(row.cells) for row in revenue.rows} == {5}


def test_spell_checking_knows_the_languages() -> None:
    file = opened(samples.side_by_side())
    defaults = file.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == "kk-KZ"
    marked = {
        run.findtext(qn("w:t")): run.find(qn("w:rPr")).find(qn("w:lang"))
        for run in file.element.body.iter(qn("w:r"))
        if run.find(qn("w:rPr")) is not None
    }
    assert marked["О бюджете Токмансайского сельского округа на 2026–2028 годы"].get(qn("w:val")) == "ru-RU"
    assert "Тоқмансай ауылдық округінің 2026–2028 жылдарға арналған бюджеті туралы" not in marked


def test_the_signature_stays_with_the_last_rows() -> None:
    document = samples.annex()
    expenditure = opened(document).tables[1]
    kept = [
        row._tr.tc_lst[0].p_lst[0].pPr.find(qn("w:keepNext")) is not None for row in expenditure.rows[-3:]
    ]
    assert kept == [False, True, True]
    sign = opened(document).tables[2]
    assert rows_of(sign) == [["Председатель маслихата", "", "", "Қ. Үлгілі"]]


def test_a_page_is_a4_with_numbers_in_the_footer() -> None:
    wide = samples.statement()
    wide.landscape = True
    file = opened(samples.annex(), wide)
    first, second = file.sections
    assert (round(first.page_width / Mm(1)), round(first.page_height / Mm(1))) == (210, 297)
    assert (round(second.page_width / Mm(1)), round(second.page_height / Mm(1))) == (297, 210)
    fields = [field.get(qn("w:instr")).strip() for field in first.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "стр. " in first.footer.paragraphs[0].text
    assert "барлығы" in second.footer.paragraphs[0].text


def test_markup_and_control_characters_are_only_text() -> None:
    hostile = "<w:p/> & «b»\x00\x0b =1"
    table = Table((Column(1),), (), (Row((TextCell(hostile),)),))
    document = ReportDocument(
        "x", hostile.replace("\x00\x0b", ""), Language.KK,
        [Heading(hostile), Text(hostile, Tone.FINDING_ERROR), table, PageBreak(), Text("екі\nжол")],
    )  # fmt: skip
    file = opened(document)
    assert [p.text for p in file.paragraphs if p.text.strip()] == [
        "<w:p/> & «b» =1", "Қате. <w:p/> & «b» =1", "екі\nжол",
    ]  # fmt: skip
    assert rows_of(file.tables[0]) == [["<w:p/> & «b» =1"]]


def test_a_minus_stays_with_its_amount() -> None:
    file = opened(samples.first_paragraph())
    deficit = next(p for p in file.paragraphs if "тапшылығы" in p.text)
    assert deficit.text.endswith("– \N{NON-BREAKING HYPHEN}1\xa0163,4 мың теңге.")


def test_a_chart_becomes_its_numbers_and_its_words() -> None:
    file = opened(samples.statement())
    numbers = rows_of(file.tables[1])
    assert numbers[0] == ["", "Меншікті кірістердің үлесі, %", "Нысаналы мән, %"]
    assert numbers[3] == ["2024", "", ""]
    assert numbers[5] == ["2026", "19,2", "33,0"]
    assert any(p.text.startswith("Графиктің сипаттамасы") for p in file.paragraphs)


def test_the_file_describes_itself_and_is_the_same_each_time() -> None:
    assert docx_bytes([samples.annex()]) == docx_bytes([samples.annex()])
    about = opened(samples.annex()).core_properties
    assert about.title == "Бюджет Иртышского сельского округа на 2023 год"
    assert (about.author, about.comments, about.created) == ("Akimat Desk", "", None)
    fonts = {
        element.get(qn("w:ascii"))
        for name in ("Normal", "Heading 1", "AkimatTable")
        for element in opened(samples.annex()).styles[name].element.iter(qn("w:rFonts"))
    }
    assert fonts == {"Times New Roman"}


@pytest.mark.libreoffice
def test_libreoffice_prints_every_line(soffice: Soffice, tmp_path: Path) -> None:
    document = samples.annex("179019_u07_irtysh_kk_2023")
    source = render_docx([document], tmp_path / "қосымша.docx")
    pages = PdfReader(soffice.convert(source, "pdf", tmp_path / "out")).pages
    assert len(pages) == 2
    said = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for table in (block for block in document.blocks if isinstance(block, Table)):
        for row in table.rows:
            assert " ".join(shown(row.cells[-2]).split()) in said
            assert " ".join(shown(row.cells[-1]).split()) in said
    assert said.count("Функционалдық топ") == 2, "the head does not come again"
    assert "2-бет, барлығы 2" in said


def test_nothing_to_write_and_a_person_who_calls_it_off() -> None:
    with pytest.raises(UsageProblem):
        docx_bytes([])
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        docx_bytes([samples.annex()], task)
    only_signatures = ReportDocument(
        "x", "Құжат", Language.RU, [Signatures(()), Signatures((Signatory("А"),))]
    )
    assert len(opened(only_signatures).tables) == 1

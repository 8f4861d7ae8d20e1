"""PDF files opened again: every word and amount, fonts, pages, footers, bookmarks."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.reports.document import (
    AmountCell,
    Block,
    Chart,
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
from akimat_desk.reports.grid import shown
from akimat_desk.reports.pdf import pdf_bytes
from tests.reports import samples
from tests.reports.snapshots import check_snapshot

KAZAKH = "Әәғқңөұүһі ҒҚҢӨҰҮҺІ «№ 5» – шешім"


def read(*documents: ReportDocument) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_bytes(documents)))


def words(text: str) -> str:
    """Text with every run of white space as one space: lines break where the paper ends."""
    return re.sub(r"\s+", " ", text)


def whole(reader: PdfReader) -> str:
    return words(" ".join(page.extract_text() for page in reader.pages))


def note(*blocks: Block, language: Language = Language.KK) -> ReportDocument:
    return ReportDocument("note", "Құжат", language, list(blocks))


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """Every font any page or form mentions, and whether it is embedded."""
    found: dict[str, bool] = {}

    def look(resources: Any) -> None:
        resources = resources.get_object()
        for font in (resources.get("/Font") or {}).values():
            described = font.get_object()
            found[described["/BaseFont"]] = "/FontFile2" in (described.get("/FontDescriptor") or {})
        for form in (resources.get("/XObject") or {}).values():
            if "/Resources" in form.get_object():
                look(form.get_object()["/Resources"])

    for page in reader.pages:
        look(page["/Resources"])
    return found


@pytest.mark.parametrize("name", ["179019_u07_irtysh_ru_2023", "179019_u07_irtysh_kk_2023"])
def test_an_annex_says_everything(name: str) -> None:
    document = samples.annex(name)
    reader = read(document)
    said = whole(reader)
    assert len(reader.pages) == 2
    assert document.title in said
    for table in (block for block in document.blocks if isinstance(block, Table)):
        for row in table.rows:
            for cell in row.cells:
                assert words(shown(cell)) in said
    assert all(fonts_of(reader).values()), "a font is not embedded"
    assert {page.mediabox.width < page.mediabox.height for page in reader.pages} == {True}


def test_kazakh_letters_come_out_as_they_went_in() -> None:
    for tone in Tone:
        assert KAZAKH in whole(read(note(Text(KAZAKH, tone))))
    assert KAZAKH in whole(read(note(Heading(KAZAKH, level=2))))


def test_the_head_comes_again_on_each_page_and_the_signature_is_not_left_alone() -> None:
    rows = tuple(Row((TextCell(f"жол {n}"), AmountCell(n * 10_000))) for n in range(100))
    head = ((TextCell("Атауы"), TextCell("Сомасы")),)
    for count in range(25, 72):  # whatever fits the last page
        table = Table((Column(80), Column(20)), head, rows[:count], unit="мың теңге")
        document = note(Heading("Тақырып"), table, Signatures((Signatory("Әкім", "А. Үлгілі"),)))
        pages = [page.extract_text() for page in read(document).pages]
        assert all("Атауы" in page and "Сомасы" in page for page in pages)
        assert "А. Үлгілі" in pages[-1]
        assert f"жол {count - 1}" in pages[-1]
        assert sum(page.count("мың теңге") for page in pages) == 1
        assert sum(page.count("жол") for page in pages) == count


def test_a_parent_is_not_parted_from_its_first_part() -> None:
    rows = tuple(
        Row((TextCell(f"топ {n}" if n % 3 == 0 else f"бөлік {n}"),), level=1 if n % 3 == 0 else 2)
        for n in range(300)
    )
    for lines in range(6):
        lead = [Text("кіріспе") for _ in range(lines)]
        pages = read(note(*lead, Table((Column(1),), (), rows))).pages
        for page in pages[:-1]:
            in_table = [
                line for line in page.extract_text().splitlines() if line.startswith(("топ", "бөлік"))
            ]
            assert in_table[-1].startswith("бөлік")


def test_a_heading_is_not_left_alone() -> None:
    rows = tuple(Row((TextCell(f"жол {n}"),)) for n in range(80))
    table = Table((Column(1),), ((TextCell("Бас"),),), rows)
    for lines in range(30, 48):
        lead = [Text(f"абзац {n}") for n in range(lines)]
        for page in read(note(*lead, Heading("Тақырып", level=2), table)).pages:
            text = page.extract_text()
            assert ("Тақырып" in text) <= ("жол 0" in text)


def test_pages_are_numbered_within_each_document() -> None:
    kazakh, russian = samples.annex("179019_u07_irtysh_kk_2023"), samples.annex()
    pages = [words(page.extract_text()) for page in read(kazakh, russian, samples.statement()).pages]
    assert len(pages) == 5
    assert "1-бет, барлығы 2" in pages[0]
    assert "2-бет, барлығы 2" in pages[1]
    assert "стр. 1 из 2" in pages[2]
    assert "Иртышский сельский округ, 2023" in pages[3]
    assert "1-бет, барлығы 1" in pages[4]


def test_bookmarks_lead_to_their_pages() -> None:
    document = note(
        Heading("Бірінші"), Text("а"), PageBreak(), Heading("Екінші", level=3), PageBreak(), Heading("Үшінші")
    )
    reader = read(document, samples.annex())
    found = {}

    def walk(entries: list[Any], depth: int = 0) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, depth + 1)
            else:
                found[entry.title] = (reader.get_destination_page_number(entry), depth)

    walk(reader.outline)
    assert found == {
        "Бірінші": (0, 0),
        "Екінші": (1, 1),
        "Үшінші": (2, 0),
        "Бюджет Иртышского сельского округа на 2023 год": (3, 0),
    }


def test_the_file_describes_itself_and_is_the_same_each_time() -> None:
    document = samples.statement()
    reader = read(document)
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    assert reader.metadata.subject == "Тоқмансай, 2026"
    assert reader.metadata.creation_date is None
    assert reader.trailer["/Root"]["/Lang"] == "kk-KZ"
    assert read(samples.statement(Language.RU)).trailer["/Root"]["/Lang"] == "ru-RU"
    assert pdf_bytes([document]) == pdf_bytes([samples.statement()])


def test_markup_in_a_name_is_only_text() -> None:
    hostile = 'ЖШС «<b>A & B</b>» <a href="x">&amp;</a> %s {0}'
    table = Table((Column(1),), ((TextCell(hostile),),), (Row((TextCell(hostile),)),))
    document = note(
        Heading(hostile), Text(hostile), Text(hostile, Tone.FINDING_ERROR), table,
        Signatures((Signatory(hostile, hostile),)),
    )  # fmt: skip
    assert whole(read(document)).count(hostile) == 7
    assert "\x07" not in whole(read(note(Text("a\x07b\u200bc"))))


def test_a_word_or_a_cell_too_long_for_its_place_is_cut_over_lines_never_lost() -> None:
    long_word = "".join(chr(0x430 + n % 32) for n in range(180))
    table = Table((Column(1), Column(1)), (), (Row((TextCell(long_word), TextCell("х " * 4000))),))
    said = "".join(page.extract_text() for page in read(note(table)).pages)
    assert said.count("х") >= 4000
    letters = re.sub(r"\s", "", said)
    assert long_word[:20] in letters


def test_many_columns_shrink_and_no_amount_is_broken() -> None:
    amounts = tuple(AmountCell(123_456_789_012_345 + n) for n in range(9))
    table = Table(
        (Column(10), *(Column(10) for _ in amounts)),
        ((TextCell("Атауы"), *(TextCell("Сомасы") for _ in amounts)),),
        (Row((TextCell("Кіріс"), *amounts)),),
    )
    for landscape in (True, False):
        reader = read(replace(note(table), landscape=landscape))
        lines = reader.pages[0].extract_text().replace("\xa0", " ")
        assert all(shown(amount).replace("\xa0", " ") in lines for amount in amounts)
        assert (reader.pages[0].mediabox.width > reader.pages[0].mediabox.height) == landscape


def test_a_chart_is_drawn_with_its_values_and_its_words() -> None:
    document = samples.statement()
    reader = read(document)
    said = whole(reader)
    for value in ("21,4", "17,2", "4,7", "19,2", "33,0", "Нысаналы мән", "Графиктің сипаттамасы"):
        assert value in said
    assert "Қате. 2025" in said
    assert "Ескерту. 2025" in said
    assert all(fonts_of(reader).values()), "a font is not embedded"


def test_many_series_keep_their_names_and_values() -> None:
    document = samples.many_series()
    reader = read(document)
    said = whole(reader)
    chart = document.blocks[0]
    assert isinstance(chart, Chart)
    for series in chart.series[:-1]:
        assert series.name in said
        assert all(shown(PercentCell(value)).replace("\xa0", " ") in said for value in series.values)
    assert "…" in said  # a name longer than the page is wide is shortened
    assert all(fonts_of(reader).values())


def test_two_languages_stand_beside_each_other_block_by_block() -> None:
    places: dict[str, tuple[float, float]] = {}

    def visit(text: str, _cm: Any, tm: list[float], _font: Any, _size: Any) -> None:
        for start in ("1) кірістер", "1) доходы", "2) шығындар", "2) затраты"):
            if text.strip().startswith(start):
                places[start] = (tm[4] + _cm[4], round(tm[5] + _cm[5], 1))

    read(samples.side_by_side()).pages[0].extract_text(visitor_text=visit)
    assert places["1) кірістер"][1] == places["1) доходы"][1]
    assert places["2) шығындар"][1] == places["2) затраты"][1]
    assert places["1) доходы"][0] > places["1) кірістер"][0] + 200


def test_long_versions_beside_each_other_run_over_pages() -> None:
    sample = samples.side_by_side().blocks[0]
    long = replace(sample, left=sample.left * 15, right=sample.right * 15)  # type: ignore[type-var]
    reader = read(note(long, Signatures((Signatory("Төраға", "Қ. Үлгілі"),))))
    said = whole(reader)
    assert len(reader.pages) >= 4
    assert said.count("1) кірістер") == said.count("1) доходы") == 15
    assert "Қ. Үлгілі" in reader.pages[-1].extract_text()
    assert "2) шығындар" in reader.pages[-1].extract_text()


def test_a_justified_line_does_not_pull_an_amount_apart() -> None:
    loose = "6) финансирование дефицита (использование профицита) бюджета и – 3\xa0623 тысячитенгеслитно"
    reader = read(note(Text(loose, indent=1)))
    assert "3 623" in whole(reader)
    contents = reader.pages[0].get_contents()
    assert contents is not None
    stretches = [float(value) for value in re.findall(rb"([\d.]+) Tw", contents.get_data())]
    assert max(stretches) > 0, "the line is not stretched: the test shows nothing"
    at = stretches.index(max(stretches))
    assert stretches[at + 1] == 0, "the no-break space is stretched"


def test_nothing_to_write_and_a_person_who_calls_it_off() -> None:
    with pytest.raises(UsageProblem):
        pdf_bytes([])
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        pdf_bytes([samples.annex()], task)


@pytest.mark.parametrize("name", ["annex_kk", "annex_ru", "statement_kk", "side_by_side"])
def test_golden_text(name: str) -> None:
    document = {
        "annex_kk": lambda: samples.annex("179019_u07_irtysh_kk_2023"),
        "annex_ru": samples.annex,
        "statement_kk": samples.statement,
        "side_by_side": samples.side_by_side,
    }[name]()
    pages = [page.extract_text().replace("\xa0", " ") for page in read(document).pages]
    text = "\n=== page ===\n".join(pages)
    check_snapshot(f"{name}.pdf.txt", "\n".join(line.rstrip() for line in text.splitlines()) + "\n")

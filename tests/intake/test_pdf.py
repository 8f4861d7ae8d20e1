"""PDF files with a text layer: words, tables over pages, rows set by spaces; hostile files stay outside."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.intake import LIMITS, FileKind, Paragraph, read_bytes, read_file
from akimat_desk.intake.pdf_grid import grids
from akimat_desk.reports.fonts import SERIF, register_fonts
from tests.budget.reading import annex_builder as build
from tests.budget.reading.pdf_builder import annex_pdf, text_pdf
from tests.conftest import Soffice

CASES = build.cases()


def drawn(*lines: tuple[float, float, str], rotation: int = 0) -> bytes:
    """A page with texts at places counted from the upper left corner, as the reader sees it turned."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont(SERIF, 10)
    width, height = A4
    across, down = {0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[rotation]
    canvas.translate(across, down)
    canvas.rotate(rotation)
    top = width if rotation in (90, 270) else height
    for x, y, text in lines:
        canvas.drawString(x, top - y, text)
    canvas.setPageRotation(rotation)
    canvas.save()
    return buffer.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(InputRefused) as refusal:
        read_bytes(data, "шешім.pdf")
    return refusal.value.message.key.removeprefix("error.intake.")


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_bytes(data, "a.pdf").blocks if isinstance(block, Paragraph)]


def test_every_kazakh_letter_comes_through() -> None:
    letters = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі № «шешім» – 1 234,5"
    document = read_bytes(drawn((50, 50, letters)), "a.pdf")
    assert document.kind is FileKind.PDF
    assert [block.text for block in document.paragraphs()] == [letters]


def test_a_wrapped_paragraph_is_one_and_a_short_line_ends_it() -> None:
    long = "Осы шешім 2026 жылғы 1 қаңтардан бастап қолданысқа енгізіледі және ресми жариялануға жатады. " * 3
    assert texts(text_pdf(f"{long.strip()}\nМәслихат төрағасы")) == [long.strip(), "Мәслихат төрағасы"]


def test_rows_set_by_spaces_keep_them() -> None:
    data = drawn(
        (50, 50, "124 Аппарат акима"),
        (60, 64, "001"), (90, 64, "Услуги"), (300, 64, "1,234.56"), (400, 64, "0.00"),
        (60, 78, "022"), (90, 78, "Капитальные"), (300, 78, "7.00"), (400, 78, "12.00"),
    )  # fmt: skip
    rows = [text.split() for text in texts(data)]
    assert rows[1:] == [["001", "Услуги", "1,234.56", "0.00"], ["022", "Капитальные", "7.00", "12.00"]]
    assert all(text.startswith(" ") and "   " in text.strip() for text in texts(data)[1:])


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_seen(rotation: int) -> None:
    lines = [(50, 50, "1) кірістер – 12,5 мың теңге;"), (50, 70, "2) шығындар – 11,0 мың теңге")]
    assert texts(drawn(*lines, rotation=rotation)) == [text for _, _, text in lines]


def test_a_table_goes_on_over_pages_without_its_repeated_head() -> None:
    (case,) = [case for case in CASES if case["id"].startswith("191405_u02_ainabulak_ru_2024")]
    paper = build.paper_of(case)
    longer = replace(paper, rows=paper.rows * 3)
    tables = list(read_bytes(annex_pdf([longer]), "a.pdf").tables())
    assert len(tables) == 2
    heads = [row for row in tables[1].rows if "".join(row[0].text.split()) == "Функциональнаягруппа"]
    assert len(heads) == 1
    assert sum(len(table.rows) for table in tables) == len(longer.rows) + 5 + 6


def test_a_large_file_is_handed_over_whole() -> None:
    noise = "".join(chr(0x430 + (number * 7919) % 32) for number in range(60_000))
    words = [noise[start : start + 9] for start in range(0, len(noise), 9)]
    data = text_pdf("\n".join(" ".join(words[start : start + 9]) for start in range(0, len(words), 9)))
    assert len(data) > 2**16  # more than a pipe holds
    assert "".join(texts(data)).replace(" ", "") == noise


def test_page_numbers_are_no_text() -> None:
    said = texts(text_pdf("\n".join(f"Жол {'а' * (number % 7 + 1)}" for number in range(150))))
    assert len(said) == 150


def test_what_cannot_be_read_says_what_to_do() -> None:
    blank = io.BytesIO()
    canvas = Canvas(blank)
    canvas.rect(10, 10, 200, 200, fill=1)
    canvas.save()
    assert refused(blank.getvalue()) == "pdf_scan"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf("Бюджет"))))
    writer.encrypt("құпия", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert refused(locked.getvalue()) == "pdf_password"
    assert refused(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3") == "pdf_damaged"
    assert refused(b"\n\n%PDF-1.4") == "pdf_damaged"


def test_a_torn_file_is_refused() -> None:
    whole = text_pdf("Бюджет туралы\n1) кірістер – 10,0 мың теңге")
    for part in (30, 200, len(whole) // 2, len(whole) - 30):
        assert refused(whole[:part]) in ("pdf_damaged", "pdf_scan")


def test_a_page_without_text_is_said() -> None:
    buffer = io.BytesIO()
    register_fonts()
    canvas = Canvas(buffer)
    canvas.setFont(SERIF, 10)
    canvas.drawString(50, 700, "кірістер")
    canvas.showPage()
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    assert read_bytes(buffer.getvalue(), "a.pdf").warnings == ["warning.intake.pdf_pictures"]


def test_a_reader_that_hangs_is_stopped_and_one_that_dies_is_a_damaged_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    sleeper.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(sleeper))
    with pytest.raises(InputRefused) as refusal:
        read_bytes(text_pdf("а"), "a.pdf", limits=replace(LIMITS, seconds=0))
    assert refusal.value.message.key == "error.intake.too_slow"
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        read_bytes(text_pdf("а"), "a.pdf", task)
    sleeper.write_text("#!/bin/sh\nkill -SEGV $$\n", "utf-8")
    assert refused(text_pdf("а")) == "pdf_damaged"


@pytest.mark.libreoffice
@pytest.mark.parametrize("case", CASES[::5], ids=lambda case: case["id"])
def test_an_annex_printed_by_an_office_program(case: dict, soffice: Soffice, tmp_path: Path) -> None:
    source = tmp_path / "қосымша.docx"
    document = Document(io.BytesIO(build.as_docx([build.paper_of(case)])))
    for table in document.tables:
        table.style = "Table Grid"
    document.save(str(source))
    tables = list(read_file(soffice.convert(source, "pdf", tmp_path / "pdf")).tables())
    printed = [[cell.one_line for cell in row][-1] for table in tables for row in table.rows]
    wanted = [row.amount for row in build.paper_of(case).rows]
    assert [amount for amount in printed if amount in set(wanted)] == wanted


def test_a_single_frame_is_no_table() -> None:
    frame = [(0, 0, 9000, 0), (0, 5000, 9000, 5000), (0, 0, 0, 5000), (9000, 0, 9000, 5000)]
    assert grids(frame) == []
    (grid,) = grids([*frame, (4000, 0, 4000, 5000)])
    assert grid.xs == (0, 4000, 9000)
    assert [column for column, _ in grid.row(0)] == [0, 1]

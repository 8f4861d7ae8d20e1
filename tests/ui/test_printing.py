"""Paper shows what the PDF shows, page for page: a printer that writes a file, compared dot by dot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from akimat_desk.core.progress import Cancelled, Task
from akimat_desk.reports.pdf.pages import pdf_bytes
from akimat_desk.reports.pdf.pictures import count_pages, page_pictures
from akimat_desk.ui.printing import paint_pages
from akimat_desk.ui.window import MainWindow
from tests.ui.conftest import settled

Settle = Callable[[], None]
_DOTS = 60


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def grey_pages(content: bytes) -> list[tuple[int, int, bytes]]:
    numbers = range(1, count_pages(content) + 1)
    made = page_pictures(content, _DOTS, numbers, grey=True)
    return [(page.width, page.height, page.pixels()) for page in made]


def difference(one: bytes, other: bytes) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


@pytest.mark.parametrize("report", ["annex", "self_sufficiency"])
def test_the_sheets_are_the_pages_of_the_pdf(
    qtbot: QtBot, opened: MainWindow, settle: Settle, tmp_path: Path, report: str
) -> None:
    opened.show_page("reports")
    settle()
    page = opened.page("reports")
    page.choose(report)
    settle()
    content = pdf_bytes(page.preview.documents)
    printed = tmp_path / "printed.pdf"
    page._printing.send(printer_to(printed), content, count_pages(content))
    settled(qtbot, opened)
    ours, theirs = grey_pages(content), grey_pages(printed.read_bytes())
    assert len(ours) == len(theirs) >= 1
    for (width, height, mine), (other_width, other_height, other) in zip(ours, theirs, strict=True):
        assert abs(width - other_width) <= 1
        assert abs(height - other_height) <= 1
        if (width, height) == (other_width, other_height):
            assert difference(mine, other) < 6  # of 255: the same letters at the same places
    assert "На принтер отправлен" in opened.notice.text


def test_pages_chosen_in_the_dialog_are_the_ones_sent(
    opened: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    opened.show_page("reports")
    settle()
    page = opened.page("reports")
    content = pdf_bytes(page.preview.documents)
    printer = printer_to(tmp_path / "two.pdf")
    printer.setFromTo(2, 3)
    page._printing.send(printer, content, count_pages(content))
    settle()
    assert count_pages((tmp_path / "two.pdf").read_bytes()) == 2
    assert "2 страницы" in opened.notice.text


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_said_in_words(
    opened: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    opened.show_page("reports")
    settle()
    page = opened.page("reports")
    content = pdf_bytes(page.preview.documents)
    page._printing.send(printer_to(tmp_path / "no folder" / "x.pdf"), content, 1)
    settle()
    assert "не принял задание" in opened.notice.text


def test_a_page_keeps_its_way_and_its_colours(tmp_path: Path, opened: MainWindow, settle: Settle) -> None:
    opened.show_page("reports")
    settle()
    content = pdf_bytes(opened.page("reports").preview.documents)
    [coloured] = page_pictures(content, _DOTS, [1], grey=False)
    assert len(coloured.pixels()) == coloured.width * coloured.height * 3
    with pypdfium2.PdfDocument(content) as pdf:
        width, height = pdf[0].get_size()
    assert coloured.landscape == (width > height)
    printer = printer_to(tmp_path / "one.pdf")
    assert paint_pages(printer, [coloured])
    [grey] = page_pictures(content, _DOTS, [1], grey=True)
    assert len(grey.pixels()) == grey.width * grey.height


def test_preparing_can_be_called_off(opened: MainWindow, settle: Settle) -> None:
    opened.show_page("reports")
    settle()
    content = pdf_bytes(opened.page("reports").preview.documents)
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        list(page_pictures(content, _DOTS, [1], grey=True, task=task))

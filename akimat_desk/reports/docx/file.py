"""The Word file: pages, footers, properties."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from akimat_desk.core import strings
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.files import write_atomically
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Task
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.docx.body import BodyWriter
from akimat_desk.reports.docx.markup import LOCALE, add, add_field, add_run
from akimat_desk.reports.docx.styles import SMALL_STYLE, set_styles
from akimat_desk.reports.footers import footer_words
from akimat_desk.reports.packing import repacked

CREATOR = "Akimat Desk"
_PAGE, _PAGES = "\x01", "\x02"  # stand-ins for the fields in the numbering's words


def render_docx(documents: Sequence[ReportDocument], path: Path, task: Task | None = None) -> Path:
    """Write the documents into one Word file, each beginning on a page of its own.

    Raises EnvironmentProblem when the file cannot be written, UsageProblem when there is nothing
    to write, Cancelled.
    """
    content = docx_bytes(documents, task)
    return write_atomically(path, lambda temporary: _store(temporary, content))


def _store(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def docx_bytes(documents: Sequence[ReportDocument], task: Task | None = None) -> bytes:
    """The documents as the bytes of one Word file; the same documents give the same bytes."""
    if not documents:
        raise UsageProblem("error.report.empty")
    task = task or Task()
    first = documents[0]
    file = Document()
    set_styles(file, first.language)
    _describe(file, first)
    for number, document in enumerate(documents):
        task.step(number, len(documents))
        section = file.add_section(WD_SECTION.NEW_PAGE) if number else file.sections[0]
        width = _page(section, document)
        _footer(section, document, first.language, width)
        body = file.element.body
        final = body.find(qn("w:sectPr"))
        if final is not None:
            body.remove(final)
        BodyWriter(body, document, first.language, width, task, partial(_picture, file)).write()
        if final is not None:
            body.append(final)
    buffer = BytesIO()
    file.save(buffer)
    task.step(len(documents), len(documents))
    return repacked(buffer.getvalue(), lambda _, content: content)


def _picture(file: Any, png: bytes, width: int, words: str) -> Any:
    """The element that shows a picture, which is put into the file."""
    shown = file.part.new_pic_inline(BytesIO(png), width=Twips(width), height=Twips(width))
    shown.docPr.set("descr", words)
    return shown


def _describe(file: Any, document: ReportDocument) -> None:
    about = file.core_properties
    about.title = " ".join(document.title.split())[:255]
    about.subject = document.subject[:255]
    about.author, about.last_modified_by, about.comments = CREATOR, CREATOR, ""
    about.language = LOCALE[document.language]


def _page(section: Any, document: ReportDocument) -> int:
    """Set up an A4 page; returns the width of its text in twentieths of a point."""
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if document.landscape else (short, long)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    section.footer_distance, section.header_distance = Mm(9), Mm(9)
    return round(int(section.page_width - Mm(40)) / int(Twips(1)))


def _footer(section: Any, document: ReportDocument, file_language: Language, width: int) -> None:
    """The footer's words at the left, "2 of 5" as fields at the right."""
    footer = section.footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    look = paragraph.get_or_add_pPr()
    look.clear()
    add(look, "pStyle", val=SMALL_STYLE)
    add(add(look, "tabs"), "tab", val="right", pos=width)
    language = document.language if document.language is not file_language else None
    pattern = strings.text("report.render.page", document.language, page=_PAGE, pages=_PAGES)
    add_run(paragraph, footer_words(document, 80), language=language)
    add(add(paragraph, "r"), "tab")
    before, _, rest = pattern.partition(_PAGE)
    between, _, after = rest.partition(_PAGES)
    for part, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if part:
            add_run(paragraph, part, language=language)
        if code:
            add_field(paragraph, code)

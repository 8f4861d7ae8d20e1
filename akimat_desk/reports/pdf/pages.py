"""Pages: margins, footers with "2 of 5", bookmarks, the file's own description."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)
from reportlab.platypus.flowables import Flowable

from akimat_desk.core import strings
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.files import write_atomically
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Task
from akimat_desk.reports import fonts
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.pdf import style
from akimat_desk.reports.pdf.flow import FlowBuilder

CREATOR = "Akimat Desk"
_LOCALE = {Language.KK: "kk-KZ", Language.RU: "ru-RU", Language.EN: "en-GB"}
_PORTRAIT, _LANDSCAPE = "portrait", "landscape"


def render_pdf(documents: Sequence[ReportDocument], path: Path, task: Task | None = None) -> Path:
    """Write the documents into one PDF, each beginning on a page of its own.

    Raises EnvironmentProblem when the file cannot be written, UsageProblem when there is nothing
    to write, Cancelled.
    """
    content = pdf_bytes(documents, task)
    return write_atomically(path, lambda temporary: _store(temporary, content))


def _store(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def pdf_bytes(documents: Sequence[ReportDocument], task: Task | None = None) -> bytes:
    """The documents as the bytes of one PDF; the same documents give the same bytes."""
    if not documents:
        raise UsageProblem("error.report.empty")
    fonts.register_fonts()
    task = task or Task()
    flow: list[Flowable] = []
    footers = _Footers(documents)
    for number, document in enumerate(documents):
        task.step(number, len(documents))
        template = _LANDSCAPE if document.landscape else _PORTRAIT
        flow.append(NextPageTemplate(template))
        if number:
            flow.append(PageBreak())
        flow.append(_Begin(footers, number))
        flow.extend(FlowBuilder(document, f"d{number}", _frame_size(document.landscape), task).build())
    buffer = BytesIO()
    _template(documents, buffer, footers).build(flow, canvasmaker=partial(_Canvas, footers=footers))
    task.step(len(documents), len(documents))
    return buffer.getvalue()


def _frame_size(wide: bool) -> tuple[float, float]:
    width, height = landscape(A4) if wide else A4
    return (
        width - style.MARGIN_LEFT - style.MARGIN_RIGHT,
        height - style.MARGIN_TOP - style.MARGIN_BOTTOM,
    )


def _template(documents: Sequence[ReportDocument], buffer: BytesIO, footers: _Footers) -> BaseDocTemplate:
    first = documents[0]
    template = BaseDocTemplate(
        buffer,
        pagesize=landscape(A4) if first.landscape else A4,
        title=fonts.printable(" ".join(first.title.split())),
        subject=fonts.printable(first.subject),
        author="",
        creator=CREATOR,
        lang=_LOCALE[first.language],
        invariant=1,
        initialFontName=fonts.SERIF,
        displayDocTitle=1,
    )
    pages = []
    for name, wide in ((_PORTRAIT, False), (_LANDSCAPE, True)):
        width, height = _frame_size(wide)
        frame = Frame(
            style.MARGIN_LEFT, style.MARGIN_BOTTOM, width, height,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        pages.append(
            PageTemplate(
                id=name,
                frames=[frame],
                pagesize=landscape(A4) if wide else A4,
                onPageEnd=footers.end_page,
            )
        )
    template.addPageTemplates(pages[::-1] if first.landscape else pages)
    return template


class _Footers:
    """Counts each document's pages and writes "2 of 5" once it is known how many there are.

    A page's footer is a form drawn later: the pages themselves need no second pass.
    """

    def __init__(self, documents: Sequence[ReportDocument]) -> None:
        self._documents = documents
        self._pages: list[list[tuple[str, tuple[float, float]]]] = [[] for _ in documents]
        self.current = 0

    def end_page(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        """Leave room for the footer of the page just filled."""
        pages = self._pages[self.current]
        name = f"footer-{self.current}-{len(pages)}"
        pages.append((name, canvas._pagesize))
        canvas.doForm(name)

    def write(self, canvas: Canvas) -> None:
        """Write every footer."""
        for document, pages in zip(self._documents, self._pages, strict=True):
            for number, (name, (width, height)) in enumerate(pages, 1):
                canvas.beginForm(name, 0, 0, width, height)
                self._draw(canvas, document, strings.text(
                    "report.render.page", document.language, page=number, pages=len(pages)
                ), width)  # fmt: skip
                canvas.endForm()

    def _draw(self, canvas: Canvas, document: ReportDocument, numbering: str, width: float) -> None:
        right = width - style.MARGIN_RIGHT
        canvas.setFont(fonts.SANS, style.FOOTER_SIZE)
        canvas.setFillGray(0.25)
        canvas.setStrokeGray(0.6)
        canvas.setLineWidth(0.3)
        above = style.FOOTER_AT + style.FOOTER_SIZE + 3
        canvas.line(style.MARGIN_LEFT, above, right, above)
        canvas.drawRightString(right, style.FOOTER_AT, numbering)
        words = fonts.printable(" ".join((document.footer or document.subject).split()))
        room = right - style.MARGIN_LEFT - fonts.width(numbering, fonts.SANS, style.FOOTER_SIZE) - 12
        lines = fonts.wrapped(words, fonts.SANS, style.FOOTER_SIZE, room)
        y = style.FOOTER_AT
        for line in lines[:2]:
            canvas.drawString(style.MARGIN_LEFT, y, line)
            y -= style.FOOTER_SIZE * 1.2


class _Begin(ActionFlowable):  # type: ignore[misc]
    """Says which document the pages from here on belong to."""

    def __init__(self, footers: _Footers, number: int) -> None:
        super().__init__(())
        self._footers, self._number = footers, number

    def apply(self, _template: BaseDocTemplate) -> None:
        """Called when the pages reach this document."""
        self._footers.current = self._number


class _Info(PDFInfo):  # type: ignore[misc]
    """The file's description without a date: the same document gives the same file."""

    def format(self, document: Any) -> Any:
        """The dictionary as reportlab writes it."""
        entries = {"Title": self.title, "Subject": self.subject, "Creator": self.creator}
        entries["Producer"] = self.producer
        return PDFDictionary({k: PDFString(v) for k, v in entries.items() if v}).format(document)


class _Canvas(Canvas):  # type: ignore[misc]
    """A canvas that writes the footers when all pages are known."""

    def __init__(self, *args: Any, footers: _Footers, **options: Any) -> None:
        super().__init__(*args, **options)
        self._footers = footers
        self._doc.info = _Info()

    def save(self) -> None:
        """Finish the file."""
        if self._code:
            self.showPage()
        self._footers.write(self)
        super().save()

"""Prints a decision's text and annexes as PDF, the way an office's programs would: ruled tables, wrapped
names, a number on each page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer

from akimat_desk.reports.fonts import SERIF, printable, register_fonts

from . import annex_builder as build

_TEXT_WIDTH = A4[0] - 100


def _style(size: float, **more: Any) -> ParagraphStyle:
    register_fonts()
    return ParagraphStyle("text", fontName=SERIF, fontSize=size, leading=size * 1.25, **more)


def _page_number(canvas: Canvas, _: object) -> None:
    canvas.setFont(SERIF, 8)
    canvas.drawCentredString(A4[0] / 2, 25, str(canvas.getPageNumber()))


def _made(story: Sequence[Any]) -> bytes:
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=50, rightMargin=50, topMargin=50, bottomMargin=50, invariant=1
    )
    template.build(list(story), onFirstPage=_page_number, onLaterPages=_page_number)
    return buffer.getvalue()


def text_pdf(text: str, size: float = 12) -> bytes:
    """A decision's text, a paragraph for each of its lines."""
    story = []
    for line in text.splitlines():
        if line.strip():
            indent = len(line) - len(line.lstrip())
            style = _style(size, firstLineIndent=6 * indent, spaceAfter=size / 3)
            story.append(Paragraph(escape(printable(line.strip())), style))
    return _made(story)


def annex_pdf(papers: Sequence[build.Paper], size: float = 9) -> bytes:
    """Annexes as ruled tables with their heads repeated on every page."""
    style = _style(size)
    story: list[Any] = []
    for number, paper in enumerate(papers):
        if number:
            story.append(PageBreak())
        block = _style(size, leftIndent=_TEXT_WIDTH * 0.6)
        story += [Paragraph(escape(printable(line)), block) for line in paper.preamble()]
        story.append(
            Paragraph(escape(printable(paper.heading)), _style(size + 2, alignment=1, spaceBefore=9))
        )
        for side in ("revenue", "expenditure"):
            rows = build.grid(paper, side)
            codes = len(rows[0]) - 2
            widths = [40.0] * codes + [_TEXT_WIDTH - 40.0 * codes - 80, 80.0]
            head = len(paper.heads_of(side)) + 1
            cells = [[Paragraph(escape(printable(cell)), style) for cell in row] for row in rows]
            grid = ("GRID", (0, 0), (-1, -1), 0.5, "black")
            story.append(Spacer(1, size))
            story.append(LongTable(cells, colWidths=widths, repeatRows=head, style=[grid]))
    return _made(story)

"""The blocks of a neutral document as things that flow down pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer
from reportlab.platypus import Table as LayoutTable
from reportlab.platypus.flowables import Flowable

from akimat_desk.core import strings
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Task
from akimat_desk.reports import document as doc
from akimat_desk.reports.fonts import SANS_BOLD, SERIF, SERIF_BOLD
from akimat_desk.reports.pdf import chart as charts
from akimat_desk.reports.pdf.style import ALIGN, INDENT, SUB_INDENT, TEXT, heading_style
from akimat_desk.reports.pdf.table import Rows, rows_of
from akimat_desk.reports.pdf.words import Run, Words
from akimat_desk.reports.qr import matrix

_GUTTER = 16.0
_SIGNATURE_GAP = 26.0
_FIRST_LINES = 40.0  # of what a heading heads stand below it
_FINDING = {
    doc.Tone.FINDING_ERROR: "report.render.finding_error",
    doc.Tone.FINDING_WARNING: "report.render.finding_warning",
}


class _Heading(Words):
    """A heading that is also an entry of the reader's table of contents."""

    def __init__(self, heading: doc.Heading, key: str, outline_level: int) -> None:
        style = heading_style(heading.level)
        super().__init__([(heading.text, style.fontName)], style)
        self._entry = (" ".join(heading.text.split()), key, outline_level)

    def draw(self) -> None:
        """Paint the heading and leave its bookmark."""
        text, key, level = self._entry
        self.canv.bookmarkHorizontal(key, 0, self.height + 4)
        self.canv.addOutlineEntry(text, key, level, closed=False)
        super().draw()


class _Finding(Words):
    """A finding: a bar at its left, thick for an error."""

    def __init__(
        self,
        runs: Sequence[Run],
        style: ParagraphStyle,
        lines: Any = None,
        *,
        thickness: float,
        continued: bool = False,
    ) -> None:
        super().__init__(runs, style, lines, continued=continued)
        self._thickness = thickness

    def _part(self, lines: Any, *, continued: bool) -> Words:
        return _Finding((), self.style, lines, thickness=self._thickness, continued=continued)

    def draw(self) -> None:
        """Paint the bar and the words."""
        self.canv.saveState()
        self.canv.setLineWidth(self._thickness)
        self.canv.line(2, 0, 2, self.height - 1)
        self.canv.restoreState()
        super().draw()


class _Squares(Flowable):  # type: ignore[misc]
    """A QR code ``side`` points wide."""

    def __init__(self, digits: str, side: float) -> None:
        super().__init__()
        self.width = self.height = side
        self._rows = matrix(digits)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Always the same size."""
        return self.width, self.height

    def draw(self) -> None:
        """Paint the dark squares."""
        step = self.width / len(self._rows)
        for row, squares in enumerate(self._rows):
            for column, dark in enumerate(squares):
                if dark:
                    self.canv.rect(
                        column * step, self.height - (row + 1) * step, step, step, stroke=0, fill=1
                    )


def _words(text: doc.Text, language: Language, style: ParagraphStyle) -> Words:
    """A text in the style; a finding says what it is and has its bar."""
    if text.tone in _FINDING:
        style.firstLineIndent = 0
        mark = strings.text(_FINDING[text.tone], language)
        thickness = 2.4 if text.tone is doc.Tone.FINDING_ERROR else 0.9
        return _Finding([(mark, SERIF_BOLD), (text.text, SERIF)], style, thickness=thickness)
    return Words([(text.text, SERIF_BOLD if text.bold else style.fontName)], style)


class FlowBuilder:
    """Turns one document's blocks into flowables for pages with a column of ``size``."""

    def __init__(self, document: doc.ReportDocument, key: str, size: tuple[float, float], task: Task) -> None:
        self._document = document
        self._key = key
        self._width, self._height = size
        self._task = task
        self._outline_level = -1
        self._headings = 0
        self._flow: list[Flowable] = []

    def build(self) -> list[Flowable]:
        """The flowables in order."""
        for block in self._document.blocks:
            self._add(block)
        self._hold_headings()
        return self._flow

    def _add(self, block: doc.Block) -> None:
        match block:
            case doc.Heading():
                self._flow.append(self._heading(block))
            case doc.Text():
                self._flow.append(self._text(block, self._document.language))
            case doc.Table():
                self._flow.append(rows_of(block, self._width, self._height, self._task))
            case doc.Chart():
                self._flow.append(self._chart(block))
            case doc.Signatures():
                self._signatures(block)
            case doc.PageBreak():
                self._flow.append(PageBreak())
            case doc.SideBySide():
                self._flow.extend(self._beside(block))
            case doc.Code():
                self._flow.append(self._code(block))

    def _heading(self, heading: doc.Heading) -> _Heading:
        # A level may only be one deeper than the entry before it.
        self._outline_level = min(max(heading.level, 1) - 1, self._outline_level + 1)
        self._headings += 1
        return _Heading(heading, f"{self._key}-{self._headings}", self._outline_level)

    def _text(self, text: doc.Text, language: Language) -> Words:
        base = TEXT[text.tone]
        style = ParagraphStyle(f"{base.name}-{text.align}-{text.indent}", base)
        style.alignment = ALIGN[text.align]
        style.firstLineIndent = text.indent * INDENT
        if text.tone is doc.Tone.ANNEX_BLOCK:
            style.leftIndent = self._width * 0.54
            if style.alignment == TA_JUSTIFY:
                style.alignment = TA_LEFT
        return _words(text, language, style)

    def _chart(self, chart: doc.Chart) -> KeepTogether:
        title = ParagraphStyle("chart", TEXT[doc.Tone.SMALL], fontName=SANS_BOLD, spaceBefore=4)
        parts: list[Flowable] = []
        if chart.title:
            parts.append(Words([(chart.title, title.fontName)], title))
        parts.append(charts.drawing(chart, self._width))
        if chart.text_equivalent:
            parts.append(Spacer(1, 4))
            small = TEXT[doc.Tone.SMALL]
            parts.append(Words([(chart.text_equivalent, small.fontName)], small))
        return KeepTogether(parts)

    def _code(self, block: doc.Code) -> LayoutTable:
        """The digits and what they are for at the left, the code at the right."""
        side = 68.0
        small = TEXT[doc.Tone.SMALL]
        words = Words([(f"{block.caption} {block.digits}", small.fontName)], small)
        return LayoutTable(
            [[words, _Squares(block.digits, side)]],
            colWidths=[self._width - side, side],
            style=[
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("FONT", (0, 0), (-1, -1), SERIF),
            ],
        )

    def _beside(self, block: doc.SideBySide) -> list[Flowable]:
        """Two columns, block by block; each pair its own row, so that a page may part any two."""
        column = (self._width - _GUTTER) / 2
        rows: list[Flowable] = []
        for index in range(max(len(block.left), len(block.right))):
            pair = [
                self._side(side[index], language, column) if index < len(side) else ""
                for side, language in (
                    (block.left, block.left_language),
                    (block.right, block.right_language),
                )
            ]
            rows.append(
                LayoutTable(
                    [[pair[0], pair[1]]],
                    colWidths=[column + _GUTTER / 2, column + _GUTTER / 2],
                    splitInRow=1,
                    style=[
                        ("VALIGN", (0, 0), (-1, -1), "TOP"),
                        ("LEFTPADDING", (0, 0), (0, -1), 0),
                        ("RIGHTPADDING", (0, 0), (0, -1), _GUTTER / 2),
                        ("LEFTPADDING", (1, 0), (1, -1), _GUTTER / 2),
                        ("RIGHTPADDING", (1, 0), (1, -1), 0),
                        ("TOPPADDING", (0, 0), (-1, -1), 0),
                        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                        ("LINEBEFORE", (1, 0), (1, -1), 0.3, "grey"),
                        ("FONT", (0, 0), (-1, -1), SERIF),
                    ],
                )
            )
        return rows

    def _side(self, block: doc.Heading | doc.Text, language: Language, width: float) -> Words:
        if isinstance(block, doc.Heading):
            base = heading_style(block.level)
            style = ParagraphStyle(f"{base.name}-side", base)
            style.fontSize, style.leading = min(base.fontSize, 11.5), min(base.leading, 14.5)
            return Words([(block.text, style.fontName)], style)
        base = TEXT[block.tone]
        style = ParagraphStyle(f"{base.name}-side", base)
        style.fontSize, style.leading = min(style.fontSize, 10.5), min(style.leading, 13.5)
        style.firstLineIndent = block.indent * SUB_INDENT
        if block.tone is doc.Tone.ANNEX_BLOCK:
            style.leftIndent = width * 0.2
        # A narrow column of long words tears when justified.
        style.alignment = TA_LEFT if block.align is doc.Align.JUSTIFY else ALIGN[block.align]
        return _words(block, language, style)

    def _signatures(self, block: doc.Signatures) -> None:
        """The signatures and, on the same page, the end of what stands before them."""
        widths = [self._width * share for share in (0.48, 0.22, 0.02, 0.28)]
        style = ParagraphStyle("signature", TEXT[doc.Tone.BODY], fontName=SERIF_BOLD, spaceAfter=0)
        rows = [
            [Words([(p.position, SERIF_BOLD)], style), "", "", Words([(p.name, SERIF_BOLD)], style)]
            for p in block.people
        ]
        if not rows:
            return
        nameless = [index for index, person in enumerate(block.people) if not person.name]
        table = LayoutTable(
            rows,
            colWidths=widths,
            style=[
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), _SIGNATURE_GAP / 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("FONT", (0, 0), (-1, -1), SERIF),
                ("LINEBELOW", (1, 0), (1, -1), 0.5, "black"),
                *[("LINEBELOW", (3, i), (3, i), 0.5, "black") for i in nameless],
            ],
        )
        group: list[Flowable] = [Spacer(1, 10), table]
        while self._flow and len(group) < 4 and isinstance(self._flow[-1], Words | LayoutTable):
            group.insert(0, self._flow.pop())
        if self._flow and isinstance(self._flow[-1], Rows):
            self._flow[-1].keep_after = 40 + sum(part.wrap(self._width, 10_000)[1] for part in group)
        self._flow.append(KeepTogether(group))

    def _hold_headings(self) -> None:
        """A heading goes to the next page with what it heads, unless that is long enough to be split."""
        result: list[Flowable] = []
        need = 0.0
        for flowable in reversed(self._flow):
            if isinstance(flowable, _Heading):
                need += flowable.wrap(self._width, 10_000)[1] + 16
                result.append(flowable)
                result.append(CondPageBreak(need))
                continue
            result.append(flowable)
            if isinstance(flowable, Rows):
                need = flowable.least_height()
            elif isinstance(flowable, KeepTogether):
                need = sum(part.wrap(self._width, 10_000)[1] for part in flowable._content)
            elif isinstance(flowable, Words):
                need = min(_FIRST_LINES, flowable.wrap(self._width, 10_000)[1])
            else:
                need = _FIRST_LINES
        self._flow = list(reversed(result))

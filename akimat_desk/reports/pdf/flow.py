"""The blocks of a neutral document as things that flow down pages."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Paragraph, Spacer
from reportlab.platypus import Table as LayoutTable
from reportlab.platypus.flowables import Flowable

from akimat_desk.core import strings
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Task
from akimat_desk.reports import document as doc
from akimat_desk.reports import fonts
from akimat_desk.reports.pdf import chart as charts
from akimat_desk.reports.pdf.style import ALIGN, INDENT, SUB_INDENT, TEXT, heading_style
from akimat_desk.reports.pdf.table import Rows, rows_of

_GUTTER = 16.0
_SIGNATURE_GAP = 26.0
_FIRST_LINES = 40.0  # of what a heading heads stand below it
_FINDING = {
    doc.Tone.FINDING_ERROR: "report.render.finding_error",
    doc.Tone.FINDING_WARNING: "report.render.finding_warning",
}


class _Heading(Paragraph):  # type: ignore[misc]
    """A heading that is also an entry of the reader's table of contents."""

    def __init__(self, heading: doc.Heading, key: str, outline_level: int) -> None:
        super().__init__(_markup(heading.text), heading_style(heading.level))
        self._entry = (" ".join(heading.text.split()), key, outline_level)

    def draw(self) -> None:
        """Paint the heading and leave its bookmark."""
        text, key, level = self._entry
        self.canv.bookmarkHorizontal(key, 0, self.height + 4)
        self.canv.addOutlineEntry(text, key, level, closed=False)
        super().draw()


class _Finding(Paragraph):  # type: ignore[misc]
    """A finding: a bar at its left, thick for an error."""

    def __init__(self, markup: str, style: ParagraphStyle, thickness: float) -> None:
        super().__init__(markup, style)
        self._thickness = thickness

    def draw(self) -> None:
        """Paint the bar and the words."""
        self.canv.saveState()
        self.canv.setLineWidth(self._thickness)
        self.canv.line(2, 0, 2, self.height - 1)
        self.canv.restoreState()
        super().draw()


def _markup(text: str) -> str:
    """Plain text for reportlab's paragraphs, its no-break spaces kept."""
    return escape(fonts.printable(text)).replace("\n", "<br/>")


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

    def _heading(self, heading: doc.Heading) -> _Heading:
        # A level may only be one deeper than the entry before it.
        self._outline_level = min(max(heading.level, 1) - 1, self._outline_level + 1)
        self._headings += 1
        return _Heading(heading, f"{self._key}-{self._headings}", self._outline_level)

    def _text(self, text: doc.Text, language: Language) -> Paragraph:
        base = TEXT[text.tone]
        if text.tone in _FINDING:
            mark = strings.text(_FINDING[text.tone], language)
            thickness = 2.4 if text.tone is doc.Tone.FINDING_ERROR else 0.9
            return _Finding(f"<b>{_markup(mark)}</b> {_markup(text.text)}", base, thickness)
        style = ParagraphStyle(f"{base.name}-{text.align}-{text.indent}", base)
        style.alignment = ALIGN[text.align]
        style.firstLineIndent = text.indent * INDENT
        if text.tone is doc.Tone.ANNEX_BLOCK:
            style.leftIndent = self._width * 0.54
            if style.alignment == TA_JUSTIFY:
                style.alignment = TA_LEFT
        markup = _markup(text.text)
        return Paragraph(f"<b>{markup}</b>" if text.bold else markup, style)

    def _chart(self, chart: doc.Chart) -> KeepTogether:
        title = ParagraphStyle("chart", TEXT[doc.Tone.SMALL], fontName=fonts.SANS_BOLD, spaceBefore=4)
        parts: list[Flowable] = []
        if chart.title:
            parts.append(Paragraph(_markup(chart.title), title))
        parts.append(charts.drawing(chart, self._width))
        if chart.text_equivalent:
            parts.append(Spacer(1, 4))
            parts.append(Paragraph(_markup(chart.text_equivalent), TEXT[doc.Tone.SMALL]))
        return KeepTogether(parts)

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
                        ("FONT", (0, 0), (-1, -1), fonts.SERIF),
                    ],
                )
            )
        return rows

    def _side(self, block: doc.Heading | doc.Text, language: Language, width: float) -> Paragraph:
        if isinstance(block, doc.Heading):
            base = heading_style(block.level)
            style = ParagraphStyle(f"{base.name}-side", base)
            style.fontSize, style.leading = min(base.fontSize, 11.5), min(base.leading, 14.5)
            return Paragraph(_markup(block.text), style)
        paragraph = self._text(block, language)
        style = ParagraphStyle(f"{paragraph.style.name}-side", paragraph.style)
        style.fontSize, style.leading = min(style.fontSize, 10.5), min(style.leading, 13.5)
        style.firstLineIndent = block.indent * SUB_INDENT
        if block.tone is doc.Tone.ANNEX_BLOCK:
            style.leftIndent = width * 0.2
        if style.alignment == TA_JUSTIFY:
            style.alignment = TA_LEFT  # a narrow column of long words tears when justified
        paragraph.style = style
        return paragraph

    def _signatures(self, block: doc.Signatures) -> None:
        """The signatures and, on the same page, the end of what stands before them."""
        widths = [self._width * share for share in (0.48, 0.22, 0.02, 0.28)]
        style = ParagraphStyle("signature", TEXT[doc.Tone.BODY], fontName=fonts.SERIF_BOLD, spaceAfter=0)
        rows = [
            [Paragraph(_markup(p.position), style), "", "", Paragraph(_markup(p.name), style)]
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
                ("FONT", (0, 0), (-1, -1), fonts.SERIF),
                ("LINEBELOW", (1, 0), (1, -1), 0.5, "black"),
                *[("LINEBELOW", (3, i), (3, i), 0.5, "black") for i in nameless],
            ],
        )
        group: list[Flowable] = [Spacer(1, 10), table]
        while self._flow and len(group) < 4 and isinstance(self._flow[-1], Paragraph | LayoutTable):
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
            elif isinstance(flowable, Paragraph):
                need = min(_FIRST_LINES, flowable.wrap(self._width, 10_000)[1])
            else:
                need = _FIRST_LINES
        self._flow = list(reversed(result))

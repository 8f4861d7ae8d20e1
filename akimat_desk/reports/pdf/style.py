"""How printed documents look: sizes in points, the manner of official papers."""

from __future__ import annotations

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from akimat_desk.reports.document import Align, Tone
from akimat_desk.reports.fonts import SERIF, SERIF_BOLD, SERIF_ITALIC

MARGIN_LEFT = 25 * mm  # room for the file's holes
MARGIN_RIGHT = 15 * mm
MARGIN_TOP = 18 * mm
MARGIN_BOTTOM = 20 * mm
FOOTER_AT = 11 * mm
INDENT = 12.5 * mm
SUB_INDENT = 6 * mm

TABLE_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
FOOTER_SIZE = 8.0

ALIGN = {
    Align.LEFT: TA_LEFT,
    Align.CENTRE: TA_CENTER,
    Align.RIGHT: TA_RIGHT,
    Align.JUSTIFY: TA_JUSTIFY,
}

_BODY = ParagraphStyle(
    "body", fontName=SERIF, fontSize=11, leading=14.5, spaceAfter=4, allowWidows=0, allowOrphans=0
)

TEXT = {
    Tone.BODY: _BODY,
    Tone.SMALL: ParagraphStyle("small", _BODY, fontSize=9, leading=12, spaceAfter=3),
    Tone.NOTE: ParagraphStyle("note", _BODY, fontName=SERIF_ITALIC, fontSize=9.5, leading=12.5),
    Tone.ANNEX_BLOCK: ParagraphStyle("annex", _BODY, fontSize=10.5, leading=13.5, spaceAfter=8),
    Tone.FINDING_ERROR: ParagraphStyle(
        "error", _BODY, fontSize=10, leading=13.5, leftIndent=10, spaceBefore=2, spaceAfter=5
    ),
    Tone.FINDING_WARNING: ParagraphStyle(
        "warning", _BODY, fontSize=10, leading=13.5, leftIndent=10, spaceBefore=2, spaceAfter=5
    ),
}

HEADING = {
    1: ParagraphStyle(
        "h1", _BODY, fontName=SERIF_BOLD, fontSize=13, leading=17, alignment=TA_CENTER,
        spaceBefore=6, spaceAfter=10,
    ),
    2: ParagraphStyle(
        "h2", _BODY, fontName=SERIF_BOLD, fontSize=11.5, leading=15, spaceBefore=10, spaceAfter=5
    ),
    3: ParagraphStyle(
        "h3", _BODY, fontName=SERIF_BOLD, fontSize=10.5, leading=14, spaceBefore=8, spaceAfter=4
    ),
}  # fmt: skip


def heading_style(level: int) -> ParagraphStyle:
    """The style of a heading; deeper ones than the third look like the third."""
    return HEADING[min(max(level, 1), 3)]

"""The styles of a Word file: Times New Roman, which every office has, black, no theme."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from akimat_desk.core.language import Language
from akimat_desk.reports.docx.markup import LOCALE, add

FONT = "Times New Roman"
BODY_STYLE = "Normal"
SMALL_STYLE = "AkimatSmall"
NOTE_STYLE = "AkimatNote"
ANNEX_STYLE = "AkimatAnnex"
FINDING_STYLE = "AkimatFinding"
TABLE_STYLE = "AkimatTable"
FORM_STYLE = "AkimatForm"  # tables with very many columns
SIGN_STYLE = "AkimatSignature"
GAP_STYLE = "AkimatGap"


def set_styles(file: Any, language: Language) -> None:
    """Give a fresh python-docx document our styles and the language its words are in."""
    styles = file.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")) + defaults.findall(qn("w:rFonts")):
        defaults.remove(old)
    fonts = add(defaults, "rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)
    defaults.insert(0, fonts)
    add(defaults, "lang", val=LOCALE[language], eastAsia=LOCALE[language], bidi="ar-SA")
    _look(styles["Normal"], 12, after=4, line=1.08)
    for level, size, before, after in ((1, 13, 6, 10), (2, 12, 10, 5), (3, 11, 8, 4)):
        heading = styles[f"Heading {level}"]
        _look(heading, size, bold=True, before=before, after=after)
        heading.paragraph_format.keep_with_next = True
        if level == 1:
            heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, points, before, after in (
        (SMALL_STYLE, 10, 0, 3),
        (NOTE_STYLE, 10, 0, 3),
        (ANNEX_STYLE, 11, 0, 8),
        (FINDING_STYLE, 11, 2, 5),
        (TABLE_STYLE, 10, 1, 1),
        (FORM_STYLE, 6.5, 1, 1),
        (SIGN_STYLE, 12, 14, 0),
        (GAP_STYLE, 4, 0, 0),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        bold, italic = name == SIGN_STYLE, name == NOTE_STYLE
        _look(style, points, bold=bold, italic=italic, before=before, after=after)


def _look(
    style: Any,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
) -> None:
    properties = style.element.find(qn("w:rPr"))
    if properties is not None:  # the template's fonts come from a theme, which would win
        style.element.remove(properties)
    font = style.font
    font.name, font.size = FONT, Pt(size)
    style.element.find(qn("w:rPr")).find(qn("w:rFonts")).set(qn("w:cs"), FONT)
    font.bold, font.italic = bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.line_spacing = line
    paragraph.widow_control = True

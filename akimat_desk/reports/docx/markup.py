"""WordprocessingML in small pieces: elements, runs, cells.

python-docx keeps the package; a table of hundreds of cells is written straight, which is quicker
than its cell by cell interface by an order of magnitude.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

from docx.oxml.ns import qn
from lxml import etree

from akimat_desk.core.language import Language

LOCALE = {Language.KK: "kk-KZ", Language.RU: "ru-RU", Language.EN: "en-GB"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_MINUS = re.compile(r"(?<!\w)-(?=\d)")
_NO_BREAK_HYPHEN = "\N{NON-BREAKING HYPHEN}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element: TypeAlias = Any  # lxml's elements; python-docx has its own classes of them


@cache
def _qualified(name: str) -> str:
    return str(qn(f"w:{name}"))


def add(parent: Element, name: str, **attributes: object) -> Element:
    """A child ``w:name`` with attributes ``w:…``."""
    child = etree.SubElement(parent, _qualified(name))
    for key, value in attributes.items():
        child.set(_qualified(key), str(value))
    return child


def add_run(
    paragraph: Element,
    text: str,
    *,
    language: Language | None = None,
    bold: bool = False,
    italic: bool = False,
) -> None:
    """A run of text; line breaks stay. ``language`` only where it is not the document's."""
    run = add(paragraph, "r")
    if bold or italic or language is not None:
        look = add(run, "rPr")
        if bold:
            add(look, "b")
        if italic:
            add(look, "i")
        if language is not None:
            add(look, "lang", val=LOCALE[language])
    for number, line in enumerate(_CONTROL.sub("", text).split("\n")):
        if number:
            add(run, "br")
        written = add(run, "t")
        written.text = line
        written.set(_SPACE, "preserve")


def with_firm_minus(text: str) -> str:
    """Running text whose minus signs stay with their numbers; Word breaks a line after a hyphen."""
    return _MINUS.sub(_NO_BREAK_HYPHEN, text)


def add_field(paragraph: Element, code: str) -> None:
    """A field that Word computes: PAGE, NUMPAGES."""
    field = add(paragraph, "fldSimple", instr=f" {code} ")
    written = add(add(field, "r"), "t")
    written.text = "1"


def add_paragraph(
    parent: Element,
    style: str,
    *,
    align: str = "",
    keep_next: bool = False,
    first_line: int = 0,
    left: int = 0,
    bar: int = 0,
) -> Element:
    """A paragraph; indents in twentieths of a point, ``bar`` a line at its left in eighths."""
    paragraph = add(parent, "p")
    look = add(paragraph, "pPr")
    add(look, "pStyle", val=style)
    if keep_next:
        add(look, "keepNext")
    if bar:
        add(add(look, "pBdr"), "left", val="single", sz=bar, space=6, color="404040")
    if first_line or left:
        add(look, "ind", left=left, firstLine=first_line)
    if align:
        add(look, "jc", val=align)
    return paragraph


def add_table(
    parent: Element, widths: Sequence[int], *, borders: Sequence[str], padding: int = 57
) -> Element:
    """An empty table with columns of fixed widths; ``borders`` names the sides that have lines."""
    table = add(parent, "tbl")
    look = add(table, "tblPr")
    add(look, "tblW", w=sum(widths), type="dxa")
    if "left" in borders:  # the frame, not the words in it, stands at the margin
        add(look, "tblInd", w=padding, type="dxa")
    if borders:
        lines = add(look, "tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            if side in borders:
                add(lines, side, val="single", sz=4, space=0, color="404040")
    add(look, "tblLayout", type="fixed")
    margins = add(look, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=padding, type="dxa")
    grid = add(table, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    return table


def add_row(table: Element, *, head: bool = False) -> Element:
    """A row that no page splits; a head row comes again on every page."""
    row = add(table, "tr")
    look = add(row, "trPr")
    add(look, "cantSplit")
    if head:
        add(look, "tblHeader")
    return row


def add_cell(
    row: Element,
    width: int,
    *,
    colspan: int = 1,
    merge: str = "",
    shade: str = "",
    stand: str = "",
    under: bool = False,
) -> Element:
    """A cell; ``merge`` is "restart" or "continue" for one over several rows, ``stand`` "center" or
    "bottom"."""
    cell = add(row, "tc")
    look = add(cell, "tcPr")
    add(look, "tcW", w=width, type="dxa")
    if colspan > 1:
        add(look, "gridSpan", val=colspan)
    if merge:
        add(look, "vMerge", val=merge)
    if under:
        add(add(look, "tcBorders"), "bottom", val="single", sz=4, space=0, color="404040")
    if shade:
        add(look, "shd", val="clear", color="auto", fill=shade)
    if stand:
        add(look, "vAlign", val=stand)
    return cell

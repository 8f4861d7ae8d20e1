"""What a clipboard holds, as rows of cells: tab-separated text of Excel and LibreOffice, or HTML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from html import escape

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.text import squeeze

Block = tuple[tuple[str, ...], ...]

#: More than any budget has; a whole column of a workbook is a million rows.
MOST_ROWS = 20_000
_MOST_COLUMNS = 40
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def read_block(text: str, html: str = "") -> Block:
    """The cells of a clipboard, every row as long as the longest, empty rows at the end left off.

    The text answers where it has tabs or several lines; a table of a web page or of Word comes as
    HTML. Raises InputRefused for more than MOST_ROWS rows.
    """
    rows = _of_text(text)
    if html and (not rows or (len(rows) == 1 and len(rows[0]) == 1)):
        rows = _of_html(html) or rows
    while rows and not any(cell for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise InputRefused("error.draft.paste_too_long", count=len(rows), most=MOST_ROWS)
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def write_block(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as Excel and LibreOffice take them; a cell with a tab or line break is quoted."""
    stream = io.StringIO()
    csv.writer(stream, "excel-tab", lineterminator="\n").writerows(rows)
    return stream.getvalue()


def write_html(rows: Iterable[Iterable[str]], amounts: frozenset[int] = frozenset()) -> str:
    """The same as a table whose amounts workbooks take as numbers, whatever their decimal mark is.

    ``amounts`` are the places of columns of amounts; everything else is text, so that codes keep their
    zeros.
    """
    lines = []
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            number = cell.replace(",", ".")
            if place in amounts and _NUMBER.fullmatch(number):
                cells.append(f'<td sdval="{number}" x:num="{number}">{escape(cell)}</td>')
            else:
                cells.append(f'<td sdnum="1033;0;@" style="mso-number-format:\'\\@\'">{escape(cell)}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset="utf-8"><table>'
    return f"{head}{''.join(lines)}</table></html>"


def _of_text(text: str) -> list[list[str]]:
    if not text:
        return []
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    try:
        read = list(csv.reader(io.StringIO(plain), "excel-tab"))
    except csv.Error:  # a field longer than the reader takes: no table
        read = [line.split("\t") for line in plain.split("\n")]
    return [[squeeze(cell) for cell in row[:_MOST_COLUMNS]] for row in read]


def _of_html(html: str) -> list[list[str]]:
    from lxml import html as reader
    from lxml.etree import ParserError

    try:
        tree = reader.fromstring(html.replace("\0", ""))
    except (ParserError, ValueError):
        return []
    rows = []
    for row in tree.iter("tr"):
        cells = [squeeze(cell.text_content()) for cell in row if cell.tag in ("td", "th")]
        rows.append(cells[:_MOST_COLUMNS])
    return rows

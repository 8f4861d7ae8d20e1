"""A workbook of documents: its sheets, their names and print settings, the sums across them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from akimat_desk.core import strings
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.files import write_atomically
from akimat_desk.core.language import Language
from akimat_desk.core.money import plain
from akimat_desk.core.progress import Task
from akimat_desk.reports import document as doc
from akimat_desk.reports.footers import footer_words
from akimat_desk.reports.grid import column_shares
from akimat_desk.reports.sums import Address, living_sums
from akimat_desk.reports.xlsx.chart import add_chart
from akimat_desk.reports.xlsx.columns import GAP, Columns
from akimat_desk.reports.xlsx.finish import SheetExtras, finished
from akimat_desk.reports.xlsx.formulas import formula
from akimat_desk.reports.xlsx.looks import FONT, TABLE_SIZE, Looks
from akimat_desk.reports.xlsx.paging import DEFAULT_HEIGHT, Pages, paged
from akimat_desk.reports.xlsx.sheet import AmountPlace, SheetWriter, TablePlace

CREATOR = "Akimat Desk"
_PORTRAIT_CHARACTERS, _LANDSCAPE_CHARACTERS = 88.0, 132.0
_FROZEN_AT_MOST = 230.0  # points of a small screen that may stand still
_SHORT, _LONG = 210.0, 297.0  # A4 in millimetres
_MARGINS = {"left": 25.0, "right": 15.0, "top": 15.0, "bottom": 18.0, "header": 8.0, "footer": 9.0}
_POINTS_PER_MM = 72 / 25.4


def render_xlsx(documents: Sequence[doc.ReportDocument], path: Path, task: Task | None = None) -> Path:
    """Write the documents into one workbook, each on a sheet of its own.

    Raises EnvironmentProblem when the file cannot be written, UsageProblem when there is nothing
    to write, Cancelled.
    """
    content = xlsx_bytes(documents, task)
    return write_atomically(path, lambda temporary: _store(temporary, content))


def _store(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def xlsx_bytes(documents: Sequence[doc.ReportDocument], task: Task | None = None) -> bytes:
    """The documents as the bytes of one workbook."""
    if not documents:
        raise UsageProblem("error.report.empty")
    task = task or Task()
    book = Workbook()
    book.remove(book.active)
    book._named_styles["Normal"].font = Font(name=FONT, size=TABLE_SIZE)
    looks = Looks(book)
    extras: list[SheetExtras] = []
    for number, document in enumerate(documents):
        task.step(number, len(documents))
        extras.extend(_document(book, document, looks, task))
    looks.close()
    first = documents[0]
    book.properties.title = first.title
    book.properties.subject = first.subject
    book.properties.creator = CREATOR
    book.properties.language = first.language.value
    # The values stand beside the formulas; a full calculation would only make Excel ask to save.
    book.calculation = CalcProperties(calcId=191029, fullCalcOnLoad=False)
    buffer = BytesIO()
    book.save(buffer)
    parts = {f"xl/worksheets/sheet{number}.xml": extra for number, extra in enumerate(extras, 1)}
    result = finished(buffer.getvalue(), parts)
    task.step(len(documents), len(documents))
    return result


def _document(book: Workbook, document: doc.ReportDocument, looks: Looks, task: Task) -> list[SheetExtras]:
    tables = [block for block in document.blocks if isinstance(block, doc.Table)]
    places: dict[Address, AmountPlace] = {}
    by_sheet: dict[str, SheetExtras] = {}
    first_table = 0
    characters = _LANDSCAPE_CHARACTERS if document.landscape else _PORTRAIT_CHARACTERS
    for blocks in _sheets(document.blocks):
        mine = [block for block in blocks if isinstance(block, doc.Table)]
        wish = next((t.name for t in mine if t.name), "") or _heading(blocks, document)
        name = _sheet_name(book, wish, document.language)
        sheet = book.create_sheet(name)
        shares = [column_shares(table) for table in mine]
        if any(isinstance(block, doc.SideBySide) for block in blocks):
            shares.append([0.5 - GAP / 2, GAP, 0.5 - GAP / 2])
        elif not shares:
            shares.append([0.49, 0.21, 0.3])  # room for signatures
        columns = Columns(shares, characters)
        writer = SheetWriter(sheet, looks, columns, document.language, task)
        places |= writer.write(blocks, first_table)
        for chart, row in writer.charts:
            add_chart(sheet, chart, row, len(columns), columns.room(1, len(columns)), looks)
        _set_up_page(writer, document)
        by_sheet[name] = writer.extras
        first_table += len(mine)
    _write_sums(tables, places, by_sheet)
    return list(by_sheet.values())


def _sheets(blocks: Sequence[doc.Block]) -> list[list[doc.Block]]:
    """The blocks of each sheet: a new one begins after a page break that a heading follows."""
    sheets: list[list[doc.Block]] = [[]]
    for index, block in enumerate(blocks):
        if isinstance(block, doc.PageBreak) and _is_headed(blocks[index + 1 :]):
            sheets.append([])
        else:
            sheets[-1].append(block)
    return [sheet for sheet in sheets if sheet] or [[]]


def _is_headed(blocks: Sequence[doc.Block]) -> bool:
    """Whether a heading comes first, or after nothing but words (an annex's own block)."""
    following = next((block for block in blocks if not isinstance(block, doc.Text)), None)
    return bool(_headings([following])) if following is not None else False


def _headings(blocks: Sequence[doc.Block]) -> list[doc.Heading]:
    found: list[doc.Heading] = []
    for block in blocks:
        parts = block.left if isinstance(block, doc.SideBySide) else (block,)
        found.extend(part for part in parts if isinstance(part, doc.Heading))
    return found


def _heading(blocks: Sequence[doc.Block], document: doc.ReportDocument) -> str:
    return next((heading.text for heading in _headings(blocks)), document.title)


def _sheet_name(book: Workbook, wish: str, language: Language) -> str:
    """A name Excel accepts: at most 31 characters, no forbidden signs, not taken."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", wish)
    clean = " ".join(clean.split()).strip("' ")[:31].strip("' ")
    if not clean or clean.casefold() == "history":  # Excel keeps that name for itself
        clean = strings.text("report.render.sheet", language)
    taken = {name.casefold() for name in book.sheetnames}
    name, number = clean, 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = clean[: 31 - len(ending)].rstrip() + ending
    return name


def _write_sums(
    tables: Sequence[doc.Table], places: dict[Address, AmountPlace], extras: dict[str, SheetExtras]
) -> None:
    for address, total in living_sums(tables).items():
        here = places[address]

        def locate(part: Address, here: AmountPlace = here) -> tuple[str, str, int]:
            there = places[part]
            quoted = there.sheet.title.replace("'", "''")
            prefix = "" if there.sheet is here.sheet else f"'{quoted}'!"
            return prefix, there.column, there.row

        text = formula(total, locate)
        value = plain(here.tiyn)
        if text is None or value is None:
            continue
        cell = here.sheet[f"{here.column}{here.row}"]
        cell.value = f"={text}"
        extras[here.sheet.title].values[cell.coordinate] = value


def _set_up_page(writer: SheetWriter, document: doc.ReportDocument) -> None:
    sheet = writer.sheet
    last = get_column_letter(len(writer.columns))
    sheet.print_area = f"A1:{last}{max(1, writer.row - 1)}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if document.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    for side, distance in _MARGINS.items():
        setattr(margins, side, distance / 25.4)
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    pattern = strings.text("report.render.page", document.language, page="&P", pages="&N")
    words = footer_words(document, 100).replace("&", "&&")
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = words or None, pattern
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 9
    _break_into_pages(writer, document)
    if writer.tables:
        _freeze(writer, writer.tables)


def _break_into_pages(writer: SheetWriter, document: doc.ReportDocument) -> None:
    """Set page breaks before what a page's end would tear, and repeat the head of a table it does tear."""
    width, height = (_LONG, _SHORT) if document.landscape else (_SHORT, _LONG)
    paper_width = (width - _MARGINS["left"] - _MARGINS["right"]) * _POINTS_PER_MM
    paper_height = (height - _MARGINS["top"] - _MARGINS["bottom"]) * _POINTS_PER_MM
    scale = min(1.0, paper_width / writer.columns.room(1, len(writer.columns)))
    dimensions = writer.sheet.row_dimensions
    heights = {row: dimensions[row].height or DEFAULT_HEIGHT for row in range(1, writer.row)}

    def foreseen(repeated: tuple[int, float] | None = None) -> Pages:
        return paged(
            heights, writer.row - 1, paper_height / scale, writer.together, writer.forced_breaks, repeated
        )

    pages = foreseen()
    torn = [
        table
        for table in writer.tables
        if table.body_first > table.head_first
        and any(table.body_first < start <= table.body_last for start in pages.starts)
    ]
    if torn:  # one range of rows can come again on every page: the longest table's
        longest = max(torn, key=lambda place: place.height)
        writer.sheet.print_title_rows = f"{longest.head_first}:{longest.body_first - 1}"
        head = sum(heights[row] for row in range(longest.head_first, longest.body_first))
        pages = foreseen((longest.body_first, head))
    for row in sorted({*writer.forced_breaks, *pages.breaks}):
        writer.sheet.row_breaks.append(Break(id=row - 1))


def _freeze(writer: SheetWriter, tables: Sequence[TablePlace]) -> None:
    """Hold the head while scrolling, where all tables have the same and a small screen has room."""
    first = tables[0]
    if any(place.table.head != first.table.head for place in tables) or first.body_first == 1:
        return
    heights = writer.sheet.row_dimensions
    still = sum(heights[row].height or DEFAULT_HEIGHT for row in range(1, first.body_first))
    if still <= _FROZEN_AT_MOST and first.body_last - first.body_first > 10:
        writer.sheet.freeze_panes = f"A{first.body_first}"

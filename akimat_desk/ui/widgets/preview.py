"""A report on the screen: the neutral document as a page of rich text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from PySide6.QtCore import QRectF, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from akimat_desk.budget.grounds import Grounds
from akimat_desk.reports.document import (
    Align,
    Block,
    Chart,
    Code,
    Heading,
    PageBreak,
    ReportDocument,
    SideBySide,
    Signatures,
    Table,
    Text,
    Tone,
)
from akimat_desk.reports.grid import PlacedRows, body_of, column_shares, head_of, is_figure, shown
from akimat_desk.reports.qr import matrix
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.theme import LIGHT
from akimat_desk.ui.widgets.chart import paint_chart

# Paper is white whatever the window's theme: what is shown is what will be printed.
_CSS = """
body {{ color: {text}; }}
.h1 {{ font-size: {large}pt; font-weight: bold; text-align: center; margin: 12px 0 10px 0; }}
.h2 {{ font-size: {middle}pt; font-weight: bold; margin: 10px 0 6px 0; }}
p {{ margin: 3px 0 3px 0; }}
a {{ color: {text}; text-decoration: none; }}
table.grid {{ border-collapse: collapse; }}
table.grid td, table.grid th {{ padding: 3px 5px; }}
.small {{ font-size: {small}pt; }}
.note {{ font-size: {small}pt; color: {quiet}; }}
.finding_error {{ color: {error}; }}
.finding_warning {{ color: {warning}; }}
"""
_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "justify"}
_SHEET, _SHEET_LANDSCAPE = 840, 1120  # pixels of width
_LANDSCAPE_FONT = 8.5  # points: a wide page fits beside the list of reports
_EDGE, _PADDING = 12, 26
_CELL_EDGES = 12
_SMALLEST = 0.7  # of the usual size: still read without a glass
_CODE = 90  # pixels of a QR code on screen
_CHART = (1240, 580)  # pixels drawn, shown at half their size


class RichReport:
    """Builds the rich text of documents; charts become pictures named in the text."""

    def __init__(self, documents: Sequence[ReportDocument], font: QFont, width: float) -> None:
        """``width`` of a sheet's text in pixels of the screen: words of tables must fit into it."""
        self.charts: dict[str, Chart] = {}
        #: What the figures rest on: each is a link to its place here ("#3").
        self.grounds: list[Grounds] = []
        self.codes: dict[str, Code] = {}
        self._font = font
        self._width = width
        bold = QFont(font)
        bold.setBold(True)
        self._measure = QFontMetricsF(bold)
        pages = [self._document(document) for document in documents]
        self.html = f"<html><body>{'<p style=page-break-before:always></p>'.join(pages)}</body></html>"

    def text_document(self, parent: QTextDocument | None = None) -> QTextDocument:
        """The rich text with its pictures, ready to be shown or printed."""
        made = QTextDocument(parent)
        made.setDefaultFont(self._font)
        made.setDefaultStyleSheet(_style(self._font.pointSizeF()))
        for name, chart in self.charts.items():
            made.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), self._picture(chart))
        for name, code in self.codes.items():
            made.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), _squares(code))
        made.setHtml(self.html)
        _rule_tables(made.rootFrame())
        return made

    def _picture(self, chart: Chart) -> QImage:
        image = QImage(*_CHART, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        image.setDevicePixelRatio(2)
        painter = QPainter(image)
        paint_chart(painter, chart, QRectF(0, 0, _CHART[0] / 2, _CHART[1] / 2), self._font, LIGHT)
        painter.end()
        return image

    def _document(self, document: ReportDocument) -> str:
        return "".join(self._block(block) for block in document.blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                level = 1 if block.level == 1 else 2
                return f'<p class="h{level}">{_words(block.text)}</p>'
            case Text():
                return self._text(block)
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case Signatures():
                return self._signatures(block)
            case PageBreak():
                return '<p style="page-break-before:always"></p><hr/>'
            case SideBySide():
                return self._side_by_side(block)
            case Code():
                return self._code(block)

    def _linked(self, said: str, grounds: Grounds | None, figure: str = "") -> str:
        """Words that a figure's grounds can be asked for by; ``figure`` where they are nothing else."""
        if grounds is None or not said:
            return said
        self.grounds.append(replace(grounds, shown=figure))
        return f'<a href="#{len(self.grounds) - 1}">{said}</a>'

    def _text(self, block: Text) -> str:
        said = self._linked(_words(block.text), block.grounds)
        said = f"<b>{said}</b>" if block.bold else said
        if block.tone is Tone.ANNEX_BLOCK:
            return f'<table width="100%"><tr><td width="55%"></td><td>{said}</td></tr></table>'
        mark = {Tone.FINDING_ERROR: "✖ ", Tone.FINDING_WARNING: "⚠ "}.get(block.tone, "")
        style = f"text-align:{_ALIGN[block.align]}; text-indent:{24 * block.indent}px"
        return f'<p class="{block.tone.value}" style="{style}">{mark}{said}</p>'

    def _table(self, table: Table) -> str:
        shares = [round(100 * share) for share in column_shares(table)]
        parts = []
        if table.unit:
            parts.append(f'<p style="text-align:right">{_words(table.unit)}</p>')
        look = 'class="grid" border="1" cellspacing="0"' if table.grid else 'cellspacing="0" cellpadding="3"'
        points = round(self._font.pointSizeF() * self._narrowing(table, shares), 1)
        parts.append(f'<table width="100%" {look} style="font-size:{points}pt"><thead>')
        parts.append(self._rows(table, head_of(table), shares, "th"))
        parts.append("</thead><tbody>")
        parts.append(self._rows(table, body_of(table), shares, "td"))
        parts.append("</tbody></table>")
        return "".join(parts)

    def _narrowing(self, table: Table, shares: list[int]) -> float:
        """How much smaller the letters must be for the longest word not to be broken in its column."""
        words = {
            (placed.column, word)
            for row in (*head_of(table), *body_of(table))
            for placed in row
            if placed.colspan == 1
            for word in shown(placed.cell).replace("\n", " ").split(" ")
        }
        smallest = 1.0
        for column, word in words:
            room = self._width * shares[column] / 100 - _CELL_EDGES
            smallest = min(smallest, room / max(self._measure.horizontalAdvance(word), 1.0))
        return max(smallest, _SMALLEST)

    def _rows(self, table: Table, rows: PlacedRows, shares: list[int], tag: str) -> str:
        html = []
        for number, row in enumerate(rows):
            bold = tag == "td" and table.rows[number].bold
            html.append("<tr>")
            for placed in row:
                if tag == "th":
                    side = "center"
                elif is_figure(placed.cell):
                    side = "right"
                else:
                    side = _ALIGN[table.columns[placed.column].align]
                # Qt shares a spanning cell's width out evenly, against what the narrow ones say.
                width = f'width="{shares[placed.column]}%"' if placed.colspan == 1 else ""
                said = _words(shown(placed.cell))
                said = self._linked(said, placed.cell.grounds, shown(placed.cell))
                said = f"<b>{said}</b>" if bold else said
                html.append(
                    f'<{tag} {width} colspan="{placed.colspan}" rowspan="{placed.rowspan}"'
                    f' align="{side}" valign="middle">{said}</{tag}>'
                )
            html.append("</tr>")
        return "".join(html)

    def _chart(self, chart: Chart) -> str:
        name = f"chart-{len(self.charts)}.png"
        self.charts[name] = chart
        title = f'<p style="text-align:center"><b>{_words(chart.title)}</b></p>' if chart.title else ""
        said = self._linked(_words(chart.text_equivalent), chart.grounds)
        words = f'<p class="note">{said}</p>' if said else ""
        picture = f'<p style="text-align:center"><img src="{name}" width="{_CHART[0] // 2}"/></p>'
        return title + picture + words

    def _code(self, block: Code) -> str:
        name = f"code-{len(self.codes)}.png"
        self.codes[name] = block
        words = _words(f"{block.caption} {block.digits}")
        return (
            f'<table width="100%"><tr><td width="80%" class="note">{words}</td>'
            f'<td align="right"><img src="{name}" width="{_CODE}"/></td></tr></table>'
        )

    def _signatures(self, block: Signatures) -> str:
        rows = "".join(
            f'<tr><td width="60%">{_words(person.position)}</td>'
            f"<td>____________ {_words(person.name)}</td></tr>"
            for person in block.people
        )
        return f'<br/><table width="100%" cellpadding="6">{rows}</table>'

    def _side_by_side(self, block: SideBySide) -> str:
        left = "".join(self._block(each) for each in block.left)
        right = "".join(self._block(each) for each in block.right)
        return (
            f'<table width="100%" cellpadding="6"><tr><td width="50%" valign="top">{left}</td>'
            f'<td width="50%" valign="top">{right}</td></tr></table>'
        )


def _squares(code: Code) -> QImage:
    """The QR code of a sheet's number, four screen dots to a square."""
    rows = matrix(code.digits)
    image = QImage(len(rows) * 4, len(rows) * 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for row, squares in enumerate(rows):
        for column, dark in enumerate(squares):
            if dark:
                painter.fillRect(column * 4, row * 4, 4, 4, Qt.GlobalColor.black)
    painter.end()
    return image


def _style(points: float) -> str:
    return _CSS.format(
        text=LIGHT.text,
        quiet=LIGHT.text_quiet,
        error=LIGHT.error,
        warning=LIGHT.warning,
        large=round(points * 1.25, 1),
        middle=round(points * 1.1, 1),
        small=round(points * 0.9, 1),
    )


def _rule_tables(frame: QTextFrame) -> None:
    """Give the tables that have a border thin grey lines; rich text itself knows no colour for them."""
    for child in frame.childFrames():
        if isinstance(child, QTextTable) and child.format().border() > 0:
            look = child.format()
            look.setBorderBrush(QBrush(QColor(LIGHT.border_strong)))
            look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            look.setBorderCollapse(True)
            child.setFormat(look)
        _rule_tables(child)


def link_at(cursor: QTextCursor) -> str:
    """The link at a place of a text: in its cell, else the last one in the row, or in the paragraph."""
    table = cursor.currentTable()
    if table is None:
        return _links(cursor.block(), cursor.block().next())
    here = table.cellAt(cursor)
    row = [table.cellAt(here.row(), column) for column in range(table.columns())]
    cells = [here, *reversed(row)]
    for cell in cells:
        after = cell.lastCursorPosition().block().next()
        link = _links(cell.firstCursorPosition().block(), after)
        if link:
            return link
    return ""


def _links(block: QTextBlock, end: QTextBlock) -> str:
    """The first link from a paragraph up to another one."""
    while block.isValid() and block != end:
        part = block.begin()
        while not part.atEnd():
            link = part.fragment().charFormat().anchorHref()
            if link:
                return link
            part += 1
        block = block.next()
    return ""


def _words(said: str) -> str:
    return escape(said).replace("\n", "<br/>")


class Preview(QTextBrowser):
    """The report as a sheet of paper in the middle of the view.

    A click on a figure asks what it rests on; by the keyboard the cursor is moved there and F4 pressed.
    """

    #: The grounds of the figure that was clicked.
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setOpenLinks(False)
        self._documents: tuple[ReportDocument, ...] = ()
        self._grounds: list[Grounds] = []
        # Not from link to link by Tab: there are hundreds of figures before the next control.
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._clicked)

    @Slot(QUrl)
    def _clicked(self, link: QUrl) -> None:
        self.asked.emit(self._of(link.toString()))

    def _of(self, link: str) -> Grounds | None:
        number = link.removeprefix("#")
        known = number.isdigit() and int(number) < len(self._grounds)
        return self._grounds[int(number)] if known else None

    def grounds_here(self) -> Grounds | None:
        """The grounds of the figure at the cursor: in its cell, else the last of its row or line."""
        return self._of(link_at(self.textCursor()))

    def show_documents(self, documents: Sequence[ReportDocument]) -> None:
        """Show these documents one after another."""
        self._documents = tuple(documents)
        font = QFont(self.font())
        landscape = any(document.landscape for document in documents)
        if landscape:
            font.setPointSizeF(_LANDSCAPE_FONT)
        sheet_width = min(_SHEET_LANDSCAPE if landscape else _SHEET, self.width() - 2 * _EDGE)
        rich = RichReport(documents, font, sheet_width - 2 * _PADDING)
        made = rich.text_document()
        self._grounds = rich.grounds
        made.setParent(self)
        made.setDocumentMargin(0)
        sheet = made.rootFrame().frameFormat()
        sheet.setBackground(QColor(LIGHT.surface))
        sheet.setPadding(_PADDING)
        made.rootFrame().setFrameFormat(sheet)
        self.setDocument(made)

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet in the middle, no wider than a page is read comfortably."""
        landscape = any(document.landscape for document in self._documents)
        spare = max(0, self.width() - (_SHEET_LANDSCAPE if landscape else _SHEET)) // 2
        self.setViewportMargins(max(spare, _EDGE), _EDGE, max(spare, _EDGE), 0)
        super().resizeEvent(event)

    def clear_documents(self) -> None:
        """Show nothing."""
        self._documents = ()
        self._grounds = []
        self.clear()

    @property
    def documents(self) -> tuple[ReportDocument, ...]:
        """What is shown."""
        return self._documents

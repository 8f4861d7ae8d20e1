"""The blocks of a neutral document as paragraphs and tables of a Word file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from akimat_desk.core import strings
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Task
from akimat_desk.reports import document as doc
from akimat_desk.reports import qr
from akimat_desk.reports.charts import as_table
from akimat_desk.reports.docx.markup import (
    Element,
    add,
    add_cell,
    add_paragraph,
    add_row,
    add_run,
    add_table,
    with_firm_minus,
)
from akimat_desk.reports.docx.styles import (
    ANNEX_STYLE,
    BODY_STYLE,
    FINDING_STYLE,
    FORM_STYLE,
    GAP_STYLE,
    NOTE_STYLE,
    SIGN_STYLE,
    SMALL_STYLE,
    TABLE_STYLE,
)
from akimat_desk.reports.grid import (
    Placed,
    PlacedRows,
    body_of,
    column_shares,
    head_of,
    is_figure,
    keeps_with_next,
    shown,
)

_STEP = 709  # 1.25 cm in twentieths of a point
_NARROW_STEP = 284  # half a centimetre, in one of two columns
_CODE_SIDE = 1588  # 2.8 cm, twentieths of a point
_HEAD_SHADE, _MARK_SHADE = "F0F0F0", "E4E4E4"
_ALL_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_ALIGN = {
    doc.Align.LEFT: "left",
    doc.Align.CENTRE: "center",
    doc.Align.RIGHT: "right",
    doc.Align.JUSTIFY: "both",
}
_STYLE = {
    doc.Tone.BODY: BODY_STYLE,
    doc.Tone.SMALL: SMALL_STYLE,
    doc.Tone.NOTE: NOTE_STYLE,
    doc.Tone.ANNEX_BLOCK: ANNEX_STYLE,
    doc.Tone.FINDING_ERROR: FINDING_STYLE,
    doc.Tone.FINDING_WARNING: FINDING_STYLE,
}
_FINDING = {
    doc.Tone.FINDING_ERROR: ("report.render.finding_error", 24),
    doc.Tone.FINDING_WARNING: ("report.render.finding_warning", 8),
}
_SHARES_OF_SIGNATURE = (0.48, 0.22, 0.02, 0.28)


class BodyWriter:
    """Writes one document's blocks under ``parent``, ``width`` twentieths of a point wide.

    ``picture`` puts a PNG into the file, so wide (in twentieths of a point) and with these words for
    who cannot see it, and gives the element that shows it.
    """

    def __init__(
        self,
        parent: Element,
        document: doc.ReportDocument,
        file_language: Language,
        width: int,
        task: Task,
        picture: Callable[[bytes, int, str], Element],
    ) -> None:
        self._parent = parent
        self._document = document
        self._file_language = file_language
        self._width = width
        self._task = task
        self._picture = picture

    def write(self) -> None:
        """Write the blocks in order."""
        blocks = self._document.blocks
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            last = isinstance(following, doc.Signatures)
            match block:
                case doc.Heading():
                    self._heading(self._parent, block, self._document.language)
                case doc.Text():
                    self._text(self._parent, block, self._document.language, self._width, keep=last)
                case doc.Table():
                    self._table(block, keep_last=last)
                case doc.Chart():
                    self._chart(block)
                case doc.Signatures():
                    self._signatures(block)
                case doc.PageBreak():
                    paragraph = add_paragraph(self._parent, GAP_STYLE)
                    add(add(paragraph, "r"), "br", type="page")
                case doc.SideBySide():
                    self._beside(block, keep_last=last)
                case doc.Code():
                    self._code(block)

    def _code(self, block: doc.Code) -> None:
        """The digits, below them the code as a picture, at the right."""
        words = f"{block.caption} {block.digits}"
        paragraph = add_paragraph(self._parent, SMALL_STYLE, align="right")
        add_run(paragraph, words)
        paragraph = add_paragraph(self._parent, SMALL_STYLE, align="right")
        add(add(paragraph, "r"), "drawing").append(self._picture(qr.picture(block.digits), _CODE_SIDE, words))

    def _foreign(self, language: Language) -> Language | None:
        return language if language is not self._file_language else None

    def _heading(self, parent: Element, heading: doc.Heading, language: Language) -> None:
        level = min(max(heading.level, 1), 3)
        paragraph = add_paragraph(parent, f"Heading{level}")
        add_run(paragraph, heading.text, language=self._foreign(language))

    def _text(
        self,
        parent: Element,
        text: doc.Text,
        language: Language,
        width: int,
        *,
        keep: bool = False,
        step: int = _STEP,
    ) -> None:
        foreign = self._foreign(language)
        style = _STYLE[text.tone]
        if text.tone in _FINDING:
            key, bar = _FINDING[text.tone]
            paragraph = add_paragraph(parent, style, keep_next=keep, bar=bar)
            add_run(paragraph, strings.text(key, language) + " ", language=foreign, bold=True)
            add_run(paragraph, with_firm_minus(text.text), language=foreign)
            return
        annex = text.tone is doc.Tone.ANNEX_BLOCK
        align = doc.Align.LEFT if annex and text.align is doc.Align.JUSTIFY else text.align
        paragraph = add_paragraph(
            parent,
            style,
            align=_ALIGN[align],
            keep_next=keep,
            first_line=text.indent * step,
            left=int(width * 0.54) if annex else 0,
        )
        add_run(paragraph, with_firm_minus(text.text), language=foreign, bold=text.bold)

    # -- tables -----------------------------------------------------------------------------------

    def _widths(self, shares: list[float]) -> list[int]:
        edges = [0]
        at = 0.0
        for share in shares:
            at += share
            edges.append(round(self._width * at))
        return [right - left for left, right in pairwise(edges)]

    def _table(self, table: doc.Table, *, keep_last: bool = False) -> None:
        if table.unit:
            unit = add_paragraph(self._parent, NOTE_STYLE, align="right", keep_next=True)
            add_run(unit, table.unit)
        widths = self._widths(column_shares(table))
        borders = _ALL_SIDES if table.grid else ()
        made = add_table(self._parent, widths, borders=borders, padding=28 if table.letters else 57)
        self._rows(made, head_of(table), widths, table, head=True, kept=range(0))
        count = len(table.rows)
        kept = range(max(0, count - 2), count) if keep_last else range(0)
        self._rows(made, body_of(table), widths, table, head=False, kept=kept)
        add_paragraph(self._parent, GAP_STYLE, keep_next=keep_last)

    def _rows(
        self, made: Element, rows: PlacedRows, widths: list[int], table: doc.Table, *, head: bool, kept: range
    ) -> None:
        above: list[Placed] = []  # cells that reach into the rows below
        for index, row in enumerate(rows):
            if index % 100 == 0:
                self._task.step(index, len(rows))
            written = add_row(made, head=head)
            going_on = [placed for placed in above if placed.row + placed.rowspan > index]
            keep = head or index in kept or keeps_with_next(table.rows, index)
            for placed in sorted([*row, *going_on], key=lambda placed: placed.column):
                self._cell(written, placed, widths, table, head=head, keep=keep, first=placed.row == index)
            above = going_on + [placed for placed in row if placed.rowspan > 1]

    def _cell(
        self,
        row: Element,
        placed: Placed,
        widths: list[int],
        table: doc.Table,
        *,
        head: bool,
        keep: bool,
        first: bool,
    ) -> None:
        about = None if head else table.rows[placed.row]
        shade = _HEAD_SHADE if head and table.grid else _MARK_SHADE if about and about.marked else ""
        cell = add_cell(
            row,
            sum(widths[placed.column : placed.column + placed.colspan]),
            colspan=placed.colspan,
            merge=("restart" if first else "continue") if placed.rowspan > 1 else "",
            shade=shade,
            stand="center" if head else "",
        )
        if head:
            align = "center"
        elif is_figure(placed.cell):
            align = "right"
        else:
            wish = table.columns[placed.column].align
            align = "left" if wish is doc.Align.JUSTIFY else _ALIGN[wish]
        paragraph = add_paragraph(
            cell, FORM_STYLE if table.letters else TABLE_STYLE, align=align, keep_next=keep
        )
        words = shown(placed.cell) if first else ""
        if words:
            foreign = self._foreign(self._document.language)
            add_run(paragraph, words, language=foreign, bold=about is not None and about.bold)

    def _chart(self, chart: doc.Chart) -> None:
        if chart.title:
            title = add_paragraph(self._parent, SMALL_STYLE, keep_next=True)
            add_run(title, chart.title, language=self._foreign(self._document.language), bold=True)
        self._table(as_table(chart))
        if chart.text_equivalent:
            words = add_paragraph(self._parent, SMALL_STYLE)
            add_run(words, chart.text_equivalent, language=self._foreign(self._document.language))

    def _beside(self, block: doc.SideBySide, *, keep_last: bool) -> None:
        widths = self._widths([0.5, 0.5])
        made = add_table(self._parent, widths, borders=("insideV",), padding=140)
        count = max(len(block.left), len(block.right))
        for index in range(count):
            row = add_row(made)
            for side, language, width in (
                (block.left, block.left_language, widths[0]),
                (block.right, block.right_language, widths[1]),
            ):
                cell = add_cell(row, width)
                part = side[index] if index < len(side) else None
                keep = keep_last and index == count - 1
                if isinstance(part, doc.Heading):
                    self._heading(cell, part, language)
                elif isinstance(part, doc.Text):
                    narrow = doc.Align.LEFT if part.align is doc.Align.JUSTIFY else part.align
                    text = doc.Text(part.text, part.tone, narrow, part.indent, part.bold)
                    self._text(cell, text, language, width, keep=keep, step=_NARROW_STEP)
                else:
                    add_paragraph(cell, GAP_STYLE)
        add_paragraph(self._parent, GAP_STYLE, keep_next=keep_last)

    def _signatures(self, block: doc.Signatures) -> None:
        if not block.people:
            return
        widths = self._widths(list(_SHARES_OF_SIGNATURE))
        made = add_table(self._parent, widths, borders=())
        foreign = self._foreign(self._document.language)
        for number, person in enumerate(block.people):
            row = add_row(made)
            keep = number + 1 < len(block.people)
            for column, width in enumerate(widths):
                under = column == 1 or (column == 3 and not person.name)
                cell = add_cell(row, width, under=under, stand="bottom")
                paragraph = add_paragraph(cell, SIGN_STYLE, keep_next=keep)
                words = {0: person.position, 3: person.name}.get(column, "")
                if words:
                    add_run(paragraph, words, language=foreign)
        add_paragraph(self._parent, GAP_STYLE)

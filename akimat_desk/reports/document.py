"""The neutral document: what a report says, without a word on how it is drawn.

No renderer queries, no query formats. The preview on screen, PDF, Excel, Word and JSON all read
this. Texts are plain strings already in the document's language; amounts are integers in tiyn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from akimat_desk.budget.grounds import Grounds
from akimat_desk.core.language import Language


class Align(StrEnum):
    """How a column or paragraph stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


class Tone(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    SMALL = "small"
    NOTE = "note"
    ANNEX_BLOCK = "annex_block"  # "Приложение 1 к решению …", right half of the page
    FINDING_ERROR = "finding_error"
    FINDING_WARNING = "finding_warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title, centred."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``indent`` counts steps of a first-line or sub-line indent; ``grounds`` says what the
    figure that it states rests on."""

    text: str
    tone: Tone = Tone.BODY
    align: Align = Align.JUSTIFY
    indent: int = 0
    bold: bool = False
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of words or codes: always text, never a formula or a number. ``grounds`` say what a figure
    that it spells out rests on."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A row of another table of the same document, as part of a sum.

    ``table`` counts from the table that holds the sum (-1 is the one before it). The cell meant
    stands as far from the right edge as the sum's own cell does.
    """

    table: int
    row: int


@dataclass(frozen=True, slots=True)
class AmountCell:
    """An amount in tiyn, shown in thousand tenge with one decimal; None shows an empty cell.

    ``sum_of`` are the indexes (from 0, in ``Table.rows``) of rows whose cells in the same column
    add up to this one; ``minus`` those that are taken away. A workbook then holds the formula, if
    the sum is right; an adopted figure that is not its parts' sum stays a plain number. ``signed`` shows
    an increase with its plus. ``grounds`` say what the amount rests on.
    """

    tiyn: int | None
    sum_of: tuple[int | Elsewhere, ...] = ()
    minus: tuple[int | Elsewhere, ...] = ()
    signed: bool = False
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A percentage already rounded to be shown, "33.0"; None shows an empty cell."""

    value: str | None
    grounds: Grounds | None = None


Cell = TextCell | AmountCell | PercentCell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its share of the width (any scale) and how it stands."""

    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. ``level`` indents nothing by itself: it says how deep the row is (0 = total)."""

    cells: tuple[Cell, ...]
    bold: bool = False
    level: int = 0
    marked: bool = False  # has a finding


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``head`` rows repeat on every page; spans there follow HTML's rules: a cell spanned
    over is left out of the later row. ``letters`` is the largest size of letters in points, for forms
    with very many columns (0: as large as fits)."""

    columns: tuple[Column, ...]
    head: tuple[tuple[TextCell, ...], ...]
    rows: tuple[Row, ...]
    unit: str = ""  # "мың теңге", printed above the table at the right when not in the head
    name: str = ""  # the name of the sheet in a workbook
    grid: bool = True
    letters: float = 0.0


class ChartKind(StrEnum):
    """How a chart draws its numbers."""

    BARS_WITH_LINE = "bars_with_line"
    BARS = "bars"
    LINE = "line"
    #: From one total to another: the first series holds totals (the first and the last category), the
    #: others steps up and down (signed) that begin where the one before ended.
    WATERFALL = "waterfall"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers of a chart; values are decimal strings as shown ("19.2") or None."""

    name: str
    values: tuple[str | None, ...]
    line: bool = False
    labelled: bool = True  # numbers beside the points; a range's ends would only crowd the picture


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its text equivalent, which says in words what the picture shows; ``grounds`` say what
    the figures of it rest on."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "%"
    text_equivalent: str = ""
    compact: bool = False  # lower on paper, so that several stand on one page
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """A line of the signature block: position and, where it is on file, the name."""

    position: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signature block; kept on one page with its last line of text."""

    people: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page; in a workbook a new sheet, where a heading follows."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two language versions beside each other: the left and the right column, block by block."""

    left: tuple[Heading | Text, ...]
    right: tuple[Heading | Text, ...]
    left_language: Language = Language.KK
    right_language: Language = Language.RU


@dataclass(frozen=True, slots=True)
class Code:
    """A number to be scanned: drawn as a QR code where a page is drawn, with the digits beside it."""

    digits: str
    caption: str


Block = Heading | Text | Table | Chart | Signatures | PageBreak | SideBySide | Code


@dataclass(slots=True)
class ReportDocument:
    """A report ready to be drawn."""

    id: str
    title: str
    language: Language
    blocks: list[Block] = field(default_factory=list)
    landscape: bool = False
    subject: str = ""  # unit and year, for a file's properties and the footer
    footer: str = ""

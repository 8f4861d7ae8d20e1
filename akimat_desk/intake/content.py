"""What a file says, whatever kind it was: paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from akimat_desk.core.text import squeeze


class FileKind(StrEnum):
    """A kind of file that can be read."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell as the file has it: one per written cell, spans noted, not expanded.

    ``text`` is what a reader sees. A number of a workbook is its plain decimal ("46633.1", never a
    float's noise) and ``is_number`` is set. ``column`` is the grid column, counted from 0 with
    spans taken into account.

    A line break of the file stays in ``text`` as a newline, because it may stand inside a word
    ("Аппа\\nрат"). Where it parts words (a new paragraph, a ``<br>``, Alt+Enter) a space stands before
    it. So take newlines out without putting a space in, then squeeze: that is :attr:`one_line`.
    """

    text: str
    column: int = 0
    colspan: int = 1
    rowspan: int = 1
    is_number: bool = False

    @property
    def one_line(self) -> str:
        """The text on one line: words broken by the file joined again, spaces squeezed."""
        return squeeze(self.text.replace("\n", ""))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a line of text. ``line`` counts blocks or lines of the source from 1.

    Never empty. Plain text keeps its indentation.
    """

    text: str
    line: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of written cells. ``line`` is where it starts; ``name`` a sheet's name.

    A sheet has no unwritten cells: every row has one for each grid column that no merged cell
    covers, so that counting cells gives the same answer in a workbook as in HTML.
    """

    rows: tuple[tuple[Cell, ...], ...]
    line: int = 0
    name: str = ""


Block = Paragraph | Table


@dataclass(slots=True)
class SourceDocument:
    """A file's content. ``warnings`` are catalogue keys (hidden sheets, dropped links…)."""

    kind: FileKind
    name: str
    sha256: str
    blocks: list[Block] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs alone."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """The tables alone."""
        return (block for block in self.blocks if isinstance(block, Table))

    def plain_text(self) -> str:
        """Everything as text, table cells parted by tabs: what the person sees as the source."""
        parts: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                parts.append(block.text)
            else:
                parts.extend("\t".join(cell.one_line for cell in row) for row in block.rows)
        return "\n".join(parts)

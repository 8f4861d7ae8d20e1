"""A decision as one text in two alphabets: as printed and in a form for matching, position by position.

The two forms have the same length, so that what is found in the plain form (lower case, look-alike
letters repaired, Kazakh letters folded, one kind of dash and quote) can be cut out of the printed one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field

from akimat_desk.core.text import search_form, squeeze
from akimat_desk.intake.content import Cell, Paragraph, SourceDocument, Table

_ESCAPE = re.compile(r"\\([\\.)(\-_*>#\[\]!+«»\"])")
# What is left of a table, a quotation or a heading when a page is saved as marked-up plain text.
_MARKUP_START = re.compile(r"^[\s>#|*]+")
_MARKUP_END = re.compile(r"[\s|*]+$")
_BULLET = re.compile(r"^[-\u2010-\u2015\u2212•·▪●\u00ad]\s+(?=[^\W\d_])")
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‹›″", '"'))
_NUMERIC_CELL = re.compile(r"^\(?[-\u2212\u2013]?\s*\d[\d\s\u00a0]*([.,]\d+)?\)?$")
# Page furniture of the legal databases and notes about editions: nothing of the decision itself.
_NOISE = re.compile(
    r"^(?:сноска\b|примечани\w+|ескерту\b|зкаи\b|ркао\b|рцпи\b|ескертпе\w*"
    r"|(?:новый|обновленный|жана|жанартылган|действующий|утративший силу|куши жойылган"
    r"|с истекшим сроком|мерзими откен|колданыстагы)\W*$"
    r"|в тексте (?:документа )?сохранена|кужаттын матининде|матинде авторлык|пунктуациясы мен)"
)


@dataclass(slots=True)
class Line:
    """One line of the decision: its text with white space squeezed, where the source has it, and its
    form for matching."""

    text: str
    number: int
    plain: str = field(init=False)

    def __post_init__(self) -> None:
        self.plain = plain_form(self.text)

    @property
    def is_noise(self) -> bool:
        """Whether the line is page furniture or a note on editions."""
        return bool(_NOISE.match(self.plain))


def plain_form(text: str) -> str:
    """The form for matching; as long as ``text`` when that is squeezed and composed (NFC)."""
    plain = search_form(text).translate(_QUOTES)
    if len(plain) == len(text):
        return plain
    # A letter whose lower case is longer (or blanks at the ends): go letter by letter.
    letters = (search_form(letter) or " " for letter in text)
    return "".join(letter[0] for letter in letters).translate(_QUOTES)


def clean_line(text: str) -> str:
    """A line without escapes, markup and odd white space."""
    text = _ESCAPE.sub(r"\1", text.replace("\u00ad", ""))
    text = _MARKUP_END.sub("", _MARKUP_START.sub("", squeeze(unicodedata.normalize("NFC", text))))
    return _BULLET.sub("", text)


def row_text(row: tuple[Cell, ...]) -> str:
    """A table's row as a line: a number after a label stands there as after a colon."""
    parts: list[str] = []
    for cell in row:
        text = squeeze(cell.text)
        if not text:
            continue
        if parts and _NUMERIC_CELL.match(text):
            if text[0] in "-\u2212\u2013":  # a cell has no separators: its dash is a minus
                text = f"(-){text[1:].strip()}"
            parts.append(f": {text}")
        else:
            parts.append(text)
    return " ".join(parts)


def lines_of(
    source: SourceDocument, skip: Collection[int] = (), tables: bool = True, most: int | None = None
) -> list[Line]:
    """The lines of ``source`` without the blocks whose indexes are in ``skip``; empty lines left out.

    ``tables``: their rows count as lines, too. ``most``: stop after so many lines or a few more.
    """
    lines: list[Line] = []
    for index, block in enumerate(source.blocks):
        if index in skip:
            continue
        if most is not None and len(lines) >= most:
            break
        if isinstance(block, Paragraph):
            for offset, part in enumerate(block.text.splitlines()):
                if text := clean_line(part):
                    lines.append(Line(text, block.line + (offset if source.kind == "text" else 0)))
        elif tables and isinstance(block, Table):
            for offset, row in enumerate(block.rows):
                if text := clean_line(row_text(row)):
                    lines.append(Line(text, block.line + offset))
    return lines


@dataclass(slots=True)
class Stream:
    """Lines joined by line feeds. ``printed`` and ``plain`` agree position by position."""

    printed: str
    plain: str
    _starts: list[int] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, lines: list[Line]) -> Stream:
        """A stream of the lines that are no page furniture."""
        printed: list[str] = []
        plain: list[str] = []
        stream = cls("", "")
        position = 0
        for line in lines:
            if line.is_noise:
                continue
            stream._starts.append(position)
            stream._numbers.append(line.number)
            printed.append(line.text)
            plain.append(line.plain)
            position += len(line.text) + 1
        stream.printed, stream.plain = "\n".join(printed), "\n".join(plain)
        return stream

    def line_number(self, position: int) -> int:
        """The source's line that holds ``position``."""
        index = bisect_right(self._starts, position) - 1
        return self._numbers[max(index, 0)] if self._numbers else 0

    def stands_apart(self, position: int) -> bool:
        """Whether the source has an empty line (or page furniture) above the line that holds ``position``."""
        index = bisect_right(self._starts, position) - 1
        return index > 0 and self._numbers[index] > self._numbers[index - 1] + 1

    def line_at(self, position: int) -> str:
        """The printed line that holds ``position``."""
        start = self.printed.rfind("\n", 0, position) + 1
        end = self.printed.find("\n", position)
        return self.printed[start : end if end >= 0 else None]

"""Paragraphs on paper.

reportlab's own stretch the no-break spaces of a justified line, so that "3 623" falls apart; here
only the spaces between words give way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from akimat_desk.core.money import NO_BREAK_SPACE
from akimat_desk.reports import fonts

Run = tuple[str, str]  # words, font

_LEAST_LINES = 2  # of a paragraph at a page's end or beginning


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its runs, its natural width, and whether it may be stretched."""

    runs: tuple[Run, ...]
    width: float
    ends: bool  # the last of a paragraph: never stretched


class Words(Flowable):  # type: ignore[misc]
    """A paragraph of runs in a ParagraphStyle (font size, leading, indents, alignment)."""

    def __init__(
        self,
        runs: Sequence[Run],
        style: ParagraphStyle,
        lines: tuple[_Line, ...] | None = None,
        *,
        continued: bool = False,
    ) -> None:
        super().__init__()
        self.style = style
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter
        self._runs = tuple((fonts.printable(text), font) for text, font in runs) if lines is None else ()
        self._lines = lines
        self._continued = continued
        self._broken_for = -1.0

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Break the words into lines; the size they take."""
        if self._lines is None or (self._runs and self._broken_for != available_width):
            self._lines = tuple(_broken(self._runs, self.style, available_width))
            self._broken_for = available_width
        self.width, self.height = available_width, len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """What fits and the rest, two lines each at least; nothing where that cannot be."""
        self.wrap(available_width, available_height)
        lines = self._lines or ()
        fitting = int((available_height + 1e-6) / self.style.leading)
        if fitting >= len(lines):
            return [self]
        fitting = min(fitting, len(lines) - _LEAST_LINES)
        if fitting < _LEAST_LINES:
            return []
        upper = self._part(lines[:fitting], continued=self._continued)
        lower = self._part(lines[fitting:], continued=True)
        upper.spaceAfter = lower.spaceBefore = 0
        return [upper, lower]

    def _part(self, lines: tuple[_Line, ...], *, continued: bool) -> Words:
        return Words((), self.style, lines, continued=continued)

    def draw(self) -> None:
        """Write the lines."""
        style = self.style
        baseline = self.height - style.fontSize
        for number, line in enumerate(self._lines or ()):
            indent = style.leftIndent
            if number == 0 and not self._continued:
                indent += style.firstLineIndent
            self._write(line, indent, baseline)
            baseline -= style.leading

    def _write(self, line: _Line, indent: float, baseline: float) -> None:
        slack = self.width - indent - line.width
        stretch = 0.0
        if self.style.alignment == TA_CENTER:
            indent += slack / 2
        elif self.style.alignment == TA_RIGHT:
            indent += slack
        elif self.style.alignment == TA_JUSTIFY and not line.ends:
            spaces = sum(text.count(" ") for text, _ in line.runs)
            stretch = slack / spaces if spaces else 0.0
        writer = self.canv.beginText(indent, baseline)
        for text, font in line.runs:
            writer.setFont(font, self.style.fontSize)
            _write_stretched(writer, text, stretch)
        self.canv.drawText(writer)


def _write_stretched(writer: Any, text: str, stretch: float) -> None:
    """Word spacing widens no-break spaces too: it is put off for them."""
    if not stretch:
        writer.textOut(text)
        return
    for number, piece in enumerate(text.split(NO_BREAK_SPACE)):
        if number:
            writer.setWordSpace(0)
            writer.textOut(NO_BREAK_SPACE)
        writer.setWordSpace(stretch)
        writer.textOut(piece)
    writer.setWordSpace(0)


def _broken(runs: Sequence[Run], style: ParagraphStyle, width: float) -> list[_Line]:
    """The runs in lines no wider than there is room, broken at spaces and where the text says so."""
    size = style.fontSize
    result: list[_Line] = []
    line: list[Run] = []
    used = 0.0

    def finish(*, ends: bool) -> None:
        nonlocal line, used
        result.append(_Line(_joined(line), used, ends))
        line, used = [], 0.0

    for text, font in runs:
        gap = fonts.width(" ", font, size)
        for number, paragraph in enumerate(text.split("\n")):
            if number:
                finish(ends=True)
            for word in paragraph.split(" "):
                if not word:
                    continue
                room = width - style.leftIndent - (style.firstLineIndent if not result else 0)
                for piece in fonts.wrapped(word, font, size, room):
                    wide = fonts.width(piece, font, size)
                    if line and used + gap + wide > room:
                        finish(ends=False)
                    used += wide + (gap if line else 0)
                    line.append((piece, font))
    finish(ends=True)
    return result


def _joined(words: Sequence[Run]) -> tuple[Run, ...]:
    """Words of one font as one run; the space before a change of font belongs to the run before."""
    runs: list[Run] = []
    for word, font in words:
        if runs and runs[-1][1] == font:
            runs[-1] = (f"{runs[-1][0]} {word}", font)
            continue
        if runs:
            runs[-1] = (f"{runs[-1][0]} ", runs[-1][1])
        runs.append((word, font))
    return tuple(runs)

"""A decision's text that stands in tables: in the cells of a sheet above its annex, in one HTML table
with it, or in two columns, one for each language. What is text becomes paragraphs again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from akimat_desk.budget.reading.annex_amounts import is_code_number
from akimat_desk.budget.reading.annex_heading import Role, is_said, role_of
from akimat_desk.budget.reading.annex_tables import RowKind, is_text, kinds_of, split_row
from akimat_desk.budget.reading.annex_words import exact_label, is_leading_phrase, language_of
from akimat_desk.budget.reading.stream import row_text
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.text import repair, squeeze
from akimat_desk.intake.content import Block, Cell, Paragraph, SourceDocument, Table

Row = tuple[Cell, ...]

_ROMAN = re.compile(r"^\s*[IVІХ]{1,4}\s*[.)]")
_SUM = re.compile(
    r"(\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?)\s*(?:тыс\w*\.?|мың|млн\.?|миллион\w*)?\s*т[еэ][нң]ге", re.I
)
# Of the rows with two texts so many must be Kazakh beside Russian.
_BILINGUAL_SHARE = 0.6
_LEAST_BILINGUAL = 2


def laid_out(source: SourceDocument) -> tuple[SourceDocument, list[Finding]]:
    """The source with the text of its tables as paragraphs, and where two languages differ in a figure.

    Of a text in two columns the first one is kept.
    """
    blocks: list[Block] = []
    findings: list[Finding] = []
    for block in source.blocks:
        if not isinstance(block, Table):
            blocks.append(block)
        elif (column := _first_language(block)) is not None:
            blocks += _one_language(block, column, findings)
        else:
            blocks += _parted(block)
    return replace(source, blocks=blocks), findings


# --- text and annexes in one table --------------------------------------------------------------


def _parted(table: Table) -> Iterator[Block]:
    """A table, the rows of it that are text as paragraphs."""
    rows = table.rows
    kinds = kinds_of(rows)
    start = 0
    for begin, end in _passages(rows, kinds):
        if begin > start:
            yield Table(rows[start:begin], table.line + start, table.name)
        for at in range(begin, end):
            text = _text_of(rows[at])
            if text:
                yield Paragraph(text, table.line + at)
        start = end
    if start == 0:
        yield table
    elif start < len(rows):
        yield Table(rows[start:], table.line + start, table.name)


def _passages(rows: Sequence[Row], kinds: Sequence[RowKind]) -> Iterator[tuple[int, int]]:
    """The ranges of rows that are text: from a sentence of a decision to the next head or coded row."""
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and not _is_anchor(rows[end], kinds[end]):
            end += 1
        headed = end == len(rows) or kinds[end] is RowKind.HEAD
        if not headed:
            while end > at and _is_section(rows[end - 1]):
                end -= 1
        said = [index for index in range(at, end) if _is_prose(rows[index])]
        if at == 0 and not said and headed and end < len(rows) and _is_caption(rows[:end], kinds):
            said = [0]
        if said and (at == 0 or headed or len(said) > 1):
            # Rows of III–VI have no codes either: behind an annex text begins with its first sentence,
            # before any annex with the first row.
            yield (0 if at == 0 else said[0]), end
        at = end
        while at < len(rows) and _is_anchor(rows[at], kinds[at]):
            at += 1
        at = max(at, end + 1)


def _is_caption(rows: Sequence[Row], kinds: Sequence[RowKind]) -> bool:
    """Whether the rows above a head hold pairs like «Дата: | 25.12.2023», no rows of a budget."""
    data = [row for row, kind in zip(rows, kinds, strict=False) if kind is RowKind.DATA]
    return bool(data) and not any(exact_label(cell.one_line) for row in data for cell in row)


def _is_anchor(row: Row, kind: RowKind) -> bool:
    """Whether a row can only be an annex's: its head, or codes, a name and an amount."""
    if kind in (RowKind.HEAD, RowKind.NUMBERS):
        return True
    if kind is not RowKind.DATA:
        return False
    printed = split_row(row, None)
    if printed is None or not printed.codes or not printed.name or not printed.amount:
        return False
    return all(is_code_number(cell.text) for cell in printed.codes)


def _is_section(row: Row) -> bool:
    """«I. Доходы | 56 928» right above the coded rows of a table without a head."""
    filled = [text for cell in row if (text := cell.one_line)]
    return len(filled) == 2 and bool(_ROMAN.match(filled[0])) and exact_label(filled[0]) is not None


def _is_prose(row: Row) -> bool:
    """Whether a row's only text is a sentence of the decision."""
    filled = [cell for cell in row if cell.one_line]
    if len(filled) != 1 or not is_text(filled[0].one_line):
        return False
    lines = _lines(filled[0])
    return any(role_of(line) is Role.TEXT and is_said(line) and not is_leading_phrase(line) for line in lines)


def _lines(cell: Cell) -> list[str]:
    parts = (squeeze(part.replace("\n", "")) for part in cell.text.split(" \n"))
    return [part for part in parts if part]


def _text_of(row: Row) -> str:
    filled = [cell for cell in row if cell.one_line]
    return "\n".join(_lines(filled[0])) if len(filled) == 1 else row_text(row)


# --- two languages side by side -----------------------------------------------------------------


def _first_language(table: Table) -> Language | None:
    """The language of the left column where a text stands in two languages side by side."""
    pairs = [pair for row in table.rows if (pair := _pair(row)) is not None]
    if len(pairs) < _LEAST_BILINGUAL or 2 * len(pairs) < len(table.rows):
        return None
    spoken = [(language_of(left.one_line), language_of(right.one_line)) for left, right in pairs]
    for wanted in ((Language.KK, Language.RU), (Language.RU, Language.KK)):
        both = spoken.count(wanted)
        if both >= _LEAST_BILINGUAL and both >= _BILINGUAL_SHARE * len(pairs):
            # A head of an annex in two languages is no text: some sentence must be there.
            said = any(is_said(line) for left, _ in pairs for line in _lines(left))
            return wanted[0] if said else None
    return None


def _pair(row: Row) -> tuple[Cell, Cell] | None:
    filled = [cell for cell in row if cell.one_line]
    if len(filled) != 2 or not all(is_text(cell.one_line) for cell in filled):
        return None
    return filled[0], filled[1]


def _one_language(table: Table, language: Language, findings: list[Finding]) -> Iterator[Paragraph]:
    left = min((cell.column for row in table.rows for cell in row if cell.one_line), default=0)
    for at, row in enumerate(table.rows):
        pair = _pair(row)
        if pair is None:
            # A row across both columns, or one that only the other language has.
            filled = [cell for cell in row if cell.one_line]
            spoken = language_of(filled[0].one_line) if len(filled) == 1 else None
            if len(filled) == 1 and filled[0].column > left and spoken not in (None, language):
                continue
            text = _text_of(row)
        else:
            text = "\n".join(_lines(pair[0]))
            if _figures(pair[0]) != _figures(pair[1]):
                fields = {"line": table.line + at, "one": pair[0].one_line, "other": pair[1].one_line}
                findings.append(
                    Finding(
                        "reader.languages_differ",
                        Severity.WARNING,
                        fields,
                        source="source.decision_text",
                    )
                )
        if text:
            yield Paragraph(text, table.line + at)


def _figures(cell: Cell) -> list[str]:
    """The sums of a text in no order: the languages put them in different places of a sentence."""
    return sorted(re.sub(r"[ \u00a0]", "", found) for found in _SUM.findall(repair(cell.one_line)))

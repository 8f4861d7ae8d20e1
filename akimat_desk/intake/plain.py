"""Plain text: lines, tables of tabs, pipes or semicolons, and the marks of Markdown in exports of the
legal database."""

from __future__ import annotations

import csv
import re

from akimat_desk.core.progress import Task
from akimat_desk.intake.building import Builder
from akimat_desk.intake.content import Table
from akimat_desk.intake.html import read_html
from akimat_desk.intake.limits import Limits

# Fewer cells are not a table: "label<tab>amount" is a line of text.
_LEAST_CELLS = 3
_LEAST_ROWS = 2
# How many lines a quoted cell of Excel's clipboard may go on for.
_LONGEST_QUOTE = 30
_STEP = 2000

_LINE_ENDS = re.compile(r"[\n\v\f\u2028\u2029\x85]")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)$")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_WHOLE_EMPHASIS = re.compile(r"^(\s*)(\*{1,3})(?=\S)([^*]+)\2(\s*)$")
_STRONG = re.compile(r"\*\*(?=\S)([^*]+?)\*\*")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~<«»\"'])")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^:?-{2,}:?$")
_BREAK_TAG = re.compile(r"(?i)<br\s*/?>")
_TABLE_OPENS = re.compile(r"(?i)^\s*<table[\s>]")
_TABLE_TAG = re.compile(r"(?i)<(/?)table[\s>]")
# "1)" at the start of a line numbers a point of the text, it is no code of a table.
_POINT = re.compile(r"^\s*\d{1,2}\\?\)")
_NUMBER = re.compile(r"^[('‘]?[-–−]?\s?\d[\d\s\u00a0.,]*\)?$")
_OPEN = '"'
SEMICOLONS_LEFT = "warning.intake.semicolons"


def read_plain(text: str, builder: Builder, limits: Limits, task: Task) -> list[str]:
    """Put the text's paragraphs and tables into ``builder``; ``line`` counts lines of the text.

    Gives the catalogue keys of what should be said about the text.
    """
    warnings: list[str] = []
    lines = _LINE_ENDS.split(text)
    tables_ahead = True
    index = 0
    next_step = 0
    while index < len(lines):
        if index >= next_step:
            task.step(index, len(lines))
            next_step = index + _STEP
        line = lines[index]
        if not line.strip():
            index += 1
            continue
        if tables_ahead and _TABLE_OPENS.match(line):
            end = _end_of_html_table(lines, index)
            if end is None:
                tables_ahead = False  # no table ahead is ever closed: do not look again
            else:
                _add_html_table("\n".join(lines[index:end]), index + 1, builder, limits, task)
                index = end
                continue
        end = _add_bar_table(lines, index, builder, limits) if "|" in line else index
        if end == index and "\t" in line:
            end = _add_tab_table(lines, index, builder, limits)
        if end == index and (";" in line or line.startswith(_OPEN)):
            end = _add_semicolon_table(lines, index, builder, limits)
            if end == index and not warnings and _is_torn(line):
                warnings.append(SEMICOLONS_LEFT)
        if end > index:
            index = end
            continue
        _add_paragraph(line, index + 1, builder)
        index += 1
    return warnings


def _add_paragraph(line: str, number: int, builder: Builder) -> None:
    heading = _HEADING.match(line)
    if heading:
        line = heading.group(1).rstrip(" \t#")
    line = _QUOTE.sub("", line)
    text = _without_marks(line).rstrip()
    if text.strip():
        builder.add_paragraph(text, heading=heading is not None, line=number)


def _without_marks(text: str) -> str:
    """Text without Markdown's emphasis and escapes: "1\\\\)" is "1)"."""
    if "*" in text:
        text = _WHOLE_EMPHASIS.sub(r"\1\3\4", text)
        text = _STRONG.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _end_of_html_table(lines: list[str], start: int) -> int | None:
    """The line after the one that closes the table; None when nothing does."""
    depth = 0
    for index in range(start, len(lines)):
        for tag in _TABLE_TAG.finditer(lines[index]):
            depth += -1 if tag.group(1) else 1
            if depth == 0:
                return index + 1
    return None


def _add_html_table(source: str, number: int, builder: Builder, limits: Limits, task: Task) -> None:
    inner = Builder(limits)
    read_html(source, inner, limits, task)
    for block in inner.finish():
        if isinstance(block, Table):
            builder.count_cells(sum(len(row) for row in block.rows))
            builder.add_table(block.rows, line=number)
        else:
            builder.add_paragraph(block.text, line=number)


def _add_bar_table(lines: list[str], start: int, builder: Builder, limits: Limits) -> int:
    """A run of lines parted by bars; gives the line after it, ``start`` when there is no table."""
    rows: list[list[str]] = []
    index = start
    while index < len(lines):
        row = _bar_cells(lines[index])
        if row is None:
            break
        rows.append(row)
        index += 1
    if len(rows) < _LEAST_ROWS:
        return start
    kept = [row for row in rows if not all(_RULE.match(cell) for cell in row if cell)]
    cells = [[_BREAK_TAG.sub(" \n", _without_marks(cell)).strip() for cell in row] for row in kept]
    _add_cells(cells, start + 1, builder, limits)
    return index


def _bar_cells(line: str) -> list[str] | None:
    """The cells of "| a | b |" or "a | b | c"; None for a line of text."""
    text = _QUOTE.sub("", line).strip()
    if "|" not in text:
        return None
    framed = text.startswith("|")
    parts = _BAR.split(text)
    if framed:
        parts = parts[1:]
        if parts and not parts[-1].strip():
            parts = parts[:-1]
    if len(parts) < (2 if framed else _LEAST_CELLS):
        return None
    return [part.strip() for part in parts]


def _add_tab_table(lines: list[str], start: int, builder: Builder, limits: Limits) -> int:
    """A run of lines parted by tabs; gives the line after it, ``start`` when there is no table."""
    rows: list[list[str]] = []
    index = start
    while index < len(lines):
        found = _tab_cells(lines, index)
        if found is None:
            break
        row, index = found
        rows.append(row)
    # Indented text is no table: in two rows at least something must stand on both sides of a tab.
    if sum(1 for row in rows if sum(1 for cell in row if cell) >= 2) < _LEAST_ROWS:
        return start
    _add_cells(rows, start + 1, builder, limits)
    return index


def _tab_cells(lines: list[str], index: int) -> tuple[list[str], int] | None:
    """The cells of a row and the line after it; None for a line of text."""
    line = lines[index]
    index += 1
    # Excel's clipboard puts a cell with line breaks into quotes and lets it go on.
    if '"' in line and _is_open(line):
        joined, end = line, index
        while _is_open(joined) and end < min(len(lines), index + _LONGEST_QUOTE):
            joined += "\n" + lines[end]
            end += 1
        if not _is_open(joined):
            line, index = joined, end
    if line.count("\t") < _LEAST_CELLS - 1 or _POINT.match(line):
        return None
    return [_unquoted(cell) for cell in line.split("\t")], index


def _is_open(line: str) -> bool:
    """Whether the last cell that starts with a quote lacks its closing one."""
    cell = line.rsplit("\t", 1)[-1]
    return cell.startswith('"') and cell.count('"') % 2 == 1


def _unquoted(cell: str) -> str:
    cell = cell.strip(" ")
    if len(cell) >= 2 and cell[0] == cell[-1] == '"' and ("\n" in cell or '""' in cell):
        cell = cell[1:-1].replace('""', '"')
    return cell.strip().replace("\n", " \n")


def _add_semicolon_table(lines: list[str], start: int, builder: Builder, limits: Limits) -> int:
    """A run of lines parted by semicolons, as Excel saves CSV here; gives the line after it, ``start``
    when there is no table. Enumerations of a text have semicolons, too, but no empty parts and numbers.
    """
    rows: list[list[str]] = []
    index = start
    like = 0
    while index < len(lines):
        found = _semicolon_cells(lines, index)
        if found is None:
            break
        row, after = found
        if _is_row(row):
            like += 1
        elif rows:
            if len(row) != len(rows[-1]):
                break
        else:
            following = _semicolon_cells(lines, after) if after < len(lines) else None
            if following is None or len(following[0]) != len(row):
                return start
        rows.append(row)
        index = after
    if like < _LEAST_ROWS or 2 * like < len(rows):
        return start
    _add_cells(rows, start + 1, builder, limits)
    return index


def _semicolon_cells(lines: list[str], index: int) -> tuple[list[str], int] | None:
    """The cells of a row and the line after it; None for a line of text."""
    if ";" not in lines[index] and not lines[index].startswith(_OPEN):
        return None
    joined, end = lines[index], index + 1
    # A cell in quotes may hold line breaks. A quotation that is never closed is not one.
    if joined.startswith(_OPEN) or f";{_OPEN}" in joined:
        while joined.count(_OPEN) % 2 and end < min(len(lines), index + _LONGEST_QUOTE):
            joined += "\n" + lines[end]
            end += 1
        if joined.count(_OPEN) % 2:
            joined, end = lines[index], index + 1
    try:
        row = next(csv.reader([joined.replace("\n", "\v")], delimiter=";"), [])
    except csv.Error:  # a cell longer than any
        return None
    if len(row) < _LEAST_CELLS:
        return None
    return [cell.strip().replace("\v", " \n") for cell in row], end


def _is_row(cells: list[str]) -> bool:
    """Whether parts between semicolons are cells: one before the last is empty or one is a number."""
    return any(not cell for cell in cells[:-1]) or any(_NUMBER.match(cell) for cell in cells)


def _is_torn(line: str) -> bool:
    """Whether a line that is no row of a table looks like one all the same."""
    cells = line.split(";")
    return len(cells) > _LEAST_CELLS and any(_NUMBER.match(cell.strip()) for cell in cells)


def _add_cells(rows: list[list[str]], number: int, builder: Builder, limits: Limits) -> None:
    """A table out of texts. Rows with nothing in them are left out."""
    inner = Builder(limits)
    inner.begin_table()
    for row in rows:
        if any(row):
            inner.begin_row()
            for text in row:
                inner.begin_cell()
                inner.line(text)
            inner.end_row()
    for block in inner.finish():
        if isinstance(block, Table):
            builder.count_cells(sum(len(row) for row in block.rows))
            builder.add_table(block.rows, line=number)
        else:
            builder.add_paragraph(block.text, line=number)

"""The door to reading forms: a file or pasted text in, a :class:`ReadForm` out."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from akimat_desk.budget.execution.forms import FormKind, MoneyUnit, ReadForm
from akimat_desk.budget.execution.reading.amounts import style_of
from akimat_desk.budget.execution.reading.columns import ColumnsUnknown, Layout, Role
from akimat_desk.budget.execution.reading.heads import FormHead, read_head
from akimat_desk.budget.execution.reading.items import (
    Item,
    assembled,
    remainder_findings,
    sum_findings,
)
from akimat_desk.budget.execution.reading.printed import PrintedLine, read_rows, split_head
from akimat_desk.budget.execution.reading.tabular import grid_rows, layout_of, read_table, shape_of
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import Message
from akimat_desk.intake import Cell, Paragraph, SourceDocument, Table, load_file, read_bytes, read_pasted

_LEAST_CSV = 5


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form as read together with the file it came from; pasted text has no data."""

    name: str
    data: bytes | None
    form: ReadForm


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """What a person decides about reading: columns shown before, and the unit where heads mislead."""

    layouts: Mapping[str, Layout]
    unit: MoneyUnit | None = None
    kind: FormKind | None = None


NO_CHOICES = ReadingChoices({})


def read_form_file(path: Path, choices: ReadingChoices = NO_CHOICES, task: Task | None = None) -> FormFile:
    """Read a form from a file. Raises InputRefused (ColumnsUnknown too), EnvironmentProblem, Cancelled."""
    return read_form_data(load_file(path), path.name, choices, task)


def read_form_data(
    data: bytes, name: str, choices: ReadingChoices = NO_CHOICES, task: Task | None = None
) -> FormFile:
    """Read a form from a file's content. Raises what :func:`read_form_file` raises."""
    return FormFile(name, data, read_form(read_bytes(data, name, task), choices))


def read_form_pasted(pasted: str, choices: ReadingChoices = NO_CHOICES, task: Task | None = None) -> FormFile:
    """Read a form from the clipboard. Raises what :func:`read_form_file` raises."""
    source = read_pasted(pasted, task)
    return FormFile(source.name, None, read_form(source, choices))


def read_form(source: SourceDocument, choices: ReadingChoices = NO_CHOICES) -> ReadForm:
    """Understand a document as a treasury form.

    Raises InputRefused where it is none, ColumnsUnknown where a person has to show the columns.
    """
    tables = [table for table in source.tables() if len(table.rows) >= 2]
    if not tables:
        tables = _comma_tables(source)
    around = [block.text for block in source.blocks if isinstance(block, Paragraph)]
    made = _from_tables(tables, around, choices) if tables else _from_lines(source, choices)
    notes = tuple(
        Finding("form.file_note", Severity.WARNING, {"note": Message(key)}) for key in source.warnings
    )
    kind, head, items = made
    if not any(item.cells for item in items):
        raise InputRefused("error.form.nothing_read")
    unit = choices.unit or head.unit or MoneyUnit.TENGE
    cells = (text for item in items for text, is_number in item.cells.values() if not is_number)
    rows, sums = assembled(kind, items, style_of(cells), unit)
    findings = [*notes, *sum_findings(rows, sums), *remainder_findings(rows)]
    if head.as_of is None:
        findings.append(Finding("form.no_date", Severity.ERROR))
    return ReadForm(
        kind=kind,
        as_of=head.as_of,
        rows=rows,
        sums=sums,
        unit=unit,
        unit_chosen=choices.unit is not None,
        institution=head.institution,
        institution_code=head.institution_code,
        budget=head.budget,
        findings=tuple(findings),
    )


_Made = tuple[FormKind, FormHead, list[Item]]


def _from_lines(source: SourceDocument, choices: ReadingChoices) -> _Made:
    lines = [PrintedLine(block.line, block.text) for block in source.paragraphs()]
    above, body = split_head(lines)
    head = read_head(line.text for line in above)
    kind = choices.kind or head.kind
    if kind is None or not body:
        raise InputRefused("error.form.not_a_form")
    return kind, head, read_rows(kind, body, above)


def _from_tables(tables: Sequence[Table], around: Iterable[str], choices: ReadingChoices) -> _Made:
    """The first table that is a form decides; further ones with the same columns go on with it."""
    question: ColumnsUnknown | None = None
    for position, table in enumerate(tables):
        shape = shape_of(grid_rows(table))
        head = read_head([*around, *(text for row in shape.above for text in (row,)), *shape.heads])
        try:
            kind, layout = layout_of(shape, choices.kind or head.kind, choices.layouts)
        except ColumnsUnknown as unknown:
            question = question or unknown
            continue
        year = head.as_of.year if head.as_of else dt.date.today().year
        items = read_table(kind, shape, layout, year)
        for further in tables[position + 1 :]:
            items += _continued(kind, further, layout, year)
        return kind, head, items
    if question is not None:
        raise question
    raise InputRefused("error.form.not_a_form")


def _continued(kind: FormKind, table: Table, layout: Mapping[int, Role], year: int) -> list[Item]:
    shape = shape_of(grid_rows(table))
    if len(shape.heads) != 1 + max(layout, default=0) and len(shape.heads) <= max(layout, default=0):
        return []
    return read_table(kind, shape, layout, year)


def _comma_tables(source: SourceDocument) -> list[Table]:
    """Lines of a CSV file with commas: rows of equally many cells, amounts in quotes."""
    lines = list(source.paragraphs())
    try:
        rows = list(csv.reader([line.text for line in lines]))
    except csv.Error:
        return []
    if len(rows) != len(lines):
        return []
    width = max((len(row) for row in rows), default=0)
    like = [number for number, row in enumerate(rows) if len(row) == width]
    if width < _LEAST_CSV or len(like) < 2:
        return []
    if any("  " in cell for number in like for cell in rows[number]):
        return []  # a print set by spaces, whose amounts have commas
    kept = rows[: like[-1] + 1]
    made = tuple(tuple(Cell(text.strip(), column) for column, text in enumerate(row)) for row in kept)
    return [Table(made, line=lines[0].line)]

"""What an edit leaves to be written, as plain values: made where the sheet is, written where the file is."""

from __future__ import annotations

from dataclasses import dataclass

from akimat_desk.budget.drafts.cells import Cell, LineKey, LineRecord, Note, Stamp
from akimat_desk.budget.drafts.steps import YearText
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.core.strings import Message


@dataclass(frozen=True, slots=True)
class RowWrite:
    """One row of one year as it stands now; ``line`` is None where it is no more.

    ``paper`` is the row's number on paper (0 where it is not from paper), ``came`` how its amount came.
    """

    year: int
    record: LineRecord
    paper: int
    line: BudgetLine | None
    came: Cell


@dataclass(frozen=True, slots=True)
class LineWrite:
    """Whether a line is kept beside its amounts (it has a note, or no amount at all), and its note."""

    key: LineKey
    kept: bool
    note: Note | None


@dataclass(frozen=True, slots=True)
class Patch:
    """Everything one edit writes. ``revision`` is that of the state it was made on."""

    document_id: int
    revision: int
    name: Message
    rows: tuple[RowWrite, ...]
    lines: tuple[LineWrite, ...]
    texts: tuple[tuple[int, YearText | None], ...]
    stamp: Stamp

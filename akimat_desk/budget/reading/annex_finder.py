"""Where the annexes of a source are: rows gathered into annexes, with the lines above their tables.

One pass over the source. Lines above a table wait until it shows whether it is an annex; what a
row says decides where the next annex begins, not where a table or a sheet does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.figures import Section
from akimat_desk.budget.reading.annex_heading import (
    Role,
    Title,
    is_preamble,
    read_title,
    role_of,
    year_of,
)
from akimat_desk.budget.reading.annex_lines import Segment
from akimat_desk.budget.reading.annex_tables import (
    Head,
    PrintedRow,
    RowKind,
    continues_table,
    counts_up,
    is_annex_table,
    is_text,
    kinds_of,
    read_head,
    row_label,
    split_row,
)
from akimat_desk.budget.reading.annex_words import RowLabel, column_of, is_leading_phrase, is_unit
from akimat_desk.core.language import Language
from akimat_desk.core.text import squeeze
from akimat_desk.intake.content import Cell, FileKind, Paragraph, SourceDocument, Table

# Lines of «… мәслихатының … шешіміне» that may stand before «4-қосымша».
_MOST_BEFORE_MARKER = 6
# A cell of a table set in columns by spaces: words parted by single ones.
_COLUMN = re.compile(r"\S+(?: \S+)*")
Row = tuple[Cell, ...]


@dataclass(slots=True)
class Run:
    """A line of text, or rows that follow each other: a table, or lines parted by tabs."""

    line: int
    blocks: list[int]
    text: str = ""
    rows: list[Row] = field(default_factory=list)
    name: str = ""


def runs_of(source: SourceDocument) -> Iterator[Run]:
    """The source's blocks, rows of plain text that touch each other as one table.

    A text file's table may fall into several blocks: a row with few cells is a line of its own.
    """
    plain = source.kind is FileKind.TEXT
    open_run: Run | None = None
    of_lines = False
    for index, block in enumerate(source.blocks):
        row = _row_of(block) if isinstance(block, Paragraph) else None
        if isinstance(block, Paragraph) and row is None:
            if open_run is not None:
                yield open_run
                open_run = None
            yield Run(block.line, [index], text=block.text)
            continue
        rows = [row] if row is not None else list(block.rows) if isinstance(block, Table) else []
        if open_run is not None and (plain or (of_lines and row is not None)):
            open_run.rows += rows
            open_run.blocks.append(index)
            continue
        if open_run is not None:
            yield open_run
        of_lines = row is not None
        open_run = Run(block.line, [index], rows=rows, name=block.name if isinstance(block, Table) else "")
    if open_run is not None:
        yield open_run


def _row_of(paragraph: Paragraph) -> Row | None:
    """A line that is a row: parted by tabs ("I. Доходы<tab>64 684,0"), or set in columns by spaces."""
    text = paragraph.text
    if "\t" in text:
        return tuple(Cell(part.strip(), at) for at, part in enumerate(text.split("\t")))
    if "  " not in text.strip():
        return None
    cells = tuple(Cell(part.group(), part.start()) for part in _COLUMN.finditer(text))
    words = [cell.text for cell in cells]
    if all(column_of(word) is not None or is_unit(word) for word in words):
        return cells
    whole = len(words) >= 2 and is_text(words[-2]) and not is_text(words[-1])
    return cells if whole or counts_up(words) else None


def _lines_of(cell: Cell) -> list[str]:
    """The lines of a cell. A newline without a space before it parts no words (see Cell)."""
    lines = (squeeze(part.replace("\n", "")) for part in cell.text.split(" \n"))
    return [line for line in lines if line]


@dataclass(slots=True)
class AnnexDraft:
    """An annex being gathered."""

    title: Title
    line: int
    sheet: str
    segments: list[Segment] = field(default_factory=list)
    head_texts: list[str] = field(default_factory=list)
    lines_above: list[str] = field(default_factory=list)
    totals: set[Section] = field(default_factory=set)
    sides: set[Section] = field(default_factory=set)
    languages: list[Language] = field(default_factory=list)

    @property
    def has_rows(self) -> bool:
        return any(segment.rows for segment in self.segments)

    @property
    def section(self) -> Section | None:
        return self.segments[-1].section if self.segments else None


@dataclass(slots=True)
class _Pending:
    text: str
    role: Role
    line: int
    blocks: tuple[int, ...]


class Finder:
    """Goes through the source once; lines above a table wait until it shows whether it is an annex."""

    def __init__(self) -> None:
        self.drafts: list[AnnexDraft] = []
        self.consumed: set[int] = set()
        self._draft: AnnexDraft | None = None
        self._pending: list[_Pending] = []
        self._head: Head | None = None
        self._heads_before: tuple[Head, ...] = ()

    def take(self, run: Run) -> None:
        if not run.rows:
            self._take_line(run.text, run.line, tuple(run.blocks))
            return
        kinds = kinds_of(run.rows)
        if is_annex_table(run.rows, kinds) or (
            self._draft is not None and not self._starts_anew() and continues_table(run.rows, kinds)
        ):
            self._take_table(run, kinds)
        elif all(kind is not RowKind.DATA for kind in kinds):
            # «Приложение 4 к решению …» often stands in a table without lines, and a head may be torn
            # off its table.
            for row in run.rows:
                for cell in row:
                    for text in _lines_of(cell):
                        self._take_line(text, run.line, tuple(run.blocks))
        else:
            self._end_annex()

    def close(self) -> None:
        """The source is at its end."""
        self._end_annex()

    def _take_line(self, text: str, line: int, blocks: tuple[int, ...]) -> None:
        for part in text.split("\n"):
            if part.strip():
                role = role_of(part)
                if role is Role.TEXT:
                    self._end_annex()
                else:
                    self._pending.append(_Pending(part, role, line, blocks))

    def _end_annex(self) -> None:
        self._draft = None
        self._pending = []
        self._head = None
        self._heads_before = ()

    def _starts_anew(self) -> bool:
        return any(p.role in (Role.MARKER, Role.HEADING) for p in self._pending)

    def _take_table(self, run: Run, kinds: Sequence[RowKind]) -> None:
        self.consumed.update(run.blocks)
        self._head = None
        head_rows: list[Row] = []
        for row, kind in zip(run.rows, kinds, strict=True):
            if kind is RowKind.HEAD:
                head_rows.append(row)
                continue
            if head_rows and kind is not RowKind.BLANK:
                self._head = read_head(head_rows)
                head_rows = []
            if kind is RowKind.TITLE:
                for cell in row:
                    for text in _lines_of(cell):
                        self._take_title_row(text, run)
            elif kind is RowKind.DATA:
                self._take_row(row, run)

    def _take_title_row(self, text: str, run: Run) -> None:
        role = role_of(text)
        self._pending.append(_Pending(text, Role.SHORT if role is Role.TEXT else role, run.line, ()))

    def _take_row(self, row: Row, run: Run) -> None:
        printed = split_row(row, self._head)
        if printed is None or (not printed.amount and is_leading_phrase(printed.name)):
            return
        label = row_label(printed)
        draft = self._draft or self._second_half(label)
        if draft is None and not printed.name:
            return  # a number above the table
        if draft is None or self._is_next(draft, printed, label):
            draft = self._open(run)
        if self._pending:
            self._absorb(draft)
        section = self._section_for(draft, label)
        head = self._head
        segment = draft.segments[-1] if draft.segments else None
        if segment is None or segment.section is not section or (head and head not in segment.heads):
            # The head of the table before serves where a page break left the rest without one.
            heads = (head,) if head is not None else ()
            segment = Segment(section, heads + tuple(h for h in self._heads_before if h not in heads))
            draft.segments.append(segment)
        if head is not None:
            self._heads_before = (head,)
            draft.head_texts += [t for t in head.texts if t not in draft.head_texts]
        segment.rows.append(printed)
        draft.sides.add(section)
        if label is not None:
            draft.totals.add(label.section)
            draft.languages.append(label.language)

    def _is_next(self, draft: AnnexDraft, row: PrintedRow, label: RowLabel | None) -> bool:
        """Whether a row belongs to another annex than the rows before it."""
        if not draft.has_rows:
            return False
        total = label.section if label is not None else None
        if total in (Section.REVENUE, Section.EXPENDITURE) and total in draft.totals:
            return True
        if self._starts_anew():
            return not self._is_second_half(draft, total)
        if total is Section.REVENUE:
            return bool(draft.sides - {Section.REVENUE})
        # A table of receipts whose total row is missing, below a finished annex.
        starts = self._head is not None and self._head.side is Section.REVENUE
        first = bool(row.codes) and row.codes[0].text.strip() in ("1", "1.0")
        past = draft.section not in (None, Section.REVENUE)
        return starts and first and past and label is None and self._head not in self._heads_before

    def _is_second_half(self, draft: AnnexDraft, total: Section | None) -> bool:
        """Whether the heading repeats above the costs of the same annex."""
        if total is not Section.EXPENDITURE or draft.sides != {Section.REVENUE}:
            return False
        title = read_title([p.text for p in self._pending])
        return title.year in (None, draft.title.year) and title.number in (None, draft.title.number)

    def _second_half(self, label: RowLabel | None) -> AnnexDraft | None:
        """The annex that a table of costs completes although some text stands between its tables."""
        last = self.drafts[-1] if self.drafts else None
        costs = label is not None and label.section is Section.EXPENDITURE
        if last is None or not costs or self._starts_anew() or last.sides != {Section.REVENUE}:
            return None
        self._draft = last
        return last

    def _open(self, run: Run) -> AnnexDraft:
        title = read_title([p.text for p in self._pending])
        first = next((p for p in self._pending if p.role in (Role.MARKER, Role.HEADING)), None)
        draft = AnnexDraft(title, first.line if first is not None else run.line, run.name)
        self._heads_before = ()
        self.drafts.append(draft)
        self._draft = draft
        return draft

    def _absorb(self, draft: AnnexDraft) -> None:
        """Lines above the table belong to the annex from its number or heading on."""
        roles = [p.role for p in self._pending]
        marks = [at for at, role in enumerate(roles) if role in (Role.MARKER, Role.HEADING)]
        start = marks[0] if marks else len(roles)
        if marks:
            lowest = max(0, start - _MOST_BEFORE_MARKER)
            while start > lowest and is_preamble(self._pending[start - 1].text):
                start -= 1
        else:
            # Nothing but a unit or a year right above the table.
            while start and self._belongs(self._pending[start - 1].text, draft):
                start -= 1
        for pending in self._pending[start:]:
            self.consumed.update(pending.blocks)
            draft.lines_above.append(pending.text)
        self._pending = []

    @staticmethod
    def _belongs(text: str, draft: AnnexDraft) -> bool:
        year = draft.title.year
        return (
            is_preamble(text) or column_of(text) is not None or (year is not None and year_of(text) == year)
        )

    def _section_for(self, draft: AnnexDraft, label: RowLabel | None) -> Section:
        """Receipts, costs or (as NET_LENDING) the tail of III–VI, into which a row falls."""
        if label is not None:
            if label.section in (Section.REVENUE, Section.EXPENDITURE):
                return label.section
            return Section.NET_LENDING
        now = draft.section
        side = self._head.side if self._head is not None else None
        if now is Section.NET_LENDING:
            return now
        if side is Section.EXPENDITURE and now in (None, Section.REVENUE):
            return side
        if now is not None:
            return now
        return side or Section.REVENUE

"""A line of the sheet with its place in the tree and its sums, kept up by differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.cells import Cell, LineKey, LineRecord, Note
from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import Code, LineKind, RevenueCode
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text

#: Sections whose total is the sum of what stands under it; the others follow the rules of article 9.
SUMMED = frozenset({Section.REVENUE, Section.EXPENDITURE})


class Node:
    """A line. Everything that has one entry per year stands in a list in the order of the years."""

    __slots__ = (
        "adds",
        "blanks",
        "cells",
        "children",
        "counts",
        "findings",
        "note",
        "paper",
        "parent",
        "record",
        "row",
        "ruled",
        "sums",
    )

    def __init__(self, record: LineRecord, years: int) -> None:
        self.record = record
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.row = 0  # among its siblings
        self.adds = True  # whether its amount is part of its parent's
        self.note: Note | None = None
        self.cells: list[Cell | None] = [None] * years
        self.sums = [0] * years
        self.counts = [0] * years  # children with an amount
        self.blanks = [0] * years  # children whose amount is no amount
        self.ruled: list[int | None] = [None] * years  # a total of III–VI, by rule
        self.paper = [0] * years  # the row's number on paper, 0 where it is not from paper
        self.findings: dict[int, tuple[Finding, ...]] = {}

    @property
    def key(self) -> LineKey:
        """Which line this is."""
        return self.record.key

    @property
    def is_section(self) -> bool:
        """Whether this is the total of a section."""
        return self.parent is None

    @property
    def is_leaf(self) -> bool:
        """Whether nothing stands under this line."""
        return not self.children

    @property
    def depth(self) -> int:
        """How many lines stand above this one."""
        depth, above = 0, self.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        return depth

    def computed(self, year: int) -> int | None:
        """What the parts come to (of III–VI: by rule); None where there are none. ``year`` is an index."""
        if self.parent is None and self.key.section not in SUMMED:
            return self.ruled[year]
        return self.sums[year] if self.counts[year] else None

    def value(self, year: int) -> int | None:
        """The line's amount: what was stated, else what its parts come to."""
        cell = self.cells[year]
        if cell is not None and cell.amount is not None:
            return cell.amount
        return self.computed(year)

    def is_blank(self, year: int) -> bool:
        """Whether what stands there, or under it, is no amount, so that sums above it are not certain."""
        return self.value(year) is None and (self.cells[year] is not None or self.blanks[year] > 0)

    def is_stated(self, year: int) -> bool:
        """Whether the year has a row for this line."""
        return self.cells[year] is not None or self.blanks[year] > 0 or self.value(year) is not None

    def is_empty(self) -> bool:
        """Whether nothing was ever said of this line: no amount, no note, nothing under it."""
        return not self.children and self.note is None and all(cell is None for cell in self.cells)

    def line(self, year: int) -> BudgetLine | None:
        """The row of this year, as decisions keep it; None where there is none."""
        if not self.is_stated(year):
            return None
        record, cell = self.record, self.cells[year]
        return BudgetLine(
            section=record.key.section,
            code=record.code,
            name=record.name,
            amount=self.value(year),
            kind=record.kind,
            figure=record.figure,
            printed_name=record.printed_name,
            raw=cell.raw if cell is not None else "",
            row=self.paper[year],
        )

    def origin(self, year: int) -> Origin:
        """How the shown amount came."""
        cell = self.cells[year]
        return cell.origin if cell is not None and cell.amount is not None else Origin.COMPUTED

    def text(self, language: Language) -> str:
        """The line's name: the official one, else what paper says, else what the figure is called."""
        named = self.record.name.text(language) or self.record.printed_name
        figure = self.record.figure
        return named or (text(f"figure.{figure.value}", language) if figure else "")

    def walk(self) -> Iterator[Node]:
        """This line and all below it, in printing order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def strays(self) -> list[Node]:
        """The rows without a code anywhere below."""
        return [
            node for node in self.walk() if node is not self and not node.adds and node.key.line[:1] == "#"
        ]

    def place_child(self, child: Node, position: int) -> None:
        """Put a line among the children."""
        child.parent = self
        self.children.insert(position, child)
        self._renumber(position)

    def take_child(self, child: Node) -> None:
        """Take a line out of the children."""
        position = child.row
        del self.children[position]
        self._renumber(position)
        child.parent = None

    def _renumber(self, first: int) -> None:
        for row in range(first, len(self.children)):
            self.children[row].row = row


def code_key(code: Code) -> tuple[str, ...]:
    """By which codes are put in order: part by part, a part not given before every other."""
    if isinstance(code, RevenueCode):
        return (code.category, code.class_, code.subclass, code.specific)
    return (
        code.functional_group, code.subgroup, code.administrator, code.program, code.subprogram, code.specific
    )  # fmt: skip


def sibling_key(record: LineRecord) -> tuple[int, tuple[str, ...]]:
    """The order of lines under one parent: rows of III–VI as article 9 names them, then codes."""
    figures = SECTION_PARTS[record.key.section]
    if record.figure in figures and record.key.section not in SUMMED:
        return (figures.index(record.figure), ())
    return (len(figures), code_key(record.code) if record.code is not None else ("~",))


def total_record(section: Section) -> LineRecord:
    """A section's total, as annexes print it."""
    return figure_record(LineKey(section))


def figure_record(key: LineKey, kind: LineKind = LineKind.TOTAL) -> LineRecord:
    """A section's total or a row of III–VI under its usual name."""
    figure = SECTION_TOTAL[key.section] if key.is_total else Figure(key.line[1:])
    name = Trilingual(*(text(f"annex.row.{figure.value}", language) for language in Language))
    return LineRecord(key, None, name, kind, figure)


def index_after(children: Sequence[Node], record: LineRecord) -> int:
    """Where a line belongs among these: behind the last that comes before it."""
    wanted = sibling_key(record)
    position = len(children)
    while position and sibling_key(children[position - 1].record) > wanted:
        position -= 1
    return position

"""A draft in memory: its lines as a tree, its sums and findings kept up change by change. No database.

A parent's amount is the sum of its parts, never typed. Paper may print another one: such an amount
stays as stated, with its finding, until a person deletes it. A parent read from paper that equals its
sum is computed from then on. Totals of III–VI follow article 9 of the Budget Code with fixed signs:
the deficit is negative, its financing its opposite.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from akimat_desk.budget.drafts import rules
from akimat_desk.budget.drafts.cells import BY_HAND, Cell, LineKey, LineRecord, Stamp
from akimat_desk.budget.drafts.coded import ancestors
from akimat_desk.budget.drafts.nodes import SUMMED, Node, index_after, total_record
from akimat_desk.budget.drafts.patches import LineWrite, Patch, RowWrite
from akimat_desk.budget.drafts.steps import (
    CellChange,
    Change,
    LineChange,
    NoteChange,
    Step,
    TextChange,
    YearText,
)
from akimat_desk.budget.figures import SECTION_TOTAL, Figure, Figures, Section, no_figures
from akimat_desk.budget.lines import BudgetLine, YearBudget
from akimat_desk.classification.packs import current_book
from akimat_desk.core.findings import Finding, Place, Severity, by_weight
from akimat_desk.core.language import Language


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What a draft is. ``decision_year`` says which codes its authors could know."""

    document_id: int
    unit_id: int
    unit_label: str
    first_year: int
    years: tuple[int, ...]
    language: Language
    date: dt.date | None = None
    annexes: tuple[int | None, ...] = ()
    #: For an amendment: the sections of which the edition it changes states amounts, year by year.
    before: tuple[frozenset[Section], ...] | None = None

    @property
    def decision_year(self) -> int:
        """The year the decision is made in: that of its date, else the one before its first year."""
        return self.date.year if self.date is not None else self.first_year - 1


class DraftSheet:
    """The lines of a draft over its years. Changed by :meth:`apply` only."""

    def __init__(self, facts: DraftFacts, revision: int = 0) -> None:
        """An empty sheet; one with content is made by ``drafts.loading``.

        It keeps the classification of the workspace it was made in, to be worked with anywhere.
        """
        self.facts = facts
        self.book = current_book()
        self.revision = revision
        self.years = facts.years
        self.tops = [Node(total_record(section), len(facts.years)) for section in Section]
        for row, top in enumerate(self.tops):
            top.row = row
        self.texts: list[YearText | None] = [None] * len(facts.years)
        self.notes: list[Finding] = []  # the reader's remarks
        self.is_carried = [False] * len(facts.years)  # the annex is that of the edition before
        self.unwritten: set[int] = set()  # years whose lines are known from the text alone
        self.by_hand = [0] * len(facts.years)  # amounts brought in by a person
        self._nodes: dict[LineKey, Node] = {top.key: top for top in self.tops}
        self._marked: dict[Node, None] = {}
        self._order: dict[Node, int] | None = None  # made anew when lines come or go
        self._year_findings: list[tuple[Finding, ...]] = [()] * len(facts.years)
        self._touched: dict[tuple[Node, int], None] = {}
        self._gone: dict[LineKey, Node] = {}
        self._judge: set[tuple[Node, int]] = set()
        self._lines: dict[LineKey, None] = {}

    # -- questions --------------------------------------------------------------------------------

    def node(self, key: LineKey) -> Node | None:
        """The line of this key."""
        return self._nodes.get(key)

    def nodes(self) -> Iterator[Node]:
        """Every line in printing order."""
        for top in self.tops:
            yield from top.walk()

    def __len__(self) -> int:
        return len(self._nodes)

    def index(self, year: int) -> int:
        """The place of a year among the columns. Raises ValueError for a year the draft does not cover."""
        return self.years.index(year)

    def top(self, section: Section) -> Node:
        """A section's total."""
        return self._nodes[LineKey(section)]

    def value(self, key: LineKey, year: int) -> int | None:
        """A line's amount in a year, in tiyn; None where it is not stated or there is no such line."""
        node = self._nodes.get(key)
        return node.value(self.index(year)) if node is not None else None

    def figures(self, index: int) -> Figures:
        """The figures of a year (by its index) as the lines give them."""
        found = no_figures()
        for section, figure in SECTION_TOTAL.items():
            top = self.top(section)
            found[figure] = top.value(index)
            for child in top.children:
                part = child.record.figure
                if part is not None and part is not figure:
                    found[part] = child.value(index)
        return found

    def year_budget(self, index: int) -> YearBudget:
        """A year's lines in printing order, as decisions and reports know them."""
        lines = [line for node in self.nodes() if (line := node.line(index)) is not None]
        return YearBudget(self.years[index], self.figures(index), lines)

    def findings(self) -> list[Finding]:
        """Everything to be said of the draft now, errors first, in printing order."""
        found = [*self.notes]
        for index in range(len(self.years)):
            found += self._year_findings[index]
        order = self._printing_order()
        for node in sorted(self._marked, key=order.__getitem__):
            for index in sorted(node.findings):
                found += node.findings[index]
        if self.facts.date is None:
            where = Place(unit=self.facts.unit_label)
            found.append(Finding("decision.date_unknown", Severity.WARNING, where=where))
        return by_weight(found)

    def _printing_order(self) -> dict[Node, int]:
        if self._order is None:
            self._order = {node: place for place, node in enumerate(self.nodes())}
        return self._order

    def year_findings(self, index: int) -> tuple[Finding, ...]:
        """What is to be said of a year as a whole."""
        return self._year_findings[index]

    def place(self, index: int) -> Place:
        """A year of this draft, for findings."""
        annexes = self.facts.annexes
        annex = annexes[index] if index < len(annexes) else None
        return Place(unit=self.facts.unit_label, year=self.years[index], annex=annex)

    def main_lines(self, index: int) -> list[BudgetLine]:
        """The rows that are figures of the structure: totals, categories, rows of III–VI."""
        rows = []
        for top in self.tops:
            for node in (top, *(child for child in top.children if child.record.figure is not None)):
                line = node.line(index)
                if line is not None:
                    rows.append(line)
        return rows

    # -- changing ---------------------------------------------------------------------------------

    def apply(self, step: Step, stamp: Stamp) -> Patch:
        """Change the sheet, bring sums and findings up to date, and say what is to be written.

        Raises KeyError when the step belongs to another state of the sheet.
        """
        for change in step.changes:
            self._do(change)
        self._release(step)
        patch = self._patch(step, stamp)
        self.revision += 1
        return patch

    def _do(self, change: Change) -> None:
        match change:
            case CellChange():
                self._set(self._nodes[change.key], self.index(change.year), change.after)
            case LineChange(record=record, added=True):
                self.add(record)
            case LineChange(record=record):
                self._remove(self._nodes[record.key])
            case NoteChange():
                node = self._nodes[change.key]
                node.note = change.after
                self._judge.add((node, 0))
                self._lines[change.key] = None
            case TextChange():
                self.texts[self.index(change.year)] = change.after

    def _release(self, step: Step) -> None:
        """A parent's amount that was pasted with its parts and equals their sum is computed."""
        for change in step.cells:
            node = self._nodes.get(change.key)
            index = self.index(change.year)
            cell = node.cells[index] if node is not None else None
            if node is None or cell is None or cell.amount is None:
                continue
            if node.is_section and node.key.section not in SUMMED:
                self._rule_totals(index)
            elif not node.counts[index]:
                continue
            if node.computed(index) == cell.amount:
                self._set(node, index, None)

    def _set(self, node: Node, index: int, cell: Cell | None) -> None:
        before, blank = node.value(index), node.is_blank(index)
        self.by_hand[index] += _is_by_hand(cell) - _is_by_hand(node.cells[index])
        node.cells[index] = cell
        self._touched[node, index] = None
        # In the first year it is also said whether an empty line has a known code.
        self._judge.update(((node, index), (node, 0)))
        self._climb(node, index, before, blank)

    def _climb(self, node: Node, index: int, before: int | None, blank: bool) -> None:
        """Carry a change of a line's amount up to its section's total."""
        while True:
            after, blank_now = node.value(index), node.is_blank(index)
            parent = node.parent
            if parent is None:
                return
            self._judge.add((parent, index))
            if not node.adds or (after == before and blank_now == blank):
                return
            above, above_blank = parent.value(index), parent.is_blank(index)
            self._shift(parent, index, (before, blank), (after, blank_now))
            self._touched[parent, index] = None
            node, before, blank = parent, above, above_blank

    @staticmethod
    def _shift(parent: Node, index: int, old: tuple[int | None, bool], new: tuple[int | None, bool]) -> None:
        parent.sums[index] += (new[0] or 0) - (old[0] or 0)
        parent.counts[index] += (new[0] is not None) - (old[0] is not None)
        parent.blanks[index] += new[1] - old[1]

    def add(self, record: LineRecord) -> Node:
        """Put a line where the classification has it; lines that belong under it move there."""
        node = Node(record, len(self.years))
        self._order = None
        parent = self._parent_of(record)
        position = index_after(parent.children, record)
        # What belongs under it comes right behind it by order.
        after = position
        while after < len(parent.children) and _belongs(parent.children[after], record):
            after += 1
        belonging = parent.children[position:after]
        node.adds = _adds(record, parent)
        parent.place_child(node, position)
        self._nodes[record.key] = node
        self._gone.pop(record.key, None)
        for child in belonging:
            self._move(child, node)
        self._lines[record.key] = None
        self._judge.update((node, index) for index in range(len(self.years)))
        self._judge.add((parent, 0))
        return node

    def _remove(self, node: Node) -> None:
        parent = node.parent
        self._order = None
        if parent is None:
            raise KeyError(node.key)  # a section stays
        for child in list(node.children):
            self._move(child, parent)
        for index in range(len(self.years)):
            self._set(node, index, None)
        parent.take_child(node)
        del self._nodes[node.key]
        self._marked.pop(node, None)
        self._gone[node.key] = node
        self._lines[node.key] = None
        self._judge.update((parent, index) for index in range(len(self.years)))

    def _move(self, child: Node, parent: Node) -> None:
        """Hang a line with all below it under another one."""
        before = child.parent
        assert before is not None
        nothing = (None, False)
        for index in range(len(self.years)):
            own = (child.value(index), child.is_blank(index))
            if own != nothing and child.adds:
                self._pass_on(before, index, own, nothing)
        self._judge.update(((before, 0), (parent, 0)))
        before.take_child(child)
        parent.place_child(child, index_after(parent.children, child.record))
        for index in range(len(self.years)):
            own = (child.value(index), child.is_blank(index))
            if own != nothing and child.adds:
                self._pass_on(parent, index, nothing, own)

    def _pass_on(
        self, parent: Node, index: int, old: tuple[int | None, bool], new: tuple[int | None, bool]
    ) -> None:
        before, blank = parent.value(index), parent.is_blank(index)
        self._shift(parent, index, old, new)
        self._touched[parent, index] = None
        self._judge.add((parent, index))
        self._climb(parent, index, before, blank)

    def _parent_of(self, record: LineRecord) -> Node:
        if record.under is not None and record.under in self._nodes:
            return self._nodes[record.under]
        section = record.key.section
        if record.code is not None:
            for code in ancestors(record.code):
                found = self._nodes.get(LineKey.of_code(section, code))
                if found is not None and found.key != record.key:
                    return found
        return self.top(section)

    # -- sums by rule, findings -------------------------------------------------------------------

    def settle(self, indexes: Iterable[int]) -> None:
        """Totals of III–VI by rule in these years, and what is to be said of the years."""
        for index in indexes:
            self._rule_totals(index)
        while self._judge:
            node, index = self._judge.pop()
            found = rules.line_findings(self, node, index) if node.key in self._nodes else ()
            if found:
                node.findings[index] = found
            else:
                node.findings.pop(index, None)
            if node.findings:
                self._marked[node] = None
            else:
                self._marked.pop(node, None)

    def _rule_totals(self, index: int) -> None:
        figures = self.figures(index)
        whole = figures[Figure.REVENUE_TOTAL] is not None and figures[Figure.COSTS] is not None
        self._rule(
            Section.NET_LENDING,
            index,
            rules.less(figures[Figure.BUDGET_CREDITS], figures[Figure.CREDIT_REPAYMENTS], nil=whole),
        )
        self._rule(
            Section.FIN_ASSETS,
            index,
            rules.less(figures[Figure.FIN_ASSETS_PURCHASE], figures[Figure.FIN_ASSETS_SALE], nil=whole),
        )
        self._rule(Section.DEFICIT, index, rules.deficit(self.figures(index)))
        self._rule(Section.FINANCING, index, rules.financing(self.figures(index)))

    def _rule(self, section: Section, index: int, amount: int | None) -> None:
        top = self.top(section)
        before = top.value(index)
        if top.ruled[index] != amount:
            top.ruled[index] = amount
            if top.value(index) != before:
                self._touched[top, index] = None

    def judge_year(self, index: int) -> None:
        """Say anew what is to be said of a year as a whole."""
        self._year_findings[index] = tuple(rules.year_findings(self, index))

    def judge_all(self) -> None:
        """Bring everything up to date; used once, when a sheet has been filled."""
        indexes = range(len(self.years))
        self._judge.update((node, index) for node in self._nodes.values() for index in indexes)
        self.settle(indexes)
        for index in indexes:
            self.judge_year(index)
        self._touched.clear()
        self._lines.clear()
        self._gone.clear()

    # -- what is to be written --------------------------------------------------------------------

    def _patch(self, step: Step, stamp: Stamp) -> Patch:
        years = {index for _, index in self._touched}
        texts = [change for change in step.changes if isinstance(change, TextChange)]
        years |= {self.index(change.year) for change in texts}
        self.settle(sorted(years))
        for index in years:
            self.is_carried[index] = False
            self.judge_year(index)
        whole = self.unwritten & years
        self.unwritten -= whole
        written = dict(self._touched)
        for index in whole:
            written.update(dict.fromkeys((node, index) for node in self.nodes()))
        rows = tuple(self._row(node, index, stamp) for node, index in written)
        looked_at = {**self._lines, **{node.key: None for node, _ in self._touched}}
        lines = tuple(self._line(key) for key in looked_at)
        self._touched, self._lines, self._gone = {}, {}, {}
        return Patch(
            self.facts.document_id,
            self.revision,
            step.name,
            rows,
            lines,
            tuple((change.year, change.after) for change in texts),
            stamp,
        )

    def _row(self, node: Node, index: int, stamp: Stamp) -> RowWrite:
        there = node.key not in self._gone
        cell = node.cells[index]
        return RowWrite(
            self.years[index],
            node.record,
            node.paper[index],
            node.line(index) if there else None,
            cell if cell is not None else Cell(None, node.origin(index), stamp.by, stamp.at),
        )

    def _line(self, key: LineKey) -> LineWrite:
        node = self._nodes.get(key)
        if node is None or node.is_section:
            return LineWrite(key, False, None)
        bare = not any(node.is_stated(index) for index in range(len(self.years)))
        return LineWrite(key, bare or node.note is not None, node.note)


def _is_by_hand(cell: Cell | None) -> bool:
    return cell is not None and cell.origin in BY_HAND


def _belongs(child: Node, record: LineRecord) -> bool:
    """Whether a line, now further up, belongs under the new one."""
    code = child.record.code
    return code is not None and record.code is not None and record.code in ancestors(code)


def _adds(record: LineRecord, parent: Node) -> bool:
    """Whether a line is part of the sum of the one above it."""
    if record.key.line.startswith("#"):
        return False
    return not (parent.is_section and parent.key.section not in SUMMED)

"""From a stored document to a sheet: the lines of its years put together as one tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.balance_lines import is_root
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.cells import BY_HAND, Cell, LineKey, LineRecord, Note
from akimat_desk.budget.drafts.coded import code_of, figure_row, record_for
from akimat_desk.budget.drafts.nodes import SUMMED, Node, total_record
from akimat_desk.budget.drafts.sheet import DraftFacts, DraftSheet
from akimat_desk.budget.drafts.steps import YearText
from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import LineKind
from akimat_desk.classification.packs import Pack, category_figure
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Trilingual


@dataclass(slots=True)
class StoredYear:
    """A year of a stored document: its rows in printing order, each with how its amount came."""

    rows: list[tuple[BudgetLine, Cell]] = field(default_factory=list)
    text: YearText | None = None
    is_carried: bool = False


def make_sheet(
    facts: DraftFacts,
    years: Sequence[StoredYear],
    kept: Iterable[tuple[LineKey, Note | None]] = (),
    notes: Sequence[Finding] = (),
    revision: int = 0,
) -> DraftSheet:
    """The sheet of a stored document. ``kept`` are lines kept beside their amounts, with their notes."""
    sheet = DraftSheet(facts, revision)
    sheet.notes = list(notes)
    for index, year in enumerate(years):
        sheet.texts[index], sheet.is_carried[index] = year.text, year.is_carried
        rows = year.rows
        if not rows and year.text is not None:
            rows = _rows_of_text(year.text, sheet.book.pack(facts.years[index]))
            sheet.unwritten.add(index)
        _add_rows(sheet, index, rows)
    for key, note in kept:
        node = sheet.node(key) or sheet.add(_record_of(sheet, key))
        node.note = note
    _sum_up(sheet)
    sheet.judge_all()
    _release_totals(sheet)
    return sheet


def _add_rows(sheet: DraftSheet, index: int, rows: Iterable[tuple[BudgetLine, Cell]]) -> None:
    root: Node | None = None  # the total or row of III–VI that coded lines stand under
    last: Node | None = None
    for line, cell in rows:
        record = _record(line, last)
        if is_root(line) and record.figure is not None:
            root = None
        node = sheet.node(record.key)
        if node is not None and (node.cells[index] is not None or node.paper[index]):
            record = _again(sheet, record, index)
            node = sheet.node(record.key)
        if node is None:
            if root is not None and record.under is None and record.key.section not in SUMMED:
                record = LineRecord(
                    record.key, record.code, record.name, record.kind, record.figure,
                    record.printed_name, root.key,
                )  # fmt: skip
            node = sheet.add(record)
        if is_root(line) and record.figure is not None:
            root = node
        node.paper[index] = line.row
        if cell.origin is not Origin.COMPUTED:
            node.cells[index] = cell
        if record.under is None or line.code is not None:
            last = node


def line_key(line: BudgetLine) -> LineKey:
    """The key under which a sheet has a line of an annex."""
    return _record(line, None).key


def _record(line: BudgetLine, last: Node | None) -> LineRecord:
    section = line.section
    if line.figure is not None and (line.code is None or section not in SUMMED):
        key, under = LineKey.of_figure(line.figure), None
        if key.section is not section:  # a figure printed in another section than its own
            key = LineKey(section, f"={line.figure.value}")
    elif line.code is not None:
        key, under = LineKey.of_code(section, line.code), None
    else:
        key = LineKey(section, f"#{line.printed_name[:150] or line.name.kk[:150]}")
        under = last.key if last is not None and last.key.section is section else None
    return LineRecord(key, line.code, line.name, line.kind, line.figure, line.printed_name, under)


def _again(sheet: DraftSheet, record: LineRecord, index: int) -> LineRecord:
    """The same line printed once more: the second row has a key of its own."""
    number = 2
    while True:
        key = LineKey(record.key.section, f"{record.key.line}~{number}")
        node = sheet.node(key)
        if node is None or (node.cells[index] is None and not node.paper[index]):
            return LineRecord(
                key, record.code, record.name, record.kind, record.figure, record.printed_name, record.under
            )
        number += 1


def _record_of(sheet: DraftSheet, key: LineKey) -> LineRecord:
    """A line that has no amount in any year, known by its key alone."""
    facts = sheet.facts
    if key.line.startswith("="):
        return figure_row(Figure(key.line[1:]))
    if key.line.startswith("#"):
        name = key.line[1:]
        return LineRecord(key, None, Trilingual(kk=name, ru=name), LineKind.UNKNOWN, None, name)
    stored, _, again = key.line.partition("~")
    record = record_for(code_of(key.section, stored), facts.first_year, facts.decision_year, book=sheet.book)
    return LineRecord(
        key, record.code, record.name, record.kind, record.figure if not again else None, record.printed_name
    )


def _rows_of_text(text: YearText, pack: Pack) -> list[tuple[BudgetLine, Cell]]:
    """The rows that a decision's text alone gives: categories under the codes of the year, I–VI."""
    entries = {category_figure(entry.kind): entry for entry in pack.top()}
    rows: list[tuple[BudgetLine, Cell]] = []
    for section in Section:
        for figure in (SECTION_TOTAL[section], *SECTION_PARTS[section]):
            amount, entry = text.figures.get(figure), entries.get(figure.value)
            if amount is None:
                continue
            origin = Origin.CARRIED if figure in text.carried else Origin.READ
            if section is Section.REVENUE and figure is not Figure.REVENUE_TOTAL:
                if entry is None:
                    continue
                line = BudgetLine(section, entry.code, entry.name, amount, entry.kind, figure)
            else:
                record = figure_row(figure) if figure is not SECTION_TOTAL[section] else None
                known = record or total_record(section)
                line = BudgetLine(section, None, known.name, amount, known.kind, figure)
            rows.append((line, Cell(amount, origin)))
    return rows


def _sum_up(sheet: DraftSheet) -> None:
    """Sums of every line from the bottom up; parents that equal their sum are computed from now on."""
    years = len(sheet.years)
    nodes = list(sheet.nodes())
    for node in nodes:  # lines were moved about while they were put together
        node.sums, node.counts, node.blanks = [0] * years, [0] * years, [0] * years
    for node in reversed(nodes):
        for index in range(years):
            cell = node.cells[index]
            if cell is None:
                continue
            if cell.origin in BY_HAND:
                sheet.by_hand[index] += 1
            elif cell.amount is not None and node.counts[index] and cell.amount == node.computed(index):
                node.cells[index] = None
        parent = node.parent
        if parent is None or not node.adds:
            continue
        for index in range(years):
            amount = node.value(index)
            if amount is not None:
                parent.sums[index] += amount
                parent.counts[index] += 1
            parent.blanks[index] += node.is_blank(index)


def _release_totals(sheet: DraftSheet) -> None:
    """Totals of III–VI as read that are what the rule gives are computed from now on."""
    for section in Section:
        top = sheet.top(section)
        if section in SUMMED:
            continue
        for index in range(len(sheet.years)):
            cell = top.cells[index]
            if cell is not None and cell.origin not in BY_HAND and cell.amount == top.ruled[index]:
                top.cells[index] = None

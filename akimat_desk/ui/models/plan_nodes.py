"""A plan's lines arranged as a tree, the years side by side. Arrangement only: no sums are made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.lines import BudgetLine, YearBudget
from akimat_desk.core.findings import Finding, Place, by_weight
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text


@dataclass(eq=False, slots=True)
class Node:
    """A row of the tree. ``amounts`` has one entry per year, in tiyn; None where nothing is stated."""

    section: Section
    code: str
    name: Trilingual
    printed_name: str
    amounts: list[int | None]
    figure: Figure | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The position among the siblings."""
        return self.parent.children.index(self) if self.parent is not None else 0

    @property
    def is_section(self) -> bool:
        """Whether this is the total of a section (I … VI)."""
        return self.parent is None

    def text(self, language: Language) -> str:
        """The row's name: the official one, else what the paper says, else what the figure is called."""
        named = self.name.text(language) or self.printed_name
        return named or (text(f"figure.{self.figure.value}", language) if self.figure else "")

    def walk(self) -> Iterator[Node]:
        """This row and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def build_tree(years: Sequence[YearBudget]) -> list[Node]:
    """The sections in order, with the lines of all years merged by their code.

    Where an annex leaves a section out, its figures stand in; an amount that no year states leaves
    no row.
    """
    builder = _Builder(len(years))
    for index, year in enumerate(years):
        builder.add_year(index, year)
    return builder.finished()


class _Builder:
    def __init__(self, year_count: int) -> None:
        self._count = year_count
        self._sections: dict[Section, Node] = {}
        self._rows: dict[tuple[Section, str], Node] = {}

    def add_year(self, index: int, year: YearBudget) -> None:
        for section in Section:
            top = self._section(section)
            top.amounts[index] = year.figures[SECTION_TOTAL[section]]
        within: dict[Section, Node] = {}
        for line in year.lines:
            self._add_line(index, line, within)
        for section in Section:
            for figure in SECTION_PARTS[section]:
                self._add_figure(index, section, figure, year)

    def finished(self) -> list[Node]:
        tops = [self._section(section) for section in Section]
        for top in tops:
            top.children = [child for child in top.children if child.children or _stated(child)]
        return [top for top in tops if top.children or _stated(top)]

    def _section(self, section: Section) -> Node:
        if section not in self._sections:
            figure = SECTION_TOTAL[section]
            self._sections[section] = Node(section, "", Trilingual(), "", self._nothing(), figure)
        return self._sections[section]

    def _nothing(self) -> list[int | None]:
        return [None] * self._count

    def _add_line(self, index: int, line: BudgetLine, within: dict[Section, Node]) -> None:
        top = self._section(line.section)
        if line.figure is SECTION_TOTAL[line.section] and line.code is None:
            if line.amount is not None:
                top.amounts[index] = line.amount
            return
        code = str(line.code) if line.code is not None else ""
        key = code or (line.figure.value if line.figure else f"{line.printed_name}·{line.kind.value}")
        node = self._rows.get((line.section, key))
        if node is None:
            parent = (
                self._parent(line) or (within.get(line.section) if line.code is not None else None) or top
            )
            node = Node(
                line.section, code, line.name, line.printed_name, self._nothing(), line.figure, parent
            )
            self._insert(parent, node, late=index > 0)
            self._rows[line.section, key] = node
        if node.amounts[index] is None:
            node.amounts[index] = line.amount
        if line.code is None and line.figure is not None:
            within[line.section] = node

    def _insert(self, parent: Node, node: Node, late: bool) -> None:
        """A line that only a later year has takes its place by code among its siblings."""
        position = len(parent.children)
        if late and node.code:
            while position and parent.children[position - 1].code > node.code:
                position -= 1
        parent.children.insert(position, node)

    def _parent(self, line: BudgetLine) -> Node | None:
        code = line.code.parent if line.code is not None else None
        while code is not None:
            node = self._rows.get((line.section, str(code)))
            if node is not None:
                return node
            code = code.parent
        return None

    def _add_figure(self, index: int, section: Section, figure: Figure, year: YearBudget) -> None:
        amount = year.figures[figure]
        known = next(
            (node for (where, _), node in self._rows.items() if where is section and node.figure is figure),
            None,
        )
        if known is None:
            if amount is None:
                return
            top = self._section(section)
            known = Node(section, "", Trilingual(), "", self._nothing(), figure, top)
            top.children.append(known)
            self._rows[section, figure.value] = known
        if known.amounts[index] is None:
            known.amounts[index] = amount


def _stated(node: Node) -> bool:
    return any(amount is not None for amount in node.amounts)


def attach_findings(tops: Sequence[Node], findings: Iterable[Finding]) -> list[Finding]:
    """Put each finding on its row; returns all of them, errors first.

    A finding that names no row stays in the list only.
    """
    ordered = by_weight(findings)
    for finding in ordered:
        node = find_node(tops, finding.where)
        if node is not None:
            node.findings.append(finding)
    return ordered


def find_node(tops: Sequence[Node], where: Place) -> Node | None:
    """The row of a place: by section and code, else by figure, else the section."""
    rows = [node for top in tops for node in top.walk()]
    if where.code:
        for node in rows:
            if node.code == where.code and (not where.section or node.section.value == where.section):
                return node
    if where.figure:
        for node in rows:
            if node.figure is not None and node.figure.value == where.figure:
                return node
    if where.section:
        for node in rows:
            if node.is_section and node.section.value == where.section:
                return node
    return None

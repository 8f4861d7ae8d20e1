"""The lines of several budgets brought together into one table: pure, no database.

A line that one budget prints and another does not is nil there when that budget prints the lines beside
it, and unknown when it does not go into such detail: only the first makes a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from akimat_desk.budget.comparing.keys import Key, Keys, above, figure_key, with_subgroups
from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.grounds import AmountAt
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.views import BudgetView
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import half_up


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; every tuple has an entry for each budget, in their order.

    ``codes`` are as each budget prints them (None: without a code, or no such line), ``amounts`` as each
    states them in tiyn, ``counted`` the same with nil where a budget has no such line. ``above`` is the
    index of the row it belongs to, None for a section's total.
    """

    section: Section
    figure: Figure | None
    kind: LineKind
    name: Trilingual
    printed_name: str
    codes: tuple[Code | None, ...]
    amounts: tuple[int | None, ...]
    counted: tuple[int | None, ...]
    above: int | None
    depth: int

    @property
    def code(self) -> Code | None:
        """The code as the last budget that has one prints it."""
        return next((code for code in reversed(self.codes) if code is not None), None)

    def place(self, side: int, document_id: int, year: int) -> AmountAt | None:
        """Where a budget's amount of this row stands; None where that budget states none."""
        if self.amounts[side] is None:
            return None
        code = self.codes[side]
        return AmountAt(
            document_id,
            year,
            self.section,
            code.stored if code is not None else "",
            self.figure,
            self.printed_name if code is None and self.figure is None else "",
        )

    def difference(self, left: int, right: int) -> int | None:
        """``right`` less ``left`` in tiyn; None where one of them is not known."""
        before, after = self.counted[left], self.counted[right]
        return None if before is None or after is None else after - before

    def percent(self, left: int, right: int) -> Decimal | None:
        """``right`` as a percentage of ``left``, half up to 0.1; None where that says nothing."""
        return percent_of(self.counted[left], self.counted[right])

    def differs(self, left: int, right: int) -> bool:
        """Whether the two are not the same, or one of them cannot be told."""
        if self.amounts[left] is None and self.amounts[right] is None:
            return False
        return self.difference(left, right) != 0


def percent_of(before: int | None, after: int | None) -> Decimal | None:
    """``after`` in per cent of ``before``, half up to 0.1; None without both, of nil, or across signs."""
    if not before or after is None or ((before < 0) != (after < 0) and after != 0):
        return None
    return half_up(Fraction(after, before) * 100, 1)


@dataclass(eq=False, slots=True)
class _Node:
    section: Section
    key: Key
    figure: Figure | None
    kind: LineKind
    name: Trilingual
    printed_name: str
    codes: list[Code | None]
    amounts: list[int | None]
    printed: list[bool]
    parent: _Node | None = None
    children: list[_Node] = field(default_factory=list)


def bring_together(budgets: Sequence[BudgetView | None]) -> tuple[Row, ...]:
    """The rows of all these budgets: sections I–VI with their lines below them, in printing order.

    The last budget's codes and order lead; a row that nobody states is left out. None stands for a
    budget that does not cover the year.
    """
    common = next((view.year for view in reversed(budgets) if view is not None), 0)
    codes = {
        line.code
        for view in budgets
        if view is not None
        for line in view.lines
        if isinstance(line.code, ExpenditureCode)
    }
    table = _Table(len(budgets), with_subgroups(codes))
    for side in reversed(range(len(budgets))):
        view = budgets[side]
        if view is not None:
            table.add(side, view, Keys(view.year, _decided(view), common))
    return table.rows()


def _decided(view: BudgetView) -> int:
    day = view.decision.date
    return day.year if day is not None else view.decision.first_year - 1


class _Table:
    def __init__(self, sides: int, whole: dict[ExpenditureCode, ExpenditureCode]) -> None:
        self._sides = sides
        self._whole = whole
        self._nodes: dict[Key, _Node] = {}
        self._first = True
        self._tops = [self._top(section) for section in Section]

    def _top(self, section: Section) -> _Node:
        figure = SECTION_TOTAL[section]
        key = figure_key(section, figure.value)
        node = self._new(section, key, figure, LineKind.TOTAL, Trilingual(), "")
        self._nodes[key] = node
        return node

    def _new(
        self,
        section: Section,
        key: Key,
        figure: Figure | None,
        kind: LineKind,
        name: Trilingual,
        paper: str,
    ) -> _Node:
        nothing: list[Code | None] = [None] * self._sides
        amounts: list[int | None] = [None] * self._sides
        return _Node(section, key, figure, kind, name, paper, nothing, amounts, [False] * self._sides)

    def add(self, side: int, view: BudgetView, keys: Keys) -> None:
        """Put a budget's lines and figures into its column."""
        within: dict[Section, _Node] = {}
        for line in view.lines:
            self._add_line(side, line, keys, within)
        for section in Section:
            for figure in (SECTION_TOTAL[section], *SECTION_PARTS[section]):
                self._add_figure(side, section, figure, view.figures.get(figure))
        self._first = False

    def _add_line(self, side: int, line: BudgetLine, keys: Keys, within: dict[Section, _Node]) -> None:
        if isinstance(line.code, ExpenditureCode) and line.code in self._whole:
            known = replace(line, code=self._whole[line.code])
        else:
            known = line
        key = keys.of(known)
        node = self._nodes.get(key)
        if node is None:
            node = self._new(line.section, key, line.figure, line.kind, line.name, line.printed_name)
            self._nodes[key] = node
            self._place(node, self._above(known, key, within))
        node.printed[side] = True
        node.codes[side] = line.code
        # Two rows of one code are one line: a paper may print it twice.
        if line.amount is not None:
            node.amounts[side] = (node.amounts[side] or 0) + line.amount
        if not node.name:
            node.name = line.name
        if line.figure is not None and line.section is not Section.REVENUE:
            within[line.section] = node

    def _above(self, line: BudgetLine, key: Key, within: dict[Section, _Node]) -> _Node:
        upper = above(key) if line.code is not None else None
        while upper is not None:
            node = self._nodes.get(upper)
            if node is not None:
                return node
            upper = above(upper)
        top = self._nodes[figure_key(line.section, SECTION_TOTAL[line.section].value)]
        if line.code is not None and line.figure is None and line.section in within:
            return within[line.section]
        return top

    def _place(self, node: _Node, parent: _Node) -> None:
        """A line that only a further budget has takes its place by code among the others."""
        node.parent = parent
        position = len(parent.children)
        if not self._first:
            order = _order(node)
            while position and _order(parent.children[position - 1]) > order:
                position -= 1
        parent.children.insert(position, node)

    def _add_figure(self, side: int, section: Section, figure: Figure, amount: int | None) -> None:
        key = figure_key(section, figure.value)
        node = self._nodes.get(key)
        if node is None:
            if amount is None:
                return
            node = self._new(section, key, figure, LineKind.UNKNOWN, Trilingual(), "")
            self._nodes[key] = node
            self._place(node, self._nodes[figure_key(section, SECTION_TOTAL[section].value)])
        if amount is not None:
            # What the decision's text says is the figure, whatever an annex prints.
            node.amounts[side] = amount
            node.printed[side] = True

    def rows(self) -> tuple[Row, ...]:
        """Everything stated, from top to bottom."""
        found: list[Row] = []
        for top in self._tops:
            if _stated(top):
                self._collect(top, None, 0, found)
        return tuple(found)

    def _collect(self, node: _Node, upper: int | None, depth: int, found: list[Row]) -> None:
        place = len(found)
        found.append(
            Row(
                node.section,
                node.figure,
                node.kind,
                node.name,
                node.printed_name,
                tuple(node.codes),
                tuple(node.amounts),
                tuple(_counted(node, side) for side in range(self._sides)),
                upper,
                depth,
            )
        )
        for child in node.children:
            if _stated(child):
                self._collect(child, place, depth + 1, found)


_FIGURES = {figure: number for number, figure in enumerate(Figure)}


def _order(node: _Node) -> tuple[int, tuple[str, ...]]:
    """Where a row stands among its siblings: figures in the order of the structure, then codes."""
    return (_FIGURES[node.figure] if node.figure is not None else len(_FIGURES), node.key)


def _stated(node: _Node) -> bool:
    return any(amount is not None for amount in node.amounts) or any(map(_stated, node.children))


def _counted(node: _Node, side: int) -> int | None:
    """The amount of a budget; nil where the budget has no such line, None where that cannot be told."""
    if node.amounts[side] is not None or node.printed[side]:
        return node.amounts[side]
    parent = node.parent
    if parent is None:
        return None
    beside = any(child.printed[side] for child in parent.children)
    return 0 if beside or _counted(parent, side) == 0 else None

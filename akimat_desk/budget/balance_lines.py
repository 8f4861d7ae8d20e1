"""Do the lines of an annex add up, and do they say what the decision's text says?

A parent must equal the sum of its children (Budget Code art. 9; levels of detail art. 89): the
children are the lines of the nearest level that the annex prints, whether or not a subgroup or an
administrator stands between. ``difference`` of every finding is *printed less computed*; against
the text it is *text less annex*. An amount that is printed but unreadable is never taken for zero:
what would need it is reported as not computable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from akimat_desk.budget.balance import (
    IDENTITIES,
    STRUCTURE_SOURCE,
    check_figures,
    reached,
    step_finding,
)
from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Figures, Section, no_figures
from akimat_desk.budget.lines import BudgetLine, line_place
from akimat_desk.classification.codes import Code, LineKind
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.money import DECISION_STEP
from akimat_desk.core.strings import Thousands

DETAIL_SOURCE = "source.bc_89"

_CATEGORIES = SECTION_PARTS[Section.REVENUE]
_ORDER = {figure: number for number, figure in enumerate(Figure)}


@dataclass(slots=True)
class _Node:
    """A line with what stands under it. ``stray`` are rows without a code printed under it."""

    line: BudgetLine
    children: list[_Node] = field(default_factory=list)
    stray: list[BudgetLine] = field(default_factory=list)


def figures_from_lines(lines: Iterable[BudgetLine]) -> Figures:
    """The figures that an annex states; None where it has no such row or the amount is unreadable.

    Rows of the same category of receipts are added up; of other figures the first row counts.
    """
    found = no_figures()
    unreadable: set[Figure] = set()
    for line in lines:
        figure = line.figure
        if figure is None or figure in unreadable:
            continue
        if line.amount is None:
            unreadable.add(figure)
            if figure in _CATEGORIES:
                found[figure] = None
        elif found[figure] is None:
            found[figure] = line.amount
        elif figure in _CATEGORIES:
            found[figure] = (found[figure] or 0) + line.amount
    return found


def last_figure_of(lines: Iterable[BudgetLine]) -> Figure | None:
    """The last figure of the structure for which the annex has a row."""
    return max(
        (line.figure for line in lines if line.figure is not None), key=_ORDER.__getitem__, default=None
    )


def check_lines(lines: Sequence[BudgetLine], place: Place) -> list[Finding]:
    """Everything in one annex that does not add up: parents, the identities of I–VI, odd steps."""
    findings: list[Finding] = []
    for root in _forest(lines):
        findings += _check_node(root, place)
    findings += check_sections(lines, place)
    for line in lines:
        if line.amount is not None and line.amount % DECISION_STEP:
            findings.append(line_step(line, line.amount, place))
    return findings


def check_annex_against_text(
    text_figures: Figures, lines: Sequence[BudgetLine], place: Place
) -> list[Finding]:
    """Where the decision's text and the annex of the same year differ, figure by figure.

    A category of receipts that the annex does not print is zero there; a row of III–VI that it does
    not print is not judged, nor is a figure that the text does not state.
    """
    annex_figures = figures_from_lines(lines)
    printed = {line.figure for line in lines if line.figure is not None}
    whole_revenue = any(figure in printed for figure in _CATEGORIES)
    findings = []
    for figure in Figure:
        stated = text_figures.get(figure)
        answer = annex_figures[figure]
        if answer is None and figure in _CATEGORIES and figure not in printed and whole_revenue:
            answer = 0
        if stated is None or answer is None or stated == answer:
            continue
        findings.append(
            Finding(
                "balance.annex_total",
                Severity.ERROR,
                {
                    "text": Thousands(stated),
                    "annex": Thousands(answer),
                    "difference": Thousands(stated - answer),
                },
                source=DETAIL_SOURCE,
                where=replace(place, figure=figure.value),
                difference=stated - answer,
            )
        )
    return findings


def _forest(lines: Sequence[BudgetLine]) -> list[_Node]:
    """The lines as trees: under each section's total (or each row of III–VI) its coded lines."""
    roots: list[_Node] = []
    current: _Node | None = None
    above: dict[Code, _Node] = {}
    last: _Node | None = None
    for line in lines:
        if is_root(line):
            current = last = _Node(line)
            roots.append(current)
            above = {line.code: current} if line.code is not None else {}
            continue
        if line.code is None:
            if last is not None:
                last.stray.append(line)
            continue
        if current is not None and line.section is not current.line.section:
            current = None  # the total of this section is not printed
            above = {}
        node = _Node(line)
        parent = _parent(line.code, above) or current
        if parent is None:
            roots.append(node)
        else:
            parent.children.append(node)
        above[line.code] = last = node
    return roots


def is_root(line: BudgetLine) -> bool:
    """A section's total or a row of III–VI, with its code or without."""
    if line.code is None:
        return line.figure is not None or line.kind is LineKind.TOTAL
    return line.figure is not None and line.section not in (Section.REVENUE, Section.EXPENDITURE)


def _parent(code: Code, above: dict[Code, _Node]) -> _Node | None:
    outer: Code | None = code.parent
    while outer is not None:
        node = above.get(outer)
        if node is not None:
            return node
        outer = outer.parent
    return None


def _strays(node: _Node) -> list[BudgetLine]:
    """The rows without a code anywhere under a line."""
    return [*node.stray, *(line for child in node.children for line in _strays(child))]


def _check_node(node: _Node, place: Place) -> list[Finding]:
    findings: list[Finding] = []
    if node.children and node.line.amount is not None:
        amounts = [child.line.amount for child in node.children]
        strays = [stray.amount for stray in _strays(node)]
        finding = check_parent(node.line, amounts, strays, place)
        if finding is not None:
            findings.append(finding)
    for child in node.children:
        findings += _check_node(child, place)
    return findings


def check_parent(
    line: BudgetLine, amounts: Sequence[int | None], strays: Sequence[int | None], place: Place
) -> Finding | None:
    """Whether a line's amount is the sum of its parts; ``strays`` are the rows without a code under it.

    None where it is, and where the line itself has no amount.
    """
    if line.amount is None:
        return None
    where = _where(line, place)
    if any(amount is None for amount in amounts):
        return _not_computable(where)
    computed = sum(amount for amount in amounts if amount is not None)
    difference = line.amount - computed
    if not difference:
        return None
    if any(amount is None for amount in strays):
        return _not_computable(where)
    if strays and difference == sum(amount for amount in strays if amount is not None):
        # The sum holds with the rows whose code is missing: which of them belong here is not certain.
        return _not_computable(where)
    code = "balance.revenue" if line.figure is Figure.REVENUE_TOTAL else "balance.parent_sum"
    fields: dict[str, object] = {
        "printed": Thousands(line.amount),
        "computed": Thousands(computed),
        "difference": Thousands(difference),
    }
    if code == "balance.parent_sum":
        fields["name"] = line.name
    source = DETAIL_SOURCE if code == "balance.parent_sum" else STRUCTURE_SOURCE
    return Finding(code, Severity.ERROR, fields, source=source, where=where, difference=difference)


def _where(line: BudgetLine, place: Place) -> Place:
    spot = line_place(line, place.unit, place.year, place.annex)
    return replace(spot, figure=line.figure.value) if line.figure is not None and line.code is None else spot


def _not_computable(where: Place) -> Finding:
    return Finding("balance.not_computable", Severity.WARNING, source=DETAIL_SOURCE, where=where)


def check_sections(lines: Sequence[BudgetLine], place: Place) -> list[Finding]:
    """The identities of I–VI among the annex's own rows; that of revenue is a sum of lines."""
    figures = figures_from_lines(lines)
    last = last_figure_of(lines)
    printed = {line.figure for line in lines if line.figure is not None}
    unreadable = {figure for figure in printed if figures[figure] is None}
    silent = unreadable | set(_CATEGORIES)
    if Figure.DEFICIT not in printed:
        silent.add(Figure.DEFICIT)  # its section is missing, which is a finding of its own
    for section in (Section.NET_LENDING, Section.FIN_ASSETS, Section.FINANCING):
        parts = SECTION_PARTS[section]
        if not printed & set(parts):
            silent |= set(parts)  # a total without parts says nothing about them
        if SECTION_TOTAL[section] not in printed and section is not Section.FINANCING:
            # Left out: nil for the deficit, but then its parts have no total to be held against.
            silent |= set(parts)
    findings = check_figures(figures, last, place, unreadable=silent)
    for identity in IDENTITIES:
        involved = (identity.figure, *identity.parts)
        if (
            identity.code != "balance.revenue"
            and identity.figure in printed
            and identity.figure not in unreadable
            and reached(identity.last, last)
            and any(figure in unreadable for figure in involved)
        ):
            findings.append(_not_computable(replace(place, figure=identity.figure.value)))
    return findings


def line_step(line: BudgetLine, amount: int, place: Place) -> Finding:
    """The remark about a line's amount that is finer than 0.1 thousand tenge."""
    finding = step_finding(amount, _where(line, place), "figure.costs")
    return replace(finding, fields={**finding.fields, "name": line.name})

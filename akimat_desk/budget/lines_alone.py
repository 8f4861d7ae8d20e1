"""A year whose decision states figures in its text and lines in its annex, put wholly into lines.

An amendment is worked out line by line; its text is written from the lines afterwards (lessons.md 12), so
that the two can never differ.
"""

from __future__ import annotations

from dataclasses import replace

from akimat_desk.budget.balance_lines import figures_from_lines
from akimat_desk.budget.decisions.editions import YearContent
from akimat_desk.budget.figures import SECTION_OF, SECTION_PARTS, SECTION_TOTAL, Figure, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import LineKind
from akimat_desk.classification.packs import category_figure, pack_for
from akimat_desk.core.language import Trilingual

_ORDER = {figure: number for number, figure in enumerate(Figure)}
_SECTIONS = {section: number for number, section in enumerate(Section)}


def in_lines(content: YearContent) -> YearContent:
    """The year with every stated figure as a line, and no text beside them.

    As it is where there are no lines, and where text and annex contradict each other: what was adopted
    stays as it was adopted, and a person decides.
    """
    if not content.lines or not content.has_text:
        return content
    printed = figures_from_lines(content.lines)
    there = {line.figure for line in content.lines if line.figure is not None}
    missing = []
    for figure, amount in content.text_figures.items():
        if amount is None or printed[figure] == amount:
            continue
        if figure in there or (figure in SECTION_PARTS[Section.REVENUE] and amount):
            return content
        missing.append((figure, amount))
    lines = list(content.lines)
    for figure, amount in sorted(missing, key=lambda pair: _ORDER[pair[0]]):
        line = _line(content.year, figure, amount)
        if line is None:
            return content
        lines.insert(_place(line, lines), line)
    return replace(content, text_figures=no_figures(), carried=frozenset(), last_figure=None, lines=lines)


def _line(year: int, figure: Figure, amount: int) -> BudgetLine | None:
    """The row of a figure; None for a category that the year's classification does not have."""
    section = SECTION_OF[figure]
    if SECTION_TOTAL[section] is figure:
        return BudgetLine(section, None, Trilingual(), amount, LineKind.TOTAL, figure)
    if section is not Section.REVENUE:
        # The kinds of III–VI are named as their figures are.
        return BudgetLine(section, None, Trilingual(), amount, LineKind(figure.value), figure)
    entry = next((e for e in pack_for(year).top() if category_figure(e.kind) == figure.value), None)
    if entry is None:
        return None
    return BudgetLine(section, entry.code, entry.name, amount, entry.kind, figure)


def _place(line: BudgetLine, lines: list[BudgetLine]) -> int:
    """Before the first row that the structure puts behind this one."""
    assert line.figure is not None
    for place, other in enumerate(lines):
        if _SECTIONS[other.section] > _SECTIONS[line.section]:
            return place
        follows = other.figure is not None and _ORDER[other.figure] > _ORDER[line.figure]
        if other.section is line.section and follows:
            return place
    return len(lines)

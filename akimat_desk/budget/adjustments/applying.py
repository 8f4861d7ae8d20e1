"""A budget with adjustments in it: leaves, every sum above them, and the figures of the structure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.figures import SECTION_TOTAL, Figure, Figures, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import category_figure, pack_for
from akimat_desk.core.language import Trilingual


def apply_adjustments(
    lines: Sequence[BudgetLine], figures: Figures, adjusted: Iterable[AdjustedLine], year: int
) -> tuple[list[BudgetLine], Figures]:
    """The lines and figures of a budget with these additions made.

    A line that is not there yet comes in with the lines above it that are missing. A figure that the
    budget does not state stays unstated; only balances come in where its financing is stated, for a
    budget that used none did not name them.
    """
    made, stated = list(lines), dict(figures)
    for line in adjusted:
        if line.code is not None and made:
            made = _with_line(made, line, year)
        for figure, amount in moves(line):
            before = stated[figure]
            if before is None and figure is Figure.BALANCES_USED:
                before = 0 if stated[Figure.DEFICIT_FINANCING] is not None else None
            if before is not None:
                stated[figure] = before + amount
            made = [_plus(each, amount) if each.figure is figure else each for each in made]
    return made, stated


def moves(line: AdjustedLine) -> list[tuple[Figure, int]]:
    """The figures that an addition moves (Budget Code art. 9), and by how much."""
    if line.figure is Figure.BALANCES_USED:
        return [(Figure.BALANCES_USED, line.amount)]
    made = [(SECTION_TOTAL[line.section], line.amount)]
    own = category_figure(line.kind)
    if line.section is Section.REVENUE and own is not None:
        made.append((Figure(own), line.amount))
    surplus = line.amount if line.section is Section.REVENUE else -line.amount
    return [*made, (Figure.DEFICIT, surplus), (Figure.DEFICIT_FINANCING, -surplus)]


def _with_line(lines: list[BudgetLine], line: AdjustedLine, year: int) -> list[BudgetLine]:
    code = line.code
    assert code is not None
    chain = [code, *_above(code)]
    there = {each.code: place for place, each in enumerate(lines) if each.section is line.section}
    made = list(lines)
    for each in chain:
        if each in there:
            place = there[each]
            # The figure of a category is moved with the figures.
            if made[place].figure is None:
                made[place] = _plus(made[place], line.amount)
    for each in reversed(chain):
        if each not in there:
            made.insert(_place(made, line.section, each), _new(each, line, year))
    return made


def _above(code: Code) -> list[Code]:
    above, found = code.parent, []
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _place(lines: Sequence[BudgetLine], section: Section, code: Code) -> int:
    """Where a code stands among its section's lines, which are in the order of their codes."""
    last = 0
    for place, line in enumerate(lines):
        if line.section is not section:
            continue
        if line.code is None or line.code.stored <= code.stored:
            last = place + 1
    return last


def _new(code: Code, line: AdjustedLine, year: int) -> BudgetLine:
    entry = pack_for(year).lookup(code)
    name = entry.name if entry is not None else Trilingual()
    if code == line.code and line.name:
        name = line.name
    return BudgetLine(line.section, code, name, line.amount, line.kind)


def _plus(line: BudgetLine, amount: int) -> BudgetLine:
    return replace(line, amount=(line.amount or 0) + amount, raw="")

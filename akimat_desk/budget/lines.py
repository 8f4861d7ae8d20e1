"""A budget as plain values: the lines of one year and the plan of several years, no database."""

from __future__ import annotations

from dataclasses import dataclass, field

from akimat_desk.budget.figures import Figure, Figures, Section, no_figures
from akimat_desk.classification.codes import Code, LineKind
from akimat_desk.core.findings import Place
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One printed row: a section's total, a parent or a leaf.

    ``code`` is None for a section's total and for the rows of sections III–VI without a code.
    ``figure`` is set where the row *is* a figure of the structure (a section total, a revenue
    category, a row of III–VI). ``amount`` is in tiyn, None when it could not be read or is not
    stated. ``printed_name`` is what the paper says, ``name`` the official one where the code is
    known. ``row`` counts the annex's data rows from 1 (0 = not from paper). ``raw`` is the amount
    as printed.
    """

    section: Section
    code: Code | None
    name: Trilingual
    amount: int | None
    kind: LineKind
    figure: Figure | None = None
    printed_name: str = ""
    raw: str = ""
    row: int = 0

    @property
    def level(self) -> int:
        """0 for totals and rows without a code, else the depth of the code."""
        return self.code.level if self.code is not None else 0


@dataclass(slots=True)
class YearBudget:
    """The budget of one year: its figures and, where annexes gave them, its lines in printing order."""

    year: int
    figures: Figures = field(default_factory=no_figures)
    lines: list[BudgetLine] = field(default_factory=list)


def line_place(line: BudgetLine, unit: str = "", year: int | None = None, annex: int | None = None) -> Place:
    """Where a line sits, for a finding."""
    return Place(
        unit=unit,
        year=year,
        annex=annex,
        section=line.section.value,
        code=str(line.code) if line.code is not None else "",
        row=line.row or None,
    )

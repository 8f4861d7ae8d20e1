"""How a decision as read becomes a whole edition: pure, no database.

An amendment is a whole new edition. Where it restates only some sub-points the rest is taken from
the edition before (``Origin.CARRIED``), so that every edition answers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from akimat_desk.budget.balance import check_figures, check_step
from akimat_desk.budget.balance_lines import (
    check_annex_against_text,
    check_lines,
    figures_from_lines,
)
from akimat_desk.budget.figures import Figure, Figures, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.reading.draft import ReadUnit
from akimat_desk.core.findings import Finding, Place, Severity


class Origin(StrEnum):
    """How an amount came into a document."""

    READ = "read"  # from the decision's file
    TYPED = "typed"
    PASTED = "pasted"  # from the clipboard, a form of the treasury as a whole
    COMPUTED = "computed"
    CARRIED = "carried"  # from the edition before
    ESTIMATED = "estimated"  # reckoned from another year or by a what-if, to be looked at by a person


@dataclass(slots=True)
class YearContent:
    """One year of an edition.

    ``text_figures`` is what the decision's text states (first year only, as a rule), ``lines`` what
    the annex prints. ``last_figure`` is how far the text ran; None where there is no text.
    """

    year: int
    annex: int | None = None
    text_figures: Figures = field(default_factory=no_figures)
    carried: frozenset[Figure] = frozenset()
    last_figure: Figure | None = None
    lines: list[BudgetLine] = field(default_factory=list)
    lines_origin: Origin = Origin.READ

    @property
    def annex_is_older(self) -> bool:
        """Whether the text is new while the annex is still that of the edition before."""
        return (
            self.lines_origin is Origin.CARRIED
            and self.has_text
            and any(amount is not None and f not in self.carried for f, amount in self.text_figures.items())
        )

    @property
    def has_text(self) -> bool:
        """Whether the text states anything for this year."""
        return any(amount is not None for amount in self.text_figures.values())

    def figures(self) -> Figures:
        """What the year's figures are: the text's, and the annex's where the text is silent."""
        merged = figures_from_lines(self.lines) if self.lines else no_figures()
        for figure, amount in self.text_figures.items():
            if amount is not None:
                merged[figure] = amount
        return merged

    def findings(self, unit: str) -> list[Finding]:
        """Everything that does not add up in this year: the same wherever it is asked."""
        place = Place(unit=unit, year=self.year)
        found: list[Finding] = []
        if self.has_text:
            found += check_figures(self.text_figures, self.last_figure, place)
            found += check_step(self.text_figures, place)
        if self.lines:
            annex_place = replace(place, annex=self.annex)
            found += check_lines(self.lines, annex_place)
            if self.has_text and not self.annex_is_older:
                found += check_annex_against_text(self.text_figures, self.lines, annex_place)
            elif self.annex_is_older:
                found.append(Finding("decision.annex_older", Severity.WARNING, where=annex_place))
        return found


@dataclass(slots=True)
class Edition:
    """A whole edition of a budget: every year it covers, and what the reader remarked."""

    first_year: int
    years: dict[int, YearContent]
    notes: list[Finding] = field(default_factory=list)

    @property
    def is_carried(self) -> bool:
        """Whether everything in it is that of the edition before."""
        return all(
            (content.lines_origin is Origin.CARRIED or not content.lines)
            and all(f in content.carried for f, amount in content.text_figures.items() if amount is not None)
            for content in self.years.values()
        )

    def balance_findings(self, unit: str) -> list[Finding]:
        """What the sums say, year by year."""
        return [finding for year in sorted(self.years) for finding in self.years[year].findings(unit)]


def compose(unit: ReadUnit, first_year: int, base: Edition | None) -> Edition:
    """Make a whole edition of what was read, taking from ``base`` what an amendment leaves as it was."""
    years = sorted({first_year, *unit.years, *(base.years if base else ())})
    annexes = {annex.year: annex for annex in unit.annexes if annex.year is not None}
    content: dict[int, YearContent] = {}
    for year in sorted({*years, *annexes}):
        before = base.years.get(year) if base else None
        made = YearContent(year=year)
        if year == first_year and any(amount is not None for amount in unit.figures.values()):
            _take_text(made, unit, before)
        elif before is not None and annexes.get(year) is None:
            made.text_figures = dict(before.text_figures)
            made.last_figure = before.last_figure
            made.carried = frozenset(f for f, amount in before.text_figures.items() if amount is not None)
        annex = annexes.get(year)
        if annex is not None:
            made.annex, made.lines = annex.number, list(annex.lines)
        elif before is not None:
            made.annex, made.lines, made.lines_origin = before.annex, list(before.lines), Origin.CARRIED
        content[year] = made
    notes = [finding for finding in unit.findings if not finding.code.startswith("balance.")]
    return Edition(first_year=first_year, years=content, notes=notes)


def _take_text(made: YearContent, unit: ReadUnit, before: YearContent | None) -> None:
    made.text_figures = {**no_figures(), **unit.figures}
    made.last_figure = unit.last_figure
    if not unit.restated or before is None:
        return
    carried: set[Figure] = set()
    for figure, amount in _carried_figures(before).items():
        if figure not in unit.restated and made.text_figures[figure] is None and amount is not None:
            made.text_figures[figure] = amount
            carried.add(figure)
    made.carried = frozenset(carried)
    order = list(Figure)
    made.last_figure = max(
        (f for f in (unit.last_figure, before.last_figure) if f is not None),
        key=order.index,
        default=None,
    )


def _carried_figures(before: YearContent) -> Mapping[Figure, int | None]:
    return before.text_figures if before.has_text else before.figures()

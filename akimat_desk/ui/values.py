"""Plain values that pass between the window and its desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from akimat_desk.budget.figures import Figure, Figures
from akimat_desk.budget.lines import YearBudget
from akimat_desk.budget.views import Basis, BudgetView, DecisionSummary, Denominator, DocumentState
from akimat_desk.core.alphabet import sort_key
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.text import fold

# How a decision's text names each kind of unit, Kazakh and Russian, folded.
_KIND_WORDS = (
    ("okrug", ("округ",)),
    ("town", ("город", "қала")),
    ("settlement", ("поселок", "кент")),
    ("village", ("село", "ауыл")),
)


_UNNAMED = Trilingual()


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that can be chosen: its id in the workspace, KATO code and name."""

    id: int
    kato: str
    name: Trilingual
    raion: Trilingual


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What a person says of a unit that is not in the workspace yet. ``kato`` may be unknown."""

    kind: str
    name: Trilingual
    kato: str | None = None
    raion: Trilingual = _UNNAMED
    oblast: Trilingual = _UNNAMED

    @classmethod
    def suggested(cls, printed: str, language: Language) -> NewUnit:
        """What a decision's text says of its unit: the name in its language, the kind by its words."""
        folded = fold(printed)
        kind = next((kind for kind, words in _KIND_WORDS if any(word in folded for word in words)), "okrug")
        return cls(kind, Trilingual(**{language.value: printed}))


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post (a ``Position``); both days included, None is open."""

    position: str
    person: str
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit with all its names (as papers print them) and the last named holder of each post."""

    id: int
    kind: str
    kato: str
    name: Trilingual
    raion: Trilingual
    oblast: Trilingual
    maslikhat: Trilingual
    holders: tuple[Holder, ...] = ()
    bin: str = ""

    def holder(self, position: str) -> Holder | None:
        """The holder named last for a post."""
        return next((holder for holder in self.holders if holder.position == position), None)


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing left: the verified copy where one was made, or why none could be."""

    copy: Path | None = None
    problem: AkimatError | None = None


@dataclass(frozen=True, slots=True)
class OpenedWorkspace:
    """An open workspace as the window sees it.

    ``upgraded_from`` is the copy kept of an older file that was upgraded on opening; ``before`` says
    what became of the workspace that was open before.
    """

    path: Path
    read_only: bool
    units: tuple[UnitChoice, ...]
    upgraded_from: Path | None = None
    before: Closed | None = None
    #: The folder of its verified copies.
    copies: Path | None = None

    def by_name(self, language: Language) -> list[UnitChoice]:
        """Its units in the order of the alphabet."""
        return sorted(self.units, key=lambda unit: sort_key(unit.name.text(language)))


@dataclass(frozen=True, slots=True)
class Overview:
    """Which decisions a unit has and which years a budget answers for."""

    unit_id: int
    decisions: tuple[DecisionSummary, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that a decision covers, the latest first: the years that can be chosen."""
        return tuple(sorted({year for decision in self.decisions for year in decision.years}, reverse=True))

    def best_year(self, today: int) -> int | None:
        """The year to show first: this one where a decision begins with it, else the latest such."""
        own = {decision.first_year for decision in self.decisions}
        if today in own:
            return today
        return max(own, default=None)


@dataclass(frozen=True, slots=True)
class Plan:
    """A decision's edition as the Budget page shows it: up to three years side by side.

    ``basis`` PROJECTION says that the year asked for is an outer year of an earlier decision.
    """

    decision: DecisionSummary
    unit_name: Trilingual
    years: tuple[YearBudget, ...]
    findings: tuple[Finding, ...]
    asked_year: int
    basis: Basis

    @property
    def is_draft(self) -> bool:
        """Whether it may still be confirmed or deleted."""
        return self.decision.state is DocumentState.DRAFT


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as read beside the present one; ``difference`` (read − present) where both are known."""

    figure: Figure
    read: int | None
    present: int | None
    difference: int | None


def compare_figures(read: Figures, present: Figures | None) -> list[FigureRow]:
    """Every figure that either side states, in the order of the text."""
    rows = []
    for figure in Figure:
        new, old = read[figure], present[figure] if present is not None else None
        if new is not None or old is not None:
            both = new is not None and old is not None
            rows.append(FigureRow(figure, new, old, new - old if both else None))  # type: ignore[operator]
    return rows


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """A report that can be made: texts by their catalogue keys, and the formats it can be saved in."""

    id: str
    title_key: str
    description_key: str
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedReport:
    """A report as asked for; ``decision_id`` names an edition, else the one in force (on ``as_of``).

    ``paper_id`` names a document of another kind (a plan, an adjustment), ``month`` the last month of a
    report on execution.
    """

    report_id: str
    unit_id: int
    year: int
    doc_language: str
    decision_id: int | None
    as_of: dt.date | None
    denominator: Denominator
    paper_id: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """For one unit of a decision: the unit of the workspace it seems to mean, and its present budget."""

    unit_id: int | None
    present: BudgetView | None

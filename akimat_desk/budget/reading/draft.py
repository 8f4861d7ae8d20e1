"""What a reader understood of a decision: plain values, nothing stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from akimat_desk.budget.figures import Figure, Figures, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language


@dataclass(slots=True)
class ReadAnnex:
    """One annex: a year's budget line by line, in printing order. ``number`` None when not printed."""

    number: int | None
    year: int | None
    heading: str = ""
    lines: list[BudgetLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class ReadUnit:
    """One budget unit of a decision.

    ``name`` is as printed ("" when the text names none). ``figures`` are those of ``first_year``;
    what the text leaves out stays None. ``last_figure`` is the last figure of the structure the
    text reached: identities are judged up to there. ``restated`` names the figures that an
    amendment changes when it restates only some. ``subvention`` (from the budget above) and
    ``withdrawal`` (to it) are of the first year, in tiyn, where the text states them (Budget Code
    art. 89 p. 4). ``findings`` holds every finding about the unit,
    its annexes' included.
    """

    name: str
    first_year: int | None
    years: list[int] = field(default_factory=list)
    figures: Figures = field(default_factory=no_figures)
    last_figure: Figure | None = None
    restated: list[Figure] = field(default_factory=list)
    subvention: int | None = None
    withdrawal: int | None = None
    annexes: list[ReadAnnex] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of the source that was not understood, kept so that it can be shown. ``line`` counts from 1."""

    line: int
    text: str


@dataclass(slots=True)
class ReadDecision:
    """A whole decision as understood. ``date`` and ``number`` are None where the text has none.

    ``effective_date`` is None where the text names no day; ``session`` and ``maslikhat`` are as
    printed, in whatever case, "" where the text names none.
    """

    language: Language
    title: str = ""
    number: str | None = None
    date: dt.date | None = None
    is_amendment: bool = False
    units: list[ReadUnit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    not_understood: list[Fragment] = field(default_factory=list)
    source_text: str = ""
    effective_date: dt.date | None = None
    session: str = ""
    maslikhat: str = ""

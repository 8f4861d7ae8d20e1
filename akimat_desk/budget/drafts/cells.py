"""What stands in a draft's sheet: amounts with how they came, notes, and which line is which."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.figures import SECTION_TOTAL, Figure, Section
from akimat_desk.classification.codes import Code, LineKind
from akimat_desk.core.language import Trilingual

#: Amounts that a person brought in; what the program reckons or reads is not theirs to be corrected by rule.
BY_HAND = frozenset({Origin.TYPED, Origin.ESTIMATED})


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does something and when (UTC)."""

    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """One stated amount of one line and year, in tiyn.

    ``amount`` is None where what was read or typed is no amount: ``raw`` keeps it as it came. A cell
    that nothing was said of does not exist (None), which is never zero. ``by`` and ``at`` are empty
    where the amount came with the document itself.
    """

    amount: int | None
    origin: Origin
    by: str = ""
    at: dt.datetime | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A person's remark on a line."""

    text: str
    by: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, order=True)
class LineKey:
    """Which line of a sheet: the section and, in it, ``line``.

    ``line`` is a stored code ("1/04/1"), "=" and a figure for a row of III–VI, "#" and the printed
    name for a row without a code, and "" for the section's total. A code that paper prints twice has
    "~2" behind it the second time.
    """

    section: Section
    line: str = ""

    @classmethod
    def of_code(cls, section: Section, code: Code) -> LineKey:
        """The key of a coded line."""
        return cls(section, code.stored)

    @classmethod
    def of_figure(cls, figure: Figure) -> LineKey:
        """The key of a row of III–VI, or of a section's total."""
        section = SECTION_OF_FIGURE[figure]
        return cls(section) if SECTION_TOTAL[section] is figure else cls(section, f"={figure.value}")

    @property
    def is_total(self) -> bool:
        """Whether this is a section's total."""
        return not self.line


SECTION_OF_FIGURE: dict[Figure, Section] = {
    Figure.BUDGET_CREDITS: Section.NET_LENDING,
    Figure.CREDIT_REPAYMENTS: Section.NET_LENDING,
    Figure.FIN_ASSETS_PURCHASE: Section.FIN_ASSETS,
    Figure.FIN_ASSETS_SALE: Section.FIN_ASSETS,
    Figure.LOANS_IN: Section.FINANCING,
    Figure.LOANS_REPAID: Section.FINANCING,
    Figure.BALANCES_USED: Section.FINANCING,
    **{figure: section for section, figure in SECTION_TOTAL.items()},
}


@dataclass(frozen=True, slots=True)
class LineRecord:
    """What a line is, apart from its amounts: all that is needed to put it (back) into a sheet."""

    key: LineKey
    code: Code | None
    name: Trilingual
    kind: LineKind
    figure: Figure | None = None
    printed_name: str = ""
    #: A row without a code: it stands under ``under`` and adds to nothing.
    under: LineKey | None = None

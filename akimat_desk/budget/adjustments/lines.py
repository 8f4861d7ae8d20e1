"""What an adjustment adds to lines of the budget, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from akimat_desk.budget.figures import Figure, Section
from akimat_desk.classification.codes import Code, LineKind
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class AdjustedLine:
    """A line and what is added to it (tiyn, negative for a cut).

    ``code`` is None for used balances, which are the figure BALANCES_USED. ``targeted``: the program
    lives on a targeted transfer of the raion, which a move between programs must leave alone.
    """

    section: Section
    code: Code | None
    kind: LineKind
    amount: int
    name: Trilingual = field(default_factory=Trilingual)
    figure: Figure | None = None
    targeted: bool = False

    @property
    def of_costs(self) -> bool:
        """Whether it is a line of costs."""
        return self.section is Section.EXPENDITURE


def balances_line(amount: int) -> AdjustedLine:
    """A change of the used balances."""
    return AdjustedLine(Section.FINANCING, None, LineKind.BALANCES_USED, amount, figure=Figure.BALANCES_USED)


def total_of(lines: Iterable[AdjustedLine], section: Section) -> int:
    """What the lines add to a section."""
    return sum(line.amount for line in lines if line.section is section)


def balances_of(lines: Iterable[AdjustedLine]) -> int:
    """What the lines add to the used balances."""
    return sum(line.amount for line in lines if line.figure is Figure.BALANCES_USED)

"""What a shown figure points at: the stored amounts behind it, how it comes from them, the rule for it.

Grids and cells of reports carry these small values; ``budget.provenance`` explains them.
"""

from __future__ import annotations

from dataclasses import dataclass

from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.lines import BudgetLine


@dataclass(frozen=True, slots=True)
class AmountAt:
    """Where an amount stands: a line or a figure of one year of a stored document.

    ``code`` is in its stored form ("1/04/4"), ``printed_name`` finds a row that has neither code nor figure.
    """

    document_id: int
    year: int
    section: Section
    code: str = ""
    figure: Figure | None = None
    printed_name: str = ""

    @classmethod
    def of_line(cls, document_id: int, year: int, line: BudgetLine) -> AmountAt:
        """The place of a line."""
        code = line.code.stored if line.code is not None else ""
        name = line.printed_name if not code and line.figure is None else ""
        return cls(document_id, year, line.section, code, line.figure, name)

    def is_of(self, line: BudgetLine) -> bool:
        """Whether this is the place of a line of the same document and year."""
        return self == AmountAt.of_line(self.document_id, self.year, line)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a figure rests on.

    ``amounts`` are in the order of the formula. ``formula`` is the catalogue key of how the figure comes
    from them; "" when it is the first of them itself. ``rule`` is the key of the article or paper that asks
    for it ("source.…"); "" leaves it to what the amount is.
    """

    amounts: tuple[AmountAt, ...]
    formula: str = ""
    rule: str = ""

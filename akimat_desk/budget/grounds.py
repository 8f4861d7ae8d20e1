"""What a shown figure points at: the stored amounts behind it, how it comes from them, the rule for it.

Grids and cells of reports carry these small values; ``budget.provenance`` explains them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from akimat_desk.budget.execution.forms import Measure
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.plans.sheet import Side
from akimat_desk.classification.codes import Code


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
class FormAt:
    """Where executed money stands: the lines under a code in forms of the treasury, one of their columns.

    ``code`` is in its stored form, "" for every line of sections I or II; with ``figure`` the lines of that
    part of sections III, IV or VI.
    """

    form_ids: tuple[int, ...]
    section: Section
    code: str
    measure: Measure
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class PlanAt:
    """Where planned months stand: lines of a financing plan's documents added up, from ``first`` to ``last``.

    ``documents`` are the plan and the changes of it, or one change by itself. ``within`` are parts of the
    code that the lines have ("program", "001"), the outermost first, "" for one that they leave out; none
    means the whole side.
    """

    documents: tuple[int, ...]
    side: Side
    within: tuple[tuple[str, str], ...] = ()
    first: int = 1
    last: int = 12

    @classmethod
    def of_code(
        cls, documents: tuple[int, ...], side: Side, code: Code | None, first: int = 1, last: int = 12
    ) -> PlanAt:
        """The place of a code and of every line below it."""
        within = [(part.name, getattr(code, part.name)) for part in fields(code)] if code is not None else []
        while within and not within[-1][1]:
            within.pop()
        return cls(documents, side, tuple(within), first, last)


@dataclass(frozen=True, slots=True)
class AdjustmentAt:
    """What an adjustment of the akim adds to a line, to the lines above it or to a figure."""

    document_id: int
    section: Section
    code: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class BalancesAt:
    """Where the balances that a year opened with stand: a statement, the whole of it or what is bound.

    ``kinds`` are the kinds of bound parts; none means the whole.
    """

    statement_id: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is taken for granted in an estimate: the catalogue key of its name, its value as read."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that is itself made of others. ``name`` is its catalogue key; a figure that is no amount of
    money has its ``value`` as read."""

    name: str
    grounds: Grounds
    amount: int | None = None
    value: str = ""


Place = AmountAt | FormAt | PlanAt | AdjustmentAt | BalancesAt | Assumed | Computed


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a figure rests on.

    ``amounts`` are in the order of the formula. ``formula`` is the catalogue key of how the figure comes
    from them; "" when it is the first of them itself. ``rule`` is the key of the article or paper that asks
    for it ("source.…"); "" leaves it to what the amount is. ``shown`` is the figure as the person who
    asks sees it, "" where that is not known.
    """

    amounts: tuple[Place, ...]
    formula: str = ""
    rule: str = ""
    shown: str = ""


def operand(name: str, grounds: Grounds, amount: int | None = None, value: str = "") -> Place:
    """A figure as part of a formula: its place where it has one of its own, else what it is made of."""
    if not grounds.formula and len(grounds.amounts) == 1:
        return grounds.amounts[0]
    return Computed(name, grounds, amount, value)

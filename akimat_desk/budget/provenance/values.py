"""The answer to "what does this rest on", as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from akimat_desk.budget.adjustments.store import AdjustmentSummary
from akimat_desk.budget.decisions.details import SourceFile
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.execution.stored import FormView
from akimat_desk.budget.grounds import Grounds, Place
from akimat_desk.budget.periods.balances import BalancesSummary
from akimat_desk.budget.plans.documents import PlanSummary
from akimat_desk.budget.views import DecisionSummary
from akimat_desk.core.language import Trilingual

#: A document that an amount can stand in.
Document = DecisionSummary | AdjustmentSummary | PlanSummary | FormView | BalancesSummary


@dataclass(frozen=True, slots=True)
class Part:
    """An amount that another one is made of; ``sign`` is -1 where it is taken away. ``value`` stands in
    place of an amount that is none."""

    place: Place
    name: Trilingual
    printed_name: str
    amount: int | None
    sign: int = 1
    value: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What one document says of an amount.

    ``change`` is against the document before it (tiyn; None for the first). ``by`` and ``at`` (UTC) say
    who brought the amount in and when. ``source``, ``row`` and ``raw`` lead to the file: its data row and
    the amount as printed there. ``note`` is a person's remark on the line.
    """

    document: Document
    amount: int | None
    change: int | None
    origin: Origin
    by: str
    at: dt.datetime
    confirmed_by: str
    confirmed_at: dt.datetime | None
    source: SourceFile | None
    row: int
    raw: str
    printed_name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What an adjustment of the akim (Budget Code art. 98) adds to an amount, in tiyn.

    ``taken_in`` says that a later edition has it in its own amount already; the others come on top.
    """

    number: str
    date: dt.date | None
    ground: Trilingual
    amount: int
    by: str
    at: dt.datetime
    taken_in: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """One amount explained.

    ``steps`` are the documents that stated or changed it, the oldest first, and always the one asked for.
    ``parts`` are what it is the sum of in that document; ``difference`` is stated less summed (0 where it
    closes, None where that cannot be said). ``rule`` is the key of the article. ``adjustments`` moved it
    since; ``adjusted`` is the amount with those that no edition has taken in. ``what`` says which column it
    is and for what time, where the year alone does not; ``value`` stands in place of an amount that is none.
    """

    place: Place
    unit_name: Trilingual
    name: Trilingual
    printed_name: str
    amount: int | None
    steps: tuple[Step, ...]
    parts: tuple[Part, ...]
    difference: int | None
    rule: str
    adjustments: tuple[Adjusted, ...] = ()
    year: int | None = None
    what: Trilingual = Trilingual()  # noqa: RUF009 - frozen
    value: str = ""

    @property
    def adjusted(self) -> int | None:
        """The corrected amount; None where the amount is not stated."""
        later = sum(each.amount for each in self.adjustments if not each.taken_in)
        return None if self.amount is None else self.amount + later


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that a shown figure rests on."""

    grounds: Grounds
    trails: tuple[Trail, ...]

"""One amount that travels, as the flat table has it: where it stands, in which document, how much."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from akimat_desk.core.language import Trilingual


class What(StrEnum):
    """What a figure belongs to."""

    BUDGET = "budget"
    PLAN = "plan"
    ADJUSTMENT = "adjustment"
    EXECUTION = "execution"
    MEETINGS = "meetings"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of ``facts.csv``. ``amount`` in tiyn, None for not stated.

    ``measure`` says which figure of the line it is: "budget", "adjustment", "planned_…" for a side of a
    financing plan, else a column of the treasury's form. ``month`` is that of a plan or form, else None.
    """

    what: What
    document: str
    phase: str
    number: str
    date: dt.date | None
    year: int
    month: int | None
    section: str
    code: str
    kind: str
    leaf: bool
    name: Trilingual
    measure: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of ``indicators.csv``: a number that is no line of a budget.

    ``of`` says of what (a kind of meeting, a formula), ``value`` is plain decimal text, ``unit`` is
    count, percent or tenge.
    """

    what: What
    name: str
    of: str
    month: int | None
    value: str
    unit: str

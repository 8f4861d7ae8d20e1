"""Treasury forms as plain values: what is printed in them, and for which month.

Form 4-20 reports costs (forms.md §6), form 2-19 receipts (§7). Both are cumulative from 1 January and
printed in tenge; amounts here are whole tiyn, None where the form states nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from akimat_desk.core.findings import Finding


class FormKind(StrEnum):
    """Which form; the value is its number."""

    EXPENSES = "4-20"
    RECEIPTS = "2-19"


class Measure(StrEnum):
    """A column of a form that is kept. Sums that other columns give (left of the plan) are only checked."""

    PLAN_YEAR = "plan_year"
    PLAN_OBLIGATIONS = "plan_obligations"
    PLAN_PAYMENTS = "plan_payments"
    REGISTERED = "registered"
    PAID = "paid"
    PAID_MONTH = "paid_month"
    UNPAID = "unpaid"
    OUTSTANDING = "outstanding"
    LEFT_OBLIGATIONS = "left_obligations"
    LEFT_PAYMENTS = "left_payments"
    RECEIVED_DAY = "received_day"
    RECEIVED = "received"


#: The ten number columns of form 4-20 in printing order (its columns 3–12).
EXPENSE_MEASURES = (
    Measure.PLAN_YEAR,
    Measure.PLAN_OBLIGATIONS,
    Measure.PLAN_PAYMENTS,
    Measure.REGISTERED,
    Measure.PAID,
    Measure.PAID_MONTH,
    Measure.UNPAID,
    Measure.OUTSTANDING,
    Measure.LEFT_OBLIGATIONS,
    Measure.LEFT_PAYMENTS,
)
#: Of the ten sums of form 2-19 the two that are the okrug's: the fifth and the tenth (МСУ / ЖӨБ).
RECEIPT_MEASURES = (Measure.RECEIVED_DAY, Measure.RECEIVED)
RECEIPT_SUMS = 10
RECEIPT_PLACES = {4: Measure.RECEIVED_DAY, 9: Measure.RECEIVED}

#: What each kind of form keeps of a line.
KEPT: Mapping[FormKind, tuple[Measure, ...]] = {
    FormKind.EXPENSES: EXPENSE_MEASURES[:8],
    FormKind.RECEIPTS: RECEIPT_MEASURES,
}
#: The column that a form is about: without it a line says nothing.
EXECUTED: Mapping[FormKind, Measure] = {
    FormKind.EXPENSES: Measure.PAID,
    FormKind.RECEIPTS: Measure.RECEIVED,
}

Amounts = Mapping[Measure, int | None]


class MoneyUnit(StrEnum):
    """The unit that a form's amounts are printed in."""

    TENGE = "tenge"
    THOUSAND = "thousand"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a budget year."""

    year: int
    month: int

    @classmethod
    def reported_on(cls, day: dt.date) -> Month:
        """The month that a cumulative form as of ``day`` closes: on the 1st it is the month before."""
        last = day - dt.timedelta(days=1)
        return cls(last.year, last.month)

    @property
    def last_day(self) -> dt.date:
        """Its last day."""
        following = dt.date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return following - dt.timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class FormRow:
    """A leaf of a form as printed.

    ``parts`` are the code's numbers from the outermost inwards: administrator, program, subprogram
    ("" where there is none) and specific of costs; category, class, subclass, specific of receipts.
    ``row`` is the line or row of the source, ``problems`` what keeps it from being taken in.
    """

    row: int
    parts: tuple[str, ...]
    name: str
    amounts: Amounts
    problems: tuple[Finding, ...] = ()

    @property
    def printed_code(self) -> str:
        """The code as a person reads it."""
        return "/".join(part for part in self.parts if part)


@dataclass(frozen=True, slots=True)
class FormSum:
    """A printed sum: of a parent (``parts``) or, with no parts, of the whole form."""

    row: int
    parts: tuple[str, ...]
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form as read, before anything is known of the workspace.

    ``as_of`` is the date that the form names, None where none was found. ``institution`` and
    ``institution_code`` name the state institution, ``budget`` the kind of budget. ``unit_chosen``:
    a person said which unit the amounts are in, so it is no more doubted.
    """

    kind: FormKind
    as_of: dt.date | None
    rows: tuple[FormRow, ...]
    sums: tuple[FormSum, ...] = ()
    unit: MoneyUnit = MoneyUnit.TENGE
    unit_chosen: bool = False
    institution: str = ""
    institution_code: str = ""
    budget: str = ""
    findings: tuple[Finding, ...] = field(default_factory=tuple)

    @property
    def month(self) -> Month | None:
        """The month that the form closes, by its date."""
        return Month.reported_on(self.as_of) if self.as_of is not None else None

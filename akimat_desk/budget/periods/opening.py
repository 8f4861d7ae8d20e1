"""What a year opened with, by the treasury's own forms: taken from them instead of typed.

A form 2-19 of the year that prints a line of balances says it outright. Else last year's closing does:
what that year opened with, and what came in and went out of it by the forms as of 1 January.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.execution.forms import FormKind, Measure
from akimat_desk.budget.execution.stored import Fact, facts, months_with_forms, total
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.periods.balances import latest_balances
from akimat_desk.budget.views import Stage
from akimat_desk.classification.codes import LineKind
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.strings import Message, Thousands

_LAST_MONTH = 12


class OpenedBy(StrEnum):
    """Who says what a year opened with."""

    ENTERED = "entered"  # a person, from the treasury's statement
    FORM = "form"  # a line of balances in form 2-19
    CLOSING = "closing"  # the year before, by its forms
    BUDGET = "budget"  # nobody: what its budget uses of balances is taken for it


@dataclass(frozen=True, slots=True)
class OpeningByForms:
    """What a year opened with, in tiyn.

    With ``by`` CLOSING ``total`` is ``opened + received - paid`` of the year before, and ``opened_by``
    tells who says what that year opened with. ``unpaid`` are its registered obligations that stayed
    unpaid, None where the form does not say.
    """

    year: int
    total: int
    by: OpenedBy
    opened: int | None = None
    opened_by: OpenedBy | None = None
    received: int | None = None
    paid: int | None = None
    unpaid: int | None = None

    @property
    def words(self) -> Message:
        """How the amount comes about, in a sentence."""
        if self.by is OpenedBy.FORM:
            return Message("balances.by_form", {"year": self.year, "total": _money(self.total)})
        assert self.opened is not None
        assert self.received is not None
        assert self.paid is not None
        fields = {
            "year": self.year,
            "before": self.year - 1,
            "opened": _money(self.opened),
            "received": _money(self.received),
            "paid": _money(self.paid),
            "total": _money(self.total),
            "said": Message(f"balances.opened_by.{self.opened_by}", {"year": self.year - 1}),
        }
        return Message("balances.by_closing", fields)


def opening_by_forms(session: Session, unit_id: int, year: int) -> OpeningByForms:
    """What the forms that were taken in say a year opened with.

    Raises UsageProblem where they do not say it: which forms are missing, or which balance.
    """
    direct = _line_of_balances(session, unit_id, year)
    if direct is not None:
        return OpeningByForms(year, direct, OpenedBy.FORM, unpaid=_unpaid(session, unit_id, year - 1))
    before = year - 1
    received = _executed(session, unit_id, before, FormKind.RECEIPTS, Measure.RECEIVED)
    paid = _executed(session, unit_id, before, FormKind.EXPENSES, Measure.PAID)
    lacking = [kind.value for kind, amount in zip(_KINDS, (received, paid), strict=True) if amount is None]
    if received is None or paid is None:
        raise UsageProblem("error.balances.no_forms", year=before, next=year, forms=", ".join(lacking))
    opened, said = _opened(session, unit_id, before)
    closing = opened + received - paid
    if closing < 0:
        raise UsageProblem("error.balances.closing_negative", year=before, total=_money(closing))
    return OpeningByForms(
        year, closing, OpenedBy.CLOSING, opened, said, received, paid, _unpaid(session, unit_id, before)
    )


_KINDS = (FormKind.RECEIPTS, FormKind.EXPENSES)


def _opened(session: Session, unit_id: int, year: int) -> tuple[int, OpenedBy]:
    """What a year opened with: as entered, as its own forms and those before say, else as budgeted."""
    entered = latest_balances(session, unit_id, year)
    if entered is not None:
        return entered.total, OpenedBy.ENTERED
    try:
        return opening_by_forms(session, unit_id, year).total, OpenedBy.CLOSING
    except UsageProblem:
        pass
    try:
        used = budget_as_of(session, unit_id, year, stage=Stage.ADJUSTED).figures[Figure.BALANCES_USED]
    except UsageProblem:
        used = None
    if used is None:
        raise UsageProblem("error.balances.no_start", year=year)
    return used, OpenedBy.BUDGET


def _line_of_balances(session: Session, unit_id: int, year: int) -> int | None:
    """The balance that the latest form 2-19 of the year prints; None where it has no such line."""
    for month in reversed(months_with_forms(session, unit_id, year)):
        printed = [
            fact
            for fact in _facts(session, unit_id, year, month, FormKind.RECEIPTS)
            if fact.kind is LineKind.BALANCES_USED
        ]
        amount = total(printed, Measure.RECEIVED)
        if amount is not None:
            return amount
    return None


def _executed(session: Session, unit_id: int, year: int, kind: FormKind, measure: Measure) -> int | None:
    """What a whole year received or paid by its form as of 1 January, balances left out."""
    own = [
        fact
        for fact in _facts(session, unit_id, year, _LAST_MONTH, kind)
        if fact.kind is not LineKind.BALANCES_USED
    ]
    return total(own, measure)


def _unpaid(session: Session, unit_id: int, year: int) -> int | None:
    return total(_facts(session, unit_id, year, _LAST_MONTH, FormKind.EXPENSES), Measure.UNPAID)


def _facts(session: Session, unit_id: int, year: int, month: int, kind: FormKind) -> list[Fact]:
    there = months_with_forms(session, unit_id, year).get(month, [])
    return [fact for form in there if form.kind is kind for fact in facts(session, form)]


def _money(tiyn: int) -> Thousands:
    return Thousands(tiyn, table=True)

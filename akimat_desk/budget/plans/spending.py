"""What the treasury's forms say was spent, obliged and received: what a plan's checks are held against."""

from __future__ import annotations

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import FormKind, Measure
from akimat_desk.budget.execution.stored import facts, forms, in_force
from akimat_desk.budget.plans.sheet import EMPTY, LineKey, Side
from akimat_desk.budget.plans.spent import Spent

_MEASURES = {
    FormKind.EXPENSES: ((Side.PAYMENTS, Measure.PAID), (Side.OBLIGATIONS, Measure.REGISTERED)),
    FormKind.RECEIPTS: ((Side.RECEIPTS, Measure.RECEIVED),),
}


def spent_of(session: Session, unit_id: int, year: int) -> Spent:
    """What the forms of a unit's year say, month by month; nothing where none is in force.

    Forms are cumulative: a month is what its form adds to the form before it, and after a gap it holds
    the months of the gap too. Several institutions are added up.
    """
    known = in_force(forms(session, unit_id, year))
    through: dict[FormKind, int] = {}
    lines: dict[LineKey, list[int]] = {}
    before: dict[tuple[str, LineKey], int] = {}
    for form in sorted(known, key=lambda each: each.month.month):
        month = form.month.month
        through[form.kind] = month
        for fact in facts(session, form):
            for side, measure in _MEASURES[form.kind]:
                amount = fact.amounts.get(measure)
                if amount is None:
                    continue
                key = LineKey(side, fact.code)
                held = before.get((form.institution_code, key), 0)
                lines.setdefault(key, list(EMPTY))[month - 1] += amount - held
                before[form.institution_code, key] = amount
    return Spent(through.get(FormKind.EXPENSES, 0), {key: tuple(months) for key, months in lines.items()})

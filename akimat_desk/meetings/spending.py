"""Money spent on a budget line, out of the treasury's forms: how much, up to which day, by which forms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import FormKind
from akimat_desk.budget.execution.stored import forms, in_force
from akimat_desk.budget.execution.tables import ExecutionFact
from akimat_desk.storage.tables import Attachment


@dataclass(frozen=True, slots=True)
class LineSpending:
    """Paid on a line from 1 January to ``as_of``, in tiyn. ``papers`` name the forms it rests on."""

    amount: int
    as_of: dt.date
    forms: tuple[int, ...]
    papers: tuple[str, ...]


def spent_on_line(session: Session, unit_id: int, year: int, line: str) -> LineSpending | None:
    """What the latest forms 4-20 of a year say was paid on a line, with all that stands below it.

    None while no form of the year is in force, or none of the latest month states the line.
    """
    expenses = [form for form in in_force(forms(session, unit_id, year)) if form.kind is FormKind.EXPENSES]
    if not expenses or not line:
        return None
    month = max(form.month.month for form in expenses)
    latest = [form for form in expenses if form.month.month == month]
    below = ExecutionFact.code.startswith(f"{line}/", autoescape=True)
    rows = session.execute(
        select(ExecutionFact.form_id, func.sum(ExecutionFact.paid))
        .where(
            ExecutionFact.form_id.in_([form.id for form in latest]),
            (ExecutionFact.code == line) | below,
            ExecutionFact.paid.is_not(None),
        )
        .group_by(ExecutionFact.form_id)
    )
    paid = {form_id: int(amount) for form_id, amount in rows if amount is not None}
    stating = [form for form in latest if form.id in paid]
    if not stating:
        return None
    ids = [form.attachment_id for form in stating if form.attachment_id is not None]
    names = session.scalars(select(Attachment.name).where(Attachment.id.in_(ids)).order_by(Attachment.id))
    return LineSpending(sum(paid.values()), max(form.as_of for form in stating), tuple(paid), tuple(names))

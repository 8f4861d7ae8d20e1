"""What a decision is called and dated: filled in for a draft, corrected with a reason once it is confirmed.

The figures of a confirmed decision never change. Its number and dates are no figures: they may be unknown
when it is confirmed, or be mistyped, and the place of an edition among the others hangs on its date.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.store import standing
from akimat_desk.budget.decisions.documents import document_by_id, editions_of, known_from
from akimat_desk.budget.decisions.tables import BudgetCorrection, BudgetDocument
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core import dates
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.storage.workspace import Actor, Workspace


def fill_in(
    document: BudgetDocument,
    number: str | None,
    date: dt.date | None,
    effective_date: dt.date | None,
    session_name: str | None,
) -> None:
    """Write what is given; None leaves what is there."""
    if number is not None:
        document.number = number.strip()
    if date is not None:
        document.date = date
    if effective_date is not None:
        document.effective_date = effective_date
    if session_name is not None:
        document.session = session_name.strip()


def correct_confirmed(
    workspace: Workspace,
    actor: Actor,
    document_id: int,
    reason: str,
    *,
    number: str | None = None,
    date: dt.date | None = None,
    effective_date: dt.date | None = None,
    session_name: str | None = None,
) -> None:
    """Correct the number, the dates or the session of a confirmed decision; what stood before is kept.

    The date must leave the edition where it stands among the others: not before the edition that it
    changes, not after the one that changes it, and on the same side of the akim's adjustments, which are in
    it or follow it. The journal keeps the number and dates before and after.
    Raises UsageProblem for an unknown document, for a missing reason and where nothing changes, RuleBroken
    for a draft and for a date that would move the edition.
    """
    with workspace.changing(actor, "decision.corrected") as change:
        session = change.session
        document = document_by_id(session, document_id)
        if document.state != DocumentState.CONFIRMED:
            raise RuleBroken("error.decision.still_draft")
        if not reason.strip():
            raise UsageProblem("error.decision.correction_reason")
        before = _named(document)
        order = [each.id for each in editions_of(session, document.unit_id, document.first_year)]
        follows = _adjustments_after(session, document)
        correction = BudgetCorrection(
            number=document.number,
            date=document.date,
            effective_date=document.effective_date,
            session=document.session,
            reason=reason.strip(),
            corrected_at=dt.datetime.now(dt.UTC),
            corrected_by=actor.name,
        )
        dated = document.date
        fill_in(document, number, date, effective_date, session_name)
        after = _named(document)
        if after == before:
            raise UsageProblem("error.decision.nothing_corrected")
        if document.date != dated:
            _must_stay(session, document, order)
            if _adjustments_after(session, document) != follows:
                raise RuleBroken("error.decision.date_over_adjustment", date=_short(document.date))
        document.corrections.append(correction)
        change.fields.update(before=before, after=after)
        change.touch("budget_document", document_id)


def _named(document: BudgetDocument) -> dict[str, str]:
    return {
        "number": document.number,
        "date": document.date.isoformat() if document.date else "",
        "effective_date": document.effective_date.isoformat() if document.effective_date else "",
        "session": document.session,
    }


def _adjustments_after(session: Session, document: BudgetDocument) -> list[int]:
    """The adjustments that follow an edition; the others are in it."""
    return [row.id for row in standing(session, document.unit_id, document.first_year, known_from(document))]


def _must_stay(session: Session, document: BudgetDocument, order: list[int]) -> None:
    """The edition keeps its place among those of its budget."""
    day = known_from(document)
    place = order.index(document.id)
    editions = {each.id: each for each in editions_of(session, document.unit_id, document.first_year)}
    if place and day < known_from(editions[order[place - 1]]):
        before = editions[order[place - 1]]
        raise RuleBroken(
            "error.decision.date_before_base",
            date=_short(day), number=before.number or "—", base=_short(known_from(before)),
        )  # fmt: skip
    if place + 1 < len(order) and day > known_from(editions[order[place + 1]]):
        after = editions[order[place + 1]]
        raise RuleBroken(
            "error.decision.date_after_next",
            date=_short(day), number=after.number or "—", next=_short(known_from(after)),
        )  # fmt: skip
    if document.kind == DecisionKind.AMENDMENT and day.year > document.first_year:
        raise RuleBroken("error.decision.date_after_year", date=_short(day), year=document.first_year)


def _short(day: dt.date | None) -> str:
    return dates.short(day) if day is not None else "—"

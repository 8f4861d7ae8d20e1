"""Documents as they stand to one another: which edition follows which."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session, selectinload

from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.errors import UsageProblem


def document_by_id(session: Session, document_id: int) -> BudgetDocument:
    """The stored document. Raises UsageProblem for an unknown one."""
    document = session.get(BudgetDocument, document_id)
    if document is None:
        raise UsageProblem("error.decision.unknown", id=document_id)
    return document


def known_from(document: BudgetDocument) -> dt.date:
    """The day from which a document counts: its date; undated, the eve of its first year.

    An undated amendment follows the edition that it changes: it counts from the day it was confirmed (a
    draft: begun), never before that edition and at the latest from the last day of its first year.
    """
    if document.date is not None:
        return document.date
    if document.kind != DecisionKind.AMENDMENT:
        return dt.date(document.first_year - 1, 12, 31)
    day = min((document.confirmed_at or document.created_at).date(), dt.date(document.first_year, 12, 31))
    session = object_session(document)
    base = session.get(BudgetDocument, document.based_on_id) if session and document.based_on_id else None
    return max(day, known_from(base)) if base is not None else day


def _sort_key(document: BudgetDocument) -> tuple[int, bool, dt.date, dt.datetime, int]:
    # The decision itself always precedes its amendments, also where a date is missing; what counts from
    # one day stands in the order in which it was confirmed.
    is_amendment = document.kind == DecisionKind.AMENDMENT
    moment = document.confirmed_at or document.created_at
    return (document.first_year, is_amendment, known_from(document), moment, document.id)


def confirmed_documents(session: Session, unit_id: int) -> list[BudgetDocument]:
    """A unit's confirmed documents: by first year, the decision first, its amendments by date."""
    rows = session.scalars(
        select(BudgetDocument)
        .where(BudgetDocument.unit_id == unit_id, BudgetDocument.state == DocumentState.CONFIRMED.value)
        .options(selectinload(BudgetDocument.years))
    )
    return sorted(rows, key=_sort_key)


def editions_of(session: Session, unit_id: int, first_year: int) -> list[BudgetDocument]:
    """The confirmed editions of one budget, the decision itself first."""
    return [d for d in confirmed_documents(session, unit_id) if d.first_year == first_year]


def base_of(session: Session, unit_id: int, first_year: int, date: dt.date | None) -> BudgetDocument | None:
    """The edition that a decision of ``date`` changes: the last one before it, the latest when undated."""
    before = [d for d in editions_of(session, unit_id, first_year) if date is None or known_from(d) <= date]
    return before[-1] if before else None


def numbered_documents(session: Session, unit_id: int) -> list[tuple[BudgetDocument, int]]:
    """Every document of a unit with its number among the editions of its budget, drafts last."""
    rows = session.scalars(
        select(BudgetDocument)
        .where(BudgetDocument.unit_id == unit_id)
        .options(selectinload(BudgetDocument.years))
    )
    drafts_last = sorted(rows, key=lambda d: (d.state == DocumentState.DRAFT, _sort_key(d)))
    counts: dict[int, int] = {}
    numbered = []
    for document in drafts_last:
        number = counts.get(document.first_year, 0)
        counts[document.first_year] = number + 1
        numbered.append((document, number))
    return numbered

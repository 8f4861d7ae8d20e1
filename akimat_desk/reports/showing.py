"""From a document to every report that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of, decision_summary, decisions, edition_before
from akimat_desk.budget.views import DecisionSummary, DocumentState
from akimat_desk.core.errors import UsageProblem


class ShownAs(StrEnum):
    """What a report takes a document for."""

    ITSELF = "itself"  # its own annexes and text
    CHANGE = "change"  # the change that it makes
    BEFORE = "before"  # what another one changes
    ANSWER = "answer"  # the budget that answers for a year


@dataclass(frozen=True, slots=True)
class Shown:
    """A report that shows a document: how to ask for it. ``document_id`` None asks for what is in force."""

    report_id: str
    year: int
    document_id: int | None
    shown_as: ShownAs


def reports_showing(session: Session, document_id: int) -> list[Shown]:
    """Every report in which a budget document's figures stand, its own first.

    Raises UsageProblem for an unknown document.
    """
    return list(_showing(session, decision_summary(session, document_id)))


def _showing(session: Session, document: DecisionSummary) -> Iterator[Shown]:
    first = document.first_year
    for report in ("annex", "decision_text"):
        yield Shown(report, first, document.id, ShownAs.ITSELF)
    if edition_before(session, document.id) is not None:
        for report in ("before_after", "amending_decision"):
            yield Shown(report, first, document.id, ShownAs.CHANGE)
    for other in decisions(session, document.unit_id):
        if edition_before(session, other.id) == document.id:
            yield Shown("before_after", other.first_year, other.id, ShownAs.BEFORE)
    if document.state is DocumentState.CONFIRMED:
        for year in document.years:
            if _answers(session, document, year):
                yield Shown("self_sufficiency", year, None, ShownAs.ANSWER)


def _answers(session: Session, document: DecisionSummary, year: int) -> bool:
    """Whether this document is the budget that answers for a year now."""
    try:
        return budget_as_of(session, document.unit_id, year).decision.id == document.id
    except UsageProblem:
        return False

"""What can be asked of decisions: their list, their findings, and the budget that answers for a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.applying import apply_adjustments
from akimat_desk.budget.adjustments.store import lines_of, standing
from akimat_desk.budget.decisions.documents import (
    confirmed_documents,
    document_by_id,
    editions_of,
    known_from,
    numbered_documents,
)
from akimat_desk.budget.decisions.editions import Edition
from akimat_desk.budget.decisions.judging import document_findings
from akimat_desk.budget.decisions.records import read_edition
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.views import (
    Basis,
    BudgetView,
    DecisionKind,
    DecisionSummary,
    DocumentState,
    Stage,
)
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, by_weight
from akimat_desk.core.language import Language
from akimat_desk.places.service import UnitView, unit_by_id


def decisions(session: Session, unit_id: int) -> list[DecisionSummary]:
    """Every document of a unit, by first year and date, drafts last."""
    return [_summary(document, number) for document, number in numbered_documents(session, unit_id)]


def decision_findings(session: Session, document_id: int) -> list[Finding]:
    """Everything to be said of one document, errors first."""
    document = document_by_id(session, document_id)
    unit = unit_by_id(session, document.unit_id)
    return by_weight(document_findings(document, read_edition(document), _unit_label(unit, document)))


def decision_unit(session: Session, document_id: int) -> int:
    """The id of the unit a document belongs to. Raises UsageProblem for an unknown document."""
    return document_by_id(session, document_id).unit_id


def all_decision_findings(session: Session) -> list[Finding]:
    """Everything to be said of every document of a workspace."""
    ids = session.scalars(select(BudgetDocument.id).order_by(BudgetDocument.id))
    return [finding for document_id in ids for finding in decision_findings(session, document_id)]


def budget_years(session: Session, unit_id: int) -> list[int]:
    """The years for which a confirmed document answers, ascending."""
    documents = confirmed_documents(session, unit_id)
    return sorted({row.year for document in documents for row in document.years})


def budget_of(session: Session, document_id: int, year: int) -> BudgetView:
    """One edition's budget of one year (a draft's too).

    Raises UsageProblem for an unknown document or a year it does not cover.
    """
    document = document_by_id(session, document_id)
    if year not in {row.year for row in document.years}:
        raise UsageProblem("error.budget.no_budget", year=year, years=_years_text([document]))
    number = _edition_number(session, document)
    return _view(session, document, read_edition(document), number, year, Stage.AMENDED)


def budgets_of(session: Session, document_id: int) -> tuple[BudgetView, ...]:
    """One edition's budget of every year it covers, ascending.

    Raises UsageProblem for an unknown document.
    """
    document = document_by_id(session, document_id)
    edition, number = read_edition(document), _edition_number(session, document)
    return tuple(
        _view(session, document, edition, number, year, Stage.AMENDED) for year in sorted(edition.years)
    )


def edition_before(session: Session, document_id: int) -> int | None:
    """The id of the edition that a document changes; None for a decision, or an amendment kept alone."""
    return document_by_id(session, document_id).based_on_id


def decision_summary(session: Session, document_id: int) -> DecisionSummary:
    """A document as lists show it. Raises UsageProblem for an unknown one."""
    document = document_by_id(session, document_id)
    return _summary(document, _edition_number(session, document))


def edition_in_force(session: Session, unit_id: int, first_year: int) -> DecisionSummary | None:
    """The latest confirmed edition of a budget; None where there is none."""
    documents = editions_of(session, unit_id, first_year)
    return _summary(documents[-1], len(documents) - 1) if documents else None


def budget_as_of(
    session: Session,
    unit_id: int,
    year: int,
    as_of: dt.date | None = None,
    stage: Stage | None = None,
) -> BudgetView:
    """The budget that answers for ``year`` as known on ``as_of`` (the latest when None).

    The latest edition of the decision whose first year is ``year``; without one, the outer year of
    the latest decision (a projection). ``stage`` APPROVED asks for the decision itself, AMENDED for the
    latest edition, ADJUSTED for that edition with the akim's adjustments made since (Budget Code art. 98);
    those made before an amendment are in the amendment.
    Raises UsageProblem when nothing answers.
    """
    documents = [
        document
        for document in confirmed_documents(session, unit_id)
        if as_of is None or known_from(document) <= as_of
    ]
    own = [document for document in documents if document.first_year == year]
    if own:
        chosen = own[0] if stage is Stage.APPROVED else own[-1]
    else:
        outer = [document for document in documents if year in {row.year for row in document.years}]
        if not outer:
            raise UsageProblem("error.budget.no_budget", year=year, years=_years_text(documents))
        latest_first_year = max(document.first_year for document in outer)
        same = [document for document in outer if document.first_year == latest_first_year]
        chosen = same[0] if stage is Stage.APPROVED else same[-1]
    number = [d for d in documents if d.first_year == chosen.first_year].index(chosen)
    is_amendment = chosen.kind == DecisionKind.AMENDMENT
    shown_stage = stage or (Stage.AMENDED if is_amendment else Stage.APPROVED)
    view = _view(session, chosen, read_edition(chosen), number, year, shown_stage)
    if stage is not Stage.ADJUSTED or view.basis is not Basis.DECISION:
        return view
    made = lines_of(standing(session, unit_id, year, known_from(chosen), as_of))
    lines, figures = apply_adjustments(view.lines, view.figures, made, year)
    return replace(view, lines=tuple(lines), figures=figures)


# --- inside -----------------------------------------------------------------------------------


def _unit_label(unit: UnitView, document: BudgetDocument) -> str:
    return unit.name.text(Language(document.language))


def _summary(document: BudgetDocument, edition_number: int) -> DecisionSummary:
    return DecisionSummary(
        id=document.id,
        unit_id=document.unit_id,
        kind=DecisionKind(document.kind),
        state=DocumentState(document.state),
        number=document.number,
        date=document.date,
        effective_date=document.effective_date,
        first_year=document.first_year,
        years=tuple(row.year for row in document.years),
        edition=edition_number,
        title=document.title,
        language=Language(document.language),
        reason=document.reason,
        session=document.session,
    )


def _view(
    session: Session,
    document: BudgetDocument,
    edition: Edition,
    edition_number: int,
    year: int,
    stage: Stage,
) -> BudgetView:
    content = edition.years[year]
    unit = unit_by_id(session, document.unit_id)
    return BudgetView(
        unit_id=document.unit_id,
        unit_name=unit.name,
        year=year,
        stage=stage,
        basis=Basis.DECISION if year == document.first_year else Basis.PROJECTION,
        decision=_summary(document, edition_number),
        figures=content.figures(),
        lines=tuple(content.lines),
        findings=tuple(by_weight(document_findings(document, edition, _unit_label(unit, document), year))),
        annex=content.annex,
        amends=_amended(session, document),
    )


def _edition_number(session: Session, document: BudgetDocument) -> int:
    numbered = numbered_documents(session, document.unit_id)
    return next(number for other, number in numbered if other.id == document.id)


def _amended(session: Session, document: BudgetDocument) -> DecisionSummary | None:
    if document.kind != DecisionKind.AMENDMENT:
        return None
    same = editions_of(session, document.unit_id, document.first_year)
    # An office may begin in the middle of a year, with an amendment alone.
    first = next((d for d in same if d.kind == DecisionKind.DECISION), None)
    return _summary(first, 0) if first else None


def _years_text(documents: Sequence[BudgetDocument]) -> str:
    years = sorted({row.year for document in documents for row in document.years})
    return ", ".join(str(year) for year in years) or "—"

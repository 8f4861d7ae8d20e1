"""What can be done with decisions: store, confirm, describe or delete a draft, ask for the budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.editions import Edition, compose
from akimat_desk.budget.decisions.records import read_edition, write_edition
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.views import (
    Basis,
    BudgetView,
    DecisionKind,
    DecisionSummary,
    DocumentState,
    Stage,
)
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity, by_weight
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.kinds import kind_of_name
from akimat_desk.places.service import UnitView, add_unit, unit_by_id
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.changes import Change
from akimat_desk.storage.workspace import Actor, Workspace


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be made when a decision is stored: its name as printed, and the unit above it."""

    name: str
    language: Language
    parent_id: int


def store_decision(
    workspace: Workspace,
    actor: Actor,
    decision: ReadDecision,
    pairs: Sequence[tuple[ReadUnit, int | NewUnit]],
    source: tuple[str, bytes] | None = None,
    *,
    confirm: bool = False,
    reason: str = "",
) -> list[int]:
    """Keep a decision as read, a document for each pair of a read unit and the unit it belongs to.

    A unit that is not in the workspace yet (a raion takes in a decision on all its okrugs) is made.
    Everything happens in one transaction: on any refusal nothing is stored. A document is a whole
    edition: what an amendment does not restate comes from the latest confirmed edition of the same
    first year. ``source`` is the file: its name and content. With ``confirm`` the documents are
    confirmed at once. Returns their ids.

    Raises UsageProblem when the text names no year, restates sub-points of a budget that is not
    there, or is stored already with these figures; RuleBroken when a document to be confirmed has
    errors and no ``reason`` is given.
    """
    action = "decision.confirmed" if confirm else "decision.drafted"
    with workspace.changing(actor, action) as change:
        attachment_id = keep_attachment(change, *source) if source is not None else None
        documents = []
        for unit, owner in pairs:
            unit_id = _new_unit(change, owner) if isinstance(owner, NewUnit) else owner
            document = _draft(change.session, actor, decision, unit, unit_id)
            document.attachment_id = attachment_id
            change.session.add(document)
            change.session.flush()
            if confirm:
                _confirm(change.session, document, actor, reason)
            change.touch("budget_document", document.id)
            documents.append(document.id)
        return documents


def _new_unit(change: Change, new: NewUnit) -> int:
    name = Trilingual(**{new.language.value: new.name})
    return add_unit(change, kind=kind_of_name(new.name), name=name, parent_id=new.parent_id).id


def _draft(
    session: Session, actor: Actor, decision: ReadDecision, unit: ReadUnit, unit_id: int
) -> BudgetDocument:
    first_year = unit.first_year if unit.first_year is not None else _only_year(unit)
    base = _base(session, unit_id, first_year, decision.date)
    if base is None and unit.restated:
        raise UsageProblem("error.decision.no_base", year=first_year)
    edition = compose(unit, first_year, read_edition(base) if base else None)
    edition.notes += decision.findings  # what was said of the whole file
    _refuse_duplicate(session, unit_id, decision, unit, first_year)
    document = BudgetDocument(
        unit_id=unit_id,
        kind=(DecisionKind.AMENDMENT if base or decision.is_amendment else DecisionKind.DECISION).value,
        state=DocumentState.DRAFT.value,
        first_year=first_year,
        number=decision.number or "",
        date=decision.date,
        effective_date=decision.effective_date,
        session=decision.session,
        title=decision.title,
        language=decision.language.value,
        based_on_id=base.id if base else None,
        created_at=dt.datetime.now(dt.UTC),
        created_by=actor.name,
    )
    write_edition(document, edition)
    return document


def confirm(workspace: Workspace, actor: Actor, document_id: int, reason: str = "") -> None:
    """Confirm a draft. An adopted decision with errors is confirmed too, with a reason that is kept.

    Raises UsageProblem for an unknown document, RuleBroken for one that is confirmed already, for
    errors without a reason, and when another edition was confirmed since the draft was made.
    """
    with workspace.changing(actor, "decision.confirmed") as change:
        document = _document(change.session, document_id)
        _confirm(change.session, document, actor, reason)
        change.touch("budget_document", document_id)


def _confirm(session: Session, document: BudgetDocument, actor: Actor, reason: str) -> None:
    if document.state != DocumentState.DRAFT:
        raise RuleBroken("error.decision.already_confirmed")
    base = _base(session, document.unit_id, document.first_year, document.date)
    if (base.id if base else None) != document.based_on_id:
        raise RuleBroken("error.decision.base_changed")
    findings = _findings(document, read_edition(document), "")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors and not reason.strip():
        raise RuleBroken("error.decision.reason_needed", count=errors)
    document.state = DocumentState.CONFIRMED.value
    document.reason = reason.strip()
    document.confirmed_at = dt.datetime.now(dt.UTC)
    document.confirmed_by = actor.name


def describe_draft(
    workspace: Workspace,
    actor: Actor,
    document_id: int,
    *,
    number: str | None = None,
    date: dt.date | None = None,
    effective_date: dt.date | None = None,
    session_name: str | None = None,
) -> None:
    """Fill in what the text did not say: number, date, session, date of coming into force.

    Raises RuleBroken for a confirmed document, UsageProblem for an unknown one.
    """
    with workspace.changing(actor, "decision.described") as change:
        document = _document(change.session, document_id)
        if document.state != DocumentState.DRAFT:
            raise RuleBroken("error.decision.already_confirmed")
        if number is not None:
            document.number = number.strip()
        if date is not None:
            document.date = date
        if effective_date is not None:
            document.effective_date = effective_date
        if session_name is not None:
            document.session = session_name.strip()
        change.touch("budget_document", document_id)


def delete_draft(workspace: Workspace, actor: Actor, document_id: int) -> None:
    """Delete a draft. Raises RuleBroken for a confirmed document, UsageProblem for an unknown one."""
    with workspace.changing(actor, "decision.draft_deleted") as change:
        document = _document(change.session, document_id)
        if document.state != DocumentState.DRAFT:
            raise RuleBroken("error.decision.confirmed_stays")
        change.session.delete(document)
        change.touch("budget_document", document_id)


def decisions(session: Session, unit_id: int) -> list[DecisionSummary]:
    """Every document of a unit, by first year and date, drafts last."""
    return [_summary(document, number) for document, number in _numbered(session, unit_id)]


def decision_findings(session: Session, document_id: int) -> list[Finding]:
    """Everything to be said of one document, errors first."""
    document = _document(session, document_id)
    unit = unit_by_id(session, document.unit_id)
    return by_weight(_findings(document, read_edition(document), _unit_label(unit, document)))


def decision_unit(session: Session, document_id: int) -> int:
    """The id of the unit a document belongs to. Raises UsageProblem for an unknown document."""
    return _document(session, document_id).unit_id


def all_decision_findings(session: Session) -> list[Finding]:
    """Everything to be said of every document of a workspace."""
    ids = session.scalars(select(BudgetDocument.id).order_by(BudgetDocument.id))
    return [finding for document_id in ids for finding in decision_findings(session, document_id)]


def budget_years(session: Session, unit_id: int) -> list[int]:
    """The years for which a confirmed document answers, ascending."""
    documents = _confirmed(session, unit_id)
    return sorted({row.year for document in documents for row in document.years})


def budget_of(session: Session, document_id: int, year: int) -> BudgetView:
    """One edition's budget of one year (a draft's too).

    Raises UsageProblem for an unknown document or a year it does not cover.
    """
    document = _document(session, document_id)
    basis = Basis.DECISION if year == document.first_year else Basis.PROJECTION
    edition_number = next(
        number for other, number in _numbered(session, document.unit_id) if other.id == document_id
    )
    if year not in {row.year for row in document.years}:
        raise UsageProblem("error.budget.no_budget", year=year, years=_years_text([document]))
    return _view(session, document, edition_number, year, Stage.AMENDED, basis)


def budget_as_of(
    session: Session,
    unit_id: int,
    year: int,
    as_of: dt.date | None = None,
    stage: Stage | None = None,
) -> BudgetView:
    """The budget that answers for ``year`` as known on ``as_of`` (the latest when None).

    The latest edition of the decision whose first year is ``year``; without one, the outer year of
    the latest decision (a projection). ``stage`` APPROVED asks for the decision itself; AMENDED and
    ADJUSTED for the latest edition (the akim's adjustments enter with their documents).
    Raises UsageProblem when nothing answers.
    """
    documents = [
        document
        for document in _confirmed(session, unit_id)
        if as_of is None or _known_from(document) <= as_of
    ]
    own = [document for document in documents if document.first_year == year]
    if own:
        chosen = own[0] if stage is Stage.APPROVED else own[-1]
        basis = Basis.DECISION
    else:
        outer = [document for document in documents if year in {row.year for row in document.years}]
        if not outer:
            raise UsageProblem("error.budget.no_budget", year=year, years=_years_text(documents))
        latest_first_year = max(document.first_year for document in outer)
        editions = [document for document in outer if document.first_year == latest_first_year]
        chosen = editions[0] if stage is Stage.APPROVED else editions[-1]
        basis = Basis.PROJECTION
    number = [d for d in documents if d.first_year == chosen.first_year].index(chosen)
    is_amendment = chosen.kind == DecisionKind.AMENDMENT
    shown_stage = stage or (Stage.AMENDED if is_amendment else Stage.APPROVED)
    return _view(session, chosen, number, year, shown_stage, basis)


# --- inside -----------------------------------------------------------------------------------


def _only_year(unit: ReadUnit) -> int:
    years = {annex.year for annex in unit.annexes if annex.year is not None} | set(unit.years)
    if not years:
        raise UsageProblem("error.decision.no_year")
    return min(years)


def _document(session: Session, document_id: int) -> BudgetDocument:
    document = session.get(BudgetDocument, document_id)
    if document is None:
        raise UsageProblem("error.decision.unknown", id=document_id)
    return document


def _known_from(document: BudgetDocument) -> dt.date:
    """The day from which a document counts: its date; undated, the eve of its first year."""
    return document.date or dt.date(document.first_year - 1, 12, 31)


def _sort_key(document: BudgetDocument) -> tuple[int, bool, dt.date, int]:
    # The decision itself always precedes its amendments, also where a date is missing.
    is_amendment = document.kind == DecisionKind.AMENDMENT
    return (document.first_year, is_amendment, _known_from(document), document.id)


def _confirmed(session: Session, unit_id: int) -> list[BudgetDocument]:
    rows = session.scalars(
        select(BudgetDocument).where(
            BudgetDocument.unit_id == unit_id, BudgetDocument.state == DocumentState.CONFIRMED.value
        )
    )
    return sorted(rows, key=_sort_key)


def _editions(session: Session, unit_id: int, first_year: int) -> list[BudgetDocument]:
    return [d for d in _confirmed(session, unit_id) if d.first_year == first_year]


def _base(session: Session, unit_id: int, first_year: int, date: dt.date | None) -> BudgetDocument | None:
    """The edition that a decision of ``date`` changes: the last one before it, the latest when undated."""
    before = [d for d in _editions(session, unit_id, first_year) if date is None or _known_from(d) <= date]
    return before[-1] if before else None


def _numbered(session: Session, unit_id: int) -> list[tuple[BudgetDocument, int]]:
    rows = session.scalars(select(BudgetDocument).where(BudgetDocument.unit_id == unit_id))
    drafts_last = sorted(rows, key=lambda d: (d.state == DocumentState.DRAFT, _sort_key(d)))
    counts: dict[int, int] = {}
    numbered = []
    for document in drafts_last:
        number = counts.get(document.first_year, 0)
        counts[document.first_year] = number + 1
        numbered.append((document, number))
    return numbered


def _refuse_duplicate(
    session: Session, unit_id: int, decision: ReadDecision, unit: ReadUnit, first_year: int
) -> None:
    for stored in _editions(session, unit_id, first_year):
        if (stored.number, stored.date) != (decision.number or "", decision.date):
            continue
        before = session.get(BudgetDocument, stored.based_on_id) if stored.based_on_id else None
        again = compose(unit, first_year, read_edition(before) if before else None)
        if _amounts(read_edition(stored)) == _amounts(again):
            raise UsageProblem("error.decision.duplicate", number=stored.number or "—", year=first_year)


def _amounts(edition: Edition) -> object:
    return {
        year: (content.text_figures, [(line.section, line.code, line.amount) for line in content.lines])
        for year, content in edition.years.items()
    }


def _findings(
    document: BudgetDocument, edition: Edition, unit: str, year: int | None = None
) -> list[Finding]:
    """The reader's remarks and what the sums say now; ``year`` keeps those of one year."""
    found = [*edition.notes, *edition.balance_findings(unit)]
    if document.date is None:
        found.append(Finding("decision.date_unknown", Severity.WARNING, where=Place(unit=unit)))
    if year is None:
        return found
    return [finding for finding in found if finding.where.year in (None, year)]


def _unit_label(unit: UnitView, document: BudgetDocument) -> str:
    return unit.name.text(Language(document.language))


def _summary(document: BudgetDocument, edition_number: int) -> DecisionSummary:
    findings = _findings(document, read_edition(document), "")
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
        errors=sum(f.severity is Severity.ERROR for f in findings),
        warnings=sum(f.severity is Severity.WARNING for f in findings),
        reason=document.reason,
        session=document.session,
    )


def _view(
    session: Session,
    document: BudgetDocument,
    edition_number: int,
    year: int,
    stage: Stage,
    basis: Basis,
) -> BudgetView:
    edition = read_edition(document)
    content = edition.years[year]
    unit = unit_by_id(session, document.unit_id)
    return BudgetView(
        unit_id=document.unit_id,
        unit_name=unit.name,
        year=year,
        stage=stage,
        basis=basis,
        decision=_summary(document, edition_number),
        figures=content.figures(),
        lines=tuple(content.lines),
        findings=tuple(by_weight(_findings(document, edition, _unit_label(unit, document), year))),
        annex=content.annex,
        amends=_amended(session, document),
    )


def _amended(session: Session, document: BudgetDocument) -> DecisionSummary | None:
    if document.kind != DecisionKind.AMENDMENT:
        return None
    editions = _editions(session, document.unit_id, document.first_year)
    # An office may begin in the middle of a year, with an amendment alone.
    first = next((d for d in editions if d.kind == DecisionKind.DECISION), None)
    return _summary(first, 0) if first else None


def _years_text(documents: Sequence[BudgetDocument]) -> str:
    years = sorted({row.year for document in documents for row in document.years})
    return ", ".join(str(year) for year in years) or "—"

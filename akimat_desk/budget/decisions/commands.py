"""What can be done with decisions: store one as read, confirm, describe or delete a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.amending import edition_to_amend
from akimat_desk.budget.decisions.correcting import fill_in
from akimat_desk.budget.decisions.documents import base_of, document_by_id, editions_of
from akimat_desk.budget.decisions.editions import Edition, compose
from akimat_desk.budget.decisions.judging import document_findings
from akimat_desk.budget.decisions.records import read_edition, write_edition
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.periods.closing import refuse_closed
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places.kinds import kind_of_name
from akimat_desk.places.service import add_unit
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
    errors and no ``reason`` is given, or belongs to a closed month or year.
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
    base = base_of(session, unit_id, first_year, decision.date)
    if base is None and unit.restated:
        raise UsageProblem("error.decision.no_base", year=first_year)
    edition = compose(unit, first_year, edition_to_amend(session, base, decision.date) if base else None)
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
    errors without a reason, when another edition was confirmed since the draft was made, and when the
    budget year, or the month of it that the decision is dated in, is closed.
    """
    with workspace.changing(actor, "decision.confirmed") as change:
        document = document_by_id(change.session, document_id)
        _confirm(change.session, document, actor, reason)
        change.touch("budget_document", document_id)


def _confirm(session: Session, document: BudgetDocument, actor: Actor, reason: str) -> None:
    if document.state != DocumentState.DRAFT:
        raise RuleBroken("error.decision.already_confirmed")
    _refuse_closed(session, document)
    base = base_of(session, document.unit_id, document.first_year, document.date)
    if (base.id if base else None) != document.based_on_id:
        raise RuleBroken("error.decision.base_changed")
    findings = document_findings(document, read_edition(document), "")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors and not reason.strip():
        raise RuleBroken("error.decision.reason_needed", count=errors)
    document.state = DocumentState.CONFIRMED.value
    document.draft_steps.clear()  # nothing of it is taken back any more
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
        document = document_by_id(change.session, document_id)
        if document.state != DocumentState.DRAFT:
            raise RuleBroken("error.decision.already_confirmed")
        fill_in(document, number, date, effective_date, session_name)
        change.touch("budget_document", document_id)


def delete_draft(workspace: Workspace, actor: Actor, document_id: int) -> None:
    """Delete a draft. Raises RuleBroken for a confirmed document, UsageProblem for an unknown one."""
    with workspace.changing(actor, "decision.draft_deleted") as change:
        document = document_by_id(change.session, document_id)
        if document.state != DocumentState.DRAFT:
            raise RuleBroken("error.decision.confirmed_stays")
        change.session.delete(document)
        change.touch("budget_document", document_id)


# --- inside -----------------------------------------------------------------------------------


def _refuse_closed(session: Session, document: BudgetDocument) -> None:
    """A decision changes the figures of its budget year; one adopted before the year began closes with
    the year only."""
    date, year = document.date, document.first_year
    month = date.month if date is not None and date.year == year else None
    refuse_closed(session, document.unit_id, year, month)


def _only_year(unit: ReadUnit) -> int:
    years = {annex.year for annex in unit.annexes if annex.year is not None} | set(unit.years)
    if not years:
        raise UsageProblem("error.decision.no_year")
    return min(years)


def _refuse_duplicate(
    session: Session, unit_id: int, decision: ReadDecision, unit: ReadUnit, first_year: int
) -> None:
    for stored in editions_of(session, unit_id, first_year):
        if (stored.number, stored.date) != (decision.number or "", decision.date):
            continue
        before = session.get(BudgetDocument, stored.based_on_id) if stored.based_on_id else None
        again = compose(
            unit, first_year, edition_to_amend(session, before, decision.date) if before else None
        )
        if _amounts(read_edition(stored)) == _amounts(again):
            raise UsageProblem("error.decision.duplicate", number=stored.number or "—", year=first_year)


def _amounts(edition: Edition) -> object:
    return {
        year: (content.text_figures, [(line.section, line.code, line.amount) for line in content.lines])
        for year, content in edition.years.items()
    }

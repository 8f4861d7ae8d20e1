"""Drafts edited by hand: begin one, open it as a sheet, apply edits. Each edit is one transaction."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.documents import base_of, document_by_id
from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.decisions.tables import BudgetDocument, BudgetDocumentYear
from akimat_desk.budget.drafts.cells import LineKey, Stamp
from akimat_desk.budget.drafts.copying import SourceLine, source_lines
from akimat_desk.budget.drafts.edits import Edit, work_out
from akimat_desk.budget.drafts.kept_steps import Deed, Way, forget_steps, keep_deed
from akimat_desk.budget.drafts.patches import Patch
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.drafts.steps import Step
from akimat_desk.budget.drafts.store import now, read_sheet, write_patch
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.places.service import unit_by_id
from akimat_desk.storage.workspace import Actor, Workspace

#: A budget is adopted for three years (Budget Code art. 89).
YEARS = 3
_FIRST, _LAST = 2000, 2100


def new_draft(
    workspace: Workspace, actor: Actor, unit_id: int, first_year: int, *, language: Language = Language.KK
) -> int:
    """Begin the decision on a budget for ``first_year`` and the two years after it; returns its id.

    Raises UsageProblem for an unknown unit or a year that is none, RuleBroken where the budget of that
    year is adopted already: then it is amended.
    """
    if not _FIRST <= first_year <= _LAST:
        raise UsageProblem("error.draft.year", year=first_year)
    with workspace.changing(actor, "draft.begun", year=first_year) as change:
        unit_by_id(change.session, unit_id)
        if base_of(change.session, unit_id, first_year, None) is not None:
            raise RuleBroken("error.draft.adopted", year=first_year)
        document = BudgetDocument(
            unit_id=unit_id,
            kind=DecisionKind.DECISION.value,
            state=DocumentState.DRAFT.value,
            first_year=first_year,
            language=language.value,
            created_at=dt.datetime.now(dt.UTC),
            created_by=actor.name,
        )
        document.years = [
            BudgetDocumentYear(year=first_year + number, annex=number + 1) for number in range(YEARS)
        ]
        change.session.add(document)
        change.session.flush()
        change.touch("budget_document", document.id)
        return document.id


def open_draft(session: Session, document_id: int) -> DraftSheet:
    """A document as a sheet (a confirmed one too: it can be looked at, not changed).

    Raises UsageProblem for an unknown document.
    """
    document = document_by_id(session, document_id)
    unit = unit_by_id(session, document.unit_id)
    return read_sheet(document, unit.name.text(Language(document.language)))


def apply_edit(workspace: Workspace, actor: Actor, document_id: int, edit: Edit) -> Step:
    """Do one edit to a stored draft; returns the step done, whose ``inverse()`` takes it back.

    Raises UsageProblem for an unknown document or a line that is not there, RuleBroken for a
    confirmed one.
    """
    with workspace.reading() as session:
        sheet = open_draft(session, document_id)
    stamp = Stamp(actor.name, now())
    step = work_out(sheet, edit, stamp)
    if step.changes:
        save(workspace, actor, sheet.apply(step, stamp), Deed(Way.DONE, step))
    return step


def apply_step(workspace: Workspace, actor: Actor, document_id: int, step: Step) -> None:
    """Do a step worked out before, such as the inverse of one. Raises like :func:`apply_edit`."""
    with workspace.reading() as session:
        sheet = open_draft(session, document_id)
    save(workspace, actor, sheet.apply(step, Stamp(actor.name, now())))


def save(workspace: Workspace, actor: Actor, patch: Patch, deed: Deed | None = None) -> None:
    """Write one edit that was made on a sheet; ``deed`` is kept, for undo to take it back.

    Without a deed what was kept is forgotten: nobody could tell how to take this edit back.

    Raises RuleBroken for a confirmed document and where the stored draft is not the one that was
    edited (it was changed elsewhere meanwhile); the sheet is to be opened again then.
    """
    years = sorted({row.year for row in patch.rows})
    fields: dict[str, object] = {"edit": patch.name.key, "years": years, "rows": len(patch.rows)}
    with workspace.changing(actor, "draft.edited", **fields) as change:
        document = document_by_id(change.session, patch.document_id)
        if document.state != DocumentState.DRAFT:
            raise RuleBroken("error.decision.already_confirmed")
        if document.revision != patch.revision:
            raise RuleBroken("error.draft.changed_elsewhere")
        write_patch(change.session, document, patch)
        if deed is not None:
            keep_deed(change.session, document.id, deed)
        else:
            forget_steps(change.session, document.id)
        change.touch("budget_document", document.id)


def lines_of_year(session: Session, unit_id: int, year: int) -> tuple[SourceLine, ...]:
    """The innermost lines of the budget that answers for a year, to be copied from.

    Raises UsageProblem when nothing answers.
    """
    return source_lines(budget_as_of(session, unit_id, year).lines)


def amounts_before(session: Session, document_id: int) -> dict[LineKey, tuple[int | None, ...]] | None:
    """The amounts of the edition that a draft changes, by line, in the order of the draft's years.

    None for a draft that changes none. Raises UsageProblem for an unknown document.
    """
    document = document_by_id(session, document_id)
    if document.based_on_id is None:
        return None
    before = open_draft(session, document.based_on_id)
    years = [row.year for row in document.years]
    places = [before.years.index(year) if year in before.years else None for year in years]
    return {
        node.key: tuple(node.value(place) if place is not None else None for place in places)
        for node in before.nodes()
    }

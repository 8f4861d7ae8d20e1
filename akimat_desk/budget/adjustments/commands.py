"""What can be done with adjustments: draft, describe, confirm, delete a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.questions import view_of
from akimat_desk.budget.adjustments.rules import ground_of
from akimat_desk.budget.adjustments.store import adjustment_by_id, write_lines
from akimat_desk.budget.adjustments.tables import AdjustmentDocument
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.periods.closing import refuse_closed
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.errors import RuleBroken
from akimat_desk.core.findings import Severity
from akimat_desk.places.service import unit_by_id
from akimat_desk.storage.workspace import Actor, Workspace


def draft_adjustment(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    year: int,
    ground: str,
    lines: Sequence[AdjustedLine] = (),
    *,
    number: str = "",
    date: dt.date | None = None,
    basis: Basis | None = None,
) -> int:
    """Make a draft of the akim's decision on an adjustment. Returns its id.

    Raises UsageProblem for an unknown ground or unit, RuleBroken for a closed year.
    """
    ground_of(ground)
    with workspace.changing(actor, "adjustment.drafted", year=year, ground=ground) as change:
        session = change.session
        unit_by_id(session, unit_id)
        refuse_closed(session, unit_id, year)
        row = AdjustmentDocument(
            unit_id=unit_id,
            year=year,
            ground=ground,
            state=DocumentState.DRAFT.value,
            number=number.strip(),
            date=date,
            reason="",
            created_at=dt.datetime.now(dt.UTC),
            created_by=actor.name,
        )
        _put_basis(row, basis or Basis())
        write_lines(row, lines)
        session.add(row)
        session.flush()
        change.touch("adjustment", row.id)
        return row.id


def change_draft(
    workspace: Workspace,
    actor: Actor,
    document_id: int,
    *,
    ground: str | None = None,
    lines: Sequence[AdjustedLine] | None = None,
    number: str | None = None,
    date: dt.date | None = None,
    basis: Basis | None = None,
) -> None:
    """Change what a draft says; what is None stays. Raises RuleBroken for a confirmed one."""
    with workspace.changing(actor, "adjustment.changed") as change:
        row = _draft(change.session, document_id)
        if ground is not None:
            row.ground = ground_of(ground).id
        if number is not None:
            row.number = number.strip()
        if date is not None:
            row.date = date
        if basis is not None:
            _put_basis(row, basis)
        if lines is not None:
            row.lines = []
            change.session.flush()  # the positions come again
            write_lines(row, lines)
        change.touch("adjustment", document_id)


def confirm_adjustment(workspace: Workspace, actor: Actor, document_id: int, reason: str = "") -> None:
    """Confirm a draft: from its day on it is in the adjusted budget.

    A decision that was adopted with what the law forbids is confirmed with a reason that is kept.
    Raises RuleBroken: confirmed already, no day, a closed month, errors without a reason.
    """
    with workspace.changing(actor, "adjustment.confirmed") as change:
        session = change.session
        row = _draft(session, document_id)
        if row.date is None:
            raise RuleBroken("error.adjustment.no_date")
        refuse_closed(session, row.unit_id, row.year, row.date.month)
        errors = sum(f.severity is Severity.ERROR for f in view_of(session, row).findings)
        if errors and not reason.strip():
            raise RuleBroken("error.adjustment.reason_needed", count=errors)
        row.state = DocumentState.CONFIRMED.value
        row.reason = reason.strip()
        row.confirmed_at = dt.datetime.now(dt.UTC)
        row.confirmed_by = actor.name
        change.touch("adjustment", document_id)


def delete_draft(workspace: Workspace, actor: Actor, document_id: int) -> None:
    """Delete a draft. Raises RuleBroken for a confirmed one."""
    with workspace.changing(actor, "adjustment.draft_deleted") as change:
        change.session.delete(_draft(change.session, document_id))
        change.touch("adjustment", document_id)


def _draft(session: Session, document_id: int) -> AdjustmentDocument:
    row = adjustment_by_id(session, document_id)
    if row.state != DocumentState.DRAFT:
        raise RuleBroken("error.adjustment.confirmed")
    return row


def _put_basis(row: AdjustmentDocument, basis: Basis) -> None:
    row.basis_kind, row.basis_number = basis.kind, basis.number.strip()
    row.basis_date, row.basis_id = basis.date, basis.id

"""Asking and keeping what agreed a budget document. The meetings write it, the budget only shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.bases.tables import BudgetBasis
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.storage.changes import Change


@dataclass(frozen=True, slots=True)
class BasisView:
    """Minutes that dealt with a document. ``agreed`` None: put on the agenda, not decided yet."""

    document_id: int
    kind: str
    source_id: int
    meeting_id: int
    number: str
    date: dt.date
    item: int
    topic: str
    agreed: bool | None


def bases_of(session: Session, document_id: int) -> list[BasisView]:
    """Every meeting that dealt with a document, in the order of days."""
    rows = session.scalars(
        select(BudgetBasis)
        .where(BudgetBasis.document_id == document_id)
        .order_by(BudgetBasis.date, BudgetBasis.id)
    )
    return [_view(row) for row in rows]


def basis_findings(session: Session, document_id: int) -> list[Finding]:
    """A warning where no assembly's minutes agree the document; nothing where they do.

    Raises UsageProblem for an unknown document.
    """
    document = document_by_id(session, document_id)
    bases = [each for each in bases_of(session, document_id) if each.kind == "assembly"]
    if any(each.agreed for each in bases):
        return []
    if not document.number:
        refused = any(each.agreed is False for each in bases)
        code = "basis.refused_unnamed" if refused else "basis.missing_unnamed"
        return [Finding(code, Severity.WARNING, source="source.law148.39_3_3_1_1")]
    fields: dict[str, object] = {"number": document.number}
    if any(each.agreed is False for each in bases):
        return [Finding("basis.refused", Severity.WARNING, fields, source="source.law148.39_3_3_1_1")]
    return [Finding("basis.missing", Severity.WARNING, fields, source="source.law148.39_3_3_1_1")]


def keep_basis(change: Change, basis: BasisView) -> None:
    """Keep what a meeting's item says of a document; the same item again replaces it."""
    session = change.session
    row = _row(session, basis.kind, basis.source_id)
    if row is None:
        row = BudgetBasis(kind=basis.kind, source_id=basis.source_id)
        session.add(row)
    elif row.document_id != basis.document_id:
        change.touch("budget_document", row.document_id)
    row.document_id, row.meeting_id, row.number = basis.document_id, basis.meeting_id, basis.number
    row.date, row.item, row.topic, row.agreed = basis.date, basis.item, basis.topic, basis.agreed
    session.flush()
    change.touch("budget_document", basis.document_id)


def drop_basis(change: Change, kind: str, source_id: int) -> None:
    """Forget what an item said: it was taken off the agenda or speaks of no document any more."""
    row = _row(change.session, kind, source_id)
    if row is not None:
        change.touch("budget_document", row.document_id)
        change.session.delete(row)
        change.session.flush()


def _row(session: Session, kind: str, source_id: int) -> BudgetBasis | None:
    return session.scalar(
        select(BudgetBasis).where(BudgetBasis.kind == kind, BudgetBasis.source_id == source_id)
    )


def _view(row: BudgetBasis) -> BasisView:
    return BasisView(
        row.document_id,
        row.kind,
        row.source_id,
        row.meeting_id,
        row.number,
        row.date,
        row.item,
        row.topic,
        row.agreed,
    )

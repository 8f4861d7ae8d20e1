"""What is known of one decision as a document: its words, who confirmed it, the file it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.bases.service import BasisView, bases_of, basis_findings
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.findings import Finding
from akimat_desk.storage.tables import Attachment


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file a decision was read from, kept in the workspace; ``size`` in bytes."""

    attachment_id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction of a confirmed decision: what stood before it, who made it when (UTC), and why."""

    number: str
    date: dt.date | None
    effective_date: dt.date | None
    session: str
    reason: str
    at: dt.datetime
    by: str


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """A decision as a document. Times are UTC; ``confirmed_*`` are None and "" for a draft."""

    id: int
    unit_id: int
    kind: DecisionKind
    state: DocumentState
    number: str
    date: dt.date | None
    session: str
    effective_date: dt.date | None
    title: str
    created_at: dt.datetime
    created_by: str
    confirmed_at: dt.datetime | None
    confirmed_by: str
    reason: str
    source: SourceFile | None
    #: Meetings that dealt with it, and a warning where no assembly's minutes agree it.
    bases: tuple[BasisView, ...] = ()
    unagreed: tuple[Finding, ...] = ()
    #: What was corrected of a confirmed decision's number and dates, oldest first.
    corrections: tuple[CorrectionView, ...] = ()


def document_details(session: Session, document_id: int) -> DocumentDetails:
    """Everything but the figures. Raises UsageProblem for an unknown document."""
    document = document_by_id(session, document_id)
    return DocumentDetails(
        id=document.id,
        unit_id=document.unit_id,
        kind=DecisionKind(document.kind),
        state=DocumentState(document.state),
        number=document.number,
        date=document.date,
        session=document.session,
        effective_date=document.effective_date,
        title=document.title,
        created_at=document.created_at,
        created_by=document.created_by,
        confirmed_at=document.confirmed_at,
        confirmed_by=document.confirmed_by or "",
        reason=document.reason,
        source=source_of(session, document.attachment_id),
        bases=tuple(bases_of(session, document_id)),
        unagreed=tuple(basis_findings(session, document_id)),
        corrections=tuple(
            CorrectionView(
                row.number,
                row.date,
                row.effective_date,
                row.session,
                row.reason,
                row.corrected_at,
                row.corrected_by,
            )
            for row in document.corrections
        ),
    )


def source_of(session: Session, attachment_id: int | None) -> SourceFile | None:
    """The file behind an attachment; None where there is none."""
    if attachment_id is None:
        return None
    # Name and size only: the content may be tens of megabytes.
    row = session.execute(
        select(Attachment.id, Attachment.name, Attachment.size).where(Attachment.id == attachment_id)
    ).one_or_none()
    return SourceFile(row.id, row.name, row.size) if row is not None else None

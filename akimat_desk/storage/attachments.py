"""Original files kept inside the workspace, each content once, found by its SHA-256."""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.core.errors import EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.storage.changes import Change
from akimat_desk.storage.tables import Attachment

#: A decision's file is a few hundred kilobytes; beyond this it does not belong in a budget's file.
LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """What is known of a kept file without its content."""

    id: int
    name: str
    media_kind: str
    size: int
    sha256: str
    added_at: dt.datetime


def keep_attachment(change: Change, name: str, data: bytes) -> int:
    """Keep a file; the same content is kept once, under its first name. Returns its id.

    Raises InputRefused for a file over LARGEST.
    """
    if len(data) > LARGEST:
        raise InputRefused("error.storage.attachment_too_big", name=name, limit=LARGEST // 2**20)
    session = change.session
    sha256 = hashlib.sha256(data).hexdigest()
    known = session.scalar(select(Attachment.id).where(Attachment.sha256 == sha256))
    if known is not None:
        return known
    kept = Attachment(
        sha256=sha256,
        name=name[:255],
        media_kind=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(data),
        added_at=dt.datetime.now(dt.UTC),
        data=data,
    )
    session.add(kept)
    session.flush()
    change.touch("attachment", kept.id)
    return kept.id


def attachments(session: Session) -> list[AttachmentView]:
    """Every kept file, in the order of keeping."""
    return [_view(row) for row in session.scalars(select(Attachment).order_by(Attachment.id))]


def attachment(session: Session, attachment_id: int) -> tuple[AttachmentView, bytes]:
    """A kept file and its content, checked against its hash.

    Raises UsageProblem for an unknown one, EnvironmentProblem for one that has rotted.
    """
    row = session.get(Attachment, attachment_id)
    if row is None:
        raise UsageProblem("error.storage.no_attachment", number=attachment_id)
    if not _is_sound(row.sha256, row.size, row.data):
        raise EnvironmentProblem("error.storage.attachment_damaged", name=row.name)
    return _view(row), row.data


def attachment_findings(session: Session) -> list[Finding]:
    """Kept files whose content no longer has the hash it came with."""
    findings = []
    rows = session.execute(
        select(Attachment.id, Attachment.name, Attachment.sha256, Attachment.size, Attachment.data)
        .order_by(Attachment.id)
        .execution_options(yield_per=1)
    )
    for row in rows:
        if not _is_sound(row.sha256, row.size, row.data):
            fields = {"name": row.name}
            findings.append(Finding("storage.attachment", Severity.ERROR, fields, where=Place(text=row.name)))
    return findings


def _is_sound(sha256: str, size: int, data: bytes) -> bool:
    return len(data) == size and hashlib.sha256(data).hexdigest() == sha256


def _view(row: Attachment) -> AttachmentView:
    return AttachmentView(row.id, row.name, row.media_kind, row.size, row.sha256, row.added_at)

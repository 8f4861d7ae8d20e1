"""The journal: one row per change, chained by SHA-256, so that a later edit shows.

The chain is tamper-evident, not tamper-proof: who owns the file can compute a whole new chain.
Only a head hash that left the file (printed on a report, sent in a package) anchors it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk import __version__
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.storage.changes import Change
from akimat_desk.storage.tables import ActorRow, JournalEntry

if TYPE_CHECKING:
    from akimat_desk.storage.workspace import Workspace

#: What stands before the first row.
ORIGIN = "0" * 64
# A person who does not know why the chain broke is helped by the first few places, not by thousands.
_MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class JournalView:
    """A row of the journal as shown to a person. ``actor`` is "" where the name was removed."""

    id: int
    at: dt.datetime
    actor: str
    action: str
    fields: Mapping[str, object]
    touched: tuple[tuple[str, int], ...]
    program: str
    hash: str


def canonical(value: object) -> str:
    """JSON in one form only: sorted keys, no spaces. TypeError for floats and unknown types."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, str | int):  # bool is an int
        return value
    if isinstance(value, dt.date):  # datetime is a date
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        parts = [_plain(part) for part in value]
        return sorted(parts, key=repr) if isinstance(value, set | frozenset) else parts
    raise TypeError(f"the journal cannot hold a {type(value).__name__}")


def append(change: Change) -> int:
    """Write the change's row at the end of the chain, in the change's own transaction; its number."""
    session = change.session
    last, before = head(session)
    number = last + 1
    actor = _actor_row(session, change.actor.name)
    entry = JournalEntry(
        id=number,
        at=dt.datetime.now(dt.UTC),
        actor_id=actor.id,
        action=change.action,
        fields=canonical(change.fields),
        touched=canonical(change.touched),
        program=__version__,
        prev_hash=before,
    )
    entry.hash = _row_hash(
        number, entry.at, actor.digest, entry.action, entry.fields, entry.touched, __version__, before
    )
    session.add(entry)
    session.flush()
    return number


def _actor_row(session: Session, name: str) -> ActorRow:
    known = session.scalar(select(ActorRow).where(ActorRow.name == name))
    if known is not None:
        return known
    salt = secrets.token_hex(16)
    made = ActorRow(name=name, salt=salt, digest=_actor_digest(salt, name))
    session.add(made)
    session.flush()
    return made


def _actor_digest(salt: str, name: str) -> str:
    return hashlib.sha256(f"{salt}|{name}".encode()).hexdigest()


def _row_hash(
    number: int,
    at: dt.datetime,
    actor: str,
    action: str,
    fields: str,
    touched: str,
    program: str,
    before: str,
) -> str:
    moment = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    content = canonical([before, number, moment, actor, action, fields, touched, program])
    return hashlib.sha256(content.encode()).hexdigest()


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the last row; ``(0, ORIGIN)`` of an empty journal."""
    last = session.execute(
        select(JournalEntry.id, JournalEntry.hash).order_by(JournalEntry.id.desc()).limit(1)
    ).first()
    return (last.id, last.hash) if last else (0, ORIGIN)


def entries(session: Session, newest: int = 100) -> list[JournalView]:
    """The newest rows, newest first."""
    rows = session.execute(
        select(JournalEntry, ActorRow.name)
        .join(ActorRow, ActorRow.id == JournalEntry.actor_id)
        .order_by(JournalEntry.id.desc())
        .limit(newest)
    )
    return [
        JournalView(
            id=entry.id,
            at=entry.at,
            actor=name or "",
            action=entry.action,
            fields=json.loads(entry.fields),
            touched=tuple((kind, number) for kind, number in json.loads(entry.touched)),
            program=entry.program,
            hash=entry.hash,
        )
        for entry, name in rows
    ]


def verify_journal(workspace: Workspace) -> list[Finding]:
    """Follow the chain from its first row; what does not fit is a finding."""
    with workspace.reading() as session:
        return chain_findings(session)


def chain_findings(session: Session) -> list[Finding]:
    """The same for a session: broken links, altered rows, altered names, a clock set back."""
    findings = _actor_findings(session)
    table = JournalEntry.__table__
    rows = session.execute(
        select(*table.columns, ActorRow.digest)
        .join(ActorRow, ActorRow.id == JournalEntry.actor_id, isouter=True)
        .order_by(JournalEntry.id)
        .execution_options(yield_per=2000)
    )
    before, expected, latest = ORIGIN, 1, None
    for row in rows:
        sound = (
            row.id == expected
            and row.prev_hash == before
            and row.hash
            == _row_hash(
                row.id, row.at, row.digest, row.action, row.fields, row.touched, row.program, row.prev_hash
            )
        )
        if not sound:
            findings.append(_finding("journal.broken", Severity.ERROR, row.id))
        if latest is not None and row.at < latest:
            findings.append(_finding("journal.clock_back", Severity.WARNING, row.id))
        if len(findings) >= _MOST_FINDINGS:
            break
        before, expected = row.hash, row.id + 1
        latest = row.at if latest is None else max(latest, row.at)
    return findings


def _actor_findings(session: Session) -> list[Finding]:
    return [
        _finding("journal.actor_changed", Severity.ERROR, actor.id)
        for actor in session.scalars(select(ActorRow))
        if actor.name is not None and _actor_digest(actor.salt, actor.name) != actor.digest
    ]


def _finding(code: str, severity: Severity, number: int) -> Finding:
    return Finding(code, severity, {"number": number}, where=Place(row=number))

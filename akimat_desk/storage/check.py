"""Everything that can be checked about a workspace as a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from akimat_desk.core.findings import Finding, Severity, by_weight
from akimat_desk.storage.attachments import attachment_findings
from akimat_desk.storage.journal import chain_findings
from akimat_desk.storage.problems import storage_problem
from akimat_desk.storage.row_digests import digest_findings

if TYPE_CHECKING:
    from akimat_desk.storage.workspace import Workspace

Check = Callable[[Session], list[Finding]]


def check_workspace(workspace: Workspace, further: Iterable[Check] = ()) -> list[Finding]:
    """Structure, references, layout, journal and kept files, then the ``further`` checks of other rooms.

    A file too damaged to be read further says so in a finding; errors come first.
    """
    with workspace.reading() as session:
        findings = file_findings(session)
        findings += _guarded(session, layout_findings)
        for check in further:
            findings += _guarded(session, check, own=False)
    return by_weight(_said_once(findings))


def file_findings(session: Session) -> list[Finding]:
    """What makes a file unfit to be copied over a good one, and what has rotted inside it."""
    findings: list[Finding] = []
    for check in (structure_findings, digest_findings, chain_findings, attachment_findings):
        findings += _guarded(session, check)
    return _said_once(findings)


def is_sound(session: Session) -> bool:
    """Whether the structure holds: what a copy must be before it is believed."""
    return not _guarded(session, structure_findings)


def structure_findings(session: Session) -> list[Finding]:
    """SQLite's own check of its pages and indexes, and of references to rows that are not there.

    A server looks after its own pages and lets no reference go: there is nothing to ask it.
    """
    findings: list[Finding] = []
    if session.connection().dialect.name != "sqlite":
        return findings
    said = [row[0] for row in session.execute(text("PRAGMA integrity_check(20)"))]
    if said != ["ok"]:
        findings.append(_damaged())
    lost = session.execute(text("PRAGMA foreign_key_check")).fetchall()
    tables = sorted({row[0] for row in lost})
    findings += [
        Finding(
            "storage.lost_reference",
            Severity.ERROR,
            {"table": table, "count": sum(row[0] == table for row in lost)},
        )
        for table in tables
    ]
    return findings


def layout_findings(session: Session) -> list[Finding]:
    """Whether the tables are those this program makes; costs Alembic's import."""
    from akimat_desk.storage.schema import expected_layout, layout_of

    if session.connection().dialect.name != "sqlite":
        from akimat_desk.storage.server.layout import server_layout_differs

        names = server_layout_differs(session.connection())
        return [Finding("storage.layout", Severity.ERROR, {"names": ", ".join(names)})] if names else []
    raw = session.connection().connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    found, expected = set(layout_of(raw)), set(expected_layout())
    names = sorted({entry[1] for entry in found ^ expected})
    return [Finding("storage.layout", Severity.ERROR, {"names": ", ".join(names)})] if names else []


def _guarded(session: Session, check: Check, *, own: bool = True) -> list[Finding]:
    try:
        return check(session)
    except (DBAPIError, sqlite3.Error, ValueError, TypeError) as error:
        # Our own checks meet a flipped bit as a missing column, a date that is none, text that is no
        # UTF-8. In another room's check only what SQLite calls damage is damage: the rest is a fault.
        if own or storage_problem(error, Path()) is not None:
            return [_damaged()]
        raise


def _said_once(findings: list[Finding]) -> list[Finding]:
    """One damaged page is met by every check: it is one finding."""
    unique: list[Finding] = []
    for finding in findings:
        if finding not in unique:
            unique.append(finding)
    return unique


def _damaged() -> Finding:
    return Finding("storage.damaged", Severity.ERROR)

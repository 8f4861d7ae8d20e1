"""Making a new workspace file and bringing an older one to today's layout.

An older file is never altered in place: a verified copy is put into the backups, another copy is
upgraded and checked, and only then takes the file's name in one step. Whatever fails before that
leaves the original as it was.
"""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from akimat_desk import __version__
from akimat_desk.core.errors import AkimatError, EnvironmentProblem
from akimat_desk.core.files import as_problem
from akimat_desk.storage import row_digests, schema
from akimat_desk.storage.backup import keep_before_upgrade
from akimat_desk.storage.changes import Actor, Change
from akimat_desk.storage.check import layout_findings, structure_findings
from akimat_desk.storage.copies import (
    beside,
    copy_verified,
    drop_side_files,
    has_log,
    problems_in_words,
    put_in_place,
    session_on,
)
from akimat_desk.storage.engine import WRITES, connect, make_engine, settle
from akimat_desk.storage.journal import append, chain_findings
from akimat_desk.storage.tables import WorkspaceInfo


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was done to an older file: its former revision and the copy kept of it."""

    from_revision: str
    backup: Path


def make_new(path: Path, actor: Actor) -> None:
    """Make an empty workspace at ``path``, which must not exist yet. Raises EnvironmentProblem."""
    with problems_in_words(path), beside(path) as made:
        try:
            made.touch(exist_ok=False)
            migrate_file(made)
            with session_on(made, writable=True) as session:
                first_rows(session, actor)
                session.commit()
            hash_rows(made)
            settle(made)
            put_in_place(made, path)
        except OSError as error:
            raise as_problem(error, path) from error


def upgrade(path: Path, revision: str, actor: Actor) -> Upgraded:
    """Bring a closed, locked, older workspace to today's layout.

    Raises EnvironmentProblem, with the original untouched and the copy's name in the sentence.
    """
    kept = keep_before_upgrade(path)
    try:
        with beside(path) as copy:
            upgraded_copy(path, copy, revision, actor)
            settle(path)
            if has_log(path):  # somebody still reads an earlier state
                raise EnvironmentProblem("error.storage.busy", path=str(path))
            drop_side_files(path)
            put_in_place(copy, path)
    except AkimatError:
        raise
    except Exception as error:
        raise EnvironmentProblem("error.storage.upgrade_failed", path=str(path), copy=str(kept)) from error
    return Upgraded(revision, kept)


def upgraded_copy(path: Path, copy: Path, revision: str, actor: Actor) -> None:
    """Make ``copy`` what ``path`` would be after an upgrade, checked in every way we know.

    Raises RuntimeError when the result is not sound.
    """
    copy_verified(path, copy, seal=False)
    migrate_file(copy)
    with session_on(copy, writable=True) as session:
        note_upgrade(session, actor, revision)
        session.commit()
    hash_rows(copy)
    settle(copy)
    _must_be_sound(copy)


def first_rows(session: Session, actor: Actor) -> None:
    """What stands in a new workspace, on any engine: what it is, and the first row of its journal."""
    info = WorkspaceInfo(
        id=1,
        uuid=str(uuid.uuid4()),
        format=schema.FORMAT,
        created_at=dt.datetime.now(dt.UTC),
        created_by=__version__,
        written_by=__version__,
    )
    session.add(info)
    append(Change(session, actor, "workspace.created"))


def note_upgrade(session: Session, actor: Actor, revision: str) -> None:
    """Say in the workspace itself that it was brought from ``revision`` to today's layout."""
    info = session.get_one(WorkspaceInfo, 1)
    info.format = schema.FORMAT
    info.written_by = __version__
    change = Change(session, actor, "workspace.upgraded")
    change.fields.update(from_revision=revision, to_revision=schema.HEAD)
    append(change)


def hash_rows(path: Path) -> None:
    """Hash every row of a file that was filled past the door."""
    with closing(connect(path, writable=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        row_digests.make_all(connection)
        connection.execute("COMMIT")


def _must_be_sound(path: Path) -> None:
    with session_on(path) as session:
        for check in (structure_findings, layout_findings, chain_findings):
            findings = check(session)
            if findings:
                raise RuntimeError(f"the upgraded copy is not sound: {findings[0].code}")


def migrate_file(path: Path, revision: str = "head") -> None:
    """Run the steps up to ``revision`` on a file that nobody else uses."""
    # Foreign keys off: a step may rebuild a table that others refer to. They are checked afterwards.
    engine = make_engine(path, writable=True, foreign_keys=False)
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            schema.migrate(connection, revision)
            connection.execute(text(f"PRAGMA application_id={schema.APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version={schema.FORMAT}"))
    finally:
        engine.dispose()

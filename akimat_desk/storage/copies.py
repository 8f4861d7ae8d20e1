"""Copying a workspace file so that the copy is known to be the same, and putting files in place."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from akimat_desk import __version__
from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.storage.check import is_sound
from akimat_desk.storage.digest import content_digest
from akimat_desk.storage.engine import WRITES, connect, make_engine
from akimat_desk.storage.problems import storage_problem

SIDE_FILES = ("-wal", "-shm", "-journal")


@contextmanager
def problems_in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about ``path`` into sentences; a fault of ours passes."""
    try:
        yield
    except Exception as error:
        problem = storage_problem(error, path)
        if problem is None:
            raise
        raise problem from error


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A hidden name in the folder of ``path`` for making its next version; removed when left there."""
    temporary = path.with_name(f".{path.stem}.{secrets.token_hex(4)}.akimat")
    try:
        yield temporary
    finally:
        for suffix in ("", *SIDE_FILES):
            with contextlib.suppress(OSError):
                side(temporary, suffix).unlink()


def side(path: Path, suffix: str) -> Path:
    """The file that SQLite keeps beside ``path`` under ``suffix``."""
    return path.with_name(path.name + suffix)


def has_log(path: Path) -> bool:
    """Whether a write-ahead log with content lies beside ``path``."""
    try:
        return side(path, "-wal").stat().st_size > 0
    except OSError:
        return False


def drop_side_files(path: Path) -> None:
    """Remove what SQLite left beside ``path``: a new file put there must not meet an old log."""
    for suffix in SIDE_FILES:
        side(path, suffix).unlink(missing_ok=True)


def copy_verified(source: Path, target: Path, *, seal: bool) -> str:
    """Copy one consistent state of ``source`` (open or not) to a new file; returns the content digest.

    The copy is opened again and must be sound and have the digest of the original; with ``seal`` it
    carries that digest. Raises EnvironmentProblem: damaged, disk full, no rights.
    """
    with problems_in_words(source), closing(connect(source, writable=False)) as original:
        original.execute("BEGIN")  # the digest and the copy are of the same state
        digest = content_digest(original)
        with problems_in_words(target), closing(sqlite3.connect(target, isolation_level=None)) as made:
            original.backup(made)
            # One file without a log: it can be carried anywhere and opened where nothing may be written.
            made.execute("PRAGMA journal_mode=DELETE")
            made.execute("DELETE FROM backup_seals")
            if seal:
                write_seal(made, digest)
    with problems_in_words(source):
        if not is_same(target, digest):
            raise EnvironmentProblem("error.storage.damaged", path=str(source))
    return digest


def is_same(path: Path, digest: str) -> bool:
    """Whether the file is sound in structure and its content has this digest."""
    with closing(connect(path, writable=False)) as connection:
        if content_digest(connection) != digest:
            return False
    with session_on(path) as session:
        return is_sound(session)


@contextmanager
def session_on(path: Path, *, writable: bool = False) -> Iterator[Session]:
    """A session on a file that nobody else uses, for making or checking it; never commits by itself."""
    engine = make_engine(path, writable=writable, watched=writable)
    try:
        with Session(engine.execution_options(**{WRITES: writable}), expire_on_commit=False) as session:
            yield session
    finally:
        engine.dispose()


def write_seal(connection: sqlite3.Connection, digest: str) -> None:
    """Put the digest of its content into a copy."""
    made_at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")  # as SQLAlchemy stores moments
    connection.execute(
        "INSERT INTO backup_seals (made_at, digest, program) VALUES (?, ?, ?)", (made_at, digest, __version__)
    )


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes. Never of an open workspace: closing the file would drop its locks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def put_in_place(temporary: Path, path: Path) -> None:
    """Force ``temporary`` to the disk and make it ``path`` in one step. Raises OSError."""
    with temporary.open("rb+") as stream:
        os.fsync(stream.fileno())
    temporary.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

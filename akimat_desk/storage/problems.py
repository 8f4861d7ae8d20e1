"""SQLite's errors as sentences that say what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from akimat_desk.core.errors import AkimatError, EnvironmentProblem, InputRefused

_PRIMARY = {
    sqlite3.SQLITE_FULL: "error.file.disk_full",
    sqlite3.SQLITE_IOERR: "error.storage.disk_trouble",
    sqlite3.SQLITE_READONLY: "error.file.no_rights",
    sqlite3.SQLITE_PERM: "error.file.no_rights",
    sqlite3.SQLITE_AUTH: "error.file.no_rights",
    sqlite3.SQLITE_CANTOPEN: "error.storage.cannot_open",
    sqlite3.SQLITE_CORRUPT: "error.storage.damaged",
    sqlite3.SQLITE_NOTADB: "error.storage.not_akimat",
    sqlite3.SQLITE_BUSY: "error.storage.busy",
    sqlite3.SQLITE_LOCKED: "error.storage.busy",
    sqlite3.SQLITE_TOOBIG: "error.storage.too_big",
}
_EXTENDED = {
    sqlite3.SQLITE_READONLY_DBMOVED: "error.storage.moved",
    sqlite3.SQLITE_IOERR_WRITE: "error.storage.cannot_write",
    sqlite3.SQLITE_IOERR_FSYNC: "error.storage.cannot_write",
    sqlite3.SQLITE_IOERR_TRUNCATE: "error.storage.cannot_write",
    sqlite3.SQLITE_IOERR_SHMSIZE: "error.storage.cannot_write",
}


def storage_problem(error: BaseException, path: Path) -> AkimatError | None:
    """The problem of the surroundings that ``error`` speaks of; None when it is a fault of ours.

    Takes sqlite3's errors and SQLAlchemy's around them.
    """
    original = getattr(error, "orig", None) or error
    # Text that is no text any more, in a row or in SQLite's own words about the schema.
    if isinstance(original, UnicodeDecodeError) or "decode to UTF-8" in str(original):
        return EnvironmentProblem("error.storage.damaged", path=str(path))
    code = getattr(original, "sqlite_errorcode", None)
    if not isinstance(original, sqlite3.Error) or code is None:
        return None
    key = _EXTENDED.get(code) or _PRIMARY.get(code & 0xFF)
    if key is None:
        return None
    family = InputRefused if code == sqlite3.SQLITE_NOTADB else EnvironmentProblem
    return family(key, path=str(path))

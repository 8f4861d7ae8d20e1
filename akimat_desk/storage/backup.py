"""Copies that are known to be good, and going back to one.

A copy is made of one consistent state, opened again, checked, and sealed with a digest of its
content; that seal is what a restore believes. Old copies are thinned only after a new one proved
good, so a damaged workspace never pushes good copies out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.core.errors import EnvironmentProblem, InputRefused, UsageProblem
from akimat_desk.core.files import as_problem, make_folder, write_atomically
from akimat_desk.core.findings import Finding, has_errors
from akimat_desk.storage import drives, row_digests, schema
from akimat_desk.storage.changes import DEFAULT_ACTOR, Actor, Change
from akimat_desk.storage.check import file_findings
from akimat_desk.storage.copies import (
    SIDE_FILES,
    beside,
    copy_verified,
    drop_side_files,
    file_hash,
    problems_in_words,
    put_in_place,
    session_on,
    side,
)
from akimat_desk.storage.engine import connect, settle
from akimat_desk.storage.journal import append
from akimat_desk.storage.locking import WorkspaceLock
from akimat_desk.storage.settings import BACKUP_FOLDER, get_setting
from akimat_desk.storage.thinning import to_remove

if TYPE_CHECKING:
    from akimat_desk.storage.workspace import Workspace

_STAMP = "%Y-%m-%d %H-%M-%S"


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A copy that was made and proved good. ``findings`` are about the workspace's own state."""

    path: Path
    digest: str
    size: int
    findings: tuple[Finding, ...] = ()
    thinned: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a sound copy says of itself. ``made_at`` and ``digest`` are None for an unsealed file."""

    path: Path
    stamp: schema.Stamp
    made_at: dt.datetime | None
    digest: str | None


def backup(workspace: Workspace, out: Path | None = None) -> BackupResult:
    """Make a verified copy: at ``out``, or among the automatic copies, which are then thinned.

    ``out`` may be a folder, a new name, or an older copy to be replaced. Raises EnvironmentProblem
    (the workspace is damaged, disk full, no rights), UsageProblem (``out`` is some other file).
    """
    folder = None if out is not None else copies_folder(workspace)
    if folder is not None:
        make_folder(folder)
    path = _free_name(folder, workspace.path) if folder else _explicit(out or Path(), workspace.path)
    # Built on this computer and then carried over as bytes: the place for it may be a stick or a share.
    with tempfile.TemporaryDirectory(prefix="akimat-") as name:
        copy = Path(name, "copy.akimat")
        digest = workspace.copy_to(copy)
        with session_on(copy) as session:
            findings = tuple(file_findings(session))
        _carry(copy, path)
    thinned = () if folder is None or has_errors(findings) else _thin(folder, workspace.path)
    return BackupResult(path, digest, path.stat().st_size, findings, thinned)


def keep_before_upgrade(path: Path) -> Path:
    """A verified, sealed copy of a closed workspace, outside the thinning. Returns where it lies."""
    target = place_for_upgrade_copy(path)
    with tempfile.TemporaryDirectory(prefix="akimat-") as name:
        copy = Path(name, "copy.akimat")
        copy_verified(path, copy, seal=True)
        _carry(copy, target)
    return target


def place_for_upgrade_copy(path: Path) -> Path:
    """A free name for the copy of an older layout, outside the thinning."""
    folder = _default_folder(path)
    make_folder(folder)
    return _free_name(folder, path, " before-upgrade")


def copies(path: Path, folder: Path | None = None) -> list[tuple[dt.datetime, Path]]:
    """The automatic copies of a workspace with their local times, newest first."""
    folder = folder or _default_folder(path)
    pattern = re.compile(re.escape(path.stem) + r" (\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)(?: \d+)?\.akimat")
    found = []
    with contextlib.suppress(OSError):
        for candidate in folder.iterdir():
            match = pattern.fullmatch(candidate.name)
            if match:
                with contextlib.suppress(ValueError):  # 2026-99-99
                    found.append((dt.datetime.strptime(match[1], _STAMP), candidate))
    return sorted(found, reverse=True)


def inspect_backup(path: Path) -> BackupInfo:
    """Open a copy, check it against its seal and its structure, and say what it is.

    Raises EnvironmentProblem (damaged, newer, not readable) or InputRefused (no workspace at all).
    """
    with tempfile.TemporaryDirectory(prefix="akimat-") as name:
        return _inspected(path, Path(name, "copy.akimat"))


def restore(backup: Path, path: Path, actor: Actor = DEFAULT_ACTOR) -> Path | None:
    """Put a verified copy in the place of ``path``; the old file is kept beside it under a new name.

    Returns that name, None where nothing was.
    Raises EnvironmentProblem: the copy is damaged or newer, the workspace is open, the drive is a
    network one; UsageProblem when both are the same file. In every such case nothing has changed.
    """
    backup, path = backup.resolve(), path.resolve()
    if backup == path:
        raise UsageProblem("error.storage.restore_same", path=str(path))
    if drives.on_network(path):
        raise EnvironmentProblem("error.storage.network", path=str(path))
    if path.is_dir():
        raise EnvironmentProblem("error.file.is_folder", path=str(path))
    if not path.parent.is_dir():
        raise EnvironmentProblem("error.file.not_found", path=str(path.parent))
    if not backup.is_file():
        raise EnvironmentProblem("error.file.not_found", path=str(backup))
    lock = WorkspaceLock(path)
    try:
        with problems_in_words(path), beside(path) as fresh:
            info = _inspected(backup, fresh)
            if info.stamp.revision == schema.HEAD:  # an older layout is journalled by its upgrade
                _note_restore(fresh, info, actor)
            settle(fresh)
            kept = _set_aside(path)
            put_in_place(fresh, path)
    except OSError as error:
        raise as_problem(error, path) from error
    finally:
        lock.release()
    return kept


def _inspected(path: Path, copy: Path) -> BackupInfo:
    """Check a backup on a copy of it, made at ``copy`` without its seal."""
    if not path.exists():
        raise EnvironmentProblem("error.file.not_found", path=str(path))
    if path.is_dir():
        raise EnvironmentProblem("error.file.is_folder", path=str(path))
    try:
        with closing(connect(path, writable=False)) as connection:
            stamp = schema.read_stamp(connection)
            if stamp.application_id != schema.APPLICATION_ID:
                raise InputRefused("error.storage.not_akimat", path=str(path))
            schema.refuse_newer(stamp, path)
            seal = connection.execute("SELECT made_at, digest FROM backup_seals").fetchone()
        digest = copy_verified(path, copy, seal=False)
    except (sqlite3.DatabaseError, EnvironmentProblem) as error:
        if isinstance(error, EnvironmentProblem) and error.message.key not in _DAMAGE:
            raise
        raise EnvironmentProblem("error.storage.backup_damaged", path=str(path)) from error
    if seal is not None and seal[1] != digest:
        raise EnvironmentProblem("error.storage.backup_damaged", path=str(path))
    if seal is None:
        return BackupInfo(path, stamp, None, None)
    made_at = dt.datetime.fromisoformat(seal[0]).replace(tzinfo=dt.UTC)
    return BackupInfo(path, stamp, made_at, digest)


_DAMAGE = {"error.storage.damaged", "error.storage.not_akimat"}


def _note_restore(fresh: Path, info: BackupInfo, actor: Actor) -> None:
    with session_on(fresh, writable=True) as session:
        change = Change(session, actor, "workspace.restored")
        change.fields.update(made_at=info.made_at, digest=info.digest)
        append(change)
        row_digests.keep(session)
        session.commit()


def _set_aside(path: Path) -> Path | None:
    """Copy what lies at ``path``, log included, to a dated name; then clear the log away.

    Copied, not moved, so that a power cut in between leaves the old workspace whole in one place;
    as bytes, because SQLite would clear away the log of a damaged file, and that may hold the rest.
    """
    if not path.exists():
        return None
    kept = _free_name(path.parent, path, " replaced")
    for suffix in ("", *SIDE_FILES):
        part = side(path, suffix)
        if part.exists() and suffix != "-shm":
            write_atomically(side(kept, suffix), partial(_copy, part))
    # A sound file takes its log in, so that it is whole even if the last step fails.
    with contextlib.suppress(sqlite3.Error):
        settle(path)
    drop_side_files(path)
    return kept


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _carry(copy: Path, target: Path) -> None:
    write_atomically(target, partial(_copy, copy))
    try:
        same = file_hash(copy) == file_hash(target)
    except OSError as error:
        raise as_problem(error, target) from error
    if not same:
        with contextlib.suppress(OSError):
            target.unlink()
        raise EnvironmentProblem("error.storage.copy_differs", path=str(target))


def copies_folder(workspace: Workspace) -> Path:
    """Where the copies of a workspace are kept: the folder set for it, else the one beside it."""
    with workspace.reading() as session:
        chosen = get_setting(session, BACKUP_FOLDER)
    return Path(chosen) if isinstance(chosen, str) and chosen else _default_folder(workspace.path)


def _default_folder(path: Path) -> Path:
    return path.with_name(f"{path.stem} backups")


def _free_name(folder: Path, path: Path, what: str = "") -> Path:
    base = f"{path.stem} {dt.datetime.now():{_STAMP}}"
    candidate, number = folder / f"{base}{what}.akimat", 1
    while candidate.exists():
        number += 1
        candidate = folder / f"{base}{what} {number}.akimat"
    return candidate


def _explicit(out: Path, path: Path) -> Path:
    if out.is_dir():
        return _free_name(out, path)
    if not out.parent.is_dir():
        raise EnvironmentProblem("error.file.not_found", path=str(out.parent))
    # Only another copy may be written over: never the workspace itself, nor someone's document.
    if out.exists() and not _is_sealed(out):
        raise UsageProblem("error.storage.exists", path=str(out))
    return out


def _is_sealed(path: Path) -> bool:
    try:
        with closing(connect(path, writable=False)) as connection:
            return connection.execute("SELECT 1 FROM backup_seals").fetchone() is not None
    except sqlite3.Error:
        return False


def _thin(folder: Path, path: Path) -> tuple[Path, ...]:
    found = copies(path, folder)
    going = to_remove((moment for moment, _ in found), dt.date.today())
    removed = []
    for moment, copy in found:
        if moment in going:
            with contextlib.suppress(OSError):  # in use just now: the next time
                copy.unlink()
                removed.append(copy)
    return tuple(removed)


def newest_good(path: Path) -> Path | None:
    """The newest automatic copy that still agrees with its seal."""
    for _, copy in copies(path):
        with contextlib.suppress(EnvironmentProblem, InputRefused):
            if inspect_backup(copy).digest is not None:
                return copy
    return None

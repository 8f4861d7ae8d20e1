"""Writing a file so that a reader sees the old one or the whole new one, never a half."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from akimat_desk.core.errors import AkimatError, EnvironmentProblem

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LONGEST_STEM = 60  # characters: a name of 255 bytes must still have a temporary one beside it
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def as_problem(error: OSError, path: Path) -> AkimatError:
    """An operating system's error about ``path`` as a sentence that says what to do."""
    if error.errno in _FULL:
        return EnvironmentProblem("error.file.disk_full", path=str(path))
    if error.errno in _FORBIDDEN:
        return EnvironmentProblem("error.file.no_rights", path=str(path))
    if error.errno == errno.ENOENT:
        return EnvironmentProblem("error.file.not_found", path=str(path))
    if error.errno == errno.EISDIR:
        return EnvironmentProblem("error.file.is_folder", path=str(path))
    return EnvironmentProblem("error.file.other", path=str(path), reason=error.strerror or str(error))


def write_atomically(path: Path, write: Callable[[Path], None]) -> Path:
    """Have ``write`` make the file under a temporary name beside ``path``, then put it in place.

    The content is forced to the disk before the old file is replaced. On any failure the old file
    stays and the temporary one is removed. Raises EnvironmentProblem.
    """
    temporary: Path | None = None
    try:
        # Not by mkstemp: its files are for one person alone, and a report lies in a shared folder.
        named = path.with_name(f".{path.stem[:_LONGEST_STEM]}.{secrets.token_hex(4)}{path.suffix}")
        named.touch(exist_ok=False)
        temporary = named
        write(temporary)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(path)
        temporary = None
        _sync_folder(path.parent)
    except OSError as error:
        raise as_problem(error, path) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
    return path


def make_folder(folder: Path) -> Path:
    """See to it that a folder is there, with those above it. Raises EnvironmentProblem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_problem(error, folder) from error
    return folder


def store_bytes(path: Path, content: bytes) -> Path:
    """Put ``content`` in place as :func:`write_atomically` does. Raises EnvironmentProblem."""

    def write(unfinished: Path) -> None:
        unfinished.write_bytes(content)

    return write_atomically(path, write)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open a folder to sync it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

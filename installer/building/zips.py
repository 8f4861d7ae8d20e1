"""Zips with the commit's time on every member, so that the same content is the same bytes."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from .targets import moment


def write_zip(
    target: Path | IO[bytes],
    members: Iterable[tuple[str, bytes]],
    *,
    packing: int = zipfile.ZIP_DEFLATED,
) -> None:
    """Write ``members``, name and content, in the order given."""
    when = time.gmtime(moment())[:6]
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type = packing
            entry.create_system = 3  # the same on every system
            archive.writestr(entry, content)


def files_of(folder: Path, below: Path, pattern: str = "*") -> Iterable[tuple[str, bytes]]:
    """The files under ``folder`` in order, named from ``below``."""
    for path in sorted(folder.rglob(pattern)):
        if path.is_file():
            yield path.relative_to(below).as_posix(), path.read_bytes()

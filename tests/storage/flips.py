"""Single bits flipped in a workspace file, and whether the program notices."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from akimat_desk.core.errors import AkimatError
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.digest import content_digest
from akimat_desk.storage.workspace import Workspace


@dataclass
class Tally:
    """``harmless`` changed no stored value (free space, padding); the others were noticed or missed."""

    harmless: int = 0
    at_opening: int = 0
    by_check: int = 0
    missed: int = 0

    @property
    def noticed(self) -> int:
        return self.at_opening + self.by_check


def flipped(path: Path, count: int, seed: int) -> Iterator[None]:
    """The file with one bit flipped, ``count`` times over; each time it is made whole again first."""
    whole = path.read_bytes()
    chance = random.Random(seed)
    for _ in range(count):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        content = bytearray(whole)
        content[at] ^= 1 << bit
        path.write_bytes(content)
        yield
    path.write_bytes(whole)


def count_flips(path: Path, count: int, seed: int, *, opening: bool) -> Tally:
    """Flip, look, tally. The workspace must be closed.

    With ``opening`` each is opened for writing first, which forces several writes to the disk: on a slow
    one that is a second for every bit.
    """
    tally = Tally()
    before = _values(path)
    for _ in flipped(path, count, seed):
        noticed = _noticed(path, opening)
        if noticed == "opening":
            tally.at_opening += 1
        elif noticed == "check":
            tally.by_check += 1
        elif _values(path) == before:
            tally.harmless += 1
        else:
            tally.missed += 1
    return tally


def _noticed(path: Path, opening: bool) -> str:
    if opening:
        try:
            Workspace.open(path).close(make_backup=False)
        except AkimatError:
            return "opening"
    try:
        with Workspace.open(path, read_only=True) as workspace:
            return "check" if check_workspace(workspace) else ""
    except AkimatError:
        return "check"


def _values(path: Path) -> str:
    """What is stored; a file that cannot be read holds something else than before."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return content_digest(connection)
    except sqlite3.Error:
        return "unreadable"

"""The classification of all years as one reader knows it: what is shipped, a workspace's own laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from akimat_desk.classification.entries import (
    Edition,
    Entry,
    Link,
    economic_rows,
    editions,
    expenditure_rows,
    links,
    revenue_rows,
)
from akimat_desk.classification.pack import Pack
from akimat_desk.storage.here import session_here


@dataclass(frozen=True, slots=True)
class Rows:
    """Every row of all years: receipts, costs, specifics of costs; and which codes moved."""

    revenue: tuple[Entry, ...]
    expenditure: tuple[Entry, ...]
    economic: tuple[Entry, ...]
    links: tuple[Link, ...]
    editions: tuple[Edition, ...]


class Book:
    """Rows of all years and the packs made of them, each made once."""

    def __init__(self, rows: Rows, digest: str = "") -> None:
        """``digest`` names the content; "" is what is shipped."""
        self.rows = rows
        self.digest = digest
        self._packs: dict[int, Pack] = {}

    @property
    def links(self) -> Sequence[Link]:
        """The codes of receipts that moved, in order of time."""
        return self.rows.links

    @property
    def editions(self) -> Sequence[Edition]:
        """The editions in order of the years they serve."""
        return self.rows.editions

    def edition_for(self, year: int) -> Edition:
        """The edition that serves a budget year; years before the first edition are served by it."""
        serving = [edition for edition in self.editions if edition.valid_from <= year]
        return serving[-1] if serving else self.editions[0]

    def pack(self, year: int) -> Pack:
        """The classification in force in a budget year."""
        found = self._packs.get(year)
        if found is None:
            # Two threads may both make it: they make the same, and one of the two stays.
            found = self._packs.setdefault(year, Pack(year, self.edition_for(year), self))
        return found


@cache
def shipped() -> Book:
    """The classification that comes with the program."""
    return Book(Rows(revenue_rows(), expenditure_rows(), economic_rows(), links(), editions()))


class _AtHand:
    """The classification of the workspace that this process works on, outside of its sessions."""

    book: Book | None = None


def work_with(book: Book | None) -> None:
    """Have code that runs outside of any session use this classification; None: the shipped one.

    For a process that works on one workspace at a time: the window's grid and files read on its worker
    know the office's own codes as the open workspace does.
    """
    _AtHand.book = book


def current_book() -> Book:
    """The classification that counts here: inside a session of a workspace that workspace's own, else
    the one at hand (:func:`work_with`), else the shipped one."""
    session = session_here()
    if session is None:
        return _AtHand.book or shipped()
    from akimat_desk.classification.service import workspace_book

    return workspace_book(session)


def pack_for(year: int) -> Pack:
    """The classification in force in a budget year, as :func:`current_book` has it."""
    return current_book().pack(year)


def edition_for(year: int) -> Edition:
    """The edition that serves a budget year, as :func:`current_book` has it."""
    return current_book().edition_for(year)

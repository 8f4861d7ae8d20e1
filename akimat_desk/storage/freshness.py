"""Whether the copies of a workspace are fresh: the newest one beside the last change in the journal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from akimat_desk.storage.backup import copies, copies_folder
from akimat_desk.storage.tables import JournalEntry
from akimat_desk.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Freshness:
    """The newest automatic copy (local time, None: there is none) and how many changes came since."""

    newest: dt.datetime | None
    changes_since: int

    @property
    def fresh(self) -> bool:
        """Whether nothing would be lost with the file."""
        return self.newest is not None and not self.changes_since


def freshness(workspace: Workspace) -> Freshness:
    """How fresh the automatic copies of an open workspace are."""
    found = copies(workspace.path, copies_folder(workspace))
    newest = found[0][0] if found else None
    query = select(func.count()).select_from(JournalEntry)
    if newest is not None:
        # A copy's name has whole seconds of local time; what happened within its second is in it.
        moment = newest.astimezone(dt.UTC) + dt.timedelta(seconds=1)
        query = query.where(JournalEntry.at > moment)
    with workspace.reading() as session:
        return Freshness(newest, int(session.scalar(query) or 0))

"""Settings kept inside a workspace: a dotted key and a JSON value."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from akimat_desk.storage.changes import Change
from akimat_desk.storage.journal import canonical
from akimat_desk.storage.tables import Setting

#: A folder for the automatic copies, instead of the one beside the workspace.
BACKUP_FOLDER = "backup.folder"


def get_setting(session: Session, key: str, default: object = None) -> object:
    """The value under ``key``, or ``default``."""
    row = session.get(Setting, key)
    return default if row is None else json.loads(row.value)


def set_setting(change: Change, key: str, value: object) -> None:
    """Keep ``value`` (anything JSON can hold but floats) under ``key``; None forgets it."""
    session = change.session
    row = session.get(Setting, key)
    if value is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        session.add(Setting(key=key, value=canonical(value)))
    else:
        row.value = canonical(value)

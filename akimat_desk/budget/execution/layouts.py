"""Columns of tables that a person showed once, kept for every next form of the same kind."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.reading.columns import Layout, unpacked
from akimat_desk.storage.settings import get_setting, set_setting
from akimat_desk.storage.workspace import Actor, Workspace

#: The setting that keeps the columns, by the table's signature.
LAYOUTS = "execution.layouts"


def stored_layouts(session: Session) -> Mapping[str, Layout]:
    """The columns shown so far, by the signature of the table's heads."""
    known = get_setting(session, LAYOUTS, {})
    assert isinstance(known, dict)
    return {signature: unpacked(layout) for signature, layout in known.items()}


def show_columns(workspace: Workspace, actor: Actor, signature: str, layout: Mapping[str, str]) -> None:
    """Remember the columns of a kind of table (``columns.packed``)."""
    with workspace.changing(actor, "execution.layout") as change:
        known = get_setting(change.session, LAYOUTS, {})
        assert isinstance(known, dict)
        set_setting(change, LAYOUTS, {**known, signature: dict(layout)})

"""Columns of treasury forms that a person showed once, kept for every next form of the same kind."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.reading.columns import Layout, unpacked
from akimat_desk.budget.shown_columns import remember_columns, shown_columns
from akimat_desk.storage.workspace import Actor, Workspace

#: The setting that keeps the columns, by the table's signature.
LAYOUTS = "execution.layouts"


def stored_layouts(session: Session) -> Mapping[str, Layout]:
    """The columns shown so far, by the signature of the table's heads."""
    return {signature: unpacked(layout) for signature, layout in shown_columns(session, LAYOUTS).items()}


def show_columns(workspace: Workspace, actor: Actor, signature: str, layout: Mapping[str, str]) -> None:
    """Remember the columns of a kind of table (``columns.packed``)."""
    remember_columns(workspace, actor, "execution.layout", LAYOUTS, signature, layout)

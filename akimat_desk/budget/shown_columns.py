"""Columns of a table that a person showed once, kept for every next table with the same heads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from akimat_desk.core.text import skeleton
from akimat_desk.storage.settings import get_setting, set_setting
from akimat_desk.storage.workspace import Actor, Workspace

#: What stands in a grid column (from 0), both as text; further keys say what a whole table is.
Shown = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """What a person is asked: which column is what. ``signature`` names this kind of table for good.

    ``guess`` is what the heads say of some columns.
    """

    signature: str
    heads: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    guess: Mapping[int, str] = field(default_factory=dict)

    @property
    def listed(self) -> str:
        """The heads with their numbers, for a sentence."""
        return "; ".join(f"{n} – {head or '…'}" for n, head in enumerate(self.heads, start=1))


def signature_of(heads: Sequence[str]) -> str:
    """What names a kind of table: its heads, spelling and spaces aside."""
    text = "|".join(skeleton(head) for head in heads)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def shown_columns(session: Session, setting: str) -> dict[str, Shown]:
    """The columns shown so far under a setting, by the signature of the table's heads."""
    known = get_setting(session, setting, {})
    assert isinstance(known, dict)
    return known


def remember_columns(
    workspace: Workspace, actor: Actor, action: str, setting: str, signature: str, columns: Shown
) -> None:
    """Remember the columns of a kind of table."""
    with workspace.changing(actor, action) as change:
        known = shown_columns(change.session, setting)
        set_setting(change, setting, {**known, signature: dict(columns)})

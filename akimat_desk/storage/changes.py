"""Who changes something, and what a change touched. Knows no database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it. Until accounts exist, the default actor may do everything."""

    name: str


DEFAULT_ACTOR = Actor("akimat")


@dataclass(frozen=True, slots=True)
class Changes:
    """What one committed change touched, told to subscribers so that they ask again.

    ``kinds`` are the kinds of thing ("unit", "budget_document"), ``ids`` the pairs (kind, id).
    """

    action: str
    kinds: frozenset[str] = frozenset()
    ids: frozenset[tuple[str, int]] = frozenset()


Subscriber = Callable[[Changes], None]


@dataclass(slots=True)
class Change:
    """An open change: its session, and a note of what it touches.

    ``fields`` go into the journal: numbers, dates and keys, never a person's name.
    """

    session: Session
    actor: Actor
    action: str
    fields: dict[str, object] = field(default_factory=dict)
    _touched: list[tuple[str, int]] = field(default_factory=list)

    def touch(self, kind: str, id: int) -> None:
        """Note that the thing ``id`` of this kind was made, changed or deleted."""
        if (kind, id) not in self._touched:
            self._touched.append((kind, id))

    @property
    def touched(self) -> tuple[tuple[str, int], ...]:
        """What was touched so far, in order."""
        return tuple(self._touched)

    def as_changes(self) -> Changes:
        """The note for subscribers."""
        return Changes(self.action, frozenset(kind for kind, _ in self._touched), frozenset(self._touched))

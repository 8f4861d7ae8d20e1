"""Undo and redo: steps back and forth, named. Knows nothing of where they are kept."""

from __future__ import annotations

from collections.abc import Iterable

from akimat_desk.budget.drafts.steps import Step
from akimat_desk.core.strings import Message

#: How many steps back are remembered.
KEPT_STEPS = 200


class History:
    """What was done to a draft, and what of it was taken back."""

    def __init__(self, done: Iterable[Step] = (), undone: Iterable[Step] = ()) -> None:
        """``done`` with the latest last, ``undone`` with the one taken back last at the end."""
        self._done: list[Step] = list(done)
        self._undone: list[Step] = list(undone)

    def push(self, step: Step) -> None:
        """A new edit: what was undone before it cannot be redone any more."""
        self._done.append(step)
        del self._done[:-KEPT_STEPS]
        self._undone.clear()

    @property
    def undo_name(self) -> Message | None:
        """What undo would take back."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> Message | None:
        """What redo would do again."""
        return self._undone[-1].name if self._undone else None

    def undo(self) -> Step | None:
        """The step that takes the last edit back, to be applied now."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        return step.inverse()

    def redo(self) -> Step | None:
        """The edit taken back last, to be applied again now."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return step

"""Long work that reports how far it is and can be called off."""

from __future__ import annotations

from collections.abc import Callable


class Cancelled(Exception):
    """The person called the work off; nothing was stored."""


class Task:
    """Handed to long work. The default one reports to nobody and is never cancelled."""

    def __init__(self, on_progress: Callable[[int, int], None] | None = None) -> None:
        self._on_progress = on_progress
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled = True

    def step(self, done: int, total: int) -> None:
        """Report progress. Raises Cancelled when the person called the work off."""
        if self._cancelled:
            raise Cancelled
        if self._on_progress is not None:
            self._on_progress(done, total)

"""What the desk of an area stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from akimat_desk.storage.workspace import Actor, Workspace
    from akimat_desk.ui.desk import Desk


class AreaDesk:
    """Questions and changes of one area; every public method runs on the database thread.

    Reached by ``context.desk.area(ThisClass)``. Methods take and return plain values and import
    services inside, as those of :class:`~akimat_desk.ui.desk.Desk`.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises UsageProblem where none is."""
        return self.desk.workspace

    @property
    def actor(self) -> Actor:
        """Who does what is done here."""
        return self.desk.actor

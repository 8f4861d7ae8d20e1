"""A draft being edited in the window: applied at once to the sheet, saved on the database's thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from akimat_desk.budget.amending import Entered
from akimat_desk.budget.drafts.cells import LineKey, Stamp
from akimat_desk.budget.drafts.edits import Edit, work_out
from akimat_desk.budget.drafts.history import History
from akimat_desk.budget.drafts.kept_steps import Deed, Way
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.drafts.steps import Step
from akimat_desk.budget.views import DecisionSummary, DocumentState
from akimat_desk.core.errors import AkimatError, RuleBroken
from akimat_desk.core.language import Trilingual
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.drafts import DraftsDesk, OpenedDraft


class DraftEditing(QObject):
    """Holds the open draft. Every edit is on the screen before it is on the disk, a moment later.

    A save that fails says so and opens the draft again as it is stored.
    """

    opened = Signal()
    #: A step was done (or taken back): the sheet is another one now.
    changed = Signal(object)
    #: An edit could not be done or saved (AkimatError).
    refused = Signal(object)
    #: The stored draft has to be read again.
    lost = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sheet: DraftSheet | None = None
        self.decision: DecisionSummary | None = None
        self.unit_name = Trilingual()
        self.base: Mapping[LineKey, tuple[int | None, ...]] | None = None
        self.entered = Entered()
        self.history = History()

    @property
    def is_editable(self) -> bool:
        """Whether what is open may be changed."""
        workspace = self._context.workspace
        return (
            self.sheet is not None
            and self.decision is not None
            and self.decision.state is DocumentState.DRAFT
            and workspace is not None
            and not workspace.read_only
        )

    def show(self, opened: OpenedDraft) -> bool:
        """Show a draft as it was read, with its undo as it was left; the same draft keeps what it has.

        False for a state older than what is shown: edits were made meanwhile, and it is to be asked again.
        """
        here = self.sheet
        same = here is not None and here.facts.document_id == opened.sheet.facts.document_id
        if same and here is not None and opened.sheet.revision < here.revision:
            return False
        if not same or (here is not None and opened.sheet.revision != here.revision):
            self.history = opened.history
        self.sheet, self.decision, self.unit_name = opened.sheet, opened.decision, opened.unit_name
        self.base, self.entered = opened.base, opened.entered
        self.opened.emit()
        return True

    def close(self) -> None:
        """Nothing is open any more."""
        self.sheet = self.decision = self.base = None
        self.entered = Entered()
        self.history = History()
        self.opened.emit()

    def do(self, edit: Edit) -> Step | None:
        """Do an edit; None where it changes nothing or is refused (then ``refused`` says why)."""
        if self.sheet is None or not self.is_editable:
            return None
        try:
            step = work_out(self.sheet, edit, self._stamp())
        except AkimatError as problem:
            self.refused.emit(problem)
            return None
        if not step.changes:
            return None
        self.history.push(step)
        self._apply(step, Deed(Way.DONE, step))
        return step

    @Slot()
    def undo(self) -> Step | None:
        """Take the last edit back."""
        return self._repeat(self.history.undo() if self.is_editable else None, Way.UNDONE)

    @Slot()
    def redo(self) -> Step | None:
        """Do again what was taken back last."""
        return self._repeat(self.history.redo() if self.is_editable else None, Way.REDONE)

    def _repeat(self, step: Step | None, way: Way) -> Step | None:
        if step is not None:
            try:
                self._apply(step, Deed(way, step))
            except KeyError:  # a kept step that speaks of another state: nothing of it may be stored
                self._not_saved(RuleBroken("error.draft.changed_elsewhere"))
                return None
        return step

    def _apply(self, step: Step, deed: Deed) -> None:
        assert self.sheet is not None
        patch = self.sheet.apply(step, self._stamp())
        desk = self._context.desk
        self._context.database.start(
            lambda _task: desk.area(DraftsDesk).save(patch, deed), None, self._not_saved
        )
        self.changed.emit(step)

    @Slot(object)
    def _not_saved(self, problem: AkimatError) -> None:
        self.refused.emit(problem)
        self.sheet = None
        self.lost.emit()

    def _stamp(self) -> Stamp:
        return Stamp(self._context.desk.actor.name, dt.datetime.now(dt.UTC).replace(microsecond=0))

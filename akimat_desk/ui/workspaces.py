"""What a person does with workspace files: new, open, example, copy, restore, close."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.ui.values import Closed, NewUnit, OpenedWorkspace, UnitCard

if TYPE_CHECKING:
    from akimat_desk.ui.window import MainWindow

WORKSPACE_SUFFIX = ".akimat"
# What is out of reach for writing may be looked at.
_CAN_BE_READ = {
    "error.storage.in_use",
    "error.storage.in_use_by",
    "error.storage.network",
    "error.file.no_rights",
}


class WorkspaceActions(QObject):
    """Answers the actions of the File menu."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.context = window.context
        self._asked_for = Path()

    @Slot()
    def new_workspace(self) -> None:
        """Ask for unit and file, make the workspace."""
        from akimat_desk.ui.dialogs.workspace import NewWorkspaceDialog

        made = NewWorkspaceDialog.ask(self.context, None, self._window)
        if made is not None:
            path, unit = made
            self.create(path, unit)

    @Slot(object, object)
    def create(self, path: Path, unit: NewUnit) -> None:
        """Make a workspace with this unit in it and open it."""
        desk = self.context.desk
        self.context.do(lambda _task: desk.create(path, unit), self._opened, "ui.work.create")

    @Slot()
    def open_workspace(self) -> None:
        """Ask for a file and open it."""
        from akimat_desk.ui.dialogs.files import ask_workspace

        path = ask_workspace(self.context, self._window)
        if path is not None:
            self.open_path(path)

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open this workspace."""
        self._open(path, read_only=False)

    def _open(self, path: Path, read_only: bool) -> None:
        self._window.notice.hide()
        self._asked_for = path
        desk = self.context.desk
        self.context.do(
            lambda _task: desk.open(path, read_only), self._opened, "ui.work.open", self._not_opened
        )

    @Slot()
    def open_example(self) -> None:
        """Make the example anew beside the person's documents and open it."""
        folder = self.context.settings.folder("open")
        path, number = folder / f"example{WORKSPACE_SUFFIX}", 2
        while path.exists():
            path, number = folder / f"example-{number}{WORKSPACE_SUFFIX}", number + 1
        desk = self.context.desk
        self.context.do(lambda task: desk.open_example(path, task), self._opened, "ui.work.example")

    @Slot(object)
    def _opened(self, opened: OpenedWorkspace) -> None:
        self.context.set_workspace(opened)
        if opened.upgraded_from is not None:
            self._window.say("info", Message("ui.notice.upgraded", {"path": str(opened.upgraded_from)}))
        elif opened.before is not None and opened.before.problem is not None:
            self._window.say("warning", opened.before.problem.message)
        elif not opened.units:
            self._window.say("info", Message("ui.notice.no_units"))

    @Slot(object)
    def _not_opened(self, problem: AkimatError) -> None:
        from akimat_desk.ui.dialogs.small import Question

        if problem.message.key not in _CAN_BE_READ:
            self._window.say("error", problem.message)
        elif Question.ask(
            self.context, "ui.read_only.title", problem.message, "ui.read_only.open", self._window
        ):
            self._open(self._asked_for, read_only=True)

    @Slot()
    def close_workspace(self) -> None:
        """Close the file; a verified copy is made where something changed."""
        desk = self.context.desk
        self.context.do(lambda _task: desk.close(), self._closed, "ui.work.close")

    @Slot(object)
    def _closed(self, closed: Closed) -> None:
        self.context.set_workspace(None)
        if closed.problem is not None:
            self._window.say("warning", closed.problem.message)
        elif closed.copy is not None:
            self._window.say("good", Message("ui.notice.copy_made", {"path": str(closed.copy)}))

    @Slot()
    def edit_unit(self) -> None:
        """Show the chosen unit's names and posts to be mended."""
        unit, desk = self.context.unit, self.context.desk
        if unit is not None:
            unit_id = unit.id
            self.context.ask(lambda _task: desk.unit_card(unit_id), self._edit_card)

    @Slot(object)
    def _edit_card(self, card: UnitCard) -> None:
        from akimat_desk.ui.dialogs.unit_card import UnitCardDialog

        opened = UnitCardDialog.ask(self.context, card, self._window)
        if isinstance(opened, OpenedWorkspace):
            self.context.units_changed(opened)
            self._window.say("good", Message("ui.notice.card_saved"))

    @Slot()
    def make_backup(self) -> None:
        """Make a verified copy where the person wants it."""
        from akimat_desk.ui.dialogs.files import ask_save

        workspace = self.context.workspace
        if workspace is None:
            return
        name = f"{workspace.path.stem} {dt.date.today().isoformat()}{WORKSPACE_SUFFIX}"
        target = ask_save(
            self.context,
            self._window,
            "backup",
            self.context.speech("ui.files.backup"),
            name,
            self.context.speech("ui.files.copy"),
        )
        if target is not None:
            desk = self.context.desk
            self.context.do(lambda _task: desk.backup(target), self._backed_up, "ui.work.backup")

    @Slot(object)
    def _backed_up(self, path: Path) -> None:
        self._window.say("good", Message("ui.notice.copy_made", {"path": str(path)}))

    @Slot()
    def restore_backup(self) -> None:
        """Put a copy in place of a workspace."""
        from akimat_desk.ui.dialogs.files import ask_copy, ask_restored
        from akimat_desk.ui.dialogs.small import Question

        copy = ask_copy(self.context, self._window)
        if copy is None:
            return
        workspace = self.context.workspace
        place = workspace.path if workspace is not None else self.context.settings.folder("open") / copy.name
        target = ask_restored(self.context, self._window, place)
        if target is None:
            return
        question = Message("ui.restore.question", {"copy": copy.name, "path": str(target)})
        if Question.ask(self.context, "ui.restore.title", question, "ui.restore.yes", self._window):
            desk = self.context.desk
            self.context.do(lambda _task: desk.restore(copy, target), self._restored, "ui.work.restore")

    @Slot(object)
    def _restored(self, answer: tuple[Path | None, OpenedWorkspace]) -> None:
        kept, opened = answer
        self.context.set_workspace(opened)
        if kept is None:
            self._window.say("good", Message("ui.notice.restored"))
        else:
            self._window.say("good", Message("ui.notice.restored_kept", {"path": str(kept)}))

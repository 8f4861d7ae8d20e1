"""Taking an update file in from the Help menu, and going back to what ran before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from akimat_desk import __version__
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import Message
from akimat_desk.ui.work import Work

if TYPE_CHECKING:
    from akimat_desk.ui.window import MainWindow
    from akimat_desk.updates.installing import Installed
    from akimat_desk.updates.opening import Update


class UpdateActions(QObject):
    """Answers the update actions. What is taken in runs from the next start on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.context = window.context

    @Slot()
    def take_in_update(self) -> None:
        """Ask for the file, verify it whole, ask once more, take it in."""
        from akimat_desk.ui.dialogs.files import ask_update

        path = ask_update(self.context, self._window)
        if path is not None:
            self._start(_verified(path), self._ask, "ui.work.update_read")

    @Slot(object)
    def _ask(self, update: Update) -> None:
        from akimat_desk.ui.dialogs.small import Question

        manifest = update.manifest
        fields = {"version": manifest.version, "ours": __version__, "fingerprint": update.fingerprint}
        question = Message(f"ui.update.question.{manifest.kind.value}", fields)
        if Question.ask(self.context, "ui.update.title", question, "ui.update.yes", self._window):
            self._start(_install(update, self._workspaces()), self._done, "ui.work.update")

    @Slot()
    def undo_update(self) -> None:
        """Go back to the program that ran before the last update."""
        from akimat_desk.ui.dialogs.small import Question

        question = Message("ui.update.undo_question")
        if Question.ask(self.context, "ui.update.undo_title", question, "ui.update.undo_yes", self._window):
            self._start(_undo, self._undone, "ui.work.update_undo")

    @Slot(object)
    def _done(self, done: Installed) -> None:
        self._say(f"update.done.{done.kind.value}", done)

    @Slot(object)
    def _undone(self, done: Installed) -> None:
        self._say(f"update.undone.{done.kind.value}", done)

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self._window.say("error", problem.message)

    def _start(self, work: Work, done: Callable[..., None], title: str) -> None:
        self.context.with_files(work, done, title, self._refused)

    def _say(self, key: str, done: Installed) -> None:
        self._window.say("good", Message(key, {"before": done.before, "now": done.now}))

    def _workspaces(self) -> list[Path]:
        """What is copied first: every workspace that this person opens."""
        return self.context.settings.recent()


def _verified(path: Path) -> Work:
    def work(_task: Task) -> Update:
        from akimat_desk.updates.opening import open_update
        from akimat_desk.updates.place import installation

        return open_update(path, installation())

    return work


def _install(update: Update, workspaces: list[Path]) -> Work:
    def work(task: Task) -> Installed:
        from akimat_desk.updates.installing import install
        from akimat_desk.updates.place import installation

        return install(update, installation(), workspaces, task)

    return work


def _undo(_task: Task) -> Installed:
    from akimat_desk.updates.installing import undo
    from akimat_desk.updates.place import installation

    return undo(installation())

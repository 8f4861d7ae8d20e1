"""A page that shows one sheet ready to be saved and printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reports import write_report
from akimat_desk.ui.dialogs.files import ask_save
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.pages.saving import SavesPaper
from akimat_desk.ui.printing import Printing
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.preview import Preview

FORMATS = ("pdf", "xlsx", "docx")


class SheetPage(SavesPaper, Page):
    """Subclasses place ``bar`` and ``preview`` and show a document in it."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.bar = Bar(self.speech, self)
        self.preview = Preview(self)
        self._printing = Printing(context, self)

    def provide(self) -> None:
        """A sheet is saved and printed where it is seen."""
        there = not self.isHidden() and bool(self.preview.documents)
        self.actions_.provide("report", there)
        for each in FORMATS:
            self.actions_.provide(f"report_{each}", there)

    def _save(self, file_format: str) -> None:
        documents = self.preview.documents
        if not documents:
            return
        name = f"{documents[0].title}.{file_format}".replace("/", "-")
        kind = self.speech(f"ui.files.{file_format}")
        path = ask_save(self.context, self, "report", self.speech("ui.files.save_report"), name, kind)
        if path is not None:
            self.context.with_files(
                lambda task: write_report(documents, file_format, path, task), self._saved, "ui.work.report"
            )

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self.bar.say("good", Message("ui.notice.saved", {"path": str(path)}))

    @Slot()
    def print_(self) -> None:
        """Print the sheet on the person's printer."""
        self._printing.start(self.preview.documents)

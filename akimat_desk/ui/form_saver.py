"""Saving the form that a page can print: where to, made on the database thread, drawn beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from akimat_desk.core.strings import Message
from akimat_desk.reports.document import ReportDocument
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reports import write_report
from akimat_desk.ui.dialogs.files import ask_save
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.work import Work


class FormSaver(QObject):
    """A page has one, and shows its ``bar``, which offers the saved file and its folder."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._target: Path | None = None
        self._saved_to: Path | None = None
        self.bar = Bar(context.speech, page)
        self.bar.acted.connect(self._open)

    def save(self, name: str, make: Work) -> None:
        """Ask where to save ``name`` (its suffix is the format), then make the form and write it."""
        speech = self._context.speech
        suffix = Path(name).suffix.removeprefix(".")
        path = ask_save(
            self._context,
            self._page,
            "report",
            speech("ui.files.save_report"),
            name.replace("/", "-"),
            speech(f"ui.files.{suffix}"),
        )
        if path is not None:
            self._target = path
            self.bar.hide()
            self._context.ask(make, self._write)

    @Slot(object)
    def _write(self, documents: list[ReportDocument]) -> None:
        path = self._target
        if path is not None:
            file_format = path.suffix.removeprefix(".")
            self._context.with_files(
                lambda task: write_report(documents, file_format, path, task), self._written, "ui.work.report"
            )

    @Slot(object)
    def _written(self, path: Path) -> None:
        self._saved_to = path
        self.bar.say(
            "good", Message("ui.notice.saved", {"path": str(path)}), ("ui.open_file", "ui.open_folder")
        )

    @Slot(str)
    def _open(self, offer: str) -> None:
        if self._saved_to is not None:
            target = self._saved_to if offer == "ui.open_file" else self._saved_to.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

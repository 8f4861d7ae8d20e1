"""What every dialog is: a title, a column of content, buttons in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.core.errors import AkimatError
from akimat_desk.ui.context import Context
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.spoken import describe_boxes
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import button, label
from akimat_desk.ui.work import Job, Work

if TYPE_CHECKING:
    from akimat_desk.ui.widgets.letters import LetterRow


class Dialog(QDialog):
    """Subclasses fill ``content`` and say their texts in ``retranslate``."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.speech = context.speech
        self.setModal(True)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.problem = label(wrap=True)
        self.problem.hide()
        self.words = label("quiet", wrap=True)
        self.content = QVBoxLayout()
        self.content.setSpacing(SPACE)
        self.buttons = QDialogButtonBox(self)
        self.accept_button: QPushButton = button("primary", self)
        self.reject_button: QPushButton = button("plain", self)
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.reject_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.accept_button.setDefault(True)
        self.buttons.accepted.connect(self.finish)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(SPACE + 4)
        column.addWidget(self.words)
        column.addLayout(self.content, 1)
        column.addWidget(self.problem)
        column.addWidget(self.buttons)
        self._column = column
        self._letters: LetterRow | None = None
        self.speech.changed.connect(self.retranslate)

    @guarded()
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        describe_boxes(self)
        self.show_letters()

    def show_letters(self) -> None:
        """Below what is written into, the row of Kazakh letters, where the person has it shown."""
        wanted = self.context.settings.flag("letters")
        fields: list[QLineEdit | QPlainTextEdit] = [
            *self.findChildren(QLineEdit),
            *self.findChildren(QPlainTextEdit),
        ]
        if wanted and self._letters is None and any(not field.isReadOnly() for field in fields):
            from akimat_desk.ui.widgets.letters import LetterRow

            self._letters = LetterRow(self.speech, self)
            self._column.addWidget(self._letters)
        if self._letters is not None:
            self._letters.setVisible(wanted)

    @Slot()
    def finish(self) -> None:
        """Accept when :meth:`fault` finds nothing to object to, else say what is missing."""
        fault = self.fault()
        if fault is None:
            self.accept()
            return
        self.object_to(fault)

    def object_to(self, fault: str) -> None:
        """Say what stands in the way; the dialog stays."""
        self.problem.setText(f"⚠ {fault}")
        self.problem.show()

    def fault(self) -> str | None:
        """What the person still has to mend; None when all is well."""
        return None

    @Slot()
    def retranslate(self) -> None:
        """The buttons' texts; subclasses add theirs."""
        self.reject_button.setText(self.speech("ui.cancel"))

    def run(self) -> bool:
        """Show it and wait; whether it was accepted. The dialog is gone afterwards."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return accepted


class SavingDialog(Dialog):
    """Stores what was filled in itself: where that is refused it stays open with everything in it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.saved: object = None
        self._job: Job | None = None
        context.database.ended.connect(self._ended)

    def work(self) -> Work:
        """What storing means."""
        raise NotImplementedError

    @Slot()
    def finish(self) -> None:
        fault = self.fault()
        if fault is not None:
            self.object_to(fault)
        elif self._job is None:
            self.problem.hide()
            self.buttons.setEnabled(False)
            self._job = self.context.do(self.work(), self._stored, "ui.work.store", self._refused)

    @Slot(object)
    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.buttons.setEnabled(True)

    @Slot(object)
    def _stored(self, answer: object) -> None:
        self.saved = answer
        self.accept()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.object_to(problem.message.text(self.speech.language))

    def reject(self) -> None:
        """Not while it is being stored: the answer would find nobody."""
        if self._job is None:
            super().reject()

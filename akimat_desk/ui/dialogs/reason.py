"""Why an adopted decision is confirmed although its figures do not add up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from akimat_desk.core.findings import Finding, Severity
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.icons import severity_icon
from akimat_desk.ui.widgets.basics import label


class ReasonDialog(Dialog):
    """The errors, and a reason that is kept with the decision."""

    def __init__(self, context: Context, findings: Sequence[Finding], parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        self._list = QListWidget(self)
        self._list.setWordWrap(True)
        self._list.setMaximumHeight(180)
        self._label = label(wrap=True)
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(90)
        self._label.setBuddy(self.reason)
        for part in (self._list, self._label, self.reason):
            self.content.addWidget(part)
        self.setMinimumWidth(620)
        self.retranslate()
        self.reason.setFocus()

    @classmethod
    def ask(cls, context: Context, findings: Sequence[Finding], parent: QWidget | None) -> str | None:
        """The reason; None when called off."""
        dialog = cls(context, findings, parent)
        return dialog.reason.toPlainText().strip() if dialog.run() else None

    def fault(self) -> str | None:
        return None if self.reason.toPlainText().strip() else self.speech("ui.reason.needed")

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.reason.title"))
        self.words.setText(speech("ui.reason.words", count=len(self._errors)))
        self._label.setText(speech("ui.reason.label"))
        self.reason.setPlaceholderText(speech("ui.reason.example"))
        self.accept_button.setText(speech("ui.reason.confirm"))
        self._list.setAccessibleName(speech("ui.findings.title"))
        self._list.clear()
        for finding in self._errors:
            QListWidgetItem(severity_icon(finding.severity), finding.message(speech.language), self._list)

"""What became of last year's lines in a first draft: codes that moved, lines without a place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from akimat_desk.core.findings import Finding
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.widgets.findings_panel import FindingsPanel


class StartedDialog(Dialog):
    """The list, to be read; nothing of it is lost in silence."""

    def __init__(self, context: Context, findings: Sequence[Finding], parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.panel = FindingsPanel(self.speech, self)
        self.panel.show_findings(findings)
        self.content.addWidget(self.panel)
        self.reject_button.hide()
        self.resize(980, 420)
        self.retranslate()

    @classmethod
    def tell(cls, context: Context, findings: Sequence[Finding], parent: QWidget | None) -> None:
        """Show it and wait until it was read."""
        cls(context, findings, parent).run()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.plan.started.title"))
        self.words.setText(self.speech("ui.plan.started.words"))
        self.accept_button.setText(self.speech("ui.understood"))

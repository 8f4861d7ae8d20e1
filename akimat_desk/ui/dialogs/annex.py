"""Where the paper of a what-if goes: to the minutes of a meeting, or into a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from akimat_desk.core import dates
from akimat_desk.meetings.views import MeetingSummary
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.widgets.basics import label

_FILE = 0  # in place of a meeting's id


class AnnexDialog(Dialog):
    """The meetings, the newest first, and "a file"."""

    def __init__(
        self, context: Context, meetings: Sequence[MeetingSummary], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._meetings = sorted(meetings, key=lambda each: each.day, reverse=True)
        self._label = label()
        self.where = QComboBox(self)
        for each in self._meetings:
            self.where.addItem("", each.id)
        self.where.addItem("", _FILE)
        self._label.setBuddy(self.where)
        self.content.addWidget(self._label)
        self.content.addWidget(self.where)
        self.setMinimumWidth(520)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, meetings: Sequence[MeetingSummary], parent: QWidget | None) -> int | None:
        """The id of a meeting, 0 for a file, None when called off."""
        dialog = cls(context, meetings, parent)
        return int(dialog.where.currentData()) if dialog.run() else None

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.hall.save"))
        self.words.setText(speech("ui.hall.where.words"))
        self._label.setText(speech("ui.hall.where"))
        self.where.setAccessibleName(self._label.text())
        for row, each in enumerate(self._meetings):
            kind = speech(f"meeting.kind.{each.kind.value}")
            self.where.setItemText(row, f"{dates.short(each.day)} · {kind}")
        self.where.setItemText(len(self._meetings), speech("ui.hall.where.file"))
        self.accept_button.setText(speech("ui.hall.where.yes"))

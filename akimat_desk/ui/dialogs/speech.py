"""What somebody said, stored while it is typed: a power cut takes a word, not the speech."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from akimat_desk.meetings import holding
from akimat_desk.meetings.views import SpeechView
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.dialogs.form import Field, FormDialog
from akimat_desk.ui.widgets.autosave import PAUSE
from akimat_desk.ui.work import Work


class SpeechDialog(FormDialog):
    """The form of a speech. Calling it off takes back what was stored meanwhile."""

    def __init__(
        self,
        context: Context,
        title: str,
        fields: Sequence[Field],
        item_id: int,
        said: SpeechView | None,
        parent: QWidget | None = None,
    ) -> None:
        self._item_id, self._before = item_id, said
        # Read and written on the database's thread alone, where one change follows the other.
        self._kept_as: list[int | None] = [said.id if said is not None else None]
        super().__init__(context, title, fields, self._put, parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        for widget in self.widgets.values():
            if isinstance(widget, QLineEdit):
                widget.textEdited.connect(self._timer.start)
            elif isinstance(widget, QPlainTextEdit):
                widget.textChanged.connect(self._timer.start)

    def _put(self, values: dict[str, Any]) -> Work:
        desk, item_id, stored = self.context.desk, self._item_id, self._kept_as
        said = (values["kind"], values["speaker"], values["gist_kk"], values["gist_ru"])

        def work(_task: object) -> int:
            made = desk.area(MeetingsDesk).change(holding.put_speech, item_id, *said, speech_id=stored[0])
            stored[0] = made
            return made

        return work

    @Slot()
    def keep(self) -> None:
        """Store what is typed so far; nothing while nothing is."""
        values = self.values()
        if any(values[name] for name in ("speaker", "gist_kk", "gist_ru")):
            self.context.do(self._put(values))

    @Slot()
    def finish(self) -> None:
        self._timer.stop()
        super().finish()

    def reject(self) -> None:
        """Take back what was stored while it was typed: a new speech goes, an old one is as before."""
        self._timer.stop()
        desk, stored, before = self.context.desk, self._kept_as, self._before

        def work(_task: object) -> None:
            area = desk.area(MeetingsDesk)
            if before is not None:
                gist = before.gist
                area.change(
                    holding.put_speech, self._item_id, before.kind, before.speaker, gist.kk, gist.ru,
                    speech_id=before.id,
                )  # fmt: skip
            elif stored[0] is not None:
                area.change(holding.remove_speech, stored[0])

        self.context.do(work)
        super().reject()

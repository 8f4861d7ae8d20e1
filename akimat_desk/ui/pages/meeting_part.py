"""What every part of a meeting's page is: it shows the record and stores what is changed in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Concatenate, ParamSpec

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.workspace import Workspace
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk, MeetingState
from akimat_desk.ui.dialogs.form import Field, FormDialog
from akimat_desk.ui.widgets.autosave import AutoLine
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work

P = ParamSpec("P")


class MeetingPart(QWidget):
    """A tab of the page of one meeting."""

    #: Something was refused: a Message for the bar of the page.
    said = Signal(str, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.speech = context.speech
        self.state: MeetingState | None = None
        self._labels: dict[QLabel, str] = {}

    def show_state(self, state: MeetingState) -> None:
        """Show this record."""
        self.state = state
        self.fill()

    def fill(self) -> None:
        """Put what the record says into the widgets."""

    @Slot()
    def retranslate(self) -> None:
        """Every text in the language chosen now."""
        for made, key in self._labels.items():
            made.setText(self.speech(key))
            buddy = made.buddy()
            if buddy is not None:
                buddy.setAccessibleName(self.speech(key))
        if self.state is not None:
            self.fill()

    def labelled(self, form: QFormLayout, key: str, widget: QWidget) -> None:
        """A row of a form; its label follows the language."""
        made = self.words(key, buddy=widget)
        form.addRow(made, widget)

    def words(self, key: str, role: str = "", buddy: QWidget | None = None) -> QLabel:
        """A label whose text follows the language."""
        made = label(role, parent=self)
        if buddy is not None:
            made.setBuddy(buddy)
        self._labels[made] = key
        return made

    def store(
        self, service: Callable[Concatenate[Workspace, Actor, P], Any], *args: P.args, **named: P.kwargs
    ) -> None:
        """Store a change now; a refusal is said and what is stored is shown again."""
        desk = self.context.desk
        self.context.do(
            lambda _task: desk.area(MeetingsDesk).change(service, *args, **named), None, "", self._refused
        )

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.said.emit("error", problem.message)
        if self.state is not None:
            self.fill()

    def not_read(self, key: str) -> Callable[[str], None]:
        """What says that a field's text cannot be read."""

        def say(_written: str) -> None:
            self.said.emit("warning", Message(key))

        return say

    def form(
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[dict[str, Any]], Work],
        words: str = "",
    ) -> bool:
        """Ask by a form; whether it was saved."""
        return FormDialog(self.context, title, fields, save, self, words).run()

    def changing(
        self, service: Callable[Concatenate[Workspace, Actor, P], Any], *args: P.args, **named: P.kwargs
    ) -> Work:
        """The same change as work for a form."""
        desk = self.context.desk
        return lambda _task: desk.area(MeetingsDesk).change(service, *args, **named)


def now() -> dt.time:
    """The hour of this moment, to the minute."""
    return dt.datetime.now().time().replace(second=0, microsecond=0)


def auto(read: Callable[[str], object] | None = None, parent: QWidget | None = None) -> AutoLine:
    """A line that saves itself."""
    return AutoLine(read, parent) if read is not None else AutoLine(parent=parent)

"""Bars across a page: a sentence to read, a hint to put away, work that is going on."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from akimat_desk.core.strings import Message
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import Drawing, button, label
from akimat_desk.ui.work import Job, Worker

# Each tone has an icon of its name; its token is of that name too, but for hints.
_TOKEN = {"hint": "accent"}
_SHOW_AFTER = 300  # milliseconds: quicker work comes and goes unseen


class Bar(QFrame):
    """Icon, text, buttons, and a button to put it away. Never colour alone: the icon says it too."""

    dismissed = Signal()
    acted = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._speech = speech
        self._message: Message | None = None
        self._offers: tuple[str, ...] = ()
        self._icon = Drawing("info", 20, parent=self)
        self._text = label(wrap=True, selectable=True)
        self._buttons = [button("quiet", self) for _ in range(3)]
        self._close = button("quiet", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE + 4)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        for made in self._buttons:
            row.addWidget(made)
        row.addWidget(self._close)
        self._buttons[0].clicked.connect(self._first)
        self._buttons[1].clicked.connect(self._second)
        self._buttons[2].clicked.connect(self._third)
        self._close.clicked.connect(self._put_away)
        self._passing = False
        speech.changed.connect(self.retranslate)
        self.hide()

    def say(self, tone: str, message: Message, offers: tuple[str, ...] = ()) -> None:
        """Show ``message``; ``offers`` are catalogue keys of up to three buttons, told by ``acted``."""
        self._message, self._offers = message, offers
        self.setProperty("tone", tone)
        self._icon.show_drawing(tone, _TOKEN.get(tone, tone))
        self.style().unpolish(self)
        self.style().polish(self)
        self.retranslate()
        self.show()
        self._passing = False

    def say_in_passing(self, tone: str, message: Message) -> None:
        """The same for good news: it goes when the person goes on to something else.

        Never by a clock: the page would move under the hand that is about to press a button.
        """
        self.say(tone, message)
        self._passing = True

    @Slot()
    def pass_by(self) -> None:
        """The person goes on to something else."""
        if self._passing:
            self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    @Slot()
    def retranslate(self) -> None:
        if self._message is None:
            return
        self._text.setText(self._message.text(self._speech.language))
        self._close.setText(self._speech("ui.hide"))
        for position, made in enumerate(self._buttons):
            made.setVisible(position < len(self._offers))
            if position < len(self._offers):
                made.setText(self._speech(self._offers[position]))

    @Slot()
    def _first(self) -> None:
        self.acted.emit(self._offers[0])

    @Slot()
    def _second(self) -> None:
        self.acted.emit(self._offers[1])

    @Slot()
    def _third(self) -> None:
        self.acted.emit(self._offers[2])

    @Slot()
    def _put_away(self) -> None:
        self.hide()
        self.dismissed.emit()


class BusyBar(QFrame):
    """What is being worked on, how far it is, and a button to call it off."""

    def __init__(self, speech: Speech, workers: tuple[Worker, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setProperty("tone", "info")
        self._speech = speech
        self._job: Job | None = None
        self._what = label()
        self._progress = QProgressBar(self)
        self._progress.setMaximumWidth(280)
        self._progress.setTextVisible(False)
        self._cancel = button("quiet", self)
        self._cancel.clicked.connect(self._call_off)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 4, SPACE, 4)
        row.addWidget(self._what)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        row.addStretch(1)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SHOW_AFTER)
        self._delay.timeout.connect(self.show)
        for worker in workers:
            worker.started.connect(self._started)
            worker.progressed.connect(self._progressed)
            worker.ended.connect(self._ended)
        speech.changed.connect(self.retranslate)
        self.hide()

    @Slot(object)
    def _started(self, job: Job) -> None:
        if job.title is None:
            return
        self._job = job
        self._progress.setRange(0, 0)
        self._cancel.setEnabled(True)
        self.retranslate()
        self._delay.start()

    @Slot(object, int, int)
    def _progressed(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self._progress.setRange(0, total)
            self._progress.setValue(done)

    @Slot(object)
    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._delay.stop()
            self.hide()

    @Slot()
    def _call_off(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)

    @Slot()
    def retranslate(self) -> None:
        self._cancel.setText(self._speech("ui.cancel_work"))
        if self._job is not None and self._job.title is not None:
            self._what.setText(self._job.title.text(self._speech.language))
            self._progress.setAccessibleName(self._what.text())

"""The page of one meeting: calling, the hall, what follows, papers, the card."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.meetings.sheets import SheetCode
from akimat_desk.meetings.states import MeetingState as State
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk, MeetingState
from akimat_desk.ui.formats import day_written
from akimat_desk.ui.pages.meeting_after import AfterPart
from akimat_desk.ui.pages.meeting_calling import CallingPart
from akimat_desk.ui.pages.meeting_hall import HallPart
from akimat_desk.ui.pages.meeting_papers import CardPart, PapersPart
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.pages.saving import SavesPaper
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, ElidedLabel

FORMATS = ("pdf", "docx", "xlsx")
_CALLING, _HALL, _AFTER, _PAPERS, _CARD = range(5)
_NAMES = ("calling", "hall", "after", "papers", "card")


class MeetingPage(SavesPaper, Page):
    """One meeting at a time, shown by ``reveal``."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.meeting_id: int | None = None
        self.state: MeetingState | None = None
        self._awaited_item: int | None = None
        self._fresh = False
        self.bar = Bar(self.speech, self)
        self.title = ElidedLabel("title", self)
        self.calling, self.hall, self.after = CallingPart(context), HallPart(context), AfterPart(context)
        self.papers, self.card = PapersPart(context), CardPart(context)
        self.parts = (self.calling, self.hall, self.after, self.papers, self.card)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for part in self.parts:
            self.tabs.addTab(part, "")
            part.said.connect(self._say)
        self.tabs.currentChanged.connect(self._tab_chosen)
        buttons: list[QWidget] = [ActionButton(actions["save_pdf"], "primary", self)]
        buttons += [ActionButton(actions[f"save_{each}"], "plain", self) for each in FORMATS[1:2]]
        buttons.append(ActionButton(actions["print"], "plain", self))
        self.papers.add_buttons(buttons)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(ActionButton(actions["meeting_list"], "quiet", self))
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addWidget(self.tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(body, 1)
        self.retranslate()

    # -- showing ------------------------------------------------------------------------------

    def reveal(self, target: object) -> None:
        """Show a meeting (its id), or what a sheet's code names: the hall, at its item."""
        if isinstance(target, SheetCode):
            self._awaited_item = target.item_id
            target = target.meeting_id
            self.tabs.setCurrentIndex(_HALL)
            self._fresh = False
        elif isinstance(target, int):
            self._fresh = True
        if isinstance(target, int):
            self.meeting_id = target
            self.bar.hide()
            self.refresh()

    def refresh(self) -> None:
        if self.meeting_id is None:
            return
        desk, meeting_id = self.context.desk, self.meeting_id
        self.context.ask(lambda _task: desk.area(MeetingsDesk).state(meeting_id), self._show, self._gone)

    @Slot(object)
    def _show(self, state: MeetingState) -> None:
        if state.view.id != self.meeting_id:
            return
        self.state = state
        for part in self.parts:
            part.show_state(state)
        if self._fresh:
            self._fresh = False
            usual = {State.OPEN: _HALL, State.HELD: _AFTER, State.NOT_HELD: _PAPERS}
            self.tabs.setCurrentIndex(usual.get(state.view.state, _CALLING))
        if self._awaited_item is not None:
            self.hall.choose_item(self._awaited_item)
            self._awaited_item = None
        self._name()
        self.provide()

    @Slot(object)
    def _gone(self, problem: AkimatError) -> None:
        """Deleted, or another workspace was opened: the list again."""
        self.meeting_id = self.state = None
        self.context.notice.emit("info", problem.message)
        self.window().show_page("meetings")  # type: ignore[attr-defined]

    def _name(self) -> None:
        if self.state is None:
            self.title.say("")
            return
        view = self.state.view
        kind = self.speech(f"meeting.kind.{view.kind.value}")
        state = self.speech(f"ui.meetings.state.{view.state.value}")
        place = view.locality.text(self.speech.language)
        parts = [f"{kind} № {view.number}", place, day_written(view.day), state]
        said = " · ".join(part for part in parts if part)
        self.title.say(said[:1].upper() + said[1:])

    @Slot(int)
    def _tab_chosen(self, at: int) -> None:
        if at == _PAPERS and self.state is not None:
            self.papers.ask()
        self.provide()

    @Slot(str, object)
    def _say(self, tone: str, message: Message) -> None:
        self.bar.say(tone, message)

    def provide(self) -> None:
        """A sheet can be saved where it is looked at."""
        shown = self.tabs.currentIndex() == _PAPERS and bool(self.papers.preview.documents)
        there = not self.isHidden() and shown
        self.actions_.provide("report", there)
        for each in FORMATS:
            self.actions_.provide(f"report_{each}", there)

    @Slot()
    def retranslate(self) -> None:
        for at, name in enumerate(_NAMES):
            self.tabs.setTabText(at, self.speech(f"ui.meeting.tab.{name}"))
        self.tabs.setAccessibleName(self.speech("ui.page.meeting"))
        for part in self.parts:
            part.retranslate()
        self._name()

    @Slot()
    def recolour(self) -> None:
        if self.state is not None:
            for part in self.parts:
                part.show_state(self.state)

    @Slot()
    def next_finding(self) -> None:
        """The next thing to be said of the meeting."""
        self.tabs.setCurrentIndex(_CARD)
        self.card.findings.next()

    # -- saving -------------------------------------------------------------------------------

    def _save(self, file_format: str) -> None:
        self.papers.save(file_format)

    @Slot()
    def print_(self) -> None:
        """Print the sheet."""
        self.papers.print_()

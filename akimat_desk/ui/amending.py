"""What can be done with an amendment from the window: begin it, take it over to a newer edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from akimat_desk.core.strings import Message
from akimat_desk.ui.desks.amending import AmendingDesk

if TYPE_CHECKING:
    from akimat_desk.budget.views import DecisionSummary
    from akimat_desk.ui.window import MainWindow


class AmendingActions(QObject):
    """Answers the actions of an amendment."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.context = window.context

    @Slot()
    def start(self) -> None:
        """Begin an amendment of the edition in force, on the day chosen above where one is."""
        chosen = self.context.chosen
        if chosen.unit_id is None or chosen.year is None:
            self._window.say("info", Message("ui.budget.empty"))
            return
        desk, unit, year, as_of = self.context.desk, chosen.unit_id, chosen.year, chosen.as_of
        self.context.do(
            lambda _task: desk.area(AmendingDesk).start(unit, year, as_of), self._started, "ui.work.store"
        )

    @Slot(object)
    def _started(self, draft: DecisionSummary) -> None:
        from akimat_desk.ui.pages.draft import DraftPage

        self.context.choose_decision(draft)
        page = self._window.show_page("draft")
        assert isinstance(page, DraftPage)
        page.await_hand()
        self._window.say("good", Message("ui.amendment.started", {"year": draft.first_year}))

    @Slot()
    def renew(self) -> None:
        """Take the draft that is looked at over to the edition confirmed since it was begun."""
        draft_id = self.context.chosen.decision_id
        if draft_id is None:
            self._window.say("info", Message("ui.needs.amendment_draft"))
            return
        desk = self.context.desk
        self.context.do(lambda _task: desk.area(AmendingDesk).renew(draft_id), self._renewed, "ui.work.store")

    @Slot(object)
    def _renewed(self, _draft: DecisionSummary) -> None:
        self._window.say("good", Message("ui.amendment.renewed"))

"""What a person does with drafts that are typed: begin one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from akimat_desk.core.strings import Message

if TYPE_CHECKING:
    from akimat_desk.budget.views import DecisionSummary
    from akimat_desk.ui.window import MainWindow


class DraftActions(QObject):
    """Answers the actions of drafts that need no draft yet."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.context = window.context

    @Slot()
    def begin(self) -> None:
        """Ask for the first year and begin a draft; its page is shown."""
        from akimat_desk.ui.desks.drafts import DraftsDesk
        from akimat_desk.ui.dialogs.drafts import NewDraftDialog, next_year

        unit, overview, desk = self.context.unit, self.context.overview, self.context.desk
        if unit is None:
            self._window.say("info", Message("ui.draft.no_unit"))
            return
        wanted = NewDraftDialog.ask(
            self.context, next_year(overview.decisions if overview is not None else ()), self._window
        )
        if wanted is not None:
            self.context.do(
                lambda _task: desk.area(DraftsDesk).begin(unit.id, wanted.year, wanted.language),
                self._begun,
                "ui.work.store",
            )

    @Slot(object)
    def _begun(self, draft: DecisionSummary) -> None:
        self.context.choose_decision(draft)
        from akimat_desk.ui.pages.draft import DraftPage

        page = self._window.show_page("draft")
        assert isinstance(page, DraftPage)
        page.await_hand()

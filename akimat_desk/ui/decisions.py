"""What a person does with decisions: read, paste, store, confirm, delete, ask as of a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from akimat_desk.core.strings import Message

if TYPE_CHECKING:
    from akimat_desk.budget.decisions.details import DocumentDetails
    from akimat_desk.budget.reading.files import DecisionFile
    from akimat_desk.budget.views import DecisionSummary
    from akimat_desk.ui.desks.decisions import Standing
    from akimat_desk.ui.values import Plan
    from akimat_desk.ui.window import MainWindow


class DecisionActions(QObject):
    """Answers the actions of the Decision menu."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.context = window.context
        self._heard = False

    @Slot()
    def read_decision(self) -> None:
        """Ask for a decision's file and read it."""
        from akimat_desk.ui.dialogs.files import ask_decision

        path = ask_decision(self.context, self._window)
        if path is not None:
            self.read_path(path)

    def read_path(self, path: Path) -> None:
        """Read this decision; what was understood is shown before anything is stored."""
        from akimat_desk.ui.desk import read_file

        self._window.notice.hide()
        desk = self.context.desk
        self.context.with_files(lambda task: read_file(path, task, desk.book()), self._read, "ui.work.read")

    @Slot()
    def paste_decision(self) -> None:
        """Ask for a decision's text and read it."""
        from akimat_desk.ui.desk import read_pasted
        from akimat_desk.ui.dialogs.small import PasteDialog

        text = PasteDialog.ask(self.context, self._window)
        if text is not None:
            desk = self.context.desk
            self.context.with_files(
                lambda task: read_pasted(text, task, desk.book()), self._read, "ui.work.read"
            )

    @Slot(object)
    def _read(self, file: DecisionFile) -> None:
        from akimat_desk.ui.pages.reading import ReadingPage

        reading = self._window.page("reading")
        assert isinstance(reading, ReadingPage)
        if not self._heard:
            reading.finished.connect(self.finish_reading)
            self._heard = True
        self._window.show_page("reading")
        reading.show_file(file)

    @Slot(object)
    def finish_reading(self, stored: DecisionSummary | None) -> None:
        """The preview was answered: stored (what), or put away (None)."""
        self._window.leave_page("budget" if stored is not None else "")
        if stored is not None:
            reading = self._window.reading
            self._show_stored(stored, reading.left_out if reading is not None else 0)

    def _show_stored(self, stored: DecisionSummary, left_out: int = 0) -> None:
        from akimat_desk.budget.views import DocumentState

        draft = stored.state is DocumentState.DRAFT
        self.context.choose_unit(stored.unit_id)
        self.context.choose_decision(stored)
        if left_out:
            unit = self.context.unit
            name = unit.name if unit is not None else ""
            done = "ui.notice.drafted_one" if draft else "ui.notice.confirmed_one"
            self._window.say("info", Message(done, {"unit": name, "count": left_out}))
        elif draft:
            self._window.say("good", Message("ui.notice.drafted"))
        else:
            from akimat_desk.ui.desks.decisions import DecisionsDesk

            desk = self.context.desk
            self.context.ask(lambda _task: desk.area(DecisionsDesk).standing(stored), self._say_confirmed)

    @Slot(object)
    def _say_confirmed(self, standing: Standing) -> None:
        """Confirmed – and which edition is in force now."""
        from akimat_desk.ui.formats import edition_title

        speech, stored, in_force = self.context.speech, standing.decision, standing.in_force
        if stored.id != in_force.id:
            said = Message("ui.notice.confirmed_not_in_force", {"edition": edition_title(in_force, speech)})
            self._window.say("warning", said)
        elif stored.date is None:
            fields = {"edition": edition_title(stored, speech), "day": standing.since}
            self._window.say("warning", Message("ui.notice.confirmed_undated", fields))
        else:
            said = Message("ui.notice.confirmed_in_force", {"edition": edition_title(stored, speech)})
            self._window.say("good", said)

    def _plan(self) -> Plan | None:
        from akimat_desk.ui.pages.budget import BudgetPage
        from akimat_desk.ui.pages.draft import DraftPage

        page = self._window.pages.currentWidget()
        if isinstance(page, DraftPage):
            return page.plan
        page = self._window.page("budget")
        assert isinstance(page, BudgetPage)
        return page.plan

    def _draft(self) -> DecisionSummary | None:
        plan = self._plan()
        return plan.decision if plan is not None and plan.is_draft else None

    @Slot()
    def show_details(self) -> None:
        """Show the decision as a document; a draft's number, dates and session can be filled in."""
        plan, desk = self._plan(), self.context.desk
        if plan is not None:
            decision_id = plan.decision.id
            self.context.ask(lambda _task: desk.details(decision_id), self._show_details)

    @Slot(object)
    def _show_details(self, details: DocumentDetails) -> None:
        from akimat_desk.ui.dialogs.document import DocumentDialog

        if DocumentDialog.ask(self.context, details, self._window) is not None:
            done = "described" if details.confirmed_at is None else "corrected"
            self._window.say("good", Message(f"ui.notice.{done}"))

    @Slot()
    def confirm_draft(self) -> None:
        """Confirm the draft that is shown; with errors a reason is asked for."""
        from akimat_desk.core.findings import has_errors
        from akimat_desk.ui.dialogs.reason import ReasonDialog
        from akimat_desk.ui.dialogs.small import Question, UnnamedDecision

        draft, plan = self._draft(), self._plan()
        if draft is None or plan is None:
            return
        reason, unnamed = "", not (draft.number and draft.date)
        if unnamed:
            question = Message("ui.reading.unnamed_decision.question")
            answer = UnnamedDecision.answer(self.context, question, self._window)
            if answer == "fill":
                self.show_details()
            if answer != "confirm":
                return
        if has_errors(plan.findings):
            asked = ReasonDialog.ask(self.context, plan.findings, self._window)
            if asked is None:
                return
            reason = asked
        elif not unnamed and not Question.ask(
            self.context,
            "ui.draft.confirm",
            Message("ui.draft.confirm.question"),
            "ui.draft.confirm",
            self._window,
        ):
            return
        desk = self.context.desk
        self.context.do(
            lambda _task: desk.confirm(draft.unit_id, draft.id, reason), self._confirmed, "ui.work.store"
        )

    @Slot(object)
    def _confirmed(self, stored: DecisionSummary) -> None:
        self._show_stored(stored)
        self._window.show_page("budget")  # a confirmed decision is looked at, not edited

    @Slot()
    def delete_draft(self) -> None:
        """Delete the draft that is shown, after a question."""
        from akimat_desk.ui.dialogs.small import CarefulQuestion

        draft = self._draft()
        if draft is None:
            return
        if CarefulQuestion.ask(
            self.context,
            "ui.draft.delete",
            Message("ui.draft.delete.question"),
            "ui.draft.delete",
            self._window,
        ):
            desk = self.context.desk
            self.context.do(lambda _task: desk.delete_draft(draft.id), self._deleted, "ui.work.store")

    @Slot(object)
    def _deleted(self, _nothing: object) -> None:
        self.context.choose_edition(None)
        self._window.say("good", Message("ui.notice.deleted"))

    @Slot()
    def choose_day(self) -> None:
        """Ask for a day and show the budget as of then."""
        from akimat_desk.ui.dialogs.small import DayDialog

        if self.context.chosen.year is None:
            return
        day = DayDialog.ask(self.context, self.context.chosen.as_of or dt.date.today(), self._window)
        if day is not None:
            self.context.choose_edition(None, day)

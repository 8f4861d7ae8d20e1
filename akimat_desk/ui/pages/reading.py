"""The preview of a decision: for which unit it is, and storing it as a draft or confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from akimat_desk.budget.views import BudgetView, DecisionSummary
from akimat_desk.core.errors import AkimatError, RuleBroken
from akimat_desk.core.findings import has_errors
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.reason import ReasonDialog
from akimat_desk.ui.dialogs.small import UnnamedDecision
from akimat_desk.ui.dialogs.unit import UnitDialog
from akimat_desk.ui.dialogs.workspace import NewWorkspaceDialog
from akimat_desk.ui.formats import read_day
from akimat_desk.ui.pages.reading_view import ReadingView
from akimat_desk.ui.unknown_code import add_code_of, chosen_unknown, read_again
from akimat_desk.ui.values import NewUnit, OpenedWorkspace, UnitMatch

if TYPE_CHECKING:
    from akimat_desk.budget.reading.draft import ReadUnit
    from akimat_desk.budget.reading.files import DecisionFile

_NEW_UNIT = -1


class ReadingPage(ReadingView):
    """Nothing is stored before the person says so; ``finished`` tells how it ended."""

    #: Stored (a DecisionSummary) or put away (None).
    finished = Signal(object)

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        self._matches: tuple[UnitMatch, ...] = ()
        self._confirming = False
        #: How many units of the text were not stored.
        self.left_out = 0
        self._reason = ""
        super().__init__(context, actions, parent)
        self.which.activated.connect(self._choose_read_unit)
        self.into.activated.connect(self._choose_target)
        self.draft_button.clicked.connect(self.store_draft)
        self.confirm_button.clicked.connect(self.store_confirmed)
        self.discard_button.clicked.connect(self.discard)

    # -- codes that the classification lacks --------------------------------------------------

    def provide(self) -> None:
        """A code that nobody knows can be added where it was met."""
        open_ = self.context.workspace is not None and not self.context.workspace.read_only
        self.actions_.provide("unknown_code", open_ and chosen_unknown(self.findings(), None) is not None)

    def add_unknown_code(self) -> None:
        """Add the unknown code of the finding looked at (else of the first one), and read the file anew."""
        finding, file = chosen_unknown(self.findings(), self.panel.current), self._file
        if finding is None or file is None:
            return
        if add_code_of(self.context, finding, self) is not None:
            desk, data, name = self.context.desk, file.data, file.name
            self.context.with_files(
                lambda task: read_again(data, name, task, desk.book()), self._show_again, "ui.work.read"
            )

    @Slot(object)
    def _show_again(self, file: DecisionFile) -> None:
        self.show_file(file)

    # -- for which unit -----------------------------------------------------------------------

    def show_file(self, file: DecisionFile) -> None:
        """Show what was read and ask which unit of the workspace it means."""
        self._matches = ()
        super().show_file(file)
        if not (file.decision.number and file.decision.date):
            self.bar.say("warning", Message("ui.reading.unnamed_decision"))
        self._ask_matches()

    def _ask_matches(self) -> None:
        file, desk = self._file, self.context.desk
        if file is not None:
            self.context.ask(lambda _task: (file, desk.matches(file)), self._matched)

    @Slot(object)
    def _matched(self, answer: tuple[DecisionFile, tuple[UnitMatch, ...]]) -> None:
        file, matches = answer
        if file is not self._file:
            return
        self._matches = matches
        # Of many units of a text, the one that the workspace keeps comes first.
        mine = next((i for i, match in enumerate(matches) if match.unit_id is not None), None)
        if mine is not None:
            self.which.setCurrentIndex(mine)
        self._choose_read_unit(self.which.currentIndex())

    @Slot(int)
    def _choose_read_unit(self, _row: int) -> None:
        match = self._match()
        self._present = match.present if match else None
        self._fill_into(match.unit_id if match else None)
        self.retranslate()
        self.provide()

    def _match(self) -> UnitMatch | None:
        row = max(self.which.currentIndex(), 0)
        return self._matches[row] if row < len(self._matches) else None

    @Slot(int)
    def _choose_target(self, _row: int) -> None:
        unit_id, read = self.into.currentData(), self.unit
        self._present = None
        if unit_id is None or unit_id == _NEW_UNIT or read is None or read.first_year is None:
            self._show_figures()
            return
        desk, year = self.context.desk, read.first_year
        self.context.ask(lambda _task: desk.present(unit_id, year), self._show_present)

    @Slot(object)
    def _show_present(self, present: BudgetView | None) -> None:
        self._present = present
        self._show_figures()

    def _fill_into(self, chosen: int | None) -> None:
        self.into.clear()
        workspace = self.context.workspace
        for unit in workspace.by_name(self.speech.language) if workspace else ():
            self.into.addItem(unit.name.text(self.speech.language), unit.id)
        if workspace is not None:
            self.into.addItem(self.speech("ui.reading.new_unit"), _NEW_UNIT)
        at = self.into.findData(chosen) if chosen is not None else self.into.count() - 1
        self.into.setCurrentIndex(at)
        for part in (self.into, self._into_label):
            part.setVisible(workspace is not None)

    # -- storing ------------------------------------------------------------------------------

    @Slot()
    def store_draft(self) -> None:
        """Keep it as a draft."""
        self._store(confirm=False)

    @Slot()
    def store_confirmed(self) -> None:
        """Keep it as the decision in force."""
        self._store(confirm=True)

    def _store(self, confirm: bool) -> None:
        file, unit = self._file, self.unit
        if file is None or unit is None or not self._take_number_and_date():
            return
        if confirm and not self._may_confirm(file):
            return
        reason = ""
        if confirm and has_errors(self.findings()):
            asked = ReasonDialog.ask(self.context, self.findings(), self)
            if asked is None:
                return
            reason = asked
        self._confirming, self._reason = confirm, reason
        desk = self.context.desk
        if self.context.workspace is None:
            made = NewWorkspaceDialog.ask(self.context, self._suggested_unit(unit), self)
            if made is not None:
                path, first_unit = made
                self._begin()
                self.context.do(
                    lambda _task: desk.create(path, first_unit),
                    self._created,
                    "ui.work.create",
                    self._refused,
                )
            return
        unit_id = self.into.currentData()
        if unit_id is not None and unit_id != _NEW_UNIT:
            self._store_into(unit_id)
            return
        new_unit = UnitDialog.ask(self.context, self._suggested_unit(unit), self)
        if new_unit is not None:
            self._begin()
            self.context.do(
                lambda _task: (desk.add_unit(new_unit).id, desk.again()), self._added, "", self._refused
            )

    @Slot(object)
    def _created(self, opened: OpenedWorkspace) -> None:
        self.context.set_workspace(opened)
        self._fill_into(opened.units[0].id)
        self._store_into(opened.units[0].id)

    @Slot(object)
    def _added(self, answer: tuple[int, OpenedWorkspace]) -> None:
        unit_id, opened = answer
        self.context.units_changed(opened)
        self._fill_into(unit_id)
        self._store_into(unit_id)

    def _store_into(self, unit_id: int) -> None:
        file, index = self._file, max(self.which.currentIndex(), 0)
        confirm, reason, desk = self._confirming, self._reason, self.context.desk
        if file is not None:
            self._begin()
            self.context.do(
                lambda _task: desk.store(file, index, unit_id, confirm, reason),
                self._stored,
                "ui.work.store",
                self._refused,
            )

    def _begin(self) -> None:
        for made in (self.draft_button, self.confirm_button):
            made.setEnabled(False)

    def _take_number_and_date(self) -> bool:
        """Take what the person corrected of number and date; says so when the date is no date."""
        assert self._file is not None
        decision = self._file.decision
        decision.number = self.number.text().strip() or None
        written = self.date.text().strip()
        try:
            decision.date = read_day(written)
        except ValueError:
            self.bar.say("error", Message("ui.date.wrong", {"written": written}))
            self.date.setFocus()
            return False
        return True

    def _may_confirm(self, file: DecisionFile) -> bool:
        """A confirmed decision is never edited: without number or date the person says so herself."""
        if file.decision.number and file.decision.date:
            return True
        question = Message("ui.reading.unnamed_decision.question")
        answer = UnnamedDecision.answer(self.context, question, self)
        if answer == "confirm":
            return True
        (self.date if file.decision.number else self.number).setFocus()
        return False

    def _suggested_unit(self, unit: ReadUnit) -> NewUnit:
        assert self._file is not None
        return NewUnit.suggested(unit.name, self._file.decision.language)

    @Slot(object)
    def _stored(self, summary: DecisionSummary) -> None:
        self._ready()
        self.left_out = len(self._file.decision.units) - 1 if self._file is not None else 0
        self._file = None
        self.finished.emit(summary)

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self._ready()
        self.bar.say("error" if not isinstance(problem, RuleBroken) else "warning", problem.message)

    def _ready(self) -> None:
        for made in (self.draft_button, self.confirm_button):
            made.setEnabled(True)

    @Slot()
    def discard(self) -> None:
        """Put it away; nothing is stored."""
        self._file = None
        self.finished.emit(None)

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        row = self.into.currentIndex()
        chosen = self.into.itemData(row) if row >= 0 else None
        super().retranslate()
        if self._matches:
            self._fill_into(chosen)

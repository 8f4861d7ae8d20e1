"""What is done with the documents of a financing plan: begun, taken in, approved, changed, printed."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.plans.board import PlanBoard
from akimat_desk.budget.plans.columns import PlanColumnsUnknown
from akimat_desk.budget.plans.commands import Started
from akimat_desk.budget.plans.documents import PlanKind, PlanSummary
from akimat_desk.budget.plans.importing import PlanPreview
from akimat_desk.budget.plans.sheet import Side
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.plans import PlansDesk, PlansOfYear, StartSeen
from akimat_desk.ui.dialogs.files import ask_workbook
from akimat_desk.ui.dialogs.plan_change import ChangeDialog, ChangePlace
from akimat_desk.ui.dialogs.plan_columns import PlanColumnsDialog
from akimat_desk.ui.dialogs.plan_import import ImportDialog
from akimat_desk.ui.dialogs.plan_start import StartDialog
from akimat_desk.ui.dialogs.small import DayDialog, Question
from akimat_desk.ui.form_saver import FormSaver
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.pages.saving import SavesPaper
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.widgets.minutes_choice import MinutesChoice
from akimat_desk.ui.work import Work


class PlanPapers(SavesPaper, Page):
    """The half of the plan's page that knows its documents; the other half shows the one in hand."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.board: PlanBoard | None = None
        self._answer: PlansOfYear | None = None
        self._wanted: int | None = None  # the document to be shown
        self._preview: Work | None = None  # the reading that is going on
        self.forms = FormSaver(context, self)

    @property
    def side(self) -> Side:
        """The side shown."""
        raise NotImplementedError

    @property
    def document(self) -> PlanSummary | None:
        """The document shown."""
        return self.board.view.document if self.board is not None else None

    def start_plan(self) -> None:
        """Make a first draft: the budget in force on last year's lines."""
        place = self._place()
        if place is not None:
            desk, (unit, year) = self.context.desk, place
            self.context.ask(lambda _task: desk.area(PlansDesk).look_at_start(unit, year), self._start_seen)

    @Slot(object)
    def _start_seen(self, seen: StartSeen) -> None:
        """What became of last year's codes is read, and lines without a place are given one, beforehand."""
        placed = StartDialog.ask(self.context, seen, self) if seen.start.findings else {}
        if placed is not None:
            desk = self.context.desk
            self.context.do(
                lambda _task: desk.area(PlansDesk).start(seen.unit_id, seen.year, placed),
                self._started,
                "ui.work.store",
            )

    def start_quarter(self) -> None:
        """Make the plan of the first quarter: a quarter of the forecast, while no budget is approved."""
        place = self._place()
        if place is not None:
            desk, (unit, year) = self.context.desk, place
            self.context.do(
                lambda _task: desk.area(PlansDesk).start_quarter(unit, year), self._taken_in, "ui.work.store"
            )

    @Slot(object)
    def _started(self, started: Started) -> None:
        self._wanted = started.document_id
        self.refresh()

    def import_plan(self) -> None:
        """Take a plan in from a file, after looking at it row by row."""
        place = self._place()
        path = ask_workbook(self.context, self, "plan", "ui.files.read_plan") if place is not None else None
        if place is None or path is None:
            return
        desk, (unit, year) = self.context.desk, place
        self._look(lambda task: desk.area(PlansDesk).preview(unit, year, path, task))

    def paste_plan(self) -> None:
        """The same of a table in the clipboard."""
        place, text = self._place(), QGuiApplication.clipboard().text()
        if place is None:
            return
        if not text.strip():
            self.context.notice.emit("info", Message("ui.plan.import.empty_clipboard"))
            return
        desk, (unit, year) = self.context.desk, place
        self._look(lambda _task: desk.area(PlansDesk).preview_text(unit, year, text))

    def _look(self, preview: Work) -> None:
        """Read a plan beside the one that is there; where its columns are not told, ask for them."""
        self._preview = preview
        self.context.do(preview, self._previewed, "ui.work.read", self._not_read)

    @Slot(object)
    def _not_read(self, problem: AkimatError) -> None:
        if not isinstance(problem, PlanColumnsUnknown):
            self.context.notice.emit("error", problem.message)
            return
        question = problem.question
        shown = PlanColumnsDialog.ask(self.context, question, self)
        if shown is not None and self._preview is not None:
            desk = self.context.desk
            self.context.do(lambda _task: desk.area(PlansDesk).remember_columns(question.signature, shown))
            self._look(self._preview)

    @Slot(object)
    def _previewed(self, seen: PlanPreview) -> None:
        keep = ImportDialog.ask(self.context, seen, self)
        place = self._place()
        if keep is None or place is None:
            return
        desk, unit = self.context.desk, place[0]
        self.context.do(
            lambda _task: desk.area(PlansDesk).take_in(unit, seen, keep), self._taken_in, "ui.work.store"
        )

    @Slot(object)
    def _taken_in(self, document: int | None) -> None:
        self.board = None
        self._wanted = document
        self.refresh()

    def approve(self) -> None:
        """Approve the draft shown: a plan on a day that is asked for, a change on its own."""
        document = self.document
        if document is None:
            return
        day, number, basis = None, "", None
        if document.kind is PlanKind.PLAN:
            day = ApprovalDay.ask(self.context, dt.date.today(), self)
            if day is None:
                return
        elif document.kind is PlanKind.QUARTER:
            decided = QuarterDecision.ask_all(self.context, document, self)
            if decided is None:
                return
            day, number, basis = decided
        desk = self.context.desk
        self.context.do(
            lambda _task: desk.area(PlansDesk).approve(document.id, day, number, basis),
            self._approved,
            "ui.work.store",
        )

    @Slot(object)
    def _approved(self, number: str) -> None:
        key = "ui.plan.approved.change" if number else "ui.plan.approved.plan"
        self.context.notice.emit("good", Message(key, {"number": number} if number else {}))
        self.board = None
        self.refresh()

    def start_change(self) -> None:
        """Begin a change of the approved plan."""
        place = self._place()
        made = ChangeDialog.ask(self.context, ChangePlace(*place), self) if place is not None else None
        if made is not None:
            self._wanted = made
            self.refresh()

    def describe_change(self) -> None:
        """Say of the change shown what kind it is, its day and its reason."""
        document = self.document
        if document is None or document.kind is not PlanKind.CHANGE:
            return
        place = ChangePlace(document.unit_id, document.year, document)
        if ChangeDialog.ask(self.context, place, self) is not None:
            self.board = None
            self.refresh()

    def delete(self) -> None:
        """Mark the draft as deleted; it can be brought back for a month."""
        document = self.document
        if document is None or not Question.ask(
            self.context, "ui.plan.delete.title", Message("ui.plan.delete.words"), "ui.plan.delete.do", self
        ):
            return
        desk = self.context.desk
        self._wanted = None
        self.board = None
        self.context.do(lambda _task: desk.area(PlansDesk).delete(document.id), None, "ui.work.store")

    def bring_back(self) -> None:
        """Bring the draft back that was marked as deleted last."""
        gone = self._answer.deleted if self._answer is not None else ()
        if gone:
            desk, document = self.context.desk, gone[-1].id
            self._wanted, self.board = document, None
            self.context.do(lambda _task: desk.area(PlansDesk).bring_back(document), None, "ui.work.store")

    def _place(self) -> tuple[int, int] | None:
        chosen = self.context.chosen
        if chosen.unit_id is None or chosen.year is None:
            self.context.notice.emit("info", Message("ui.budget.empty"))
            return None
        return chosen.unit_id, chosen.year

    # -- forms --------------------------------------------------------------------------------

    def form_id(self) -> str:
        """The form that is printed of what is shown: a certificate, else the plan of the side."""
        document = self.document
        if document is not None and document.kind is PlanKind.CHANGE:
            return "plan_change"
        if document is not None and document.kind is PlanKind.QUARTER:
            return "quarter_plan"
        return "plan_receipts" if self.side is Side.RECEIPTS else "plan_individual"

    def _save(self, file_format: str) -> None:
        document = self.document
        if document is None:
            return
        form, language = self.form_id(), self.context.settings.text("doc_language", "kk")
        name = f"{self.speech(f'report.kind.{form}.title')} {document.year} ({language}).{file_format}"
        desk = self.context.desk
        self.forms.save(
            name,
            lambda _task: desk.area(PlansDesk).form(
                form, document.unit_id, document.year, document.id, language
            ),
        )


class ApprovalDay(DayDialog):
    """The day on which a plan is approved."""

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.plan.approve.title"))
        self.words.setText(self.speech("ui.plan.approve.words"))
        self.accept_button.setText(self.speech("ui.plan.approve.do"))


class QuarterDecision(ApprovalDay):
    """The akim's decision on a first quarter's plan: its day and number, the minutes it rests on if any."""

    def __init__(self, context: Context, document: PlanSummary, parent: QWidget | None = None) -> None:
        self._labels = [label(), label()]
        self.number = QLineEdit()
        self.minutes = MinutesChoice(
            context, document.unit_id, document.year, without="ui.plan.quarter.no_minutes"
        )
        super().__init__(context, dt.date.today(), parent)
        for said, field in zip(self._labels, (self.number, self.minutes), strict=True):
            said.setBuddy(field)
            self.content.addWidget(said)
            self.content.addWidget(field)

    @classmethod
    def ask_all(
        cls, context: Context, document: PlanSummary, parent: QWidget | None
    ) -> tuple[dt.date, str, Basis] | None:
        """The day, the number, the basis; None when called off."""
        dialog = cls(context, document, parent)
        return (dialog.day(), dialog.number.text(), dialog.basis()) if dialog.run() else None

    def basis(self) -> Basis:
        """The minutes picked; an empty basis where none are."""
        row = self.minutes.currentIndex()
        return self.minutes.items[row - 1].basis if row > 0 else Basis()

    def fault(self) -> str | None:
        return None if self.number.text().strip() else self.speech("ui.plan.quarter.no_number")

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.words.setText(self.speech("ui.plan.quarter.words"))
        for said, key in zip(self._labels, ("number", "minutes"), strict=True):
            said.setText(self.speech(f"ui.plan.quarter.{key}"))
        self.minutes.retranslate()

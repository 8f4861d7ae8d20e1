"""The page of adjustments: the akim's decisions between amendments, and the balances of the year."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.questions import AdjustmentView
from akimat_desk.budget.adjustments.rules import ground_of
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.views import DocumentState
from akimat_desk.core import dates
from akimat_desk.core.findings import has_errors
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message, Thousands
from akimat_desk.reports.office import OfficeRules
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.adjustments import AdjustmentsDesk, AdjustmentsOfYear
from akimat_desk.ui.dialogs.adjustment import AdjustedLineDialog, AdjustmentDialog
from akimat_desk.ui.dialogs.balances import BalancesDialog
from akimat_desk.ui.dialogs.office_rules import OfficeRulesDialog
from akimat_desk.ui.dialogs.periods import PeriodsDialog
from akimat_desk.ui.dialogs.reason import ReasonDialog
from akimat_desk.ui.dialogs.small import Question
from akimat_desk.ui.form_saver import FormSaver
from akimat_desk.ui.formats import code_shown, day_written
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.pages.saving import SavesPaper
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, ElidedLabel, RoomyComboBox, label, table_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel

_HEADS = ("code", "name", "before", "change", "after")
_FORMATS = ("pdf", "xlsx", "docx")


class AdjustmentsPage(SavesPaper, Page):
    """Decisions of the year above, lines of the one chosen, what the law says of it, balances below."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._answer: AdjustmentsOfYear | None = None
        self.view: AdjustmentView | None = None
        self._wanted: int | None = None
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self.forms = FormSaver(context, self)
        self._title = label("title")
        self.documents = RoomyComboBox(30, self)
        self.documents.activated.connect(self._choose)
        self._facts = ElidedLabel("quiet", self)
        self.model = RowsModel(numbers_from=2, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.activated.connect(self._edit_line)
        self.panel = FindingsPanel(self.speech, self)
        self.balances: QLabel = label(wrap=True, selectable=True)
        self._empty = label("quiet", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        across = QSplitter(Qt.Orientation.Vertical, self)
        across.addWidget(self.table)
        across.addWidget(self.panel)
        across.setStretchFactor(0, 1)
        across.setChildrenCollapsible(False)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(across)
        self._stack.addWidget(self._empty)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addWidget(self.documents)
        head.addWidget(self._facts, 1)
        head.addWidget(ActionButton(self.actions_["adjustment_new"], "plain", self))
        head.addWidget(ActionButton(self.actions_["adjustment_confirm"], "primary", self))
        tools = QHBoxLayout()
        tools.setSpacing(SPACE)
        for name in ("adjustment_describe", "adjustment_line", "adjustment_remove"):
            tools.addWidget(ActionButton(self.actions_[name], "quiet", self))
        tools.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(SPACE)
        below.addWidget(self.balances, 1)
        for name in ("balances", "periods"):
            below.addWidget(ActionButton(self.actions_[name], "plain", self))
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addLayout(tools)
        body.addWidget(self._stack, 1)
        body.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addWidget(self.forms.bar)
        column.addLayout(body, 1)

    @property
    def is_draft(self) -> bool:
        """Whether a draft is shown."""
        return self.view is not None and self.view.state is DocumentState.DRAFT

    def provide(self) -> None:
        """What can be done with the decision shown."""
        seen = not self.isHidden() and self.view is not None
        self.actions_.provide("adjustment_draft", seen and self.is_draft)
        self.actions_.provide("report", seen)
        for each in _FORMATS:
            self.actions_.provide(f"report_{each}", seen)

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self.context.chosen
        self.show_hint()
        if chosen.unit_id is None or chosen.year is None:
            self._answer, self.view = None, None
            self._show_view()
            return
        desk, unit, year = self.context.desk, chosen.unit_id, chosen.year
        self.context.ask(lambda _task: desk.area(AdjustmentsDesk).adjustments(unit, year), self._show)

    @Slot(object)
    def _show(self, answer: AdjustmentsOfYear) -> None:
        chosen = self.context.chosen
        if (answer.unit_id, answer.year) != (chosen.unit_id, chosen.year):
            return  # the answer to a question nobody asks any more
        self._answer = answer
        named = [each for each in answer.documents if each.id == self._wanted]
        self.view = next(iter([*named, *reversed(answer.documents)]), None)
        self._wanted = self.view.id if self.view is not None else None
        self.documents.clear()
        for each in answer.documents:
            self.documents.addItem("", each.id)
        self.documents.setCurrentIndex(self.documents.findData(self._wanted))
        self._show_view()

    def _show_view(self) -> None:
        self._stack.setCurrentIndex(0 if self.view is not None else 1)
        own = self.view.findings if self.view is not None else ()
        of_year = self._answer.findings if self._answer is not None else ()
        self.panel.show_findings((*own, *of_year))
        self.provide()
        self.retranslate()

    @Slot(int)
    def _choose(self, _row: int) -> None:
        self._wanted = self.documents.currentData()
        if self._answer is not None:
            self._show(self._answer)

    # -- doing --------------------------------------------------------------------------------

    def new(self) -> None:
        """Begin a decision of the akim."""
        place = self._place()
        made = AdjustmentDialog.ask(self.context, *place, None, self) if place is not None else None
        if made is not None:
            self._wanted = made
            self.refresh()

    def describe(self) -> None:
        """Ground, number, day and basis of the draft shown."""
        view = self.view
        if view is not None and AdjustmentDialog.ask(self.context, view.unit_id, view.year, view, self):
            self.refresh()

    def add_line(self) -> None:
        """Choose a line of the budget and what is added to it."""
        self._line_dialog(None)

    @Slot(QModelIndex)
    def _edit_line(self, index: QModelIndex) -> None:
        if self.is_draft and self.view is not None and index.row() < len(self.view.lines):
            self._line_dialog(index.row())

    def _line_dialog(self, place: int | None) -> None:
        view, answer = self.view, self._answer
        if view is None or answer is None or not self.is_draft:
            return
        if answer.budget is None:
            self.context.notice.emit("info", Message("ui.adjustment.no_budget", {"year": view.year}))
            return
        present = view.lines[place] if place is not None else None
        line = AdjustedLineDialog.ask(self.context, answer.budget, view, present, self)
        if line is None:
            return
        others = [
            each
            for number, each in enumerate(view.lines)
            if number != place and (each.code, each.figure) != (line.code, line.figure)
        ]
        self._put([*others, line])

    def remove_line(self) -> None:
        """Take the line out that the cursor is on."""
        row = self.table.currentIndex().row()
        if self.view is not None and self.is_draft and 0 <= row < len(self.view.lines):
            self._put([each for number, each in enumerate(self.view.lines) if number != row])

    def _put(self, lines: list[AdjustedLine]) -> None:
        view = self.view
        if view is not None:
            desk = self.context.desk
            self.context.do(
                lambda _task: desk.area(AdjustmentsDesk).put_lines(view.id, lines), None, "ui.work.store"
            )

    def confirm(self) -> None:
        """Confirm the draft; one that the law forbids asks for the reason."""
        view = self.view
        if view is None or not self.is_draft:
            return
        said = ""
        if has_errors(view.findings):
            asked = ReasonDialog.ask(self.context, view.findings, self)
            if asked is None:
                return
            said = asked
        desk = self.context.desk
        self.context.do(
            lambda _task: desk.area(AdjustmentsDesk).confirm(view.id, said), self._confirmed, "ui.work.store"
        )

    @Slot(object)
    def _confirmed(self, _nothing: object) -> None:
        self.context.notice.emit("good", Message("ui.adjustment.confirmed"))

    def delete(self) -> None:
        """Delete the draft."""
        view = self.view
        if view is None or not Question.ask(
            self.context,
            "ui.adjustment.delete.title",
            Message("ui.adjustment.delete.words"),
            "ui.plan.delete.do",
            self,
        ):
            return
        desk = self.context.desk
        self.context.do(lambda _task: desk.area(AdjustmentsDesk).delete(view.id), None, "ui.work.store")

    def edit_balances(self) -> None:
        """What the year opened with."""
        place = self._place()
        if place is None:
            return
        present = self._answer.balances if self._answer is not None else None
        BalancesDialog.ask(self.context, *place, present, self)

    def edit_periods(self) -> None:
        """Close months and the year, or open the last one again."""
        place = self._place()
        if place is not None:
            PeriodsDialog.tell(self.context, *place, self)

    def edit_rules(self) -> None:
        """What the law or its forms leave to the office."""
        desk = self.context.desk
        self.context.ask(lambda _task: desk.area(AdjustmentsDesk).rules(), self._show_rules)

    @Slot(object)
    def _show_rules(self, rules: OfficeRules) -> None:
        year = self.context.chosen.year or dates.today().year
        if OfficeRulesDialog.ask(self.context, rules, year, self):
            self.context.notice.emit("good", Message("ui.office.kept"))

    def _place(self) -> tuple[int, int] | None:
        chosen = self.context.chosen
        if chosen.unit_id is None or chosen.year is None:
            self.context.notice.emit("info", Message("ui.budget.empty"))
            return None
        return chosen.unit_id, chosen.year

    # -- forms --------------------------------------------------------------------------------

    def _save(self, file_format: str) -> None:
        view = self.view
        if view is not None:
            desk, language = self.context.desk, self.context.settings.text("doc_language", "kk")
            title = self.speech("report.kind.adjustment.title")
            self.forms.save(
                f"{title} {view.year} ({language}).{file_format}",
                lambda _task: desk.area(AdjustmentsDesk).form(view.unit_id, view.year, view.id, language),
            )

    def next_finding(self) -> None:
        """Go to the next finding."""
        self.panel.next()

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech, language, view, answer = self.speech, self.speech.language, self.view, self._answer
        self._title.setText(speech("ui.page.adjustments"))
        self.documents.setAccessibleName(speech("ui.plan.documents"))
        self.table.setAccessibleName(speech("ui.page.adjustments"))
        for place, each in enumerate(answer.documents if answer is not None else ()):
            if place < self.documents.count():
                self.documents.setItemText(place, self._name(each))
        self._empty.setText(speech("ui.adjustment.empty"))
        self._facts.say(ground_of(view.ground).name.text(language) if view is not None else "")
        before = {line.code: line.amount or 0 for line in view.before.lines} if view and view.before else {}
        used = view.before.figures[Figure.BALANCES_USED] if view and view.before else None
        rows = []
        for line in view.lines if view is not None else ():
            of_balances = line.figure is Figure.BALANCES_USED
            there = (used or 0) if of_balances else before.get(line.code, 0)
            name = speech("report.plan.balance.opening") if of_balances else line.name.text(language)
            code = code_shown(line.code)
            amounts = (there, line.amount, there + line.amount)
            rows.append(RowText((code, name, *map(table_amount, amounts))))
        self.model.show_rows([speech(f"report.akim.head.{head}") for head in _HEADS], rows)
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((20, 40, 24, 20, 31)):
            self.table.setColumnWidth(column, share * wide)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.balances.setText(self._said_of_balances())

    def _said_of_balances(self) -> str:
        opened = self._answer.balances if self._answer is not None else None
        if opened is None:
            return self.speech("ui.balances.unknown")
        return self.speech(
            "ui.balances.said",
            total=Thousands(opened.total, table=True),
            bound=Thousands(opened.must_be_used, table=True),
            free=Thousands(opened.free, table=True),
        )

    def _name(self, view: AdjustmentView) -> str:
        state = "draft" if view.state is DocumentState.DRAFT else "confirmed"
        return self.speech(
            f"ui.adjustment.document.{state}",
            number=view.number or "–",
            date=day_written(view.date) or "–",
        )

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/adjustments", True):
            self.hint.say("hint", Message("ui.adjustment.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/adjustments", False)

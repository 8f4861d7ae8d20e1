"""The Budget page: an edition line by line, three years side by side, with all that does not add up."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from akimat_desk.budget.views import Basis, DecisionKind, DecisionSummary
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.formats import edition_title
from akimat_desk.ui.models.budget_tree import BudgetTreeModel, Fixed
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.resting import Resting
from akimat_desk.ui.search import LineTarget
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.values import Plan
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import (
    ActionButton,
    ElidedLabel,
    label,
    remember_columns,
    restore_columns,
    tree_view,
)
from akimat_desk.ui.widgets.findings_panel import FindingsPanel
from akimat_desk.ui.work import Job

# What the bar of a draft offers, with the action that does it.
_DRAFT_OFFERS = {
    "ui.draft.confirm": "confirm",
    "ui.draft.edit": "edit_draft",
    "ui.draft.delete": "delete_draft",
}


class BudgetPage(Page):
    """A tree of lines over the findings panel."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.plan: Plan | None = None
        self._job: Job | None = None
        self._awaited: object = None
        self._shown_years: list[int] = []
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self.draft_bar = DraftBar(context, actions, self)
        self._title = label("title")
        self._facts = ElidedLabel("quiet", self)
        self._unit = label("quiet")
        self.model = BudgetTreeModel(self.speech, self)
        self.tree = tree_view(self)
        self.tree.setModel(self.model)
        self.resting = Resting(context, self)
        self.resting.offer(self.tree, actions["rests_on"])
        self.panel = FindingsPanel(self.speech, self)
        self.panel.chosen.connect(self.jump)
        self.panel.folded.connect(self._share_height)
        self._empty = label("quiet", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(self.tree)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setCollapsible(1, False)
        self.splitter.setHandleWidth(5)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self._empty)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addWidget(self._facts, 1)
        head.addWidget(self._unit)
        head.addWidget(ActionButton(actions["details"], "quiet", self))
        head.addWidget(ActionButton(actions["expand"], "quiet", self))
        head.addWidget(ActionButton(actions["collapse"], "quiet", self))
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.addLayout(head)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addWidget(self.draft_bar)
        column.addLayout(body, 1)
        self.retranslate()

    def provide(self) -> None:
        """What can be done with a decision can be done where it is seen."""
        seen = not self.isHidden() and self.plan is not None
        self.actions_.provide("decision", seen)
        is_draft = seen and self.plan is not None and self.plan.is_draft
        self.actions_.provide("draft", is_draft)
        amends = self.plan is not None and self.plan.decision.kind is DecisionKind.AMENDMENT
        self.actions_.provide("amendment_draft", is_draft and amends)
        self.actions_.provide("figure", seen)

    @Slot()
    def rests_on(self) -> None:
        """What the amount under the cursor rests on; beside the years, that of the year shown."""
        plan, index = self.plan, self.tree.currentIndex()
        if plan is not None:
            self.resting.ask(self.model.grounds(index, plan.decision.id, plan.asked_year))

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self.context.chosen
        self.show_hint()
        if chosen.unit_id is None or chosen.year is None:
            self._show_nothing(Message("ui.budget.empty"))
            return
        desk, unit, year = self.context.desk, chosen.unit_id, chosen.year
        decision, as_of = chosen.decision_id, chosen.as_of
        self._job = self.context.ask(
            lambda _task: desk.plan(unit, year, decision, as_of), self._show, self._refused
        )

    @Slot(object)
    def _show(self, plan: Plan) -> None:
        chosen = self.context.chosen
        if plan.decision.unit_id != chosen.unit_id or plan.asked_year != chosen.year:
            return  # the answer to a question nobody asks any more
        self.plan = plan
        self._stack.setCurrentWidget(self.splitter)
        self._save_columns()
        self.model.show_plan(plan.years, plan.findings)
        self._arrange_columns()
        self._open_branches()
        self.panel.show_findings(plan.findings)
        self.draft_bar.setVisible(plan.is_draft)
        self.provide()
        self.show_hint()
        self.retranslate()
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self.reveal(awaited)

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self._show_nothing(problem.message)

    def _show_nothing(self, why: Message) -> None:
        self.plan = None
        self._why = why
        self.model.show_plan((), ())
        self.panel.show_findings(())
        self.draft_bar.hide()
        self.provide()
        self._stack.setCurrentWidget(self._empty)
        self.retranslate()

    def _arrange_columns(self) -> None:
        header = self.tree.header()
        years = self.model.years
        if years == self._shown_years:
            return
        self._shown_years = years
        for column in range(self.model.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        restored = restore_columns(header, self.context.settings, f"budget-{len(years)}")
        if not restored:
            wide = self.fontMetrics().horizontalAdvance("0")
            header.resizeSection(Fixed.CODE, 24 * wide)
            for column in range(len(Fixed), self.model.mark_column):
                header.resizeSection(column, 16 * wide)
            header.resizeSection(self.model.mark_column, 16 * wide)
        header.setSectionResizeMode(Fixed.NAME, QHeaderView.ResizeMode.Stretch)

    @Slot(bool)
    def _share_height(self, folded: bool) -> None:
        """The tree has what the findings do not need."""
        high = max(self.splitter.height(), 400)
        wanted = self.panel.minimumSizeHint().height() if folded else max(high // 3, 170)
        self.splitter.setSizes([high - wanted, wanted])

    def _open_branches(self) -> None:
        """Everything down to programmes is open; a line with a finding is never hidden."""
        self.tree.expandAll()

    def expand(self) -> None:
        """Open every branch."""
        self.tree.expandAll()

    def collapse(self) -> None:
        """Close every branch."""
        self.tree.collapseAll()

    # -- findings -----------------------------------------------------------------------------

    def next_finding(self) -> None:
        """Go to the next finding's line."""
        self.panel.next()

    @Slot(object)
    def jump(self, finding: Finding) -> None:
        """Go to the line that a finding speaks of."""
        self._go_to(self.model.index_of(finding))

    def _go_to(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        above = index.parent()
        while above.isValid():
            self.tree.expand(above)
            above = above.parent()
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index, self.tree.ScrollHint.PositionAtCenter)
        self.tree.setFocus()

    def reveal(self, target: object) -> None:
        """Go to a line, a finding's line, or another decision."""
        if isinstance(target, DecisionSummary):
            self.context.choose_decision(target)
        elif self.plan is None or self._stale:
            self._awaited = target  # what is shown is on its way
        elif isinstance(target, Finding):
            self.jump(target)
        elif isinstance(target, LineTarget):
            self._go_to(self.model.index_of_line(target))

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.budget"))
        self._unit.setText(speech("ui.thousand_tenge"))
        self.tree.setAccessibleName(speech("ui.page.budget"))
        if self.plan is None:
            self._facts.say("")
            self._empty.setText(getattr(self, "_why", Message("ui.budget.empty")).text(speech.language))
            return
        facts = [edition_title(self.plan.decision, speech)]
        if self.plan.basis is Basis.PROJECTION:
            facts.append(speech("ui.budget.projection", year=self.plan.asked_year))
        if self.plan.decision.reason:
            facts.append(speech("ui.budget.reason", reason=self.plan.decision.reason))
        self._facts.say("  ·  ".join(facts))

    def show_hint(self) -> None:
        """The three lines on what to do here, until they were put away."""
        draft = self.plan is not None and self.plan.is_draft  # its own bar is enough above the tree
        if self.context.settings.flag("hint/budget", True) and not draft:
            self.hint.say("hint", Message("ui.budget.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/budget", False)

    # -- remembering --------------------------------------------------------------------------

    def _save_columns(self) -> None:
        if self._shown_years:
            remember_columns(self.tree.header(), self.context.settings, f"budget-{len(self._shown_years)}")

    def save_state(self) -> None:
        self._save_columns()


class DraftBar(Bar):
    """Says that a draft is shown and what can be done with it."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context.speech, parent)
        self._actions = actions
        self.say("info", Message("ui.draft.bar"), tuple(_DRAFT_OFFERS))
        self._close.hide()
        self.hide()
        self.acted.connect(self._act)

    @Slot(str)
    def _act(self, offer: str) -> None:
        self._actions[_DRAFT_OFFERS[offer]].trigger()

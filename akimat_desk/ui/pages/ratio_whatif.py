"""What if: levers on the lines, the ratio and the balance as one types, scenarios beside each other."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.budget.ratio.effects import Effects, effects
from akimat_desk.budget.ratio.levers import Ground, Group, Lever, Outcome, reckon
from akimat_desk.budget.ratio.scenarios import Compared, Scenario
from akimat_desk.budget.ratio.side_by_side import SideBySide
from akimat_desk.budget.ratio.words import balance_sentence, effects_sentence, outcome_sentence
from akimat_desk.budget.ratio.written import percent_text
from akimat_desk.core.money import table_amount, to_step
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import Message
from akimat_desk.reports.document import ReportDocument
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.goal import GoalDialog
from akimat_desk.ui.dialogs.line_base import LineBaseDialog
from akimat_desk.ui.dialogs.scenario import ScenarioDialog
from akimat_desk.ui.dialogs.side_by_side import SideBySideDialog
from akimat_desk.ui.dialogs.small import Question
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.models.levers import LINE, LeversModel
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.ratio_tab import RatioTab
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import button, card, label, table_view
from akimat_desk.ui.widgets.gauge import Gauge
from akimat_desk.ui.work import Work

_COLUMNS = ("name", "ratio", "balance")


class WhatIfTab(RatioTab):
    """Lines at the left, what they come to at the right."""

    title_key = "ui.ratio.tab.whatif"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ground: Ground | None = None
        self.outcome: Outcome | None = None
        self.effects: Effects | None = None
        self._compared: list[Compared] = []
        self._at: tuple[int | None, int] | None = None
        self.model = LeversModel(self.speech, self)
        self.model.levers_changed.connect(self._reckon)
        self.model.refused.connect(self._not_a_number)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.selectionModel().currentChanged.connect(self._current_changed)
        self.behind = button("quiet", self)
        self.clear_button = button("quiet", self)
        self._year_label = label("subtitle")
        self.figure = label("figure")
        self.gauge = Gauge(self)
        self.words = label("subtitle", wrap=True)
        self.balance = label("", wrap=True)
        self.alone = label("quiet", wrap=True)
        self._like: Scenario | None = None
        self.goal = button("primary", self)
        self.save = button("plain", self)
        self.amend = button("plain", self)
        self.hall = button("plain", self)
        self._scenarios_title = label("subtitle")
        self.scenarios = RowsModel(numbers_from=1, parent=self)
        self.list = table_view(self)
        self.list.setModel(self.scenarios)
        self.list.doubleClicked.connect(self._take)
        self.beside = button("quiet", self)
        self.take_button = button("quiet", self)
        self.delete_button = button("quiet", self)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        for made, answer in (
            (self.behind, self._behind),
            (self.clear_button, self._clear_levers),
            (self.goal, self._seek),
            (self.save, self._save),
            (self.amend, self._amend),
            (self.hall, self.show_hall),
            (self.beside, self._beside),
            (self.take_button, self._take),
            (self.delete_button, self._delete),
        ):
            made.clicked.connect(answer)

    def _arrange(self) -> None:
        left = QWidget(self)
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, SPACE, 0)
        lines.addWidget(self.table, 1)
        under = QHBoxLayout()
        under.addWidget(self.behind)
        under.addStretch(1)
        under.addWidget(self.clear_button)
        lines.addLayout(under)
        box = card(self)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(16, 8, 16, 10)
        inner.setSpacing(SPACE // 2)
        top = QHBoxLayout()
        top.addWidget(self.figure)
        top.addStretch(1)
        top.addWidget(self._year_label)
        inner.addLayout(top)
        for part in (self.gauge, self.words, self.balance, self.alone):
            inner.addWidget(part)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(SPACE)
        self._lay_buttons(2)
        self.list.setMinimumHeight(96)
        inner.addSpacing(SPACE // 2)
        inner.addLayout(self._buttons)
        inside = QWidget(self)
        side = QVBoxLayout(inside)
        side.setContentsMargins(SPACE, 0, SPACE // 2, 0)
        side.addWidget(box)
        side.addWidget(self._scenarios_title)
        side.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.addWidget(self.beside)
        below.addWidget(self.take_button)
        below.addStretch(1)
        below.addWidget(self.delete_button)
        side.addLayout(below)
        right = QScrollArea(self)  # large letters make it taller than a small screen
        right.setWidgetResizable(True)
        right.setFrameShape(QScrollArea.Shape.NoFrame)
        right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.setWidget(inside)
        self._right = right
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.addWidget(left)
        across.addWidget(right)
        across.setStretchFactor(0, 3)
        across.setStretchFactor(1, 2)
        across.setSizes([700, 380])
        across.setChildrenCollapsible(False)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.addWidget(across)

    # -- asking -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        unit_id, year = self.context.chosen.unit_id, self.year
        if (unit_id, year) != self._at:
            self._at = (unit_id, year)
            self.model.levers.clear()  # another budget: other lines
            self._like = None
        if unit_id is None:
            self.clear()
            self.retranslate()
            return
        desk, variant = self.desk, self.variant
        self.context.ask(lambda _task: desk.ground(unit_id, year), self._lay_out, self.refused)
        self.context.ask(lambda _task: desk.compare(unit_id, year, variant), self._compare, self._none)

    def clear(self) -> None:
        self.ground = self.outcome = None
        self._compared = []
        self.model.show_ground(None)

    @Slot(object)
    def _lay_out(self, ground: Ground) -> None:
        self.ground, self.problem = ground, None
        self.model.show_ground(ground)
        self.table.clearSpans()
        for row in self.model.bands():
            self.table.setSpan(row, LINE, 1, self.model.columnCount())
        self._reckon()
        self.retranslate()
        self.fit()

    @Slot(object)
    def _compare(self, compared: list[Compared]) -> None:
        self._compared = compared
        self._show_scenarios()

    @Slot(object)
    def _none(self, _problem: object) -> None:
        """No budget, no scenarios: the question for the lines has said why."""
        self._compare([])

    # -- reckoning --------------------------------------------------------------------------------

    @Slot()
    def _reckon(self) -> None:
        if self.ground is None:
            return
        self.outcome = reckon(self.ground, self.model.levers.values(), self.variant)
        self.effects = effects(self.ground, self.outcome)
        self.model.show_effects(self.effects.by_key() if self.effects else {})
        self._tell()

    def put(self, levers: list[Lever]) -> None:
        """Take these levers in place of those there are."""
        self.model.put(levers, self.ground)
        self._reckon()

    @Slot(object)
    def _not_a_number(self, why: Message) -> None:
        self.context.notice.emit("warning", why)

    # -- doing ------------------------------------------------------------------------------------

    @Slot()
    def _clear_levers(self) -> None:
        self._like = None
        self.put([])

    @Slot()
    def _behind(self) -> None:
        line = self.model.line(self.table.currentIndex())
        unit_id = self.context.chosen.unit_id
        if line is None or unit_id is None or self.ground is None:
            return
        lever = LineBaseDialog.ask(self.context, unit_id, self.ground, line, self)
        if lever is not None:
            # What was entered beside it is being stored: the lines come anew, and the lever meets them.
            self.put([*(x for x in self.model.levers.values() if x.key != lever.key), lever])

    @Slot()
    def _seek(self) -> None:
        unit_id = self.context.chosen.unit_id
        if unit_id is None or self.ground is None:
            return
        levers = GoalDialog.ask(self.context, unit_id, self.ground.year, self.variant, self)
        if levers is not None:
            self.put(
                [*(x for x in self.model.levers.values() if x.key not in {y.key for y in levers}), *levers]
            )

    @Slot()
    def _save(self) -> None:
        unit_id = self.context.chosen.unit_id
        if unit_id is not None and self.ground is not None:
            levers = list(self.model.levers.values())
            ScenarioDialog.ask(
                self.context, unit_id, self.ground.year, self.variant, levers, self, self._like
            )

    @Slot()
    def _amend(self) -> None:
        unit_id, ground = self.context.chosen.unit_id, self.ground
        if unit_id is None or ground is None:
            return
        message = Message("ui.whatif.amend.question", {"year": ground.year, "count": len(self.model.levers)})
        if Question.ask(self.context, "ui.whatif.amend", message, "ui.whatif.amend.yes", self.window()):
            desk, levers, year = self.desk, list(self.model.levers.values()), ground.year
            self.context.do(
                lambda _task: desk.draft_amendment(unit_id, year, levers), self._amended, "ui.work.store"
            )

    @Slot(object)
    def _amended(self, document_id: int) -> None:
        self.context.choose_edition(document_id)
        self.context.notice.emit("good", Message("ui.whatif.amended"))

    @Slot()
    def show_hall(self) -> None:
        """The same, large, on the whole screen."""
        from akimat_desk.ui.dialogs.hall import HallView

        unit_id = self.context.chosen.unit_id
        if self.ground is None or unit_id is None:
            return
        levers = HallView.show_on(
            self.context, unit_id, self.ground, self.variant, list(self.model.levers.values()), self
        )
        if levers is not None:
            self.put(levers)

    def _chosen(self) -> Compared | None:
        row = self.list.currentIndex().row()
        return self._compared[row] if 0 <= row < len(self._compared) else None

    @Slot()
    def _take(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.put(list(chosen.scenario.levers))
            self._like = chosen.scenario

    @Slot()
    def _beside(self) -> None:
        unit_id, year, variant = self.context.chosen.unit_id, self.year, self.variant
        if unit_id is not None:
            desk = self.desk
            self.context.ask(lambda _task: desk.beside(unit_id, year, variant), self._show_beside)

    @Slot(object)
    def _show_beside(self, beside: SideBySide) -> None:
        unit_id = self.context.chosen.unit_id
        if unit_id is not None:
            SideBySideDialog(self.context, unit_id, beside, self.window()).run()

    @Slot()
    def _delete(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        message = Message("ui.whatif.delete.question", {"name": chosen.scenario.name})
        if Question.ask(self.context, "ui.whatif.delete", message, "ui.whatif.delete", self.window()):
            desk, scenario_id = self.desk, chosen.scenario.id
            self.context.do(lambda _task: desk.delete_scenario(scenario_id))

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        line = self.model.line(now)
        self.behind.setEnabled(line is not None and line.group is not Group.SPENDING)

    def paper(self, language: str) -> Work | None:
        """What is tried now, as the annex of minutes has it."""
        ground, outcome = self.ground, self.outcome
        if ground is None or outcome is None:
            return None

        def make(_task: Task) -> list[ReportDocument]:
            from akimat_desk.reports.definitions.common import DocLanguage
            from akimat_desk.reports.definitions.whatif import whatif

            return [whatif(ground, outcome, DocLanguage(language))]

        return make

    # -- words ------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        speech = self.speech
        for made, key in (
            (self.behind, "behind"), (self.clear_button, "clear"), (self.goal, "goal"), (self.save, "save"),
            (self.amend, "amend"), (self.hall, "hall"), (self.beside, "beside"), (self.take_button, "take"),
            (self.delete_button, "delete"),
        ):  # fmt: skip
            made.setText(speech(f"ui.whatif.{key}"))
        self.table.setAccessibleName(speech("ui.whatif.lines"))
        self.list.setAccessibleName(speech("ui.whatif.scenarios"))
        self._scenarios_title.setText(speech("ui.whatif.scenarios"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self._size_columns()
        self.fit()
        self._current_changed(self.table.currentIndex(), QModelIndex())
        self._tell()
        self._show_scenarios()

    def _lay_buttons(self, across: int) -> None:
        for place, made in enumerate((self.goal, self.save, self.amend, self.hall)):
            self._buttons.addWidget(made, place // across, place % across)

    def fit(self) -> None:
        """The words at the right are not cut; with large letters the buttons stand under each other."""
        super().fit()
        letter = self.fontMetrics().horizontalAdvance("0")
        self.table.setMinimumWidth(30 * letter)
        self.table.setMinimumHeight(8 * self.fontMetrics().height())
        wide = sorted(made.sizeHint().width() for made in (self.goal, self.save, self.amend, self.hall))
        pair = wide[-1] + wide[-2] + SPACE
        under_each_other = pair > self.width() * 2 // 5
        self._lay_buttons(1 if under_each_other else 2)
        row = sum(made.sizeHint().width() for made in (self.beside, self.take_button, self.delete_button))
        bar = self._right.verticalScrollBar().sizeHint().width()
        needed = max(row + 2 * SPACE, (wide[-1] if under_each_other else pair) + 32)
        self._right.setMinimumWidth(needed + 2 * SPACE + bar)

    def _size_columns(self) -> None:
        """Widths by the heads and a large amount: measuring five hundred rows at each key would be seen."""
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(LINE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(16 * self.fontMetrics().horizontalAdvance("0") // 2)
        bold = self.font()
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        for column in range(LINE + 1, self.model.columnCount()):
            head = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            wide = max(metrics.horizontalAdvance(head), metrics.horizontalAdvance("+000 000,0"))
            header.resizeSection(column, wide + 2 * SPACE)

    def _tell(self) -> None:
        speech, outcome, ground = self.speech, self.outcome, self.ground
        there = outcome is not None and ground is not None
        for made in (self.goal, self.hall):
            made.setEnabled(there)
        moved = bool(outcome and outcome.moved)
        for made in (self.save, self.amend, self.clear_button):
            made.setEnabled(moved)
        if outcome is None or ground is None:
            words = self.problem.text(speech.language) if self.problem else speech("ui.ratio.empty")
            self._year_label.setText("")
            self.figure.setText(DASH)
            self.words.setText(words)
            self.balance.setText("")
            self.alone.setText("")
            self.gauge.show_share(None, None, words)
            return
        self._year_label.setText(speech("ui.ratio.year", year=ground.year))
        self.figure.setText(f"{percent_text(outcome.percent)} %" if outcome.percent is not None else DASH)
        words = outcome_sentence(outcome, speech.language)
        self.words.setText(words)
        self.balance.setText(balance_sentence(outcome, speech.language))
        found = self.effects if outcome.moved else None
        self.alone.setText(effects_sentence(found, speech.language) if found else "")
        self.alone.setVisible(found is not None)
        target = Fraction(outcome.target_percent) if outcome.target_percent is not None else None
        self.gauge.show_share(outcome.percent, target, words, outcome.percent_before)

    def _show_scenarios(self) -> None:
        heads = [self.speech(f"ui.whatif.scenario.{name}") for name in _COLUMNS]
        rows = [
            RowText(
                (
                    each.scenario.name,
                    f"{percent_text(each.outcome.percent)} %",
                    table_amount(to_step(each.outcome.balance)),
                ),
                key=each.scenario.id,
            )
            for each in self._compared
        ]
        self.scenarios.show_rows(heads, rows)
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for made in (self.beside, self.take_button, self.delete_button):
            made.setEnabled(bool(self._compared))

"""What would close the gap: each line alone, and together within the limits a person sets."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QLineEdit, QWidget

from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.ratio.goals import Goal, GoalLine, GoalQuestion
from akimat_desk.budget.ratio.levers import Lever, levers_of_mix
from akimat_desk.budget.ratio.seek import Answer, Growth
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.words import goal_sentence, mix_sentence, signed_thousands
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.money import table_amount
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.ratio import RatioDesk
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.widgets.basics import button, label, table_view

_COLUMNS = ("line", "now", "needed", "growth", "limit", "mix", "things")


class GoalDialog(Dialog):
    """A table of the own lines; limits are set for the line chosen; the mix can be put in."""

    def __init__(
        self, context: Context, unit_id: int, year: int, variant: Variant, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self._year, self._variant = unit_id, year, variant
        self.goal: Goal | None = None
        self._limits: dict[str, int] = {}
        self.sentence = label("subtitle", wrap=True)
        self.fixed = QCheckBox(self)
        self.fixed.setVisible(variant.contains_own)
        self.fixed.toggled.connect(self._ask)
        self.model = RowsModel(numbers_from=1, numbers_to=6, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.setWordWrap(True)
        self.table.selectionModel().currentChanged.connect(self._line_chosen)
        self._limit_label = label("", wrap=True)
        self.limit = QLineEdit(self)
        self.limit.setMaximumWidth(160)
        self.limit.returnPressed.connect(self._set_limit)
        self._limit_label.setBuddy(self.limit)
        self.set_limit = button("plain", self)
        self.set_limit.clicked.connect(self._set_limit)
        self.mix = label("", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self._limit_label, 1)
        row.addWidget(self.limit)
        row.addWidget(self.set_limit)
        self.content.addWidget(self.sentence)
        self.content.addWidget(self.fixed)
        self.content.addWidget(self.table, 1)
        self.content.addLayout(row)
        self.content.addWidget(self.mix)
        self.resize(1080, 560)
        self.retranslate()
        self._ask()

    @classmethod
    def ask(
        cls, context: Context, unit_id: int, year: int, variant: Variant, parent: QWidget | None
    ) -> list[Lever] | None:
        """The levers of the mix; None when called off."""
        dialog = cls(context, unit_id, year, variant, parent)
        return dialog.levers() if dialog.run() else None

    def levers(self) -> list[Lever]:
        """The mix as levers."""
        return levers_of_mix(self.goal.mix.amounts) if self.goal else []

    def fault(self) -> str | None:
        if self.goal is None or not self.levers():
            return self.speech("ui.goal.nothing")
        return None

    @Slot()
    def _ask(self) -> None:
        growth = Growth.TOTAL_FIXED if self.fixed.isChecked() else Growth.TOTAL_GROWS
        question = GoalQuestion(self._year, self._variant, growth, limits=tuple(self._limits.items()))
        desk, unit_id = self.context.desk.area(RatioDesk), self._unit_id
        self.context.ask(lambda _task: desk.goal(unit_id, question), self._show, self._refused)

    @Slot(object)
    def _show(self, goal: Goal) -> None:
        self.goal = goal
        self.problem.hide()
        self._tell()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.goal = None
        self._tell()
        self.object_to(problem.message.text(self.speech.language))

    def _line(self) -> GoalLine | None:
        row = self.table.currentIndex().row()
        lines = self.goal.lines if self.goal else ()
        return lines[row] if 0 <= row < len(lines) else None

    @Slot()
    def _line_chosen(self) -> None:
        line = self._line()
        for part in (self.limit, self.set_limit):
            part.setEnabled(line is not None)
        if line is not None:
            name = line.line.name.text(self.speech.language) or line.line.key
            self._limit_label.setText(self.speech("ui.goal.limit_of", name=name))
            self.limit.setText(table_amount(self._limits.get(line.line.key)))
        else:
            self._limit_label.setText(self.speech("ui.goal.limit_choose"))

    @Slot()
    def _set_limit(self) -> None:
        line = self._line()
        if line is None:
            return
        try:
            limit = read_amount(self.limit.text())
        except AmountRefused as refused:
            self.object_to(refused.why.text(self.speech.language))
            return
        if limit is None:
            self._limits.pop(line.line.key, None)
        else:
            self._limits[line.line.key] = max(0, limit)
        self._ask()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.whatif.goal"))
        self.words.setText(speech("ui.goal.words"))
        self.fixed.setText(speech("ui.goal.fixed"))
        self.limit.setAccessibleName(speech("ui.goal.column.limit"))
        self.set_limit.setText(speech("ui.goal.set_limit"))
        self.table.setAccessibleName(speech("ui.whatif.goal"))
        self.accept_button.setText(speech("ui.goal.put_in"))
        self._line_chosen()
        self._tell()

    def _tell(self) -> None:
        goal, language = self.goal, self.speech.language
        self.sentence.setText(goal_sentence(goal, language) if goal else "")
        self.mix.setText(mix_sentence(goal, language) if goal and goal.lines else "")
        self.accept_button.setEnabled(bool(goal and self.levers()))
        heads = [self.speech(f"ui.goal.column.{name}") for name in _COLUMNS]
        then = {key: amount for key, _, amount in goal.mix.amounts} if goal else {}
        row = self.table.currentIndex().row()
        self.model.show_rows(heads, [self._cells(line, then) for line in (goal.lines if goal else ())])
        if row >= 0:
            self.table.selectRow(row)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._line_chosen()

    def _cells(self, row: GoalLine, then: dict[str, int]) -> RowText:
        answer = row.answer
        needed = table_amount(answer.needed) if answer.needed is not None else DASH
        if answer.answer is Answer.LIMITED:
            needed = self.speech("ui.goal.at_most", amount=table_amount(answer.nearest))
        elif answer.answer is Answer.IMPOSSIBLE:
            needed = self.speech("ui.goal.impossible")
        things = DASH
        if row.things is not None:
            things = self.speech(f"ratio.thing.{row.things.thing}", count=row.things.more)
        return RowText(
            (
                f"{row.line.key}  {row.line.name.text(self.speech.language)}",
                table_amount(answer.amount),
                needed,
                signed_thousands(answer.growth) if answer.growth else DASH,
                table_amount(self._limits.get(row.line.key)) or DASH,
                table_amount(then.get(row.line.key)),
                things,
            ),
            key=row.line.key,
        )

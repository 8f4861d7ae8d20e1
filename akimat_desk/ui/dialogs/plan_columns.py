"""The columns of a plan's table, where its heads do not tell."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from akimat_desk.budget.plans.columns import ROLES, lacking, other_side, packed
from akimat_desk.budget.plans.sheet import MONTHS, SIDES, Side
from akimat_desk.budget.shown_columns import Shown, TableQuestion
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.columns import ColumnsDialog
from akimat_desk.ui.widgets.basics import label

_MONTH = "month_"


class PlanColumnsDialog(ColumnsDialog):
    """Asks which side of the plan the table is, for its codes and its twelve months."""

    def __init__(self, context: Context, question: TableQuestion, parent: QWidget | None = None) -> None:
        roles = [
            (role, f"plan.{role.replace('_', '.')}" if role.startswith(_MONTH) else f"plan.column.{role}")
            for role in ROLES
        ]
        super().__init__(context, question, roles, parent)
        for choice in self.choices:
            choice.activated.connect(self._go_on)
        self.side = QComboBox(self)
        for side in SIDES:
            self.side.addItem("", side)
        self.side.setCurrentIndex(SIDES.index(Side.PAYMENTS))
        self._side_label = label()
        self._side_label.setBuddy(self.side)
        form = QFormLayout()
        form.addRow(self._side_label, self.side)
        self.content.insertLayout(0, form)
        self.resize(900, 620)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, question: TableQuestion, parent: QWidget | None) -> Shown | None:
        """The columns as they are kept; None when called off."""
        dialog = cls(context, question, parent)
        return dialog.shown() if dialog.run() else None

    def shown(self) -> Shown:
        """What the person chose, as it is kept."""
        return packed(self.chosen(), self._side)

    @property
    def _side(self) -> Side:
        return SIDES[self.side.currentIndex()]

    def fault(self) -> str | None:
        chosen = self.chosen()
        if self.twice:
            return self.speech("ui.form.columns.twice")
        if lacking(chosen, self._side):
            return self.speech("ui.plan.columns.needed")
        return self.speech("ui.plan.columns.side.wrong") if other_side(chosen, self._side) else None

    @Slot()
    def _go_on(self) -> None:
        """January shown, the months behind it follow by themselves where nothing is chosen yet."""
        first = next((at for at, choice in enumerate(self.choices) if choice is self.sender()), None)
        if first is None or self.choices[first].currentData() != f"{_MONTH}1":
            return
        following = self.choices[first + 1 : first + len(MONTHS)]
        if len(following) == len(MONTHS) - 1 and all(choice.currentData() is None for choice in following):
            for month, choice in enumerate(following, start=2):
                choice.setCurrentIndex(choice.findData(f"{_MONTH}{month}"))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self._side_label.setText(self.speech("ui.plan.columns.side"))
        for place, side in enumerate(SIDES):
            self.side.setItemText(place, self.speech(f"plan.side.{side.value}"))

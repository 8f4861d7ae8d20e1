"""A month typed in by hand, where no file of it is to be had."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QHeaderView, QWidget

from akimat_desk.budget.execution.forms import EXECUTED, FormKind, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.execution import ExecutionDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.models.typed_form import TypedFormModel
from akimat_desk.ui.widgets.basics import label, table_view
from akimat_desk.ui.work import Work


class TypedFormDialog(SavingDialog):
    """Kind and month above, the lines below; lines left empty are not kept."""

    def __init__(self, context: Context, unit_id: int, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._unit_id, self._month = unit_id, month
        self._labels = (label("quiet"), label("quiet"))
        self.kinds, self.months = QComboBox(self), QComboBox(self)
        row = QHBoxLayout()
        for told, box in zip(self._labels, (self.kinds, self.months), strict=True):
            box.activated.connect(self._ask)
            told.setBuddy(box)
            row.addWidget(told)
            row.addWidget(box)
        row.addStretch(1)
        self.model = TypedFormModel(self.speech, self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.model.refused.connect(self.object_to)
        self.model.dataChanged.connect(self.problem.hide)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.content.addLayout(row)
        self.content.addWidget(self.table, 1)
        self.resize(860, 560)
        self.retranslate()
        self._ask()

    @classmethod
    def ask(cls, context: Context, unit_id: int, month: Month, parent: QWidget | None) -> bool:
        """Whether a month was typed in."""
        return cls(context, unit_id, month, parent).run()

    @property
    def kind(self) -> FormKind:
        """The kind chosen."""
        return FormKind(self.kinds.currentData())

    @property
    def month(self) -> Month:
        """The month chosen."""
        return replace(self._month, month=int(self.months.currentData()))

    @Slot()
    def _ask(self) -> None:
        desk, unit_id, kind, month = (
            self.context.desk.area(ExecutionDesk), self._unit_id, self.kind, self.month,
        )  # fmt: skip
        self.context.ask(lambda _task: desk.typed_lines(unit_id, kind, month), self._show)

    @Slot(object)
    def _show(self, lines: list[Fact]) -> None:
        self.model.show_lines(self.kind, lines)

    def _typed(self) -> list[Fact]:
        measure = EXECUTED[self.kind]
        return [line for line in self.model.lines if line.amounts.get(measure) is not None]

    def fault(self) -> str | None:
        return None if self._typed() else self.speech("error.form.typed_incomplete")

    def work(self) -> Work:
        desk, unit_id, kind, month = (
            self.context.desk.area(ExecutionDesk), self._unit_id, self.kind, self.month,
        )  # fmt: skip
        lines = self._typed()
        return lambda _task: desk.save_typed(unit_id, kind, month, lines)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.typed.title"))
        self.words.setText(speech("ui.typed.words"))
        self.accept_button.setText(speech("ui.typed.keep"))
        for told, box, key in zip(
            self._labels, (self.kinds, self.months), ("ui.typed.kind", "ui.execution.month"), strict=True
        ):
            told.setText(speech(key))
            box.setAccessibleName(speech(key))
        kind, month = self.kinds.currentIndex(), self.months.currentIndex()
        self.kinds.clear()
        for each in FormKind:
            self.kinds.addItem(speech(f"form.kind.{each.value}"), each.value)
        self.kinds.setCurrentIndex(max(kind, 0))
        self.months.clear()
        for number in range(1, 13):
            self.months.addItem(speech(f"ui.execution.month.{number}"), number)
        self.months.setCurrentIndex(month if month >= 0 else self._month.month - 1)
        self.table.setAccessibleName(speech("ui.typed.title"))
        self.table.setColumnWidth(0, 24 * self.fontMetrics().averageCharWidth())
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(2, 30 * self.fontMetrics().averageCharWidth())

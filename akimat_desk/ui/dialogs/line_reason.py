"""Why a line is off its plan, why a form is withdrawn: a few words that are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.stored import FormView
from akimat_desk.budget.execution.table import ExecutionRow
from akimat_desk.core.dates import short
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.execution import ExecutionDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.widgets.basics import RoomyComboBox, label
from akimat_desk.ui.work import Work


class LineReasonDialog(SavingDialog):
    """The reason, and the office's earlier ones to choose from."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        month: Month,
        row: ExecutionRow,
        known: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self._month, self._row = unit_id, month, row
        self.line = label("subtitle", wrap=True)
        self._earlier_label = label("quiet")
        self.earlier: QComboBox = RoomyComboBox(40, self)
        self.earlier.activated.connect(self._take)
        self._earlier_label.setBuddy(self.earlier)
        self.reason = QPlainTextEdit(known, self)
        self.reason.setTabChangesFocus(True)
        for part in (self.line, self._earlier_label, self.earlier, self.reason):
            self.content.addWidget(part)
        self.setMinimumWidth(560)
        self.retranslate()
        self._offered([])
        self.reason.setFocus()
        desk, code = context.desk.area(ExecutionDesk), row.code
        context.ask(lambda _task: desk.reasons_offered(unit_id, code), self._offered)

    @classmethod
    def ask(
        cls,
        context: Context,
        unit_id: int,
        month: Month,
        row: ExecutionRow,
        known: str,
        parent: QWidget | None,
    ) -> bool:
        """Whether a reason was kept."""
        return cls(context, unit_id, month, row, known, parent).run()

    @Slot(object)
    def _offered(self, reasons: list[str]) -> None:
        self.earlier.clear()
        self.earlier.addItems(reasons)
        self.earlier.setCurrentIndex(-1)
        for part in (self.earlier, self._earlier_label):
            part.setVisible(bool(reasons))

    @Slot(int)
    def _take(self, row: int) -> None:
        self.reason.setPlainText(self.earlier.itemText(row))

    def work(self) -> Work:
        desk, unit_id, month = self.context.desk.area(ExecutionDesk), self._unit_id, self._month
        code, said = self._row.code, self.reason.toPlainText()
        return lambda _task: desk.write_reason(unit_id, month, code, said)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.reason_line.title"))
        self.words.setText(speech("ui.reason_line.words"))
        name = self._row.name.text(speech.language) or speech(f"section.{self._row.section.value}")
        self.line.setText(f"{self._row.parsed_code or ''} {name}".strip())
        self._earlier_label.setText(speech("ui.reason_line.earlier"))
        self.earlier.setAccessibleName(speech("ui.reason_line.earlier"))
        self.reason.setAccessibleName(speech("ui.reason_line.title"))
        self.accept_button.setText(speech("ui.reason_line.keep"))


class WithdrawDialog(SavingDialog):
    """Which form of the month is taken back, and why."""

    def __init__(self, context: Context, forms: Sequence[FormView], parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._forms = list(forms)
        self.form: QComboBox = RoomyComboBox(30, self)
        self._label = label("", wrap=True)
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self._label.setBuddy(self.reason)
        for part in (self.form, self._label, self.reason):
            self.content.addWidget(part)
        self.setMinimumWidth(520)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, forms: Sequence[FormView], parent: QWidget | None) -> bool:
        """Whether a form was withdrawn."""
        return cls(context, forms, parent).run()

    def fault(self) -> str | None:
        return None if self.reason.toPlainText().strip() else self.speech("error.form.reason_needed")

    def work(self) -> Work:
        desk = self.context.desk.area(ExecutionDesk)
        form_id, said = int(self.form.currentData()), self.reason.toPlainText()
        return lambda _task: desk.withdraw(form_id, said)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.withdraw.title"))
        self.words.setText(speech("ui.withdraw.words"))
        self._label.setText(speech("ui.withdraw.reason"))
        self.form.setAccessibleName(speech("ui.withdraw.form"))
        self.reason.setAccessibleName(speech("ui.withdraw.reason"))
        self.accept_button.setText(speech("ui.withdraw.do"))
        row = max(self.form.currentIndex(), 0)
        self.form.clear()
        for form in self._forms:
            kind = speech(f"form.kind.{form.kind.value}")
            self.form.addItem(f"{kind}, {short(form.as_of)}", form.id)
        self.form.setCurrentIndex(row)

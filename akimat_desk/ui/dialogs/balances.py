"""The balances a year opens with: typed from the treasury's statement, or taken from its forms."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.periods.balances import BalancePart, BoundKind, OpeningBalances
from akimat_desk.budget.periods.opening import OpeningByForms
from akimat_desk.core.money import table_amount
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.adjustments import AdjustmentsDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.widgets.basics import button, label
from akimat_desk.ui.work import Work


class BalancesDialog(SavingDialog):
    """What the year opened with, and what of it is bound."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        year: int,
        present: OpeningBalances | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self._year = unit_id, year
        self.total = QLineEdit(table_amount(present.total) if present is not None else "", self)
        self.from_forms = button("plain", self)
        self.from_forms.clicked.connect(self._ask_forms)
        self.parts = {kind: QLineEdit(self) for kind in BoundKind}
        self.note = QPlainTextEdit(present.note if present is not None else "", self)
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(self.fontMetrics().height() * 5)
        self._notes: dict[BoundKind, str] = {}
        if present is not None:
            self._notes = {part.kind: part.note for part in present.parts if part.note}
            for kind, field in self.parts.items():
                amount = present.bound[kind.value]
                field.setText(table_amount(amount) if amount else "")
        self._labels = [label() for _ in range(2 + len(self.parts))]
        fields: list[QWidget] = [self.total, *self.parts.values(), self.note]
        form = QFormLayout()
        for made, part in zip(self._labels, fields, strict=True):
            made.setBuddy(part)
            form.addRow(made, part)
            if part is self.total:
                form.addRow("", self.from_forms)
        self.content.addLayout(form)
        self.setMinimumWidth(760)
        self.retranslate()

    @classmethod
    def ask(
        cls,
        context: Context,
        unit_id: int,
        year: int,
        present: OpeningBalances | None,
        parent: QWidget | None,
    ) -> bool:
        """Whether they were kept."""
        return cls(context, unit_id, year, present, parent).run()

    def made(self) -> tuple[int, list[BalancePart]]:
        """The total and its bound parts as filled in. Raises AmountRefused."""
        amounts = {kind: read_amount(field.text()) or 0 for kind, field in self.parts.items()}
        parts = [
            BalancePart(kind, amount, self._notes.get(kind, "")) for kind, amount in amounts.items() if amount
        ]
        return read_amount(self.total.text()) or 0, parts

    def work(self) -> Work:
        desk, unit, year = self.context.desk, self._unit_id, self._year
        total, parts = self.made()
        note = self.note.toPlainText()
        return lambda _task: desk.area(AdjustmentsDesk).keep_balances(unit, year, total, parts, note)

    def fault(self) -> str | None:
        try:
            self.made()
        except AmountRefused as refusal:
            return refusal.why.text(self.speech.language)
        return None if self.total.text().strip() else self.speech("ui.balances.no_total")

    @Slot()
    def _ask_forms(self) -> None:
        desk, unit, year = self.context.desk, self._unit_id, self._year
        self.context.ask(
            lambda _task: desk.area(AdjustmentsDesk).opening(unit, year), self._take, self._refused
        )

    @Slot(object)
    def _take(self, found: OpeningByForms) -> None:
        """What the forms say goes into the fields; how it comes about is kept as the basis."""
        self.problem.hide()
        self.total.setText(table_amount(found.total))
        if found.unpaid and not self.parts[BoundKind.UNPAID_OBLIGATIONS].text().strip():
            self.parts[BoundKind.UNPAID_OBLIGATIONS].setText(table_amount(found.unpaid))
        self.note.setPlainText(found.words.text(self.speech.language))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.balances.title", year=self._year))
        self.words.setText(self.speech("ui.balances.words"))
        self._labels[0].setText(self.speech("ui.balances.total"))
        for made, kind in zip(self._labels[1:-1], BoundKind, strict=True):
            made.setText(f"{self.speech(f'balances.kind.{kind.value}')}:")
        self._labels[-1].setText(self.speech("ui.balances.note"))
        self.from_forms.setText(self.speech("ui.balances.from_forms"))
        self.accept_button.setText(self.speech("ui.adjustment.keep"))

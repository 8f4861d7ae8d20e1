"""The documents that a line's figures stand in: editions of the budget, forms and their rows."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from akimat_desk.budget.execution.forms import EXECUTED, Measure, Month
from akimat_desk.budget.execution.table import ExecutionRow
from akimat_desk.budget.figures import Section
from akimat_desk.core.dates import short
from akimat_desk.core.money import table_amount
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.execution import Behind, ExecutionDesk
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.formats import DASH, code_shown, edition_title
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.widgets.basics import label, table_view

_COLUMNS = ("document", "code", "name", "plan", "executed")


class BehindDialog(Dialog):
    """A list to look at; nothing is changed here."""

    def __init__(
        self, context: Context, unit_id: int, month: Month, row: ExecutionRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._row, self._behind = row, Behind((), ())
        self.line = label("subtitle", wrap=True)
        self.model = RowsModel(numbers_from=3, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.content.addWidget(self.line)
        self.content.addWidget(self.table, 1)
        self.reject_button.hide()
        self.resize(900, 460)
        self.retranslate()
        desk, code, receipts = context.desk.area(ExecutionDesk), row.code, row.section is Section.REVENUE
        context.ask(lambda _task: desk.behind(unit_id, month, code, receipts=receipts), self._show)

    @classmethod
    def show_for(
        cls, context: Context, unit_id: int, month: Month, row: ExecutionRow, parent: QWidget | None
    ) -> None:
        """Show it and wait until it was read."""
        cls(context, unit_id, month, row, parent).run()

    @Slot(object)
    def _show(self, behind: Behind) -> None:
        self._behind = behind
        self._tell()

    def _tell(self) -> None:
        speech = self.speech
        rows = [
            RowText(
                (edition_title(decision, speech), str(self._row.parsed_code or ""), "", DASH, ""), bold=True
            )
            for decision in self._behind.decisions
        ]
        for form, fact in self._behind.facts:
            kind = speech(f"form.kind.{form.kind.value}")
            plan = fact.amounts.get(Measure.PLAN_YEAR)
            rows.append(
                RowText(
                    (
                        f"{kind}, {short(form.as_of)}",
                        code_shown(fact.code),
                        fact.name.text(speech.language),
                        table_amount(plan) if plan is not None else DASH,
                        table_amount(fact.amounts.get(EXECUTED[form.kind])),
                    )
                )
            )
        self.model.show_rows([speech(f"ui.behind.column.{name}") for name in _COLUMNS], rows)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.behind.title"))
        self.words.setText(speech("ui.behind.words"))
        name = self._row.name.text(speech.language) or speech(f"section.{self._row.section.value}")
        self.line.setText(f"{self._row.parsed_code or ''} {name}".strip())
        self.accept_button.setText(speech("ui.understood"))
        self.table.setAccessibleName(speech("ui.behind.title"))
        self._tell()
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate((34, 22, 34, 14)):
            self.table.setColumnWidth(column, letters * letter)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)

"""A plan's file before it is taken in: new, changed, same, unknown rows, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHeaderView, QWidget

from akimat_desk.budget.plans.importing import PlanPreview, RowState
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.formats import code_shown
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.widgets.basics import label, table_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel

_COLUMNS = ("state", "side", "code", "name", "before", "after")


class ImportDialog(Dialog):
    """The rows beside what is there; unknown codes are taken in only when the person says so."""

    def __init__(self, context: Context, seen: PlanPreview, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._seen = seen
        self.counts = label("subtitle", wrap=True)
        self.model = RowsModel(numbers_from=4, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.keep = QCheckBox(self)
        self.keep.setVisible(seen.counts[RowState.UNKNOWN] > 0)
        self.panel = FindingsPanel(self.speech, self)
        self.panel.show_findings(seen.findings)
        self.content.addWidget(self.counts)
        self.content.addWidget(self.table, 2)
        self.content.addWidget(self.keep)
        self.content.addWidget(self.panel, 1)
        self.resize(1080, 620)
        self.retranslate()
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((15, 15, 26, 30, 18, 18)):
            self.table.setColumnWidth(column, share * wide)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    @classmethod
    def ask(cls, context: Context, seen: PlanPreview, parent: QWidget | None) -> bool | None:
        """Whether unknown codes are kept; None when called off."""
        dialog = cls(context, seen, parent)
        keep = dialog.keep
        return keep.isChecked() if dialog.run() else None

    def fault(self) -> str | None:
        if not self._seen.sheet(keep_unknown=self.keep.isChecked()).lines:
            return self.speech("ui.plan.import.nothing")
        if not self._seen.changes_anything(keep_unknown=self.keep.isChecked()):
            return self.speech("ui.plan.import.same")
        return None

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, seen = self.speech, self._seen
        self.setWindowTitle(speech("ui.plan.import.title"))
        unit = Message(f"plan.unit.{seen.unit.value}")
        self.words.setText(speech("ui.plan.import.words", name=seen.source_name, unit=unit))
        said = [
            f"{speech(f'plan.row_state.{state.value}')}: {count}"
            for state, count in seen.counts.items()
            if count
        ]
        self.counts.setText("   ·   ".join(said))
        self.keep.setText(speech("ui.plan.import.keep"))
        self.accept_button.setText(speech("ui.plan.import.take"))
        self.table.setAccessibleName(speech("ui.plan.import.title"))
        self.model.show_rows(
            [speech(f"ui.plan.import.column.{name}") for name in _COLUMNS],
            [
                RowText(
                    (
                        speech(f"ui.plan.import.state.{row.state.value}"),
                        speech(f"plan.side.{row.key.side.value}"),
                        code_shown(row.key.code),
                        row.name.text(speech.language),
                        table_amount(sum(row.before)) if row.before is not None else "",
                        table_amount(sum(row.months)),
                    )
                )
                for row in seen.rows
            ],
        )

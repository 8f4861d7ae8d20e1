"""Which column of a form's table is what: shown once by the person, remembered for the next forms."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from akimat_desk.budget.execution.forms import KEPT, RECEIPT_MEASURES, FormKind
from akimat_desk.budget.execution.reading.columns import (
    CodePart,
    ColumnQuestion,
    Layout,
    Role,
    is_enough,
    role_from,
)
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.widgets.basics import label

_ROLES: tuple[Role, ...] = (*CodePart, *KEPT[FormKind.EXPENSES], *RECEIPT_MEASURES)


class FormColumnsDialog(Dialog):
    """A line for each column: its head, what stands in it, and a choice."""

    def __init__(self, context: Context, question: ColumnQuestion, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._question = question
        self.choices: list[QComboBox] = []
        box = QWidget(self)
        grid = QGridLayout(box)
        for column, head in enumerate(question.heads):
            sample = " · ".join(row[column] for row in question.sample if row[column])
            choice = QComboBox(box)
            self.choices.append(choice)
            title = label("", wrap=True)
            title.setText(f"{column + 1}. {head}")
            grid.addWidget(title, column, 0)
            shown = label("quiet", wrap=True)
            shown.setText(sample[:120])
            grid.addWidget(shown, column, 1)
            grid.addWidget(choice, column, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(box)
        self.content.addWidget(area, 1)
        self.resize(860, 520)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, question: ColumnQuestion, parent: QWidget | None) -> Layout | None:
        """The columns; None when called off."""
        dialog = cls(context, question, parent)
        return dialog.layout_shown() if dialog.run() else None

    def layout_shown(self) -> dict[int, Role]:
        """What the person chose, by column."""
        return {
            column: role_from(choice.currentData())  # Qt gives a plain text back
            for column, choice in enumerate(self.choices)
            if choice.currentData() is not None
        }

    def fault(self) -> str | None:
        layout = self.layout_shown()
        kinds = [self._question.kind] if self._question.kind is not None else list(FormKind)
        if not any(is_enough(layout, kind) for kind in kinds):
            return self.speech("ui.form.columns.needed")
        if len(set(layout.values())) < len(layout):
            return self.speech("ui.form.columns.twice")
        return None

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.form.columns.title"))
        self.words.setText(self.speech("ui.form.columns.words"))
        self.accept_button.setText(self.speech("ui.form.columns.use"))
        for column, choice in enumerate(self.choices):
            row = max(choice.currentIndex(), 0)
            choice.setAccessibleName(self._question.heads[column] or str(column + 1))
            choice.clear()
            choice.addItem(self.speech("ui.form.columns.none"), None)
            for role in _ROLES:
                choice.addItem(self.speech(f"form.column.{role.value}"), role)
            choice.setCurrentIndex(row)

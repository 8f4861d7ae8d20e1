"""The columns of a treasury form's table, where its heads do not tell."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

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
from akimat_desk.ui.dialogs.columns import ColumnsDialog

_ROLES: tuple[Role, ...] = (*CodePart, *KEPT[FormKind.EXPENSES], *RECEIPT_MEASURES)


class FormColumnsDialog(ColumnsDialog):
    """Asks for the code and what was executed."""

    def __init__(self, context: Context, question: ColumnQuestion, parent: QWidget | None = None) -> None:
        roles = [(role.value, f"form.column.{role.value}") for role in _ROLES]
        super().__init__(context, question, roles, parent)
        self._question = question
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, question: ColumnQuestion, parent: QWidget | None) -> Layout | None:
        """The columns; None when called off."""
        dialog = cls(context, question, parent)
        return dialog.layout_shown() if dialog.run() else None

    def layout_shown(self) -> dict[int, Role]:
        """What the person chose, by column."""
        return {column: role_from(role) for column, role in self.chosen().items()}

    def fault(self) -> str | None:
        layout = self.layout_shown()
        kinds = [self._question.kind] if self._question.kind is not None else list(FormKind)
        if not any(is_enough(layout, kind) for kind in kinds):
            return self.speech("ui.form.columns.needed")
        return self.speech("ui.form.columns.twice") if self.twice else None

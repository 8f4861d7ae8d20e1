"""The lines of a month typed in by hand: code, name, and what was executed from January."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.execution.forms import EXECUTED, FormKind
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.core.money import table_amount
from akimat_desk.ui.formats import code_shown
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech

Index = QModelIndex | QPersistentModelIndex

_COLUMNS = ("code", "name", "now")
_AMOUNT = 2


class TypedFormModel(QAbstractTableModel):
    """Only the last column is typed into, in thousand tenge; what is no amount is not taken."""

    #: Why what was typed is no amount, in words.
    refused = Signal(str)

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._kind = FormKind.EXPENSES
        self.lines: list[Fact] = []

    def show_lines(self, kind: FormKind, lines: Sequence[Fact]) -> None:
        """Show these lines of this kind of form."""
        self.beginResetModel()
        self._kind, self.lines = kind, list(lines)
        self.endResetModel()

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            amount = line.amounts.get(EXECUTED[self._kind])
            return (code_shown(line.code), line.name.text(self._speech.language), table_amount(amount))[
                column
            ]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _AMOUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _AMOUNT else flags

    @guarded(False)
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != _AMOUNT:
            return False
        try:
            amount = read_amount(str(value))
        except AmountRefused as refusal:
            self.refused.emit(refusal.why.text(self._speech.language))
            return False
        line, measure = self.lines[index.row()], EXECUTED[self._kind]
        self.lines[index.row()] = replace(line, amounts={**line.amounts, measure: amount})
        self.dataChanged.emit(index, index)
        return True

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_COLUMNS):
            return None
        return (
            self._speech(f"ui.typed.column.{_COLUMNS[section]}")
            if role == Qt.ItemDataRole.DisplayRole
            else None
        )

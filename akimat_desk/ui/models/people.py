"""People by year of one unit as a table to type in: year, people, source; the last row is a new one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

from akimat_desk.core.money import NO_BREAK_SPACE
from akimat_desk.places.population import PeopleIn
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import figures

Index = QModelIndex | QPersistentModelIndex


class PeopleColumn(IntEnum):
    """What a column says."""

    YEAR = 0
    PEOPLE = 1
    SOURCE = 2


class PeopleModel(QAbstractTableModel):
    """Tells what was typed by :attr:`typed`; what it shows changes when it is shown anew."""

    #: Year, people and source as texts; an empty number takes the year's figure away.
    typed = Signal(str, str, str)

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._rows: list[PeopleIn] = []
        self._new = ["", "", ""]
        self._editable = False
        speech.changed.connect(self._retranslate)

    def show_people(self, rows: Sequence[PeopleIn], editable: bool) -> None:
        """Show these years, newest first."""
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: -row.year)
        self._new = ["", "", ""]
        self._editable = editable
        self.endResetModel()

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows) + self._editable

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(PeopleColumn)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        kept_year = index.row() < len(self._rows) and index.column() == PeopleColumn.YEAR
        if index.isValid() and self._editable and not kept_year:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = PeopleColumn(index.column())
        is_new = index.row() >= len(self._rows)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole | Qt.ItemDataRole.AccessibleTextRole:
                said = self._text(index.row(), column)
                if is_new and not said and role == Qt.ItemDataRole.DisplayRole:
                    return self._speech("ui.places.new_year") if column is PeopleColumn.YEAR else ""
                if role == Qt.ItemDataRole.AccessibleTextRole:
                    return f"{self._head(column)}: {said or '–'}"
                return said
            case Qt.ItemDataRole.FontRole:
                return figures()
            case Qt.ItemDataRole.TextAlignmentRole if column is PeopleColumn.PEOPLE:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: int, column: PeopleColumn) -> str:
        if row >= len(self._rows):
            return self._new[column]
        said = self._rows[row]
        match column:
            case PeopleColumn.YEAR:
                return str(said.year)
            case PeopleColumn.PEOPLE:
                return f"{said.people:,}".replace(",", NO_BREAK_SPACE)
            case PeopleColumn.SOURCE:
                return said.source

    @guarded(False)
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row, column, written = index.row(), PeopleColumn(index.column()), str(value).strip()
        if row < len(self._rows):
            texts = [self._text(row, each) for each in PeopleColumn]
            if texts[column] == written:
                return False
            texts[column] = written
            self.typed.emit(*texts)
            return True
        self._new[column] = written
        self.dataChanged.emit(index, index)
        if self._new[PeopleColumn.YEAR] and self._new[PeopleColumn.PEOPLE]:
            self.typed.emit(*self._new)
        return True

    def _head(self, column: PeopleColumn) -> str:
        return self._speech(f"ui.places.people.{column.name.lower()}")

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(PeopleColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._head(PeopleColumn(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section == PeopleColumn.PEOPLE
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @Slot()
    def _retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(PeopleColumn) - 1)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(PeopleColumn) - 1))

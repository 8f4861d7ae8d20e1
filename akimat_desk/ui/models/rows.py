"""A plain table of words and amounts for lists that only show: figures beside each other, ratio years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QIcon

from akimat_desk.ui.guard import guarded
from akimat_desk.ui.theme import figures, tokens

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowText:
    """A row ready to be shown: its cells as texts; ``indent`` steps the first cell in."""

    cells: tuple[str, ...]
    bold: bool = False
    band: bool = False
    indent: int = 0
    icon: QIcon | None = None
    key: object = None


class RowsModel(QAbstractTableModel):
    """Rows of text made by a page. ``numbers_from`` is the first right-aligned column."""

    def __init__(
        self, numbers_from: int, numbers_to: int | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[RowText, ...] = ()
        self._numbers_from = numbers_from
        self._numbers_to = numbers_to

    def show_rows(self, heads: Sequence[str], rows: Sequence[RowText]) -> None:
        """Show these rows under these heads."""
        self.beginResetModel()
        self._heads, self._rows = tuple(heads), tuple(rows)
        self.endResetModel()

    def key(self, index: Index) -> object:
        """What a row stands for."""
        return self._rows[index.row()].key if index.isValid() else None

    def row_of(self, key: object) -> int:
        """The row that stands for ``key``; -1 when none does."""
        return next((row for row, made in enumerate(self._rows) if made.key == key), -1)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def _is_number(self, column: int) -> bool:
        last = len(self._heads) if self._numbers_to is None else self._numbers_to
        return self._numbers_from <= column < last

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return ("\u2003" * row.indent if column == 0 else "") + row.cells[column]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._heads[column]}: {row.cells[column]}" if column else row.cells[column]
            case Qt.ItemDataRole.ToolTipRole:
                return row.cells[column] or None
            case Qt.ItemDataRole.FontRole:
                return figures(row.bold)
            case Qt.ItemDataRole.BackgroundRole if row.band:
                return QBrush(QColor(tokens().band))
            case Qt.ItemDataRole.DecorationRole if column == 0 and row.icon is not None:
                return row.icon
            case Qt.ItemDataRole.TextAlignmentRole if self._is_number(column):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._is_number(section) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

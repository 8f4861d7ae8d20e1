"""The rows of the palette: headings of groups, and under each what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.palette.commands import Command

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for beside the title."""

    HEADING = Qt.ItemDataRole.UserRole
    DETAIL = Qt.ItemDataRole.UserRole + 1
    SHORTCUT = Qt.ItemDataRole.UserRole + 2
    WHY_NOT = Qt.ItemDataRole.UserRole + 3


class PaletteModel(QAbstractListModel):
    """A list in groups; headings cannot be chosen."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._rows: list[Command | str] = []

    def show_commands(self, commands: Sequence[Command]) -> None:
        """Show these; those of a group stand together, groups in the order of their first."""
        groups: dict[str, list[Command]] = {}
        for command in commands:
            groups.setdefault(command.group, []).append(command)
        self.beginResetModel()
        self._rows = []
        for group, members in groups.items():
            self._rows += [group, *members]
        self.endResetModel()

    def command(self, row: int) -> Command | None:
        """What a row does; None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Command) else None

    def next_row(self, row: int, step: int) -> int:
        """The nearest row that can be chosen in a direction, round the end; -1 when there is none."""
        for distance in range(1, len(self._rows) + 1):
            at = (row + step * distance) % len(self._rows)
            if self.command(at) is not None:
                return at
        return -1

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.command(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled  # read, not chosen
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            said = self._speech(f"ui.search.{row}")
            return said if role in (Qt.ItemDataRole.DisplayRole, Role.HEADING) else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return row.why_not or row.detail or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (row.title, row.why_not or row.detail, row.shortcut)))
            case Role.DETAIL:
                return row.detail
            case Role.SHORTCUT:
                return row.shortcut
            case Role.WHY_NOT:
                return row.why_not
        return None

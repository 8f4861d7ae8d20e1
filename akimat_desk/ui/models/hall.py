"""Who is in the hall, with a tick for each; and the votes by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from akimat_desk.meetings.kinds import Vote
from akimat_desk.meetings.views import AttendanceView
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.theme import bold, tokens

Index = QModelIndex | QPersistentModelIndex
_NAME, _WHAT, _ARRIVED, _DEPARTED = range(4)


class HallModel(QAbstractTableModel):
    """The list at the door. Ticking asks by ``ticked``; the answer comes with the next record."""

    #: person's id, whether the person came
    ticked = Signal(int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[AttendanceView, ...] = ()
        self._heads: tuple[str, ...] = ("", "", "", "")
        self._guest = ""
        self.editable = True

    def show_people(self, people: Sequence[AttendanceView], heads: Sequence[str], guest: str) -> None:
        """Show this list; where the same people are on it, what is selected stays selected."""
        same = [(p.person_id, p.name) for p in people] == [(p.person_id, p.name) for p in self._people]
        if same and tuple(heads) == self._heads:
            self._people = tuple(people)
            if people:
                self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, 3))
            return
        self.beginResetModel()
        self._people, self._heads, self._guest = tuple(people), tuple(heads), guest
        self.endResetModel()

    def person(self, index: Index) -> AttendanceView | None:
        """Who stands in a row."""
        return self._people[index.row()] if index.isValid() else None

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._people)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        person, column = self._people[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._words(person, column)
            case Qt.ItemDataRole.CheckStateRole if column == _NAME and person.person_id is not None:
                return Qt.CheckState.Checked if person.came else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.FontRole:
                return bold() if person.in_hall(None) and column == _NAME else None
            case Qt.ItemDataRole.ForegroundRole if person.departed is not None or person.guest:
                return QBrush(QColor(tokens().text_quiet))
        return None

    def _words(self, person: AttendanceView, column: int) -> str:
        match column:
            case 0:
                return person.name
            case 1:
                return f"{person.occupation} ({self._guest})" if person.guest else person.occupation
            case 2:
                return f"{person.arrived:%H:%M}" if person.arrived else ""
        return f"{person.departed:%H:%M}" if person.departed else ""

    @guarded(False)
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        person = self.person(index)
        if role != Qt.ItemDataRole.CheckStateRole or person is None or person.person_id is None:
            return False
        if not self.editable:
            return False
        self.ticked.emit(person.person_id, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        person = self.person(index)
        if index.column() == _NAME and person is not None and person.person_id is not None and self.editable:
            return base | Qt.ItemFlag.ItemIsUserCheckable
        return base

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if 0 <= section < 4 else None
        return None


class VotesModel(QAbstractTableModel):
    """Members in the hall with their votes; a vote is set for a row at once."""

    changed = Signal()

    def __init__(
        self,
        people: Sequence[tuple[int, str]],
        votes: Sequence[tuple[int, Vote]],
        words: dict[Vote, str],
        heads: tuple[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._people = tuple(people)
        self._votes: dict[int, Vote] = dict(votes)
        self._words = words
        self._heads = heads

    @property
    def votes(self) -> list[tuple[int, Vote]]:
        """The votes given, in the order of the list."""
        return [(person, self._votes[person]) for person, _ in self._people if person in self._votes]

    def set_vote(self, row: int, vote: Vote | None) -> None:
        """Give a row's vote, or take it back."""
        person = self._people[row][0]
        if vote is None:
            self._votes.pop(person, None)
        else:
            self._votes[person] = vote
        self.dataChanged.emit(self.index(row, 0), self.index(row, 1))
        self.changed.emit()

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._people)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        person, name = self._people[index.row()]
        vote = self._votes.get(person)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return name if index.column() == 0 else self._words[vote] if vote is not None else ""
        if role == Qt.ItemDataRole.FontRole and vote is not None:
            return bold()
        return None

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if 0 <= section < 2 else None
        return None

"""The classification as a tree: code, then the name in each language side by side."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QBrush, QColor

from akimat_desk.classification.codes import Code
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.written import code_shown
from akimat_desk.core.language import Language
from akimat_desk.ui.desks.reference import CodeBranch
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.icons import icon
from akimat_desk.ui.theme import figures, tokens

Index = QModelIndex | QPersistentModelIndex
#: How sure a row is, where a person should look again before relying on it.
_UNSURE = frozenset({"UNCONFIRMED", "CONFLICTING", "CODE ONLY", "DERIVED"})


class CodeColumn(IntEnum):
    """What a column says."""

    CODE = 0
    KK = 1
    RU = 2
    EN = 3
    SURE = 4


_LANGUAGE = {CodeColumn.KK: Language.KK, CodeColumn.RU: Language.RU, CodeColumn.EN: Language.EN}


class _Node:
    """A branch with its place: Qt asks for parents, plain values have none."""

    __slots__ = ("branch", "children", "parent", "row")

    def __init__(self, branch: CodeBranch, parent: _Node | None, row: int) -> None:
        self.branch = branch
        self.parent = parent
        self.row = row
        self.children = [_Node(each, self, number) for number, each in enumerate(branch.children)]


class CodeTreeModel(QAbstractItemModel):
    """The rows of one year, as a tree or (found) as a flat list."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._tops: list[_Node] = []
        self._tree: Sequence[CodeBranch] = ()
        speech.changed.connect(self._retranslate)

    # -- content ------------------------------------------------------------------------------

    def show_tree(self, branches: Sequence[CodeBranch]) -> None:
        """Show the whole classification."""
        self._tree = tuple(branches)
        self._show(self._tree)

    def show_found(self, entries: Sequence[Entry]) -> None:
        """Show what was found, best first, each row alone."""
        self._show([CodeBranch(entry, "") for entry in entries])

    def show_all(self) -> None:
        """Show the tree again."""
        self._show(self._tree)

    def _show(self, branches: Sequence[CodeBranch]) -> None:
        self.beginResetModel()
        self._tops = [_Node(branch, None, row) for row, branch in enumerate(branches)]
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """The row behind an index; None for a heading."""
        node = self._node(index)
        return node.branch.entry if node is not None else None

    def index_of(self, code: Code) -> QModelIndex:
        """Where a code stands; invalid where it does not."""

        def seek(nodes: Sequence[_Node]) -> _Node | None:
            for node in nodes:
                entry = node.branch.entry
                if entry is not None and entry.code_known and entry.code == code:
                    return node
                found = seek(node.children)
                if found is not None:
                    return found
            return None

        found = seek(self._tops)
        return self.createIndex(found.row, 0, found) if found is not None else QModelIndex()

    @staticmethod
    def _node(index: Index) -> _Node | None:
        return index.internalPointer() if index.isValid() else None

    # -- Qt's questions -----------------------------------------------------------------------

    @guarded(QModelIndex())
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        node = self._node(parent)
        return self.createIndex(row, column, node.children[row] if node is not None else self._tops[row])

    @guarded(QModelIndex())
    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = self._node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.row, 0, node.parent)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._tops)
        node = self._node(parent)
        return len(node.children) if node is not None and parent.column() == 0 else 0

    @guarded(0)
    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(CodeColumn)

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self._node(index)
        if node is None:
            return None
        column = CodeColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(node, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = self._text(node, column)
                head = self._head(column)
                return f"{head}: {said}" if said and column is not CodeColumn.CODE else said
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(node, column) or None
            case Qt.ItemDataRole.FontRole if node.branch.entry is None or (
                node.parent is not None and node.parent.branch.entry is None
            ):
                return figures(strong=True)
            case Qt.ItemDataRole.FontRole:
                return figures()
            case Qt.ItemDataRole.BackgroundRole if node.branch.entry is None:
                return QBrush(QColor(tokens().band))
            case Qt.ItemDataRole.DecorationRole if column is CodeColumn.SURE:
                return self._mark(node.branch.entry)
        return None

    def _text(self, node: _Node, column: CodeColumn) -> str:
        entry = node.branch.entry
        if entry is None:
            return (
                self._speech(f"classification.sheet.{node.branch.side}") if column is CodeColumn.CODE else ""
            )
        if column is CodeColumn.CODE:
            return code_shown(entry)
        if column is CodeColumn.SURE:
            return self._speech(f"ui.codes.sure.{entry.confidence.replace(' ', '_')}")
        return entry.name.exact(_LANGUAGE[column])

    @staticmethod
    def _mark(entry: Entry | None) -> object:
        if entry is None:
            return None
        if entry.confidence in _UNSURE:
            return icon("warning", tokens().warning)
        if entry.origin is not None:
            return icon("home")
        return icon("good", tokens().good)

    def _head(self, column: CodeColumn) -> str:
        return self._speech(f"ui.codes.column.{column.name.lower()}")

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(CodeColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._head(CodeColumn(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @Slot()
    def _retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(CodeColumn) - 1)
        self._tell(QModelIndex(), self._tops)

    def _tell(self, parent: QModelIndex, nodes: Sequence[_Node]) -> None:
        if not nodes:
            return
        self.dataChanged.emit(
            self.index(0, 0, parent), self.index(len(nodes) - 1, len(CodeColumn) - 1, parent)
        )
        for node in nodes:
            self._tell(self.createIndex(node.row, 0, node), node.children)

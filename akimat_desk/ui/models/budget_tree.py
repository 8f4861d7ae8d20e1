"""The budget as a tree: sections, categories and groups, programmes; a column for each year."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QBrush, QColor

from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.lines import YearBudget
from akimat_desk.core.findings import Finding, Place
from akimat_desk.core.money import table_amount
from akimat_desk.ui.formats import ROMAN, severity_word
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.icons import severity_icon
from akimat_desk.ui.models.plan_nodes import Node, attach_findings, build_tree, find_node
from akimat_desk.ui.search import LineTarget
from akimat_desk.ui.theme import bold, figures, tokens

Index = QModelIndex | QPersistentModelIndex
_BOLD_DEPTH = 1  # sections, and categories or groups right under them


class Fixed(IntEnum):
    """The columns before the years; after the years comes the mark."""

    CODE = 0
    NAME = 1


class BudgetTreeModel(QAbstractItemModel):
    """Nodes of a plan; columns: code, name, one amount per year, mark."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._tops: list[Node] = []
        self._years: list[int] = []
        self.findings: list[Finding] = []
        speech.changed.connect(self._retranslate)

    # -- content ------------------------------------------------------------------------------

    def show_plan(self, years: Sequence[YearBudget], findings: Sequence[Finding]) -> None:
        """Show these years; findings are put on their rows."""
        self.beginResetModel()
        self._years = [year.year for year in years]
        self._tops = build_tree(years)
        self.findings = attach_findings(self._tops, findings)
        self.endResetModel()

    @property
    def years(self) -> list[int]:
        """The years shown."""
        return list(self._years)

    @property
    def mark_column(self) -> int:
        """The column of the findings' marks."""
        return len(Fixed) + len(self._years)

    def node(self, index: Index) -> Node | None:
        """The row behind an index."""
        return index.internalPointer() if index.isValid() else None

    def index_of(self, finding: Finding) -> QModelIndex:
        """Where a finding sits: its row, in its year's column; invalid when it names none."""
        node = find_node(self._tops, finding.where)
        if node is None:
            return QModelIndex()
        year = finding.where.year
        column = len(Fixed) + self._years.index(year) if year in self._years else Fixed.NAME
        return self._index(node, column)

    def index_of_line(self, target: LineTarget) -> QModelIndex:
        """Where a line sits that was found, in its year's column; invalid for none."""
        place = Place(year=target.year, section=target.section, code=target.code, figure=target.figure)
        found = find_node(self._tops, place)
        year = target.year
        if found is None:
            return QModelIndex()
        return self._index(found, len(Fixed) + self._years.index(year) if year in self._years else Fixed.NAME)

    def grounds(self, index: Index, document_id: int, year: int) -> Grounds | None:
        """What the amount of a cell rests on; of a cell of words, the amount of ``year`` in that row."""
        node = self.node(index)
        if node is None:
            return None
        if len(Fixed) <= index.column() < self.mark_column:
            year = self._years[index.column() - len(Fixed)]
        if year not in self._years or node.amounts[self._years.index(year)] is None:
            return None
        name = node.printed_name if not node.code and node.figure is None else ""
        return Grounds((AmountAt(document_id, year, node.section, node.code, node.figure, name),))

    def marked(self) -> list[QModelIndex]:
        """The rows that have findings, from top to bottom."""
        rows = [node for top in self._tops for node in top.walk() if node.findings]
        return [self._index(node, Fixed.NAME) for node in rows]

    def _index(self, node: Node, column: int) -> QModelIndex:
        row = self._tops.index(node) if node.parent is None else node.row
        return self.createIndex(row, column, node)

    # -- Qt's questions -----------------------------------------------------------------------

    @guarded(QModelIndex())
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        node = self.node(parent)
        return self.createIndex(row, column, node.children[row] if node else self._tops[row])

    @guarded(QModelIndex())
    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = self.node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self._index(node.parent, 0)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._tops)
        if parent.column() != 0:
            return 0
        node = self.node(parent)
        return len(node.children) if node else 0

    @guarded(0)
    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Fixed) + len(self._years) + 1

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(node, column)
            case Qt.ItemDataRole.TextAlignmentRole if len(Fixed) <= column < self.mark_column:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole:
                strong = node.is_section or (bool(node.children) and self._depth(node) <= _BOLD_DEPTH)
                if len(Fixed) <= column < self.mark_column or column == Fixed.CODE:
                    return figures(strong)
                return bold() if strong else None
            case Qt.ItemDataRole.BackgroundRole if node.is_section:
                return QBrush(QColor(tokens().band))
            case Qt.ItemDataRole.DecorationRole if column == self.mark_column and node.findings:
                return severity_icon(node.findings[0].severity)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(node, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(node, column)
        return None

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        amounts = range(len(Fixed), self.mark_column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in amounts else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section in amounts:
            return self._speech("ui.budget.column.year.tip", year=self._years[section - len(Fixed)])
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section in amounts:
            return str(self._years[section - len(Fixed)])
        names = {Fixed.CODE: "code", Fixed.NAME: "name", self.mark_column: "mark"}
        return self._speech(f"ui.budget.column.{names[section]}") if section in names else None

    # -- what a cell says ---------------------------------------------------------------------

    def _depth(self, node: Node) -> int:
        depth = 0
        while node.parent is not None:
            node, depth = node.parent, depth + 1
        return depth

    def _text(self, node: Node, column: int) -> str:
        if column == Fixed.CODE:
            return ROMAN[node.section] if node.is_section else node.code.replace("/", " ")
        if column == Fixed.NAME:
            return node.text(self._speech.language)
        if column == self.mark_column:
            return severity_word(node.findings[0].severity, self._speech) if node.findings else ""
        return table_amount(node.amounts[column - len(Fixed)])

    def _tip(self, node: Node, column: int) -> str | None:
        if node.findings and column in (self.mark_column, Fixed.NAME):
            return "\n".join(finding.message(self._speech.language) for finding in node.findings)
        return node.text(self._speech.language) if column == Fixed.NAME else None

    def _spoken(self, node: Node, column: int) -> str:
        said = self._text(node, column)
        if len(Fixed) <= column < self.mark_column:
            year = self._years[column - len(Fixed)]
            return self._speech(
                "ui.budget.spoken",
                name=node.text(self._speech.language),
                year=year,
                amount=said or self._speech("ui.not_stated"),
            )
        if column == self.mark_column and node.findings:
            return f"{said}: {self._tip(node, column)}"
        return said

    @Slot()
    def _retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        if self._tops:
            # Every text of every row changed; views ask again for what they show.
            self.layoutAboutToBeChanged.emit()
            self.layoutChanged.emit()

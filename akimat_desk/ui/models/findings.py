"""Findings as a table: severity, message, difference, where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot

from akimat_desk.core.findings import Finding, by_weight
from akimat_desk.ui.formats import difference_in_thousands, severity_word
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.icons import severity_icon
from akimat_desk.ui.theme import figures

Index = QModelIndex | QPersistentModelIndex


class FindingColumn(IntEnum):
    """What a column says."""

    SEVERITY = 0
    MESSAGE = 1
    DIFFERENCE = 2
    WHERE = 3


class FindingsModel(QAbstractTableModel):
    """Findings, errors first."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._findings: list[Finding] = []
        speech.changed.connect(self._retranslate)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these."""
        self.beginResetModel()
        self._findings = by_weight(findings)
        self.endResetModel()

    def finding(self, index: Index) -> Finding | None:
        """The finding of a row."""
        return self._findings[index.row()] if index.isValid() else None

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._findings)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(FindingColumn)

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.finding(index)
        if finding is None:
            return None
        column = FindingColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(finding, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(finding, column) or None
            case Qt.ItemDataRole.DecorationRole if column is FindingColumn.SEVERITY:
                return severity_icon(finding.severity)
            case Qt.ItemDataRole.FontRole if column is FindingColumn.DIFFERENCE:
                return figures()
            case Qt.ItemDataRole.TextAlignmentRole if column is FindingColumn.DIFFERENCE:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, finding: Finding, column: FindingColumn) -> str:
        language = self._speech.language
        match column:
            case FindingColumn.SEVERITY:
                return severity_word(finding.severity, self._speech)
            case FindingColumn.MESSAGE:
                return finding.message(language)
            case FindingColumn.DIFFERENCE:
                return difference_in_thousands(finding)
            case FindingColumn.WHERE:
                # The unit stands above already.
                return replace(finding.where, unit="").show(language)

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(FindingColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._speech(f"ui.findings.column.{FindingColumn(section).name.lower()}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section == FindingColumn.DIFFERENCE
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @Slot()
    def _retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(FindingColumn) - 1)
        if self._findings:
            last = self.index(len(self._findings) - 1, len(FindingColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

"""A financing plan as a grid: lines of the budget over lines of the plan, a year and twelve months."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor

from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.plans.board import BoardRow, PlanBoard, of_cell
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.money import table_amount
from akimat_desk.ui.formats import severity_word
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.icons import severity_icon
from akimat_desk.ui.theme import figures, tokens

Index = QModelIndex | QPersistentModelIndex


class PlanColumn(IntEnum):
    """The columns before and after the months. Code and name are the rows' heads: they never scroll away."""

    BUDGET = 0
    YEAR = 1
    FIRST_MONTH = 2
    MARK = 14


COLUMNS = 15


def month_of(column: int) -> int | None:
    """The month (1–12) of a column; None for the others."""
    month = column - PlanColumn.FIRST_MONTH + 1
    return month if 1 <= month <= 12 else None


class PlanGridModel(QAbstractTableModel):
    """One side of a board. ``edited`` tells that the board changed, ``refused`` why it did not."""

    edited = Signal()
    refused = Signal(object)

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._board: PlanBoard | None = None
        self.side = Side.PAYMENTS
        self._rows: list[BoardRow] = []
        self._marks: list[list[Finding]] = []
        speech.changed.connect(self._retranslate)

    # -- content ----------------------------------------------------------------------------------

    def show_board(self, board: PlanBoard | None, side: Side) -> None:
        """Show a side of a board."""
        self.beginResetModel()
        self._board, self.side = board, side
        self._read()
        self.endResetModel()

    def board_changed(self) -> None:
        """The board's sheet changed: amounts and marks are read again, rows where they changed."""
        keys = [row.key for row in self._rows]
        board = self._board
        if board is None or [row.key for row in board.rows(self.side)] != keys:
            self.show_board(board, self.side)
            return
        self._read()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, COLUMNS - 1))

    def _read(self) -> None:
        board = self._board
        self._rows = board.rows(self.side) if board is not None else []
        findings = board.findings if board is not None else []
        self._marks = [of_cell(findings, self.side, row.code) if row.code else [] for row in self._rows]

    def row(self, index: Index) -> BoardRow | None:
        """The row behind an index."""
        return self._rows[index.row()] if index.isValid() else None

    def key(self, index: Index) -> LineKey | None:
        """The plan's line behind an index; None for a line of the budget and the total."""
        row = self.row(index)
        return row.key if row is not None else None

    def index_of(self, finding: Finding) -> QModelIndex:
        """Where a finding sits on this side; invalid when it names no row here."""
        month = finding.fields.get("month_no")
        for place, marks in enumerate(self._marks):
            if finding in marks:
                column = PlanColumn.FIRST_MONTH + month - 1 if isinstance(month, int) else PlanColumn.YEAR
                return self.index(place, column)
        return QModelIndex()

    def index_of_key(self, key: LineKey, column: int = PlanColumn.FIRST_MONTH) -> QModelIndex:
        """Where a line stands; invalid when it is not on this side."""
        for place, row in enumerate(self._rows):
            if row.key == key:
                return self.index(place, column)
        return QModelIndex()

    # -- Qt's questions ---------------------------------------------------------------------------

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        made = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        month, key = month_of(index.column()), self.key(index)
        if month is not None and key is not None and self._board is not None:
            made |= Qt.ItemFlag.ItemIsEditable if self._board.can_edit(key, month) else made
        return made

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = index.column()
        marks = self._marks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column, marks)
            case Qt.ItemDataRole.EditRole if (month := month_of(column)) is not None:
                amount = row.months[month - 1]
                return table_amount(amount) if amount else ""
            case Qt.ItemDataRole.TextAlignmentRole if PlanColumn.BUDGET <= column < PlanColumn.MARK:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole:
                return figures(row.key is None)
            case Qt.ItemDataRole.BackgroundRole:
                return self._ground(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                return self._ink(row, column, marks)
            case Qt.ItemDataRole.DecorationRole if column == PlanColumn.MARK and marks:
                return severity_icon(marks[0].severity)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(column, marks)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row, column, marks)
        return None

    @guarded(False)
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        month, key, board = month_of(index.column()), self.key(index), self._board
        if role != Qt.ItemDataRole.EditRole or month is None or key is None or board is None:
            return False
        try:
            amount = read_amount(str(value)) or 0
        except AmountRefused as refusal:
            self.refused.emit(refusal.why)
            return False
        if amount == board.sheet.months(key)[month - 1]:
            return False
        board.set_month(key, month, amount)
        self.board_changed()
        self.edited.emit()
        return True

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return self._head_of_row(section, role)
        if not 0 <= section < COLUMNS:
            return None
        numbers = PlanColumn.BUDGET <= section < PlanColumn.MARK
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        month = month_of(section)
        if month is not None:
            return self._speech(f"plan.month.{month}")
        return self._speech(f"ui.plan.column.{PlanColumn(section).name.lower()}")

    # -- what a cell says -------------------------------------------------------------------------

    def _head_of_row(self, place: int, role: int) -> Any:
        """Code and name; of a plan's line only what the budget's line above it does not say."""
        if not 0 <= place < len(self._rows):
            return None
        row = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                own = _last_parts(row) if row.key is not None else row.code.replace("/", " ")
                indent = "    " if row.key is not None else ""
                return f"{indent}{own}  {self._name(row)}".rstrip()
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.code.replace('/', ' ')}  {self._name(row)}".strip()
            case Qt.ItemDataRole.FontRole:
                return figures(row.key is None)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: BoardRow, column: int, marks: list[Finding]) -> str:
        month = month_of(column)
        if month is not None:
            amount = row.months[month - 1]
            return table_amount(amount) if amount or row.key is None else ""
        match column:
            case PlanColumn.BUDGET:
                return table_amount(row.budget)
            case PlanColumn.YEAR:
                return table_amount(row.year)
            case _:
                return severity_word(marks[0].severity, self._speech) if marks else ""

    def _name(self, row: BoardRow) -> str:
        if row.total:
            return self._speech("ui.plan.total")
        if row.key is None and row.limit is None:
            return self._speech("ui.plan.beyond_budget")
        return row.name.text(self._speech.language)

    def _ground(self, row: BoardRow, column: int) -> QBrush | None:
        if row.key is None:
            return QBrush(QColor(tokens().band))
        month, board = month_of(column), self._board
        if month is not None and board is not None and board.edits(row.key.side):
            closed = not board.can_edit(row.key, month)
            return QBrush(QColor(tokens().surface_quiet)) if closed else None
        return None

    def _ink(self, row: BoardRow, column: int, marks: list[Finding]) -> QBrush | None:
        month = month_of(column)
        wrong = [f for f in marks if f.severity is Severity.ERROR]
        if month is not None and any(f.fields.get("month_no") == month for f in wrong):
            return QBrush(QColor(tokens().error))
        short = row.limit is not None and row.year != row.limit.amount
        if column == PlanColumn.YEAR and short:
            return QBrush(QColor(tokens().error))
        return None

    def _tip(self, column: int, marks: list[Finding]) -> str | None:
        month = month_of(column)
        asked = [f for f in marks if month is None or f.fields.get("month_no") == month]
        if asked:
            return "\n".join(finding.message(self._speech.language) for finding in asked)
        return None

    def _spoken(self, row: BoardRow, column: int, marks: list[Finding]) -> str:
        said = self._text(row, column, marks)
        head = self.headerData(column, Qt.Orientation.Horizontal)
        tip = self._tip(column, marks)
        return f"{self._name(row)}, {head}: {said or table_amount(0)}" + (f". {tip}" if tip else "")

    @Slot()
    def _retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
        if self._rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, COLUMNS - 1))


def _last_parts(row: BoardRow) -> str:
    """The subprogram and the specific of costs, the specific of receipts."""
    code = row.key.code if row.key is not None else None
    subprogram = getattr(code, "subprogram", "")
    specific = code.specific if code is not None else ""
    return f"{subprogram} {specific}".strip() or row.code.replace("/", " ")


class CoverageModel(QAbstractTableModel):
    """One row under the grid: what is left after payments at the end of each month (art. 105)."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._margins: tuple[int, ...] = ()
        speech.changed.connect(self._retranslate)

    def show_margins(self, margins: tuple[int, ...]) -> None:
        """Show these twelve amounts; an empty tuple shows nothing."""
        self.beginResetModel()
        self._margins = margins
        self.endResetModel()

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self._margins else 1

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        month = month_of(index.column())
        amount = self._margins[month - 1] if month is not None else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return table_amount(amount)
            case Qt.ItemDataRole.ToolTipRole:
                return self._speech("ui.plan.coverage.tip")
            case Qt.ItemDataRole.FontRole:
                return figures(True)
            case Qt.ItemDataRole.BackgroundRole:
                return QBrush(QColor(tokens().error_soft if (amount or 0) < 0 else tokens().band))
            case Qt.ItemDataRole.ForegroundRole if (amount or 0) < 0:
                return QBrush(QColor(tokens().error))
            case Qt.ItemDataRole.TextAlignmentRole if month is not None:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Vertical or section:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._speech("ui.plan.coverage")
            case Qt.ItemDataRole.ToolTipRole:
                return self._speech("ui.plan.coverage.tip")
            case Qt.ItemDataRole.FontRole:
                return figures(True)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @Slot()
    def _retranslate(self) -> None:
        if self._margins:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, 0)
            self.dataChanged.emit(self.index(0, 0), self.index(0, COLUMNS - 1))

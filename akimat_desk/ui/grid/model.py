"""The grid's model: the visible lines as rows; code, name, an amount per year, findings, note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor

from akimat_desk.budget.drafts.edits import Amount, Edit, SetAmounts, SetNote
from akimat_desk.budget.drafts.nodes import Node
from akimat_desk.budget.drafts.retyping import RetypeCode
from akimat_desk.budget.drafts.steps import CellChange, LineChange, NoteChange, Step
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.classification.written import code_from_text
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding
from akimat_desk.ui.grid.editing import DraftEditing
from akimat_desk.ui.grid.rows import Rows, amounts_of
from akimat_desk.ui.grid.words import CellWords, Columns, Fixed
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.icons import severity_icon
from akimat_desk.ui.theme import bold, figures, tokens

Index = QModelIndex | QPersistentModelIndex
# Made once: these are asked for with every cell that is painted.
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITED = _SHOWN | Qt.ItemFlag.ItemIsEditable
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FEW = 4  # lines changed at once, up to which cells are painted one by one


class DraftGridModel(QAbstractTableModel):
    """Rows are the lines that are shown; every answer is read from the sheet when it is asked for."""

    #: A person folded or unfolded branches.
    folding = Signal()

    def __init__(self, editing: DraftEditing, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._speech = speech
        self.rows: Rows | None = None
        self._shown: list[Node] = []
        self._row_of: dict[Node, int] | None = None  # made when asked for
        self._columns = Columns()
        self._words: CellWords | None = None
        editing.opened.connect(self._opened)
        editing.changed.connect(self._changed)
        speech.changed.connect(self._retranslate)

    # -- content ------------------------------------------------------------------------------

    @Slot()
    def _opened(self) -> None:
        """Another sheet, or the same one read again: what was folded and filtered stays."""
        self.beginResetModel()
        sheet, before = self._editing.sheet, self.rows
        self.rows, self._words, self._shown, self._columns = None, None, [], Columns()
        if sheet is not None:
            base = self._editing.base
            same = before is not None and before.sheet.facts.document_id == sheet.facts.document_id
            if base is None:
                base = before.base if same and before is not None else amounts_of(sheet)
            self.rows = Rows(sheet, base, self._editing.entered)
            if before is not None:
                self.rows.filter = before.filter
                self.rows.folded = before.folded if same else set()
            self.rows.take_findings()
            self._shown, self._columns = self.rows.visible(), Columns(sheet.years)
            self._words = CellWords(self.rows, self._columns, self._speech)
        self._row_of = None
        self.endResetModel()

    @Slot(object)
    def _changed(self, step: Step) -> None:
        if self.rows is None:
            return
        self.rows.take_findings()
        if self.rows.filter.is_on or any(isinstance(change, LineChange) for change in step.changes):
            self.rearrange()
        self._say_touched(step)

    def _say_touched(self, step: Step) -> None:
        """Have only what may look different painted again: the lines changed, those above, the totals."""
        assert self.rows is not None
        sheet = self.rows.sheet
        keys = {change.key for change in step.changes if isinstance(change, CellChange | NoteChange)}
        if len(keys) > _FEW or any(isinstance(change, LineChange) for change in step.changes):
            self._say_changed()
            return
        touched: dict[Node, None] = dict.fromkeys(sheet.tops)
        for key in keys:
            here = sheet.node(key)
            while here is not None:
                touched[here] = None
                here = here.parent
        for node in touched:
            row = self.row_of(node)
            if row >= 0:
                for column in range(len(Fixed), self.columnCount()):
                    cell = self.index(row, column)
                    self.dataChanged.emit(cell, cell)  # a single cell is painted alone

    def rearrange(self) -> None:
        """Show what is to be shown now; rows that stay where they are keep their selection."""
        if self.rows is None:
            return
        wanted = self.rows.visible()
        shown = self._shown
        head = 0
        most = min(len(shown), len(wanted))
        while head < most and shown[head] is wanted[head]:
            head += 1
        tail = 0
        while tail < most - head and shown[-1 - tail] is wanted[-1 - tail]:
            tail += 1
        leave, come = len(shown) - head - tail, len(wanted) - head - tail
        if leave:
            self.beginRemoveRows(QModelIndex(), head, head + leave - 1)
            self._shown = [*shown[:head], *shown[head + leave :]]
            self._row_of = None
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), head, head + come - 1)
            self._shown = wanted
            self._row_of = None
            self.endInsertRows()

    def _say_changed(self) -> None:
        if self._shown:
            last = self.index(len(self._shown) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @property
    def years(self) -> tuple[int, ...]:
        """The years shown."""
        return self._columns.years

    @property
    def year_columns(self) -> range:
        """The columns of amounts."""
        return self._columns.amounts

    @property
    def mark_column(self) -> int:
        """The column of the findings."""
        return self._columns.marks

    @property
    def note_column(self) -> int:
        """The column of the notes."""
        return self._columns.notes

    def node(self, row: int) -> Node | None:
        """The line of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def grounds(self, index: Index) -> Grounds | None:
        """What the amount of a cell rests on; of a cell of words, that of the first year."""
        sheet, node = self._editing.sheet, self.node(index.row()) if index.isValid() else None
        if sheet is None or node is None:
            return None
        place = index.column() - len(Fixed) if index.column() in self.year_columns else 0
        if node.value(place) is None:
            return None
        record = node.record
        code = record.code.stored if record.code is not None else ""
        name = record.printed_name if not code and record.figure is None else ""
        at = AmountAt(
            sheet.facts.document_id, sheet.years[place], record.key.section, code, record.figure, name
        )
        return Grounds((at,))

    def row_of(self, node: Node | None) -> int:
        """The row of a line; -1 where it is not shown."""
        if self._row_of is None:
            self._row_of = {shown: row for row, shown in enumerate(self._shown)}
        return self._row_of.get(node, -1) if node is not None else -1

    def index_of(self, finding: Finding) -> QModelIndex:
        """Where a finding sits; a line folded away is shown for it."""
        if self.rows is None:
            return QModelIndex()
        key = self.rows.key_of(finding)
        node = self.rows.sheet.node(key) if key is not None else None
        if node is None:
            return QModelIndex()
        self.unfold_to(node)
        year = finding.where.year
        column = len(Fixed) + self.years.index(year) if year in self.years else Fixed.NAME
        row = self.row_of(node)
        return self.index(row, column) if row >= 0 else QModelIndex()

    # -- folding ------------------------------------------------------------------------------

    def is_folded(self, node: Node) -> bool:
        """Whether a line's parts are folded away."""
        return self.rows is not None and node.key in self.rows.folded and not self.rows.filter.is_on

    def fold(self, node: Node, folded: bool) -> None:
        """Fold a line's parts away, or show them."""
        if self.rows is None or not node.children or folded == (node.key in self.rows.folded):
            return
        (self.rows.folded.add if folded else self.rows.folded.discard)(node.key)
        if self.rows.filter.is_on:
            self.rearrange()
        elif node in self._shown:
            self._fold_rows(node, folded)
        self.folding.emit()

    def _fold_rows(self, node: Node, folded: bool) -> None:
        """Only the branch's own rows go or come: the others are not looked at."""
        assert self.rows is not None
        row = self._shown.index(node)
        if folded:
            depth, end = node.depth, row + 1
            while end < len(self._shown) and self._shown[end].depth > depth:
                end += 1
            self.beginRemoveRows(QModelIndex(), row + 1, end - 1)
            del self._shown[row + 1 : end]
            self._row_of = None
            self.endRemoveRows()
        else:
            parts = self.rows.branch(node)
            self.beginInsertRows(QModelIndex(), row + 1, row + len(parts))
            self._shown[row + 1 : row + 1] = parts
            self._row_of = None
            self.endInsertRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, Fixed.NAME))

    def fold_keys(self, keys: Iterable[str]) -> None:
        """Fold the branches of these keys ("section|line") that the sheet has."""
        if self.rows is None:
            return
        wanted = set(keys)
        self.rows.folded |= {
            node.key
            for node in self.rows.sheet.nodes()
            if node.children and f"{node.key.section.value}|{node.key.line}" in wanted
        }
        self.rearrange()

    def fold_all(self, folded: bool) -> None:
        """Fold everything under the sections' first lines, or show everything."""
        if self.rows is None:
            return
        self.beginResetModel()
        self.rows.folded = (
            {node.key for node in self.rows.sheet.nodes() if node.children and not node.is_section}
            if folded
            else set()
        )
        self._shown = self.rows.visible()
        self._row_of = None
        self.endResetModel()
        self.folding.emit()

    def unfold_to(self, node: Node) -> None:
        """Show a line, whatever branches it stands in."""
        if self.rows is None:
            return
        above = node.parent
        closed = False
        while above is not None:
            closed = closed or above.key in self.rows.folded
            self.rows.folded.discard(above.key)
            above = above.parent
        if closed:
            self.rearrange()
            self.folding.emit()

    # -- Qt's questions -----------------------------------------------------------------------

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.rows is None else self.note_column + 1

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        column = index.column()
        if column == Fixed.NAME or column == self.mark_column or not self._editing.is_editable:
            return _SHOWN
        if column == Fixed.CODE and self._shown[index.row()].record.code is None:
            return _SHOWN
        if column == self.note_column and self._shown[index.row()].is_section:
            return _SHOWN
        return _EDITED

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.rows is None:
            return None
        words = self._words
        assert words is not None
        node, column = self._shown[index.row()], index.column()
        years = self.year_columns
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words.text(node, column)
            case Qt.ItemDataRole.EditRole:
                return words.to_edit(node, column)
            case Qt.ItemDataRole.TextAlignmentRole if column in years:
                return _RIGHT
            case Qt.ItemDataRole.FontRole:
                strong = node.depth <= 1 and bool(node.is_section or node.children)
                if column in years or column == Fixed.CODE:
                    return figures(strong)
                return bold() if strong else None
            case Qt.ItemDataRole.BackgroundRole:
                return self._ground(words, node, column)
            case Qt.ItemDataRole.ForegroundRole if column in years and self._is_quiet(node, column):
                return QBrush(QColor(tokens().text_quiet))
            case Qt.ItemDataRole.DecorationRole if column in years or column == self.mark_column:
                found = words.findings(node, column)
                return severity_icon(found[0].severity) if found else None
            case Qt.ItemDataRole.ToolTipRole:
                return words.tip(node, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.spoken(node, column, folded=self.is_folded(node))
        return None

    def _ground(self, words: CellWords, node: Node, column: int) -> QBrush | None:
        if column in self.year_columns:
            found = words.findings(node, column)
            if found:
                return QBrush(QColor(getattr(tokens(), f"{found[0].severity.value}_soft")))
        return QBrush(QColor(tokens().band)) if node.is_section else None

    def _is_quiet(self, node: Node, column: int) -> bool:
        """A computed amount is written quietly, unless it is a total: what is typed stands out."""
        return not node.is_section and node.cells[column - len(Fixed)] is None

    def to_edit(self, node: Node, column: int) -> str:
        """What stands in the editor of a cell."""
        return self._words.to_edit(node, column) if self._words is not None else ""

    @guarded(False)
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not self._editing.is_editable:
            return False
        node, column = self._shown[index.row()], index.column()
        edit: Edit
        if column in self.year_columns:
            if str(value) == self.to_edit(node, column):
                return True  # looked at, not changed
            edit = SetAmounts((Amount(node.key, self.years[column - len(Fixed)], str(value)),))
        elif column == self.note_column and not node.is_section:
            edit = SetNote(node.key, str(value))
        elif column == Fixed.CODE and node.record.code is not None:
            if str(value).strip() == self.to_edit(node, column):
                return True
            code = code_from_text(str(value))
            if code is None:
                self._editing.refused.emit(UsageProblem("error.draft.not_a_code", written=str(value)))
                return False
            edit = RetypeCode(node.key, code)
        else:
            return False
        self._editing.do(edit)
        return True

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self.rows is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in self.year_columns else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section in self.year_columns:
            return self._speech("ui.budget.column.year.tip", year=self.years[section - len(Fixed)])
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._words.heading(section) if self._words is not None else None

    @Slot()
    def _retranslate(self) -> None:
        if self.rows is not None:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self._say_changed()

    # -- blocks -------------------------------------------------------------------------------

    def block(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """The texts of a block, to be copied: amounts without groups, as workbooks take them."""
        return [
            [self.to_edit(self._shown[row], column) for column in columns]
            for row in rows
            if row < len(self._shown)
        ]

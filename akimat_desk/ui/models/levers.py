"""The lines of a budget as levers: what stands, by how many per cent or to what amount it is moved."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.figures import Section
from akimat_desk.budget.ratio.levers import Ground, Group, How, Lever, WhatIfLine, moved_amount
from akimat_desk.budget.ratio.words import signed_thousands
from akimat_desk.budget.ratio.written import hundredths_text
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import bold, figures, tokens

Index = QModelIndex | QPersistentModelIndex
Key = tuple[Section, str]

LINE, NOW, PERCENT, THEN, CHANGE, EFFECT = range(6)
_HEADS = ("line", "now", "percent", "then", "change", "effect")
_MOST_PERCENT = 100_000  # tenths: a lever is no telescope


class LeversModel(QAbstractTableModel):
    """Bands for own lines, transfers and spending; per cent and amount are typed into their cells."""

    #: A lever was moved by typing.
    levers_changed = Signal()
    #: What was typed is no number: a Message.
    refused = Signal(object)

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._rows: list[WhatIfLine | Group] = []
        self.levers: dict[Key, Lever] = {}
        self._moved: dict[Key, int] = {}
        self._effects: Mapping[Key, int] = {}

    def show_effects(self, effects: Mapping[Key, int]) -> None:
        """What each lever alone moves, in hundredths of a point; only lines that differ are drawn anew."""
        was, self._effects = self._effects, effects
        for key in {*was, *effects}:
            row = self.row_of(key)
            if row >= 0 and was.get(key) != effects.get(key):
                self.dataChanged.emit(self.index(row, EFFECT), self.index(row, EFFECT))

    def show_ground(self, on: Ground | None) -> None:
        """Show a budget's lines; levers on lines that it lacks stay, unseen."""
        self.beginResetModel()
        self._rows = []
        for group in Group:
            lines = [line for line in (on.lines if on else ()) if line.group is group]
            if lines:
                self._rows += [group, *lines]
        self._moved = {}
        for row in self._rows:
            if isinstance(row, WhatIfLine) and row.key in self.levers:
                self._moved[row.key] = moved_amount(self.levers[row.key], row)
        self.endResetModel()

    def put(self, levers: list[Lever], outcome_of: Ground | None) -> None:
        """Take these levers in place of those there are."""
        self.levers = {lever.key: lever for lever in levers}
        self.show_ground(outcome_of)

    def set_lever(self, line: WhatIfLine, lever: Lever | None) -> None:
        """Move one line, or (None) let it stand as it is."""
        row = self.row_of(line.key)
        if lever is None or moved_amount(lever, line) == line.amount:
            self.levers.pop(line.key, None)
            self._moved.pop(line.key, None)
        else:
            self.levers[line.key] = lever
            self._moved[line.key] = moved_amount(lever, line)
        self.dataChanged.emit(self.index(row, 0), self.index(row, EFFECT))
        self.levers_changed.emit()

    def line(self, index: Index) -> WhatIfLine | None:
        """The line of a row; None for a band."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, WhatIfLine) else None

    def row_of(self, key: Key) -> int:
        """The row of a line; -1 where it is not shown."""
        return next(
            (n for n, row in enumerate(self._rows) if isinstance(row, WhatIfLine) and row.key == key), -1
        )

    def bands(self) -> list[int]:
        """The rows that are bands."""
        return [n for n, row in enumerate(self._rows) if isinstance(row, Group)]

    # -- Qt ---------------------------------------------------------------------------------------

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        made = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return made | Qt.ItemFlag.ItemIsEditable if index.column() in (PERCENT, THEN) else made

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if isinstance(row, Group):
            return self._band(row, column, role)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(row, column)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if column == LINE:
                return f"{row.code} {row.name.text(self._speech.language)}"
            case Qt.ItemDataRole.FontRole:
                return figures(row.key in self._moved)
            case Qt.ItemDataRole.BackgroundRole if column in (PERCENT, THEN):
                return QBrush(
                    QColor(tokens().accent_soft if row.key in self._moved else tokens().surface_quiet)
                )
            case Qt.ItemDataRole.TextAlignmentRole if column != LINE:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _band(self, group: Group, column: int, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole if column == LINE:
                return self._speech(f"ui.whatif.group.{group.value}")
            case Qt.ItemDataRole.BackgroundRole:
                return QBrush(QColor(tokens().band))
            case Qt.ItemDataRole.FontRole:
                return bold()
        return None

    def _text(self, line: WhatIfLine, column: int) -> str:
        lever, then = self.levers.get(line.key), self._moved.get(line.key)
        match column:
            case 0:
                return f"{line.code}  {line.name.text(self._speech.language)}"
            case 1:
                return table_amount(line.amount)
            case 2 if lever is not None and lever.how is How.PERCENT and lever.tenths is not None:
                return f"{Decimal(lever.tenths) / 10:+f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")
            case 3 if then is not None:
                return table_amount(then)
            case 4 if then is not None:
                return signed_thousands(then - line.amount)
            case 5 if line.key in self._effects:
                return hundredths_text(self._effects[line.key])
        return ""

    @guarded(False)
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line(index)
        if line is None or role != Qt.ItemDataRole.EditRole or index.column() not in (PERCENT, THEN):
            return False
        typed = str(value).strip()
        if typed == self._text(line, index.column()):
            return False
        try:
            lever = self._typed(line, index.column(), typed)
        except (AmountRefused, ArithmeticError) as error:
            bad = Message("ui.whatif.not_percent", {"typed": typed})
            self.refused.emit(error.why if isinstance(error, AmountRefused) else bad)
            return False
        self.set_lever(line, lever)
        return True

    @staticmethod
    def _typed(line: WhatIfLine, column: int, typed: str) -> Lever | None:
        """The lever that a typed text means; nothing typed is none."""
        if column == THEN:
            amount = read_amount(typed)
            return None if amount is None else Lever(line.side, line.line, How.AMOUNT, amount=amount)
        plain = typed.rstrip("% ").replace(",", ".").replace("\N{MINUS SIGN}", "-")
        if not plain:
            return None
        tenths = Decimal(plain) * 10
        if not tenths.is_finite() or abs(tenths) > _MOST_PERCENT:
            raise ArithmeticError(typed)
        return Lever(line.side, line.line, How.PERCENT, tenths=int(tenths.to_integral_value()))

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_HEADS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._speech(f"ui.whatif.column.{_HEADS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == LINE else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

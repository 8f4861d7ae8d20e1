"""Budgets side by side as a tree: the rows of a comparison under the columns that a page asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from akimat_desk.budget.comparing.rows import Row
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.core.money import signed_amount, table_amount
from akimat_desk.reports.definitions.before_after import row_name
from akimat_desk.ui.formats import ROMAN, code_shown
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import bold, figures, tokens

Index = QModelIndex | QPersistentModelIndex
_BOLD_DEPTH = 1


class Show(StrEnum):
    """What a column shows."""

    CODE = "code"
    NAME = "name"
    AMOUNT = "amount"
    DIFFERENCE = "difference"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: what it shows, of which budgets (places in the rows), and its head.

    ``head`` is a text already; ``at`` says where the amounts of each budget stand: document and year.
    """

    show: Show
    head: str
    left: int = 0
    right: int = 0


class ComparedModel(QAbstractItemModel):
    """Rows of a comparison; ``only_different`` leaves out what does not differ between two of its sides.

    In another language its page shows the rows anew: the heads are texts.
    """

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._rows: Sequence[Row] = ()
        self._columns: tuple[Shown, ...] = ()
        self._documents: tuple[tuple[int, int] | None, ...] = ()
        self._year = 0
        self._children: dict[int | None, list[int]] = {None: []}
        self._place: dict[int, int] = {}
        self._names: dict[tuple[int, str], str] = {}

    # -- content ------------------------------------------------------------------------------

    def show_rows(
        self,
        rows: Sequence[Row],
        columns: Sequence[Shown],
        documents: Sequence[tuple[int, int] | None],
        year: int,
        only_different: tuple[int, int] | None = None,
    ) -> None:
        """Show these rows; ``documents`` are (document, year) of each side, for what a cell rests on.

        ``year`` is that of the names; ``only_different`` names the two sides that must differ.
        """
        self.beginResetModel()
        self._rows, self._columns = rows, tuple(columns)
        self._documents, self._year = tuple(documents), year
        self._names.clear()
        kept = self._kept(only_different)
        self._children = {None: []}
        self._place = {}
        for number in kept:
            siblings = self._children.setdefault(rows[number].above, [])
            self._place[number] = len(siblings)
            siblings.append(number)
        self.endResetModel()

    def _kept(self, only_different: tuple[int, int] | None) -> list[int]:
        if only_different is None:
            return list(range(len(self._rows)))
        left, right = only_different
        kept: set[int] = set()
        for number, row in enumerate(self._rows):
            if row.above is None or row.differs(left, right):
                here: int | None = number
                while here is not None and here not in kept:
                    kept.add(here)
                    here = self._rows[here].above
        return sorted(kept)

    @property
    def columns(self) -> tuple[Shown, ...]:
        """The columns shown."""
        return self._columns

    def row(self, index: Index) -> Row | None:
        """The row behind an index."""
        return self._rows[index.internalId()] if index.isValid() else None

    def grounds(self, index: Index) -> Grounds | None:
        """What a cell's figure rests on; None for words and for what is not stated."""
        row = self.row(index)
        if row is None:
            return None
        column = self._columns[index.column()]
        match column.show:
            case Show.AMOUNT:
                place = self._at(row, column.left)
                return Grounds((place,)) if place is not None else None
            case Show.DIFFERENCE | Show.PERCENT:
                both = [self._at(row, side) for side in (column.left, column.right)]
                known = tuple(place for place in both if place is not None)
                key = "change" if column.show is Show.DIFFERENCE else "percent"
                return Grounds(known, f"provenance.formula.{key}") if known else None
            case _:
                return None

    def _at(self, row: Row, side: int) -> AmountAt | None:
        document = self._documents[side]
        return row.place(side, *document) if document is not None else None

    # -- Qt's questions -----------------------------------------------------------------------

    @guarded(QModelIndex())
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        above = parent.internalId() if parent.isValid() else None
        return self.createIndex(row, column, self._children[above][row])

    @guarded(QModelIndex())
    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        row = self.row(index)
        if row is None or row.above is None:
            return QModelIndex()
        return self.createIndex(self._place[row.above], 0, row.above)

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._children[None])
        if parent.column() != 0:
            return 0
        return len(self._children.get(parent.internalId(), ()))

    @guarded(0)
    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._columns)

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = self._columns[index.column()]
        is_number = column.show not in (Show.CODE, Show.NAME)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(index.internalId(), row, column)
            case Qt.ItemDataRole.TextAlignmentRole if is_number:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole:
                strong = row.depth == 0 or (row.depth <= _BOLD_DEPTH and row.code is not None)
                if is_number or column.show is Show.CODE:
                    return figures(strong)
                return bold() if strong else None
            case Qt.ItemDataRole.BackgroundRole if row.depth == 0:
                return QBrush(QColor(tokens().band))
            case Qt.ItemDataRole.ToolTipRole if column.show is Show.NAME:
                return self._name(index.internalId(), row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index.internalId(), row, column)
        return None

    @guarded()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            words = column.show in (Show.CODE, Show.NAME)
            side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.head
        return None

    # -- what a cell says ---------------------------------------------------------------------

    def _text(self, number: int, row: Row, column: Shown) -> str:
        match column.show:
            case Show.CODE:
                return self._code(row)
            case Show.NAME:
                return self._name(number, row)
            case Show.AMOUNT:
                return table_amount(row.amounts[column.left])
            case Show.DIFFERENCE:
                return signed_amount(row.difference(column.left, column.right))
            case Show.PERCENT:
                percent = row.percent(column.left, column.right)
                return "" if percent is None else f"{percent}".replace(".", ",")

    @staticmethod
    def _code(row: Row) -> str:
        if row.depth == 0:
            return ROMAN[row.section]
        printed = [code_shown(code) for code in row.codes if code is not None]
        return " → ".join(dict.fromkeys(printed))

    def _name(self, number: int, row: Row) -> str:
        language = self._speech.language
        key = (number, language.value)
        if key not in self._names:
            name = row_name(row, self._year, language)
            if row.depth == 0:
                name = name.partition(". ")[2]  # the number of the section has a column of its own
            self._names[key] = name
        return self._names[key]

    def _spoken(self, number: int, row: Row, column: Shown) -> str:
        said = self._text(number, row, column)
        if column.show in (Show.CODE, Show.NAME):
            return said
        return self._speech(
            "ui.compare.spoken",
            name=self._name(number, row),
            column=column.head,
            amount=said or self._speech("ui.not_stated"),
        )

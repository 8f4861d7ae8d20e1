"""Rows of text one column of which is a bar: a share of a whole, drawn beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from akimat_desk.ui.guard import guarded
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.theme import tokens
from akimat_desk.ui.widgets.basics import RowDelegate

Index = QModelIndex | QPersistentModelIndex

#: The share of a cell in thousandths, None where there is none.
SHARE = Qt.ItemDataRole.UserRole + 1
_WHOLE = 1000


class SharesModel(RowsModel):
    """``shares`` has a value for each row; it is told of the column ``bar``."""

    def __init__(self, numbers_from: int, numbers_to: int, bar: int, parent: Any = None) -> None:
        super().__init__(numbers_from, numbers_to, parent)
        self.bar = bar
        self._shares: tuple[int | None, ...] = ()

    def show_shares(
        self, heads: Sequence[str], rows: Sequence[RowText], shares: Sequence[int | None]
    ) -> None:
        """Show these rows with these shares."""
        self._shares = tuple(shares)
        self.show_rows(heads, rows)

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == SHARE:
            return self._shares[index.row()] if index.isValid() and index.column() == self.bar else None
        return super().data(index, role)


class ShareDelegate(RowDelegate):
    """Draws the bar under the words; what is over the whole stays at the whole. The words say it too."""

    @guarded()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        share = index.data(SHARE)
        if share is not None:
            room = QRectF(option.rect).adjusted(3, 4, -3, -4)
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().bar_quiet))
            painter.drawRoundedRect(QRectF(room.left(), room.bottom() - 3, room.width(), 3), 1.5, 1.5)
            done = room.width() * max(0, min(share, _WHOLE)) / _WHOLE
            painter.setBrush(QColor(tokens().bar))
            painter.drawRoundedRect(QRectF(room.left(), room.bottom() - 3, done, 3), 1.5, 1.5)
            painter.restore()
        super().paint(painter, option, index)

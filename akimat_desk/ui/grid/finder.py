"""The field in which a line is found in the classification: by number or by any word, kk, ru or en."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QWidget

from akimat_desk.budget.drafts.edits import AddFigure, AddLine, Edit
from akimat_desk.budget.drafts.offers import Offer, offers
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.ui.formats import code_shown
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import SPACE

Index = QModelIndex | QPersistentModelIndex
SHOWN = 12
"""So many offers are seen at once."""
MEASURED = 2 * SHOWN
"""The list is made wide enough for so many of its first offers: hundreds would be felt while typing."""


class OffersModel(QAbstractListModel):
    """Lines that fit what was typed, best first."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._offers: tuple[Offer, ...] = ()

    def show_offers(self, found: tuple[Offer, ...]) -> None:
        """Offer these."""
        self.beginResetModel()
        self._offers = found
        self.endResetModel()

    def offer(self, row: int) -> Offer | None:
        """The offer of a row."""
        return self._offers[row] if 0 <= row < len(self._offers) else None

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._offers)

    @guarded()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        offer = self.offer(index.row()) if index.isValid() else None
        if offer is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(offer)
        if role == Qt.ItemDataRole.EditRole:
            return ""  # what is chosen is added, not written into the field
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(name for name in (offer.name.kk, offer.name.ru, offer.name.en) if name)
        return None

    def _said(self, offer: Offer) -> str:
        name = offer.name.text(self._speech.language)
        if offer.is_unknown:
            name = self._speech("ui.draft.finder.unknown")
        code = (
            code_shown(offer.code)
            if offer.code is not None
            else self._speech(f"section.{offer.section.value}")
        )
        return f"{code}   {name}"


class LineFinder(QLineEdit):
    """Type a number or a word, choose with the arrows, Enter adds the line."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._sheet: DraftSheet | None = None
        self.offered = OffersModel(speech, self)
        completer = QCompleter(self.offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(SHOWN)
        completer.setWidget(self)
        completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        self._completer = completer
        self.textEdited.connect(self.seek)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def popup(self) -> QAbstractItemView:
        """The list of what is offered."""
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def serve(self, sheet: DraftSheet) -> None:
        """Find lines of the classification that this draft's first year uses."""
        self._sheet = sheet

    def begin(self, text: str = "") -> None:
        """Take the cursor, with what was typed already."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setText(text)
        if text:
            self.seek(text)

    @Slot(str)
    def seek(self, text: str) -> None:
        """Offer what fits the text."""
        if self._sheet is None:
            return
        facts = self._sheet.facts
        self.offered.show_offers(offers(text, facts.first_year, facts.decision_year, self._sheet.book))
        if self.offered.rowCount():
            self._completer.complete(QRect(0, 0, self._wide(), self.height()))
            self.popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            self.popup.hide()

    def _wide(self) -> int:
        """The width at which the names are read to their end, within the window; in pixels.

        Names of one branch begin alike («Төлем көзінен салық салын…»): cut, they cannot be told apart.
        """
        listed = self._completer.completionModel()
        rows = range(min(listed.rowCount(), MEASURED))
        names = max(self.popup.sizeHintForIndex(listed.index(row, 0)).width() for row in rows)
        wanted = names + 2 * self.popup.verticalScrollBar().sizeHint().width()
        room = self.window().width() - self.mapTo(self.window(), self.rect().topLeft()).x() - SPACE
        return max(self.width(), min(wanted, room))

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        offer = self.offered.offer(row)
        self.popup.hide()
        QTimer.singleShot(0, self, self.clear)  # the completer writes into the field after this
        if offer is not None:
            edit: Edit = AddLine(offer.code) if offer.code is not None else AddFigure(offer.figure)
            self.chosen.emit(edit)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.offered.rowCount() and self.text():
                # The list hands Enter to the field first: what the arrows reached is asked of the list.
                self._choose(max(self.popup.currentIndex().row(), 0) if self.popup.isVisible() else 0)
            else:
                self.left.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def retranslate(self) -> None:
        self.setPlaceholderText(self._speech("ui.draft.finder"))
        self.setAccessibleName(self._speech("ui.draft.finder"))
        self.setToolTip(self._speech("ui.draft.finder.tip"))

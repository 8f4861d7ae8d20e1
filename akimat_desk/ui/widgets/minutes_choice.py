"""Choosing the minutes that agreed a paper among the meetings kept in the program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from akimat_desk.budget.bases.basis import Basis
from akimat_desk.meetings.minutes import AgreedItem
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.formats import day_written


class MinutesChoice(QComboBox):
    """The first row stands for minutes on paper, typed by hand; ``chosen`` says which item was picked.

    ``without`` is the key of what the first row says where there is no typing.
    """

    chosen = Signal(object)  # Basis

    def __init__(
        self, context: Context, unit_id: int, year: int, parent: QWidget | None = None, without: str = ""
    ) -> None:
        super().__init__(parent)
        self._context, self._without = context, without
        self._items: tuple[AgreedItem, ...] = ()
        self._wanted: int | None = None
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(46)
        self.addItem("", None)
        self.activated.connect(self._pick)
        self.retranslate()
        desk = context.desk
        context.ask(lambda _task: desk.area(MeetingsDesk).agreed(unit_id, year), self._show)

    @property
    def items(self) -> Sequence[AgreedItem]:
        """What can be picked."""
        return self._items

    def want(self, item_id: int | None) -> None:
        """Stand on an item, be it still on its way; None stands on paper minutes."""
        self._wanted = item_id
        self.setCurrentIndex(max(0, self.findData(item_id)) if item_id is not None else 0)

    @Slot(object)
    def _show(self, items: list[AgreedItem]) -> None:
        self._items = tuple(items)
        while self.count() > 1:
            self.removeItem(1)
        for item in items:
            self.addItem("", item.item_id)
        self.retranslate()
        self.want(self._wanted)

    @Slot(int)
    def _pick(self, row: int) -> None:
        self._wanted = self._items[row - 1].item_id if row > 0 else None
        if row > 0:
            self.chosen.emit(self._items[row - 1].basis)

    def basis(self, typed: Basis) -> Basis:
        """What was typed, with the picked item where it still says the same."""
        row = self.currentIndex()
        picked = self._items[row - 1].basis if row > 0 else None
        same = picked is not None and (picked.number, picked.date) == (typed.number.strip(), typed.date)
        return picked if picked is not None and same else typed

    def retranslate(self) -> None:
        """The rows in the person's language."""
        speech = self._context.speech
        typed = "ui.minutes.typed" if self._items else "ui.minutes.none"
        self.setItemText(0, speech(self._without or typed))
        for row, item in enumerate(self._items, 1):
            self.setItemText(
                row,
                speech(
                    "ui.minutes.item",
                    number=item.number or "–",
                    date=day_written(item.date),
                    title=item.title.text(speech.language),
                ),
            )

"""Filling the months of a line by a rule."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.plans.board import PlanBoard
from akimat_desk.budget.plans.filling import FillRule, fill
from akimat_desk.budget.plans.sheet import MONTHS, LineKey
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Thousands
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.widgets.basics import label

#: Rules that need last year's months, and what is said where it has none.
_BY_SHAPE = {
    FillRule.SHAPE: "ui.plan.fill.no_shape",
    FillRule.EXECUTED: "ui.plan.fill.nothing_executed",
}


@dataclass(frozen=True, slots=True)
class FillWish:
    """What was chosen: the rule, the year's amount in tiyn, the months (from 1)."""

    rule: FillRule
    total: int
    months: tuple[int, ...]


class FillDialog(Dialog):
    """The rule, the year's amount and from which month to which; what comes out is said beforehand."""

    def __init__(
        self, context: Context, board: PlanBoard, key: LineKey, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._board, self._key = board, key
        self.rule = QComboBox(self)
        self.amount = QLineEdit(self)
        self.first, self.last = QComboBox(self), QComboBox(self)
        self._labels = [label() for _ in range(4)]
        self._outcome = label("quiet", wrap=True)
        open_ = [month for month in MONTHS if board.can_edit(key, month)]
        for rule in FillRule:
            self.rule.addItem("", rule)
        for month in open_:
            self.first.addItem("", month)
            self.last.addItem("", month)
        self.last.setCurrentIndex(len(open_) - 1)
        year = board.sheet.year_of(key) or self._left()
        self.amount.setText(table_amount(year) if year else "")
        form = QFormLayout()
        for made, field in zip(self._labels, (self.rule, self.amount, self.first, self.last), strict=True):
            made.setBuddy(field)
            form.addRow(made, field)
        self.content.addLayout(form)
        self.content.addWidget(self._outcome)
        for box in (self.rule, self.first, self.last):
            box.currentIndexChanged.connect(self._foretell)
        self.amount.textChanged.connect(self._foretell)
        self.setMinimumWidth(520)
        self.retranslate()
        self.amount.setFocus()
        self.amount.selectAll()

    @classmethod
    def ask(cls, context: Context, board: PlanBoard, key: LineKey, parent: QWidget | None) -> FillWish | None:
        """What to fill by; None when called off."""
        dialog = cls(context, board, key, parent)
        return dialog.wish() if dialog.run() else None

    def wish(self) -> FillWish | None:
        """What is chosen now; None while it makes no sense."""
        try:
            total = read_amount(self.amount.text())
        except AmountRefused:
            return None
        months = tuple(range(self.first.currentData(), self.last.currentData() + 1))
        if total is None or not months:
            return None
        return FillWish(FillRule(self.rule.currentData()), total, months)

    def fault(self) -> str | None:
        try:
            total = read_amount(self.amount.text())
        except AmountRefused as refusal:
            return refusal.why.text(self.speech.language)
        if total is None:
            return self.speech("ui.plan.fill.no_amount")
        if self.first.currentData() > self.last.currentData():
            return self.speech("ui.plan.fill.months_order")
        wish = self.wish()
        if wish is not None and wish.rule in _BY_SHAPE and not self._shape(wish):
            return self.speech(_BY_SHAPE[wish.rule])
        return None

    def _left(self) -> int:
        """What the budget's line still has to lay out."""
        situation = self._board.situation
        limit = (
            situation.limits.limit_of(self._key.side, self._key.code)
            if situation.limits is not None
            else None
        )
        if limit is None:
            return 0
        row = next(row for row in self._board.rows(self._key.side) if row.limit == limit)
        return max(0, limit.amount - row.year)

    def _shape(self, wish: FillWish) -> bool:
        months = self._board.shapes.months(wish.rule, self._key)
        return any(months[month - 1] > 0 for month in wish.months)

    @Slot()
    def _foretell(self) -> None:
        self.problem.hide()
        wish = self.wish()
        if wish is None or self.fault() is not None:
            self._outcome.setText("")
            return
        filled = fill(
            wish.rule,
            wish.total,
            self._board.sheet.months(self._key),
            self._board.shapes.months(wish.rule, self._key),
            wish.months,
        )
        speech = self.speech
        if filled.rest and filled.rest_month is not None:
            self._outcome.setText(
                speech(
                    "ui.plan.fill.rest",
                    rest=Thousands(filled.rest, table=True),
                    month=speech(f"plan.month.{filled.rest_month}"),
                )
            )
        else:
            self._outcome.setText(speech("ui.plan.fill.even"))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.plan.fill.title"))
        name = self._board.name_of(self._key.code).text(speech.language)
        self.words.setText(f"{self._key.code}  {name}")
        for made, name in zip(self._labels, ("rule", "amount", "first", "last"), strict=True):
            made.setText(speech(f"ui.plan.fill.{name}"))
        for place, rule in enumerate(FillRule):
            self.rule.setItemText(place, speech(f"ui.plan.fill.rule.{rule.value}"))
        for box in (self.first, self.last):
            for place in range(box.count()):
                box.setItemText(place, speech(f"plan.month.{box.itemData(place)}"))
        self.accept_button.setText(speech("ui.plan.fill.do"))
        self._foretell()

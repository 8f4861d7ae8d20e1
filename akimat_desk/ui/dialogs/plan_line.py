"""A new line of a plan: under which line of the budget, and which specific."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from akimat_desk.budget.plans.board import PlanBoard
from akimat_desk.budget.plans.lines import LineWish, code_below, offers
from akimat_desk.budget.plans.sheet import LineKey, Side
from akimat_desk.core.language import Trilingual
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.widgets.basics import label


class LineDialog(Dialog):
    """The budget's line, the subprogram of costs, the specific; names for a code that nothing knows."""

    def __init__(
        self,
        context: Context,
        board: PlanBoard,
        side: Side,
        near: LineKey | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._board, self._side = board, side
        limits = board.situation.limits
        self._limits = limits.of(side) if limits is not None else []
        self.limit = QComboBox(self)
        self.limit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.limit.setMinimumContentsLength(50)
        self.subprogram = QLineEdit("015", self)
        self.specific = QComboBox(self)
        self.specific.setEditable(True)
        self.specific.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.specific.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name_kk, self.name_ru = QLineEdit(self), QLineEdit(self)
        self._labels = [label() for _ in range(5)]
        self.form = QFormLayout()
        fields = (self.limit, self.subprogram, self.specific, self.name_kk, self.name_ru)
        for made, field in zip(self._labels, fields, strict=True):
            made.setBuddy(field)
            self.form.addRow(made, field)
        self.form.setRowVisible(self.subprogram, side is not Side.RECEIPTS)
        self.content.addLayout(self.form)
        for _ in self._limits:
            self.limit.addItem("")
        if near is not None and limits is not None:
            there = limits.limit_of(side, near.code)
            if there in self._limits:
                self.limit.setCurrentIndex(self._limits.index(there))
        self.limit.currentIndexChanged.connect(self._offer)
        self.specific.editTextChanged.connect(self._known)
        self.setMinimumWidth(640)
        self.retranslate()
        self._offer()
        self.specific.setFocus()

    @classmethod
    def ask(
        cls, context: Context, board: PlanBoard, side: Side, near: LineKey | None, parent: QWidget | None
    ) -> LineWish | None:
        """The line wanted; None when called off."""
        dialog = cls(context, board, side, near, parent)
        return dialog.wish() if dialog.run() else None

    def wish(self) -> LineWish | None:
        """The line as filled in; None while its code is not whole."""
        place = self.limit.currentIndex()
        if not 0 <= place < len(self._limits):
            return None
        written = self.specific.currentText().split()
        code = code_below(self._limits[place].code, self.subprogram.text(), written[0] if written else "")
        if code is None:
            return None
        known = bool(self._board.name_of(code))
        name = None if known else Trilingual(self.name_kk.text().strip(), self.name_ru.text().strip())
        return LineWish(code, name)

    def fault(self) -> str | None:
        wish = self.wish()
        if wish is None:
            return self.speech("ui.plan.line.no_code")
        if LineKey(self._side, wish.code) in self._board.sheet.lines:
            return self.speech("ui.plan.line.there", code=str(wish.code))
        if wish.name is not None and not (wish.name.kk and wish.name.ru):
            return self.speech("ui.plan.line.unknown", code=str(wish.code))
        return None

    @Slot()
    def _offer(self) -> None:
        """The specifics that can be meant under the budget's line chosen."""
        self.specific.blockSignals(True)
        self.specific.clear()
        place = self.limit.currentIndex()
        if 0 <= place < len(self._limits):
            for entry in offers(self._limits[place].code, self._board.sheet.year):
                name = entry.name.text(self.speech.language)
                self.specific.addItem(f"{entry.code.specific}  {name}", entry.code.specific)
        self.specific.setCurrentIndex(-1)
        self.specific.setEditText("")
        self.specific.blockSignals(False)
        self._known()

    @Slot()
    def _known(self) -> None:
        wish = self.wish()
        asks = wish is not None and wish.name is not None
        for field in (self.name_kk, self.name_ru):
            self.form.setRowVisible(field, asks)
        self.problem.hide()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.plan.line.title"))
        self.words.setText(speech("ui.plan.line.words"))
        names = ("limit", "subprogram", "specific", "name_kk", "name_ru")
        for made, name in zip(self._labels, names, strict=True):
            made.setText(speech(f"ui.plan.line.{name}"))
        for place, limit in enumerate(self._limits):
            named = self._board.name_of(limit.code) or limit.name
            self.limit.setItemText(place, f"{limit.code}  {named.text(speech.language)}")
        self.accept_button.setText(speech("ui.plan.line.add"))

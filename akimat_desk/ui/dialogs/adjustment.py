"""Dialogs of adjustments: what a decision is, and one of its lines."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from akimat_desk.budget.adjustments.choosing import LineChoice, choices
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.questions import AdjustmentView
from akimat_desk.budget.adjustments.rules import grounds
from akimat_desk.budget.bases.basis import MINUTES, RESOLUTION, Basis
from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.views import BudgetView
from akimat_desk.core.money import table_amount
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.adjustments import AdjustmentsDesk
from akimat_desk.ui.dialogs.dialog import Dialog, SavingDialog
from akimat_desk.ui.formats import code_shown, day_written, read_day
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.widgets.minutes_choice import MinutesChoice
from akimat_desk.ui.work import Work

_BASES = ("", MINUTES, RESOLUTION)


def _narrow(box: QComboBox) -> QComboBox:
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(46)
    return box


class AdjustmentDialog(SavingDialog):
    """Ground, number, day and basis of the akim's decision. ``saved`` is the draft's id."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        year: int,
        draft: AdjustmentView | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self._year, self._draft = unit_id, year, draft
        self.ground = _narrow(QComboBox(self))
        for ground in grounds():
            self.ground.addItem("", ground)
        self.number, self.day = QLineEdit(self), QLineEdit(self)
        self.basis = QComboBox(self)
        for basis in _BASES:
            self.basis.addItem("", basis)
        self.minutes = MinutesChoice(context, unit_id, year, self)
        self.minutes.chosen.connect(self._picked)
        self.basis_number, self.basis_day = QLineEdit(self), QLineEdit(self)
        if draft is not None:
            self.ground.setCurrentIndex(self.ground.findData(draft.ground))
            self.number.setText(draft.number)
            self.day.setText(day_written(draft.date))
            self.basis.setCurrentIndex(_BASES.index(draft.basis.kind))
            self.basis_number.setText(draft.basis.number)
            self.basis_day.setText(day_written(draft.basis.date))
            self.minutes.want(draft.basis.id)
        self._names = ("ground", "number", "day", "basis", "minutes", "basis_number", "basis_day")
        self._labels = [label() for _ in self._names]
        form = QFormLayout()
        typed = (self.basis_number, self.basis_day)
        fields = (self.ground, self.number, self.day, self.basis, self.minutes, *typed)
        for made, field in zip(self._labels, fields, strict=True):
            made.setBuddy(field)
            form.addRow(made, field)
        self.content.addLayout(form)
        self.ground.currentIndexChanged.connect(self._suggest)
        self.basis.currentIndexChanged.connect(self._basis_changed)
        self.setMinimumWidth(640)
        self.retranslate()
        if draft is None:
            self._suggest()
        self._basis_changed()

    @classmethod
    def ask(
        cls, context: Context, unit_id: int, year: int, draft: AdjustmentView | None, parent: QWidget | None
    ) -> int | None:
        """The id of the draft; None when called off."""
        dialog = cls(context, unit_id, year, draft, parent)
        return dialog.saved if dialog.run() and isinstance(dialog.saved, int) else None

    @Slot()
    def _suggest(self) -> None:
        """The kind of paper that the ground rests on."""
        wanted = grounds()[self.ground.currentData()].basis
        self.basis.setCurrentIndex(_BASES.index(wanted[0]) if wanted else 0)

    @Slot()
    def _basis_changed(self) -> None:
        """Minutes are picked; a resolution from above is a paper."""
        self.minutes.setEnabled(self.basis.currentData() == MINUTES)

    @Slot(object)
    def _picked(self, basis: Basis) -> None:
        self.basis_number.setText(basis.number)
        self.basis_day.setText(day_written(basis.date))

    def work(self) -> Work:
        desk, unit, year, draft = self.context.desk, self._unit_id, self._year, self._draft
        ground, number, day = self.ground.currentData(), self.number.text(), read_day(self.day.text())
        basis = Basis(self.basis.currentData(), self.basis_number.text(), read_day(self.basis_day.text()))
        if basis.kind == MINUTES:
            basis = self.minutes.basis(basis)
        if draft is not None:
            return lambda _task: desk.area(AdjustmentsDesk).describe(draft.id, ground, number, day, basis)
        return lambda _task: desk.area(AdjustmentsDesk).draft(unit, year, ground, number, day, basis)

    def fault(self) -> str | None:
        for field in (self.day, self.basis_day):
            try:
                read_day(field.text())
            except ValueError:
                return self.speech("ui.adjustment.no_day", written=field.text())
        return None

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.adjustment.title"))
        self.words.setText(speech("ui.adjustment.words"))
        for made, name in zip(self._labels, self._names, strict=True):
            made.setText(speech(f"ui.adjustment.{name}"))
        for place, ground in enumerate(grounds().values()):
            self.ground.setItemText(place, ground.name.text(speech.language))
        self.minutes.retranslate()
        for place, basis in enumerate(_BASES):
            self.basis.setItemText(place, speech(f"ui.adjustment.basis.{basis or 'none'}"))
        self.accept_button.setText(speech("ui.adjustment.keep"))


class AdjustedLineDialog(Dialog):
    """A line of the budget and what is added to it."""

    def __init__(
        self,
        context: Context,
        budget: BudgetView,
        view: AdjustmentView,
        line: AdjustedLine | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._choices: list[LineChoice] = choices(budget, view.ground, view.year)
        self.line = _narrow(QComboBox(self))
        for _ in self._choices:
            self.line.addItem("")
        self.amount = QLineEdit(self)
        self.targeted = QCheckBox(self)
        if line is not None:
            same = (n for n, c in enumerate(self._choices) if (c.code, c.figure) == (line.code, line.figure))
            self.line.setCurrentIndex(next(same, -1))
            self.amount.setText(table_amount(line.amount))
            self.targeted.setChecked(line.targeted)
        self._labels = [label() for _ in range(2)]
        form = QFormLayout()
        for made, field in zip(self._labels, (self.line, self.amount), strict=True):
            made.setBuddy(field)
            form.addRow(made, field)
        self.content.addLayout(form)
        self.content.addWidget(self.targeted)
        self.setMinimumWidth(640)
        self.retranslate()

    @classmethod
    def ask(
        cls,
        context: Context,
        budget: BudgetView,
        view: AdjustmentView,
        line: AdjustedLine | None,
        parent: QWidget | None,
    ) -> AdjustedLine | None:
        """The line; None when called off."""
        dialog = cls(context, budget, view, line, parent)
        return dialog.made() if dialog.run() else None

    def made(self) -> AdjustedLine | None:
        """The line as filled in; None while it makes no sense."""
        place = self.line.currentIndex()
        try:
            amount = read_amount(self.amount.text())
        except AmountRefused:
            return None
        if amount is None or not 0 <= place < len(self._choices):
            return None
        return self._choices[place].line(amount, targeted=self.targeted.isChecked())

    def fault(self) -> str | None:
        try:
            amount = read_amount(self.amount.text())
        except AmountRefused as refusal:
            return refusal.why.text(self.speech.language)
        return None if amount and self.made() is not None else self.speech("ui.adjustment.line.nothing")

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.adjustment.line.title"))
        self.words.setText(speech("ui.adjustment.line.words"))
        for made, name in zip(self._labels, ("line", "amount"), strict=True):
            made.setText(speech(f"ui.adjustment.line.{name}"))
        self.targeted.setText(speech("ui.adjustment.line.targeted"))
        for place, choice in enumerate(self._choices):
            code = code_shown(choice.code)
            name = choice.name.text(speech.language) or speech("report.plan.balance.opening")
            self.line.setItemText(place, f"{code}  {name}  ({table_amount(choice.amount)})".strip())
        self.accept_button.setText(speech("ui.adjustment.keep"))

"""The rules of this office: what the law or its forms leave open, in one place."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from akimat_desk.core.errors import UsageProblem
from akimat_desk.reports.office import OfficeRules, read_programs
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.adjustments import AdjustmentsDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work

_SHORT = 110  # a number of an appendix is a few signs


class OfficeRulesDialog(SavingDialog):
    """A tick, the protected programs, and the numbers of the forms in two columns."""

    def __init__(
        self, context: Context, rules: OfficeRules, year: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._year = year
        self.balances_count = QCheckBox(self)
        self.balances_count.setChecked(rules.balances_count)
        said = (f"{code.administrator} {code.program}" for code in rules.protected)
        self.protected = QLineEdit(", ".join(said), self)
        self._protected_label, self._appendix_label = label(), label(wrap=True)
        self._protected_label.setBuddy(self.protected)
        self.appendix = {form: QLineEdit(number, self) for form, number in rules.appendix.items()}
        self._labels: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        half = (len(self.appendix) + 1) // 2
        for place, (form, field) in enumerate(self.appendix.items()):
            self._labels[form] = label()
            self._labels[form].setBuddy(field)
            field.setMaximumWidth(_SHORT)
            row, column = place % half, 2 * (place // half)
            grid.addWidget(self._labels[form], row, column)
            grid.addWidget(field, row, column + 1)
        for part in (self.balances_count, self._protected_label, self.protected, self._appendix_label):
            self.content.addWidget(part)
        self.content.addLayout(grid)
        self.setMinimumWidth(860)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, rules: OfficeRules, year: int, parent: QWidget | None) -> bool:
        """Whether they were kept."""
        return cls(context, rules, year, parent).run()

    def made(self) -> OfficeRules:
        """The rules as filled in. Raises UsageProblem."""
        return OfficeRules(
            self.balances_count.isChecked(),
            read_programs(self.protected.text(), self._year),
            {form: field.text() for form, field in self.appendix.items()},
        )

    def fault(self) -> str | None:
        try:
            self.made()
        except UsageProblem as refusal:
            self.protected.setFocus()
            return refusal.message.text(self.speech.language)
        return None

    def work(self) -> Work:
        desk, rules = self.context.desk, self.made()
        return lambda _task: desk.area(AdjustmentsDesk).keep_rules(rules)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.office.title"))
        self.words.setText(speech("ui.office.words"))
        self.balances_count.setText(speech("ui.office.balances_count"))
        self._protected_label.setText(f"{speech('ui.office.protected')}:")
        self.protected.setPlaceholderText(speech("ui.office.protected.shape"))
        self._appendix_label.setText(speech("ui.office.appendix"))
        for form, made in self._labels.items():
            made.setText(speech(f"ui.office.form.{form}"))
        self.accept_button.setText(speech("ui.adjustment.keep"))

"""A scenario gets a name and is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from akimat_desk.budget.ratio.levers import Lever
from akimat_desk.budget.ratio.scenarios import Scenario
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.ratio import RatioDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work


class ScenarioDialog(SavingDialog):
    """Asks for the name; the same name again replaces what was kept under it."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        year: int,
        variant: Variant,
        levers: Sequence[Lever],
        parent: QWidget | None = None,
        like: Scenario | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._what = (unit_id, year, variant, tuple(levers))
        self._label = label()
        self.name = QLineEdit(self)
        self.name.setMaxLength(200)
        self._label.setBuddy(self.name)
        self._note_label = label()
        self.note = QPlainTextEdit(self)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(84)
        self._note_label.setBuddy(self.note)
        self.content.addWidget(self._label)
        self.content.addWidget(self.name)
        self.content.addWidget(self._note_label)
        self.content.addWidget(self.note)
        if like is not None:  # what was put in and changed is most likely kept under its name again
            self.name.setText(like.name)
            self.note.setPlainText(like.note)
        self.setMinimumWidth(460)
        self.retranslate()

    @classmethod
    def ask(
        cls,
        context: Context,
        unit_id: int,
        year: int,
        variant: Variant,
        levers: Sequence[Lever],
        parent: QWidget | None,
        like: Scenario | None = None,
    ) -> bool:
        """Whether it was kept."""
        return cls(context, unit_id, year, variant, levers, parent, like).run()

    def work(self) -> Work:
        """Keep it."""
        unit_id, year, variant, levers = self._what
        desk, name = self.context.desk.area(RatioDesk), self.name.text()
        note = self.note.toPlainText()
        return lambda _task: desk.save_scenario(unit_id, year, name, variant, levers, note)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.whatif.save"))
        self.words.setText(self.speech("ui.whatif.save.words"))
        self._label.setText(self.speech("ui.whatif.scenario.name"))
        self.name.setAccessibleName(self._label.text())
        self._note_label.setText(self.speech("ui.whatif.scenario.note"))
        self.note.setAccessibleName(self._note_label.text())
        self.note.setPlaceholderText(self.speech("ui.whatif.scenario.note_hint"))
        self.accept_button.setText(self.speech("ui.whatif.save.yes"))

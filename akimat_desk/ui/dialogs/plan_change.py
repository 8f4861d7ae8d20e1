"""What a change of the plan is: kind of certificate, day, reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from akimat_desk.budget.plans.documents import PlanSummary
from akimat_desk.budget.plans.rules import change_kinds
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.plans import PlansDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.formats import day_written, read_day
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """Whose change: the unit and the year; ``document`` is a draft to be described again."""

    unit_id: int
    year: int
    document: PlanSummary | None = None


class ChangeDialog(SavingDialog):
    """Begins a change of the approved plan, or describes a draft of one. ``saved`` is its id."""

    def __init__(self, context: Context, place: ChangePlace, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._place = place
        draft = place.document
        self.kind = QComboBox(self)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(46)
        for kind in change_kinds().values():
            if draft is None or draft.area is kind.area:
                self.kind.addItem("", kind.id)
        today = dt.date.today()
        day = today if today.year == place.year else dt.date(place.year, 1, 1)
        self.day = QLineEdit(day_written((draft.date if draft is not None else None) or day), self)
        self.reason = QPlainTextEdit(draft.reason if draft is not None else "", self)
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(90)
        if draft is not None:
            self.kind.setCurrentIndex(self.kind.findData(draft.change_kind))
        self._labels = [label() for _ in range(3)]
        form = QFormLayout()
        for made, field in zip(self._labels, (self.kind, self.day, self.reason), strict=True):
            made.setBuddy(field)
            form.addRow(made, field)
        self.content.addLayout(form)
        self.setMinimumWidth(600)
        self.retranslate()
        self.kind.setFocus()

    @classmethod
    def ask(cls, context: Context, place: ChangePlace, parent: QWidget | None) -> int | None:
        """The id of the draft; None when called off."""
        dialog = cls(context, place, parent)
        return dialog.saved if dialog.run() and isinstance(dialog.saved, int) else None

    def work(self) -> Work:
        desk, place = self.context.desk, self._place
        kind, reason = self.kind.currentData(), self.reason.toPlainText()
        day = read_day(self.day.text()) or dt.date.today()
        if place.document is not None:
            document = place.document.id
            return lambda _task: desk.area(PlansDesk).describe(document, kind, day, reason)
        return lambda _task: desk.area(PlansDesk).start_change(place.unit_id, place.year, kind, day, reason)

    def fault(self) -> str | None:
        try:
            day = read_day(self.day.text())
        except ValueError:
            day = None
        if day is None:
            return self.speech("ui.plan.change.no_day")
        if not self.reason.toPlainText().strip():
            return self.speech("ui.plan.change.no_reason")
        return None

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.plan.change.title"))
        self.words.setText(speech("ui.plan.change.words"))
        for made, name in zip(self._labels, ("kind", "day", "reason"), strict=True):
            made.setText(speech(f"ui.plan.change.{name}"))
        for place in range(self.kind.count()):
            kind = change_kinds()[self.kind.itemData(place)]
            area = speech(f"ui.plan.area.{kind.area.value}")
            self.kind.setItemText(place, f"{area}: {kind.name.text(speech.language)}")
        self.accept_button.setText(
            speech("ui.plan.change.begin" if self._place.document is None else "ui.plan.change.keep")
        )

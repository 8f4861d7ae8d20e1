"""Who the budget is kept for: kind, names, KATO code."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from akimat_desk.core.language import Trilingual
from akimat_desk.places.kato_list import FoundPlace
from akimat_desk.places.kinds import UnitKind
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.values import NewUnit
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.widgets.place_finder import PlaceFinder

KATO_DIGITS = 9


class UnitForm(QWidget):
    """The fields of a unit. One name is enough; the code may come later."""

    def __init__(self, context: Context, suggested: NewUnit | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = context.speech
        self.kind = QComboBox(self)
        for kind in UnitKind:
            self.kind.addItem("", kind.value)
        self.name_kk, self.name_ru, self.kato = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.kato.setMaxLength(KATO_DIGITS)
        if suggested is not None:
            self.kind.setCurrentIndex(self.kind.findData(suggested.kind))
            self.name_kk.setText(suggested.name.kk)
            self.name_ru.setText(suggested.name.ru)
        self.finder = PlaceFinder(context, self)
        self.finder.chosen.connect(self._take)
        self._place: FoundPlace | None = None
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        self._labels = {}
        for name, part in (
            ("find", self.finder), ("kind", self.kind), ("name_kk", self.name_kk),
            ("name_ru", self.name_ru), ("kato", self.kato),
        ):  # fmt: skip
            made = label()
            made.setBuddy(part)
            self._labels[name] = made
            form.addRow(made, part)
        context.speech.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        for name, made in self._labels.items():
            made.setText(self._speech(f"ui.unit.{name}"))
        for row in range(self.kind.count()):
            self.kind.setItemText(row, self._speech(f"ui.unit.kind.{self.kind.itemData(row)}"))
        self.kato.setPlaceholderText(self._speech("ui.unit.kato.later"))

    @Slot(object)
    def _take(self, place: FoundPlace) -> None:
        """Fill the fields with a place of the KATO list; everything can still be changed."""
        self._place = place
        self.kind.setCurrentIndex(self.kind.findData(place.kind.value))
        self.name_kk.setText(place.full_name.kk)
        self.name_ru.setText(place.full_name.ru)
        self.kato.setText(place.code)
        self.finder.clear()
        self.name_kk.setFocus()

    def unit(self) -> NewUnit:
        """What was filled in; of a place of the list also what it lies in."""
        name = Trilingual(kk=self.name_kk.text().strip(), ru=self.name_ru.text().strip())
        made = NewUnit(self.kind.currentData(), name, self.kato.text().strip() or None)
        place = self._place
        if place is None or made.kato != place.code:
            return made
        return replace(made, raion=place.raion, oblast=place.oblast)

    def fault(self) -> str | None:
        """What is missing, in a sentence."""
        unit = self.unit()
        if not unit.name:
            return self._speech("ui.unit.name_needed")
        if unit.kato is not None and (len(unit.kato) != KATO_DIGITS or not unit.kato.isdecimal()):
            return self._speech("ui.unit.kato_wrong")
        return None


class UnitDialog(Dialog):
    """Adds a unit to the open workspace."""

    def __init__(self, context: Context, suggested: NewUnit | None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form = UnitForm(context, suggested, self)
        self.content.addWidget(self.form)
        self.setMinimumWidth(560)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, suggested: NewUnit | None, parent: QWidget | None) -> NewUnit | None:
        """The unit as filled in; None when called off."""
        dialog = cls(context, suggested, parent)
        return dialog.form.unit() if dialog.run() else None

    def fault(self) -> str | None:
        return self.form.fault()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.unit.title"))
        self.words.setText(self.speech("ui.unit.words"))
        self.accept_button.setText(self.speech("ui.unit.add"))

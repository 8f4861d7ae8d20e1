"""A form made from a list of fields: labels, fields, what is wrong in words, saved while it stays open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from akimat_desk.core.money import from_plain, plain
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.formats import day_written, read_day
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work


class Kind(Enum):
    """What a field holds, and what its value is: str, str, date, time, int, tiyn, the choice's data, bool."""

    LINE = auto()
    TEXT = auto()
    DAY = auto()
    HOUR = auto()
    COUNT = auto()
    AMOUNT = auto()
    CHOICE = auto()
    CHECK = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name among the values, its label's catalogue key, what it starts with.

    ``choices`` are pairs of data and words. A field that is ``needed`` may not stay empty.
    """

    name: str
    kind: Kind
    label: str
    value: Any = None
    choices: tuple[tuple[Any, str], ...] = ()
    needed: bool = False
    about: str = ""  # said behind the label: whose setting it is


class FormDialog(SavingDialog):
    """Shows the fields below each other; ``save`` makes the work of storing from their values."""

    def __init__(
        self,
        context: Context,
        title: str,
        fields: Sequence[Field],
        save: Callable[[dict[str, Any]], Work],
        parent: QWidget | None = None,
        words: str = "",
    ) -> None:
        super().__init__(context, parent)
        self._title, self._words, self._fields, self._save = title, words, tuple(fields), save
        self.widgets: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in self._fields:
            made = _widget(field, self)
            made.setMinimumWidth(160)
            self.widgets[field.name] = made
            said = label(wrap=False)
            said.setBuddy(made)
            self._labels[field.name] = said
            form.addRow(said, made)
        self.content.addLayout(form)
        # Labels that say whose setting it is are long: the fields keep their room beside them.
        self.setMinimumWidth(780 if any(field.about for field in self._fields) else 560)
        self.retranslate()

    def values(self) -> dict[str, Any]:
        """What was filled in. Raises ValueError with the field's name where it cannot be read."""
        found = {}
        for field in self._fields:
            try:
                found[field.name] = _value(field, self.widgets[field.name])
            except ValueError as error:
                raise ValueError(field.name) from error
        return found

    def fault(self) -> str | None:
        try:
            values = self.values()
        except ValueError as error:
            field = next(each for each in self._fields if each.name == str(error))
            return self.speech(f"ui.form.wrong.{field.kind.name.lower()}", field=self.speech(field.label))
        for field in self._fields:
            if field.needed and values[field.name] in (None, ""):
                return self.speech("ui.form.needed", field=self.speech(field.label))
        return None

    def work(self) -> Work:
        return self._save(self.values())

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech(self._title))
        self.words.setText(self.speech(self._words) if self._words else "")
        self.words.setVisible(bool(self._words))
        self.accept_button.setText(self.speech("ui.form.save"))
        for field in self._fields:
            said = self.speech(field.label) + (f" ({field.about})" if field.about else "")
            self._labels[field.name].setText(said)
            self.widgets[field.name].setAccessibleName(said)


def _widget(field: Field, parent: QWidget) -> QWidget:
    match field.kind:
        case Kind.CHOICE:
            combo = QComboBox(parent)
            for data, words in field.choices:
                combo.addItem(words, data)
            combo.setCurrentIndex(max(0, combo.findData(field.value)))
            return combo
        case Kind.CHECK:
            box = QCheckBox(parent)
            box.setChecked(bool(field.value))
            return box
        case Kind.TEXT:
            text = QPlainTextEdit(parent)
            text.setPlainText(field.value or "")
            text.setTabChangesFocus(True)
            text.setMaximumHeight(text.fontMetrics().height() * 5)
            return text
    line = QLineEdit(parent)
    line.setText(_written(field))
    if field.kind is Kind.DAY:
        line.setPlaceholderText("05.05.2026")
    elif field.kind is Kind.HOUR:
        line.setPlaceholderText("15:00")
    return line


def _written(field: Field) -> str:
    match field.kind:
        case Kind.DAY:
            return day_written(field.value)
        case Kind.HOUR:
            return hour_written(field.value)
        case Kind.COUNT:
            return "" if field.value is None else str(field.value)
        case Kind.AMOUNT:
            return (plain(field.value) or "").replace(".", ",")
    return field.value or ""


def _value(field: Field, widget: QWidget) -> Any:
    if isinstance(widget, QComboBox):
        # Not its data: Qt gives a StrEnum back as a plain string.
        return field.choices[widget.currentIndex()][0] if widget.count() else None
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText().strip()
    assert isinstance(widget, QLineEdit)
    written = widget.text().strip()
    match field.kind:
        case Kind.DAY:
            return read_day(written)
        case Kind.HOUR:
            return read_hour(written)
        case Kind.COUNT:
            return read_count(written)
        case Kind.AMOUNT:
            return _amount(written)
    return written


def _amount(written: str) -> int | None:
    packed = "".join(written.split()).replace(",", ".")
    return from_plain(packed) if packed else None


def hour_written(hour: dt.time | None) -> str:
    """An hour as fields show it; empty where it is not known."""
    return f"{hour:%H:%M}" if hour is not None else ""


def read_hour(written: str) -> dt.time | None:
    """The hour a person wrote ("15:00", "15.00", "1500", "9"); None for nothing. Raises ValueError."""
    packed = written.strip().replace(".", ":").replace("-", ":").replace(" ", ":")
    if not packed:
        return None
    if packed.isdecimal() and len(packed) in (3, 4):
        packed = f"{packed[:-2]}:{packed[-2:]}"
    hours, _, minutes = packed.partition(":")
    return dt.time(int(hours), int(minutes or 0))


def read_count(written: str) -> int | None:
    """A whole number, zero or more; None for nothing. Raises ValueError."""
    packed = "".join(written.split())
    if not packed:
        return None
    if not packed.isdecimal():
        raise ValueError(written)
    return int(packed)

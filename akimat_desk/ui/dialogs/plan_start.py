"""What becomes of last year's lines in a first draft: codes that moved, lines to be given a place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QSpinBox, QWidget

from akimat_desk.budget.plans.starting import Places
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import table_amount
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.plans import StartSeen
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.widgets.findings_panel import FindingsPanel

_WHOLE = 100


class _OrphanRow(QObject):
    """A line of last year without a place: left out, put under one code, or parted between two."""

    def __init__(
        self, code: Code, amount: int, places: Sequence[tuple[Code, Trilingual]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.code, self._amount, self._places = code, amount, tuple(places)
        self.title = label(wrap=True)
        self.first, self.second = QComboBox(parent), QComboBox(parent)
        self.percent = QSpinBox(parent)
        self.percent.setRange(1, _WHOLE)
        self.percent.setValue(_WHOLE)
        self.percent.setSuffix(" %")
        for box in (self.first, self.second):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            for _ in range(1 + len(self._places)):
                box.addItem("")
        self.first.currentIndexChanged.connect(self.allow)
        self.percent.valueChanged.connect(self.allow)
        self.allow()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The row from left to right."""
        return self.title, self.first, self.percent, self.second

    @Slot()
    def allow(self) -> None:
        """A part is asked for where a place is, a second place where something is left for it."""
        self.percent.setEnabled(self.first.currentIndex() > 0)
        self.second.setEnabled(self.percent.isEnabled() and self.percent.value() < _WHOLE)

    def chosen(self) -> list[tuple[Code, int]] | None:
        """Where the line goes; None where it is left out. Raises ValueError while a part has no place."""
        if self.first.currentIndex() == 0:
            return None
        made = [(self._places[self.first.currentIndex() - 1][0], self.percent.value())]
        left = _WHOLE - self.percent.value()
        if left:
            if self.second.currentIndex() in (0, self.first.currentIndex()):
                raise ValueError(str(self.code))
            made.append((self._places[self.second.currentIndex() - 1][0], left))
        return made

    def say(self, name: str, language: Language, nothing: str, rest: str) -> None:
        """The texts in the person's language."""
        self.title.setText(f"{str(self.code).replace('/', ' ')}  {name}: {table_amount(self._amount)}")
        for box, first in ((self.first, nothing), (self.second, rest)):
            box.setItemText(0, first)
            for place, (code, said) in enumerate(self._places, start=1):
                box.setItemText(place, f"{str(code).replace('/', ' ')}  {said.text(language)}")
            box.setAccessibleName(f"{self.title.text()}: {first}")
        self.percent.setAccessibleName(f"{self.title.text()}, %")


class StartDialog(Dialog):
    """The draft before it is made; nothing of last year is lost in silence."""

    def __init__(self, context: Context, seen: StartSeen, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._seen = seen
        start = seen.start
        amounts: dict[Code, int] = {}
        for key, amount in start.left_over.items():
            amounts[key.code] = max(amounts.get(key.code, 0), amount)
        self._heads = [label("quiet", wrap=True) for _ in range(4)]
        box = QWidget(self)
        grid = QGridLayout(box)
        for column, head in enumerate(self._heads):
            grid.addWidget(head, 0, column)
        self.rows = [
            _OrphanRow(code, amount, seen.places.get(code, ()), box) for code, amount in amounts.items()
        ]
        for place, row in enumerate(self.rows, start=1):
            for column, part in enumerate(row.parts):
                grid.addWidget(part, place, column)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 3)
        grid.setRowStretch(len(self.rows) + 1, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(box)
        area.setVisible(bool(self.rows))
        self.panel = FindingsPanel(self.speech, self)
        self.panel.show_findings(start.findings)
        self.content.addWidget(area, 1)
        self.content.addWidget(self.panel, 1)
        self.resize(1100, 600)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, seen: StartSeen, parent: QWidget | None) -> Places | None:
        """Where lines without a place go; None when called off."""
        dialog = cls(context, seen, parent)
        return dialog.placed() if dialog.run() else None

    def placed(self) -> Places:
        """What was chosen. Raises ValueError while a part has no place."""
        chosen = {row.code: row.chosen() for row in self.rows}
        return {code: targets for code, targets in chosen.items() if targets is not None}

    def fault(self) -> str | None:
        try:
            self.placed()
        except ValueError as error:
            return self.speech("ui.plan.started.second", code=str(error))
        return None

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, language = self.speech, self.speech.language
        self.setWindowTitle(speech("ui.plan.started.title"))
        key = "ui.plan.started.orphans" if self.rows else "ui.plan.started.words"
        self.words.setText(speech(key))
        for head, name in zip(self._heads, ("line", "first", "part", "rest"), strict=True):
            head.setText(speech(f"ui.plan.started.column.{name}"))
        pack = pack_for(self._seen.year - 1)
        for row in self.rows:
            entry = pack.lookup(row.code)
            name = entry.name.text(language) if entry is not None else ""
            nothing, rest = speech("ui.plan.started.left_out"), speech("ui.plan.started.no_rest")
            row.say(name, language, nothing, rest)
        self.accept_button.setText(speech("ui.plan.started.make"))

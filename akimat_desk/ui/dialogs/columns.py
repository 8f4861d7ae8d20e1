"""Which column of a table is what: shown once by the person, remembered for the next ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from akimat_desk.budget.shown_columns import TableQuestion
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.widgets.basics import label


class ColumnsDialog(Dialog):
    """A line for each column: its head, what stands in it, and a choice.

    ``roles`` are what a column can be, each with the catalogue key of its name.
    """

    def __init__(
        self,
        context: Context,
        question: TableQuestion,
        roles: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._heads, self._roles = question.heads, tuple(roles)
        self.choices: list[QComboBox] = []
        box = QWidget(self)
        grid = QGridLayout(box)
        places = {role: place for place, (role, _) in enumerate(self._roles, start=1)}
        for column, head in enumerate(question.heads):
            sample = " · ".join(row[column] for row in question.sample if row[column])
            choice = QComboBox(box)
            choice.addItem("", None)
            for role, _ in self._roles:
                choice.addItem("", role)
            choice.setCurrentIndex(places.get(question.guess.get(column, ""), 0))
            self.choices.append(choice)
            title = label("", wrap=True)
            title.setText(f"{column + 1}. {head}")
            grid.addWidget(title, column, 0)
            shown = label("quiet", wrap=True)
            shown.setText(sample[:120])
            grid.addWidget(shown, column, 1)
            grid.addWidget(choice, column, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(box)
        self.content.addWidget(area, 1)
        self.resize(860, 520)

    def chosen(self) -> Mapping[int, str]:
        """What the person chose, by column."""
        return {
            column: choice.currentData()
            for column, choice in enumerate(self.choices)
            if choice.currentData() is not None
        }

    @property
    def twice(self) -> bool:
        """Whether one thing was shown in two columns."""
        chosen = self.chosen()
        return len(set(chosen.values())) < len(chosen)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.form.columns.title"))
        self.words.setText(self.speech("ui.form.columns.words"))
        self.accept_button.setText(self.speech("ui.form.columns.use"))
        for column, choice in enumerate(self.choices):
            choice.setAccessibleName(self._heads[column] or str(column + 1))
            choice.setItemText(0, self.speech("ui.form.columns.none"))
            for place, (_, key) in enumerate(self._roles, start=1):
                choice.setItemText(place, self.speech(key))

"""What is looked at: the unit, the budget year, the edition; and the language, always at hand."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from akimat_desk.core import dates
from akimat_desk.core.language import Language
from akimat_desk.ui.actions import Actions, language_action
from akimat_desk.ui.context import Context
from akimat_desk.ui.formats import DASH, edition_title
from akimat_desk.ui.spoken import describe_boxes
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import ActionButton, ElidedLabel, RoomyComboBox, label

_IN_FORCE = 0  # the first entry: whichever edition is in force


class TopBar(QWidget):
    """Choosers over the shared context; they show what it says and tell it what is chosen."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._actions = actions
        self._unit_name = ElidedLabel("unit", self)
        self.units = RoomyComboBox(20, self)
        self._year_label = label("quiet")
        self.years = QComboBox(self)
        self._edition_label = label("quiet")
        self.editions = RoomyComboBox(26, self)
        self._year_label.setBuddy(self.years)
        self._edition_label.setBuddy(self.editions)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._unit_name, 1)
        row.addWidget(self.units, 1)
        row.addSpacing(SPACE)
        row.addWidget(self._year_label)
        row.addWidget(self.years)
        row.addSpacing(SPACE)
        row.addWidget(self._edition_label)
        row.addWidget(self.editions)
        row.addSpacing(2 * SPACE)
        for language in Language:
            made = ActionButton(actions[language_action(language)], "language", self)
            row.addWidget(made)
        self.units.activated.connect(self._unit_chosen)
        self.years.activated.connect(self._year_chosen)
        self.editions.activated.connect(self._edition_chosen)
        context.workspace_changed.connect(self.refresh)
        context.overview_changed.connect(self.refresh)
        context.chosen_changed.connect(self.refresh)
        context.speech.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what the context says now."""
        context, speech = self._context, self._context.speech
        workspace, unit = context.workspace, context.unit
        several = workspace is not None and len(workspace.units) > 1
        self.units.setVisible(several)
        self._unit_name.setVisible(not several)
        self._unit_name.say(unit.name.text(speech.language) if unit else "")
        blocks = [QSignalBlocker(box) for box in (self.units, self.years, self.editions)]
        self.units.clear()
        if workspace is not None and several:
            for each in workspace.by_name(speech.language):
                self.units.addItem(each.name.text(speech.language), each.id)
            self.units.setCurrentIndex(self.units.findData(context.chosen.unit_id))
        self._fill_years()
        self._fill_editions()
        del blocks
        has_years = self.years.count() > 0
        for widget in (self._year_label, self.years, self._edition_label, self.editions):
            widget.setVisible(has_years)
        self._year_label.setText(speech("ui.topbar.year"))
        self._edition_label.setText(speech("ui.topbar.edition"))
        self.units.setAccessibleName(speech("ui.topbar.unit"))
        self.years.setAccessibleName(speech("ui.topbar.year"))
        self.editions.setAccessibleName(speech("ui.topbar.edition"))
        describe_boxes(self)

    def _fill_years(self) -> None:
        self.years.clear()
        overview = self._context.overview
        for year in overview.years if overview else ():
            self.years.addItem(str(year), year)
        self.years.setCurrentIndex(self.years.findData(self._context.chosen.year))

    def _fill_editions(self) -> None:
        speech, chosen = self._context.speech, self._context.chosen
        self.editions.clear()
        if chosen.year is None:
            return
        if chosen.as_of is not None:
            self.editions.addItem(speech("ui.edition.as_of", date=chosen.as_of), None)
        else:
            self.editions.addItem(speech("ui.edition.in_force"), None)
        for decision in self._context.editions():
            self.editions.addItem(edition_title(decision, speech), decision.id)
        self.editions.insertSeparator(self.editions.count())
        self.editions.addItem(speech("ui.edition.choose_day"), "day")
        at = self.editions.findData(chosen.decision_id) if chosen.decision_id is not None else _IN_FORCE
        self.editions.setCurrentIndex(at)
        self.editions.setToolTip(self.editions.currentText() or DASH)
        widest = max(
            self.editions.fontMetrics().horizontalAdvance(self.editions.itemText(row))
            for row in range(self.editions.count())
        )
        self.editions.view().setMinimumWidth(widest + 40)

    @Slot(int)
    def _unit_chosen(self, row: int) -> None:
        self._context.choose_unit(self.units.itemData(row))

    @Slot(int)
    def _year_chosen(self, row: int) -> None:
        self._context.choose_year(self.years.itemData(row))

    @Slot(int)
    def _edition_chosen(self, row: int) -> None:
        chosen = self.editions.itemData(row)
        if chosen == "day":
            self.refresh()  # the box goes back to what is shown until a day has been chosen
            self._actions["as_of"].trigger()
        else:
            self._context.choose_edition(chosen)


def day_title(day: dt.date) -> str:
    """A day as the bar shows it."""
    return dates.short(day)

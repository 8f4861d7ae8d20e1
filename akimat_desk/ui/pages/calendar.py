"""The Calendar page: what is late, due now and next, what is done; marked with a day and a note."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.budget.calendar.service import YearCalendar, years_around
from akimat_desk.core import dates
from akimat_desk.core.deadlines import DONE, LATE, NEEDLESS, NEXT, NOW, Standing, is_open
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.calendar import CalendarDesk, CalendarView, write_dates
from akimat_desk.ui.icons import icon
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE, tokens
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import (
    ActionButton,
    ElidedLabel,
    label,
    remember_columns,
    restore_columns,
    table_view,
)

_COLUMNS = ("state", "due", "last", "what", "done")
_ICON = {
    LATE: ("error", "error"),
    NOW: ("warning", "warning"),
    NEXT: ("date", "accent"),
    DONE: ("good", "good"),
    NEEDLESS: ("info", "text_quiet"),
}
_ORDER = {state: place for place, state in enumerate((LATE, NOW, NEXT, DONE, NEEDLESS))}
#: "What is to be done": the open dates of the budget years around today.
_OPEN = 0
#: How far ahead that looks.
_AHEAD = dt.timedelta(days=120)
#: Stands for the year of what belongs to no budget year: a meeting's time limits.
_NO_YEAR = 0


class CalendarPage(Page):
    """A table of dates; the first choice shows what is open, the others a whole budget year."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.calendars: tuple[YearCalendar, ...] = ()
        self.meetings: tuple[Standing, ...] = ()
        self._shown: list[tuple[int, Standing]] = []
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self._title = label("title")
        self.summary = ElidedLabel("quiet", self)
        self._year_label = label()
        self.which = QComboBox(self)
        self._year_label.setBuddy(self.which)
        self.which.addItem("", _OPEN)
        for year in years_around(dates.today()):
            self.which.addItem("", year)
        self.which.activated.connect(self._choose)
        self.model = RowsModel(len(_COLUMNS), parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.activated.connect(self._activated)
        self.table.selectionModel().selectionChanged.connect(self.provide)
        self.table.selectionModel().currentChanged.connect(self._say_details)
        self.details = label(wrap=True, selectable=True)
        self.details.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._empty = label("quiet", wrap=True)
        self._arrange(actions)
        self.retranslate()

    def _arrange(self, actions: Actions) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addWidget(self.summary, 1)
        head.addWidget(self._year_label)
        head.addWidget(self.which)
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(ActionButton(actions["mark_done"], "primary", self))
        for name in ("tell_event", "work_days", "export_ics"):
            line.addWidget(ActionButton(actions[name], "quiet", self))
        line.addStretch(1)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addLayout(line)
        body.addWidget(self.table, 1)
        body.addWidget(self.details)
        body.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addLayout(body, 1)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.model.show_rows([""] * len(_COLUMNS), ())
        if not restore_columns(header, self.context.settings, "calendar"):
            wide = self.fontMetrics().averageCharWidth()
            for each, share in ((0, 25), (1, 16), (2, 15), (4, 24)):
                header.resizeSection(each, share * wide)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    # -- what is shown ------------------------------------------------------------------------

    def provide(self) -> None:
        """Dates that are chosen can be marked."""
        workspace = self.context.workspace
        writable = workspace is not None and not workspace.read_only
        self.actions_.provide("calendar_date", writable and bool(self._markable()))

    def refresh(self) -> None:
        self.show_hint()
        unit, desk, years = self.context.chosen.unit_id, self.context.desk, self._years()
        if unit is None:
            self.calendars, self.meetings = (), ()
            self._fill()
            return
        self.context.ask(lambda _task: desk.area(CalendarDesk).look(unit, years), self._show, self._refused)

    def _years(self) -> list[int]:
        chosen = self.which.currentData()
        if chosen != _OPEN:
            return [chosen]
        # In autumn the year that runs is executed and the next one drafted; in spring the last is reported.
        return [self.which.itemData(row) for row in range(1, self.which.count())]

    @Slot(object)
    def _show(self, view: CalendarView) -> None:
        if [each.year for each in view.years] != self._years():
            return  # the answer to a question nobody asks any more
        self.calendars, self.meetings = view.years, view.meetings
        self._fill()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.context.notice.emit("error", problem.message)

    @Slot()
    def _choose(self) -> None:
        self.refresh()

    def _fill(self) -> None:
        only_open = self.which.currentData() == _OPEN
        kept = {(year, each.dated.key) for year, each in self._chosen()}
        self._shown = [
            (calendar.year, each)
            for calendar in self.calendars
            for each in calendar.dates
            if not only_open or is_open(each, calendar.today, _AHEAD)
        ]
        if only_open:
            today = dates.today()
            self._shown += [(_NO_YEAR, each) for each in self.meetings if is_open(each, today, _AHEAD)]
        if only_open:
            self._shown.sort(key=lambda pair: (_ORDER[pair[1].state], pair[1].dated.deadline.due))
        else:
            self._shown.sort(key=lambda pair: pair[1].dated.deadline.due)
        heads = [self.speech(f"ui.calendar.column.{name}") for name in _COLUMNS]
        self.model.show_rows(heads, [self._row(year, each) for year, each in self._shown])
        self._empty.setText(self.speech("ui.calendar.nothing"))
        self._empty.setVisible(not self._shown)
        self.table.setVisible(bool(self._shown))
        again = [row for row, (year, each) in enumerate(self._shown) if (year, each.dated.key) in kept]
        if self._shown:
            self.table.selectRow(again[0] if again else 0)
        self._summarise()
        self._say_details()
        self.provide()

    def _row(self, year: int, each: Standing) -> RowText:
        speech, deadline = self.speech, each.dated.deadline
        name, token = _ICON[each.state]
        due = f"{dates.short(deadline.due)}, {speech(f'ui.calendar.weekday.{deadline.due.weekday()}')}"
        moved = not deadline.working_day and not each.dated.rule.grace
        last = dates.short(deadline.last_working_day) if moved else ""
        done = " · ".join(
            filter(None, (dates.short(each.done_on) if each.done_on is not None else "", each.note))
        )
        state = speech(f"ui.calendar.state.{each.state}")
        if each.state == LATE or (each.state == NOW and each.days_left > 0):
            state = f"{state}: {speech('ui.calendar.days_count', count=abs(each.days_left))}"
        return RowText(
            (state, due, last, deadline.what.text(speech.language), done),
            bold=each.state in (LATE, NOW),
            icon=icon(name, getattr(tokens(), token)),
            key=(year, each.dated.key),
        )

    @Slot()
    def _say_details(self) -> None:
        """The whole sentence of the date looked at, its article, and what is to be known of the day."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._shown):
            self.details.clear()
            return
        each = self._shown[row][1]
        deadline, speech = each.dated.deadline, self.speech
        said = [Message(deadline.source).text(speech.language)]
        if not each.dated.rule.confirmed:
            said.append(speech("ui.calendar.unconfirmed"))
        if each.dated.rule.grace:
            said.append(speech("ui.calendar.monthly"))
        elif not deadline.working_day:
            said.append(speech("calendar.day_off", day=deadline.last_working_day))
        self.details.setText(f"{deadline.what.text(speech.language)}\n{'; '.join(said)}")

    def _summarise(self) -> None:
        counts = {state: sum(each.state == state for _, each in self._shown) for state in (LATE, NOW)}
        nearest = min(
            (
                each.dated.deadline.due
                for _, each in self._shown
                if each.state in (NOW, NEXT) and each.days_left >= 0
            ),
            default=None,
        )
        said = [
            self.speech(f"ui.calendar.count.{state}", count=count) for state, count in counts.items() if count
        ]
        if nearest is not None:
            said.append(self.speech("ui.calendar.nearest", day=dates.short(nearest)))
        older = sum(
            each.state == LATE and not is_open(each, calendar.today, _AHEAD)
            for calendar in self.calendars
            for each in calendar.dates
        )
        if older and self.which.currentData() == _OPEN:
            said.append(self.speech("ui.calendar.count.older", count=older))
        self.summary.say("  ·  ".join(said))

    def _chosen(self) -> list[tuple[int, Standing]]:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self._shown[row] for row in rows if row < len(self._shown)]

    def _markable(self) -> list[tuple[int, Standing]]:
        """The chosen dates of budget years: what a meeting asks for is done on the page of meetings."""
        return [(year, each) for year, each in self._chosen() if year != _NO_YEAR]

    @Slot(QModelIndex)
    def _activated(self, _index: QModelIndex) -> None:
        if self.actions_["mark_done"].isEnabled():
            self.mark_done()

    # -- saying -------------------------------------------------------------------------------

    def mark_done(self) -> None:
        """Say that the chosen dates are done, or open again."""
        from akimat_desk.ui.dialogs.calendar import DoneDialog

        chosen, unit = self._markable(), self.context.chosen.unit_id
        if not chosen or unit is None:
            return
        first = chosen[0][1]
        what = [each.dated.deadline.what.text(self.speech.language) for _, each in chosen]
        keys = [(year, each.dated.key) for year, each in chosen]
        before = (first.done_on, first.note) if first.dated.met_on is None else (None, "")
        DoneDialog.ask(self.context, unit, keys, what, before, self)

    def tell_event(self) -> None:
        """Say when something happened that a term runs from."""
        from akimat_desk.ui.dialogs.calendar import EventDialog

        unit = self.context.chosen.unit_id
        chosen = self._chosen()
        year = self.which.currentData()
        if year == _OPEN:
            year = (chosen[0][0] if chosen else _NO_YEAR) or dates.today().year
        calendar = next((each for each in self.calendars if each.year == year), None)
        if unit is not None and calendar is not None:
            EventDialog.ask(self.context, unit, year, calendar.askable, calendar.events, self)

    def correct_days(self) -> None:
        """Show the days off of this year, to be corrected."""
        from akimat_desk.ui.dialogs.calendar import WorkDaysDialog

        WorkDaysDialog.show_year(self.context, dates.today().year, self)

    def export_ics(self) -> None:
        """Write the dates shown for the calendar of a telephone."""
        from akimat_desk.ui.dialogs.files import ask_save

        name = self.speech("ui.calendar.file_name")
        title = self.speech("ui.action.export_ics")
        path = ask_save(self.context, self, "report", title, f"{name}.ics", "iCalendar")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """The same where the file is chosen already."""
        pairs = [
            (f"{year}/{each.dated.key}", each.dated.deadline)
            for year, each in self._shown
            if each.state not in (DONE, NEEDLESS)
        ]
        language, name = self.speech.language, self.speech("ui.calendar.file_name")
        self.context.with_files(
            lambda _task: write_dates(pairs, path, language, name),
            self._exported,
            "ui.work.export",
            self._refused,
        )

    @Slot(object)
    def _exported(self, path: Path) -> None:
        self.context.notice.emit("good", Message("cli.calendar.ics", {"path": str(path)}))

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.calendar"))
        self._year_label.setText(speech("ui.calendar.shown"))
        self.which.setAccessibleName(speech("ui.calendar.shown"))
        self.which.setItemText(0, speech("ui.calendar.open"))
        for row in range(1, self.which.count()):
            self.which.setItemText(row, speech("ui.calendar.of_year", year=str(self.which.itemData(row))))
        self.table.setAccessibleName(speech("ui.page.calendar"))
        self._fill()

    @Slot()
    def recolour(self) -> None:
        self._fill()

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/calendar", True):
            self.hint.say("hint", Message("ui.calendar.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/calendar", False)

    def save_state(self) -> None:
        remember_columns(self.table.horizontalHeader(), self.context.settings, "calendar")

"""What a person says of the calendar: what is done, what happened, which days are worked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QHeaderView, QLabel, QLineEdit, QWidget

from akimat_desk.core import dates
from akimat_desk.core.errors import AkimatError
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.calendar import CalendarDesk, WorkYear
from akimat_desk.ui.dialogs.dialog import Dialog, SavingDialog
from akimat_desk.ui.formats import read_day
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.widgets.basics import button, label, table_view
from akimat_desk.ui.work import Work

_LONGEST_NOTE = 300


class DoneDialog(SavingDialog):
    """When dates were done, with a note; or that they are open again."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        keys: Sequence[tuple[int, str]],
        what: Sequence[str],
        before: tuple[dt.date | None, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self._keys, self._what = unit_id, tuple(keys), tuple(what)
        self._opening = False
        self.day, self.note = QLineEdit(self), QLineEdit(self)
        self.day.setText(dates.short(before[0] or dates.today()))
        self.note.setText(before[1])
        self.note.setMaxLength(_LONGEST_NOTE)
        self._labels: dict[str, QLabel] = {}
        form = QFormLayout()
        for name, field in (("day", self.day), ("note", self.note)):
            made = self._labels[name] = label()
            made.setBuddy(field)
            form.addRow(made, field)
        self.open_again = button("plain", self)
        self.open_again.setVisible(before[0] is not None)
        self.open_again.clicked.connect(self._open_again)
        self.content.addLayout(form)
        self.content.addWidget(self.open_again)
        self.setMinimumWidth(560)
        self.retranslate()

    @classmethod
    def ask(
        cls,
        context: Context,
        unit_id: int,
        keys: Sequence[tuple[int, str]],
        what: Sequence[str],
        before: tuple[dt.date | None, str],
        parent: QWidget | None,
    ) -> bool:
        """Whether something was stored."""
        return cls(context, unit_id, keys, what, before, parent).run()

    @Slot()
    def _open_again(self) -> None:
        self._opening = True
        self.finish()

    def fault(self) -> str | None:
        if self._opening:
            return None
        try:
            day = read_day(self.day.text())
        except ValueError:
            day = None
        if day is None:
            self.day.setFocus()
            return self.speech("ui.date.wrong", written=self.day.text().strip() or "–")
        return None

    def work(self) -> Work:
        desk, unit_id, keys, note = self.context.desk, self._unit_id, self._keys, self.note.text()
        day = None if self._opening else read_day(self.day.text())
        return lambda _task: desk.area(CalendarDesk).mark(unit_id, keys, day, note)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.calendar.done.title"))
        self.words.setText("\n".join(self._what))
        for name, made in self._labels.items():
            made.setText(speech(f"ui.calendar.done.{name}"))
        self.day.setPlaceholderText(speech("ui.date.shape"))
        self.note.setPlaceholderText(speech("ui.calendar.done.note_shape"))
        self.open_again.setText(speech("ui.calendar.done.open"))
        self.accept_button.setText(speech("ui.calendar.done.store"))


class EventDialog(SavingDialog):
    """That something happened on a day from which a term runs; what was told is taken back here too."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        year: int,
        askable: Sequence[str],
        told: Sequence[tuple[str, dt.date]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self._year = unit_id, year
        self._remove = False
        self.event_kind = QComboBox(self)
        for event in askable:
            self.event_kind.addItem("", event)
        self.day = QLineEdit(self)
        self._labels: dict[str, QLabel] = {}
        form = QFormLayout()
        for name, field in (("event", self.event_kind), ("day", self.day)):
            made = self._labels[name] = label()
            made.setBuddy(field)
            form.addRow(made, field)
        self.told = QComboBox(self)
        for event, day in told:
            self.told.addItem("", (event, day))
        self.take_back = button("plain", self)
        self.take_back.clicked.connect(self._take_back)
        self._told_label = label()
        self._told_label.setBuddy(self.told)
        below = QHBoxLayout()
        for part in (self._told_label, self.told, self.take_back):
            below.addWidget(part)
            part.setVisible(bool(told))
        self.content.addLayout(form)
        self.content.addLayout(below)
        self.setMinimumWidth(680)
        self.retranslate()

    @classmethod
    def ask(
        cls,
        context: Context,
        unit_id: int,
        year: int,
        askable: Sequence[str],
        told: Sequence[tuple[str, dt.date]],
        parent: QWidget | None,
    ) -> bool:
        """Whether something was stored."""
        return cls(context, unit_id, year, askable, told, parent).run()

    @Slot()
    def _take_back(self) -> None:
        self._remove = True
        self.finish()

    def fault(self) -> str | None:
        if self._remove:
            return None
        try:
            day = read_day(self.day.text())
        except ValueError:
            day = None
        if day is None:
            self.day.setFocus()
            return self.speech("ui.date.wrong", written=self.day.text().strip() or "–")
        return None

    def work(self) -> Work:
        desk, unit_id, year, remove = self.context.desk, self._unit_id, self._year, self._remove
        if remove:
            event, day = self.told.currentData()
        else:
            event, day = self.event_kind.currentData(), read_day(self.day.text())
        return lambda _task: desk.area(CalendarDesk).tell(unit_id, year, event, day, remove)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.calendar.event.title", year=str(self._year)))
        self.words.setText(speech("ui.calendar.event.words"))
        for name, made in self._labels.items():
            made.setText(speech(f"ui.calendar.event.{name}"))
        for row in range(self.event_kind.count()):
            self.event_kind.setItemText(row, speech(f"calendar.event.{self.event_kind.itemData(row)}"))
        for row in range(self.told.count()):
            event, day = self.told.itemData(row)
            self.told.setItemText(row, f"{dates.short(day)} – {speech(f'calendar.event.{event}')}")
        self.day.setPlaceholderText(speech("ui.date.shape"))
        self._told_label.setText(speech("ui.calendar.event.told"))
        self.take_back.setText(speech("ui.calendar.event.take_back"))
        self.accept_button.setText(speech("ui.calendar.event.store"))


class WorkDaysDialog(Dialog):
    """The days off of a year; a day that the government moved is corrected here."""

    def __init__(self, context: Context, year: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._year_shown: WorkYear | None = None
        self.year = QComboBox(self)
        for each in range(year - 1, year + 3):
            self.year.addItem(str(each), each)
        self.year.setCurrentIndex(1)
        self.year.activated.connect(self._ask_year)
        self.model = RowsModel(4, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.day, self.note = QLineEdit(self), QLineEdit(self)
        self.note.setMaxLength(_LONGEST_NOTE)
        self.kind = QComboBox(self)
        self.kind.addItem("", False)
        self.kind.addItem("", True)
        self.add, self.take_back = button("plain", self), button("plain", self)
        self.add.clicked.connect(self._add)
        self.take_back.clicked.connect(self._take_back)
        line = QHBoxLayout()
        for part, share in (
            (self.day, 0),
            (self.kind, 0),
            (self.note, 1),
            (self.add, 0),
            (self.take_back, 0),
        ):
            line.addWidget(part, share)
        self.content.addWidget(self.year)
        self.content.addWidget(self.table, 1)
        self.content.addLayout(line)
        self.reject_button.hide()
        self.resize(960, 600)
        self.retranslate()
        self._ask_year()

    @classmethod
    def show_year(cls, context: Context, year: int, parent: QWidget | None) -> None:
        """Show it until it is closed."""
        cls(context, year, parent).run()

    @Slot()
    def _ask_year(self) -> None:
        desk, year = self.context.desk, self.year.currentData()
        self.context.ask(lambda _task: desk.area(CalendarDesk).work_year(year), self._show)

    @Slot(object)
    def _show(self, shown: WorkYear) -> None:
        self._year_shown = shown
        self.problem.hide()
        at = self.year.findData(shown.year)
        if at >= 0:
            self.year.setCurrentIndex(at)
        self._fill()

    def _fill(self) -> None:
        shown, speech = self._year_shown, self.speech
        if shown is None:
            return
        corrected = {each.day: each for each in shown.corrected}
        rows: list[tuple[dt.date, RowText]] = []
        for off in shown.off:
            if off.day not in corrected:
                name = off.name.text(speech.language)
                sure = speech("ui.calendar.days.estimated") if off.estimated else ""
                rows.append((off.day, self._row(off.day, "off", name, sure)))
        rows += [(day, self._row(day, "worked", "", "")) for day in shown.worked if day not in corrected]
        for own in shown.corrected:
            kind = "worked" if own.working else "off"
            mine = speech("ui.calendar.days.own")
            rows.append((own.day, self._row(own.day, kind, own.note, mine, bold=True)))
        heads = [speech(f"ui.calendar.days.{name}") for name in ("day", "kind", "name", "by")]
        self.model.show_rows(heads, [row for _, row in sorted(rows, key=lambda pair: pair[0])])
        header = self.table.horizontalHeader()
        wide = self.fontMetrics().averageCharWidth()
        header.resizeSection(0, 17 * wide)
        header.resizeSection(1, 16 * wide)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(3, 27 * wide)
        self._chosen()

    def _row(self, day: dt.date, kind: str, name: str, by: str, bold: bool = False) -> RowText:
        weekday = self.speech(f"ui.calendar.weekday.{day.weekday()}")
        said = self.speech(f"ui.calendar.days.{kind}")
        return RowText((f"{dates.short(day)}, {weekday}", said, name, by), bold=bold, key=day)

    def _writable(self) -> bool:
        return self.context.workspace is not None and not self.context.workspace.read_only

    @Slot()
    def _chosen(self) -> None:
        day = self.model.key(self.table.currentIndex())
        own = {each.day for each in self._year_shown.corrected} if self._year_shown is not None else set()
        self.take_back.setEnabled(self._writable() and day in own)
        self.add.setEnabled(self._writable())
        if isinstance(day, dt.date):
            self.day.setText(dates.short(day))

    @Slot()
    def _add(self) -> None:
        try:
            day = read_day(self.day.text())
        except ValueError:
            day = None
        if day is None:
            self.day.setFocus()
            self.object_to(self.speech("ui.date.wrong", written=self.day.text().strip() or "–"))
            return
        self._correct(day, bool(self.kind.currentData()))

    @Slot()
    def _take_back(self) -> None:
        day = self.model.key(self.table.currentIndex())
        if isinstance(day, dt.date):
            self._correct(day, None)

    def _correct(self, day: dt.date, working: bool | None) -> None:
        desk, note = self.context.desk, self.note.text()
        self.context.do(
            lambda _task: desk.area(CalendarDesk).correct(day, working, note),
            self._show,
            "ui.work.store",
            self._refused,
        )

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.object_to(problem.message.text(self.speech.language))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.calendar.days.title"))
        self.words.setText(speech("ui.calendar.days.words"))
        self.year.setAccessibleName(speech("ui.calendar.year"))
        self.table.setAccessibleName(speech("ui.calendar.days.title"))
        self.day.setAccessibleName(speech("ui.calendar.days.day"))
        self.day.setPlaceholderText(speech("ui.date.shape"))
        self.kind.setAccessibleName(speech("ui.calendar.days.kind"))
        self.kind.setItemText(0, speech("ui.calendar.days.off"))
        self.kind.setItemText(1, speech("ui.calendar.days.worked"))
        self.note.setAccessibleName(speech("ui.calendar.days.name"))
        self.note.setPlaceholderText(speech("ui.calendar.days.note_shape"))
        self.add.setText(speech("ui.calendar.days.add"))
        self.take_back.setText(speech("ui.calendar.days.take_back"))
        self.accept_button.setText(speech("ui.close"))
        self._fill()

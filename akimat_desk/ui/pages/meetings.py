"""The Meetings page: the list, the line in time, what is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.core.deadlines import Deadline
from akimat_desk.core.language import Trilingual
from akimat_desk.core.strings import Message
from akimat_desk.meetings import after, calling
from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Topic
from akimat_desk.meetings.record import workspace_law
from akimat_desk.meetings.rules.law import Law
from akimat_desk.meetings.sheets import SheetCode, read_sheet
from akimat_desk.meetings.states import MeetingState
from akimat_desk.meetings.views import MeetingSummary
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.dialogs.form import Field, FormDialog, Kind
from akimat_desk.ui.dialogs.small import Question
from akimat_desk.ui.formats import day_written
from akimat_desk.ui.icons import icon
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE, tokens
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, label, table_view
from akimat_desk.ui.widgets.timeline import Dot, Timeline
from akimat_desk.ui.work import Work

_MOST_DUE = 4


def look_of(row: MeetingSummary) -> tuple[str, str]:
    """A meeting's icon and the theme's colour for it."""
    match row.state:
        case MeetingState.HELD:
            if row.lawful is False:
                return "error", "error"
            return ("good", "good") if row.lawful else ("info", "info")
        case MeetingState.NOT_HELD:
            return "warning", "warning"
        case MeetingState.OPEN:
            return "meetings", "accent"
    return "date", "accent"


class MeetingsPage(Page):
    """Every meeting of the unit."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._rows: tuple[MeetingSummary, ...] = ()
        self._due: tuple[Deadline, ...] = ()
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self._title = label("title")
        self.kind = QComboBox(self)
        self.kind.addItem("", None)
        for each in MeetingKind:
            self.kind.addItem("", each)
        self.kind.activated.connect(self._fill)
        self.line = Timeline(self)
        self.line.chosen.connect(self._choose)
        self.line.opened.connect(self._open)
        self.table = table_view(self)
        self.model = RowsModel(5, 6, self)
        self.table.setModel(self.model)
        self.table.activated.connect(self._activated)
        self.table.selectionModel().currentChanged.connect(self._selected)
        self._empty = label("quiet", wrap=True)
        self._due_title = label("subtitle")
        self._due_words = label(wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.kind)
        for name, role in (("new_meeting", "primary"), ("open_meeting", "plain"), ("scan_sheet", "plain")):
            head.addWidget(ActionButton(actions[name], role, self))
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addWidget(self.line)
        body.addWidget(self._empty)
        body.addWidget(self.table, 1)
        body.addWidget(self._due_title)
        body.addWidget(self._due_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addLayout(body, 1)
        self.retranslate()

    # -- showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.show_hint()
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            self._rows = ()
            self._fill()
            return
        desk = self.context.desk
        self.context.ask(lambda _task: desk.area(MeetingsDesk).overview(unit_id), self._show)

    @Slot(object)
    def _show(self, answer: tuple[list[MeetingSummary], list[Deadline]]) -> None:
        rows, due = answer
        self._rows, self._due = tuple(rows), tuple(due)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        kept = self.model.key(self.table.currentIndex())
        chosen = self.kind.currentData()
        mine = [row for row in self._rows if chosen is None or row.kind == chosen]
        heads = [self.speech(f"ui.meetings.col.{name}") for name in _COLUMNS]
        self.model.show_rows(heads, [self._row(row) for row in mine])
        self.line.show_dots([self._dot(row) for row in mine])
        self.line.setVisible(len(mine) > 1)
        self._empty.setVisible(not mine)
        self.table.setVisible(bool(mine))
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        row = self.model.row_of(kept)
        if mine:
            self.table.setCurrentIndex(self.model.index(max(row, 0), 0))
        today = dt.date.today()
        late = [each for each in self._due if each.due < today]
        near = [each for each in self._due if each.due >= today]
        said = [*late[-_MOST_DUE:], *near][:_MOST_DUE]
        language = self.speech.language
        lines = [
            f"{'⚠ ' if each.due < today else ''}{day_written(each.due)} – {each.what.text(language)}"
            for each in said
        ]
        self._due_title.setVisible(bool(said))
        self._due_words.setVisible(bool(said))
        self._due_words.setText("\n".join(lines))
        self.provide()

    def _row(self, row: MeetingSummary) -> RowText:
        language = self.speech.language
        name, token = look_of(row)
        own = [topic for topic in row.topics if topic not in _USUAL] or list(row.topics)
        topics = ", ".join(self.speech(f"meeting.topic.{topic.value}") for topic in own)
        place = row.locality.text(language)
        kind = self.speech(f"meeting.kind.{row.kind.value}")
        present = "" if row.present is None else f"{row.present} / {row.entitled or '–'}"
        lawful = ""
        if row.state is MeetingState.HELD:
            answer = {True: "yes", False: "no", None: "unknown"}[row.lawful]
            lawful = self.speech(f"ui.meetings.lawful.{answer}")
        return RowText(
            (
                day_written(row.day),
                row.number,
                f"{kind} ({place})" if place else kind,
                topics,
                self.speech(f"ui.meetings.state.{row.state.value}"),
                present,
                lawful,
            ),
            icon=icon(name, getattr(tokens(), token)),
            key=row.id,
        )

    def _dot(self, row: MeetingSummary) -> Dot:
        kind = self.speech(f"meeting.kind.{row.kind.value}")
        state = self.speech(f"ui.meetings.state.{row.state.value}")
        words = f"{day_written(row.day)} · {kind} № {row.number} · {state}"
        filled = row.state in (MeetingState.HELD, MeetingState.OPEN)
        return Dot(row.id, row.day, words, look_of(row)[1], filled)

    @Slot()
    def recolour(self) -> None:
        self._fill()

    @Slot()
    def retranslate(self) -> None:
        self._title.setText(self.speech("ui.page.meetings"))
        self.kind.setItemText(0, self.speech("ui.meetings.every_kind"))
        for at, each in enumerate(MeetingKind, start=1):
            self.kind.setItemText(at, self.speech(f"meeting.kind.{each.value}"))
        self.kind.setAccessibleName(self.speech("ui.meetings.col.kind"))
        self.table.setAccessibleName(self.speech("ui.page.meetings"))
        self.line.setAccessibleName(self.speech("ui.meetings.line"))
        self._empty.setText(self.speech("ui.meetings.empty"))
        self._due_title.setText(self.speech("ui.meetings.due"))
        self._fill()

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/meetings", True):
            self.hint.say("hint", Message("ui.meetings.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/meetings", False)

    def provide(self) -> None:
        self.actions_.provide("meeting", not self.isHidden() and self.chosen is not None)

    # -- choosing -----------------------------------------------------------------------------

    @property
    def chosen(self) -> int | None:
        """The meeting the table stands on."""
        key = self.model.key(self.table.currentIndex())
        return key if isinstance(key, int) else None

    @Slot(QModelIndex)
    def _selected(self, _index: QModelIndex) -> None:
        if self.chosen is not None:
            self.line.choose(self.chosen)
        self.provide()

    @Slot(int)
    def _choose(self, key: int) -> None:
        row = self.model.row_of(key)
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))

    @Slot(QModelIndex)
    def _activated(self, _index: QModelIndex) -> None:
        self.open_meeting()

    @Slot(int)
    def _open(self, key: int) -> None:
        self.window().reveal("meeting", key)  # type: ignore[attr-defined]

    @Slot()
    def open_meeting(self) -> None:
        """Open the chosen meeting."""
        if self.chosen is not None:
            self._open(self.chosen)

    def reveal(self, target: object) -> None:
        """Stand on a meeting."""
        if isinstance(target, int):
            self._choose(target)

    @Slot()
    def come_back(self) -> None:
        """The list again, from one meeting."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- changing -----------------------------------------------------------------------------

    @Slot()
    def new_meeting(self) -> None:
        """Plan a meeting and open it: its agenda is put together there."""
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            return
        kinds = tuple((each, self.speech(f"meeting.kind.{each.value}")) for each in MeetingKind)
        convened = tuple((each, self.speech(f"ui.meeting.convened.{each.value}")) for each in ConvenedBy)
        ten_days = dt.date.today() + dt.timedelta(days=11)
        fields = (
            Field("kind", Kind.CHOICE, "ui.meetings.col.kind", self.kind.currentData(), kinds),
            Field("day", Kind.DAY, "ui.meeting.day", ten_days, needed=True),
            Field("starts", Kind.HOUR, "ui.meeting.starts", dt.time(15, 0)),
            Field("place_kk", Kind.LINE, "ui.meeting.place_kk"),
            Field("place_ru", Kind.LINE, "ui.meeting.place_ru"),
            Field("convened_by", Kind.CHOICE, "ui.meeting.convened_by", ConvenedBy.AKIM, convened),
            Field("initiators", Kind.COUNT, "ui.meeting.initiators"),
            Field("extraordinary", Kind.CHECK, "ui.meeting.extraordinary", False),
        )
        desk = self.context.desk

        def save(values: dict[str, Any]) -> Work:
            place = Trilingual(values.pop("place_kk"), values.pop("place_ru"))
            kind, day = values.pop("kind"), values.pop("day")
            return lambda _task: desk.area(MeetingsDesk).change(
                calling.plan_meeting, unit_id, kind, day, (), place=place, **values
            )

        dialog = FormDialog(
            self.context, "ui.action.new_meeting", fields, save, self, "ui.meetings.new_words"
        )
        if dialog.run() and isinstance(dialog.saved, int):
            self._open(dialog.saved)

    @Slot()
    def delete_meeting(self) -> None:
        """Take back a meeting that was only planned."""
        meeting_id = self.chosen
        row = next((each for each in self._rows if each.id == meeting_id), None)
        if row is None or meeting_id is None:
            return
        fields = {"kind": Message(f"meeting.kind.{row.kind.value}"), "day": row.day}
        message = Message("ui.meetings.delete_words", fields)
        if Question.ask(self.context, "ui.action.delete_meeting", message, "ui.meetings.delete", self):
            desk = self.context.desk
            self.context.do(lambda _task: desk.area(MeetingsDesk).change(calling.delete_meeting, meeting_id))

    @Slot()
    def scan_sheet(self) -> None:
        """Open the meeting (and item) that a sheet's code names."""
        desk = self.context.desk

        def save(values: dict[str, Any]) -> Work:
            return lambda _task: desk.area(MeetingsDesk).ask(read_sheet, values["code"])

        fields = (Field("code", Kind.LINE, "ui.meetings.code", needed=True),)
        dialog = FormDialog(
            self.context, "ui.action.scan_sheet", fields, save, self, "ui.meetings.scan_words"
        )
        if dialog.run() and isinstance(dialog.saved, SheetCode):
            self.window().reveal("meeting", dialog.saved)  # type: ignore[attr-defined]

    @Slot()
    def set_norms(self) -> None:
        """What stands in the office's own regulation."""
        desk = self.context.desk
        self.context.ask(lambda _task: desk.area(MeetingsDesk).ask(workspace_law), self._norms)

    @Slot(object)
    def _norms(self, law: Law) -> None:
        norms = [norm for norm in law.adjustable() if not norm.name.startswith("minutes_")]
        fields = []
        for norm in norms:
            kind = self.speech(f"meeting.kind.{norm.kind.value}")
            choices = norm.choices or (("present", "total") if norm.value in ("present", "total") else ())
            said = tuple((each, self.speech(f"ui.meeting.norm.{each}")) for each in choices)
            if said:
                fields.append(Field(norm.key, Kind.CHOICE, f"ui.norm.{norm.name}", norm.value, said))
            elif isinstance(norm.value, int):
                fields.append(Field(norm.key, Kind.COUNT, f"ui.norm.{norm.name}", norm.value, needed=True))
            else:
                fields.append(Field(norm.key, Kind.LINE, f"ui.norm.{norm.name}", norm.value, needed=True))
            fields[-1] = _of_kind(fields[-1], kind)
        desk = self.context.desk
        before = {norm.key: norm.value for norm in norms}

        def save(values: dict[str, Any]) -> Work:
            changed = {key: value for key, value in values.items() if value != before[key]}

            def work(_task: object) -> None:
                for key, value in changed.items():
                    desk.area(MeetingsDesk).change(after.set_norm, key, value)

            return work

        FormDialog(
            self.context, "ui.action.meeting_norms", fields, save, self, "ui.meetings.norms_words"
        ).run()


def _of_kind(field: Field, kind: str) -> Field:
    """The field with the kind of meeting in its label."""
    return Field(field.name, field.kind, field.label, field.value, field.choices, field.needed, kind)


#: What stands on nearly every agenda says least about a meeting.
_USUAL = (Topic.LAST_MINUTES, Topic.UNFINISHED_TASKS)
_COLUMNS = ("day", "number", "kind", "topics", "state", "present", "lawful")
_WIDTHS = (124, 46, 280, 300, 124, 124, 120)

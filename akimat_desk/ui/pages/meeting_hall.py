"""The table in the hall: ticks, the quorum with its arithmetic, officers, items one after the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.core.strings import Message
from akimat_desk.meetings import calling, holding
from akimat_desk.meetings.rules.arithmetic import least, reaches
from akimat_desk.meetings.states import BODY_OF
from akimat_desk.meetings.states import MeetingState as State
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.form import Field, Kind, hour_written, read_count
from akimat_desk.ui.models.hall import HallModel
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.meeting_item import ItemPart
from akimat_desk.ui.pages.meeting_part import MeetingPart, auto, now
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.autosave import AutoLine
from akimat_desk.ui.widgets.basics import Drawing, button, card, label, table_view


class HallPart(MeetingPart):
    """At the left who is there, at the right what is being dealt with."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._mark = Drawing("info", 22, parent=self)
        self.quorum = label("unit", wrap=True)
        self.table = table_view(self)
        self.model = HallModel(self)
        self.model.ticked.connect(self._tick)
        self.table.setModel(self.model)
        self.table.clicked.connect(self._clicked)
        self.late, self.left, self.visitor, self.all_here = (button("plain", self) for _ in range(4))
        self.late.clicked.connect(self.mark_late)
        self.left.clicked.connect(self.mark_left)
        self.visitor.clicked.connect(self.add_visitor)
        self.all_here.clicked.connect(self.tick_all)
        for keys, answer in (("F7", self.mark_late), ("F9", self.mark_left)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(answer)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.toggle)
        self.counted = auto(read_count, self)
        self.counted.kept.connect(self._counted)
        self.counted.refused.connect(self.not_read("ui.meeting.wrong.count"))
        self.officers: dict[str, AutoLine] = {}
        box = card(self)
        form = QFormLayout(box)
        form.setContentsMargins(12, 8, 12, 8)
        self.labelled(form, "ui.meeting.counted", self.counted)
        for name in ("opened_by", "chair", "secretary"):
            line = auto(parent=self)
            line.kept.connect(self._officer(name))
            self.officers[name] = line
            self.labelled(form, f"ui.meeting.{name}", line)
        self.open, self.close_, self.pause, self.fail, self.again = (
            button("primary", self), button("primary", self), button("plain", self),
            button("plain", self), button("quiet", self),
        )  # fmt: skip
        self.open.clicked.connect(self.open_meeting)
        self.close_.clicked.connect(self.close_meeting)
        self.pause.clicked.connect(self.toggle_break)
        self.fail.clicked.connect(self.record_not_held)
        self.again.clicked.connect(self.reopen)
        self.hours = label("quiet", wrap=True)
        self.items = table_view(self)
        self.item_model = RowsModel(9, 9, self)
        self.items.setModel(self.item_model)
        self.items.selectionModel().currentChanged.connect(self._item_chosen)
        self.item_part = ItemPart(context, self)
        self.item_part.said.connect(self.said)
        self._arrange(box)
        self.retranslate()

    def _arrange(self, box: QWidget) -> None:
        top = QHBoxLayout()
        top.addWidget(self._mark)
        top.addWidget(self.quorum, 1)
        ticks = QHBoxLayout()
        for made in (self.all_here, self.late, self.left, self.visitor):
            ticks.addWidget(made)
        ticks.addStretch(1)
        states = QHBoxLayout()
        for made in (self.open, self.pause, self.close_, self.fail, self.again):
            states.addWidget(made)
        states.addStretch(1)
        side = QWidget(self)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, SPACE, 0)
        left.addLayout(top)
        left.addLayout(states)
        left.addWidget(self.hours)
        left.addWidget(self.table, 1)
        left.addLayout(ticks)
        left.addWidget(box)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(SPACE, 0, 0, 0)
        column.addWidget(self.items)
        self.items.setMaximumHeight(136)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.item_part)
        column.addWidget(scroll, 1)
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.addWidget(side)
        across.addWidget(right)
        across.setSizes([520, 640])
        across.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(across)

    # -- showing ------------------------------------------------------------------------------

    def fill(self) -> None:
        assert self.state is not None
        view = self.state.view
        heads = [self.speech(f"ui.hall.col.{name}") for name in ("name", "what", "arrived", "departed")]
        self.model.editable = view.state is not State.HELD or view.handed_to_akim is None
        self.model.show_people(view.people, heads, self.speech("ui.hall.guest"))
        header = self.table.horizontalHeader()
        for column, width in enumerate((230, 96, 66, 66)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.counted.show_value("" if view.counted is None else str(view.counted))
        for name in self.officers:
            self.officers[name].show_value(getattr(view, name))
        self._show_quorum()
        self._show_states()
        self._show_items()

    def _show_quorum(self) -> None:
        """The quorum as it is this moment, with its arithmetic."""
        assert self.state is not None
        view = self.state.view
        norm = self.state.law.norm("quorum", view.kind, view.day)
        present = view.in_hall() if view.state is State.OPEN else view.present
        if norm is None:
            self.quorum.setText(self.speech("ui.hall.no_quorum_norm", present=present or 0))
            self._mark.show_drawing("info", "info")
            return
        if not view.entitled:
            self.quorum.setText(self.speech("ui.hall.entitled_unknown"))
            self._mark.show_drawing("warning", "warning")
            return
        needed = least(norm.share, view.entitled)
        there = reaches(present or 0, norm.share, view.entitled)
        key = "there" if there else "lacking"
        self.quorum.setText(
            self.speech(
                f"ui.hall.quorum.{key}",
                present=present or 0,
                entitled=view.entitled,
                needed=needed,
                share=str(norm.value),
                count=max(0, needed - (present or 0)),
            )
        )
        self._mark.show_drawing("good" if there else "error", "good" if there else "error")

    def _show_states(self) -> None:
        assert self.state is not None
        view = self.state.view
        opened, over = view.state is State.OPEN, view.state in (State.HELD, State.NOT_HELD)
        self.open.setVisible(not opened and not over)
        self.fail.setVisible(not opened and not over and view.kind.decides)
        self.close_.setVisible(opened)
        self.pause.setVisible(opened)
        self.again.setVisible(over)
        running = any(each.ended is None for each in view.breaks)
        self.pause.setText(self.speech("ui.hall.end_break" if running else "ui.hall.start_break"))
        parts = [self.speech(f"ui.meetings.state.{view.state.value}")]
        if view.opened_at is not None:
            parts.append(self.speech("ui.hall.opened_at", hour=hour_written(view.opened_at)))
        if view.closed_at is not None:
            parts.append(self.speech("ui.hall.closed_at", hour=hour_written(view.closed_at)))
        for each in view.breaks:
            parts.append(
                self.speech("ui.hall.break_", began=hour_written(each.began), ended=hour_written(each.ended))
            )
        self.hours.setText(" · ".join(parts))
        has_list = BODY_OF.get(view.kind) is not None
        self.all_here.setVisible(has_list)
        self.late.setEnabled(bool(view.people))
        self.left.setEnabled(bool(view.people))

    def _show_items(self) -> None:
        assert self.state is not None
        view = self.state.view
        kept = self.item_model.key(self.items.currentIndex())
        rows = []
        for item in view.items:
            result = ""
            if item.put_to_vote:
                answer = {True: "yes", False: "no", None: "open"}[item.adopted]
                result = self.speech(f"ui.hall.adopted.{answer}")
            rows.append(RowText((str(item.no), item.title.text(self.speech.language), result), key=item.id))
        self.item_model.show_rows(
            [self.speech(f"ui.hall.col.{name}") for name in ("no", "item", "result")], rows
        )
        header = self.items.horizontalHeader()
        header.resizeSection(0, 40)
        header.resizeSection(2, 140)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        if view.items:
            row = self.item_model.row_of(kept)
            self.items.setCurrentIndex(self.item_model.index(max(row, 0), 0))
        self.item_part.setVisible(bool(view.items))
        self._item_chosen(self.items.currentIndex())

    @Slot(QModelIndex)
    def _item_chosen(self, index: QModelIndex) -> None:
        key = self.item_model.key(index)
        if self.state is not None and isinstance(key, int):
            self.item_part.show_item(self.state, key)

    def choose_item(self, item_id: int) -> None:
        """Stand on an item, ready for its votes."""
        row = self.item_model.row_of(item_id)
        if row >= 0:
            self.items.setCurrentIndex(self.item_model.index(row, 0))
            self.item_part.lines["for"].setFocus()

    @Slot()
    def retranslate(self) -> None:
        for made, key in (
            (self.late, "late"), (self.left, "left"), (self.visitor, "visitor"), (self.all_here, "all_here"),
            (self.open, "open"), (self.close_, "close"), (self.fail, "fail"), (self.again, "again"),
        ):  # fmt: skip
            self._name(made, key)
        self.table.setAccessibleName(self.speech("ui.hall.list"))
        self.items.setAccessibleName(self.speech("ui.meeting.agenda"))
        self.item_part.retranslate()
        super().retranslate()

    def _name(self, made: QPushButton, key: str) -> None:
        made.setText(self.speech(f"ui.hall.{key}"))
        keys = {"late": " (F7)", "left": " (F9)"}.get(key, "")
        made.setToolTip(self.speech(f"ui.hall.{key}.tip") + keys)

    # -- ticking ------------------------------------------------------------------------------

    @property
    def _hour(self) -> dt.time | None:
        """The hour to note: now while the meeting is on, none before it."""
        on = self.state is not None and self.state.view.state is State.OPEN
        return now() if on else None

    @Slot(int, bool)
    def _tick(self, person_id: int, came: bool) -> None:
        assert self.state is not None
        self.store(
            holding.mark_came, self.state.view.id, person_id, came, arrived=self._hour if came else None
        )

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        """A click anywhere in a row but the tick itself only chooses it."""
        self.table.setCurrentIndex(index)

    @Slot()
    def toggle(self) -> None:
        """Tick or untick the chosen person and step down, so that a list is gone through by the space bar."""
        index = self.table.currentIndex()
        person = self.model.person(index)
        if person is None or person.person_id is None or not self.model.editable:
            return
        self._tick(person.person_id, not person.came)
        below = self.model.index(index.row() + 1, index.column())
        if below.isValid():
            self.table.setCurrentIndex(below)

    @Slot()
    def tick_all(self) -> None:
        """Tick every member who is not ticked yet."""
        assert self.state is not None
        for person in self.state.view.people:
            if person.person_id is not None and not person.came:
                self._tick(person.person_id, True)

    @Slot()
    def mark_late(self) -> None:
        """The chosen person came now; asks for the hour, now being filled in."""
        self._at_hour("ui.hall.late", holding.mark_came, arrival=True)

    @Slot()
    def mark_left(self) -> None:
        """The chosen person left now; an empty hour says that the person is back."""
        self._at_hour("ui.hall.left", holding.mark_departed, arrival=False)

    def _at_hour(self, title: str, service: Any, *, arrival: bool) -> None:
        person = self.model.person(self.table.currentIndex())
        if self.state is None or person is None or person.person_id is None:
            self.said.emit("info", Message("ui.hall.choose_person"))
            return
        meeting_id, person_id = self.state.view.id, person.person_id

        def save(values: dict[str, Any]):  # type: ignore[no-untyped-def]
            if arrival:
                return self.changing(service, meeting_id, person_id, True, arrived=values["hour"])
            return self.changing(service, meeting_id, person_id, values["hour"])

        self.form(title, (Field("hour", Kind.HOUR, "ui.hall.hour", now(), needed=arrival),), save)

    @Slot()
    def add_visitor(self) -> None:
        """Somebody who is on no list: invited, or a resident who counts."""
        if self.state is None:
            return
        meeting_id = self.state.view.id
        by_list = BODY_OF.get(self.state.view.kind) is not None
        fields = (
            Field("name", Kind.LINE, "ui.people.name", needed=True),
            Field("occupation", Kind.LINE, "ui.people.occupation"),
            Field("guest", Kind.CHECK, "ui.hall.is_guest", by_list),
        )
        hour = self._hour

        def save(values: dict[str, Any]):  # type: ignore[no-untyped-def]
            return self.changing(
                holding.add_visitor,
                meeting_id,
                values["name"],
                occupation=values["occupation"],
                guest=values["guest"],
                arrived=hour,
            )

        self.form("ui.hall.visitor", fields, save)

    @Slot(object)
    def _counted(self, value: object) -> None:
        assert self.state is not None
        self.store(calling.change_meeting, self.state.view.id, counted=value)

    def _officer(self, name: str):  # type: ignore[no-untyped-def]
        def keep(value: object) -> None:
            assert self.state is not None
            fields: dict[str, object] = {name: value}
            if name == "chair":  # a member's own vote may decide a tie, where the regulation says so
                person = next((p for p in self.state.view.people if p.name == value), None)
                fields["chair_person_id"] = person.person_id if person else None
            self.store(calling.change_meeting, self.state.view.id, **fields)

        return keep

    # -- the meeting itself -------------------------------------------------------------------

    @Slot()
    def open_meeting(self) -> None:
        """Open it at an hour; without a quorum the refusal says the arithmetic."""
        self._ask_hour("ui.hall.open", holding.open_meeting)

    @Slot()
    def close_meeting(self) -> None:
        """Close it at an hour."""
        self._ask_hour("ui.hall.close", holding.close_meeting)

    def _ask_hour(self, title: str, service: Any) -> None:
        if self.state is None:
            return
        view = self.state.view
        planned = view.starts if service is holding.open_meeting and view.starts else now()
        today = view.day == dt.date.today()
        fields = (Field("hour", Kind.HOUR, "ui.hall.hour", now() if today else planned, needed=True),)
        self.form(title, fields, lambda values: self.changing(service, view.id, values["hour"]))

    @Slot()
    def toggle_break(self) -> None:
        """A break begins or is over, now."""
        assert self.state is not None
        view = self.state.view
        running = any(each.ended is None for each in view.breaks)
        self.store(holding.end_break if running else holding.start_break, view.id, now())

    @Slot()
    def record_not_held(self) -> None:
        """No quorum: the record of not holding, and a new day for the same agenda."""
        if self.state is None:
            return
        view = self.state.view
        norm = self.state.law.norm("notice_days", view.kind, view.day)
        suggested = dt.date.today() + dt.timedelta(days=(norm.number if norm else 10) + 1)
        fields = (Field("day", Kind.DAY, "ui.hall.new_day", max(suggested, view.day + dt.timedelta(days=1))),)
        self.form(
            "ui.hall.fail",
            fields,
            lambda values: self.changing(holding.not_held, view.id, values["day"]),
            "ui.hall.fail_words",
        )

    @Slot()
    def reopen(self) -> None:
        """Open the record again to correct it."""
        assert self.state is not None
        self.store(holding.reopen_meeting, self.state.view.id)

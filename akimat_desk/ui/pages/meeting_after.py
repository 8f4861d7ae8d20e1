"""After a meeting: signing and hand-over, the akim's consideration step by step, tasks, monitoring."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.core.language import Trilingual
from akimat_desk.core.strings import Message
from akimat_desk.meetings import after, calling
from akimat_desk.meetings.kinds import MeetingKind
from akimat_desk.meetings.states import MeetingState as State
from akimat_desk.meetings.states import Step, TaskState
from akimat_desk.meetings.views import FollowUpView, ItemView, MonitoringView, TaskView
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.dialogs.form import Field, Kind
from akimat_desk.ui.formats import day_written, read_day
from akimat_desk.ui.icons import icon
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.meeting_part import MeetingPart, auto
from akimat_desk.ui.theme import SPACE, tokens
from akimat_desk.ui.widgets.basics import button, card, label, table_view
from akimat_desk.ui.work import Work


class AfterPart(MeetingPart):
    """Hand-over at the left; decisions with their steps and tasks at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._halves: tuple[MonitoringView, ...] = ()
        box = card(self)
        form = QFormLayout(box)
        form.setContentsMargins(14, 12, 14, 12)
        self.signs = {name: QCheckBox(self) for name in ("signed_by_chair", "signed_by_secretary")}
        for name, made in self.signs.items():
            made.clicked.connect(self._signer(name))
            form.addRow(made)
        self.days = {name: auto(read_day, self) for name in ("handed_to_akim", "published")}
        for name, line in self.days.items():
            line.kept.connect(self._day(name))
            line.refused.connect(self.not_read("ui.meeting.wrong.day"))
            self.labelled(form, f"ui.after.{name}", line)
        self.due = label("quiet", wrap=True)
        form.addRow(self.due)
        self.monitoring = label(wrap=True)
        self.monitor = [button("plain", self) for _ in (1, 2)]
        for half, ask_half in enumerate(self.monitor, start=1):
            ask_half.clicked.connect(self._half(half))
        monitors = QHBoxLayout()
        for each in self.monitor:
            monitors.addWidget(each)
        monitors.addStretch(1)
        self._monitor_box = QWidget(self)
        monitor_column = QVBoxLayout(self._monitor_box)
        monitor_column.setContentsMargins(0, 0, 0, 0)
        monitor_column.addWidget(self.words("ui.after.monitoring", "subtitle"))
        monitor_column.addWidget(self.monitoring)
        monitor_column.addLayout(monitors)
        self.items = table_view(self)
        self.item_model = RowsModel(9, 9, self)
        self.items.setModel(self.item_model)
        self.items.selectionModel().currentChanged.connect(self._item_chosen)
        self.steps, self.tasks = table_view(self), table_view(self)
        self.step_model, self.task_model = RowsModel(9, 9, self), RowsModel(9, 9, self)
        self.steps.setModel(self.step_model)
        self.tasks.setModel(self.task_model)
        self.tasks.activated.connect(self.report_task)
        self.add_step, self.drop_step = button("plain", self), button("quiet", self)
        self.add_task, self.report, self.drop_task = (
            button("plain", self),
            button("plain", self),
            button("quiet", self),
        )
        self.add_step.clicked.connect(self.new_step)
        self.drop_step.clicked.connect(self.remove_step)
        self.add_task.clicked.connect(self.new_task)
        self.report.clicked.connect(self.report_task)
        self.drop_task.clicked.connect(self.remove_task)
        left = QVBoxLayout()
        left.addWidget(box)
        left.addWidget(self._monitor_box)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.words("ui.after.decisions", "subtitle"))
        right.addWidget(self.items, 2)
        right.addLayout(self._row("ui.after.steps", self.add_step, self.drop_step))
        right.addWidget(self.steps, 2)
        right.addLayout(self._row("ui.after.tasks", self.add_task, self.report, self.drop_task))
        right.addWidget(self.tasks, 2)
        across = QHBoxLayout(self)
        across.setSpacing(2 * SPACE)
        across.addLayout(left, 2)
        across.addLayout(right, 5)
        self.retranslate()

    def _row(self, key: str, *buttons: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.words(key, "subtitle"))
        row.addStretch(1)
        for made in buttons:
            row.addWidget(made)
        return row

    # -- showing ------------------------------------------------------------------------------

    @property
    def item(self) -> ItemView | None:
        """The decision the list stands on."""
        key = self.item_model.key(self.items.currentIndex())
        if self.state is None:
            return None
        return next((each for each in self.state.view.items if each.id == key), None)

    def fill(self) -> None:
        assert self.state is not None
        view = self.state.view
        over = view.state is State.HELD
        for name, made in self.signs.items():
            made.setChecked(bool(getattr(view, name)))
            made.setEnabled(over)
        for name, line in self.days.items():
            line.show_value(day_written(getattr(view, name)))
            line.setEnabled(over)
        language = self.speech.language
        lines = [f"{day_written(each.due)} – {each.what.text(language)}" for each in self.state.deadlines]
        self.due.setText("\n".join(lines))
        kept = self.item_model.key(self.items.currentIndex())
        self.item_model.show_rows(
            [self.speech(f"ui.after.col.{name}") for name in ("no", "decision", "state")],
            [self._item_row(item) for item in view.items],
        )
        self._stretch(self.items, 1, {0: 40, 2: 210})
        row = self.item_model.row_of(kept)
        if view.items:
            self.items.setCurrentIndex(self.item_model.index(max(row, 0), 0))
        self._item_chosen()
        self._monitor_box.setVisible(view.kind is MeetingKind.ASSEMBLY)
        if view.kind is MeetingKind.ASSEMBLY:
            desk, unit_id, year = self.context.desk, view.unit_id, view.day.year
            self.context.ask(
                lambda _task: desk.area(MeetingsDesk).ask(after.monitoring, unit_id, year), self._show_halves
            )

    @staticmethod
    def _stretch(table: Any, column: int, widths: dict[int, int]) -> None:
        header = table.horizontalHeader()
        for at, width in widths.items():
            header.resizeSection(at, width)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _item_row(self, item: ItemView) -> RowText:
        words = item.decision.text(self.speech.language) or item.title.text(self.speech.language)
        if item.follow_ups:
            state = self.speech(f"ui.after.step.{item.follow_ups[-1].step.value}")
        else:
            answer = {True: "yes", False: "no", None: "open"}[item.adopted]
            state = self.speech(f"ui.hall.adopted.{answer}") if item.put_to_vote else ""
        return RowText((str(item.no), words, state), key=item.id)

    @Slot()
    def _item_chosen(self) -> None:
        item = self.item
        steps = item.follow_ups if item else ()
        tasks = item.tasks if item else ()
        self.step_model.show_rows(
            [self.speech(f"ui.after.col.{name}") for name in ("day", "step", "paper", "text")],
            [self._step_row(step) for step in steps],
        )
        self._stretch(self.steps, 3, {0: 104, 1: 190, 2: 220})
        self.task_model.show_rows(
            [self.speech(f"ui.after.col.{name}") for name in ("task", "who", "due", "state")],
            [self._task_row(task) for task in tasks],
        )
        self._stretch(self.tasks, 0, {1: 170, 2: 104, 3: 200})
        over = self.state is not None and self.state.view.state is State.HELD
        taken = tuple(step.step for step in steps)
        self.add_step.setEnabled(over and item is not None and bool(after.next_steps(taken)))
        self.drop_step.setEnabled(bool(steps))
        self.add_task.setEnabled(item is not None)
        self.report.setEnabled(bool(tasks))
        self.drop_task.setEnabled(bool(tasks))

    def _step_row(self, step: FollowUpView) -> RowText:
        words = self.speech(f"ui.after.step.{step.step.value}")
        return RowText(
            (day_written(step.day), words, step.paper, step.text.text(self.speech.language)), key=step.id
        )

    def _task_row(self, task: TaskView) -> RowText:
        late = task.state is TaskState.OPEN and task.due is not None and task.due < dt.date.today()
        state = self.speech("ui.after.task.late" if late else f"ui.after.task.{task.state.value}")
        if task.closed_on is not None:
            state = f"{state} {day_written(task.closed_on)}"
        name, token = ("good", "good") if task.state is TaskState.DONE else ("date", "accent")
        if late or task.in_time is False:
            name, token = "warning", "warning"
        return RowText(
            (task.text.text(self.speech.language), task.responsible, day_written(task.due), state),
            icon=icon(name, getattr(tokens(), token)),
            key=task.id,
        )

    @Slot(object)
    def _show_halves(self, halves: list[MonitoringView]) -> None:
        self._halves = tuple(halves)
        lines = []
        for each in halves:
            if each.reported_on is None:
                lines.append(self.speech("ui.after.half.none", half=each.half, year=each.year))
                continue
            line = self.speech("ui.after.half.reported", half=each.half, year=each.year, day=each.reported_on)
            if each.answered_on is not None:
                line += " · " + self.speech("ui.after.half.answered", day=each.answered_on)
            lines.append(line)
        self.monitoring.setText("\n".join(lines))
        for made, half in zip(self.monitor, (1, 2), strict=True):
            made.setText(self.speech("ui.after.half.button", half=half))

    @Slot()
    def retranslate(self) -> None:
        for name, made in self.signs.items():
            made.setText(self.speech(f"ui.after.{name}"))
        for made_button, key in (
            (self.add_step, "add_step"), (self.drop_step, "drop"), (self.add_task, "add_task"),
            (self.report, "report"), (self.drop_task, "drop"),
        ):  # fmt: skip
            made_button.setText(self.speech(f"ui.after.{key}"))
        for table, key in ((self.items, "decisions"), (self.steps, "steps"), (self.tasks, "tasks")):
            table.setAccessibleName(self.speech(f"ui.after.{key}"))
        super().retranslate()

    # -- changing -----------------------------------------------------------------------------

    def _signer(self, name: str):  # type: ignore[no-untyped-def]
        def sign(checked: bool) -> None:
            assert self.state is not None
            self.store(calling.change_meeting, self.state.view.id, **{name: checked})

        return sign

    def _day(self, name: str):  # type: ignore[no-untyped-def]
        def keep(value: object) -> None:
            assert self.state is not None
            self.store(calling.change_meeting, self.state.view.id, **{name: value})

        return keep

    @Slot()
    def new_step(self) -> None:
        """The akim agrees or disagrees; what the law puts next after it."""
        item = self.item
        if item is None or self.state is None:
            return
        steps = after.next_steps(tuple(step.step for step in item.follow_ups))
        if not steps:
            self.said.emit("info", Message("ui.after.no_step"))
            return
        choices = tuple((step, self.speech(f"ui.after.step.{step.value}")) for step in steps)
        meetings: list[tuple[int | None, str]] = [(None, "–")]
        meetings += [
            (
                each.id,
                f"{self.speech(f'meeting.kind.{each.kind.value}')} № {each.number}, {day_written(each.day)}",
            )
            for each in self.state.others
            if each.day >= self.state.view.day
        ]
        fields = (
            Field("step", Kind.CHOICE, "ui.after.col.step", steps[0], choices),
            Field("day", Kind.DAY, "ui.after.col.day", dt.date.today(), needed=True),
            Field("paper", Kind.LINE, "ui.after.col.paper"),
            Field("kk", Kind.TEXT, "ui.after.text_kk"),
            Field("ru", Kind.TEXT, "ui.after.text_ru"),
            Field("meeting_id", Kind.CHOICE, "ui.after.at_meeting", None, tuple(meetings)),
        )

        def save(values: dict[str, Any]) -> Work:
            return self.changing(
                after.add_step,
                item.id,
                Step(values["step"]),
                values["day"],
                paper=values["paper"],
                text=Trilingual(values["kk"], values["ru"]),
                meeting_id=values["meeting_id"],
            )

        self.form("ui.after.add_step", fields, save, "ui.after.step_words")

    @Slot()
    def remove_step(self) -> None:
        """Take back the last step."""
        key = self.step_model.key(self.steps.currentIndex())
        item = self.item
        if key is None and item is not None and item.follow_ups:
            key = item.follow_ups[-1].id
        if isinstance(key, int):
            self.store(after.remove_step, key)

    @Slot()
    def new_task(self) -> None:
        """Make a task of the decision."""
        item = self.item
        if item is None:
            return
        fields = (
            Field("kk", Kind.TEXT, "ui.after.text_kk", item.decision.kk),
            Field("ru", Kind.TEXT, "ui.after.text_ru", item.decision.ru),
            Field("responsible", Kind.LINE, "ui.after.col.who"),
            Field("due", Kind.DAY, "ui.after.col.due"),
        )

        def save(values: dict[str, Any]) -> Work:
            text = Trilingual(values["kk"], values["ru"])
            return self.changing(
                after.put_task, item.id, text, responsible=values["responsible"], due=values["due"]
            )

        self.form("ui.after.add_task", fields, save)

    @property
    def task(self) -> TaskView | None:
        """The task the list stands on, the first where none is chosen."""
        item, key = self.item, self.task_model.key(self.tasks.currentIndex())
        if item is None or not item.tasks:
            return None
        return next((each for each in item.tasks if each.id == key), item.tasks[0])

    @Slot()
    def report_task(self) -> None:
        """Say what came of a task."""
        task = self.task
        if task is None:
            return
        states = tuple((each, self.speech(f"ui.after.task.{each.value}")) for each in TaskState)
        fields = (
            Field("state", Kind.CHOICE, "ui.after.col.state", TaskState.DONE, states),
            Field("on", Kind.DAY, "ui.after.col.day", dt.date.today()),
            Field("report", Kind.TEXT, "ui.after.report_text", task.report),
        )

        def save(values: dict[str, Any]) -> Work:
            return self.changing(
                after.close_task, task.id, TaskState(values["state"]), values["on"], values["report"]
            )

        self.form("ui.after.report", fields, save)

    @Slot()
    def remove_task(self) -> None:
        """Take an open task back."""
        if self.task is not None:
            self.store(after.delete_task, self.task.id)

    def _half(self, half: int):  # type: ignore[no-untyped-def]
        def ask() -> None:
            if self.state is None or not self._halves:
                return
            view, kept = self.state.view, self._halves[half - 1]
            heard = view.id if kept.heard_at_id is None else kept.heard_at_id
            fields = (
                Field("reported_on", Kind.DAY, "ui.after.reported_on", kept.reported_on),
                Field("report", Kind.TEXT, "ui.after.monitoring_report", kept.report),
                Field("answered_on", Kind.DAY, "ui.after.answered_on", kept.answered_on),
                Field("answer", Kind.TEXT, "ui.after.answer", kept.answer),
            )
            self.form(
                "ui.after.monitoring",
                fields,
                lambda values: self.changing(
                    after.set_monitoring, view.unit_id, view.day.year, half, heard_at_id=heard, **values
                ),
            )

        return ask


def kind_key(kind: MeetingKind) -> str:
    """The catalogue key of a kind of meeting."""
    return f"meeting.kind.{kind.value}"

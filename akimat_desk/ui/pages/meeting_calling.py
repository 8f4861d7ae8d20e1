"""Calling a meeting: day, hour and place, the last days to act, the agenda, proof of publication."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.core.strings import Message
from akimat_desk.meetings import calling
from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Topic
from akimat_desk.meetings.rules.law import topics_for
from akimat_desk.meetings.states import MeetingState as State
from akimat_desk.meetings.states import PaperKind
from akimat_desk.meetings.views import BudgetPaper, ItemView, MovePaper
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.dialogs.files import ask_any
from akimat_desk.ui.dialogs.form import Field, Kind, hour_written, read_count, read_hour
from akimat_desk.ui.formats import day_written, read_day
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.meeting_part import MeetingPart, auto
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.autosave import AutoLine
from akimat_desk.ui.widgets.basics import button, card, label, table_view

_LINES = {
    "day": read_day, "starts": read_hour, "number": None, "place_kk": None, "place_ru": None,
    "notice_given": read_day, "materials_given": read_day, "entitled": read_count, "initiators": read_count,
    "representatives": read_count,
}  # fmt: skip


class CallingPart(MeetingPart):
    """The left column says when and where, the right one what about."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.lines: dict[str, AutoLine] = {}
        box = card(self)
        form = QFormLayout(box)
        form.setContentsMargins(14, 12, 14, 12)
        for name, read in _LINES.items():
            made = auto(read, self)
            made.kept.connect(self._keeper(name))
            made.refused.connect(self.not_read(f"ui.meeting.wrong.{_wrong(name)}"))
            self.lines[name] = made
            self.labelled(form, f"ui.meeting.{name}", made)
        self.convened = QComboBox(self)
        for convener in ConvenedBy:
            self.convened.addItem("", convener)
        self.convened.activated.connect(self._convened)
        self.labelled(form, "ui.meeting.convened_by", self.convened)
        self._form = form
        self.dates = label(wrap=True)
        form.addRow(self.dates)
        self.table = table_view(self)
        self.model = RowsModel(9, 9, self)
        self.table.setModel(self.model)
        self.table.activated.connect(self.edit_item)
        self.add = button("primary", self)
        self.add.clicked.connect(self.add_item)
        self.edit = button("plain", self)
        self.edit.clicked.connect(self.edit_item)
        self.up, self.down, self.remove = button("plain", self), button("plain", self), button("quiet", self)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.remove.clicked.connect(self._remove)
        self.files = RowsModel(9, 9, self)
        self.file_table = table_view(self)
        self.file_table.setModel(self.files)
        self.file_table.setMaximumHeight(130)
        self.attach, self.show_file, self.detach = (
            button("plain", self),
            button("plain", self),
            button("quiet", self),
        )
        self.attach.clicked.connect(self.attach_file)
        self.show_file.clicked.connect(self._show_file)
        self.detach.clicked.connect(self._detach)
        self.file_table.activated.connect(self._show_file)
        buttons = QHBoxLayout()
        for each in (self.add, self.edit, self.up, self.down, self.remove):
            buttons.addWidget(each)
        buttons.addStretch(1)
        file_buttons = QHBoxLayout()
        for each in (self.attach, self.show_file, self.detach):
            file_buttons.addWidget(each)
        file_buttons.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(box)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.words("ui.meeting.agenda", "subtitle"))
        right.addLayout(buttons)
        right.addWidget(self.table, 1)
        right.addWidget(self.words("ui.meeting.files", "subtitle"))
        right.addLayout(file_buttons)
        right.addWidget(self.file_table)
        across = QHBoxLayout(self)
        across.setSpacing(2 * SPACE)
        across.addLayout(left, 2)
        across.addLayout(right, 3)
        self.retranslate()

    def _keeper(self, name: str):  # type: ignore[no-untyped-def]
        def keep(value: object) -> None:
            if self.state is None:
                return
            if value is None and name in ("day",):
                self.said.emit("warning", Message("ui.meeting.wrong.day"))
                return
            self.store(calling.change_meeting, self.state.view.id, **{name: value})

        return keep

    # -- showing ------------------------------------------------------------------------------

    def fill(self) -> None:
        assert self.state is not None
        view = self.state.view
        values = {
            "day": day_written(view.day),
            "starts": hour_written(view.starts),
            "number": view.number,
            "place_kk": view.place.kk,
            "place_ru": view.place.ru,
            "notice_given": day_written(view.notice_given),
            "materials_given": day_written(view.materials_given),
            "entitled": _count(view.entitled_typed),
            "initiators": _count(view.initiators),
            "representatives": _count(view.representatives),
        }
        for name, text in values.items():
            self.lines[name].show_value(text)
        self.lines["entitled"].setPlaceholderText(_count(view.entitled))
        self.convened.setCurrentIndex(self.convened.findData(view.convened_by))
        for name, wanted in (
            ("initiators", view.convened_by is ConvenedBy.MEMBERS),
            ("representatives", view.kind is MeetingKind.SEPARATE_GATHERING),
        ):
            self._form.setRowVisible(self.lines[name], wanted)
        self._show_dates()
        heads = [self.speech(f"ui.meeting.col.{name}") for name in ("no", "title", "reporter", "paper")]
        kept = self.model.key(self.table.currentIndex())
        self.model.show_rows(heads, [self._item_row(item) for item in view.items])
        header = self.table.horizontalHeader()
        for column, width in enumerate((44, 300, 150, 190)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        row = self.model.row_of(kept)
        if view.items:
            self.table.setCurrentIndex(self.model.index(max(row, 0), 0))
        self.files.show_rows(
            [self.speech(f"ui.meeting.file.{name}") for name in ("kind", "name", "day")],
            [
                RowText(
                    (self.speech(f"ui.meeting.paper.{each.kind.value}"), each.name, day_written(each.day)),
                    key=each,
                )
                for each in view.papers
            ],
        )
        self.file_table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.file_table.horizontalHeader().resizeSection(0, 210)
        for made in (self.show_file, self.detach):
            made.setEnabled(bool(view.papers))

    def _show_dates(self) -> None:
        """The last days to act, and in words what is wrong with the chosen day."""
        assert self.state is not None
        view = self.state.view
        dates = calling.calling_dates(
            view.kind,
            view.day,
            tuple(item.topic for item in view.items),
            dt.date.today(),
            self.state.law,
            extraordinary=view.extraordinary,
            notice_given=view.notice_given,
        )
        lines = [self.speech("ui.meeting.notice_by", day=dates.notice_by, count=dates.notice_days)]
        if dates.materials_by is not None:
            lines.append(self.speech("ui.meeting.materials_by", day=dates.materials_by))
        before = view.state in (State.PLANNED, State.CALLED)
        for finding in dates.findings:
            if finding.code == "meeting.too_early" and not before:
                continue  # the card says it of a meeting that is over
            mark = "✖ " if finding.severity == "error" else "· "
            lines.append(mark + finding.message(self.speech.language))
        self.dates.setText("\n".join(lines))

    def _item_row(self, item: ItemView) -> RowText:
        papers = [self._paper(item.paper)] if item.paper is not None else []
        paper = "; ".join((*papers, *(self._move(move) for move in item.moves)))
        title = item.title.text(self.speech.language)
        return RowText((str(item.no), title, item.reporter, paper), key=item)

    def _paper(self, paper: BudgetPaper) -> str:
        return self.speech(
            f"ui.meeting.budget.{paper.kind}",
            year=paper.first_year,
            number=paper.number or "–",
            edition=paper.edition,
        )

    def _move(self, move: MovePaper) -> str:
        number = move.number or "–"
        return self.speech("ui.meeting.budget.move", year=move.year, number=number, day=move.date or "–")

    @Slot()
    def retranslate(self) -> None:
        for made, key in (
            (self.add, "add"), (self.edit, "edit"), (self.up, "up"), (self.down, "down"),
            (self.remove, "remove"), (self.attach, "attach"), (self.show_file, "show_file"),
            (self.detach, "detach"),
        ):  # fmt: skip
            made.setText(self.speech(f"ui.meeting.{key}"))
        for at, each in enumerate(ConvenedBy):
            self.convened.setItemText(at, self.speech(f"ui.meeting.convened.{each.value}"))
        self.table.setAccessibleName(self.speech("ui.meeting.agenda"))
        self.file_table.setAccessibleName(self.speech("ui.meeting.files"))
        super().retranslate()

    # -- changing -----------------------------------------------------------------------------

    @Slot(int)
    def _convened(self, _row: int) -> None:
        if self.state is not None:
            value = self.convened.currentData()
            self.store(calling.change_meeting, self.state.view.id, convened_by=ConvenedBy(value).value)

    @property
    def item(self) -> ItemView | None:
        """The item the agenda stands on."""
        key = self.model.key(self.table.currentIndex())
        return key if isinstance(key, ItemView) else None

    def _fields(self, item: ItemView | None) -> list[Field]:
        assert self.state is not None
        kind = self.state.view.kind
        own = topics_for(kind)
        others = [topic for topic in Topic if topic not in own]
        topics = [(topic, self.speech(f"meeting.topic.{topic.value}")) for topic in own]
        topics += [(topic, f"⚠ {self.speech(f'meeting.topic.{topic.value}')}") for topic in others]
        papers: list[tuple[object, str]] = [(None, self.speech("ui.meeting.no_paper"))]
        papers += [(each.document_id, self._paper(each)) for each in self.state.papers]
        moves = {each.adjustment_id: each for each in (*self.state.moves, *(item.moves if item else ()))}
        papers += [(each.choice, self._move(each)) for each in moves.values()]
        named: object = item.paper.document_id if item and item.paper else None
        if item and item.moves:
            named = item.moves[0].choice
        return [
            Field("topic", Kind.CHOICE, "ui.meeting.topic", item.topic if item else own[0], tuple(topics)),
            Field("title_kk", Kind.TEXT, "ui.meeting.title_kk", item.title.kk if item else ""),
            Field("title_ru", Kind.TEXT, "ui.meeting.title_ru", item.title.ru if item else ""),
            Field("reporter", Kind.LINE, "ui.meeting.col.reporter", item.reporter if item else ""),
            Field(
                "document_id",
                Kind.CHOICE,
                "ui.meeting.col.paper",
                named,
                tuple(papers),
            ),
        ]

    @Slot()
    def add_item(self) -> None:
        """Put an item on the agenda; the topics are those the law gives to this kind of meeting."""
        if self.state is None:
            return
        meeting_id = self.state.view.id

        def save(values: dict[str, Any]):  # type: ignore[no-untyped-def]
            desk = self.context.desk
            return lambda _task: desk.area(MeetingsDesk).put_item(meeting_id, None, values)

        self.form("ui.meeting.add", self._fields(None), save, "ui.meeting.item_words")

    @Slot()
    def edit_item(self) -> None:
        """Change the chosen item."""
        item = self.item
        if item is not None and self.state is not None:
            desk, meeting_id = self.context.desk, self.state.view.id

            def save(values: dict[str, Any]):  # type: ignore[no-untyped-def]
                return lambda _task: desk.area(MeetingsDesk).put_item(meeting_id, item.id, values)

            self.form("ui.meeting.edit", self._fields(item), save)

    @Slot()
    def _up(self) -> None:
        if self.item is not None:
            self.store(calling.move_item, self.item.id, -1)

    @Slot()
    def _down(self) -> None:
        if self.item is not None:
            self.store(calling.move_item, self.item.id, 1)

    @Slot()
    def _remove(self) -> None:
        if self.item is not None:
            self.store(calling.remove_item, self.item.id)

    # -- files --------------------------------------------------------------------------------

    @Slot()
    def attach_file(self) -> None:
        """Keep a file with the meeting: proof of publication first of all."""
        if self.state is None:
            return
        path = ask_any(self.context, self, self.speech("ui.meeting.attach"))
        if path is None:
            return
        meeting_id = self.state.view.id
        kinds = tuple((each, self.speech(f"ui.meeting.paper.{each.value}")) for each in PaperKind)
        fields = (
            Field("kind", Kind.CHOICE, "ui.meeting.file.kind", PaperKind.PUBLICATION, kinds),
            Field("day", Kind.DAY, "ui.meeting.file.day", self.state.view.notice_given),
            Field("note", Kind.LINE, "ui.meeting.file.note"),
        )

        def save(values: dict[str, Any]):  # type: ignore[no-untyped-def]
            from akimat_desk.intake.doors import load_file

            kind = values.pop("kind")
            return lambda task: self.changing(
                calling.attach_paper, meeting_id, kind, path.name, load_file(path), **values
            )(task)

        self.form("ui.meeting.attach", fields, save)

    @Slot()
    def _show_file(self) -> None:
        key = self.files.key(self.file_table.currentIndex())
        if key is None and self.files.rowCount():
            key = self.files.key(self.files.index(0, 0))
        if key is None:
            return
        desk = self.context.desk
        folder = self.context.settings.folder("report")
        self.context.do(
            lambda _task: desk.save_source(key.attachment_id, folder / key.name),  # type: ignore[attr-defined]
            self._saved,
            "",
            self._refused,
        )

    @Slot(object)
    def _saved(self, path: object) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    @Slot()
    def _detach(self) -> None:
        key = self.files.key(self.file_table.currentIndex())
        if key is not None:
            self.store(calling.detach_paper, key.id)  # type: ignore[attr-defined]


def _count(value: int | None) -> str:
    return "" if value is None else str(value)


def _wrong(name: str) -> str:
    return {"starts": "hour", "entitled": "count", "initiators": "count", "representatives": "count"}.get(
        name, "day"
    )

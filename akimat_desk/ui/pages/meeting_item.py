"""One item in the hall: who said what, the vote, the verdict with its rule, the decision."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.meetings import calling, holding
from akimat_desk.meetings.kinds import Status, Vote
from akimat_desk.meetings.states import MeetingState as State
from akimat_desk.meetings.states import SpeechKind
from akimat_desk.meetings.views import ItemView, SpeechView
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingState
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.dialogs.form import Field, Kind, read_count
from akimat_desk.ui.dialogs.speech import SpeechDialog
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.models.hall import VotesModel
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.meeting_part import MeetingPart, auto, now
from akimat_desk.ui.widgets.autosave import AutoLine, AutoText
from akimat_desk.ui.widgets.basics import Drawing, button, label, table_view
from akimat_desk.ui.work import Work

_VOTES = ("for", "against", "abstained")
_KEYS: dict[int, Vote | None] = {
    Qt.Key.Key_1: Vote.FOR,
    Qt.Key.Key_2: Vote.AGAINST,
    Qt.Key.Key_3: Vote.ABSTAINED,
    Qt.Key.Key_Delete: None,
}


class ItemPart(MeetingPart):
    """Everything typed here is stored at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.item_id: int | None = None
        self._title = label("subtitle", wrap=True)
        self.reporter = auto(parent=self)
        self.reporter.kept.connect(lambda value: self._change(reporter=value))
        self.speeches = table_view(self)
        self.speech_model = RowsModel(9, 9, self)
        self.speeches.setModel(self.speech_model)
        self.speeches.setFixedHeight(self.fontMetrics().height() * 6)
        self.speeches.activated.connect(self.edit_speech)
        self.say, self.change_said, self.unsay = (
            button("plain", self),
            button("plain", self),
            button("quiet", self),
        )
        self.say.clicked.connect(self.add_speech)
        self.change_said.clicked.connect(self.edit_speech)
        self.unsay.clicked.connect(self.remove_speech)
        self.voted = QCheckBox(self)
        self.voted.clicked.connect(lambda checked: self._change(put_to_vote=checked))
        self.lines: dict[str, AutoLine] = {}
        votes = QHBoxLayout()
        votes.addWidget(self.voted)
        for name in _VOTES:
            line = auto(read_count, self)
            line.setFixedWidth(64)
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.kept.connect(self._totals)
            line.refused.connect(self.not_read("ui.meeting.wrong.count"))
            line.returnPressed.connect(self._next)
            self.lines[name] = line
            votes.addWidget(self.words(f"ui.hall.vote.{name}", buddy=line))
            votes.addWidget(line)
        self.by_name = button("plain", self)
        self.by_name.clicked.connect(self.vote_by_name)
        self.unanimous = button("plain", self)
        self.unanimous.clicked.connect(self.all_for)
        votes.addStretch(1)
        self._mark = Drawing("info", 20, parent=self)
        self.verdict = label(wrap=True)
        outcome = QHBoxLayout()
        outcome.addWidget(self._mark)
        outcome.addWidget(self.verdict, 1)
        outcome.addWidget(self.unanimous)
        outcome.addWidget(self.by_name)
        self.decision_kk, self.decision_ru = AutoText(3, self), AutoText(3, self)
        self.decision_kk.kept.connect(lambda value: self._change(decision_kk=value))
        self.decision_ru.kept.connect(lambda value: self._change(decision_ru=value))
        buttons = QHBoxLayout()
        for made in (self.say, self.change_said, self.unsay):
            buttons.addWidget(made)
        buttons.addStretch(1)
        grid = QGridLayout()
        grid.addWidget(self.words("ui.hall.decision_kk", buddy=self.decision_kk), 0, 0)
        grid.addWidget(self.words("ui.hall.decision_ru", buddy=self.decision_ru), 0, 1)
        grid.addWidget(self.decision_kk, 1, 0)
        grid.addWidget(self.decision_ru, 1, 1)
        reporter = QHBoxLayout()
        reporter.addWidget(self.words("ui.meeting.col.reporter", buddy=self.reporter))
        reporter.addWidget(self.reporter, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self._title)
        column.addLayout(reporter)
        column.addLayout(buttons)
        column.addWidget(self.speeches)
        column.addLayout(votes)
        column.addLayout(outcome)
        column.addLayout(grid)
        column.addStretch(1)
        self.retranslate()

    def show_item(self, state: MeetingState, item_id: int) -> None:
        """Show an item of the record; what was being typed of another is stored before."""
        if self.item_id not in (None, item_id):
            for line in (*self.lines.values(), self.reporter):
                line.keep()
            for text in (self.decision_kk, self.decision_ru):
                text.keep()
        self.item_id = item_id
        self.show_state(state)

    @property
    def item(self) -> ItemView | None:
        """The item shown, as it is on record."""
        if self.state is None or self.item_id is None:
            return None
        return next((each for each in self.state.view.items if each.id == self.item_id), None)

    # -- showing ------------------------------------------------------------------------------

    def fill(self) -> None:
        item = self.item
        if item is None:
            return
        self._title.setText(f"{item.no}. {item.title.text(self.speech.language)}")
        self.reporter.show_value(item.reporter)
        kept = self.speech_model.key(self.speeches.currentIndex())
        self.speech_model.show_rows(
            [self.speech(f"ui.hall.col.{name}") for name in ("kind", "speaker", "gist")],
            [
                RowText(
                    (
                        self.speech(f"report.meeting.speech.{each.kind.value}"),
                        each.speaker,
                        each.gist.text(self.speech.language),
                    ),
                    key=each.id,
                )
                for each in item.speeches
            ],
        )
        header = self.speeches.horizontalHeader()
        header.resizeSection(0, 120)
        header.resizeSection(1, 190)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        row = self.speech_model.row_of(kept)
        if row >= 0:
            self.speeches.setCurrentIndex(self.speech_model.index(row, 0))
        for made in (self.change_said, self.unsay):
            made.setEnabled(bool(item.speeches))
        decides = self.state is not None and self.state.view.kind.decides
        self.voted.setVisible(decides)
        self.voted.setChecked(item.put_to_vote)
        counts = (item.votes_for, item.votes_against, item.votes_abstained)
        for name, count in zip(_VOTES, counts, strict=True):
            self.lines[name].show_value("" if count is None else str(count))
            self.lines[name].setEnabled(item.put_to_vote and decides)
        self.by_name.setEnabled(item.put_to_vote and decides)
        self.unanimous.setEnabled(item.put_to_vote and decides)
        self.decision_kk.show_value(item.decision.kk)
        self.decision_ru.show_value(item.decision.ru)
        self._show_verdict(item)

    def _show_verdict(self, item: ItemView) -> None:
        """Adopted or not, with what is and what is needed; what cannot be so is said at once."""
        assert self.state is not None
        found = next((v for v in self.state.card.verdicts if v.rule == f"majority:{item.no}"), None)
        wrong = next(
            (
                each
                for each in self.state.card.findings
                if each.fields.get("no") == item.no and each.severity == "error"
            ),
            None,
        )
        language = self.speech.language
        if wrong is not None and item.adopted is None:
            self.verdict.setText(wrong.message(language))
            self._mark.show_drawing("error", "error")
            return
        if found is None or item.adopted is None:
            key = "ui.hall.not_voted" if item.put_to_vote else "ui.hall.only_heard"
            self.verdict.setText(self.speech(key))
            self._mark.show_drawing("info", "info")
            return
        answer = self.speech("ui.hall.adopted.yes" if item.adopted else "ui.hall.adopted.no")
        self.verdict.setText(f"{answer}: {found.needed_text.text(language)}. {self.speech(found.article)}")
        good = found.status is Status.KEPT and item.adopted
        self._mark.show_drawing("good" if good else "warning", "good" if good else "warning")

    @Slot()
    def retranslate(self) -> None:
        for made, key in (
            (self.say, "say"), (self.change_said, "change_said"), (self.unsay, "unsay"),
            (self.by_name, "by_name"), (self.unanimous, "unanimous"), (self.voted, "put_to_vote"),
        ):  # fmt: skip
            made.setText(self.speech(f"ui.hall.{key}"))
        self.speeches.setAccessibleName(self.speech("ui.hall.speeches"))
        super().retranslate()

    # -- changing -----------------------------------------------------------------------------

    def _change(self, **fields: object) -> None:
        if self.item_id is not None:
            self.store(calling.change_item, self.item_id, **fields)

    @Slot()
    def _totals(self) -> None:
        """Store the three numbers as they stand in their fields."""
        if self.item_id is None:
            return
        try:
            counts = [read_count(self.lines[name].text()) for name in _VOTES]
        except ValueError:
            return  # the field itself has said so
        hour = now() if self.state is not None and self.state.view.state is State.OPEN else None
        self.store(holding.vote_totals, self.item_id, counts[0], counts[1], counts[2], at=hour)

    @Slot()
    def _next(self) -> None:
        """Enter steps from one number to the next, as on a form of paper."""
        self.focusNextChild()

    @Slot()
    def all_for(self) -> None:
        """Everybody in the hall is for it."""
        if self.item_id is None or self.state is None:
            return
        present = self.state.view.in_hall() or 0
        hour = now() if self.state.view.state is State.OPEN else None
        self.store(holding.vote_totals, self.item_id, present, 0, 0, at=hour)

    @Slot()
    def vote_by_name(self) -> None:
        """Each member's vote by a key."""
        item = self.item
        if item is None or self.state is None:
            return
        hour = now() if self.state.view.state is State.OPEN else None
        here = [
            (person.person_id, person.name)
            for person in self.state.view.people
            if person.person_id is not None and not person.guest and person.in_hall(None)
        ]
        NamedVotes(self.context, here, item, hour, self).run()

    def _speech_fields(self, said: SpeechView | None) -> tuple[Field, ...]:
        kinds = tuple((each, self.speech(f"report.meeting.speech.{each.value}")) for each in SpeechKind)
        return (
            Field("kind", Kind.CHOICE, "ui.hall.col.kind", said.kind if said else SpeechKind.SPEECH, kinds),
            Field("speaker", Kind.LINE, "ui.hall.col.speaker", said.speaker if said else ""),
            Field("gist_kk", Kind.TEXT, "ui.hall.gist_kk", said.gist.kk if said else ""),
            Field("gist_ru", Kind.TEXT, "ui.hall.gist_ru", said.gist.ru if said else ""),
        )

    @property
    def said_now(self) -> SpeechView | None:
        """The speech the list stands on."""
        item, key = self.item, self.speech_model.key(self.speeches.currentIndex())
        return next((each for each in item.speeches if each.id == key), None) if item else None

    @Slot()
    def add_speech(self) -> None:
        """The gist of what somebody said."""
        if self.item_id is not None:
            title, fields = "ui.hall.say", self._speech_fields(None)
            SpeechDialog(self.context, title, fields, self.item_id, None, self).run()

    @Slot()
    def edit_speech(self) -> None:
        """Correct what was written of a speech."""
        said = self.said_now
        if said is not None and self.item_id is not None:
            title, fields = "ui.hall.change_said", self._speech_fields(said)
            SpeechDialog(self.context, title, fields, self.item_id, said, self).run()

    @Slot()
    def remove_speech(self) -> None:
        """Take a speech off the record."""
        if self.said_now is not None:
            self.store(holding.remove_speech, self.said_now.id)


class NamedVotes(SavingDialog):
    """A list gone through by keys: 1 for, 2 against, 3 abstained, Delete takes a vote back."""

    def __init__(
        self,
        context: Context,
        people: list[tuple[int, str]],
        item: ItemView,
        hour: Any,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._item, self._hour = item, hour
        words = {vote: context.speech(f"ui.hall.vote.{vote.value}") for vote in Vote}
        heads = (context.speech("ui.people.name"), context.speech("ui.hall.vote"))
        self.model = VotesModel(people, item.votes, words, heads, self)
        self.model.changed.connect(self._count)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().resizeSection(1, 150)
        self.total = label("unit")
        self.table.installEventFilter(self)
        buttons = QHBoxLayout()
        for vote in Vote:
            made = button("plain", self)
            made.setText(words[vote])
            made.clicked.connect(self._setter(vote))
            buttons.addWidget(made)
        buttons.addStretch(1)
        self.content.addWidget(self.table, 1)
        self.content.addLayout(buttons)
        self.content.addWidget(self.total)
        self.resize(620, 560)
        if people:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.retranslate()
        self._count()

    def _setter(self, vote: Vote | None):  # type: ignore[no-untyped-def]
        def set_vote() -> None:
            row = self.table.currentIndex().row()
            if row < 0:
                return
            self.model.set_vote(row, vote)
            below = self.model.index(min(row + 1, self.model.rowCount() - 1), 0)
            self.table.selectionModel().setCurrentIndex(
                below,
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

        return set_vote

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list: a digit or Delete is a vote and steps on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _KEYS:
            self._setter(_KEYS[event.key()])()
            return True
        return super().eventFilter(watched, event)

    def fault(self) -> str | None:
        return None if self.model.votes else self.speech("ui.hall.no_votes")

    @Slot()
    def _count(self) -> None:
        cast = [vote for _, vote in self.model.votes]
        counts = {vote.value: cast.count(vote) for vote in Vote}
        self.total.setText(
            self.speech(
                "ui.hall.vote_total",
                yes=counts["for"],
                no=counts["against"],
                abstained=counts["abstained"],
                left=self.model.rowCount() - len(cast),
            )
        )

    def work(self) -> Work:
        from akimat_desk.ui.desks.meetings import MeetingsDesk

        desk, item_id, votes, hour = self.context.desk, self._item.id, self.model.votes, self._hour
        return lambda _task: desk.area(MeetingsDesk).change(holding.vote_by_name, item_id, votes, at=hour)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.hall.by_name"))
        self.words.setText(self.speech("ui.hall.by_name_words"))
        self.accept_button.setText(self.speech("ui.form.save"))
        self.table.setAccessibleName(self.speech("ui.hall.by_name"))

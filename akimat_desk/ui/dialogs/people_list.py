"""A list of people read from a file, row by row, before anything is stored."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from akimat_desk.meetings.lists import ListRow, RowState, take_in_people
from akimat_desk.meetings.states import Body
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.formats import day_written
from akimat_desk.ui.icons import icon
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.theme import tokens
from akimat_desk.ui.widgets.basics import table_view
from akimat_desk.ui.work import Work

_ICON = {
    RowState.NEW: ("new", "accent"),
    RowState.KNOWN: ("good", "good"),
    RowState.SAME: ("info", "info"),
    RowState.ERROR: ("error", "error"),
}


class ListPreview(SavingDialog):
    """The rows of a list with what would become of each; nothing is stored before it is accepted."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        rows: list[ListRow],
        body: Body | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self.rows, self._body = unit_id, rows, body
        self.table = table_view(self)
        self.model = RowsModel(9, 9, self)
        self.table.setModel(self.model)
        self.content.addWidget(self.table, 1)
        self.resize(980, 560)
        self.retranslate()

    def work(self) -> Work:
        desk, unit_id, rows, body = self.context.desk, self._unit_id, self.rows, self._body
        return lambda _task: desk.area(MeetingsDesk).change(take_in_people, unit_id, rows, body)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.action.take_in_list"))
        wrong = sum(row.state is RowState.ERROR for row in self.rows)
        fresh = sum(row.state in (RowState.NEW, RowState.KNOWN) for row in self.rows)
        self.words.setText(speech("ui.people.preview_words", fresh=fresh, wrong=wrong))
        self.accept_button.setText(speech("ui.people.take_in"))
        self.table.setAccessibleName(speech("ui.people.people"))
        heads = ("row", "name", "locality", "since", "state")
        self.model.show_rows(
            [speech(f"ui.people.col.{name}") for name in heads],
            [
                RowText(
                    (
                        str(row.row),
                        row.name,
                        row.locality,
                        day_written(row.since),
                        speech(f"meeting.list.{row.state.value}")
                        + (f": {row.problem.text(speech.language)}" if row.problem else ""),
                    ),
                    icon=icon(_ICON[row.state][0], getattr(tokens(), _ICON[row.state][1])),
                )
                for row in self.rows
            ],
        )
        header = self.table.horizontalHeader()
        for column, width in enumerate((70, 280, 170, 100)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)

"""Numbers about meetings of a year: the sheet that goes upward, to look at, save and print."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from akimat_desk.core.language import Language
from akimat_desk.meetings.numbers import meeting_years
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.meetings import meeting_year_report
from akimat_desk.reports.registry import DocLanguage
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.meetings import MeetingsDesk
from akimat_desk.ui.pages.sheet import SheetPage
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import ActionButton, label

Answer = tuple[int, list[int], ReportDocument]


class MeetingNumbersPage(SheetPage):
    """A year at the top, the sheet below."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._title = label("title")
        self._year_label = label("quiet")
        self.year = QComboBox(self)
        self.year.activated.connect(self.refresh)
        self._year_label.setBuddy(self.year)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._year_label)
        head.addWidget(self.year)
        head.addWidget(ActionButton(actions["save_pdf"], "primary", self))
        for name in ("save_xlsx", "save_docx", "print"):
            head.addWidget(ActionButton(actions[name], "plain", self))
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(body, 1)
        self.retranslate()

    @Slot()
    def refresh(self) -> None:
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            return
        desk, today = self.context.desk, dt.date.today()
        chosen = self.year.currentData()
        language = DocLanguage.RU if self.speech.language is Language.RU else DocLanguage.KK

        def ask(_task: object) -> Answer:
            area = desk.area(MeetingsDesk)
            years = area.ask(meeting_years, unit_id)
            year = chosen if chosen in years else years[0] if years else today.year
            return year, years or [year], area.ask(meeting_year_report, unit_id, year, language, today)

        self.context.ask(ask, self._show)

    @Slot(object)
    def _show(self, answer: Answer) -> None:
        year, years, document = answer
        self.year.blockSignals(True)
        self.year.clear()
        for each in years:
            self.year.addItem(str(each), each)
        self.year.setCurrentIndex(self.year.findData(year))
        self.year.blockSignals(False)
        self.preview.show_documents([document])
        self.provide()

    @Slot()
    def retranslate(self) -> None:
        self._title.setText(self.speech("ui.page.meeting_numbers"))
        self._year_label.setText(self.speech("ui.numbers.year"))
        self.year.setAccessibleName(self.speech("ui.numbers.year"))
        self.preview.setAccessibleName(self.speech("ui.page.meeting_numbers"))
        if self.preview.documents:
            self.refresh()

"""Closing months and the year, and opening the last closed one again with a reason."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from akimat_desk.budget.periods.closing import WHOLE_YEAR, ClosedPeriod, period_name
from akimat_desk.core import dates
from akimat_desk.core.errors import AkimatError
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.adjustments import AdjustmentsDesk, AdjustmentsOfYear
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.widgets.basics import button, label, table_view


class PeriodsDialog(Dialog):
    """Every closing of the year; the next month is closed, the last closed one opened again."""

    def __init__(self, context: Context, unit_id: int, year: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._unit_id, self._year = unit_id, year
        self._periods: tuple[ClosedPeriod, ...] = ()
        self.model = RowsModel(numbers_from=4, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.close_button, self.reopen_button = button("primary", self), button("plain", self)
        self.close_button.clicked.connect(self._close_next)
        self.reopen_button.clicked.connect(self._reopen_last)
        self._label = label(wrap=True)
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(70)
        self._label.setBuddy(self.reason)
        for part in (self.table, self.close_button, self._label, self.reason, self.reopen_button):
            self.content.addWidget(part)
        self.reject_button.hide()
        self.resize(760, 560)
        self.retranslate()
        self._ask()

    @classmethod
    def tell(cls, context: Context, unit_id: int, year: int, parent: QWidget | None) -> None:
        """Show it until it is put away."""
        cls(context, unit_id, year, parent).run()

    @property
    def closed(self) -> list[int]:
        """The periods closed now, in order; 0 is the year."""
        return [each.month for each in self._periods if each.reopened_at is None]

    @property
    def following(self) -> int | None:
        """What is closed next: a month, 0 for the year, None when the year is closed."""
        if WHOLE_YEAR in self.closed:
            return None
        month = 1 + max(self.closed, default=0)
        return month if month <= 12 else WHOLE_YEAR

    def _ask(self) -> None:
        desk, unit, year = self.context.desk, self._unit_id, self._year
        self.context.ask(lambda _task: desk.area(AdjustmentsDesk).adjustments(unit, year), self._show)

    @Slot(object)
    def _show(self, answer: AdjustmentsOfYear) -> None:
        self._periods = answer.periods
        self.retranslate()

    @Slot()
    def _close_next(self) -> None:
        desk, unit, year, month = self.context.desk, self._unit_id, self._year, self.following
        if month is not None:
            self.context.do(
                lambda _task: desk.area(AdjustmentsDesk).close_period(unit, year, month),
                self._done,
                "ui.work.store",
                self._refused,
            )

    @Slot()
    def _reopen_last(self) -> None:
        if not self.closed:
            return
        month = WHOLE_YEAR if WHOLE_YEAR in self.closed else max(self.closed)
        desk, unit, year, reason = self.context.desk, self._unit_id, self._year, self.reason.toPlainText()
        self.context.do(
            lambda _task: desk.area(AdjustmentsDesk).reopen_period(unit, year, month, reason),
            self._done,
            "ui.work.store",
            self._refused,
        )

    @Slot(object)
    def _done(self, _nothing: object) -> None:
        self.problem.hide()
        self.reason.clear()
        self._ask()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.object_to(problem.message.text(self.speech.language))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, language = self.speech, self.speech.language
        self.setWindowTitle(speech("ui.periods.title", year=self._year))
        self.words.setText(speech("ui.periods.words"))
        self._label.setText(speech("ui.periods.reason"))
        self.accept_button.setText(speech("ui.understood"))
        self.table.setAccessibleName(speech("ui.periods.title", year=self._year))
        month = self.following
        self.close_button.setEnabled(month is not None)
        named = period_name(self._year, month).text(language) if month is not None else ""
        self.close_button.setText(
            speech("ui.periods.close", period=named) if named else speech("ui.periods.all_closed")
        )
        self.reopen_button.setText(speech("ui.periods.reopen"))
        self.reopen_button.setEnabled(bool(self.closed))
        self.reason.setEnabled(bool(self.closed))
        heads = [speech(f"ui.periods.column.{name}") for name in ("period", "closed", "reopened", "reason")]
        rows = [
            RowText(
                (
                    period_name(each.year, each.month).text(language),
                    dates.short(each.closed_at.date()),
                    dates.short(each.reopened_at.date()) if each.reopened_at is not None else "",
                    each.reason,
                )
            )
            for each in self._periods
        ]
        self.model.show_rows(heads, rows)
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((26, 16, 18, 20)):
            self.table.setColumnWidth(column, share * wide)
        self.table.horizontalHeader().setStretchLastSection(True)

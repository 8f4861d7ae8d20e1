"""The page "Totals": a month over the units, ranked and shaded; lines, meetings, how to read the sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTabWidget, QVBoxLayout, QWidget

from akimat_desk.budget.figures import Figure
from akimat_desk.core.money import table_amount
from akimat_desk.exchange.letters import period_name
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.totals import PeriodTotals, UnitPeriod, percent
from akimat_desk.reports.grid import shown_decimal
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.totals import TotalsAnswer, TotalsDesk
from akimat_desk.ui.form_saver import FormSaver
from akimat_desk.ui.guard import guarded
from akimat_desk.ui.models.rows import Index, RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.pages.saving import SavesPaper
from akimat_desk.ui.theme import SPACE, tokens
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, RoomyComboBox, label, table_view

_HEADS = (
    "number", "unit", "plan", "revenue", "revenue_percent", "own", "transfers", "costs", "costs_percent",
    "ratio", "held", "share",
)  # fmt: skip
#: How many of those that are late are named above the table; the report names all.
_NAMED = 4
#: The columns that are shaded: the higher, the better.
_SHADED = (4, 8, 9, 11)
_MEETINGS = (
    "called",
    "held",
    "quorum",
    "lawful",
    "entitled",
    "present",
    "adopted",
    "tasks_in_time",
    "tasks_late",
)


class HeatModel(RowsModel):
    """Rows whose shaded columns are coloured by thirds: the lowest third, the middle, the highest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(numbers_from=2, parent=parent)
        self._heat: dict[tuple[int, int], int] = {}

    def show_heat(self, values: dict[tuple[int, int], Decimal]) -> None:
        """``values`` by row and column; each column is divided into thirds of its own."""
        self._heat = {}
        for column in {place[1] for place in values}:
            there = sorted({value for (_, at), value in values.items() if at == column})
            for (row, at), value in values.items():
                if at == column and len(there) > 1:
                    self._heat[row, at] = min(there.index(value) * 3 // len(there), 2)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    @guarded(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        third = self._heat.get((index.row(), index.column()))
        if role == Qt.ItemDataRole.BackgroundRole and third is not None:
            look = tokens()
            return QColor((look.error_soft, look.warning_soft, look.good_soft)[third])
        return super().data(index, role)


class TotalsPage(SavesPaper, Page):
    """Units above with the total, below them by tabs lines, meetings and the reconciliation."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._answer: TotalsAnswer | None = None
        self.forms = FormSaver(context, self)
        self.bar = Bar(self.speech, self)
        self._title, self._month_label, self._year_label = label("title"), label("quiet"), label("quiet")
        self.year = RoomyComboBox(8, self)
        self.month = RoomyComboBox(24, self)
        for box, made in ((self.year, self._year_label), (self.month, self._month_label)):
            box.activated.connect(self.refresh)
            made.setBuddy(box)
        self.said = label(wrap=True, selectable=True)
        self.units = HeatModel(self)
        self.units_table = table_view(self)
        self.units_table.setModel(self.units)
        self.units_table.activated.connect(self._look_into)
        self.lines = RowsModel(numbers_from=2, parent=self)
        self.lines_table = table_view(self)
        self.lines_table.setModel(self.lines)
        self.meetings = RowsModel(numbers_from=1, parent=self)
        self.meetings_table = table_view(self)
        self.meetings_table.setModel(self.meetings)
        self.reading = RowsModel(numbers_from=1, parent=self)
        self.reading_table = table_view(self)
        self.reading_table.setModel(self.reading)
        self.tabs = QTabWidget(self)
        for table in (self.units_table, self.lines_table, self.meetings_table, self.reading_table):
            self.tabs.addTab(table, "")
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        for widget in (self._title, self._year_label, self.year, self._month_label, self.month):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(ActionButton(self.actions_["save_pdf"], "primary", self))
        for name in ("save_xlsx", "save_docx"):
            head.addWidget(ActionButton(self.actions_[name], "plain", self))
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addWidget(self.said)
        body.addWidget(self.tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.forms.bar)
        column.addLayout(body, 1)

    def provide(self) -> None:
        """The totals can be saved where there are any."""
        there = not self.isHidden() and self._answer is not None and self._answer.totals is not None
        self.actions_.provide("report", there)
        for each in ("pdf", "xlsx", "docx"):
            self.actions_.provide(f"report_{each}", there)

    @property
    def period(self) -> Period | None:
        """The month chosen; None before anything is known."""
        year, month = self.year.currentData(), self.month.currentData()
        return Period(year, month) if year is not None and month is not None else None

    @Slot()
    def refresh(self) -> None:
        desk, period = self.context.desk, self.period
        if self.context.workspace is not None:
            self.context.ask(lambda _task: desk.area(TotalsDesk).totals(period), self._show)

    @Slot(object)
    def _show(self, answer: TotalsAnswer) -> None:
        self._answer = answer
        for box, values, chosen in (
            (self.year, answer.years, answer.period.year),
            (self.month, tuple(range(1, 13)), answer.period.month),
        ):
            if [box.itemData(place) for place in range(box.count())] != list(values):
                box.clear()
                for value in values:
                    box.addItem(str(value), value)
            box.setCurrentIndex(box.findData(chosen))
        if answer.why is not None:
            self.bar.say("info", answer.why)
        else:
            self.bar.hide()
        self.provide()
        self.retranslate()

    @Slot(QModelIndex)
    def _look_into(self, index: QModelIndex) -> None:
        """Enter on a unit: its execution, with the documents that it rests on."""
        unit_id = self.units.key(index)
        if isinstance(unit_id, int):
            self.context.choose_unit(unit_id)
            self.actions_["page_execution"].trigger()

    # -- saving -------------------------------------------------------------------------------

    def _save(self, file_format: str) -> None:
        period, desk = self.period, self.context.desk
        if period is not None:
            language = self.context.settings.text("doc_language", "kk")
            name = f"{self.speech('ui.page.totals')} {period} ({language}).{file_format}"
            self.forms.save(name, lambda _task: desk.area(TotalsDesk).report(period, language))

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.totals"))
        self._year_label.setText(speech("ui.receive.year"))
        self._month_label.setText(speech("ui.totals.month"))
        self.year.setAccessibleName(speech("ui.receive.year"))
        self.month.setAccessibleName(speech("ui.totals.month"))
        self.tabs.setAccessibleName(speech("ui.page.totals"))
        tables = (self.units_table, self.lines_table, self.meetings_table, self.reading_table)
        for place, (tab, table) in enumerate(
            zip(("units", "lines", "meetings", "reading"), tables, strict=True)
        ):
            self.tabs.setTabText(place, speech(f"ui.totals.tab.{tab}"))
            table.setAccessibleName(speech(f"ui.totals.tab.{tab}"))
        for place in range(self.month.count()):
            period = Period(self.year.currentData() or 2000, self.month.itemData(place))
            self.month.setItemText(place, period_name(period, speech.language))
        totals = self._answer.totals if self._answer is not None else None
        self.said.setText(self._said(totals) if totals is not None else "")
        self._show_units(totals)
        self._show_lines(totals)
        self._show_meetings(totals)
        self._show_reading(totals)

    def _said(self, totals: PeriodTotals) -> str:
        language = self.speech.language
        fields = {
            "ratio": shown_decimal(str(totals.ratio)) if totals.ratio is not None else "–",
            "mean": shown_decimal(str(totals.mean)) if totals.mean is not None else "–",
            "target": shown_decimal(str(totals.target)) if totals.target is not None else "–",
        }
        said = self.speech("report.totals.ratio", **fields)
        if totals.late:
            names = ", ".join(part.unit.name.text(language) for part in totals.late[:_NAMED])
            names += ", …" if len(totals.late) > _NAMED else ""
            late = self.speech("report.totals.late", count=len(totals.late), names=names)
            said += " " + (late.removesuffix(".") if len(totals.late) > _NAMED else late)
        return said

    def _show_units(self, totals: PeriodTotals | None) -> None:
        speech, language, rows, heat = self.speech, self.speech.language, [], {}
        for place, part in enumerate(totals.ranked() if totals is not None else ()):
            shares = _shares(part)
            rows.append(
                RowText(
                    (str(place + 1), part.unit.name.text(language), *_amounts(part, shares)),
                    key=part.unit.id,
                )
            )
            for column, value in zip(_SHADED, shares, strict=True):
                if value is not None:
                    heat[place, column] = value
        if totals is not None:
            plan, done = totals.planned, totals.executed
            held = sum(counts.held for counts in totals.meetings)
            present = sum(counts.present for counts in totals.meetings)
            entitled = sum(counts.entitled for counts in totals.meetings)
            cells = (
                "",
                speech("report.totals.total"),
                table_amount(plan.get(Figure.REVENUE_TOTAL)),
                table_amount(done.get(Figure.REVENUE_TOTAL)),
                _shown(percent(done.get(Figure.REVENUE_TOTAL), plan.get(Figure.REVENUE_TOTAL))),
                table_amount(totals.own),
                table_amount(done.get(Figure.TRANSFERS)),
                table_amount(done.get(Figure.COSTS)),
                _shown(percent(done.get(Figure.COSTS), plan.get(Figure.COSTS))),
                _shown(totals.ratio),
                str(held),
                _shown(percent(present, entitled)),
            )
            rows.append(RowText(cells, bold=True, band=True))
        self.units.show_rows([speech(f"report.totals.head.{head}") for head in _HEADS], rows)
        self.units.show_heat(heat)
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((4, 20, 12, 12, 10, 13, 12, 12, 11, 10, 10, 11)):
            self.units_table.setColumnWidth(column, share * wide)
        self.units_table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _show_lines(self, totals: PeriodTotals | None) -> None:
        speech, language = self.speech, self.speech.language
        rows = []
        for is_orphan, lines in ((False, totals.lines), (True, totals.orphans)) if totals is not None else ():
            if is_orphan and lines:
                rows.append(RowText(("", speech("report.totals.orphans"), "", ""), bold=True, band=True))
            rows += [
                RowText(
                    (
                        str(line.code).replace("/", " "),
                        line.name.text(language),
                        table_amount(line.amount),
                        str(len(line.by_unit)),
                    )
                )
                for line in lines
            ]
        heads = ("code", "name", "amount", "count")
        self.lines.show_rows([speech(f"report.totals.head.{head}") for head in heads], rows)
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((28, 60, 20, 12)):
            self.lines_table.setColumnWidth(column, share * wide)
        self.lines_table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _show_meetings(self, totals: PeriodTotals | None) -> None:
        speech = self.speech
        rows = [
            RowText(
                (
                    speech(f"meeting.kind.{counts.kind}"),
                    *(str(getattr(counts, name)) for name in _MEETINGS),
                    _shown(percent(counts.present, counts.entitled)),
                )
            )
            for counts in (totals.meetings if totals is not None else ())
        ]
        heads = [
            speech("report.totals.head.kind"),
            *(speech(f"ui.totals.number.{name}") for name in _MEETINGS),
            speech("report.totals.head.share"),
        ]
        self.meetings.show_rows(heads, rows)
        wide = self.fontMetrics().averageCharWidth()
        for column in range(1, len(heads)):
            self.meetings_table.setColumnWidth(column, 13 * wide)
        self.meetings_table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _show_reading(self, totals: PeriodTotals | None) -> None:
        speech, rows = self.speech, []
        if totals is not None:
            amounts = (
                ("revenue", totals.executed.get(Figure.REVENUE_TOTAL)),
                ("above", totals.executed.get(Figure.TRANSFERS)),
                ("net_revenue", totals.net_revenue),
                ("costs", totals.executed.get(Figure.COSTS)),
                ("back", totals.given_back),
                ("net_costs", totals.net_costs),
            )
            rows = [
                RowText(
                    (speech(f"ui.totals.reading.{name}"), table_amount(tiyn)), bold=name.startswith("net")
                )
                for name, tiyn in amounts
            ]
            rows += [
                RowText(
                    (
                        speech("ui.totals.reading.rounding", figure=speech(f"figure.{figure.value}")),
                        table_amount(tiyn),
                    )
                )
                for figure, tiyn in totals.rounding.items()
            ]
        heads = (speech("report.totals.head.name"), speech("report.totals.head.amount"))
        self.reading.show_rows(heads, rows)
        self.reading_table.setColumnWidth(1, 24 * self.fontMetrics().averageCharWidth())
        self.reading_table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def _shares(part: UnitPeriod) -> tuple[Decimal | None, ...]:
    met = part.met
    return part.revenue_percent, part.costs_percent, part.ratio, percent(met.present, met.entitled)


def _amounts(part: UnitPeriod, shares: tuple[Decimal | None, ...]) -> tuple[str, ...]:
    done = part.executed
    plan = part.planned.figures if part.planned is not None and done is not None else None
    return (
        table_amount(plan[Figure.REVENUE_TOTAL]) if plan is not None else "",
        table_amount(done[Figure.REVENUE_TOTAL]) if done is not None else "",
        _shown(shares[0]),
        table_amount(part.own),
        table_amount(done[Figure.TRANSFERS]) if done is not None else "",
        table_amount(done[Figure.COSTS]) if done is not None else "",
        _shown(shares[1]),
        _shown(shares[2]),
        str(part.met.held),
        _shown(shares[3]),
    )


def _shown(value: Decimal | None) -> str:
    return "–" if value is None else shown_decimal(str(value))

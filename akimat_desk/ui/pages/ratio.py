"""The Self-sufficiency page: where the unit stands against the national target, and what is missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.budget.views import Denominator, RatioHistory, RatioYear
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message
from akimat_desk.reports.document import Chart, ChartKind, Series
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reports import ReportsDesk
from akimat_desk.ui.formats import DASH, computed, percent
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import card, label, table_view
from akimat_desk.ui.widgets.chart import ChartView


class RatioPage(Page):
    """A large number with words, the chart, the formula and the years."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.history: RatioHistory | None = None
        self._problem: Message | None = None
        self.hint = Bar(self.speech, self)
        self.hint.dismissed.connect(self._forget_hint)
        self._title = label("title")
        self._divided_by = label("quiet")
        self.denominator = QComboBox(self)
        for each in Denominator:
            self.denominator.addItem("", each.value)
        known = self.denominator.findData(
            context.settings.text("denominator", Denominator.TOTAL_REVENUE.value)
        )
        self.denominator.setCurrentIndex(max(known, 0))
        self.denominator.activated.connect(self._divide)
        self._divided_by.setBuddy(self.denominator)
        self._year = label("subtitle")
        self.figure = label("figure")
        self.verdict = label("subtitle", wrap=True)
        self._gap_title = label("quiet", wrap=True)
        self.gap = label("amount", selectable=True)
        self._fixed_title = label("quiet", wrap=True)
        self.gap_fixed = label("amount", selectable=True)
        self.formula = label("quiet", wrap=True, selectable=True)
        self.chart = ChartView(self)
        self._chart_title = label("subtitle", wrap=True)
        self.model = RowsModel(numbers_from=2, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._divided_by)
        head.addWidget(self.denominator)
        standing = card(self)
        inner = QVBoxLayout(standing)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(SPACE // 2)
        for part in (self._year, self.figure, self.verdict):
            inner.addWidget(part)
        inner.addSpacing(SPACE)
        for part in (self._gap_title, self.gap, self._fixed_title, self.gap_fixed):
            inner.addWidget(part)
        inner.addStretch(1)
        inner.addWidget(self.formula)
        standing.setMinimumWidth(320)
        standing.setMaximumWidth(440)
        picture = card(self)
        drawn = QVBoxLayout(picture)
        drawn.setContentsMargins(16, 12, 16, 12)
        drawn.addWidget(self._chart_title)
        drawn.addWidget(self.chart, 1)
        cards = QGridLayout()
        cards.setSpacing(2 * SPACE)
        cards.addWidget(standing, 0, 0)
        cards.addWidget(picture, 0, 1)
        cards.setColumnStretch(1, 1)
        self.table.setMinimumHeight(150)
        content = QWidget(self)
        body = QVBoxLayout(content)
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addLayout(cards, 3)
        body.addWidget(self.table, 2)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(content)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hint)
        column.addWidget(scroll, 1)
        self.setTabOrder(self.denominator, self.table)

    def refresh(self) -> None:
        self.show_hint()
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            self._show(None)
            return
        desk = self.context.desk
        divided_by = Denominator(self.denominator.currentData())
        self.context.ask(
            lambda _task: desk.area(ReportsDesk).ratio(unit_id, divided_by), self._show, self._refused
        )

    @Slot(object)
    def _show(self, history: RatioHistory | None) -> None:
        self.history = history
        self._problem = None
        self.retranslate()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self.history = None
        self._problem = problem.message
        self.retranslate()

    @Slot(int)
    def _divide(self, _row: int) -> None:
        self.context.settings.set_text("denominator", self.denominator.currentData())
        self.refresh()

    def shown_year(self) -> RatioYear | None:
        """The year of the large number: the chosen one, else the latest with a ratio."""
        years = {year.year: year for year in self.history.years} if self.history else {}
        wanted = self.context.chosen.year or dt.date.today().year
        if wanted in years:
            return years[wanted]
        return years[max(years)] if years else None

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.ratio"))
        self._divided_by.setText(speech("ui.ratio.denominator"))
        for row in range(self.denominator.count()):
            key = f"ui.ratio.denominator.{self.denominator.itemData(row)}"
            self.denominator.setItemText(row, speech(key))
        self.denominator.setAccessibleName(speech("ui.ratio.denominator"))
        self._chart_title.setText(speech("ui.ratio.chart"))
        self._gap_title.setText(speech("ui.ratio.gap"))
        self._fixed_title.setText(speech("ui.ratio.gap_fixed"))
        self.table.setAccessibleName(speech("ui.ratio.table"))
        self._show_standing(self.shown_year())
        self.formula.setText(speech(self.history.formula_key) if self.history else "")
        self.chart.show_chart(history_chart(self.history, speech) if self.history else None)
        self._show_table()

    def _show_standing(self, year: RatioYear | None) -> None:
        speech = self.speech
        known = year is not None and year.ratio_percent is not None
        self.figure.setText(f"{percent(year.ratio_percent)} %" if year and known else DASH)
        self._year.setText(speech("ui.ratio.year", year=year.year) if year else "")
        for part in (self._gap_title, self.gap, self._fixed_title, self.gap_fixed):
            part.setVisible(bool(year and year.gap is not None))
        if year is None or not known:
            words = self._problem.text(speech.language) if self._problem else speech("ui.ratio.empty")
            self.verdict.setText(words)
            return
        self.verdict.setText(verdict(year, speech))
        self.gap.setText(_thousands(year.gap, speech))
        self.gap_fixed.setText(_thousands(year.gap_if_total_fixed, speech))

    def _show_table(self) -> None:
        speech = self.speech
        heads = [speech(f"ui.ratio.column.{name}") for name in _COLUMNS]
        divided_by = self.history.denominator if self.history else Denominator.TOTAL_REVENUE
        heads[_COLUMNS.index("divided_by")] = speech(f"ui.ratio.denominator.{divided_by.value}")
        shown = self.shown_year()
        rows = [
            RowText(
                (
                    str(year.year),
                    speech(f"ui.basis.{year.basis.value}"),
                    table_amount(year.own_revenue) or DASH,
                    table_amount(year.denominator_amount) or DASH,
                    percent(year.ratio_percent),
                    percent(year.target_percent),
                    percent(year.gap_points),
                    computed(year.gap),
                    computed(year.gap_if_total_fixed),
                ),
                bold=shown is not None and year.year == shown.year,
                key=year.year,
            )
            for year in (self.history.years if self.history else ())
        ]
        self.model.show_rows(heads, rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def show_hint(self) -> None:
        """The lines on what to do here, until they were put away."""
        if self.context.settings.flag("hint/ratio", True):
            self.hint.say("hint", Message("ui.ratio.hint"))
        else:
            self.hint.hide()

    @Slot()
    def _forget_hint(self) -> None:
        self.context.settings.set_flag("hint/ratio", False)


_COLUMNS = ("year", "basis", "own", "divided_by", "ratio", "target", "points", "gap", "gap_fixed")


def verdict(year: RatioYear, speech: Speech) -> str:
    """Where a year stands against its target, in a sentence."""
    if year.target_percent is None or year.gap_points is None:
        return speech("ui.ratio.no_target")
    key = "ui.ratio.below" if year.gap_points > Decimal(0) else "ui.ratio.reached"
    points = percent(abs(year.gap_points))
    return speech(key, target=percent(year.target_percent), points=points)


def history_chart(history: RatioHistory, speech: Speech) -> Chart:
    """The unit's ratio by years as bars, the national target as a line, the country's past beside it."""
    own = {year.year: year for year in history.years}
    country = dict(history.country)
    years = sorted({*own, *country})
    ratio = tuple(_plain(own[year].ratio_percent) if year in own else None for year in years)
    target = tuple(_plain(own[year].target_percent) if year in own else None for year in years)
    past = tuple(_plain(country.get(year)) for year in years)
    series = [Series(speech("ui.ratio.series.unit", unit=history.unit_name), ratio)]
    if any(past):
        series.append(Series(speech("ui.ratio.series.country"), past))
    series.append(Series(speech("ui.ratio.series.target"), target, line=True))
    words = "; ".join(
        speech(
            "ui.ratio.chart.year",
            year=year.year,
            ratio=percent(year.ratio_percent),
            target=percent(year.target_percent),
        )
        for year in history.years
    )
    return Chart(
        ChartKind.BARS_WITH_LINE,
        speech("ui.ratio.chart"),
        tuple(str(year) for year in years),
        tuple(series),
        text_equivalent=words,
    )


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _thousands(tiyn: int | None, speech: Speech) -> str:
    if tiyn is None:
        return DASH
    if tiyn < 0:
        return speech("ui.ratio.surplus", amount=computed(-tiyn))
    return speech("ui.amount_thousand", amount=computed(tiyn))

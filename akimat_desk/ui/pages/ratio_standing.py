"""Where we stand: the year's ratio against the target, and the path by years."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.budget.ratio.formula import Standing, standing
from akimat_desk.budget.ratio.path import PathYear, Point, RatioPath
from akimat_desk.budget.ratio.words import law_sentence
from akimat_desk.budget.ratio.written import percent_text
from akimat_desk.core.money import table_amount
from akimat_desk.reports.definitions.ratio_charts import path_chart
from akimat_desk.ui.context import Context
from akimat_desk.ui.formats import DASH, computed, percent
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.ratio_tab import RatioTab
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import card, label, table_view
from akimat_desk.ui.widgets.chart import ChartView
from akimat_desk.ui.widgets.gauge import Gauge
from akimat_desk.ui.work import Work

_COLUMNS = (
    "year", "basis", "own", "divided_by", "approved", "ratio", "without", "executed", "target", "points",
    "gap", "gap_fixed",
)  # fmt: skip

_FIGURES = {
    "own": "own_revenue",
    "divided_by": "denominator_amount",
    "target": "target_percent",
    "points": "gap_points",
    "gap": "gap",
    "gap_fixed": "gap_if_total_fixed",
}


class StandingTab(RatioTab):
    """A large number with words and a gauge, the chart, the years."""

    title_key = "ui.ratio.tab.standing"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.path: RatioPath | None = None
        self._year = label("subtitle")
        self.figure = label("figure")
        self.gauge = Gauge(self)
        self.verdict = label("subtitle", wrap=True)
        self._gap_title = label("quiet", wrap=True)
        self.gap = label("amount", selectable=True)
        self._fixed_title = label("quiet", wrap=True)
        self.gap_fixed = label("amount", selectable=True)
        self.chart = ChartView(self)
        self._chart_title = label("subtitle", wrap=True)
        self.laws = label("quiet", wrap=True, selectable=True)
        self._told: list[str] = []
        self.model = RowsModel(numbers_from=2, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self._arrange()

    def _arrange(self) -> None:
        box = card(self)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(20, 12, 20, 12)
        inner.setSpacing(SPACE // 2)
        for part in (self._year, self.figure, self.gauge, self.verdict):
            inner.addWidget(part)
        inner.addSpacing(SPACE // 2)
        for part in (self._gap_title, self.gap, self._fixed_title, self.gap_fixed):
            inner.addWidget(part)
        inner.addStretch(1)
        box.setMinimumWidth(300)
        box.setMaximumWidth(420)
        picture = card(self)
        drawn = QVBoxLayout(picture)
        drawn.setContentsMargins(16, 10, 16, 8)
        drawn.addWidget(self._chart_title)
        drawn.addWidget(self.fills(self.chart, 11), 1)
        drawn.addWidget(self.laws)
        cards = QGridLayout()
        cards.setSpacing(2 * SPACE)
        cards.addWidget(box, 0, 0)
        cards.addWidget(picture, 0, 1)
        cards.setColumnStretch(1, 1)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(cards, 3)
        column.addWidget(self.fills(self.table, 6), 2)

    def refresh(self) -> None:
        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            self._show(None)
            return
        desk, variant = self.desk, self.variant
        self.context.ask(lambda _task: desk.path(unit_id, variant), self._show, self.refused)

    @Slot(object)
    def _show(self, path: RatioPath | None) -> None:
        self.path, self.problem = path, None
        self.retranslate()

    def clear(self) -> None:
        self.path = None

    def shown_year(self) -> PathYear | None:
        """The year of the large number: the chosen one, else the latest."""
        years = {year.year: year for year in self.path.years} if self.path else {}
        if self.year in years:
            return years[self.year]
        return years[max(years)] if years else None

    def figure_here(self) -> tuple[int, str] | None:
        """The year and the figure (as ``budget.ratio.grounds`` names it) under the table's cursor.

        In a column of words the year's ratio; None where there is no year.
        """
        index = self.table.currentIndex()
        year = self.model.key(index) if index.isValid() else None
        if not isinstance(year, int):
            shown = self.shown_year()
            return (shown.year, "ratio_percent") if shown is not None else None
        return year, _FIGURES.get(self._told[index.column()], "ratio_percent")

    def _standing(self, year: PathYear) -> Standing:
        at = year.planned
        own, divided_by = (at.own, at.divided_by) if at else (None, None)
        return standing(own, divided_by, year.target_percent, self.variant.denominator)

    def paper(self, language: str) -> Work | None:
        unit_id, year, variant, desk = self.context.chosen.unit_id, self.year, self.variant, self.desk
        if unit_id is None or self.path is None or not self.path.years:
            return None
        return lambda _task: desk.analysis_paper(unit_id, year, language, variant)

    def retranslate(self) -> None:
        speech = self.speech
        self._chart_title.setText(speech("ui.ratio.chart"))
        grows = self.variant.contains_own
        self._gap_title.setText(speech("ui.ratio.gap" if grows else "ui.ratio.gap_plain"))
        self._fixed_title.setText(speech("ui.ratio.gap_fixed"))
        self.table.setAccessibleName(speech("ui.ratio.table"))
        self._show_standing(self.shown_year())
        path = self.path
        self.chart.show_chart(path_chart(path, (speech.language,)) if path else None)
        laws = [f"* {law_sentence(law, speech.language)}" for law in (path.laws if path else ())]
        self.laws.setText("\n".join(laws))
        self.laws.setVisible(bool(laws))
        self._show_table()

    def _show_standing(self, year: PathYear | None) -> None:
        speech = self.speech
        point = year.planned if year else None
        share = point.percent if point else None
        target = Fraction(year.target_percent) if year and year.target_percent is not None else None
        self.figure.setText(f"{percent_text(share)} %" if share is not None else DASH)
        self._year.setText(speech("ui.ratio.year", year=year.year) if year else "")
        at = self._standing(year) if year else None
        for part in (self._gap_title, self.gap):
            part.setVisible(bool(at and at.gap is not None))
        for part in (self._fixed_title, self.gap_fixed):
            part.setVisible(bool(at and at.gap is not None and self.variant.contains_own))
        if year is None or at is None or share is None:
            words = self.problem.text(speech.language) if self.problem else self._why_empty(year)
            self.verdict.setText(words)
            self.gauge.show_share(None, target, words)
            return
        words = verdict(year.target_percent, at.gap_points, speech)
        self.verdict.setText(words)
        self.gauge.show_share(share, target, f"{self.figure.text()}. {words}")
        self.gap.setText(_thousands(at.gap, speech))
        self.gap_fixed.setText(_thousands(at.gap_if_total_fixed, speech))

    def _why_empty(self, year: PathYear | None) -> str:
        if year is None or year.planned is None:
            return self.speech("ui.ratio.empty")
        return self.speech("error.ratio.not_stated", year=year.year)

    def _show_table(self) -> None:
        speech = self.speech
        years = self.path.years if self.path else ()
        columns = [name for name in _COLUMNS if _is_told(name, years, self.variant.contains_own)]
        self._told = columns
        heads = [speech(f"ui.ratio.column.{name}") for name in columns]
        if "divided_by" in columns:
            divided_by = speech(f"ui.ratio.denominator.{self.variant.denominator.value}")
            heads[columns.index("divided_by")] = divided_by
        shown = self.shown_year()
        rows = []
        for year in years:
            cells = self._cells(year)
            rows.append(
                RowText(
                    tuple(cells[name] for name in columns),
                    bold=shown is not None and year.year == shown.year,
                    key=year.year,
                )
            )
        self.model.show_rows(heads, rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def _cells(self, year: PathYear) -> dict[str, str]:
        speech, at, point = self.speech, self._standing(year), year.planned
        basis = point.basis if point else None
        return {
            "year": str(year.year),
            "basis": speech(f"ui.basis.{basis.value}") if basis else DASH,
            "own": table_amount(point.own if point else None) or DASH,
            "divided_by": table_amount(point.divided_by if point else None) or DASH,
            "approved": _share(year.approved),
            "ratio": _share(point),
            "without": percent_text(point.percent_without_targeted) if point else DASH,
            "executed": _share(year.executed),
            "target": percent(year.target_percent),
            "points": percent(at.gap_points),
            "gap": computed(at.gap),
            "gap_fixed": computed(at.gap_if_total_fixed),
        }


def _is_told(name: str, years: tuple[PathYear, ...], grows: bool) -> bool:
    """Whether a column has anything to say."""
    if name == "without":
        return any(y.planned is not None and y.planned.percent_without_targeted is not None for y in years)
    if name == "approved":  # where nothing was amended it is the plan
        return any(y.approved is not None and y.approved.percent != _percent(y.planned) for y in years)
    if name == "executed":
        return any(year.executed is not None for year in years)
    if name == "gap_fixed":  # it stands in the card too, and eleven columns are more than fit
        return grows and all(year.executed is None for year in years)
    return True


def _percent(point: Point | None) -> Fraction | None:
    return None if point is None else point.percent


def _share(point: Point | None) -> str:
    return DASH if point is None or point.percent is None else percent_text(point.percent)


def verdict(target: Decimal | None, gap_points: Decimal | None, speech: Speech) -> str:
    """Where a year stands against its target, in a sentence."""
    if target is None or gap_points is None:
        return speech("ui.ratio.no_target")
    key = "ui.ratio.below" if gap_points > Decimal(0) else "ui.ratio.reached"
    return speech(key, target=percent(target), points=percent(abs(gap_points)))


def _thousands(tiyn: int | None, speech: Speech) -> str:
    if tiyn is None:
        return DASH
    if tiyn < 0:
        return speech("ui.ratio.surplus", amount=computed(-tiyn))
    return speech("ui.amount_thousand", amount=computed(tiyn))

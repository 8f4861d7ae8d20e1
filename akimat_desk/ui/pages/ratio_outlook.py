"""Outlook: where the ratio is heading to the last target year, by growth that can be chosen."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from akimat_desk.budget.ratio.outlook import Assumptions, Outlook, usual_assumptions
from akimat_desk.budget.ratio.path import RatioPath
from akimat_desk.budget.ratio.words import outlook_sentences
from akimat_desk.budget.ratio.written import decimal_text, percent_text
from akimat_desk.core.money import table_amount, to_step
from akimat_desk.reports.definitions.ratio_charts import outlook_chart
from akimat_desk.ui.context import Context
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.ratio_tab import RatioTab
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import card, label, table_view
from akimat_desk.ui.widgets.chart import ChartView
from akimat_desk.ui.work import Work

_COLUMNS = ("year", "own", "divided_by", "low", "middle", "high", "target")
_FIELDS = ("own", "inflation", "spread")
_LEAST, _MOST = Decimal(-90), Decimal(200)  # per cent a year


class OutlookTab(RatioTab):
    """Three fields above; the chart, the sentences and the years below."""

    title_key = "ui.ratio.tab.outlook"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.path: RatioPath | None = None
        self.outlook: Outlook | None = None
        self._labels = {name: label("quiet") for name in _FIELDS}
        self.fields = {name: QLineEdit(self) for name in _FIELDS}
        usual = usual_assumptions()
        self.fields["inflation"].setText(decimal_text(usual.inflation))
        self.fields["spread"].setText(decimal_text(usual.spread))
        for name, edit in self.fields.items():
            edit.setMaximumWidth(110)
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.editingFinished.connect(self.refresh)
            self._labels[name].setBuddy(edit)
        self._problem_line = label("", wrap=True)
        self._problem_line.hide()
        self._chart_title = label("subtitle", wrap=True)
        self.chart = ChartView(self)
        self.words = label("", wrap=True, selectable=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.model = RowsModel(numbers_from=1, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self._arrange()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        for name in _FIELDS:
            head.addWidget(self._labels[name])
            head.addWidget(self.fields[name])
            head.addSpacing(SPACE)
        head.addStretch(1)
        picture = card(self)
        drawn = QVBoxLayout(picture)
        drawn.setContentsMargins(16, 10, 16, 8)
        drawn.addWidget(self._chart_title)
        drawn.addWidget(self.fills(self.chart, 11), 1)
        said = card(self)
        inner = QVBoxLayout(said)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.addWidget(self.words, 1)
        cards = QGridLayout()
        cards.setSpacing(2 * SPACE)
        cards.addWidget(picture, 0, 0)
        cards.addWidget(said, 0, 1)
        cards.setColumnStretch(0, 3)
        cards.setColumnStretch(1, 2)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._problem_line)
        column.addLayout(cards, 3)
        column.addWidget(self.fills(self.table, 6), 2)

    # -- asking -----------------------------------------------------------------------------------

    def _assumed(self) -> Assumptions | None:
        """What is typed; None (and said so) where a field holds no percentage."""
        usual, typed = usual_assumptions(), {}
        for name, edit in self.fields.items():
            written = edit.text().strip().rstrip("% ").replace(",", ".").replace("\N{MINUS SIGN}", "-")
            try:
                typed[name] = Decimal(written) if written else None
                good = typed[name] is None or _LEAST <= (typed[name] or 0) <= _MOST
            except ArithmeticError:
                good = False
            if not good:
                self._problem_line.setText(f"⚠ {self.speech('ui.whatif.not_percent', typed=edit.text())}")
                self._problem_line.show()
                return None
        self._problem_line.hide()
        inflation, spread = typed["inflation"], typed["spread"]
        return Assumptions(
            usual.inflation if inflation is None else inflation,
            typed["own"],
            usual.spread if spread is None else abs(spread),
        )

    @Slot()
    def refresh(self) -> None:
        unit_id, assumed = self.context.chosen.unit_id, self._assumed()
        if unit_id is None:
            self.clear()
            self.retranslate()
            return
        if assumed is None:
            return
        desk, variant = self.desk, self.variant
        self.context.ask(lambda _task: desk.outlook(unit_id, variant, assumed), self._show, self.refused)

    def clear(self) -> None:
        self.path = self.outlook = None

    @Slot(object)
    def _show(self, answer: tuple[RatioPath, Outlook | None]) -> None:
        (self.path, self.outlook), self.problem = answer, None
        self.retranslate()

    def paper(self, language: str) -> Work | None:
        unit_id, year, variant, desk = self.context.chosen.unit_id, self.year, self.variant, self.desk
        assumed = self._assumed()
        if unit_id is None or self.outlook is None or assumed is None:
            return None
        return lambda _task: desk.analysis_paper(unit_id, year, language, variant, None, assumed)

    # -- words ------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        speech, ahead = self.speech, self.outlook
        for name, made in self._labels.items():
            made.setText(speech(f"ui.outlook.{name}"))
            self.fields[name].setAccessibleName(made.text())
        self.fields["own"].setPlaceholderText(speech("ui.outlook.as_before"))
        self._chart_title.setText(speech("ratio.chart.outlook"))
        self.table.setAccessibleName(speech("ratio.chart.outlook"))
        if ahead is None or self.path is None:
            said = self.problem.text(speech.language) if self.problem else speech("ui.outlook.empty")
            self.words.setText(said)
            self.chart.show_chart(None)
        else:
            self.words.setText("\n\n".join(outlook_sentences(ahead, speech.language)))
            self.chart.show_chart(outlook_chart(self.path, ahead, (speech.language,)))
        heads = [speech(f"ui.outlook.column.{name}") for name in _COLUMNS]
        heads[2] = speech(f"ui.ratio.denominator.{self.variant.denominator.value}")
        rows = [
            RowText(
                (
                    str(year.year),
                    table_amount(to_step(year.own)),
                    table_amount(to_step(year.divided_by)),
                    percent_text(year.low),
                    percent_text(year.middle),
                    percent_text(year.high),
                    decimal_text(year.target_percent),
                ),
                key=year.year,
            )
            for year in (ahead.years if ahead else ())
        ]
        self.model.show_rows(heads, rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

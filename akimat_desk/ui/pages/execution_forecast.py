"""The forecast of the Execution page: one line's year as a chart and in words, every method beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from akimat_desk.budget.execution.forecast import Method
from akimat_desk.budget.execution.outlook import Outlook, OutlookLine
from akimat_desk.budget.execution.table import Column, share
from akimat_desk.budget.execution.words import (
    error_text,
    forecast_sentences,
    line_name,
    method_name,
    off_plan,
)
from akimat_desk.budget.figures import Section
from akimat_desk.core.money import signed_amount, table_amount, to_step
from akimat_desk.reports.definitions.forecast_charts import forecast_chart
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.formats import DASH, percent
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import ActionButton, RoomyComboBox, card, label, table_view
from akimat_desk.ui.widgets.chart import ChartView

_COLUMNS = ("method", "expected", "off", "of_plan", "error", "tried")


class ForecastTab(QWidget):
    """Chooses a line and a method; the page keeps the method for all lines and says it back."""

    #: The method that was chosen, None for the one with the least error.
    chosen = Signal(object)

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.speech = context, context.speech
        self.outlook: Outlook | None = None
        self._line_label, self._method_label = label("quiet"), label("quiet")
        self.lines: QComboBox = RoomyComboBox(40, self)
        self.lines.activated.connect(self._tell)
        self._line_label.setBuddy(self.lines)
        self.methods: QComboBox = RoomyComboBox(24, self)
        self.methods.activated.connect(self._choose)
        self._method_label.setBuddy(self.methods)
        self._chart_title = label("subtitle", wrap=True)
        self.chart = ChartView(self)
        self.words = label("", wrap=True, selectable=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.model = RowsModel(numbers_from=1, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        for part in (self._line_label, self.lines, self._method_label, self.methods):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(ActionButton(actions["forecast_report"], "quiet", self))
        picture, said = card(self), card(self)
        drawn = QVBoxLayout(picture)
        drawn.setContentsMargins(16, 10, 16, 8)
        drawn.addWidget(self._chart_title)
        drawn.addWidget(self.chart, 1)
        inner = QVBoxLayout(said)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.addWidget(self.words, 1)
        cards = QGridLayout()
        cards.setSpacing(SPACE)
        cards.addWidget(picture, 0, 0)
        cards.addWidget(said, 0, 1)
        cards.setColumnStretch(0, 7)
        cards.setColumnStretch(1, 3)
        self.table.setFixedHeight(5 * self.table.verticalHeader().defaultSectionSize())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addLayout(cards, 1)
        column.addWidget(self.table)

    def show_outlook(self, outlook: Outlook | None) -> None:
        """Show a month's forecast in the language chosen now; the line looked at stays."""
        speech, language = self.speech, self.speech.language
        key = self.lines.currentData()
        self.outlook = outlook
        self._line_label.setText(speech("ui.forecast.line"))
        self.lines.setAccessibleName(speech("ui.forecast.line"))
        self._method_label.setText(speech("ui.forecast.method"))
        self.methods.setAccessibleName(speech("ui.forecast.method"))
        self.table.setAccessibleName(speech("ui.execution.tab.forecast"))
        self.lines.clear()
        for line in outlook.lines if outlook is not None else ():
            code = str(line.row.parsed_code or "")
            name = f"{code} {line_name(line, language)}".strip()
            self.lines.addItem(
                "\u2003" * max(0, line.row.level - 1) + name, (line.row.section, line.row.code)
            )
        self.methods.clear()
        self.methods.addItem(speech("ui.forecast.least_error"), None)
        for method in Method:
            self.methods.addItem(method_name(method, language), method.value)
        now = outlook.method.value if outlook is not None and outlook.method is not None else None
        self.methods.setCurrentIndex(max(0, self.methods.findData(now)))
        section, code = key if key is not None else (Section.REVENUE, "")
        self.show_line(section, code)

    def show_line(self, section: Section, code: str) -> None:
        """Show this line (its stored code); the first one where there is no such line."""
        wanted = (section, code)
        found = (row for row in range(self.lines.count()) if tuple(self.lines.itemData(row)) == wanted)
        self.lines.setCurrentIndex(next(found, 0 if self.lines.count() else -1))
        self._tell()

    def _line(self) -> OutlookLine | None:
        key = self.lines.currentData()
        return self.outlook.line(*key) if self.outlook is not None and key is not None else None

    @Slot(int)
    def _choose(self, _row: int) -> None:
        said = self.methods.currentData()
        self.chosen.emit(Method(said) if said else None)

    @Slot()
    def _tell(self) -> None:
        speech, language, ahead, line = self.speech, self.speech.language, self.outlook, self._line()
        if ahead is None or line is None:
            self.chart.show_chart(None)
            self._chart_title.setText("")
            self.words.setText(speech("ui.forecast.none"))
            self.model.show_rows(self._heads(), ())
            return
        chart = forecast_chart(ahead, line, (language,))
        self._chart_title.setText(chart.title)
        self.chart.show_chart(chart)
        said = forecast_sentences(line, ahead.method, language, others=False)  # the table below has them
        place = (line.row.section.value, str(line.row.parsed_code or ""))
        warnings = (f for f in ahead.warnings() if (f.where.section, f.where.code) == place)
        said += [f"⚠ {finding.message(language)} {finding.fix(language) or ''}" for finding in warnings]
        self.words.setText("\n\n".join(said))
        chosen, plan = line.chosen(ahead.method), line.row.amount(Column.ADJUSTED)
        rows = []
        for each in line.said:
            off, of_plan = off_plan(line, each), share(each.amount, plan)
            rows.append(
                RowText(
                    (
                        method_name(each.method, language),
                        table_amount(to_step(each.amount)),
                        signed_amount(to_step(off)) if off is not None else DASH,
                        f"{percent(of_plan)} %" if of_plan is not None else DASH,
                        f"{error_text(each.error)} %" if each.error is not None else DASH,
                        str(each.tried),
                    ),
                    bold=each is chosen,
                    band=each is chosen,
                    key=each.method,
                )
            )
        self.model.show_rows(self._heads(), rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _heads(self) -> list[str]:
        return [self.speech(f"report.forecast.head.{name}") for name in _COLUMNS]

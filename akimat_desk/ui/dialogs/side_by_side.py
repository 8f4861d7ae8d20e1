"""Saved scenarios beside each other: the lines, the ratio, the money, and the picture; saved as a paper."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QScrollArea, QSplitter, QTableView, QWidget

from akimat_desk.budget.ratio.side_by_side import Cell, SideBySide, SummaryRow
from akimat_desk.budget.ratio.words import beside_sentence
from akimat_desk.budget.ratio.written import hundredths_text, percent_text
from akimat_desk.core.money import table_amount, to_step
from akimat_desk.reports.definitions.scenarios import scenarios_chart
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.ratio import RatioDesk
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.form_saver import FormSaver
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import button, label, table_view
from akimat_desk.ui.widgets.chart import ChartView


class SideBySideDialog(Dialog):
    """The table above, picture and sentences below; PDF and workbook hold the same."""

    def __init__(
        self, context: Context, unit_id: int, beside: SideBySide, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.beside = beside
        self._unit_id = unit_id
        self.saver = FormSaver(context, self)
        self.model = RowsModel(numbers_from=1, parent=self)
        self.table: QTableView = table_view(self)
        self.table.setModel(self.model)
        self.chart = ChartView(self)
        self.said = label("", wrap=True, selectable=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.pdf = button("plain", self)
        self.xlsx = button("plain", self)
        for made in (self.pdf, self.xlsx):
            self.buttons.addButton(made, self.buttons.ButtonRole.ActionRole)
        self.pdf.clicked.connect(self.save_pdf)
        self.xlsx.clicked.connect(self.save_xlsx)
        self.reject_button.hide()
        lower = QSplitter(Qt.Orientation.Horizontal, self)
        lower.addWidget(self.chart)
        self.said.setContentsMargins(SPACE, 0, SPACE, 0)
        words = QScrollArea(self)
        words.setWidgetResizable(True)
        words.setFrameShape(QScrollArea.Shape.NoFrame)
        words.setWidget(self.said)
        lower.addWidget(words)
        lower.setSizes([600, 420])
        lower.setChildrenCollapsible(False)
        self.content.addWidget(self.saver.bar)
        self.content.addWidget(self.table, 5)
        self.content.addWidget(lower, 3)
        self.resize(1180, 700)
        self.retranslate()

    @Slot()
    def save_pdf(self) -> None:
        """The same as a PDF."""
        self._save("pdf")

    @Slot()
    def save_xlsx(self) -> None:
        """The same as a workbook."""
        self._save("xlsx")

    def _save(self, file_format: str) -> None:
        desk, unit_id, beside = self.context.desk.area(RatioDesk), self._unit_id, self.beside
        language = self.context.settings.text("doc_language", "kk+ru")
        name = f"{self.speech('ui.beside.title')} {beside.ground.year} ({language}).{file_format}"
        self.saver.save(name, lambda _task: desk.scenarios_paper(unit_id, beside, language))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, beside = self.speech, self.beside
        self.setWindowTitle(f"{speech('ui.beside.title')}, {beside.ground.year}")
        self.words.setText(speech("ui.beside.words"))
        self.accept_button.setText(speech("ui.beside.close"))
        self.pdf.setText(speech("ui.action.save_pdf"))
        self.xlsx.setText(speech("ui.action.save_xlsx"))
        self.table.setAccessibleName(speech("ui.beside.table"))
        said = []
        for place, each in enumerate(beside.columns, 1):
            sentence = beside_sentence(place, each, speech.language)
            said.append(f"{sentence}\n{each.scenario.note}" if each.scenario.note else sentence)
        self.said.setText("\n\n".join(said))
        self.chart.show_chart(scenarios_chart(beside, (speech.language,)))
        letter = self.fontMetrics().horizontalAdvance("0")
        # A long name must not push the amounts apart; the sentences below say it whole.
        most = min(letter * {1: 50, 2: 34, 3: 20}.get(len(beside.columns), 14), 560 // len(beside.columns))
        font = self.font()
        font.setBold(True)
        metrics = QFontMetrics(font)
        heads = [speech("ui.whatif.column.line"), speech("ui.whatif.column.now")]
        for place, column in enumerate(beside.columns, 1):
            name = f"{place}. {column.scenario.name}"
            heads.append(metrics.elidedText(name, Qt.TextElideMode.ElideRight, most))
            heads.append(speech("ui.beside.points"))
        self.model.show_rows(heads, self._rows())
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(56)

    def _rows(self) -> list[RowText]:
        language = self.speech.language
        rows = []
        for row in self.beside.rows:
            cells = [f"{row.line.code}  {row.line.name.text(language)}", table_amount(row.line.amount)]
            for made in row.cells:
                cells += _made(made)
            rows.append(RowText(tuple(cells), key=row.line.key))
        rows += [self._summary(each) for each in self.beside.summary()]
        return rows

    def _summary(self, row: SummaryRow) -> RowText:
        cells = [self.speech(row.name), _value(row.now)]
        for value, hundredths in zip(row.each, row.hundredths, strict=True):
            cells += [_value(value), "" if hundredths is None else hundredths_text(hundredths)]
        return RowText(tuple(cells), bold=True, band=True, key=row.name)


def _made(cell: Cell | None) -> list[str]:
    if cell is None:
        return ["", ""]
    return [table_amount(cell.amount), "" if cell.hundredths is None else hundredths_text(cell.hundredths)]


def _value(value: int | Fraction | None) -> str:
    if isinstance(value, Fraction):
        return percent_text(value)
    return "" if value is None else table_amount(to_step(value))

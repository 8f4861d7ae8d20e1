"""How a decision as read is shown: figures beside the present ones, lines, source, findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.budget.figures import SECTION_TOTAL, Figure
from akimat_desk.budget.lines import YearBudget
from akimat_desk.budget.views import BudgetView
from akimat_desk.core import dates
from akimat_desk.core.findings import Finding
from akimat_desk.core.money import table_amount
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.models.budget_tree import BudgetTreeModel, Fixed
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE, tokens
from akimat_desk.ui.values import compare_figures
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import button, label, table_view, tree_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel

if TYPE_CHECKING:
    from akimat_desk.budget.reading.draft import Fragment, ReadUnit
    from akimat_desk.budget.reading.files import DecisionFile


class ReadingView(Page):
    """Figures and lines at the left, the source at the right, findings below."""

    stays = True

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._file: DecisionFile | None = None
        self._present: BudgetView | None = None
        self._make_widgets()
        self._arrange()
        self.retranslate()

    # -- building -----------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        self.bar = Bar(self.speech, self)
        self._title = label("title")
        self._facts = label("quiet", wrap=True)
        self._which_label = label("quiet")
        self.which = QComboBox(self)
        self._into_label = label("quiet")
        self.into = QComboBox(self)
        for box in (self.which, self.into):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._number_label, self._date_label = label("quiet"), label("quiet")
        self.number = QLineEdit(self)
        self.number.setMaximumWidth(150)
        self.date = QLineEdit(self)
        self.date.setMaximumWidth(130)
        self.date.setPlaceholderText(self.speech("ui.date.shape"))
        self.figures = RowsModel(numbers_from=1, parent=self)
        self.figures_table = table_view(self)
        self.figures_table.setModel(self.figures)
        self.lines = BudgetTreeModel(self.speech, self)
        self.tree = tree_view(self)
        self.tree.setModel(self.lines)
        self.tree.setIndentation(12)
        self.source = QPlainTextEdit(self)
        self.source.setReadOnly(True)
        self._source_title = label("subtitle")
        self._legend = label("quiet", wrap=True)
        self.panel = FindingsPanel(self.speech, self)
        self.panel.chosen.connect(self.jump)
        self.panel.folded.connect(self._share_height)
        self.draft_button = button("plain", self)
        self.confirm_button = button("primary", self)
        self.discard_button = button("quiet", self)
        for made, part in (
            (self._which_label, self.which),
            (self._into_label, self.into),
            (self._number_label, self.number),
            (self._date_label, self.date),
        ):
            made.setBuddy(part)

    def _arrange(self) -> None:
        choosers = QHBoxLayout()
        choosers.setSpacing(SPACE)
        for part in (
            self._number_label, self.number, self._date_label, self.date,
            self._which_label, self.which, self._into_label, self.into,
        ):  # fmt: skip
            choosers.addWidget(part)
        choosers.addStretch(1)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.addTab(self.figures_table, "")
        self.tabs.addTab(self.tree, "")
        right = QWidget(self)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(SPACE, 0, 0, 0)
        beside.addWidget(self._source_title)
        beside.addWidget(self._legend)
        beside.addWidget(self.source, 1)
        self._across = QSplitter(Qt.Orientation.Horizontal, self)
        self._across.addWidget(self.tabs)
        self._across.addWidget(right)
        self._across.setStretchFactor(0, 3)
        self._across.setStretchFactor(1, 2)
        self._across.setSizes([760, 340])
        self._down = QSplitter(Qt.Orientation.Vertical, self)
        self._down.addWidget(self._across)
        self._down.addWidget(self.panel)
        self._down.setStretchFactor(0, 1)
        self._down.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addWidget(self.discard_button)
        foot.addStretch(1)
        foot.addWidget(self.draft_button)
        foot.addWidget(self.confirm_button)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addWidget(self._title)
        body.addWidget(self._facts)
        body.addLayout(choosers)
        body.addWidget(self._down, 1)
        body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(body, 1)

    # -- showing ------------------------------------------------------------------------------

    def show_file(self, file: DecisionFile) -> None:
        """Show what was read; the present budget joins in when it is known."""
        self._file = file
        self._present = None
        self.bar.hide()
        decision = file.decision
        self.number.setText(decision.number or "")
        self.date.setText(dates.short(decision.date) if decision.date else "")
        self.source.setPlainText(decision.source_text)
        self._mark(decision.not_understood)
        self._fill_which()
        self.retranslate()
        self.tabs.setCurrentIndex(0)

    @property
    def unit(self) -> ReadUnit | None:
        """The unit of the text that is looked at."""
        if self._file is None or not self._file.decision.units:
            return None
        return self._file.decision.units[max(self.which.currentIndex(), 0)]

    def refresh(self) -> None:
        """What was read stays as it is until it is answered."""

    def expand(self) -> None:
        """Open every branch."""
        self.tree.expandAll()

    def collapse(self) -> None:
        """Close every branch."""
        self.tree.collapseAll()

    def next_finding(self) -> None:
        """Go to the next finding's line."""
        self.panel.next()

    def findings(self) -> list[Finding]:
        """Everything to be said of the text and of the unit looked at."""
        if self._file is None or self.unit is None:
            return []
        return [*self._file.decision.findings, *self.unit.findings]

    def _fill_which(self) -> None:
        block = QSignalBlocker(self.which)
        row = max(self.which.currentIndex(), 0)
        self.which.clear()
        units = self._file.decision.units if self._file else []
        for unit in units:
            self.which.addItem(unit.name or self.speech("ui.reading.unnamed"))
        self.which.setCurrentIndex(min(row, len(units) - 1))
        del block
        for part in (self.which, self._which_label):
            part.setVisible(len(units) > 1)

    @Slot()
    def recolour(self) -> None:
        if self._file is not None:
            self._mark(self._file.decision.not_understood)

    def _mark(self, fragments: Sequence[Fragment]) -> None:
        """Highlight in the source what was not understood."""
        look = QTextCharFormat()
        look.setBackground(QColor(tokens().warning_soft))
        look.setForeground(QColor(tokens().warning))
        look.setFontUnderline(True)
        marks = []
        document = self.source.document()
        for fragment in fragments:
            cursor = document.find(fragment.text.split("\n")[0][:200])
            if cursor.isNull():
                block = document.findBlockByNumber(fragment.line - 1)
                if not block.isValid():
                    continue
                cursor = QTextCursor(block)
                cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self.source.setExtraSelections(marks)
        if marks:
            here = QTextCursor(marks[0].cursor)
            here.clearSelection()
            self.source.setTextCursor(here)

    def _show_figures(self) -> None:
        unit, speech = self.unit, self.speech
        if unit is None:
            self.figures.show_rows((), ())
            return
        heads = [speech(f"ui.reading.column.{name}") for name in ("figure", "read", "present", "difference")]
        totals = set(SECTION_TOTAL.values())
        rows = [
            RowText(
                (
                    speech(f"figure.{row.figure.value}"),
                    _amount(row.read),
                    _amount(row.present),
                    _signed(row.difference),
                ),
                bold=row.figure in totals,
                band=row.figure in totals,
                indent=0 if row.figure in totals else 1,
                key=row.figure,
            )
            for row in compare_figures(unit.figures, self._present.figures if self._present else None)
        ]
        self.figures.show_rows(heads, rows)
        header = self.figures_table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _show_lines(self) -> None:
        unit = self.unit
        years = [
            YearBudget(annex.year, lines=list(annex.lines))
            for annex in (unit.annexes if unit else [])
            if annex.year is not None
        ]
        self.lines.show_plan(years, self.findings())
        self.tabs.setTabEnabled(1, bool(years))
        header = self.tree.header()
        wide = self.fontMetrics().horizontalAdvance("0")
        for column in range(self.lines.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, 12 * wide)
        header.resizeSection(Fixed.CODE, 17 * wide)
        header.resizeSection(self.lines.mark_column, 15 * wide)
        header.setSectionResizeMode(Fixed.NAME, QHeaderView.ResizeMode.Stretch)
        self.tree.expandAll()

    @Slot(object)
    def jump(self, finding: Finding) -> None:
        """Go to what a finding speaks of: a figure, or a line of the annex."""
        line = self.lines.index_of(finding)
        figure = next((f for f in Figure if f.value == finding.where.figure), None)
        row = self.figures.row_of(figure) if figure is not None else -1
        if finding.where.annex is None and row >= 0:
            self.tabs.setCurrentIndex(0)
            self.figures_table.selectRow(row)
            self.figures_table.scrollTo(self.figures.index(row, 0))
        elif line.isValid() and self.tabs.isTabEnabled(1):
            self.tabs.setCurrentIndex(1)
            self.tree.setCurrentIndex(line)
            self.tree.scrollTo(line, self.tree.ScrollHint.PositionAtCenter)

    @Slot(bool)
    def _share_height(self, folded: bool) -> None:
        """What was read has what the findings do not need."""
        high = max(self._down.height(), 400)
        wanted = self.panel.minimumSizeHint().height() if folded else max(high // 3, 170)
        self._down.setSizes([high - wanted, wanted])

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._which_label.setText(speech("ui.reading.which"))
        self._into_label.setText(speech("ui.reading.into"))
        self._number_label.setText(speech("ui.reading.number"))
        self._date_label.setText(speech("ui.reading.date"))
        self.date.setPlaceholderText(speech("ui.date.shape"))
        self._source_title.setText(speech("ui.reading.source"))
        self.source.setAccessibleName(speech("ui.reading.source"))
        self.tabs.tabBar().setAccessibleName(speech("ui.reading.tabs"))
        self.tabs.setTabText(0, speech("ui.reading.tab.figures"))
        self.tabs.setTabText(1, speech("ui.reading.tab.lines"))
        self.figures_table.setAccessibleName(speech("ui.reading.tab.figures"))
        self.tree.setAccessibleName(speech("ui.reading.tab.lines"))
        self.draft_button.setText(speech("ui.reading.store_draft"))
        self.confirm_button.setText(speech("ui.reading.confirm"))
        self.discard_button.setText(speech("ui.reading.discard"))
        if self._file is None:
            return
        decision = self._file.decision
        self._title.setText(speech("ui.reading.title", name=self._file.name))
        self._facts.setText(decision.title)
        count = len(decision.not_understood)
        self._legend.setText(speech("ui.reading.not_understood", count=count) if count else "")
        self._legend.setVisible(bool(count))
        self._fill_which()
        self._show_figures()
        self._show_lines()
        self.panel.show_findings(self.findings())


def _amount(tiyn: int | None) -> str:
    return DASH if tiyn is None else table_amount(tiyn)


def _signed(tiyn: int | None) -> str:
    if tiyn is None:
        return ""
    return f"+{table_amount(tiyn)}" if tiyn > 0 else table_amount(tiyn)

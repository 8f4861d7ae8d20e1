"""What was understood of a decision, beside the present budget, before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
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
from akimat_desk.budget.views import BudgetView, DecisionSummary
from akimat_desk.core import dates
from akimat_desk.core.errors import AkimatError, RuleBroken
from akimat_desk.core.findings import Finding, has_errors
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desk import NewUnit, OpenedWorkspace, UnitMatch, compare_figures
from akimat_desk.ui.dialogs.reason import ReasonDialog
from akimat_desk.ui.dialogs.unit import UnitDialog
from akimat_desk.ui.dialogs.workspace import NewWorkspaceDialog
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.models.budget_tree import BudgetTreeModel, Fixed
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.theme import LIGHT, SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import button, label, table_view, tree_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel

if TYPE_CHECKING:
    from akimat_desk.budget.reading.draft import Fragment, ReadUnit
    from akimat_desk.budget.reading.files import DecisionFile

_NEW_UNIT = -1


class ReadingPage(QWidget):
    """The preview: figures and lines at the left, the source at the right, findings below."""

    #: Stored (a DecisionSummary) or put away (None).
    finished = Signal(object)

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.speech = context.speech
        self._actions = actions
        self._file: DecisionFile | None = None
        self._matches: tuple[UnitMatch, ...] = ()
        self._present: BudgetView | None = None
        self._confirming = False
        self._reason = ""
        self._make_widgets()
        self._arrange()
        self.speech.changed.connect(self.retranslate)
        self.retranslate()

    # -- building -----------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        self.bar = Bar(self.speech, self)
        self._title = label("title")
        self._facts = label("quiet", wrap=True)
        self._which_label = label("quiet")
        self.which = QComboBox(self)
        self.which.activated.connect(self._choose_read_unit)
        self._into_label = label("quiet")
        self.into = QComboBox(self)
        self.into.activated.connect(self._choose_target)
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
        self.draft_button.clicked.connect(self.store_draft)
        self.confirm_button.clicked.connect(self.store_confirmed)
        self.discard_button.clicked.connect(self.discard)
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
        """Show what was read; the present budget is asked for and joins in."""
        self._file = file
        self._matches = ()
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
        self._ask_matches()

    @property
    def unit(self) -> ReadUnit | None:
        """The unit of the text that is looked at."""
        if self._file is None or not self._file.decision.units:
            return None
        return self._file.decision.units[max(self.which.currentIndex(), 0)]

    def findings(self) -> list[Finding]:
        """Everything to be said of the text and of the unit looked at."""
        if self._file is None or self.unit is None:
            return []
        return [*self._file.decision.findings, *self.unit.findings]

    def _ask_matches(self) -> None:
        file, desk = self._file, self.context.desk
        if file is not None:
            self.context.ask(lambda _task: (file, desk.matches(file)), self._matched)

    @Slot(object)
    def _matched(self, answer: tuple[DecisionFile, tuple[UnitMatch, ...]]) -> None:
        file, matches = answer
        if file is not self._file:
            return
        self._matches = matches
        # Of many units of a text, the one that the workspace keeps comes first.
        mine = next((i for i, match in enumerate(matches) if match.unit_id is not None), None)
        if mine is not None:
            self.which.setCurrentIndex(mine)
        self._choose_read_unit(self.which.currentIndex())

    @Slot(int)
    def _choose_read_unit(self, _row: int) -> None:
        match = self._match()
        self._present = match.present if match else None
        self._fill_into(match.unit_id if match else None)
        self.retranslate()

    def _match(self) -> UnitMatch | None:
        row = max(self.which.currentIndex(), 0)
        return self._matches[row] if row < len(self._matches) else None

    @Slot(int)
    def _choose_target(self, _row: int) -> None:
        unit_id, read = self.into.currentData(), self.unit
        self._present = None
        if unit_id is None or unit_id == _NEW_UNIT or read is None or read.first_year is None:
            self._show_figures()
            return
        desk, year = self.context.desk, read.first_year
        self.context.ask(lambda _task: desk.present(unit_id, year), self._show_present)

    @Slot(object)
    def _show_present(self, present: BudgetView | None) -> None:
        self._present = present
        self._show_figures()

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

    def _fill_into(self, chosen: int | None) -> None:
        self.into.clear()
        workspace = self.context.workspace
        for unit in workspace.units if workspace else ():
            self.into.addItem(unit.name.text(self.speech.language), unit.id)
        if workspace is not None:
            self.into.addItem(self.speech("ui.reading.new_unit"), _NEW_UNIT)
        at = self.into.findData(chosen) if chosen is not None else self.into.count() - 1
        self.into.setCurrentIndex(at)
        for part in (self.into, self._into_label):
            part.setVisible(workspace is not None)

    def _mark(self, fragments: Sequence[Fragment]) -> None:
        """Highlight in the source what was not understood."""
        look = QTextCharFormat()
        look.setBackground(QColor(LIGHT.warning_soft))
        look.setForeground(QColor(LIGHT.warning))
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

    # -- storing ------------------------------------------------------------------------------

    @Slot()
    def store_draft(self) -> None:
        """Keep it as a draft."""
        self._store(confirm=False)

    @Slot()
    def store_confirmed(self) -> None:
        """Keep it as the decision in force."""
        self._store(confirm=True)

    def _store(self, confirm: bool) -> None:
        file, unit = self._file, self.unit
        if file is None or unit is None or not self._take_number_and_date():
            return
        reason = ""
        if confirm and has_errors(self.findings()):
            asked = ReasonDialog.ask(self.context, self.findings(), self)
            if asked is None:
                return
            reason = asked
        self._confirming, self._reason = confirm, reason
        desk = self.context.desk
        if self.context.workspace is None:
            made = NewWorkspaceDialog.ask(self.context, self._suggested_unit(unit), self)
            if made is not None:
                path, first_unit = made
                self._begin()
                self.context.do(
                    lambda _task: desk.create(path, first_unit),
                    self._created,
                    "ui.work.create",
                    self._refused,
                )
            return
        unit_id = self.into.currentData()
        if unit_id is not None and unit_id != _NEW_UNIT:
            self._store_into(unit_id)
            return
        new_unit = UnitDialog.ask(self.context, self._suggested_unit(unit), self)
        if new_unit is not None:
            self._begin()
            self.context.do(
                lambda _task: (desk.add_unit(new_unit).id, desk.again()), self._added, "", self._refused
            )

    @Slot(object)
    def _created(self, opened: OpenedWorkspace) -> None:
        self.context.set_workspace(opened)
        self._fill_into(opened.units[0].id)
        self._store_into(opened.units[0].id)

    @Slot(object)
    def _added(self, answer: tuple[int, OpenedWorkspace]) -> None:
        unit_id, opened = answer
        self.context.units_changed(opened)
        self._fill_into(unit_id)
        self._store_into(unit_id)

    def _store_into(self, unit_id: int) -> None:
        file, index = self._file, max(self.which.currentIndex(), 0)
        confirm, reason, desk = self._confirming, self._reason, self.context.desk
        if file is not None:
            self._begin()
            self.context.do(
                lambda _task: desk.store(file, index, unit_id, confirm, reason),
                self._stored,
                "ui.work.store",
                self._refused,
            )

    @Slot(bool)
    def _share_height(self, folded: bool) -> None:
        """What was read has what the findings do not need."""
        high = max(self._down.height(), 400)
        wanted = self.panel.minimumSizeHint().height() if folded else max(high // 3, 170)
        self._down.setSizes([high - wanted, wanted])

    def _begin(self) -> None:
        for made in (self.draft_button, self.confirm_button):
            made.setEnabled(False)

    def _take_number_and_date(self) -> bool:
        """Take what the person corrected of number and date; says so when the date is no date."""
        assert self._file is not None
        decision = self._file.decision
        decision.number = self.number.text().strip() or None
        written = self.date.text().strip()
        if not written:
            decision.date = None
            return True
        try:
            day, month, year = (int(part) for part in written.split("."))
            decision.date = dt.date(year, month, day)
        except ValueError:
            self.bar.say("error", Message("ui.date.wrong", {"written": written}))
            self.date.setFocus()
            return False
        return True

    def _suggested_unit(self, unit: ReadUnit) -> NewUnit:
        assert self._file is not None
        return NewUnit.suggested(unit.name, self._file.decision.language)

    @Slot(object)
    def _stored(self, summary: DecisionSummary) -> None:
        self._ready()
        self._file = None
        self.finished.emit(summary)

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self._ready()
        self.bar.say("error" if not isinstance(problem, RuleBroken) else "warning", problem.message)

    def _ready(self) -> None:
        for made in (self.draft_button, self.confirm_button):
            made.setEnabled(True)

    @Slot()
    def discard(self) -> None:
        """Put it away; nothing is stored."""
        self._file = None
        self.finished.emit(None)

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
        row = self.into.currentIndex()
        self._fill_which()
        chosen = self.into.itemData(row) if row >= 0 else None
        if self._matches:
            self._fill_into(chosen)
        self._show_figures()
        self._show_lines()
        self.panel.show_findings(self.findings())


def _amount(tiyn: int | None) -> str:
    return DASH if tiyn is None else table_amount(tiyn)


def _signed(tiyn: int | None) -> str:
    if tiyn is None:
        return ""
    return f"+{table_amount(tiyn)}" if tiyn > 0 else table_amount(tiyn)

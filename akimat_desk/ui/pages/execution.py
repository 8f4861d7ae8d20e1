"""The Execution page: months taken in, plan and fact line by line, what is off its usual pace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QHeaderView, QTabWidget, QVBoxLayout, QWidget

from akimat_desk.budget.execution.forecast import Method
from akimat_desk.budget.execution.forms import FormKind, Month
from akimat_desk.budget.execution.table import Column, ExecutionRow
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.execution import ExecutionDesk, ExecutionShown, FormSource
from akimat_desk.ui.formats import DASH, computed, percent
from akimat_desk.ui.models.rows import RowText
from akimat_desk.ui.models.shares import ShareDelegate, SharesModel
from akimat_desk.ui.pages.execution_forecast import ForecastTab
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import (
    ActionButton,
    RoomyComboBox,
    label,
    remember_columns,
    restore_columns,
    table_view,
)
from akimat_desk.ui.widgets.findings_panel import FindingsPanel

_COLUMNS = ("code", "name", "year", "period", "executed", "off", "of_period", "of_year", "forecast", "reason")
_BAR = _COLUMNS.index("of_year")


class ExecutionPage(Page):
    """One month at a time, cumulative from January."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.shown: ExecutionShown | None = None
        self._rows: list[ExecutionRow] = []
        self._month: int | None = None
        self._month_label = label("quiet")
        self.months: QComboBox = RoomyComboBox(18, self)
        self.months.activated.connect(self._choose_month)
        self._month_label.setBuddy(self.months)
        self.only_off = QCheckBox(self)
        self.only_off.toggled.connect(self._fill)
        self.state = label("quiet", wrap=True)
        self.empty = label("subtitle", wrap=True)
        self.model = SharesModel(numbers_from=2, numbers_to=len(_COLUMNS) - 1, bar=_BAR, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(_BAR, ShareDelegate(self.table))
        self.table.selectionModel().currentRowChanged.connect(self._line_chosen)
        self.table.doubleClicked.connect(self._opened)
        self.warnings = FindingsPanel(self.speech, self)
        self.warnings.chosen.connect(self._go_to)
        self.forecast = ForecastTab(context, actions, self)
        self.forecast.chosen.connect(self._choose_method)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.currentChanged.connect(self._looked_at)
        self._arrange()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        for part in (self._month_label, self.months, self.only_off):
            top.addWidget(part)
        top.addStretch(1)
        for name, role in (("take_in_form", "primary"), ("paste_form", "plain"), ("type_form", "plain")):
            top.addWidget(ActionButton(self.actions_[name], role, self))
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self.state, 1)
        for name in ("line_reason", "line_documents", "execution_report"):
            line.addWidget(ActionButton(self.actions_[name], "quiet", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addLayout(line)
        fact = QWidget(self)
        facts = QVBoxLayout(fact)
        facts.setContentsMargins(0, SPACE, 0, 0)
        facts.setSpacing(SPACE)
        facts.addWidget(self.table, 3)
        facts.addWidget(self.warnings, 1)
        self.tabs.addTab(fact, "")
        self.tabs.addTab(self.forecast, "")
        column.addWidget(self.empty)
        column.addWidget(self.tabs, 1)

    def provide(self) -> None:
        has_forms = self.shown is not None and bool(self.shown.months)
        self.actions_.provide("execution", has_forms)
        self.actions_.provide("execution_line", has_forms and self._row() is not None)

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self.context.chosen
        if chosen.unit_id is None or chosen.year is None:
            self._show(None)
            return
        desk, unit, year = self.context.desk.area(ExecutionDesk), chosen.unit_id, chosen.year
        if self.shown is not None and self.shown.outlook.table.month.year != year:
            self._month = None
        month = self._month
        self.context.ask(lambda _task: desk.shown(unit, year, month), self._show, self._refused)

    @Slot(object)
    def _show(self, shown: ExecutionShown | None) -> None:
        self.shown = shown
        if shown is not None:
            self._month = shown.outlook.table.month.month
        self.retranslate()
        self.provide()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self._show(None)
        self.context.notice.emit("error", problem.message)

    @Slot(int)
    def _choose_month(self, row: int) -> None:
        self._month = self.months.itemData(row)
        self.refresh()

    @Slot()
    def _fill(self) -> None:
        shown = self.shown
        if shown is None or not shown.months:
            self._rows = []
            self.model.show_shares(self._heads(), (), ())
            return
        table = shown.outlook.table
        rows = table.off_plan() if self.only_off.isChecked() else list(table.rows)
        self._rows = rows
        ahead = shown.outlook
        best = {(line.row.section, line.row.code): line.chosen(ahead.method) for line in ahead.lines}
        texts, shares = [], []
        for row in rows:
            foretold = best.get((row.section, row.code))
            texts.append(
                RowText(
                    (
                        str(row.parsed_code or ""),
                        self._name(row),
                        table_amount(row.amount(Column.ADJUSTED)) or DASH,
                        computed(row.amount(Column.PLAN_PAYMENTS)),
                        computed(row.amount(Column.EXECUTED)),
                        computed(row.off_plan),
                        f"{percent(row.of_period)} %" if row.of_period is not None else DASH,
                        f"{percent(row.of_year)} %" if row.of_year is not None else DASH,
                        computed(foretold.amount if foretold is not None else None),
                        shown.reasons.get(row.code, ""),
                    ),
                    bold=row.level <= 1,
                    band=row.level == 0,
                    key=(row.section, row.code),
                )
            )
            shares.append(int(row.of_year * 10) if row.of_year is not None else None)
        self.model.show_shares(self._heads(), texts, shares)

    def _name(self, row: ExecutionRow) -> str:
        if row.level == 0:
            return self.speech(f"section.{row.section.value}")
        return "\u2003" * (row.level - 1) + row.name.text(self.speech.language)

    def _heads(self) -> list[str]:
        return [self.speech(f"ui.execution.column.{name}") for name in _COLUMNS]

    def _row(self) -> ExecutionRow | None:
        """The row under the cursor."""
        index = self.table.currentIndex()
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if self.isVisible():
            self.provide()

    @Slot(int)
    def _looked_at(self, _tab: int) -> None:
        """The forecast begins with the line that was looked at."""
        row = self._row()
        if self.tabs.currentWidget() is self.forecast and row is not None:
            self.forecast.show_line(row.section, row.code)

    @Slot(object)
    def _choose_method(self, method: Method | None) -> None:
        desk = self.context.desk.area(ExecutionDesk)
        self.context.do(lambda _task: desk.choose_method(method), lambda _done: self.refresh())

    @Slot(QModelIndex)
    def _opened(self, _index: QModelIndex) -> None:
        self.show_documents()

    @Slot(object)
    def _go_to(self, finding: Finding) -> None:
        """The line that a warning is about."""
        for number, row in enumerate(self._rows):
            if (
                row.section.value == finding.where.section
                and str(row.parsed_code or "") == finding.where.code
            ):
                self.table.selectRow(number)
                self.table.scrollTo(self.model.index(number, 0))

    # -- what can be done ---------------------------------------------------------------------

    @Slot()
    def take_in(self) -> None:
        """Choose a form's file and show what it would change."""
        from akimat_desk.ui.dialogs.files import ask_form

        path = ask_form(self.context, self)
        if path is not None:
            self.show_form(FormSource(path=path))

    @Slot()
    def paste(self) -> None:
        """Paste a form and show what it would change."""
        from akimat_desk.ui.dialogs.treasury_form import PasteFormDialog

        pasted = PasteFormDialog.ask(self.context, self)
        if pasted is not None:
            self.show_form(FormSource(pasted=pasted))

    def show_form(self, source: FormSource) -> None:
        """A form beside what is stored, to be taken in or put away."""
        from akimat_desk.ui.dialogs.treasury_form import FormDialog

        unit_id = self.context.chosen.unit_id
        if unit_id is None:
            return
        taken = FormDialog.ask(self.context, unit_id, source, self)
        if taken is None:
            return
        month = taken.preview.month
        if month is not None:
            self._month = month.month
            if month.year != self.context.chosen.year:
                self.context.choose_year(month.year)
        key = "ui.execution.taken_in" if taken.form_id is not None else "ui.execution.same"
        self.context.notice.emit("good", Message(key, {"month": str(month)}))
        self.refresh()

    @Slot()
    def type_in(self) -> None:
        """Type a month in by hand."""
        from akimat_desk.ui.dialogs.typed_form import TypedFormDialog

        chosen = self.context.chosen
        if chosen.unit_id is None or chosen.year is None:
            return
        month = Month(chosen.year, self._month or 1)
        if TypedFormDialog.ask(self.context, chosen.unit_id, month, self):
            self.refresh()

    @Slot()
    def write_reason(self) -> None:
        """Write why the chosen line is off its plan."""
        from akimat_desk.ui.dialogs.line_reason import LineReasonDialog

        row, unit_id = self._row(), self.context.chosen.unit_id
        if row is None or self.shown is None or unit_id is None:
            return
        month = self.shown.outlook.table.month
        known = self.shown.reasons.get(row.code, "")
        if LineReasonDialog.ask(self.context, unit_id, month, row, known, self):
            self.refresh()

    @Slot()
    def show_documents(self) -> None:
        """Show the documents that the chosen line's figures stand in."""
        from akimat_desk.ui.dialogs.behind import BehindDialog

        row, unit_id = self._row(), self.context.chosen.unit_id
        if row is not None and self.shown is not None and unit_id is not None:
            BehindDialog.show_for(self.context, unit_id, self.shown.outlook.table.month, row, self)

    @Slot()
    def show_report(self) -> None:
        """Show the report on execution."""
        self._reveal_report("execution")

    @Slot()
    def show_forecast_report(self) -> None:
        """Show the report of the forecast."""
        self._reveal_report("forecast")

    def _reveal_report(self, report: str) -> None:
        from akimat_desk.ui.window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            window.reveal("reports", report)

    @Slot()
    def export_expenses(self) -> None:
        """Write the month's expenses as a plain table that 1C reads, and gives back."""
        self._export(FormKind.EXPENSES)

    @Slot()
    def export_receipts(self) -> None:
        """Write the month's receipts as a plain table that 1C reads, and gives back."""
        self._export(FormKind.RECEIPTS)

    def _export(self, kind: FormKind) -> None:
        from akimat_desk.ui.dialogs.files import ask_save

        unit_id = self.context.chosen.unit_id
        if self.shown is None or unit_id is None:
            return
        month, language = self.shown.outlook.table.month, self.speech.language
        speech, name = self.speech, f"{kind.value}_{month}.xlsx"
        title, sort = speech("ui.files.save_report"), speech("ui.files.xlsx")
        path = ask_save(self.context, self, "report", title, name, sort)
        if path is None:
            return
        official = Language.RU if language is Language.RU else Language.KK
        desk = self.context.desk.area(ExecutionDesk)
        self.context.ask(
            lambda _task: desk.export(unit_id, month, kind, path, official), self._exported, self._not_written
        )

    @Slot(object)
    def _exported(self, path: Path) -> None:
        self.context.notice.emit("good", Message("ui.notice.saved", {"path": str(path)}))

    @Slot(object)
    def _not_written(self, problem: AkimatError) -> None:
        self.context.notice.emit("error", problem.message)

    @Slot()
    def withdraw(self) -> None:
        """Take the month's last form back, with a reason."""
        from akimat_desk.ui.dialogs.line_reason import WithdrawDialog

        forms = self.shown.months.get(self._month or 0, ()) if self.shown is not None else ()
        if forms and WithdrawDialog.ask(self.context, forms, self):
            self.refresh()

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._month_label.setText(speech("ui.execution.month"))
        self.months.setAccessibleName(speech("ui.execution.month"))
        self.only_off.setText(speech("ui.execution.only_off"))
        self.table.setAccessibleName(speech("ui.page.execution"))
        self._fill_months()
        shown = self.shown
        nothing = shown is None or not shown.months
        self.empty.setVisible(nothing)
        self.empty.setText(speech("ui.execution.empty"))
        self.tabs.setVisible(not nothing)
        self.tabs.setTabText(0, speech("ui.execution.tab.fact"))
        self.tabs.setTabText(1, speech("ui.execution.tab.forecast"))
        self.tabs.setAccessibleName(speech("ui.page.execution"))
        self.tabs.tabBar().setAccessibleName(speech("ui.page.execution"))
        self.forecast.show_outlook(shown.outlook if shown is not None and shown.months else None)
        self.state.setText("" if shown is None else self._state(shown))
        warnings = shown.outlook.warnings() if shown is not None and shown.months else []
        self.warnings.setVisible(bool(warnings))
        self.warnings.show_findings(warnings)
        self._fill()
        if not restore_columns(self.table.horizontalHeader(), self.context.settings, "execution"):
            self._widths()

    def _widths(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate((14, 31, 12, 12, 12, 13, 13, 11, 12, 24)):
            self.table.setColumnWidth(column, letters * letter)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)

    def _fill_months(self) -> None:
        shown = self.shown
        self.months.clear()
        for number in range(1, 13):
            forms = shown.months.get(number, ()) if shown is not None else ()
            kinds = {form.kind for form in forms}
            key = "both" if len(kinds) == len(FormKind) else "none" if not kinds else next(iter(kinds)).value
            name = self.speech(f"ui.execution.month.{number}")
            self.months.addItem(self.speech(f"ui.execution.has.{key}", month=name), number)
        self.months.setCurrentIndex((self._month or 1) - 1)

    def _state(self, shown: ExecutionShown) -> str:
        """What is missing up to the last month that has anything."""
        last = max(shown.months, default=0)
        missing = [
            self.speech(f"ui.execution.month.{number}")
            for number in range(1, last + 1)
            if len({form.kind for form in shown.months.get(number, ())}) < len(FormKind)
        ]
        if not shown.months:
            return ""
        said = (
            self.speech("ui.execution.missing", months=", ".join(missing))
            if missing
            else self.speech("ui.execution.complete", month=self.speech(f"ui.execution.month.{last}"))
        )
        source = self.speech(f"ui.execution.plan.{shown.outlook.table.plan_source.value}")
        return f"{said} {source}"

    def save_state(self) -> None:
        if self.shown is not None and self.shown.months:
            remember_columns(self.table.horizontalHeader(), self.context.settings, "execution")

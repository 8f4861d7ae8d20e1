"""A treasury form beside what is stored: row by row new, changed, same or wrong, before it is taken in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QHeaderView, QWidget

from akimat_desk.budget.execution.codebook import ChoiceKind, CodeChoice
from akimat_desk.budget.execution.forms import EXECUTED, MoneyUnit
from akimat_desk.budget.execution.preview import Preview, PreviewRow, RowState
from akimat_desk.budget.execution.reading.columns import ColumnsUnknown
from akimat_desk.budget.execution.taking_in import TakenIn
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import table_amount
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.execution import ExecutionDesk, FormSource
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.dialogs.small import PasteDialog
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.widgets.basics import RoomyComboBox, button, label, table_view
from akimat_desk.ui.work import Work

_COLUMNS = ("state", "code", "name", "before", "now", "difference", "said")
_FIRST = {RowState.WRONG: 0, RowState.CHANGED: 1, RowState.NEW: 2, RowState.GONE: 3}


class PasteFormDialog(PasteDialog):
    """A box to paste a form into."""

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.form.paste.title"))
        self.words.setText(self.speech("ui.form.paste.words"))
        self.box.setAccessibleName(self.speech("ui.form.paste.title"))


class FormDialog(SavingDialog):
    """Shows the rows; an unknown code is mapped, added or left out; then everything right is taken in."""

    def __init__(
        self, context: Context, unit_id: int, source: FormSource, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self.source = unit_id, source
        self.preview: Preview | None = None
        self._rows: list[PreviewRow] = []
        self.summary = label("subtitle", wrap=True)
        self.findings = label("", wrap=True, selectable=True)
        self.model = RowsModel(numbers_from=3, numbers_to=6, parent=self)
        self.table = table_view(self)
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.told = label("", wrap=True, selectable=True)
        self.codes: QComboBox = RoomyComboBox(30, self)
        self.use_code = button("plain", self)
        self.use_code.clicked.connect(self._map)
        self.add = button("plain", self)
        self.add.clicked.connect(self._add)
        self.skip = button("plain", self)
        self.skip.clicked.connect(self._skip)
        self._unit_label = label("quiet")
        self.units = QComboBox(self)
        self.units.activated.connect(self._choose_unit)
        self._unit_label.setBuddy(self.units)
        self.same_unit = QCheckBox(self)
        self.same_unit.toggled.connect(self._said_same)
        choose = QHBoxLayout()
        for part in (self.codes, self.use_code, self.add, self.skip):
            choose.addWidget(part)
        choose.addStretch(1)
        below = QHBoxLayout()
        for widget in (self._unit_label, self.units, self.same_unit):
            below.addWidget(widget)
        below.addStretch(1)
        self.content.addWidget(self.summary)
        self.content.addWidget(self.findings)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.told)
        self.content.addLayout(choose)
        self.content.addLayout(below)
        self.resize(1080, 620)
        self.retranslate()
        self._ask()

    @classmethod
    def ask(
        cls, context: Context, unit_id: int, source: FormSource, parent: QWidget | None
    ) -> TakenIn | None:
        """What was taken in; None when called off."""
        dialog = cls(context, unit_id, source, parent)
        if dialog.run() and isinstance(dialog.saved, TakenIn):
            return dialog.saved
        return None

    def _ask(self) -> None:
        desk, unit_id, source = self.context.desk.area(ExecutionDesk), self._unit_id, self.source
        self.accept_button.setEnabled(False)
        self.context.ask(lambda _task: desk.preview(unit_id, source), self._show, self._not_read)

    @Slot(object)
    def _show(self, preview: Preview) -> None:
        self.preview = preview
        self.problem.hide()
        for refusal in preview.refusals:
            said = refusal.message(self.speech.language)
            self.object_to(f"{said} {refusal.fix(self.speech.language) or ''}")
        self._tell()

    @Slot(object)
    def _not_read(self, problem: AkimatError) -> None:
        self.preview = None
        self._tell()
        if isinstance(problem, ColumnsUnknown):
            from akimat_desk.ui.dialogs.form_columns import FormColumnsDialog

            layout = FormColumnsDialog.ask(self.context, problem.question, self)
            if layout is not None:
                desk, signature = self.context.desk.area(ExecutionDesk), problem.question.signature
                self.context.do(lambda _task: desk.remember_columns(signature, layout))
                self.source = replace(self.source, layouts={**self.source.layouts, signature: layout})
                self._ask()
                return
        self.object_to(problem.message.text(self.speech.language))

    # -- what is shown ------------------------------------------------------------------------

    def _tell(self) -> None:
        speech, preview = self.speech, self.preview
        rows = sorted(preview.rows, key=lambda row: _FIRST.get(row.state, 9)) if preview else []
        self._rows = rows
        self.model.show_rows(
            [speech(f"ui.form.column.{name}") for name in _COLUMNS], [self._text(row) for row in rows]
        )
        if preview is None:
            self.summary.setText("")
            self.findings.setText("")
            self.accept_button.setEnabled(False)
        else:
            counts = {state.value: preview.counts.get(state, 0) for state in RowState}
            kind = speech(f"form.kind.{preview.form.kind.value}")
            head = speech("ui.form.summary", kind=kind, month=str(preview.month or DASH), **counts)
            self.summary.setText(head if preview.changes else f"{head} {speech('cli.form.nothing_changes')}")
            self.findings.setText("\n".join(f"⚠ {self._said(f)}" for f in preview.findings[:5]))
            self.accept_button.setEnabled(not preview.refusals)
        self.findings.setVisible(bool(self.findings.text()))
        refused = {finding.code for finding in preview.refusals} if preview else set()
        self.same_unit.setVisible("form.other_unit" in refused or self.source.same_unit)
        self._offer(None)

    def _said(self, finding: Finding) -> str:
        """A remark of the form with the line that it is about."""
        where = finding.where.show(self.speech.language)
        message = finding.message(self.speech.language)
        return f"{where}: {message}" if where else message

    def _text(self, row: PreviewRow) -> RowText:
        assert self.preview is not None
        measure = EXECUTED[self.preview.form.kind]
        before = row.before.get(measure) if row.before is not None else None
        now = row.amounts.get(measure)
        difference = row.difference(measure)
        said = " ".join(problem.message(self.speech.language) for problem in row.problems)
        return RowText(
            (
                self.speech(f"form.state.{row.state.value}"),
                row.printed_code,
                row.name.text(self.speech.language),
                table_amount(before) if before is not None else DASH,
                table_amount(now) if now is not None else DASH,
                table_amount(difference) if difference else "",
                said,
            ),
            bold=row.state is RowState.WRONG,
            band=row.state is RowState.WRONG,
        )

    @Slot(QModelIndex, QModelIndex)
    def _row_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        self._offer(self._rows[now.row()] if now.isValid() else None)

    def _offer(self, row: PreviewRow | None) -> None:
        """What can be done about a row: only an unknown code has a choice here."""
        language = self.speech.language
        problems = row.problems if row is not None else ()
        self.told.setText("\n".join(f"{p.message(language)} {p.fix(language) or ''}" for p in problems))
        self.told.setVisible(bool(problems))
        unknown = row is not None and row.code is None and row.state is RowState.WRONG
        for part in (self.codes, self.use_code, self.skip):
            part.setVisible(unknown)
        self.add.setVisible(unknown and row is not None and row.missing is not None)
        self.codes.clear()
        if row is None or not unknown:
            return
        for known in row.candidates:
            self.codes.addItem(f"{known.code} {known.name.text(language)}"[:90], known.code)
        self.codes.setEnabled(bool(row.candidates))
        self.use_code.setEnabled(bool(row.candidates))

    # -- what is decided ----------------------------------------------------------------------

    def _chosen_row(self) -> PreviewRow | None:
        index = self.table.currentIndex()
        return self._rows[index.row()] if index.isValid() else None

    @Slot()
    def _map(self) -> None:
        row, code = self._chosen_row(), self.codes.currentData()
        if row is not None and code is not None:
            self._decide(row.printed_code, CodeChoice(ChoiceKind.MAP, code, Trilingual()))

    @Slot()
    def _add(self) -> None:
        """Take the code into the classification under its names; then the form is compared again."""
        from akimat_desk.ui.dialogs.new_code import NewCodeDialog

        row, preview = self._chosen_row(), self.preview
        if row is None or row.missing is None or preview is None or preview.month is None:
            return
        # The form prints a program's name on the program's own row: that of a line below is not its.
        printed = row.name if row.missing.specific else Trilingual()
        added = NewCodeDialog.ask(self.context, preview.month.year, self, code=row.missing, name=printed)
        if added is not None:
            self._ask()

    @Slot()
    def _skip(self) -> None:
        row = self._chosen_row()
        if row is not None:
            self._decide(row.printed_code, CodeChoice(ChoiceKind.SKIP))

    def _decide(self, printed: str, choice: CodeChoice) -> None:
        self.source = replace(self.source, decided={**self.source.decided, printed: choice})
        self._ask()

    @Slot(int)
    def _choose_unit(self, row: int) -> None:
        said = self.units.itemData(row)
        self.source = replace(self.source, unit=MoneyUnit(said) if said else None)
        self._ask()

    @Slot(bool)
    def _said_same(self, said: bool) -> None:
        self.source = replace(self.source, same_unit=said)
        self._ask()

    def fault(self) -> str | None:
        return None if self.preview is not None else self.speech("ui.form.not_read")

    def work(self) -> Work:
        desk, unit_id, source = self.context.desk.area(ExecutionDesk), self._unit_id, self.source
        return lambda _task: desk.take_in(unit_id, source)

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.form.title"))
        self.words.setText(speech("ui.form.words"))
        self.accept_button.setText(speech("ui.form.take_in"))
        self.use_code.setText(speech("ui.form.use_code"))
        self.add.setText(speech("ui.form.add_code"))
        self.skip.setText(speech("ui.form.skip"))
        self._unit_label.setText(speech("ui.form.unit"))
        self.units.setAccessibleName(speech("ui.form.unit"))
        self.codes.setAccessibleName(speech("ui.form.codes"))
        self.table.setAccessibleName(speech("ui.form.title"))
        self.same_unit.setText(speech("ui.form.same_unit"))
        row = max(self.units.currentIndex(), 0)
        self.units.clear()
        self.units.addItem(speech("ui.form.unit_as_said"), None)
        for unit in MoneyUnit:
            self.units.addItem(speech(f"form.unit.{unit.value}"), unit)
        self.units.setCurrentIndex(row)
        self._tell()
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate((14, 20, 34, 14, 14, 13)):
            self.table.setColumnWidth(column, letters * letter)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)

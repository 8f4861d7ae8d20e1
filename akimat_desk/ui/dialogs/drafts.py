"""Dialogs of the draft page: begin a draft, copy a year, which lines pasted names mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from akimat_desk.budget.drafts.cells import LineRecord
from akimat_desk.budget.drafts.coded import figure_row, record_for
from akimat_desk.budget.drafts.copying import CopyYear, SourceLine
from akimat_desk.budget.drafts.edits import AddFigure, AddLine, Edit
from akimat_desk.budget.drafts.pasting import PastedRow
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.budget.views import DecisionSummary
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.language import Language
from akimat_desk.core.money import DECISION_STEP
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.drafts import DraftsDesk
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.formats import code_shown, edition_title
from akimat_desk.ui.grid.finder import LineFinder
from akimat_desk.ui.widgets.basics import label


@dataclass(frozen=True, slots=True)
class Begun:
    """What a person wants to begin."""

    year: int
    language: Language


class NewDraftDialog(Dialog):
    """The first year and the language of the decision."""

    def __init__(self, context: Context, year: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.year = QSpinBox(self)
        self.year.setRange(2000, 2100)
        self.year.setValue(year)
        self.year.setGroupSeparatorShown(False)
        self.language = QComboBox(self)
        for language in (Language.KK, Language.RU):
            self.language.addItem("", language.value)
        form = QFormLayout()
        self._labels = {}
        for name, part in (("year", self.year), ("language", self.language)):
            made = label()
            made.setBuddy(part)
            self._labels[name] = made
            form.addRow(made, part)
        self.content.addLayout(form)
        self.setMinimumWidth(460)
        self.retranslate()
        self.year.setFocus()
        self.year.selectAll()  # another year is typed over it

    @classmethod
    def ask(cls, context: Context, year: int, parent: QWidget | None) -> Begun | None:
        """What was filled in; None when called off."""
        dialog = cls(context, year, parent)
        if not dialog.run():
            return None
        return Begun(dialog.year.value(), Language(dialog.language.currentData()))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.draft.new.title"))
        self.words.setText(self.speech("ui.draft.new.words"))
        for name, made in self._labels.items():
            made.setText(self.speech(f"ui.draft.new.{name}"))
        for row in range(self.language.count()):
            self.language.setItemText(row, self.speech(f"ui.action.language_{self.language.itemData(row)}"))
        self.accept_button.setText(self.speech("ui.draft.new.begin"))


class CopyYearDialog(Dialog):
    """Which edition and year to copy, into which year, at what percentage, rounded how, which branches."""

    def __init__(
        self,
        context: Context,
        decisions: Sequence[DecisionSummary],
        years: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._lines: tuple[SourceLine, ...] = ()
        self.source = QComboBox(self)
        self._sources: list[tuple[DecisionSummary, int]] = []
        for decision in decisions:
            for year in decision.years:
                self._sources.append((decision, year))
                self.source.addItem("")
        self.target = QComboBox(self)
        for year in years:
            self.target.addItem(str(year), year)
        self.percent = QLineEdit("100", self)
        self.step = QComboBox(self)
        for step in (DECISION_STEP, 10 * DECISION_STEP):
            self.step.addItem("", step)
        self.branches = QListWidget(self)
        self.branches.setMinimumHeight(220)
        form = QFormLayout()
        self._labels = {}
        for name, part in (
            ("source", self.source), ("target", self.target), ("percent", self.percent),
            ("step", self.step), ("branches", self.branches),
        ):  # fmt: skip
            made = label()
            made.setBuddy(part)
            self._labels[name] = made
            form.addRow(made, part)
        self.content.addLayout(form)
        self.setMinimumWidth(640)
        self.source.currentIndexChanged.connect(self._ask_lines)
        self.retranslate()
        self.source.setCurrentIndex(self._best())
        self._ask_lines()

    @classmethod
    def ask(
        cls,
        context: Context,
        decisions: Sequence[DecisionSummary],
        years: Sequence[int],
        parent: QWidget | None,
    ) -> CopyYear | None:
        """The copy to be made; None when called off."""
        dialog = cls(context, decisions, years, parent)
        return dialog.edit() if dialog.run() else None

    def _best(self) -> int:
        """The year before the first of the draft, in the latest edition that begins with it."""
        wanted = int(self.target.itemData(0)) - 1
        own = [row for row, (made, year) in enumerate(self._sources) if year == wanted == made.first_year]
        other = [row for row, (_, year) in enumerate(self._sources) if year == wanted]
        return (own or other or [0])[-1]

    @Slot()
    def _ask_lines(self) -> None:
        row = self.source.currentIndex()
        if not 0 <= row < len(self._sources):
            return
        (decision, year), desk = self._sources[row], self.context.desk
        self.context.ask(
            lambda _task: desk.area(DraftsDesk).lines_of(decision.id, year), self._take, self._refused
        )

    @Slot(object)
    def _take(self, lines: tuple[SourceLine, ...]) -> None:
        self._lines = lines
        self.branches.clear()
        for code in sorted({line.branch for line in lines}, key=lambda code: (len(str(code)), str(code))):
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.branches.addItem(item)
        if self.branches.count():
            self.branches.setCurrentRow(0)
        self._name_branches()

    @Slot(object)
    def _refused(self, problem: AkimatError) -> None:
        self._take(())
        self.object_to(problem.message.text(self.speech.language))

    def _name_branches(self) -> None:
        row = self.source.currentIndex()
        year = self._sources[row][1] if self._sources else 0
        for number in range(self.branches.count()):
            item = self.branches.item(number)
            code = item.data(Qt.ItemDataRole.UserRole)
            entry = pack_for(year).lookup(code)
            name = entry.name.text(self.speech.language) if entry is not None else ""
            item.setText(f"{code_shown(code)}   {name}".strip())

    def fault(self) -> str | None:
        if self._percent() is None:
            return self.speech("error.draft.percent", given=self.percent.text())
        if not self._lines or not self._chosen():
            return self.speech("ui.draft.copy.nothing")
        return None

    def _percent(self) -> Decimal | None:
        try:
            percent = Decimal(self.percent.text().strip().rstrip("%").strip().replace(",", "."))
        except InvalidOperation:
            return None
        return percent if percent.is_finite() and 0 <= percent <= 1000 else None

    def _chosen(self) -> frozenset[Code]:
        items = [self.branches.item(number) for number in range(self.branches.count())]
        return frozenset(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def edit(self) -> CopyYear:
        """The copy as filled in."""
        percent = self._percent()
        assert percent is not None
        _, year = self._sources[self.source.currentIndex()]
        return CopyYear(
            year, int(self.target.currentData()), percent, self._lines, self._chosen(),
            int(self.step.currentData()),
        )  # fmt: skip

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.draft.copy.title"))
        self.words.setText(self.speech("ui.draft.copy.words"))
        for name, made in self._labels.items():
            made.setText(self.speech(f"ui.draft.copy.{name}"))
        for row, (decision, year) in enumerate(self._sources):
            self.source.setItemText(row, f"{year}  ·  {edition_title(decision, self.speech)}")
        for row in range(self.step.count()):
            self.step.setItemText(row, self.speech(f"ui.draft.copy.step.{row}"))
        self._name_branches()
        self.accept_button.setText(self.speech("ui.draft.copy.do"))


class PastedRowsDialog(Dialog):
    """Rows whose line is not certain: each is given one of the lines it may mean, one that is searched
    for by number or any word, or left out."""

    def __init__(
        self, context: Context, rows: Sequence[PastedRow], sheet: DraftSheet, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._rows = tuple(rows)
        self._sheet = sheet
        self._asked = [number for number, row in enumerate(rows) if row.record is None]
        self.table = QTableWidget(len(self._asked), 2, self)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(260)
        self.choices: list[QComboBox] = []
        for place, number in enumerate(self._asked):
            row = self._rows[number]
            item = QTableWidgetItem(row.shown)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(row.shown)
            self.table.setItem(place, 0, item)
            choice = QComboBox(self.table)
            choice.addItem("")
            for record in row.offered:
                choice.addItem(self._named(record), record)
            self.choices.append(choice)
            self.table.setCellWidget(place, 1, choice)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self._sought_for = label(wrap=True)
        self.finder = LineFinder(self.speech, self)
        self.finder.serve(sheet)
        self.finder.chosen.connect(self._take)
        self._sought_for.setBuddy(self.finder)
        for part in (self.table, self._sought_for, self.finder):
            self.content.addWidget(part)
        self.setMinimumWidth(820)
        self.table.currentCellChanged.connect(self._name_row)
        self.retranslate()
        self.table.setCurrentCell(0, 0)

    @classmethod
    def ask(
        cls, context: Context, rows: Sequence[PastedRow], sheet: DraftSheet, parent: QWidget | None
    ) -> tuple[PastedRow, ...] | None:
        """The rows with the lines chosen; None when called off. Certain rows are not asked about."""
        if all(row.record is not None for row in rows):
            return tuple(rows)
        dialog = cls(context, rows, sheet, parent)
        return dialog.answered() if dialog.run() else None

    @Slot(object)
    def _take(self, edit: Edit) -> None:
        """What was found is the line of the row that is chosen; the next row without one comes next."""
        facts = self._sheet.facts
        if isinstance(edit, AddLine):
            record = record_for(edit.code, facts.first_year, facts.decision_year, book=self._sheet.book)
        elif isinstance(edit, AddFigure):
            record = figure_row(edit.figure)
        else:
            return
        row = max(self.table.currentRow(), 0)
        choice = self.choices[row]
        choice.addItem(self._named(record), record)
        choice.setCurrentIndex(choice.count() - 1)
        waiting = [place for place, other in enumerate(self.choices) if other.currentIndex() <= 0]
        self.table.setCurrentCell(next((p for p in waiting if p > row), waiting[0] if waiting else row), 0)
        self._name_row()

    @Slot()
    def _name_row(self) -> None:
        """Say which row a line is sought for."""
        row = max(self.table.currentRow(), 0)
        shown = self._rows[self._asked[row]].shown if self._asked else ""
        self._sought_for.setText(self.speech("ui.draft.pasted.seek", row=shown))

    def answered(self) -> tuple[PastedRow, ...]:
        """Every row, those asked about with what was chosen for them."""
        chosen = {
            number: choice.currentData() for number, choice in zip(self._asked, self.choices, strict=True)
        }
        return tuple(
            replace(row, record=chosen[number]) if chosen.get(number) is not None else row
            for number, row in enumerate(self._rows)
        )

    def _named(self, record: LineRecord) -> str:
        code = code_shown(record.code)
        return f"{code}   {record.name.text(self.speech.language)}".strip()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        certain = len(self._rows) - len(self._asked)
        self.setWindowTitle(self.speech("ui.draft.pasted.title"))
        self.words.setText(
            f"{self.speech('ui.draft.pasted.certain', count=certain)} "
            f"{self.speech('ui.draft.pasted.asked', count=len(self._asked))}"
        )
        heads = [self.speech("ui.draft.pasted.row"), self.speech("ui.draft.pasted.line")]
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setAccessibleName(heads[0])
        for choice in self.choices:
            choice.setItemText(0, self.speech("ui.draft.pasted.leave"))
            choice.setAccessibleName(heads[1])
        self._name_row()
        self.accept_button.setText(self.speech("ui.draft.pasted.do"))


def next_year(decisions: Sequence[DecisionSummary]) -> int:
    """The year for which a budget is begun next: after the last that has one."""
    return max((decision.first_year for decision in decisions), default=dt.date.today().year) + 1

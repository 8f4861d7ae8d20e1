"""The Compare page: any two budgets side by side, of any unit, year and edition."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from akimat_desk.budget.comparing.questions import Comparison, Side
from akimat_desk.budget.views import BudgetView, DecisionSummary
from akimat_desk.core.alphabet import sort_key
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message
from akimat_desk.reports.document import ReportDocument
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.amending import AmendingDesk, UnitBudgets
from akimat_desk.ui.desks.reports import write_report
from akimat_desk.ui.dialogs.files import ask_save
from akimat_desk.ui.formats import edition_title
from akimat_desk.ui.models.compared import Show, Shown
from akimat_desk.ui.pages.compared import ComparedPage
from akimat_desk.ui.pages.saving import SavesPaper
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import RoomyComboBox, label

_LEFT, _RIGHT = 0, 1


class SideChooser(QWidget):
    """Unit, year and edition of one side; the unit is asked for only where there are several."""

    changed = Signal()

    def __init__(self, context: Context, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.speech = context, context.speech
        self._key = key
        self._budgets: tuple[UnitBudgets, ...] = ()
        self._label: QLabel = label("subtitle")
        self.units: QComboBox = RoomyComboBox(14, self)
        self.years = QComboBox(self)
        self.editions: QComboBox = RoomyComboBox(18, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for part in (self._label, self.units, self.years, self.editions):
            row.addWidget(part)
        self.units.activated.connect(self._unit_chosen)
        self.years.activated.connect(self._year_chosen)
        self.editions.activated.connect(self._edition_chosen)

    def offer(self, budgets: tuple[UnitBudgets, ...], wanted: Side | None) -> None:
        """Offer these budgets; what was chosen stays where it still is there, else ``wanted``."""
        kept = self.side() or wanted
        self._budgets = budgets
        with QSignalBlocker(self.units):
            self.units.clear()
            language = self.speech.language
            for each in sorted(budgets, key=lambda each: sort_key(each.name.text(language))):
                self.units.addItem(each.name.text(language), each.unit_id)
            if kept is not None:
                self.units.setCurrentIndex(max(self.units.findData(kept.unit_id), 0))
        self.units.setVisible(len(budgets) > 1)
        self._fill_years(kept.year if kept is not None else None)
        self._fill_editions(kept.document_id if kept is not None else None)

    @property
    def budgets(self) -> UnitBudgets | None:
        """The unit chosen, with its documents."""
        return next((each for each in self._budgets if each.unit_id == self.units.currentData()), None)

    def side(self) -> Side | None:
        """What is chosen; None where the unit has no budget."""
        unit, year = self.units.currentData(), self.years.currentData()
        if unit is None or year is None:
            return None
        return Side(unit, year, self.editions.currentData())

    def _fill_years(self, wanted: int | None) -> None:
        budgets = self.budgets
        with QSignalBlocker(self.years):
            self.years.clear()
            for year in budgets.years if budgets is not None else ():
                self.years.addItem(str(year), year)
            self.years.setCurrentIndex(max(self.years.findData(wanted), 0) if self.years.count() else -1)

    def _fill_editions(self, wanted: int | None) -> None:
        with QSignalBlocker(self.editions):
            self.editions.clear()
            self.editions.addItem(self.speech("ui.compare.in_force"), None)
            for decision in self._covering():
                self.editions.addItem(edition_title(decision, self.speech), decision.id)
            self.editions.setCurrentIndex(max(self.editions.findData(wanted), 0) if wanted is not None else 0)

    def _covering(self) -> list[DecisionSummary]:
        """The documents that cover the year, those of its own budget first."""
        budgets, year = self.budgets, self.years.currentData()
        found = [d for d in budgets.decisions if year in d.years] if budgets is not None else []
        return sorted(found, key=lambda d: (d.first_year != year, -d.first_year, -d.edition))

    @Slot(int)
    def _unit_chosen(self, _row: int) -> None:
        self._fill_years(self.years.currentData())
        self._fill_editions(None)
        self.changed.emit()

    @Slot(int)
    def _year_chosen(self, _row: int) -> None:
        self._fill_editions(None)
        self.changed.emit()

    @Slot(int)
    def _edition_chosen(self, _row: int) -> None:
        self.changed.emit()

    def retranslate(self) -> None:
        """Every text in the language chosen now."""
        say = self.speech
        self._label.setText(say(f"ui.compare.{self._key}"))
        for combo, word in ((self.units, "unit"), (self.years, "year"), (self.editions, "edition")):
            combo.setAccessibleName(f"{say(f'ui.compare.{self._key}')}: {say(f'ui.compare.{word}')}")
        if self._budgets:
            self.offer(self._budgets, self.side())


class ComparePage(SavesPaper, ComparedPage):
    """Choosers for left and right above the tree."""

    name = "compare"

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.comparison: Comparison | None = None
        self._asked: tuple[Side, Side] | None = None
        self._for: tuple[int | None, int | None] | None = None
        self._target: tuple[str, Path] | None = None
        self.left = SideChooser(context, "left", self)
        self.right = SideChooser(context, "right", self)
        for chooser in (self.left, self.right):
            chooser.changed.connect(self._ask)
            self.choosers.addWidget(chooser)
            self.choosers.addSpacing(2 * SPACE)
        self.choosers.addStretch(1)
        self.arrange("rests_on")

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        self.show_hint()
        desk = self.context.desk
        self.job = self.context.ask(
            lambda _task: desk.area(AmendingDesk).budgets(), self._offer, self.refused
        )

    @Slot(object)
    def _offer(self, budgets: tuple[UnitBudgets, ...]) -> None:
        chosen = self.context.chosen
        looked_at = (chosen.unit_id, chosen.year)
        if looked_at != self._for:
            # Another unit or year is looked at: begin with what belongs beside it.
            self._for = looked_at
            for chooser in (self.left, self.right):
                chooser.years.clear()
        left, right = _usual(budgets, chosen.unit_id, chosen.year, chosen.decision_id)
        self.left.offer(budgets, left)
        self.right.offer(budgets, right)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        left, right = self.left.side(), self.right.side()
        if left is None or right is None:
            empty = self.left if left is None else self.right
            unit = empty.budgets
            why = (
                Message("error.compare.nothing", {"unit": unit.name})
                if unit is not None
                else Message("ui.budget.empty")
            )
            self.show_nothing(why)
            return
        self._asked = (left, right)
        desk = self.context.desk
        self.job = self.context.ask(
            lambda _task: desk.area(AmendingDesk).compare(left, right), self._show, self.refused
        )

    @Slot(object)
    def _show(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.facts.say(f"{self._titled(comparison.left)}  ↔  {self._titled(comparison.right)}")
        self.show_rows(comparison.rows, (_LEFT, _RIGHT))

    def show_nothing(self, why: Message) -> None:
        self.comparison = None
        super().show_nothing(why)

    def _titled(self, view: BudgetView) -> str:
        return f"{view.year}: {edition_title(view.decision, self.speech)}"

    def columns(self) -> tuple[Shown, ...]:
        say = self.speech
        assert self.comparison is not None
        left, right = self.comparison.left, self.comparison.right
        return (
            Shown(Show.CODE, say("ui.budget.column.code")),
            Shown(Show.NAME, say("ui.budget.column.name")),
            Shown(Show.AMOUNT, say("ui.compare.left_of", year=left.year), _LEFT),
            Shown(Show.AMOUNT, say("ui.compare.right_of", year=right.year), _RIGHT),
            Shown(Show.DIFFERENCE, say("ui.compare.difference"), _LEFT, _RIGHT),
            Shown(Show.PERCENT, "%", _LEFT, _RIGHT),
        )

    def documents(self) -> tuple[tuple[int, int] | None, ...]:
        assert self.comparison is not None
        sides = (self.comparison.left, self.comparison.right)
        return tuple((view.decision.id, view.year) for view in sides)

    def year(self) -> int:
        return self.comparison.right.year if self.comparison is not None else 0

    # -- export -------------------------------------------------------------------------------

    def provide(self) -> None:
        super().provide()
        there = not self.isHidden() and self.comparison is not None
        for need in ("report", "report_pdf", "report_xlsx", "report_docx"):
            self.actions_.provide(need, there)

    def _save(self, file_format: str) -> None:
        if self._asked is None or self.comparison is None:
            return
        left, right = self._asked
        title = self.speech("report.before_after.comparison_units")
        name = f"{title} {self.comparison.left.year}-{self.comparison.right.year}.{file_format}"
        kind = self.speech(f"ui.files.{file_format}")
        path = ask_save(self.context, self, "report", self.speech("ui.files.save_report"), name, kind)
        if path is None:
            return
        desk, only = self.context.desk, self.only_different.isChecked()
        language = self.context.settings.text("doc_language") or (
            "ru" if self.speech.language is Language.RU else "kk"
        )

        self._target = (file_format, path)
        self.context.ask(
            lambda _task: desk.area(AmendingDesk).comparison_report(left, right, language, changed_only=only),
            self._write,
        )

    @Slot(object)
    def _write(self, documents: list[ReportDocument]) -> None:
        if self._target is not None:
            file_format, path = self._target
            self.context.with_files(
                lambda task: write_report(documents, file_format, path, task), self._written, "ui.work.report"
            )

    @Slot(object)
    def _written(self, path: Path) -> None:
        self.context.notice.emit("good", Message("ui.notice.saved", {"path": str(path)}))

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        for chooser in (self.left, self.right):
            chooser.retranslate()
        if self.comparison is not None:
            self.facts.say(f"{self._titled(self.comparison.left)}  ↔  {self._titled(self.comparison.right)}")
        super().retranslate()


def _usual(
    budgets: tuple[UnitBudgets, ...], unit_id: int | None, year: int | None, decision_id: int | None
) -> tuple[Side | None, Side | None]:
    """What one usually wants beside what is looked at: the year before, else the edition before."""
    own = next((each for each in budgets if each.unit_id == unit_id), None)
    if own is None or year is None or year not in own.years:
        return None, None
    right = Side(own.unit_id, year, decision_id)
    first = [d for d in own.decisions if d.first_year == year]
    if len(first) > 1 and decision_id in (None, first[-1].id):
        return Side(own.unit_id, year, first[0].id), right
    earlier = [each for each in own.years if each < year]
    return (Side(own.unit_id, earlier[0]) if earlier else right), right

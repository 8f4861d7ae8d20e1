"""The Changes page: what an amendment does to the budget, line by line and in total, year by year."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from akimat_desk.budget.comparing.questions import (
    ADJUSTED,
    AFTER,
    APPROVED,
    BEFORE,
    AmendmentChanges,
    YearChanges,
)
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.amending import AmendingDesk
from akimat_desk.ui.formats import DASH, day_written, edition_title
from akimat_desk.ui.models.compared import Show, Shown
from akimat_desk.ui.pages.compared import ComparedPage
from akimat_desk.ui.widgets.basics import ActionButton, RoomyComboBox, label


class ChangesPage(ComparedPage):
    """Of the edition chosen above (a draft too), else of the one in force."""

    name = "changes"

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.changes: AmendmentChanges | None = None
        self._year_label = label("quiet")
        self.years: QComboBox = RoomyComboBox(24, self)
        self.years.activated.connect(self._choose_year)
        self._year_label.setBuddy(self.years)
        for part in (self._year_label, self.years):
            self.choosers.addWidget(part)
        self.choosers.addWidget(ActionButton(actions["start_amendment"], "plain", self))
        self._renew = ActionButton(actions["renew_draft"], "quiet", self)
        self.choosers.addStretch(1)
        for name in ("before_after", "amending_decision"):
            self.choosers.addWidget(ActionButton(actions[name], "quiet", self))
        self.arrange("rests_on", before=self._renew)

    def provide(self) -> None:
        super().provide()
        seen = not self.isHidden() and self.changes is not None
        is_draft = seen and self.changes is not None and self.changes.after.state is DocumentState.DRAFT
        self.actions_.provide("amendment", seen)
        self.actions_.provide("amendment_draft", is_draft)
        self._renew.setVisible(is_draft)

    # -- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        self.show_hint()
        chosen = self.context.chosen
        if chosen.unit_id is None or chosen.year is None:
            self.changes = None
            self.show_nothing(Message("ui.budget.empty"))
            return
        desk, unit, year = self.context.desk, chosen.unit_id, chosen.year
        decision, as_of = chosen.decision_id, chosen.as_of
        self.job = self.context.ask(
            lambda _task: desk.area(AmendingDesk).changes(unit, year, decision, as_of),
            self._show,
            self.refused,
        )

    @Slot(object)
    def _show(self, changes: AmendmentChanges) -> None:
        if changes.after.unit_id != self.context.chosen.unit_id:
            return  # the answer to a question nobody asks any more
        wanted = self.years.currentData()
        self.changes = changes
        self._fill_years()
        changed = [year.year for year in changes.years if year.changed]
        first = changed[0] if changed else changes.after.first_year
        row = self.years.findData(wanted if wanted in changed else first)
        self.years.setCurrentIndex(max(row, 0))
        self._show_year()

    def _fill_years(self) -> None:
        if self.changes is None:
            return
        row = self.years.currentIndex()
        self.years.clear()
        for year in self.changes.years:
            key = "ui.changes.year_changed" if year.changed else "ui.changes.year_same"
            self.years.addItem(self.speech(key, year=year.year), year.year)
        self.years.setCurrentIndex(row)

    @Slot(int)
    def _choose_year(self, _row: int) -> None:
        self._show_year()

    def _show_year(self) -> None:
        changes = self._shown_year()
        if changes is None:
            return
        self._say_facts()
        self.show_rows(changes.rows, (BEFORE, AFTER))

    def _say_facts(self) -> None:
        if self.changes is None:
            return
        before, after = self.changes.before, self.changes.after
        self.facts.say(f"{edition_title(before, self.speech)}  →  {edition_title(after, self.speech)}")
        shown = self._shown_year()
        self.note.setVisible(shown is not None and shown.is_adjusted)
        named = [
            self.speech("ui.changes.adjustment", number=number or DASH, day=day_written(day) or DASH)
            for number, day in self.changes.adjustments
        ]
        self.note.setText(self.speech("ui.changes.entered", adjustments=", ".join(named)))

    def show_nothing(self, why: Message) -> None:
        self.changes = None
        self.years.clear()
        self.note.hide()
        super().show_nothing(why)

    def columns(self) -> tuple[Shown, ...]:
        say = self.speech
        first = self.changes is not None and self.changes.approved.id == self.changes.before.id
        approved = () if first else (Shown(Show.AMOUNT, say("ui.changes.approved"), APPROVED),)
        whole = () if first else (Shown(Show.DIFFERENCE, say("ui.changes.whole"), APPROVED, AFTER),)
        shown = self._shown_year()
        if shown is not None and shown.is_adjusted:
            # What the akim added since is not the amendment's own change.
            changes: tuple[Shown, ...] = (
                Shown(Show.DIFFERENCE, say("ui.changes.adjusted"), BEFORE, ADJUSTED),
                Shown(Show.DIFFERENCE, say("ui.changes.own"), ADJUSTED, AFTER),
            )
        else:
            changes = (Shown(Show.DIFFERENCE, say("ui.changes.change"), BEFORE, AFTER),)
        return (
            Shown(Show.CODE, say("ui.budget.column.code")),
            Shown(Show.NAME, say("ui.budget.column.name")),
            *approved,
            Shown(Show.AMOUNT, say("ui.changes.before"), BEFORE),
            *changes,
            Shown(Show.AMOUNT, say("ui.changes.after"), AFTER),
            *whole,
        )

    def documents(self) -> tuple[tuple[int, int] | None, ...]:
        assert self.changes is not None
        year = self.year()
        papers = (self.changes.approved, self.changes.before, self.changes.after)
        # What the adjustments made of the edition before stands in no document of its own.
        return (*((paper.id, year) for paper in papers), None)

    def _shown_year(self) -> YearChanges | None:
        return self.changes.year(self.year()) if self.changes is not None else None

    def year(self) -> int:
        year = self.years.currentData()
        return int(year) if year is not None else 0

    # -- reports ------------------------------------------------------------------------------

    @Slot()
    def before_after(self) -> None:
        """Show the before/after table of this amendment as a report."""
        self._report("before_after")

    @Slot()
    def amending_decision(self) -> None:
        """Show the amending decision's text as a report."""
        self._report("amending_decision")

    def _report(self, report_id: str) -> None:
        from akimat_desk.ui.window import MainWindow

        window = self.window()
        if self.changes is not None and isinstance(window, MainWindow):
            self.context.choose_decision(self.changes.after)
            window.reveal("reports", report_id)

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        self._year_label.setText(self.speech("ui.compare.year"))
        self.years.setAccessibleName(self.speech("ui.compare.year"))
        self._fill_years()
        self._say_facts()
        super().retranslate()

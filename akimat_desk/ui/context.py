"""What every page shares: language, settings, workers, and what is open and chosen now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from akimat_desk.budget.views import DecisionSummary, DocumentState
from akimat_desk.core.strings import Message
from akimat_desk.ui.desk import Desk
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.look import Look
from akimat_desk.ui.settings import Settings
from akimat_desk.ui.values import OpenedWorkspace, Overview, UnitChoice
from akimat_desk.ui.work import Job, Receiver, Work, Worker

if TYPE_CHECKING:
    from akimat_desk.storage.changes import Changes


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the top bar says: the unit, the budget year, and which edition answers.

    ``decision_id`` is None for "the edition in force"; then ``as_of`` may name the day.
    """

    unit_id: int | None = None
    year: int | None = None
    decision_id: int | None = None
    as_of: dt.date | None = None


class Context(QObject):
    """The one object handed to every page. Lives on the window's thread."""

    #: A workspace was opened or closed (``workspace`` says which).
    workspace_changed = Signal()
    #: The list of decisions of the unit was read again.
    overview_changed = Signal()
    #: Another unit, year or edition was chosen.
    chosen_changed = Signal()
    #: Something was stored: pages ask again what they show.
    data_changed = Signal()
    #: An edit of a draft was saved. Its page shows it already; the others ask when they are next looked at.
    draft_saved = Signal()
    #: A sentence for the bar under the top bar: tone ("good", "info", "warning", "error") and Message.
    notice = Signal(str, object)

    #: What that bar says is over: something else is being done.
    notice_over = Signal()
    #: The workspace stored something (``storage.changes.Changes``); comes from the database's thread.
    _stored = Signal(object)

    def __init__(self, speech: Speech, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.speech = speech
        self.settings = settings
        self.look = Look(settings, self)
        self._stored.connect(self._changed)
        self.desk = Desk(self._stored.emit)
        self.database = Worker("database", self)
        self.files = Worker("files", self)
        self.workspace: OpenedWorkspace | None = None
        self.overview: Overview | None = None
        self.chosen = Chosen()

    # -- asking and doing ---------------------------------------------------------------------

    def ask(self, work: Work, done: Receiver, failed: Receiver | None = None) -> Job:
        """A question to the database; the answer comes to ``done``."""
        return self.database.start(work, done, failed)

    def do(
        self, work: Work, done: Receiver | None = None, title: str = "", failed: Receiver | None = None
    ) -> Job:
        """A change in the database, shown while it lasts."""
        return self.database.start(work, done, failed, Message(title) if title else None)

    def with_files(
        self, work: Work, done: Receiver | None, title: str, failed: Receiver | None = None
    ) -> Job:
        """Long work that needs no database: reading a file, drawing a report."""
        return self.files.start(work, done, failed, Message(title))

    # -- the open workspace -------------------------------------------------------------------

    def set_workspace(self, workspace: OpenedWorkspace | None) -> None:
        """A workspace is open now (None: none is)."""
        self.workspace = workspace
        self.overview = None
        self.chosen = Chosen()
        if workspace is not None:
            self.settings.add_recent(workspace.path)
            unit = self._remembered_unit(workspace)
            self.chosen = Chosen(unit_id=unit.id if unit else None)
        self.workspace_changed.emit()
        self.refresh()

    def units_changed(self, workspace: OpenedWorkspace) -> None:
        """The open workspace has other units than before; what is chosen stays."""
        self.workspace = workspace
        self.workspace_changed.emit()

    @property
    def unit(self) -> UnitChoice | None:
        """The chosen unit."""
        units = self.workspace.units if self.workspace else ()
        return next((unit for unit in units if unit.id == self.chosen.unit_id), None)

    def _remembered_unit(self, workspace: OpenedWorkspace) -> UnitChoice | None:
        kato = self.settings.text(f"unit/{workspace.path.stem}")
        known = next((unit for unit in workspace.units if unit.kato and unit.kato == kato), None)
        return known or (workspace.units[0] if workspace.units else None)

    # -- choosing -----------------------------------------------------------------------------

    def choose_unit(self, unit_id: int) -> None:
        """Look at another unit of the workspace."""
        if unit_id == self.chosen.unit_id:
            return
        self.chosen = Chosen(unit_id=unit_id)
        unit = self.unit
        if unit is not None and self.workspace is not None:
            self.settings.set_text(f"unit/{self.workspace.path.stem}", unit.kato)
        self.refresh()

    def choose_year(self, year: int) -> None:
        """Look at another budget year, in the edition in force."""
        self._choose(Chosen(self.chosen.unit_id, year))

    def choose_edition(self, decision_id: int | None, as_of: dt.date | None = None) -> None:
        """Look at one edition, or (None) at the one in force, on ``as_of`` where given."""
        self._choose(Chosen(self.chosen.unit_id, self.chosen.year, decision_id, as_of))

    def choose_decision(self, decision: DecisionSummary) -> None:
        """Look at this decision, whatever year is chosen now."""
        self._choose(Chosen(decision.unit_id, decision.first_year, decision.id))

    def _choose(self, chosen: Chosen) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            self.chosen_changed.emit()

    def editions(self) -> list[DecisionSummary]:
        """Decisions of the chosen year, the newest first."""
        if self.overview is None:
            return []
        mine = [d for d in self.overview.decisions if d.first_year == self.chosen.year]
        return sorted(mine, key=lambda d: (d.state is DocumentState.DRAFT, d.edition, d.id), reverse=True)

    # -- refreshing ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list of decisions again; pages follow."""
        unit_id = self.chosen.unit_id
        if self.workspace is None or unit_id is None:
            self.overview = None
            self.overview_changed.emit()
            self.chosen_changed.emit()
            return
        desk = self.desk
        self.ask(lambda _task: desk.overview(unit_id), self._overview_read)

    @Slot(object)
    def _overview_read(self, overview: Overview) -> None:
        if self.workspace is None or overview.unit_id != self.chosen.unit_id:
            return  # the answer to a question nobody asks any more
        self.overview = overview
        year, decision_id = self.chosen.year, self.chosen.decision_id
        if year not in overview.years:
            year = overview.best_year(dt.date.today().year)
            decision_id = None
        if decision_id not in {decision.id for decision in overview.decisions}:
            decision_id = None
        self.chosen = Chosen(overview.unit_id, year, decision_id, self.chosen.as_of)
        self.overview_changed.emit()
        self.chosen_changed.emit()

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        """Something was stored, whoever asked for it: every page asks again what it shows."""
        if self.workspace is not None and changes.action == "draft.edited":
            self.draft_saved.emit()
        elif self.workspace is not None:
            self.data_changed.emit()
            self.refresh()

    # -- the end ------------------------------------------------------------------------------

    def stop(self) -> None:
        """End the threads; the workspace is closed on its own thread before."""
        self.files.stop()
        self.database.stop()

"""The window's one link to the services. Lives on the worker threads; knows no Qt.

Every public method is a question or a change that a page hands to a worker; it takes and returns
plain values. Services are imported inside the methods: the window has painted by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from akimat_desk.budget.lines import YearBudget
from akimat_desk.core.errors import AkimatError, UsageProblem
from akimat_desk.core.progress import Task
from akimat_desk.ui.desks.desk import AreaDesk
from akimat_desk.ui.values import (
    Closed,
    NewUnit,
    OpenedWorkspace,
    Overview,
    Plan,
    UnitCard,
    UnitChoice,
    UnitMatch,
)

if TYPE_CHECKING:
    from akimat_desk.budget.decisions.details import DocumentDetails
    from akimat_desk.budget.reading.files import DecisionFile
    from akimat_desk.budget.views import BudgetView, DecisionSummary
    from akimat_desk.classification.packs import Book
    from akimat_desk.places.service import UnitView
    from akimat_desk.storage.changes import Changes
    from akimat_desk.storage.workspace import Actor, Workspace

Part = TypeVar("Part", bound=AreaDesk)


class Desk:
    """Holds the open workspace. The first group of methods belongs to the database thread alone."""

    def __init__(self, told: Callable[[Changes], None]) -> None:
        """``told`` hears of every change stored, on the thread that stored it."""
        self._told = told
        self._workspace: Workspace | None = None
        self._areas: dict[type[AreaDesk], AreaDesk] = {}

    # -- the workspace --------------------------------------------------------------------------

    def open(self, path: Path, read_only: bool = False) -> OpenedWorkspace:
        """Open a file; only then the one open before is closed. Raises EnvironmentProblem, InputRefused."""
        from akimat_desk.storage.workspace import Workspace

        if self._is_open(path) and not read_only:
            return self.again()
        return self._instead(Workspace.open(path, read_only=read_only))

    def create(self, path: Path, unit: NewUnit) -> OpenedWorkspace:
        """Make a new file with one unit in it and open it. Raises EnvironmentProblem, UsageProblem."""
        from akimat_desk.storage.workspace import Workspace

        opened = self._instead(Workspace.create(path))
        self.add_unit(unit)
        return replace(self.again(), before=opened.before)

    def open_example(self, path: Path, task: Task) -> OpenedWorkspace:
        """Make the shipped example at ``path`` (a name not taken yet) and open it."""
        from akimat_desk.training.example import make_example

        make_example(path, task)
        return self.open(path)

    def _instead(self, workspace: Workspace) -> OpenedWorkspace:
        """Put ``workspace`` in the place of the one open before, which is closed."""
        before = self.close()
        self._take(workspace)
        workspace.subscribe(self._heard)
        return replace(self.again(), before=before)

    def _take(self, workspace: Workspace | None) -> None:
        """This workspace is the open one: its classification counts outside of its sessions too."""
        from akimat_desk.classification.packs import work_with

        self._workspace = workspace
        work_with(self.book())

    def _heard(self, changes: Changes) -> None:
        """Something was stored: what depends on the classification must find it before it is told."""
        if "classification" in changes.kinds:
            from akimat_desk.classification.packs import work_with

            work_with(self.book())
        self._told(changes)

    def _is_open(self, path: Path) -> bool:
        return self._workspace is not None and self._workspace.path == path.resolve()

    def close(self) -> Closed:
        """Close what is open; where something changed a verified copy is made first."""
        workspace = self._workspace
        self._take(None)
        if workspace is None:
            return Closed()
        copy = workspace.close()
        return Closed(copy, workspace.backup_problem)

    def again(self) -> OpenedWorkspace:
        """The open workspace with its units as they are now."""
        from akimat_desk.storage.backup import copies_folder

        workspace = self._open()
        return OpenedWorkspace(
            workspace.path,
            workspace.read_only,
            tuple(_choice(unit) for unit in self._units()),
            upgraded_from=workspace.upgraded.backup if workspace.upgraded else None,
            copies=copies_folder(workspace),
        )

    def backup(self, target: Path | None) -> Path:
        """A verified copy of the open workspace."""
        from akimat_desk.storage.backup import backup

        return backup(self._open(), target).path

    def restore(self, copy: Path, path: Path) -> tuple[Path | None, OpenedWorkspace]:
        """Put a copy in place of ``path`` and open it; tells where the file that was there is kept.

        Where that fails, the workspace open before is open again. Raises what restoring refuses.
        """
        from akimat_desk.storage.backup import restore
        from akimat_desk.storage.workspace import Workspace

        if not self._is_open(path):
            kept = restore(copy, path)
            return kept, self.open(path)
        before = self._open().read_only
        self.close()
        try:
            kept = restore(copy, path)
        except AkimatError:
            self._take(Workspace.open(path, read_only=before))
            raise
        return kept, self.open(path)

    # -- units ----------------------------------------------------------------------------------

    def add_unit(self, unit: NewUnit) -> UnitChoice:
        """Add a unit to the open workspace."""
        from akimat_desk.places.kinds import UnitKind
        from akimat_desk.places.service import create_unit

        return _choice(
            create_unit(
                self._open(),
                self._actor(),
                kato=unit.kato,
                kind=UnitKind(unit.kind),
                name=unit.name,
                raion=unit.raion,
                oblast=unit.oblast,
            )
        )

    def unit_card(self, unit_id: int) -> UnitCard:
        """A unit's names and the last named holders of its posts. Raises UsageProblem."""
        from akimat_desk.ui.cards import unit_card

        return unit_card(self._open(), unit_id)

    def save_unit_card(self, card: UnitCard) -> OpenedWorkspace:
        """Keep what was changed of a unit and its posts. Raises UsageProblem."""
        from akimat_desk.ui.cards import save_unit_card

        save_unit_card(self._open(), self._actor(), card)
        return self.again()

    def _units(self) -> list[UnitView]:
        from akimat_desk.places.service import units

        with self._open().reading() as session:
            return units(session)

    # -- decisions ------------------------------------------------------------------------------

    def overview(self, unit_id: int) -> Overview:
        """The unit's decisions, drafts too."""
        from akimat_desk.budget.decisions.questions import decisions

        with self._open().reading() as session:
            return Overview(unit_id, tuple(decisions(session, unit_id)))

    def plan(self, unit_id: int, year: int, decision_id: int | None, as_of: dt.date | None) -> Plan:
        """An edition's years side by side: the one named, else the one that answers for ``year``.

        Raises UsageProblem when nothing answers.
        """
        from akimat_desk.budget.decisions.questions import budget_as_of, budget_of, decision_findings

        with self._open().reading() as session:
            if decision_id is not None:
                first = budget_of(session, decision_id, year)
            else:
                first = budget_as_of(session, unit_id, year, as_of)
            decision = first.decision
            views = [
                first if each == year else budget_of(session, decision.id, each) for each in decision.years
            ]
            return Plan(
                decision=decision,
                unit_name=first.unit_name,
                years=tuple(YearBudget(view.year, view.figures, list(view.lines)) for view in views),
                findings=tuple(decision_findings(session, decision.id)),
                asked_year=year,
                basis=first.basis,
            )

    def matches(self, file: DecisionFile) -> tuple[UnitMatch, ...]:
        """For each unit read: the workspace's unit it means and that unit's present budget."""
        from akimat_desk.budget.decisions.matching import find_unit
        from akimat_desk.budget.decisions.questions import budget_as_of

        if self._workspace is None:
            return tuple(UnitMatch(None, None) for _ in file.decision.units)
        there = self._units()
        only = there[0] if len(there) == 1 and len(file.decision.units) == 1 else None
        result = []
        with self._open().reading() as session:
            for read in file.decision.units:
                unit = find_unit(read.name, there) or only
                present = None
                if unit is not None and read.first_year is not None:
                    try:
                        present = budget_as_of(session, unit.id, read.first_year)
                    except UsageProblem:  # no budget for that year yet: nothing stands beside it
                        present = None
                result.append(UnitMatch(unit.id if unit else None, present))
        return tuple(result)

    def present(self, unit_id: int, year: int) -> BudgetView | None:
        """The budget in force for ``year``; None where there is none yet."""
        from akimat_desk.budget.decisions.questions import budget_as_of

        with self._open().reading() as session:
            try:
                return budget_as_of(session, unit_id, year)
            except UsageProblem:
                return None

    def store(
        self, file: DecisionFile, index: int, unit_id: int, confirm: bool, reason: str
    ) -> DecisionSummary:
        """Store one unit of a decision for a unit of the workspace. Raises RuleBroken, UsageProblem."""
        from akimat_desk.budget.decisions.taking_in import store
        from akimat_desk.places.service import unit_by_id

        workspace = self._open()
        with workspace.reading() as session:
            unit = unit_by_id(session, unit_id)
        pairs = [(file.decision.units[index], unit)]
        stored = store(workspace, self._actor(), file, pairs, confirm=confirm, reason=reason)
        return self._summary(unit_id, stored[0].document_id)

    def confirm(self, unit_id: int, decision_id: int, reason: str) -> DecisionSummary:
        """Confirm a draft. Raises RuleBroken."""
        from akimat_desk.budget.decisions.commands import confirm

        confirm(self._open(), self._actor(), decision_id, reason)
        return self._summary(unit_id, decision_id)

    def describe(
        self,
        unit_id: int,
        decision_id: int,
        number: str,
        date: dt.date | None,
        effective_date: dt.date | None = None,
        session_name: str | None = None,
    ) -> DecisionSummary:
        """Fill in what a draft's text did not say. Raises RuleBroken."""
        from akimat_desk.budget.decisions.commands import describe_draft

        describe_draft(
            self._open(),
            self._actor(),
            decision_id,
            number=number,
            date=date,
            effective_date=effective_date,
            session_name=session_name,
        )
        return self._summary(unit_id, decision_id)

    def details(self, decision_id: int) -> DocumentDetails:
        """A decision as a document. Raises UsageProblem."""
        from akimat_desk.budget.decisions.details import document_details

        with self._open().reading() as session:
            return document_details(session, decision_id)

    def save_source(self, attachment_id: int, path: Path) -> Path:
        """Write the file a decision was read from. Raises EnvironmentProblem."""
        from akimat_desk.ui.cards import save_source

        return save_source(self._open(), attachment_id, path)

    def delete_draft(self, decision_id: int) -> None:
        """Delete a draft. Raises RuleBroken."""
        from akimat_desk.budget.decisions.commands import delete_draft

        delete_draft(self._open(), self._actor(), decision_id)

    def _summary(self, unit_id: int, decision_id: int) -> DecisionSummary:
        found = (d for d in self.overview(unit_id).decisions if d.id == decision_id)
        return next(found)

    # -- areas ----------------------------------------------------------------------------------

    def area(self, kind: type[Part]) -> Part:
        """The desk of an area: ``desk.area(ReportsDesk).report(…)``, one object for each class."""
        if kind not in self._areas:
            self._areas[kind] = kind(self)
        found = self._areas[kind]
        assert isinstance(found, kind)
        return found

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises UsageProblem where none is."""
        if self._workspace is None:
            raise UsageProblem("error.ui.no_workspace")
        return self._workspace

    @property
    def is_open(self) -> bool:
        """Whether a workspace is open."""
        return self._workspace is not None

    @property
    def actor(self) -> Actor:
        """Who does what is done here."""
        return self._actor()

    def book(self) -> Book | None:
        """The classification as the open workspace knows it, on any thread; None where none is open."""
        from akimat_desk.classification.service import workspace_book

        workspace = self._workspace
        if workspace is None:
            return None
        with workspace.reading() as session:
            return workspace_book(session)

    # -- inside ---------------------------------------------------------------------------------

    def _open(self) -> Workspace:
        return self.workspace

    @staticmethod
    def _actor() -> Actor:
        from akimat_desk.storage.workspace import DEFAULT_ACTOR

        return DEFAULT_ACTOR


# -- files: no database, any thread -----------------------------------------------------------------


def read_file(path: Path, task: Task, book: Book | None = None) -> DecisionFile:
    """Read a decision from a file. Raises InputRefused, EnvironmentProblem."""
    from akimat_desk.budget.reading.files import read_decision_file

    return read_decision_file(path, task, book)


def read_pasted(text: str, task: Task, book: Book | None = None) -> DecisionFile:
    """Read a decision from pasted text or a web page's HTML. Raises InputRefused."""
    from akimat_desk.budget.reading.files import DecisionFile, refuse_empty
    from akimat_desk.budget.reading.reader import read_decision
    from akimat_desk.intake import read_pasted as take_in

    decision = read_decision(take_in(text), task, book)
    refuse_empty(decision)
    return DecisionFile("pasted.txt", text.encode(), decision)


def _choice(unit: UnitView) -> UnitChoice:
    return UnitChoice(unit.id, unit.kato or "", unit.name, unit.raion)

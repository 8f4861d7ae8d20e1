"""Financing plans: what their page asks of the services and has them do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.bases.basis import Basis
    from akimat_desk.budget.plans.commands import Started
    from akimat_desk.budget.plans.documents import PlanSummary
    from akimat_desk.budget.plans.importing import PlanPreview
    from akimat_desk.budget.plans.questions import PlanView
    from akimat_desk.budget.plans.shapes import Shapes
    from akimat_desk.budget.plans.sheet import PlanSheet
    from akimat_desk.budget.plans.starting import Places, Start
    from akimat_desk.budget.shown_columns import Shown
    from akimat_desk.classification.codes import Code
    from akimat_desk.core.language import Trilingual
    from akimat_desk.core.progress import Task
    from akimat_desk.reports.document import ReportDocument


@dataclass(frozen=True, slots=True)
class PlansOfYear:
    """What the page shows: the year's documents, the one chosen, last year's shapes.

    ``deleted`` are drafts marked as deleted, the last marked last.
    """

    unit_id: int
    year: int
    documents: tuple[PlanSummary, ...]
    view: PlanView | None
    shapes: Shapes
    deleted: tuple[PlanSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class StartSeen:
    """A first draft before it is made, and where each line of last year without a place could be put."""

    unit_id: int
    year: int
    start: Start
    places: Mapping[Code, tuple[tuple[Code, Trilingual], ...]]


class PlansDesk(AreaDesk):
    """Questions to the open workspace, and changes of its plans."""

    def plans(self, unit_id: int, year: int, document_id: int | None) -> PlansOfYear:
        """The year's documents and one of them: the one named, else the draft, else the plan in force."""
        from akimat_desk.budget.plans.questions import plan_view, plans
        from akimat_desk.budget.plans.shapes import shapes_for
        from akimat_desk.budget.views import DocumentState

        with self.workspace.reading() as session:
            every = plans(session, unit_id, year)
            documents = [each for each in every if not each.deleted]
            drafts = [each for each in documents if each.state is DocumentState.DRAFT]
            named = [each for each in documents if each.id == document_id]
            chosen = next(iter([*named, *drafts, *reversed(documents)]), None)
            return PlansOfYear(
                unit_id,
                year,
                tuple(documents),
                plan_view(session, chosen.id) if chosen is not None else None,
                shapes_for(session, unit_id, year),
                tuple(each for each in every if each.deleted),
            )

    def look_at_start(self, unit_id: int, year: int) -> StartSeen:
        """A first draft before it is made. Raises RuleBroken, UsageProblem."""
        from akimat_desk.budget.plans.commands import look_at_start
        from akimat_desk.budget.plans.questions import budget_limits
        from akimat_desk.budget.plans.starting import places_for

        with self.workspace.reading() as session:
            start = look_at_start(session, unit_id, year)
            limits = budget_limits(session, unit_id, year)
        places = {}
        if limits is not None:
            places = {key.code: tuple(places_for(limits, key.code, year)) for key in start.orphans}
        return StartSeen(unit_id, year, start, places)

    def start(self, unit_id: int, year: int, placed: Places | None = None) -> Started:
        """Make a first draft. Raises RuleBroken, UsageProblem."""
        from akimat_desk.budget.plans.commands import start_plan

        return start_plan(self.workspace, self.actor, unit_id, year, placed)

    def store(self, document_id: int, sheet: PlanSheet) -> None:
        """Keep a draft's sheet. Raises RuleBroken."""
        from akimat_desk.budget.plans.commands import store_sheet

        store_sheet(self.workspace, self.actor, document_id, sheet)

    def start_quarter(self, unit_id: int, year: int) -> int:
        """Make the plan of a first quarter. Raises RuleBroken, UsageProblem."""
        from akimat_desk.budget.plans.quarter import start_quarter_plan

        return start_quarter_plan(self.workspace, self.actor, unit_id, year)

    def approve(
        self, document_id: int, date: dt.date | None, number: str = "", basis: Basis | None = None
    ) -> str:
        """Approve a draft; returns its number. Raises RuleBroken."""
        from akimat_desk.budget.plans.commands import approve

        return approve(self.workspace, self.actor, document_id, date, number=number, basis=basis)

    def start_change(self, unit_id: int, year: int, kind: str, date: dt.date, reason: str) -> int:
        """Begin a change of the approved plan. Raises RuleBroken."""
        from akimat_desk.budget.plans.commands import start_change

        return start_change(self.workspace, self.actor, unit_id, year, kind=kind, date=date, reason=reason)

    def describe(self, document_id: int, kind: str, date: dt.date, reason: str) -> int:
        """Say what a draft's change is. Raises RuleBroken."""
        from akimat_desk.budget.plans.commands import describe_change

        describe_change(self.workspace, self.actor, document_id, kind=kind, date=date, reason=reason)
        return document_id

    def delete(self, document_id: int) -> None:
        """Mark a draft as deleted; those marked more than a month ago go for good. Raises RuleBroken."""
        from akimat_desk.budget.plans.commands import mark_deleted, purge_deleted
        from akimat_desk.budget.plans.documents import document_by_id

        mark_deleted(self.workspace, self.actor, document_id)
        with self.workspace.reading() as session:
            unit_id = document_by_id(session, document_id).unit_id
        purge_deleted(self.workspace, self.actor, unit_id)

    def bring_back(self, document_id: int) -> None:
        """Take the mark of deletion away. Raises RuleBroken."""
        from akimat_desk.budget.plans.commands import bring_back

        bring_back(self.workspace, self.actor, document_id)

    def preview(self, unit_id: int, year: int, path: Path, task: Task) -> PlanPreview:
        """A file beside the plan that is there. Raises InputRefused, EnvironmentProblem."""
        from akimat_desk.budget.plans.importing import preview_file

        with self.workspace.reading() as session:
            return preview_file(session, unit_id, year, path, task)

    def preview_text(self, unit_id: int, year: int, text: str) -> PlanPreview:
        """A pasted table beside the plan that is there. Raises InputRefused."""
        from akimat_desk.budget.plans.importing import preview_pasted

        with self.workspace.reading() as session:
            return preview_pasted(session, unit_id, year, text)

    def remember_columns(self, signature: str, shown: Shown) -> None:
        """Keep the columns of a kind of table that the person showed."""
        from akimat_desk.budget.plans.importing import show_plan_columns

        show_plan_columns(self.workspace, self.actor, signature, shown)

    def take_in(self, unit_id: int, seen: PlanPreview, keep_unknown: bool) -> int | None:
        """Take a preview in. Raises RuleBroken, UsageProblem."""
        from akimat_desk.budget.plans.importing import take_in

        return take_in(self.workspace, self.actor, unit_id, seen, keep_unknown=keep_unknown)

    def form(
        self, report_id: str, unit_id: int, year: int, document_id: int, doc_language: str
    ) -> list[ReportDocument]:
        """A form of the document shown. Raises UsageProblem."""
        from akimat_desk.reports.registry import DocLanguage, build

        with self.workspace.reading() as session:
            return build(
                report_id, session, unit_id, year, DocLanguage(doc_language), document_id=document_id
            )

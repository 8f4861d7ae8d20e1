"""Amendments, budgets side by side and what a figure rests on: what their pages ask of the services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.comparing.questions import AmendmentChanges, Comparison, Side
    from akimat_desk.budget.grounds import Grounds
    from akimat_desk.budget.provenance.values import Explanation
    from akimat_desk.budget.ratio.variants import Variant
    from akimat_desk.budget.views import DecisionSummary
    from akimat_desk.core.language import Trilingual
    from akimat_desk.reports.document import ReportDocument
    from akimat_desk.reports.papers import Paper, Shown


@dataclass(frozen=True, slots=True)
class UnitBudgets:
    """A unit that can be compared, and its documents."""

    unit_id: int
    name: Trilingual
    decisions: tuple[DecisionSummary, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that one of its documents covers, the latest first."""
        return tuple(sorted({year for decision in self.decisions for year in decision.years}, reverse=True))


@dataclass(frozen=True, slots=True)
class Explained:
    """What a figure rests on, and the reports that show its document."""

    explanation: Explanation
    shown: tuple[Shown, ...]


class AmendingDesk(AreaDesk):
    """Questions to the open workspace, and the commands of an amendment."""

    def start(self, unit_id: int, year: int, as_of: dt.date | None) -> DecisionSummary:
        """Begin an amendment of the edition in force. Raises UsageProblem."""
        from akimat_desk.budget.amending import start_amendment
        from akimat_desk.budget.decisions.questions import decision_summary

        made = start_amendment(self.workspace, self.actor, unit_id, year, as_of)
        with self.workspace.reading() as session:
            return decision_summary(session, made)

    def renew(self, document_id: int) -> DecisionSummary:
        """Take a draft over to the edition confirmed since. Raises UsageProblem, RuleBroken."""
        from akimat_desk.budget.amending import renew_amendment
        from akimat_desk.budget.decisions.questions import decision_summary

        renew_amendment(self.workspace, self.actor, document_id)
        with self.workspace.reading() as session:
            return decision_summary(session, document_id)

    def changes(
        self, unit_id: int, year: int, document_id: int | None, as_of: dt.date | None
    ) -> AmendmentChanges:
        """What the edition chosen, else the one in force, changes. Raises UsageProblem."""
        from akimat_desk.budget.comparing.questions import amendment_changes
        from akimat_desk.budget.decisions.questions import budget_as_of

        with self.workspace.reading() as session:
            if document_id is None:
                document_id = budget_as_of(session, unit_id, year, as_of).decision.id
            return amendment_changes(session, document_id)

    def budgets(self) -> tuple[UnitBudgets, ...]:
        """Every unit with its documents: what can be put side by side."""
        from akimat_desk.budget.decisions.questions import decisions
        from akimat_desk.places.service import units

        with self.workspace.reading() as session:
            return tuple(
                UnitBudgets(unit.id, unit.name, tuple(decisions(session, unit.id))) for unit in units(session)
            )

    def compare(self, left: Side, right: Side) -> Comparison:
        """Two budgets line by line. Raises UsageProblem."""
        from akimat_desk.budget.comparing.questions import compare

        with self.workspace.reading() as session:
            return compare(session, left, right)

    def comparison_report(
        self, left: Side, right: Side, doc_language: str, *, changed_only: bool
    ) -> list[ReportDocument]:
        """Two budgets as the before/after table. Raises UsageProblem."""
        from akimat_desk.reports.registry import DocLanguage, build

        with self.workspace.reading() as session:
            return build(
                "before_after",
                session,
                right.unit_id,
                right.year,
                DocLanguage(doc_language),
                document_id=right.document_id,
                as_of=right.as_of,
                stage=right.stage,
                compared_with=left,
                changed_only=changed_only,
            )

    def showing(self, paper: Paper) -> tuple[Shown, ...]:
        """Every report in which a document's figures stand. Raises UsageProblem."""
        from akimat_desk.reports.showing import reports_showing

        with self.workspace.reading() as session:
            return tuple(reports_showing(session, paper))

    def showing_plan(self, document_id: int) -> tuple[Shown, ...]:
        """Every report in which a plan document's figures stand. Raises UsageProblem."""
        from akimat_desk.reports.showing import plan_paper, reports_showing

        with self.workspace.reading() as session:
            return tuple(reports_showing(session, plan_paper(session, document_id)))

    def explain(self, grounds: Grounds) -> Explained:
        """What a figure rests on. Raises UsageProblem."""
        from akimat_desk.budget.provenance.questions import explain
        from akimat_desk.reports.showing import reports_of

        with self.workspace.reading() as session:
            explanation = explain(session, grounds)
            units = {step.document.unit_id for trail in explanation.trails for step in trail.steps}
            # A sum over units stands in no report of one of them.
            shown = reports_of(session, grounds) if len(units) == 1 else []
            return Explained(explanation, tuple(shown))

    def explain_ratio(self, unit_id: int, year: int, figure: str, variant: Variant) -> Explained:
        """What a figure of the year's ratio rests on. Raises UsageProblem."""
        from akimat_desk.budget.decisions.questions import budget_as_of
        from akimat_desk.budget.ratio.grounds import ratio_grounds
        from akimat_desk.core.errors import UsageProblem

        with self.workspace.reading() as session:
            document_id = budget_as_of(session, unit_id, year).decision.id
        grounds = ratio_grounds(document_id, year, variant).get(figure)
        if grounds is None:
            raise UsageProblem("error.provenance.no_amount")
        return self.explain(grounds)

    def save_source(self, attachment_id: int, path: Path) -> Path:
        """Write the file that an amount was read from. Raises EnvironmentProblem."""
        from akimat_desk.ui.cards import save_source

        return save_source(self.workspace, attachment_id, path)

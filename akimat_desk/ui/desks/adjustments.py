"""Adjustments, opening balances, closed periods: what their page asks of the services and has them do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.adjustments.lines import AdjustedLine
    from akimat_desk.budget.adjustments.questions import AdjustmentView
    from akimat_desk.budget.bases.basis import Basis
    from akimat_desk.budget.periods.balances import BalancePart, OpeningBalances
    from akimat_desk.budget.periods.closing import ClosedPeriod
    from akimat_desk.budget.periods.opening import OpeningByForms
    from akimat_desk.budget.views import BudgetView
    from akimat_desk.core.findings import Finding
    from akimat_desk.reports.document import ReportDocument
    from akimat_desk.reports.office import OfficeRules


@dataclass(frozen=True, slots=True)
class AdjustmentsOfYear:
    """What the page shows. ``budget`` is the one in force; None without a budget of the year."""

    unit_id: int
    year: int
    documents: tuple[AdjustmentView, ...]
    budget: BudgetView | None
    balances: OpeningBalances | None
    findings: tuple[Finding, ...]
    periods: tuple[ClosedPeriod, ...]


class AdjustmentsDesk(AreaDesk):
    """Questions to the open workspace, and changes of its adjustments, balances and periods."""

    def adjustments(self, unit_id: int, year: int) -> AdjustmentsOfYear:
        """Everything of a unit's year."""
        from akimat_desk.budget.adjustments.questions import adjustments, not_taken_in
        from akimat_desk.budget.decisions.questions import budget_as_of
        from akimat_desk.budget.periods.balances import balance_findings, latest_balances
        from akimat_desk.budget.periods.closing import closed_periods
        from akimat_desk.budget.views import Basis, Stage
        from akimat_desk.core.errors import UsageProblem

        with self.workspace.reading() as session:
            try:
                budget = budget_as_of(session, unit_id, year, stage=Stage.ADJUSTED)
            except UsageProblem:
                budget = None
            return AdjustmentsOfYear(
                unit_id,
                year,
                tuple(adjustments(session, unit_id, year)),
                budget if budget is not None and budget.basis is Basis.DECISION else None,
                latest_balances(session, unit_id, year),
                (*balance_findings(session, unit_id, year), *not_taken_in(session, unit_id, year)),
                tuple(closed_periods(session, unit_id, year)),
            )

    def draft(
        self, unit_id: int, year: int, ground: str, number: str, date: dt.date | None, basis: Basis
    ) -> int:
        """Make a draft of a decision. Raises RuleBroken."""
        from akimat_desk.budget.adjustments.commands import draft_adjustment

        return draft_adjustment(
            self.workspace, self.actor, unit_id, year, ground, number=number, date=date, basis=basis
        )

    def describe(self, document_id: int, ground: str, number: str, date: dt.date | None, basis: Basis) -> int:
        """Change what a draft says of itself. Raises RuleBroken."""
        from akimat_desk.budget.adjustments.commands import change_draft

        change_draft(
            self.workspace, self.actor, document_id, ground=ground, number=number, date=date, basis=basis
        )
        return document_id

    def put_lines(self, document_id: int, lines: Sequence[AdjustedLine]) -> None:
        """Put lines in a draft's place. Raises RuleBroken."""
        from akimat_desk.budget.adjustments.commands import change_draft

        change_draft(self.workspace, self.actor, document_id, lines=lines)

    def confirm(self, document_id: int, reason: str) -> None:
        """Confirm a draft. Raises RuleBroken."""
        from akimat_desk.budget.adjustments.commands import confirm_adjustment

        confirm_adjustment(self.workspace, self.actor, document_id, reason)

    def delete(self, document_id: int) -> None:
        """Delete a draft. Raises RuleBroken."""
        from akimat_desk.budget.adjustments.commands import delete_draft

        delete_draft(self.workspace, self.actor, document_id)

    def keep_balances(
        self, unit_id: int, year: int, total: int, parts: Sequence[BalancePart], note: str
    ) -> None:
        """Keep what the year opened with. Raises RuleBroken, UsageProblem."""
        from akimat_desk.budget.periods.balances import keep_balances

        keep_balances(self.workspace, self.actor, unit_id, year, total, parts, note)

    def opening(self, unit_id: int, year: int) -> OpeningByForms:
        """What the treasury's forms say the year opened with. Raises UsageProblem."""
        from akimat_desk.budget.periods.opening import opening_by_forms

        with self.workspace.reading() as session:
            return opening_by_forms(session, unit_id, year)

    def rules(self) -> OfficeRules:
        """The office's own rules."""
        from akimat_desk.reports.office import office_rules

        with self.workspace.reading() as session:
            return office_rules(session)

    def keep_rules(self, rules: OfficeRules) -> None:
        """Keep them. Raises UsageProblem."""
        from akimat_desk.reports.office import keep_office_rules

        keep_office_rules(self.workspace, self.actor, rules)

    def close_period(self, unit_id: int, year: int, month: int) -> None:
        """Close a month, or (0) the year. Raises RuleBroken."""
        from akimat_desk.budget.periods.closing import close_period

        close_period(self.workspace, self.actor, unit_id, year, month)

    def reopen_period(self, unit_id: int, year: int, month: int, reason: str) -> None:
        """Open a closed period again. Raises RuleBroken."""
        from akimat_desk.budget.periods.closing import reopen_period

        reopen_period(self.workspace, self.actor, unit_id, year, month, reason)

    def form(self, unit_id: int, year: int, document_id: int, doc_language: str) -> list[ReportDocument]:
        """The akim's decision on paper. Raises UsageProblem."""
        from akimat_desk.reports.registry import DocLanguage, build

        with self.workspace.reading() as session:
            return build(
                "adjustment", session, unit_id, year, DocLanguage(doc_language), document_id=document_id
            )

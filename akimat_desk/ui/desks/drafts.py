"""Drafts edited by hand: what their page asks of the services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from akimat_desk.core.language import Language, Trilingual
from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.amending import Entered
    from akimat_desk.budget.drafts.cells import LineKey
    from akimat_desk.budget.drafts.copying import SourceLine
    from akimat_desk.budget.drafts.history import History
    from akimat_desk.budget.drafts.kept_steps import Deed
    from akimat_desk.budget.drafts.patches import Patch
    from akimat_desk.budget.drafts.sheet import DraftSheet
    from akimat_desk.budget.views import DecisionSummary


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft as its page shows it. ``base`` are the amounts of the edition it changes, by line and
    year; None where it changes none."""

    sheet: DraftSheet
    decision: DecisionSummary
    unit_name: Trilingual
    base: Mapping[LineKey, tuple[int | None, ...]] | None
    #: The akim's adjustments that the draft holds, and what they add to its lines in the first year.
    entered: Entered
    #: Undo and redo as they were when the draft was left.
    history: History


class DraftsDesk(AreaDesk):
    """Questions and changes of drafts."""

    def open(self, document_id: int) -> OpenedDraft:
        """A draft as a sheet. Raises UsageProblem for an unknown document."""
        from akimat_desk.budget.amending import entered
        from akimat_desk.budget.decisions.details import document_details
        from akimat_desk.budget.decisions.questions import decisions
        from akimat_desk.budget.drafts.kept_steps import kept_history
        from akimat_desk.budget.drafts.service import amounts_before, open_draft
        from akimat_desk.places.service import unit_by_id

        with self.workspace.reading() as session:
            details = document_details(session, document_id)
            summaries = decisions(session, details.unit_id)
            return OpenedDraft(
                open_draft(session, document_id),
                next(summary for summary in summaries if summary.id == document_id),
                unit_by_id(session, details.unit_id).name,
                amounts_before(session, document_id),
                entered(session, document_id),
                kept_history(session, document_id),
            )

    def begin(self, unit_id: int, year: int, language: Language) -> DecisionSummary:
        """Begin a budget for three years. Raises UsageProblem, RuleBroken."""
        from akimat_desk.budget.decisions.questions import decisions
        from akimat_desk.budget.drafts.service import new_draft

        made = new_draft(self.workspace, self.actor, unit_id, year, language=language)
        with self.workspace.reading() as session:
            return next(summary for summary in decisions(session, unit_id) if summary.id == made)

    def save(self, patch: Patch, deed: Deed) -> None:
        """Write one edit. Raises RuleBroken, EnvironmentProblem."""
        from akimat_desk.budget.drafts.service import save

        save(self.workspace, self.actor, patch, deed)

    def lines_of(self, document_id: int, year: int) -> tuple[SourceLine, ...]:
        """The innermost lines of an edition's year, to be copied from. Raises UsageProblem."""
        from akimat_desk.budget.decisions.questions import budget_of
        from akimat_desk.budget.drafts.copying import source_lines

        with self.workspace.reading() as session:
            return source_lines(budget_of(session, document_id, year).lines)

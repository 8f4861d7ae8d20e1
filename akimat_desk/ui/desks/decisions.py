"""Decisions once they are confirmed: which edition is in force, and what was mistyped of one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.views import DecisionSummary


@dataclass(frozen=True, slots=True)
class Standing:
    """A confirmed decision, the day from which it counts, and the edition of its budget in force now."""

    decision: DecisionSummary
    since: dt.date
    in_force: DecisionSummary


class DecisionsDesk(AreaDesk):
    """Questions about confirmed decisions, and their corrections."""

    def standing(self, decision: DecisionSummary) -> Standing:
        """Where a confirmed decision stands among the editions of its budget."""
        from akimat_desk.budget.decisions.documents import document_by_id, known_from
        from akimat_desk.budget.decisions.questions import edition_in_force

        with self.workspace.reading() as session:
            in_force = edition_in_force(session, decision.unit_id, decision.first_year)
            since = known_from(document_by_id(session, decision.id))
            return Standing(decision, since, in_force or decision)

    def correct(
        self,
        decision_id: int,
        reason: str,
        number: str,
        date: dt.date | None,
        effective_date: dt.date | None,
        session_name: str,
    ) -> DecisionSummary:
        """Correct the number and dates of a confirmed decision. Raises RuleBroken, UsageProblem."""
        from akimat_desk.budget.decisions.correcting import correct_confirmed
        from akimat_desk.budget.decisions.questions import decision_summary

        correct_confirmed(
            self.workspace,
            self.actor,
            decision_id,
            reason,
            number=number,
            date=date,
            effective_date=effective_date,
            session_name=session_name,
        )
        with self.workspace.reading() as session:
            return decision_summary(session, decision_id)

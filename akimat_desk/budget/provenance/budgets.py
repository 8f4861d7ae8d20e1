"""What a figure of the budget as it stands on a day rests on: the edition, and the adjustments since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.execution.planned import Adjusting, adjusting, planned_documents
from akimat_desk.budget.figures import SECTION_OF, Figure
from akimat_desk.budget.grounds import AdjustmentAt, AmountAt, Grounds
from akimat_desk.budget.provenance.adjusted import moved_at


def budget_grounds(
    session: Session, unit_id: int, year: int, figure: Figure, as_of: dt.date | None = None
) -> Grounds | None:
    """What a figure of the adjusted budget rests on; None where no budget answers for the year."""
    documents = planned_documents(session, unit_id, year, as_of)
    if documents.latest is None:
        return None
    at = AmountAt(documents.latest, year, SECTION_OF[figure], figure=figure)
    return adjusted_grounds(at, adjusting(session, unit_id, year, documents, as_of))


def adjusted_grounds(at: AmountAt, changes: Sequence[Adjusting]) -> Grounds:
    """An amount of an edition with the adjustments that moved it since; without any just the edition."""
    moved = [
        AdjustmentAt(change.document_id, at.section, at.code, at.figure)
        for change in changes
        if sum(moved_at(line, at) for line in change.lines)
    ]
    if not moved:
        return Grounds((at,))
    return Grounds((at, *moved), "provenance.formula.adjusted", "source.bc_98_whole")

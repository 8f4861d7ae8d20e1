"""Everything to be said of one document: of a draft what its sheet says, as the person typing it is told."""

from __future__ import annotations

from akimat_desk.budget.decisions.editions import Edition
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.drafts.store import read_sheet
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.findings import Finding, Place, Severity


def document_findings(
    document: BudgetDocument, edition: Edition, unit: str, year: int | None = None
) -> list[Finding]:
    """The reader's remarks and what the sums say now; ``year`` keeps those of one year.

    Confirming, the Budget page, the command line and the grid all ask here: none of them may know less.
    """
    if document.state == DocumentState.DRAFT:
        found = read_sheet(document, unit).findings()
        if document.based_on_id is not None and edition.is_carried:
            found.append(Finding("decision.unchanged", Severity.WARNING, where=Place(unit=unit)))
    else:
        found = [*edition.notes, *edition.balance_findings(unit)]
        if document.date is None:
            found.append(Finding("decision.date_unknown", Severity.WARNING, where=Place(unit=unit)))
    return [finding for finding in found if year is None or finding.where.year in (None, year)]

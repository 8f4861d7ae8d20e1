"""The reports on changes of a budget: the before/after table and the amending decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from akimat_desk.budget.comparing.questions import (
    AFTER,
    BEFORE,
    AmendmentChanges,
    Side,
    YearChanges,
    amendment_changes,
    compare,
)
from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.figures import Figure
from akimat_desk.core.errors import UsageProblem
from akimat_desk.reports.definitions.amending_decision import AmendingOptions, amending_decision
from akimat_desk.reports.definitions.annex import AnnexOptions, annex
from akimat_desk.reports.definitions.before_after import Compared, before_after
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.parties import akimat_signers, maslikhat_signers, report_unit
from akimat_desk.reports.rules import amending_basis

if TYPE_CHECKING:
    from akimat_desk.reports.registry import ReportOptions


def build_before_after(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """An amendment's table for each year that it changes, its first year always; or one of any two budgets.

    With ``options.compared_with`` the budget asked for stands at the right and that one at the left.
    """
    if options.compared_with is not None:
        right = Side(unit_id, year, options.document_id, options.as_of, options.stage)
        return [compared_document(session, options.compared_with, right, language, options)]
    changes = _changes(session, unit_id, year, options)
    unit = report_unit(session, unit_id)
    signers = akimat_signers(session, unit_id, options.today or dt.date.today())
    return [
        before_after(
            Compared(each.before, each.after, each.rows, BEFORE, AFTER, amendment=True),
            (unit, unit),
            language,
            changed_only=options.changed_only,
            signers=signers if options.signatures else (),
        )
        for each in _printed(changes, year)
    ]


def compared_document(
    session: Session, left: Side, right: Side, language: DocLanguage, options: ReportOptions
) -> ReportDocument:
    """Any two budgets as the table, with a percentage."""
    comparison = compare(session, left, right)
    units = (report_unit(session, left.unit_id), report_unit(session, right.unit_id))
    return before_after(
        Compared(comparison.left, comparison.right, comparison.rows, 0, 1, amendment=False),
        units,
        language,
        changed_only=options.changed_only,
    )


def build_amending_decision(
    session: Session, unit_id: int, year: int, language: DocLanguage, options: ReportOptions
) -> list[ReportDocument]:
    """The decision's text and then the changed annexes in the new edition."""
    changes = _changes(session, unit_id, year, options)
    changed = [each for each in changes.years if each.changed]
    if not changed:
        raise UsageProblem("error.report.nothing_changed")
    first = changes.years[0].after
    day = first.decision.date or options.today or dt.date.today()
    unit = report_unit(session, unit_id)
    signers = maslikhat_signers(session, unit_id, day, blank=True) if options.signatures else []
    annexes = [each.after for each in changed if each.after.lines]
    numbers = tuple(view.annex or view.year - changes.after.first_year + 1 for view in annexes)
    documents = [
        amending_decision(
            first,
            first.amends,
            unit,
            language,
            AmendingOptions(_figures_changed(changes.years[0]), numbers, amending_basis(day)),
            signers=signers,
            findings=options.findings,
        )
    ]
    for own, (view, number) in enumerate(zip(annexes, numbers, strict=True), start=1):
        documents.append(
            annex(
                # A draft has no number yet: its annexes are those of a decision to be made.
                replace(view, findings=()),
                unit,
                language,
                number=number,
                own_number=own if len(annexes) > 1 else 0,
                signers=(),
                options=AnnexOptions(options.subgroups, findings=False, signatures=False),
            )
        )
    return documents


def _changes(session: Session, unit_id: int, year: int, options: ReportOptions) -> AmendmentChanges:
    """The changes of the edition asked for, else of the one in force."""
    document_id = options.document_id
    if document_id is None:
        document_id = budget_as_of(session, unit_id, year, options.as_of).decision.id
    return amendment_changes(session, document_id)


def _printed(changes: AmendmentChanges, year: int) -> list[YearChanges]:
    """The years with a table: those that change, the one asked for where none does."""
    changed = [each for each in changes.years if each.changed]
    asked = changes.year(year)
    return changed or ([asked] if asked is not None else list(changes.years[:1]))


def _figures_changed(first: YearChanges) -> bool:
    """Whether any figure of the first point is another one now; one left out is nil on paper."""
    if first.before is None:
        return True
    before, after = first.before.figures, first.after.figures
    return any((before[figure] or 0) != (after[figure] or 0) for figure in Figure)

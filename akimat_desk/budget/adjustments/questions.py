"""What can be asked of adjustments: their list, one with all that is to be said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.applying import apply_adjustments
from akimat_desk.budget.adjustments.checks import AdjustmentCase, check_adjustment
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.rules import ground_of
from akimat_desk.budget.adjustments.store import adjustment_by_id, adjustment_documents, lines_of
from akimat_desk.budget.adjustments.tables import AdjustmentDocument
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.decisions.questions import budget_as_of, budget_of, decisions
from akimat_desk.budget.periods.balances import latest_balances
from akimat_desk.budget.views import BudgetView, DocumentState, Stage
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.strings import Thousands
from akimat_desk.storage.settings import get_setting

#: Codes of programs ("07/3/124/008") that a sequester must leave alone, in this workspace.
PROTECTED = "adjustments.protected"


@dataclass(frozen=True, slots=True)
class AdjustmentView:
    """An adjustment with its lines and findings. ``before`` is the budget it changes, None without one."""

    id: int
    unit_id: int
    year: int
    ground: str
    state: DocumentState
    number: str
    date: dt.date | None
    reason: str
    basis: Basis
    lines: tuple[AdjustedLine, ...]
    findings: tuple[Finding, ...]
    before: BudgetView | None


def adjustments(session: Session, unit_id: int, year: int) -> list[AdjustmentView]:
    """Every adjustment of a unit's year by date, drafts last."""
    return [view_of(session, row) for row in adjustment_documents(session, unit_id, year)]


def adjustment(session: Session, document_id: int) -> AdjustmentView:
    """One adjustment. Raises UsageProblem for an unknown one."""
    return view_of(session, adjustment_by_id(session, document_id))


def all_adjustment_findings(session: Session) -> list[Finding]:
    """What is to be said of every confirmed adjustment and what followed it, for ``check``."""
    rows = session.scalars(
        select(AdjustmentDocument)
        .where(AdjustmentDocument.state == DocumentState.CONFIRMED.value)
        .order_by(AdjustmentDocument.id)
    )
    found: list[Finding] = []
    years = []
    for row in rows:
        found += view_of(session, row).findings
        if (row.unit_id, row.year) not in years:
            years.append((row.unit_id, row.year))
    for unit_id, year in years:
        found += not_taken_in(session, unit_id, year)
    return found


def not_taken_in(session: Session, unit_id: int, year: int) -> list[Finding]:
    """Adjustments that an amendment after them seems to have left out: the line stands as before them."""
    found = []
    for row in adjustment_documents(session, unit_id, year):
        if row.state != DocumentState.CONFIRMED or row.date is None:
            continue
        following = _edition_after(session, row)
        before = _budget(session, row, Stage.AMENDED)
        if following is None or before is None:
            continue
        then = {line.code: line.amount for line in before.lines}
        now = {line.code: line.amount for line in following.lines}
        for line in lines_of([row]):
            if line.code is not None and line.amount and then.get(line.code) == now.get(line.code):
                fields = {
                    "code": str(line.code),
                    "date": row.date,
                    "amount": Thousands(line.amount, table=True),
                }
                where = Place(year=year, section=line.section.value, code=str(line.code))
                found.append(
                    Finding("adjustment.not_taken_in", Severity.WARNING, fields, "source.bc_98_whole", where)
                )
    return found


def _edition_after(session: Session, row: AdjustmentDocument) -> BudgetView | None:
    """The first amendment of the same budget made after an adjustment."""
    after = [
        decision
        for decision in decisions(session, row.unit_id)
        if decision.first_year == row.year
        and decision.state is DocumentState.CONFIRMED
        and decision.date is not None
        and row.date is not None
        and decision.date > row.date
    ]
    first = min(after, key=lambda decision: decision.date or dt.date.max, default=None)
    return budget_of(session, first.id, row.year) if first is not None else None


def view_of(session: Session, row: AdjustmentDocument) -> AdjustmentView:
    """A document with what is to be said of it."""
    case, before = _case(session, row)
    return AdjustmentView(
        id=row.id,
        unit_id=row.unit_id,
        year=row.year,
        ground=row.ground,
        state=DocumentState(row.state),
        number=row.number,
        date=row.date,
        reason=row.reason,
        basis=case.basis,
        lines=tuple(_named(line, row.year) for line in case.lines),
        findings=tuple(check_adjustment(case)),
        before=before,
    )


def _named(line: AdjustedLine, year: int) -> AdjustedLine:
    """A line that came without its name gets the classification's."""
    entry = pack_for(year).lookup(line.code) if line.code is not None and not line.name else None
    return replace(line, name=entry.name) if entry is not None else line


def _case(session: Session, row: AdjustmentDocument) -> tuple[AdjustmentCase, BudgetView | None]:
    annual = _budget(session, row, Stage.AMENDED)
    others = [
        other
        for other in adjustment_documents(session, row.unit_id, row.year)
        if other.id != row.id and other.state == DocumentState.CONFIRMED and _earlier(other, row)
    ]
    before = _budget(session, row, Stage.ADJUSTED)
    opening = latest_balances(session, row.unit_id, row.year)
    protected = get_setting(session, PROTECTED, [])
    case = AdjustmentCase(
        ground=ground_of(row.ground),
        year=row.year,
        lines=lines_of([row]),
        number=row.number,
        date=row.date,
        basis=Basis(row.basis_kind, row.basis_number, row.basis_date, row.basis_id),
        before=before.lines if before is not None else (),
        annual=annual.lines if annual is not None else (),
        figures=annual.figures if annual is not None else {},
        earlier=lines_of([other for other in others if other.ground == row.ground]),
        protected=frozenset(protected) if isinstance(protected, list) else frozenset(),
        bound=opening.bound if opening is not None else None,
        balances=opening.total if opening is not None else None,
    )
    return case, before


def _budget(session: Session, row: AdjustmentDocument, stage: Stage) -> BudgetView | None:
    """The budget on the document's day; an adjustment that is confirmed is not in it itself."""
    try:
        view = budget_as_of(session, row.unit_id, row.year, row.date, stage)
    except UsageProblem:
        return None
    if stage is not Stage.ADJUSTED or row.state != DocumentState.CONFIRMED:
        return view
    later = [
        other
        for other in adjustment_documents(session, row.unit_id, row.year)
        if other.state == DocumentState.CONFIRMED
        and other.date == row.date
        and (other.id == row.id or not _earlier(other, row))
    ]
    undone = [replace(line, amount=-line.amount) for line in lines_of(later)]
    lines, figures = apply_adjustments(view.lines, view.figures, undone, row.year)
    return replace(view, lines=tuple(lines), figures=figures)


def _earlier(other: AdjustmentDocument, row: AdjustmentDocument) -> bool:
    if row.state != DocumentState.CONFIRMED:
        return row.date is None or (other.date or dt.date.min) <= row.date
    return (other.date or dt.date.min, other.id) < (row.date or dt.date.max, row.id)

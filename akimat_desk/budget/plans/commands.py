"""What can be done with plans. One method is one transaction; approved figures are never edited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.periods.closing import refuse_closed
from akimat_desk.budget.plans.cutting import eat_backwards
from akimat_desk.budget.plans.documents import (
    PlanKind,
    document_by_id,
    documents_of,
    in_force,
    sheet_of,
    write_sheet,
)
from akimat_desk.budget.plans.questions import (
    PlanView,
    approved_plan,
    budget_limits,
    change_of,
    plan_view,
    view_findings,
)
from akimat_desk.budget.plans.rules import Area, change_kind
from akimat_desk.budget.plans.shapes import executed_sheet, plan_by_form
from akimat_desk.budget.plans.sheet import PlanSheet, Side, difference, ordered
from akimat_desk.budget.plans.spent import Spent
from akimat_desk.budget.plans.starting import Places, Start, propose, under_codes_of
from akimat_desk.budget.plans.tables import PlanDocument
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.strings import Message
from akimat_desk.places.service import unit_by_id
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.changes import Change
from akimat_desk.storage.workspace import Actor, Workspace

#: A draft marked as deleted can be brought back for so long.
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Started:
    """A draft that was made, and what is to be said of how it came to be."""

    document_id: int
    findings: tuple[Finding, ...] = ()


def look_at_start(session: Session, unit_id: int, year: int, placed: Places | None = None) -> Start:
    """The first draft of a year's plan as :func:`start_plan` would make it; nothing is stored.

    Raises what :func:`start_plan` raises.
    """
    _refuse_second(session, unit_id, year)
    if draft_plan(session, unit_id, year) is not None:
        raise RuleBroken("error.plan.draft_there", year=year)
    limits = budget_limits(session, unit_id, year)
    if limits is None:
        raise UsageProblem("error.plan.no_budget", year=year)
    begun = _begun_by(session, unit_id, year)
    start = propose(year, limits, begun[0], placed)
    return replace(start, findings=(*begun[1], *start.findings))


def _begun_by(session: Session, unit_id: int, year: int) -> tuple[PlanSheet | None, tuple[Finding, ...]]:
    """What a first draft is made of, and what is to be said of it.

    A form of the year itself says how the treasury has the plan: it comes before last year's plan, that
    before what last year executed.
    """
    planned = in_force(documents_of(session, unit_id, year - 1, with_lines=True))
    last = planned or executed_sheet(session, unit_id, year - 1)
    form = plan_by_form(session, unit_id, year)
    where = Place(year=year)
    if form is not None:
        lines = dict(form.sheet.lines)
        if not form.sheet.keys(Side.RECEIPTS) and last is not None:
            lines |= {key: row for key, row in under_codes_of(year, last) if key.side is Side.RECEIPTS}
        month = Message(f"plan.month.{form.month}")
        said = Finding("plan.from_form", Severity.INFO, {"year": year, "month": month}, where=where)
        return PlanSheet(year, ordered(lines)), (said,)
    if planned is None and last is not None:
        return last, (Finding("plan.from_execution", Severity.INFO, {"year": year - 1}, where=where),)
    return last, ()


def start_plan(
    workspace: Workspace, actor: Actor, unit_id: int, year: int, placed: Places | None = None
) -> Started:
    """Make a draft of a year's plan: the budget in force on last year's lines.

    Where a form 4-20 of the year is there, its lines and its plan are taken instead; where last year had
    no plan, the lines are those that the treasury's forms executed. Codes are
    mapped along «became», and as ``placed`` says; orphans are findings. Raises RuleBroken when a plan of
    the year is there already (approved or a draft) or the year is closed, UsageProblem when no budget
    answers or ``placed`` makes no sense.
    """
    with workspace.changing(actor, "plan.started", year=year) as change:
        start = look_at_start(change.session, unit_id, year, placed)
        document = new_document(change, unit_id, year, PlanKind.PLAN)
        write_sheet(change.session, document, start.sheet)
        return Started(document.id, start.findings)


def take_in_plan(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    sheet: PlanSheet,
    source: tuple[str, bytes] | None = None,
) -> int:
    """Keep an imported sheet as the draft of its year's plan; a draft that is there takes its lines in.

    Lines of the file take the place of the draft's own; lines that the file does not name stay.
    Raises RuleBroken when a plan of the year is approved already or the year is closed.
    """
    with workspace.changing(actor, "plan.imported", year=sheet.year) as change:
        session = change.session
        _refuse_second(session, unit_id, sheet.year)
        document = draft_plan(session, unit_id, sheet.year) or new_document(
            change, unit_id, sheet.year, PlanKind.PLAN
        )
        present = sheet_of(document)
        both = PlanSheet(sheet.year, {**present.lines, **sheet.lines}, {**present.names, **sheet.names})
        write_sheet(session, document, both.with_lines(both.lines))
        if source is not None:
            document.attachment_id = keep_attachment(change, *source)
        change.touch("plan", document.id)
        return document.id


def start_change(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    year: int,
    *,
    kind: str,
    date: dt.date,
    reason: str = "",
) -> int:
    """Make a draft of a change of the approved plan, as of ``date``; its month is the current one.

    Raises RuleBroken when no plan is approved, the day lies outside the year, its month is closed or
    another change of the same half is still a draft; UsageProblem for an unknown kind.
    """
    area = change_kind(kind).area
    with workspace.changing(actor, "plan.change_started", year=year, kind=kind, date=date) as change:
        session = change.session
        if approved_plan(session, unit_id, year) is None:
            raise RuleBroken("error.plan.nothing_to_change", year=year)
        _refuse_day(session, unit_id, year, date)
        if any(
            other.kind == PlanKind.CHANGE
            and other.state == DocumentState.DRAFT
            and other.area == area
            and other.deleted_at is None
            for other in documents_of(session, unit_id, year)
        ):
            raise RuleBroken("error.plan.change_open", year=year)
        document = new_document(change, unit_id, year, PlanKind.CHANGE)
        document.area, document.change_kind = area.value, kind
        document.date, document.reason = date, reason.strip()
        return document.id


def store_sheet(workspace: Workspace, actor: Actor, document_id: int, sheet: PlanSheet) -> None:
    """Keep a draft's sheet as it is now, with errors or without; of a change the whole plan is given.

    Raises RuleBroken for a confirmed or deleted document, UsageProblem for an unknown one.
    """
    with workspace.changing(actor, "plan.edited") as change:
        document = _open_draft(change.session, document_id)
        held = change_of(plan_view(change.session, document_id), sheet)
        if document.kind == PlanKind.CHANGE:
            # A certificate of receipts holds nothing of costs, and the other way round.
            sides = Area(document.area).sides
            held = held.with_lines({key: months for key, months in held if key.side in sides})
        write_sheet(change.session, document, held)
        change.touch("plan", document_id)


def describe_change(
    workspace: Workspace,
    actor: Actor,
    document_id: int,
    *,
    kind: str | None = None,
    date: dt.date | None = None,
    reason: str | None = None,
) -> None:
    """Say of a draft's change what it is: kind (of the same half), day, reason.

    Raises RuleBroken for a confirmed document, a closed month, a kind of the other half.
    """
    with workspace.changing(actor, "plan.described") as change:
        document = _open_draft(change.session, document_id)
        if kind is not None:
            if change_kind(kind).area != document.area:
                raise RuleBroken("error.plan.other_half")
            document.change_kind = kind
        if date is not None:
            _refuse_day(change.session, document.unit_id, document.year, date)
            document.date = date
        if reason is not None:
            document.reason = reason.strip()
        change.touch("plan", document_id)


def approve(
    workspace: Workspace,
    actor: Actor,
    document_id: int,
    date: dt.date | None = None,
    spent: Spent | None = None,
    number: str = "",
    basis: Basis | None = None,
) -> str:
    """Approve a draft: a plan on ``date`` (today when None), a change on its own day.

    A change gets the next serial number of its half and year. A cut above the current month's plan is
    written as the earlier unspent months it eats. ``number`` is that of the akim's decision on a first
    quarter's plan, ``basis`` what agreed it. Returns the document's number ("" for a plan). Raises
    RuleBroken when errors are found, the document is confirmed or deleted, or its period is closed.
    """
    with workspace.changing(actor, "plan.approved") as change:
        session = change.session
        document = _open_draft(session, document_id)
        view = plan_view(session, document_id, spent)
        errors = sum(f.severity is Severity.ERROR for f in view_findings(view))
        if errors:
            raise RuleBroken("error.plan.has_errors", count=errors)
        if document.kind == PlanKind.CHANGE:
            assert document.date is not None  # start_change asks for it
            _refuse_day(session, document.unit_id, document.year, document.date)
            write_sheet(session, document, _written(view))
            document.number = str(_next_number(session, document))
        else:
            refuse_closed(session, document.unit_id, document.year)
            document.date = date or document.date or dt.date.today()
            document.number = number.strip()
        if basis is not None:
            document.basis_kind, document.basis_number = basis.kind, basis.number.strip()
            document.basis_date, document.basis_id = basis.date, basis.id
        document.state = DocumentState.CONFIRMED.value
        document.confirmed_at = dt.datetime.now(dt.UTC)
        document.confirmed_by = actor.name
        change.touch("plan", document_id)
        return document.number


def mark_deleted(workspace: Workspace, actor: Actor, document_id: int) -> None:
    """Mark a draft as deleted; it can be brought back for 30 days. Raises RuleBroken if confirmed."""
    with workspace.changing(actor, "plan.draft_deleted") as change:
        document = _open_draft(change.session, document_id)
        document.deleted_at = dt.datetime.now(dt.UTC)
        change.touch("plan", document_id)


def bring_back(workspace: Workspace, actor: Actor, document_id: int) -> None:
    """Take the mark of deletion away. Raises RuleBroken where another draft has its place."""
    with workspace.changing(actor, "plan.draft_restored") as change:
        document = document_by_id(change.session, document_id)
        if document.kind == PlanKind.PLAN and draft_plan(change.session, document.unit_id, document.year):
            raise RuleBroken("error.plan.draft_there", year=document.year)
        document.deleted_at = None
        change.touch("plan", document_id)


def purge_deleted(workspace: Workspace, actor: Actor, unit_id: int, today: dt.date | None = None) -> int:
    """Take away for good the drafts marked as deleted more than 30 days ago. Returns how many."""
    limit = dt.datetime.combine(today or dt.date.today(), dt.time(), dt.UTC) - dt.timedelta(days=KEPT_DAYS)
    with workspace.changing(actor, "plan.purged") as change:
        session = change.session
        old = list(
            session.scalars(
                select(PlanDocument).where(
                    PlanDocument.unit_id == unit_id,
                    PlanDocument.deleted_at.is_not(None),
                    PlanDocument.deleted_at < limit,
                )
            )
        )
        for document in old:
            change.touch("plan", document.id)
            session.delete(document)
        return len(old)


def draft_plan(session: Session, unit_id: int, year: int) -> PlanDocument | None:
    """The draft of a year's plan that is not marked as deleted."""
    return next(
        (
            document
            for document in documents_of(session, unit_id, year)
            if document.kind == PlanKind.PLAN
            and document.state == DocumentState.DRAFT
            and document.deleted_at is None
        ),
        None,
    )


def new_document(change: Change, unit_id: int, year: int, kind: PlanKind) -> PlanDocument:
    """A draft without lines. Raises UsageProblem for an unknown unit."""
    unit_by_id(change.session, unit_id)
    document = PlanDocument(
        unit_id=unit_id,
        year=year,
        kind=kind.value,
        state=DocumentState.DRAFT.value,
        area="",
        change_kind="",
        number="",
        reason="",
        created_at=dt.datetime.now(dt.UTC),
        created_by=change.actor.name,
    )
    change.session.add(document)
    change.session.flush()
    change.touch("plan", document.id)
    return document


# --- inside -------------------------------------------------------------------------------------------


def _open_draft(session: Session, document_id: int) -> PlanDocument:
    document = document_by_id(session, document_id)
    if document.state != DocumentState.DRAFT:
        raise RuleBroken("error.plan.confirmed")
    if document.deleted_at is not None:
        raise RuleBroken("error.plan.deleted")
    return document


def _refuse_second(session: Session, unit_id: int, year: int) -> None:
    refuse_closed(session, unit_id, year)
    if approved_plan(session, unit_id, year) is not None:
        raise RuleBroken("error.plan.approved_there", year=year)


def _refuse_day(session: Session, unit_id: int, year: int, date: dt.date) -> None:
    if date.year != year:
        raise RuleBroken("error.plan.day_outside", year=year, date=date)
    refuse_closed(session, unit_id, year, date.month)


def _next_number(session: Session, document: PlanDocument) -> int:
    """The next serial number: certificates of receipts and of costs are counted apart."""
    return 1 + sum(
        other.kind == PlanKind.CHANGE
        and other.area == document.area
        and other.state == DocumentState.CONFIRMED
        for other in documents_of(session, document.unit_id, document.year)
    )


def _written(view: PlanView) -> PlanSheet:
    """What an approved change holds: cuts above the current month laid on the months they eat."""
    s = view.situation
    assert s.before is not None
    assert s.month is not None
    lines = dict(s.sheet.lines)
    for key, months in s.sheet:
        if key.side is not Side.RECEIPTS and months != s.before.months(key):
            lines[key] = eat_backwards(months, s.month, s.spent.to_month(key, s.month)).months
    return difference(s.before, s.sheet.with_lines(lines))

"""Residents' proposals as one thread: raised, ranked, decided, in the budget, paid, told back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_of
from akimat_desk.budget.views import BudgetView
from akimat_desk.core.dates import short
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.core.text import repair, squeeze
from akimat_desk.meetings.people import clean_name, localities
from akimat_desk.meetings.record import budget_papers, item_row, meeting_row
from akimat_desk.meetings.spending import spent_on_line
from akimat_desk.meetings.tables import Meeting, MeetingItem, ResidentProposal
from akimat_desk.meetings.views import BudgetPaper, ProposalView
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.workspace import Workspace


def raise_proposal(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    what: Trilingual,
    raised_on: dt.date,
    *,
    place: str = "",
    cost: int | None = None,
    author: str = "",
    locality_id: int | None = None,
    meeting_id: int | None = None,
) -> int:
    """Keep a proposal from the hand raised. ``cost`` in tiyn, as estimated. Returns its id.

    Raises UsageProblem: no words, a negative cost.
    """
    if not what:
        raise UsageProblem("error.meeting.proposal_text")
    if cost is not None and cost < 0:
        raise UsageProblem("error.meeting.negative_amount")
    with workspace.changing(actor, "proposal.raised", unit=unit_id) as change:
        row = ResidentProposal(
            unit_id=unit_id,
            raised_on=raised_on,
            raised_at_id=meeting_id,
            author=clean_name(author),
            locality_id=locality_id,
            place=squeeze(place)[:300],
            what_kk=repair(what.kk.strip()),
            what_ru=repair(what.ru.strip()),
            cost=cost,
        )
        change.session.add(row)
        change.session.flush()
        change.touch("proposal", row.id)
        return row.id


def change_proposal(workspace: Workspace, actor: Actor, proposal_id: int, /, **fields: object) -> None:
    """Change what is given of a proposal's words, place and estimated cost. Saved at once."""
    with workspace.changing(actor, "proposal.changed", id=proposal_id, fields=sorted(fields)) as change:
        row = _row(change.session, proposal_id)
        for name, value in fields.items():
            if name not in _CHANGEABLE:
                raise ValueError(f"a proposal has no {name} to change")
            if name == "cost" and isinstance(value, int) and value < 0:
                raise UsageProblem("error.meeting.negative_amount")
            setattr(row, name, repair(value.strip()) if isinstance(value, str) else value)
        change.touch("proposal", proposal_id)


_CHANGEABLE = frozenset(
    {"author", "place", "what_kk", "what_ru", "cost", "locality_id", "raised_on", "raised_at_id"}
)


def rank_proposals(
    workspace: Workspace, actor: Actor, order: Sequence[int], meeting_id: int | None = None
) -> None:
    """Keep the assembly's ranking: the first id is rank 1. Raises UsageProblem for an id named twice."""
    if len(set(order)) != len(order):
        raise UsageProblem("error.meeting.ranked_twice")
    with workspace.changing(actor, "proposals.ranked", count=len(order)) as change:
        for rank, proposal_id in enumerate(order, start=1):
            row = _row(change.session, proposal_id)
            row.rank, row.ranked_at_id = rank, meeting_id
            change.touch("proposal", proposal_id)


def decide_proposal(
    workspace: Workspace, actor: Actor, proposal_id: int, accepted: bool | None, item_id: int | None = None
) -> None:
    """Keep what was decided of it, at which item of which minutes. None takes the decision back."""
    with workspace.changing(actor, "proposal.decided", id=proposal_id, accepted=accepted) as change:
        row = _row(change.session, proposal_id)
        row.accepted, row.item_id = accepted, item_id
        change.touch("proposal", proposal_id)


def budget_proposal(
    workspace: Workspace,
    actor: Actor,
    proposal_id: int,
    document_id: int | None,
    year: int | None = None,
    line: str = "",
) -> None:
    """Tie it to the budget line that carries it; None unties it.

    Raises UsageProblem where the document has no such line in that year.
    """
    with workspace.changing(actor, "proposal.budgeted", id=proposal_id, document=document_id) as change:
        row = _row(change.session, proposal_id)
        if document_id is not None:
            if year is None:
                raise UsageProblem("error.meeting.budget_line", line=line or "–", year="–")
            view = budget_of(change.session, document_id, year)
            if not any(str(each.code) == line for each in view.lines if each.code is not None):
                raise UsageProblem("error.meeting.budget_line", line=line or "–", year=year)
        row.document_id = document_id
        row.budget_year, row.line = (year, line) if document_id is not None else (None, "")
        change.touch("proposal", proposal_id)
        if document_id is not None:
            change.touch("budget_document", document_id)


def pay_proposal(
    workspace: Workspace, actor: Actor, proposal_id: int, spent: int | None, on: dt.date | None
) -> None:
    """Keep the money spent (tiyn) as of a day where the line carries more than the proposal; None leaves
    it to the treasury's forms. Raises UsageProblem for a negative amount, a missing day."""
    if spent is not None and spent < 0:
        raise UsageProblem("error.meeting.negative_amount")
    if spent is not None and on is None:
        raise UsageProblem("error.meeting.task_day")
    with workspace.changing(actor, "proposal.paid", id=proposal_id) as change:
        row = _row(change.session, proposal_id)
        row.spent, row.spent_on = spent, on if spent is not None else None
        change.touch("proposal", proposal_id)


def tell_back(
    workspace: Workspace,
    actor: Actor,
    proposal_id: int,
    on: dt.date | None,
    told: str = "",
    meeting_id: int | None = None,
) -> None:
    """Keep when and how the residents were told what came of it; None takes that back."""
    with workspace.changing(actor, "proposal.told", id=proposal_id) as change:
        row = _row(change.session, proposal_id)
        if on is not None and on < row.raised_on:
            raise UsageProblem("error.meeting.step_day", day=row.raised_on)
        row.told_on, row.told = on, told.strip()
        row.told_at_id = meeting_id
        change.touch("proposal", proposal_id)


def delete_proposal(workspace: Workspace, actor: Actor, proposal_id: int) -> None:
    """Take back a proposal nothing has come of. Raises UsageProblem once it was decided or budgeted."""
    with workspace.changing(actor, "proposal.deleted", id=proposal_id) as change:
        row = _row(change.session, proposal_id)
        if row.accepted is not None or row.document_id is not None or row.spent is not None:
            raise UsageProblem("error.meeting.proposal_stays")
        change.session.delete(row)
        change.touch("proposal", proposal_id)


def proposals(session: Session, unit_id: int) -> list[ProposalView]:
    """Every proposal of a unit: ranked ones first in their order, then by day."""
    rows = session.scalars(select(ResidentProposal).where(ResidentProposal.unit_id == unit_id)).all()
    papers = budget_papers(session, unit_id)
    budgets: dict[tuple[int, int], BudgetView] = {}
    views = [_view(session, row, papers, budgets) for row in rows]
    return sorted(
        views, key=lambda view: (view.rank is None, view.rank or 0, view.raised_on.toordinal(), view.id)
    )


def proposal(session: Session, proposal_id: int) -> ProposalView:
    """One proposal with its whole thread. Raises UsageProblem for one that is gone."""
    row = _row(session, proposal_id)
    return _view(session, row, budget_papers(session, row.unit_id), {})


def proposals_of_line(session: Session, document_id: int, line: str = "") -> list[ProposalView]:
    """The other end of the thread: which proposals a budget document (or one line of it) carries."""
    rows = session.scalars(
        select(ResidentProposal)
        .where(ResidentProposal.document_id == document_id)
        .order_by(ResidentProposal.id)
    ).all()
    return [proposal(session, row.id) for row in rows if not line or row.line == line]


def _row(session: Session, proposal_id: int) -> ResidentProposal:
    row = session.get(ResidentProposal, proposal_id)
    if row is None:
        raise UsageProblem("error.meeting.gone")
    return row


def _view(
    session: Session,
    row: ResidentProposal,
    papers: Mapping[int, BudgetPaper],
    budgets: dict[tuple[int, int], BudgetView],
) -> ProposalView:
    places = {place.id: place.name for place in localities(session, row.unit_id)}
    name, planned, executed = Trilingual(), None, None
    if row.document_id is not None and row.budget_year is not None:
        key = (row.document_id, row.budget_year)
        if key not in budgets:
            budgets[key] = budget_of(session, *key)
        found = next(
            (each for each in budgets[key].lines if each.code is not None and str(each.code) == row.line),
            None,
        )
        if found is not None:
            name, planned = found.name, found.amount
        executed = spent_on_line(session, row.unit_id, row.budget_year, row.line)
    item: MeetingItem | None = item_row(session, row.item_id) if row.item_id is not None else None
    decided_at = meeting_row(session, item.meeting_id) if item is not None else None
    raised_at = meeting_row(session, row.raised_at_id) if row.raised_at_id is not None else None
    return ProposalView(
        id=row.id,
        unit_id=row.unit_id,
        locality_id=row.locality_id,
        locality=places.get(row.locality_id, Trilingual()) if row.locality_id else Trilingual(),
        raised_on=row.raised_on,
        raised_at_id=row.raised_at_id,
        raised_at=_named(raised_at),
        author=row.author,
        place=row.place,
        what=Trilingual(row.what_kk, row.what_ru),
        cost=row.cost,
        rank=row.rank,
        ranked_at_id=row.ranked_at_id,
        accepted=row.accepted,
        item_id=row.item_id,
        item=f"{_named(decided_at)}, {item.no}" if item is not None else "",
        paper=papers.get(row.document_id) if row.document_id is not None else None,
        budget_year=row.budget_year,
        line=row.line,
        line_name=name,
        planned=planned,
        spent=row.spent,
        spent_on=row.spent_on,
        told_on=row.told_on,
        told_at_id=row.told_at_id,
        told=row.told,
        executed=executed,
    )


def _named(row: Meeting | None) -> str:
    return "" if row is None else f"№ {row.number or '–'}, {short(row.day)}"

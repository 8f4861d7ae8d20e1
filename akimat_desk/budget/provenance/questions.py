"""From a figure to the documents that make it. Questions only.

A stored amount is followed back through the editions before it; an amount that an edition carried over is
that of the edition where it was last stated.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from akimat_desk.budget.balance import STRUCTURE_SOURCE
from akimat_desk.budget.balance_lines import DETAIL_SOURCE
from akimat_desk.budget.decisions.details import source_of
from akimat_desk.budget.decisions.documents import document_by_id
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.decisions.questions import decision_summary
from akimat_desk.budget.decisions.tables import BudgetDocument, BudgetDraftLine
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.figures import SECTION_TOTAL, Section
from akimat_desk.budget.grounds import (
    AdjustmentAt,
    AmountAt,
    Assumed,
    BalancesAt,
    Computed,
    FormAt,
    Grounds,
    Place,
    PlanAt,
)
from akimat_desk.budget.provenance.adjusted import adjustment_trail, adjustments_at
from akimat_desk.budget.provenance.executed import form_trail
from akimat_desk.budget.provenance.opened import balances_trail
from akimat_desk.budget.provenance.parts import difference_of, parts_of
from akimat_desk.budget.provenance.planned import plan_trail
from akimat_desk.budget.provenance.said import named
from akimat_desk.budget.provenance.stored import Said, said_at
from akimat_desk.budget.provenance.values import Explanation, Part, Step, Trail
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import unit_by_id


def explain(session: Session, grounds: Grounds) -> Explanation:
    """The documents, parts and rules behind a figure.

    Raises UsageProblem when a document is not there any more (a deleted draft).
    """
    return Explanation(grounds, tuple(_trail(session, place) for place in grounds.amounts))


def _trail(session: Session, place: Place) -> Trail:
    match place:
        case AmountAt():
            return trail(session, place)
        case FormAt():
            return form_trail(session, place)
        case PlanAt():
            return plan_trail(session, place)
        case AdjustmentAt():
            return adjustment_trail(session, place)
        case BalancesAt():
            return balances_trail(session, place)
        case Computed():
            return _computed(session, place)
        case Assumed():
            return Trail(
                place, Trilingual(), named(place.name), "", None, (), (), None, "", value=place.value
            )


def _computed(session: Session, place: Computed) -> Trail:
    """A figure made of others: those are its parts, their documents its own."""
    grounds = place.grounds
    found = [_trail(session, each) for each in grounds.amounts]
    units = list(dict.fromkeys(each.unit_name for each in found if each.unit_name))
    return Trail(
        place=place,
        unit_name=units[0] if len(units) == 1 else Trilingual(),
        name=named(place.name),
        printed_name="",
        amount=place.amount,
        steps=tuple(dict.fromkeys(step for each in found for step in each.steps)),
        parts=tuple(
            Part(each.place, each.name, each.printed_name, each.amount, value=each.value) for each in found
        ),
        difference=None,
        rule=grounds.rule or next((each.rule for each in found if each.rule), ""),
        year=next((each.year for each in found if each.year is not None), None),
        value=place.value,
    )


def trail(session: Session, place: AmountAt) -> Trail:
    """One stored amount of a budget explained. Raises UsageProblem for an unknown document."""
    document = document_by_id(session, place.document_id)
    chain = _chain(session, document)
    said = [(each, said_at(session, each.id, place)) for each in chain]
    steps: list[Step] = []
    before: int | None = None
    for each, found in said:
        stated = found is not None and found.origin is not Origin.CARRIED
        if each.id != document.id and (found is None or (not stated and found.amount == before)):
            continue
        steps.append(_step(session, each, place, found, before, first=not steps))
        before = found.amount if found is not None else None
    own = said[-1][1]
    parts = parts_of(session, place)
    amount = own.amount if own is not None else None
    return Trail(
        place=place,
        unit_name=unit_by_id(session, document.unit_id).name,
        name=own.name if own is not None else Trilingual(),
        printed_name=own.printed_name if own is not None else "",
        amount=amount,
        steps=tuple(steps),
        parts=parts,
        difference=difference_of(amount, parts),
        rule=STRUCTURE_SOURCE if place.figure is not None else DETAIL_SOURCE,
        adjustments=adjustments_at(session, chain, place),
        year=place.year,
    )


# --- the documents of an amount ---------------------------------------------------------------------


def _chain(session: Session, document: BudgetDocument) -> list[BudgetDocument]:
    """A document and the editions that it rests on, the oldest first."""
    chain = [document]
    while chain[-1].based_on_id is not None:
        chain.append(document_by_id(session, chain[-1].based_on_id))
    return chain[::-1]


def _step(
    session: Session,
    document: BudgetDocument,
    place: AmountAt,
    found: Said | None,
    before: int | None,
    *,
    first: bool,
) -> Step:
    amount = found.amount if found is not None else None
    known = not first and (before is not None or amount is not None)
    origin = found.origin if found is not None else Origin.CARRIED
    # What was carried or read came with the document; what was typed has a person of its own.
    own = found is not None and found.by != ""
    is_read = origin is Origin.READ
    return Step(
        document=decision_summary(session, document.id),
        amount=amount,
        change=(amount or 0) - (before or 0) if known else None,
        origin=origin,
        by=found.by if found is not None and own else document.created_by,
        at=found.at if found is not None and found.at is not None else document.created_at,
        confirmed_by=document.confirmed_by or "",
        confirmed_at=document.confirmed_at,
        source=source_of(session, document.attachment_id) if is_read else None,
        row=found.row if found is not None and is_read else 0,
        raw=found.raw if found is not None and is_read else "",
        printed_name=found.printed_name if found is not None and is_read else "",
        note=_note(session, document.id, place),
    )


def _note(session: Session, document_id: int, place: AmountAt) -> str:
    """A person's remark on the line, kept beside its amounts."""
    if place.code:
        line = place.code
    elif place.figure is not None and SECTION_TOTAL[place.section] is not place.figure:
        line = LineKey.of_figure(place.figure).line if place.section is not Section.REVENUE else ""
    else:
        line = f"#{place.printed_name}" if place.printed_name else ""
    if not line:
        return ""
    kept = session.get(BudgetDraftLine, (document_id, place.section.value, line))
    return kept.note if kept is not None else ""

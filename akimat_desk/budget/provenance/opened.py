"""The balances that a year opened with: who entered them, what is bound."""

from __future__ import annotations

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.grounds import BalancesAt
from akimat_desk.budget.periods.balances import BoundKind, balances_by_id, balances_summary
from akimat_desk.budget.provenance.said import named
from akimat_desk.budget.provenance.values import Part, Step, Trail
from akimat_desk.places.service import unit_by_id


def balances_trail(session: Session, place: BalancesAt) -> Trail:
    """An amount of a statement of balances explained. Raises UsageProblem for one that is not there."""
    row = balances_by_id(session, place.statement_id)
    bound = [item for item in row.items if not place.kinds or item.kind in place.kinds]
    amount = sum(item.amount for item in bound) if place.kinds else row.total
    parts = tuple(
        Part(
            BalancesAt(row.id, (kind,)),
            named(f"balances.kind.{kind}"),
            "",
            sum(item.amount for item in bound if item.kind == kind),
        )
        for kind in BoundKind
        if any(item.kind == kind for item in bound) and place.kinds != (kind,)
    )
    key = f"balances.kind.{place.kinds[0]}" if len(place.kinds) == 1 else "provenance.balances.bound"
    step = Step(
        document=balances_summary(session, row.id),
        amount=amount,
        change=None,
        origin=Origin.TYPED,
        by=row.created_by,
        at=row.created_at,
        confirmed_by="",
        confirmed_at=None,
        source=None,
        row=0,
        raw="",
        printed_name="",
        note="; ".join(each for each in (row.note, *(item.note for item in bound)) if each),
    )
    return Trail(
        place=place,
        unit_name=unit_by_id(session, row.unit_id).name,
        name=named(key if place.kinds else "provenance.balances.whole"),
        printed_name="",
        amount=amount,
        steps=(step,),
        # What is bound is only a part of the whole: the rest is free.
        parts=parts if place.kinds else (),
        difference=0 if place.kinds else None,
        rule="source.bc_116",
        year=row.year,
    )

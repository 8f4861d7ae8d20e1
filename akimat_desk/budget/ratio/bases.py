"""What an office knows of its own lines: how many things pay, at what charge, how well; kept by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.ratio.tables import RatioBase
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.money import half_up
from akimat_desk.places.service import unit_by_id
from akimat_desk.storage.workspace import Actor, Workspace

#: The "line" whose amount is what of a year's transfers is targeted.
TARGETED_TRANSFERS = "targeted_transfers"
WHOLE = 1000  # tenths of a per cent


@dataclass(frozen=True, slots=True)
class LineBase:
    """What stands behind a line. None is "not known". Amounts in tiyn, ``collection`` in tenths of a %.

    ``charge`` is what one thing owes in a year; ``arrears`` what is owed from years before.
    """

    line: str
    count: int | None = None
    charge: int | None = None
    collection: int | None = None
    arrears: int | None = None
    amount: int | None = None

    def average(self, line_amount: int) -> int | None:
        """What one thing brings in a year, in tiyn half up: by the line's amount, else by the charge."""
        if self.count and line_amount > 0:
            return int(half_up(Fraction(line_amount, self.count), 0))
        if self.charge:
            share = Fraction(WHOLE if self.collection is None else self.collection, WHOLE)
            return int(half_up(self.charge * share, 0)) or None
        return None

    @property
    def empty(self) -> bool:
        """Whether nothing is known after all."""
        known = (self.count, self.charge, self.collection, self.arrears, self.amount)
        return all(value is None for value in known)


def bases(session: Session, unit_id: int, year: int) -> Mapping[str, LineBase]:
    """What is known for a year, by line; what was entered for the latest year before stands in where
    a year has nothing of its own on a line (counts of cars and leases move slowly), but never the sum
    of targeted transfers."""
    rows = session.scalars(
        select(RatioBase).where(RatioBase.unit_id == unit_id, RatioBase.year <= year).order_by(RatioBase.year)
    )
    found: dict[str, LineBase] = {}
    for row in rows:
        if row.line == TARGETED_TRANSFERS and row.year != year:
            continue
        found[row.line] = _view(row)
    return found


def set_base(workspace: Workspace, actor: Actor, unit_id: int, year: int, base: LineBase) -> None:
    """Keep what is known of a line in a year; an empty one is forgotten.

    Raises UsageProblem: unknown unit, numbers below zero, a collection above 100 %.
    """
    numbers = (base.count, base.charge, base.collection, base.arrears, base.amount)
    if any(value is not None and value < 0 for value in numbers):
        raise UsageProblem("error.ratio.base_negative")
    if base.collection is not None and base.collection > WHOLE:
        raise UsageProblem("error.ratio.base_collection")
    with workspace.changing(actor, "ratio.base_set", year=year, line=base.line) as change:
        session = change.session
        unit_by_id(session, unit_id)
        row = session.scalar(
            select(RatioBase).where(
                RatioBase.unit_id == unit_id, RatioBase.year == year, RatioBase.line == base.line
            )
        )
        if base.empty:
            if row is not None:
                change.touch("ratio_base", row.id)
                session.delete(row)
            return
        if row is None:
            row = RatioBase(unit_id=unit_id, year=year, line=base.line)
            session.add(row)
        row.count, row.charge, row.collection = base.count, base.charge, base.collection
        row.arrears, row.amount = base.arrears, base.amount
        session.flush()
        change.touch("ratio_base", row.id)


def _view(row: RatioBase) -> LineBase:
    return LineBase(row.line, row.count, row.charge, row.collection, row.arrears, row.amount)

"""Closing a month or a year: what is closed takes no change until it is opened again, with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.periods.tables import PeriodClosing
from akimat_desk.core.errors import RuleBroken
from akimat_desk.core.strings import Message
from akimat_desk.storage.workspace import Actor, Workspace

WHOLE_YEAR = 0


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """A month (1–12) or a whole year (month 0) that was closed. ``reopened_at`` is None while it is.

    Times are UTC; ``reason`` says why it was opened again.
    """

    year: int
    month: int
    closed_at: dt.datetime
    closed_by: str
    reopened_at: dt.datetime | None = None
    reason: str = ""


def close_period(workspace: Workspace, actor: Actor, unit_id: int, year: int, month: int = 0) -> None:
    """Close a month, or with month 0 the year.

    Months close in order, a year when its twelve months are closed: what comes later rests on what
    came before. Raises RuleBroken when it is closed already or a month before it is still open.
    """
    with workspace.changing(actor, "period.closed", year=year, month=month) as change:
        session = change.session
        _refuse_wrong_month(month)
        closed = own_closed_months(session, unit_id, year)
        if year_is_closed(session, unit_id, year) or month in closed:
            raise RuleBroken("error.period.already_closed", period=period_name(year, month))
        open_ = [m for m in range(1, (month or 13)) if m not in closed]
        if open_:
            raise RuleBroken(
                "error.period.earlier_open",
                period=period_name(year, month),
                first=period_name(year, open_[0]),
            )
        row = PeriodClosing(
            unit_id=unit_id,
            year=year,
            month=month,
            closed_at=dt.datetime.now(dt.UTC),
            closed_by=actor.name,
            reason="",
        )
        session.add(row)
        session.flush()
        change.touch("period", row.id)


def reopen_period(
    workspace: Workspace, actor: Actor, unit_id: int, year: int, month: int, reason: str
) -> None:
    """Open a closed month or year (month 0) again; the reason is kept with the closing.

    The last one closed is opened first. Raises RuleBroken: no reason, not closed, a later one is.
    """
    said = reason.strip()
    if not said:
        raise RuleBroken("error.period.reason_needed", period=period_name(year, month))
    with workspace.changing(actor, "period.reopened", year=year, month=month) as change:
        session = change.session
        rows = _closings(session, unit_id, year)
        row = next((row for row in rows if row.month == month), None)
        if row is None:
            raise RuleBroken("error.period.not_closed", period=period_name(year, month))
        later = [r.month for r in rows if month and (r.month > month or r.month == WHOLE_YEAR)]
        if later:
            last = WHOLE_YEAR if WHOLE_YEAR in later else max(later)
            raise RuleBroken(
                "error.period.later_closed",
                period=period_name(year, month),
                later=period_name(year, last),
            )
        row.reopened_at = dt.datetime.now(dt.UTC)
        row.reopened_by = actor.name
        row.reason = said
        change.touch("period", row.id)


def closed_periods(session: Session, unit_id: int, year: int) -> list[ClosedPeriod]:
    """Every closing of a year, those opened again too, in the order in which they happened."""
    asked = select(PeriodClosing).where(PeriodClosing.unit_id == unit_id, PeriodClosing.year == year)
    return [
        ClosedPeriod(row.year, row.month, row.closed_at, row.closed_by, row.reopened_at, row.reason)
        for row in session.scalars(asked.order_by(PeriodClosing.id))
    ]


def own_closed_months(session: Session, unit_id: int, year: int) -> frozenset[int]:
    """The months that were closed one by one and are closed now."""
    return frozenset(row.month for row in _closings(session, unit_id, year) if row.month)


def year_is_closed(session: Session, unit_id: int, year: int) -> bool:
    """Whether the year as a whole is closed."""
    return any(row.month == WHOLE_YEAR for row in _closings(session, unit_id, year))


def closed_months(session: Session, unit_id: int, year: int) -> frozenset[int]:
    """The months (1–12) that take no change; all of them once the year is closed."""
    if year_is_closed(session, unit_id, year):
        return frozenset(range(1, 13))
    return own_closed_months(session, unit_id, year)


def refuse_closed(session: Session, unit_id: int, year: int, month: int | None = None) -> None:
    """Refuse a change of a closed month, or (month None) of a closed year. Raises RuleBroken."""
    if year_is_closed(session, unit_id, year):
        raise RuleBroken("error.period.closed", period=period_name(year, WHOLE_YEAR))
    if month is not None and month in own_closed_months(session, unit_id, year):
        raise RuleBroken("error.period.closed", period=period_name(year, month))


def period_name(year: int, month: int) -> Message:
    """A period as it is called in a sentence: "2026 жылғы наурыз", "март 2026 года", "2026 год"."""
    if month == WHOLE_YEAR:
        return Message("period.year", {"year": year})
    return Message("period.month", {"year": year, "month": Message(f"plan.month.{month}")})


def _closings(session: Session, unit_id: int, year: int) -> list[PeriodClosing]:
    asked = select(PeriodClosing).where(
        PeriodClosing.unit_id == unit_id, PeriodClosing.year == year, PeriodClosing.reopened_at.is_(None)
    )
    return list(session.scalars(asked.order_by(PeriodClosing.id)))


def _refuse_wrong_month(month: int) -> None:
    if not 0 <= month <= 12:
        raise ValueError(f"no such month: {month}")

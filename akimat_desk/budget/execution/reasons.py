"""Why lines are off their plan: the office's own words, month by month, offered again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.tables import ExecutionReason

_MOST = 20


def reasons(session: Session, unit_id: int, month: Month) -> dict[str, str]:
    """The reasons written for a month, by the line's stored code."""
    asked = select(ExecutionReason.code, ExecutionReason.text).where(
        ExecutionReason.unit_id == unit_id,
        ExecutionReason.year == month.year,
        ExecutionReason.month == month.month,
    )
    return {row.code: row.text for row in session.execute(asked)}


def reasons_offered(session: Session, unit_id: int, code: str) -> list[str]:
    """The office's earlier reasons: those of this line first, then of others; the latest first."""
    asked = (
        select(ExecutionReason.code, ExecutionReason.text)
        .where(ExecutionReason.unit_id == unit_id)
        .order_by(ExecutionReason.year.desc(), ExecutionReason.month.desc(), ExecutionReason.id.desc())
    )
    rows = sorted(session.execute(asked), key=lambda row: row[0] != code)
    return list(dict.fromkeys(text for _, text in rows))[:_MOST]

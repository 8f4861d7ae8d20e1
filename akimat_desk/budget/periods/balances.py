"""The balances a year opens with (Budget Code art. 116): what is bound, what is free.

Bound balances pay first: debt, unused targeted transfers that go back, registered obligations that
stayed unpaid. They enter the budget by an adjustment. What is left is free and is spent through an
amendment only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.periods.closing import refuse_closed
from akimat_desk.budget.periods.tables import BalanceItem, BalanceStatement
from akimat_desk.budget.views import Stage
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.strings import Thousands
from akimat_desk.places.service import unit_by_id
from akimat_desk.storage.workspace import Actor, Workspace


class BoundKind(StrEnum):
    """What a part of the balances is bound to, in the order in which the law names it."""

    DEBT = "debt"
    TARGETED_RETURN = "targeted_return"
    NATIONAL_FUND = "national_fund"
    UNPAID_OBLIGATIONS = "unpaid_obligations"


@dataclass(frozen=True, slots=True)
class BalancePart:
    """A bound part of the balances, in tiyn; ``note`` says which transfer or contract."""

    kind: BoundKind
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpeningBalances:
    """What a year opened with. Amounts in tiyn; ``id`` is that of the statement it was entered as."""

    year: int
    total: int
    parts: tuple[BalancePart, ...] = ()
    note: str = ""
    created_at: dt.datetime | None = None
    id: int | None = None

    @property
    def bound(self) -> Mapping[str, int]:
        """What is bound, by kind."""
        return {kind.value: sum(p.amount for p in self.parts if p.kind is kind) for kind in BoundKind}

    @property
    def must_be_used(self) -> int:
        """What must be returned or paid before anything else."""
        return sum(part.amount for part in self.parts)

    @property
    def free(self) -> int:
        """What is left: spent through an amendment only. Negative when more is bound than there is."""
        return self.total - self.must_be_used


def keep_balances(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    year: int,
    total: int,
    parts: Sequence[BalancePart] = (),
    note: str = "",
) -> None:
    """Keep what a year opened with; it takes the place of what was entered before.

    Raises RuleBroken for a closed year, UsageProblem for a negative amount.
    """
    if total < 0 or any(part.amount < 0 for part in parts):
        raise UsageProblem("error.balances.negative")
    with workspace.changing(actor, "balances.kept", year=year) as change:
        session = change.session
        unit_by_id(session, unit_id)
        refuse_closed(session, unit_id, year)
        row = BalanceStatement(
            unit_id=unit_id,
            year=year,
            total=total,
            note=note.strip(),
            created_at=dt.datetime.now(dt.UTC),
            created_by=actor.name,
            items=[
                BalanceItem(
                    position=position, kind=part.kind.value, amount=part.amount, note=part.note.strip()
                )
                for position, part in enumerate(parts)
            ],
        )
        session.add(row)
        session.flush()
        change.touch("balances", row.id)


def latest_balances(session: Session, unit_id: int, year: int) -> OpeningBalances | None:
    """What a year opened with, as entered last; None while nobody entered it."""
    row = session.scalar(
        select(BalanceStatement)
        .where(BalanceStatement.unit_id == unit_id, BalanceStatement.year == year)
        .order_by(BalanceStatement.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    parts = tuple(BalancePart(BoundKind(item.kind), item.amount, item.note) for item in row.items)
    return OpeningBalances(year, row.total, parts, row.note, row.created_at, row.id)


@dataclass(frozen=True, slots=True)
class BalancesSummary:
    """A statement of the balances that a year opened with, as a document."""

    id: int
    unit_id: int
    year: int
    latest: bool


def balances_by_id(session: Session, statement_id: int) -> BalanceStatement:
    """The stored statement. Raises UsageProblem for an unknown one."""
    row = session.get(BalanceStatement, statement_id)
    if row is None:
        raise UsageProblem("error.balances.unknown", id=statement_id)
    return row


def balances_summary(session: Session, statement_id: int) -> BalancesSummary:
    """A statement without its amounts. Raises UsageProblem for an unknown one."""
    row = balances_by_id(session, statement_id)
    latest = latest_balances(session, row.unit_id, row.year)
    return BalancesSummary(row.id, row.unit_id, row.year, latest is not None and latest.id == row.id)


def balance_findings(session: Session, unit_id: int, year: int) -> list[Finding]:
    """Whether what the budget uses of the balances is there, and what must be used first is."""
    opened = latest_balances(session, unit_id, year)
    if opened is None:
        return []
    where = Place(year=year, section="financing", figure=Figure.BALANCES_USED.value)
    found = []
    if opened.free < 0:
        fields = {"bound": _money(opened.must_be_used), "total": _money(opened.total)}
        found.append(
            Finding("balances.bound_above", Severity.ERROR, fields, "source.bc_116_5", where, opened.free)
        )
    used = _used(session, unit_id, year)
    if used is None:
        return found
    if used > opened.total:
        fields = {"used": _money(used), "total": _money(opened.total)}
        found.append(
            Finding(
                "balances.not_there", Severity.ERROR, fields, "source.bc_116_5", where, used - opened.total
            )
        )
    elif used < opened.must_be_used:
        fields = {"used": _money(used), "bound": _money(opened.must_be_used)}
        found.append(
            Finding(
                "balances.bound_unused",
                Severity.WARNING,
                fields,
                "source.bc_116_5",
                where,
                used - opened.must_be_used,
            )
        )
    return found


def all_balance_findings(session: Session) -> list[Finding]:
    """The same of every unit and year, for ``check``."""
    pairs = session.execute(select(BalanceStatement.unit_id, BalanceStatement.year).distinct())
    found = []
    for unit_id, year in sorted(tuple(pair) for pair in pairs):
        found += balance_findings(session, unit_id, year)
    return found


def _used(session: Session, unit_id: int, year: int) -> int | None:
    try:
        return budget_as_of(session, unit_id, year, stage=Stage.ADJUSTED).figures[Figure.BALANCES_USED]
    except UsageProblem:
        return None


def _money(tiyn: int) -> Thousands:
    return Thousands(tiyn, table=True)

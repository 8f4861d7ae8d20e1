"""What was sent, what came and where each stands: lists, and the board of units by months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.receipts import PackageState
from akimat_desk.exchange.tables import KnownKey, PackageStep, ReceivedPackage, SentPackage
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import UnitView, units


@dataclass(frozen=True, slots=True)
class SentView:
    """A package sent from here; ``answer`` is the state its receipt told, "" before one came."""

    unit_id: int
    sequence: int
    period: Period
    addressee: str | None
    sha256: str
    made_at: dt.datetime
    answer: str
    answer_at: dt.datetime | None
    answer_note: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A state of a received package, since when and by whom."""

    state: PackageState
    at: dt.datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """A package that came; ``steps`` in the order of time, the last one is its state now."""

    id: int
    unit_id: int
    sequence: int
    period: Period
    sha256: str
    errors: int
    steps: tuple[StepView, ...]

    @property
    def state(self) -> PackageState:
        """Where it stands now."""
        return self.steps[-1].state


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit's row of the board: the state of the newest package of each period."""

    unit: UnitView
    states: dict[Period, PackageState]
    key_confirmed: bool

    def state(self, period: Period) -> PackageState:
        """The state of a period; MISSING when nothing came."""
        return self.states.get(period, PackageState.MISSING)


def sent(session: Session, unit_id: int | None = None) -> list[SentView]:
    """Packages sent, the newest first."""
    query = select(SentPackage).order_by(SentPackage.unit_id, SentPackage.sequence.desc())
    if unit_id is not None:
        query = query.where(SentPackage.unit_id == unit_id)
    return [
        SentView(
            row.unit_id,
            row.sequence,
            Period(row.year, row.month),
            row.addressee,
            row.sha256,
            row.made_at,
            row.answer,
            row.answer_at,
            row.answer_note,
        )
        for row in session.scalars(query)
    ]


def received(session: Session, unit_id: int | None = None) -> list[ReceivedView]:
    """Packages taken in, by unit, the newest first."""
    query = select(ReceivedPackage).order_by(ReceivedPackage.unit_id, ReceivedPackage.sequence.desc())
    if unit_id is not None:
        query = query.where(ReceivedPackage.unit_id == unit_id)
    rows = session.scalars(query).all()
    steps: dict[int, list[StepView]] = {}
    for step in session.scalars(select(PackageStep).order_by(PackageStep.id)):
        steps.setdefault(step.package_id, []).append(
            StepView(PackageState(step.state), step.at, step.by, step.note)
        )
    return [
        ReceivedView(
            row.id,
            row.unit_id,
            row.sequence,
            Period(row.year, row.month),
            row.sha256,
            row.errors,
            tuple(steps[row.id]),
        )
        for row in rows
    ]


def board(session: Session) -> list[BoardRow]:
    """Every unit below with what came from it, in the order of their codes."""
    below = [u for u in units(session) if u.kind not in (UnitKind.RAION, UnitKind.OBLAST)]
    newest: dict[int, dict[Period, PackageState]] = {}
    for package in received(session):
        newest.setdefault(package.unit_id, {}).setdefault(package.period, package.state)
    confirmed = set(
        session.scalars(
            select(KnownKey.kato).where(KnownKey.until.is_(None), KnownKey.confirmed_at.is_not(None))
        )
    )
    return [
        BoardRow(unit, newest.get(unit.id, {}), unit.kato in confirmed)
        for unit in sorted(below, key=lambda unit: (unit.kato or "~", unit.id))
    ]

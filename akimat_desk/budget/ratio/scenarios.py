"""What-if scenarios by name: laid out, saved, compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of, budget_of
from akimat_desk.budget.figures import Section
from akimat_desk.budget.ratio.bases import bases
from akimat_desk.budget.ratio.goals import budget_apart
from akimat_desk.budget.ratio.levers import Ground, How, Lever, Outcome, ground, reckon
from akimat_desk.budget.ratio.tables import RatioLever, RatioScenario
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.alphabet import sort_key
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.text import squeeze
from akimat_desk.places.service import unit_by_id
from akimat_desk.storage.workspace import Actor, Workspace

_LONGEST = 200
_LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Scenario:
    """A saved what-if."""

    id: int
    unit_id: int
    year: int
    name: str
    variant: Variant
    levers: tuple[Lever, ...]
    created_at: dt.datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A scenario beside others: what it comes to on the budget as it is now, by one formula."""

    scenario: Scenario
    outcome: Outcome


def lay_out(session: Session, unit_id: int, year: int, document_id: int | None = None) -> Ground:
    """The budget of a year ready for levers: the edition in force, or the one named.

    Raises UsageProblem when nothing answers.
    """
    view = (
        budget_as_of(session, unit_id, year) if document_id is None else budget_of(session, document_id, year)
    )
    known = bases(session, unit_id, year)
    target = national_targets().targets.get(year)
    return ground(budget_apart(view, known), known, target, view.unit_name)


def scenarios(session: Session, unit_id: int, year: int) -> list[Scenario]:
    """The scenarios of a unit's year, in the order of the alphabet."""
    rows = session.scalars(
        select(RatioScenario)
        .where(RatioScenario.unit_id == unit_id, RatioScenario.year == year)
        .order_by(RatioScenario.created_at, RatioScenario.id)
    )
    return sorted((_view(row) for row in rows), key=lambda scenario: sort_key(scenario.name))


def save_scenario(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    year: int,
    name: str,
    variant: Variant,
    levers: Sequence[Lever],
    note: str = "",
) -> Scenario:
    """Keep levers under a name, with a note of what was meant; the same name again replaces what was kept.

    Raises UsageProblem: no name, no lever, unknown unit.
    """
    named = squeeze(name)[:_LONGEST]
    if not named:
        raise UsageProblem("error.ratio.scenario_name")
    if not levers:
        raise UsageProblem("error.ratio.scenario_empty")
    with workspace.changing(actor, "ratio.scenario_saved", year=year, levers=len(levers)) as change:
        session = change.session
        unit_by_id(session, unit_id)
        row = session.scalar(
            select(RatioScenario).where(
                RatioScenario.unit_id == unit_id, RatioScenario.year == year, RatioScenario.name == named
            )
        )
        if row is None:
            row = RatioScenario(
                unit_id=unit_id,
                year=year,
                name=named,
                created_at=dt.datetime.now(dt.UTC),
                created_by=actor.name,
            )
            session.add(row)
        row.variant = variant.value
        row.note = note.strip()[:_LONGEST_NOTE]
        row.levers.clear()
        session.flush()  # the old levers leave their places before the new ones take them
        row.levers.extend(_lever_row(position, lever) for position, lever in enumerate(levers))
        session.flush()
        change.touch("ratio_scenario", row.id)
        return _view(row)


def delete_scenario(workspace: Workspace, actor: Actor, scenario_id: int) -> None:
    """Forget a scenario. Raises UsageProblem for an unknown one."""
    with workspace.changing(actor, "ratio.scenario_deleted") as change:
        row = _row(change.session, scenario_id)
        change.touch("ratio_scenario", row.id)
        change.session.delete(row)


def compare(session: Session, unit_id: int, year: int, variant: Variant) -> list[Compared]:
    """Every scenario of a year on the budget in force now, by one formula, in the order they were made.

    Raises UsageProblem when no budget answers for the year.
    """
    on = lay_out(session, unit_id, year)
    return [Compared(each, reckon(on, each.levers, variant)) for each in scenarios(session, unit_id, year)]


def _row(session: Session, scenario_id: int) -> RatioScenario:
    row = session.get(RatioScenario, scenario_id)
    if row is None:
        raise UsageProblem("error.ratio.scenario_unknown", id=scenario_id)
    return row


def _lever_row(position: int, lever: Lever) -> RatioLever:
    return RatioLever(
        position=position,
        side=lever.side.value,
        line=lever.line,
        how=lever.how.value,
        amount=lever.amount,
        tenths=lever.tenths,
        count=lever.count,
        charge=lever.charge,
        collection=lever.collection,
        arrears_tenths=lever.arrears_tenths,
    )


def _view(row: RatioScenario) -> Scenario:
    levers = tuple(
        Lever(
            side=Section(each.side),
            line=each.line,
            how=How(each.how),
            amount=each.amount,
            tenths=each.tenths,
            count=each.count,
            charge=each.charge,
            collection=each.collection,
            arrears_tenths=each.arrears_tenths,
        )
        for each in row.levers
    )
    return Scenario(
        row.id, row.unit_id, row.year, row.name, Variant(row.variant), levers, row.created_at, row.note or ""
    )

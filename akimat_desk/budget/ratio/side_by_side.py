"""Saved scenarios beside each other, line by line: what each moves, to what amount, and by how much of a
point alone; below the lines the ratio, what it is made of and whether the money is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from akimat_desk.budget.ratio.effects import Effects, effects
from akimat_desk.budget.ratio.levers import Ground, Group, Lever, Outcome, WhatIfLine, reckon
from akimat_desk.budget.ratio.scenarios import Scenario, lay_out, scenarios
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.errors import UsageProblem


@dataclass(frozen=True, slots=True)
class Column:
    """A scenario: what it comes to on the budget as it is now, and what each of its levers does alone."""

    scenario: Scenario
    outcome: Outcome
    effects: Effects | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a scenario makes of a line: the lever, the amount in tiyn, the effect in hundredths of a point
    (None where the formula has no ratio)."""

    lever: Lever
    amount: int
    change: int
    hundredths: int | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line that at least one scenario moves; None where a scenario leaves it as it is."""

    line: WhatIfLine
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row under the lines: amounts in tiyn, or percentages (exact), now and by each scenario; beside
    them hundredths of a point where there is something to say. ``name`` is a key of the catalogue."""

    name: str
    now: int | Fraction | None
    each: tuple[int | Fraction | None, ...]
    hundredths: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The comparison. ``now`` is the budget in force without any lever."""

    ground: Ground
    variant: Variant
    now: Outcome
    columns: tuple[Column, ...]
    rows: tuple[LineRow, ...]

    def summary(self) -> tuple[SummaryRow, ...]:
        """What the levers come to: the remainder that no lever has alone, the ratio and its two amounts,
        what is lacking for the target, and the money."""
        all_ = (self.now, *(column.outcome for column in self.columns))
        effect = [column.effects for column in self.columns]
        nothing: tuple[int | None, ...] = (None,) * len(self.columns)

        def row(name: str, *values: int | Fraction | None) -> SummaryRow:
            return SummaryRow(f"ratio.scenarios.{name}", values[0], values[1:], nothing)

        together = tuple(found.together if found is not None else None for found in effect)
        total = tuple(found.total if found is not None else None for found in effect)
        return (
            SummaryRow("ratio.scenarios.together", None, nothing, together),
            SummaryRow("ratio.scenarios.ratio", self.now.percent, tuple(o.percent for o in all_[1:]), total),
            row("own", *(outcome.own for outcome in all_)),
            row(f"divided_by.{self.variant.denominator.value}", *(outcome.divided_by for outcome in all_)),
            row("lacking", *(outcome.gap for outcome in all_)),
            row("costs", *(outcome.costs for outcome in all_)),
            row("balance", *(outcome.balance for outcome in all_)),
        )


def side_by_side(on: Ground, chosen: Sequence[Scenario], variant: Variant) -> SideBySide:
    """Compare scenarios on one budget by one formula; pure. Own lines first, then transfers, then
    spending, each group in the order of the budget."""
    columns = []
    for scenario in chosen:
        outcome = reckon(on, scenario.levers, variant)
        columns.append(Column(scenario, outcome, effects(on, outcome)))
    cells = [_cells(column) for column in columns]
    order = {group: place for place, group in enumerate(Group)}
    moved = [line for line in on.lines if any(line.key in made for made in cells)]
    moved.sort(key=lambda line: order[line.group])
    rows = tuple(LineRow(line, tuple(made.get(line.key) for made in cells)) for line in moved)
    return SideBySide(on, variant, reckon(on, (), variant), tuple(columns), rows)


def _cells(column: Column) -> dict[object, Cell]:
    levers = {lever.key: lever for lever in column.scenario.levers}
    alone = column.effects.by_key() if column.effects is not None else {}
    return {
        moved.line.key: Cell(levers[moved.line.key], moved.amount, moved.change, alone.get(moved.line.key))
        for moved in column.outcome.moved
    }


def scenarios_beside(session: Session, unit_id: int, year: int, variant: Variant) -> SideBySide:
    """Every scenario kept of a unit's year beside each other on the budget in force now.

    Raises UsageProblem: no budget answers for the year, no scenario was kept.
    """
    on = lay_out(session, unit_id, year)
    kept = scenarios(session, unit_id, year)
    if not kept:
        raise UsageProblem("error.ratio.no_scenarios", year=year)
    return side_by_side(on, kept, variant)

"""What own revenue must reach for the target, asked of a workspace (`goalseek`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.ratio.bases import TARGETED_TRANSFERS, LineBase, bases
from akimat_desk.budget.ratio.lines import OwnLine, line_asked, own_lines, thing_of
from akimat_desk.budget.ratio.parts import Budget, above, below, take_apart
from akimat_desk.budget.ratio.seek import (
    Answer,
    Growth,
    LineAnswer,
    MixAnswer,
    Position,
    SeekLine,
    own_needed,
    seek_line,
    seek_mix,
    up_to_step,
)
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.written import percent_text
from akimat_desk.budget.views import Basis, BudgetView
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class Things:
    """What growth means in things: so many more at the present average (tiyn, of one in a year)."""

    thing: str
    count: int | None
    average: int
    more: int


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A line and what it alone must reach."""

    line: OwnLine
    answer: LineAnswer
    things: Things | None


@dataclass(frozen=True, slots=True)
class Goal:
    """The whole answer. Amounts in tiyn; ``percent`` exact. ``own_growth`` is None where no growth is
    enough; ``findings`` say what cannot be reached."""

    unit_name: Trilingual
    year: int
    basis: Basis
    variant: Variant
    growth: Growth
    target_percent: Decimal
    position: Position
    own_growth: int | None
    lines: tuple[GoalLine, ...]
    mix: MixAnswer
    findings: tuple[Finding, ...]

    @property
    def reached(self) -> bool:
        """Whether the target is reached as things are."""
        return self.position.reaches(0)


@dataclass(frozen=True, slots=True)
class GoalQuestion:
    """What is asked. ``lines`` by code (none: every own line); ``limits`` the most a line may come to.

    ``target_percent`` None is the national target of the year.
    """

    year: int
    variant: Variant = Variant.TOTAL_REVENUE
    growth: Growth = Growth.TOTAL_GROWS
    target_percent: Decimal | None = None
    lines: tuple[str, ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
    as_of: dt.date | None = None


def budget_apart(view: BudgetView, known: Mapping[str, LineBase], as_year: int | None = None) -> Budget:
    """A budget taken apart, with what the office knows of its targeted transfers."""
    stated = known.get(TARGETED_TRANSFERS)
    targeted = stated.amount if stated is not None else None
    return take_apart(view.figures, view.lines, view.year, as_year=as_year, targeted=targeted)


def seek(session: Session, unit_id: int, question: GoalQuestion) -> Goal:
    """What the lines, each alone and all together, must reach.

    Raises UsageProblem: no budget for the year, no target for it, figures the formula needs are not
    stated, a line or limit that is no line of own revenue.
    """
    view = budget_as_of(session, unit_id, question.year, question.as_of)
    known = bases(session, unit_id, question.year)
    budget = budget_apart(view, known)
    target = question.target_percent
    if target is None:
        target = national_targets().targets.get(question.year)
    if target is None:
        raise UsageProblem("error.ratio.no_target", year=question.year)
    position = _position(budget, question, target)
    asked = _asked(budget, view, question)
    limits = _limits(budget, view, question, asked)
    lines = [_seek_line_of(line, limits, question.variant) for line in asked]
    answers = tuple(
        GoalLine(line, answer, _things(line, answer, known))
        for line, answer in ((own, seek_line(position, row)) for own, row in zip(asked, lines, strict=True))
    )
    mix = seek_mix(position, lines)
    return Goal(
        unit_name=view.unit_name,
        year=question.year,
        basis=view.basis,
        variant=question.variant,
        growth=question.growth,
        target_percent=target,
        position=position,
        own_growth=_own_growth(position),
        lines=answers,
        mix=mix,
        findings=_findings(view, answers, mix, target),
    )


def position_of(budget: Budget, variant: Variant, growth: Growth, target_percent: Decimal) -> Position | None:
    """Where a budget stands for the search; None where the formula's figures are not stated."""
    own, divided_by = above(budget, variant), below(budget, variant)
    if own is None or not divided_by or divided_by < 0:
        return None
    fixed = growth is Growth.TOTAL_FIXED and variant.contains_own
    return Position(
        above=own,
        below=divided_by,
        target=Fraction(target_percent) / 100,
        grows_below=variant.contains_own and growth is Growth.TOTAL_GROWS,
        room=_transfers_that_can_fall(budget, variant) if fixed else None,
    )


def _transfers_that_can_fall(budget: Budget, variant: Variant) -> int:
    transfers = budget.figures.get(Figure.TRANSFERS) or 0
    if variant is Variant.WITHOUT_TARGETED:
        transfers -= budget.targeted or 0
    return max(0, transfers)


def _position(budget: Budget, question: GoalQuestion, target: Decimal) -> Position:
    position = position_of(budget, question.variant, question.growth, target)
    if position is None:
        missing = question.variant is Variant.WITHOUT_TARGETED and budget.targeted is None
        key = "error.ratio.targeted_unknown" if missing else "error.ratio.not_stated"
        raise UsageProblem(key, year=question.year)
    return position


def _asked(budget: Budget, view: BudgetView, question: GoalQuestion) -> list[OwnLine]:
    if not question.lines:
        return own_lines(budget, view.year)
    asked = [line_asked(written, budget, view.lines, view.year) for written in question.lines]
    unique = {line.code: line for line in asked}
    for line in unique.values():
        above_it = next(
            (o for o in unique.values() if o is not line and line.code.parts[: o.code.level] == o.code.parts),
            None,
        )
        if above_it is not None:
            raise UsageProblem("error.ratio.line_inside", line=line.key, above=above_it.key)
    return list(unique.values())


def _limits(
    budget: Budget, view: BudgetView, question: GoalQuestion, asked: Sequence[OwnLine]
) -> dict[str, int]:
    limits = {}
    for written, limit in question.limits:
        line = line_asked(written, budget, view.lines, view.year)
        if line.key not in {each.key for each in asked}:
            raise UsageProblem("error.ratio.limit_elsewhere", line=line.key)
        limits[line.key] = limit
    return limits


def _seek_line_of(line: OwnLine, limits: Mapping[str, int], variant: Variant) -> SeekLine:
    return SeekLine(line.key, line.amount, limits.get(line.key), line.kind in variant.counted_kinds)


def _own_growth(position: Position) -> int | None:
    growth = own_needed(position)
    if growth is None:
        return None
    needed = up_to_step(position.above + growth) - position.above if growth else 0
    return None if position.room is not None and needed > position.room else needed


def _things(line: OwnLine, answer: LineAnswer, known: Mapping[str, LineBase]) -> Things | None:
    thing, base = thing_of(line.code), known.get(line.key)
    if thing is None or base is None or not answer.growth:
        return None
    average = base.average(line.amount)
    if not average:
        return None
    return Things(thing, base.count, average, -(-answer.growth // average))


def _findings(
    view: BudgetView, lines: Sequence[GoalLine], mix: MixAnswer, target: Decimal
) -> tuple[Finding, ...]:
    """That nothing asked for is enough: an error where neither a line alone nor all together reach it."""
    reachable = (Answer.REACHED, Answer.REACHABLE)
    if mix.answer in reachable or any(row.answer.answer in reachable for row in lines):
        return ()
    best = max(
        (p for p in (mix.percent, *(row.answer.nearest_percent for row in lines)) if p is not None),
        default=None,
    )
    code = "goalseek.limited" if mix.answer is Answer.LIMITED else "goalseek.impossible"
    fields = {"target": percent_text(Fraction(target)), "nearest": percent_text(best), "year": view.year}
    where = Place(unit=view.unit_name.text(view.decision.language), year=view.year)
    return (Finding(code, Severity.ERROR, fields, where=where),)

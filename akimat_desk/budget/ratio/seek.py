"""Goal seek: what own revenue must reach for a target. Pure and exact.

With target t, numerator N and denominator D, revenue grown by x gives (N + x)/(D + g·x), g being 1
where what grows is part of the denominator and the total grows with it, else 0 (the total fixed:
transfers fall by as much; or a denominator of costs). The answer is the smallest amount, in steps of
0.1 thousand tenge, at which the ratio *reaches* the target: one step less does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from akimat_desk.core.money import DECISION_STEP


class Growth(StrEnum):
    """What happens to the total when own revenue grows."""

    TOTAL_GROWS = "total_grows"
    TOTAL_FIXED = "total_fixed"  # transfers fall by as much


class Answer(StrEnum):
    """What can be said of a line, or of several together."""

    REACHED = "reached"  # already, as things are
    REACHABLE = "reachable"
    LIMITED = "limited"  # not within the limits set
    IMPOSSIBLE = "impossible"  # by no amount at all


@dataclass(frozen=True, slots=True)
class Position:
    """What the ratio rests on now, in tiyn. ``room`` is how far transfers can fall, None for no bound."""

    above: int
    below: int
    target: Fraction  # a share: 33 % is 33/100
    grows_below: bool
    room: int | None = None

    def reaches(self, more: int, counted: bool = True) -> bool:
        """Whether the target is reached with ``more`` revenue; ``counted``: it counts above the stroke."""
        own = self.above + (more if counted else 0)
        divided_by = self.below + (more if self.grows_below else 0)
        return divided_by > 0 and own >= self.target * divided_by

    def percent(self, more: int = 0, counted: bool = True) -> Fraction | None:
        """The ratio in per cent with ``more`` revenue."""
        divided_by = self.below + (more if self.grows_below else 0)
        if divided_by <= 0:
            return None
        return Fraction(self.above + (more if counted else 0), divided_by) * 100


@dataclass(frozen=True, slots=True)
class SeekLine:
    """A line that may grow. ``limit`` is the most it may come to, None for no limit.

    ``counted`` is False where it does not count above the stroke (non-tax revenue in formula D).
    """

    key: str
    amount: int
    limit: int | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What one line alone must reach. ``needed`` and ``growth`` are None where nothing is enough;
    ``nearest`` is then the best that the limit allows and ``nearest_percent`` the ratio there."""

    key: str
    answer: Answer
    amount: int
    needed: int | None
    growth: int | None
    nearest: int | None = None
    nearest_percent: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MixAnswer:
    """What several lines together must reach, each in steps of 0.1 thousand tenge."""

    answer: Answer
    amounts: tuple[tuple[str, int, int], ...]  # key, now, then
    growth: int
    percent: Fraction | None  # the ratio with these amounts


def own_needed(position: Position) -> int | None:
    """By how much own revenue must grow, to the tiyn upwards; 0 where the target is reached already.

    None where no growth is enough: a target of the whole, or transfers that cannot fall so far.
    """
    missing = position.target * position.below - position.above
    if position.below <= 0:
        return None
    if missing <= 0:
        return 0
    if position.grows_below:
        if position.target >= 1:
            return None
        missing /= 1 - position.target
    needed = -((-missing.numerator) // missing.denominator)
    return None if position.room is not None and needed > position.room else needed


def seek_line(position: Position, line: SeekLine) -> LineAnswer:
    """What ``line`` alone must reach, every other line staying as it is."""
    if position.reaches(0):
        return LineAnswer(line.key, Answer.REACHED, line.amount, line.amount, 0)
    growth = own_needed(position) if line.counted else None
    if growth is None:
        return _out_of_reach(position, line, Answer.IMPOSSIBLE)
    needed = up_to_step(line.amount + growth)
    if position.room is not None and needed - line.amount > position.room:
        return _out_of_reach(position, line, Answer.IMPOSSIBLE)
    if line.limit is not None and needed > line.limit:
        return _out_of_reach(position, line, Answer.LIMITED)
    return LineAnswer(line.key, Answer.REACHABLE, line.amount, needed, needed - line.amount)


def _out_of_reach(position: Position, line: SeekLine, answer: Answer) -> LineAnswer:
    """The best the line can do: up to its limit, and no further than transfers can fall."""
    most = line.limit
    if position.room is not None:
        by_room = line.amount + position.room
        most = by_room if most is None else min(most, by_room)
    if not line.counted or most is None:
        most = line.amount
    most = max(line.amount, most)
    percent = position.percent(most - line.amount, line.counted)
    return LineAnswer(line.key, answer, line.amount, None, None, most, percent)


def seek_mix(position: Position, lines: Sequence[SeekLine]) -> MixAnswer:
    """What the lines together must reach: all grow by the same percentage until they meet their limits.

    A line that is nil now comes in only when the others have met theirs (a percentage of nothing is
    nothing), these in equal parts. Where the limits do not allow the target, every line is at its
    limit: the nearest that can be reached.
    """
    usable = [line for line in lines if line.counted]
    if position.reaches(0) or not usable:
        answer = Answer.REACHED if position.reaches(0) else Answer.IMPOSSIBLE
        return MixAnswer(answer, tuple((x.key, x.amount, x.amount) for x in lines), 0, position.percent())
    growth = own_needed(position)
    room = _headroom(usable)
    if growth is None or (room is not None and growth > room):
        return _nearest_mix(position, lines, usable, growth)
    shares = _spread(usable, growth)
    then = {line.key: _rounded(line, shares[line.key]) for line in usable}
    _settle(position, usable, then)
    total = sum(then[line.key] - line.amount for line in usable)
    if not position.reaches(total):  # limits that are no whole steps, met on all sides
        return _nearest_mix(position, lines, usable, growth)
    rows = tuple((line.key, line.amount, then.get(line.key, line.amount)) for line in lines)
    return MixAnswer(Answer.REACHABLE, rows, total, position.percent(total))


def up_to_step(tiyn: int) -> int:
    """Rounded up to 0.1 thousand tenge, the step in which budgets are adopted."""
    return -(-tiyn // DECISION_STEP) * DECISION_STEP


def _headroom(lines: Sequence[SeekLine]) -> int | None:
    """How far the lines can grow together; None without bound."""
    total = 0
    for line in lines:
        if line.limit is None:
            return None
        total += max(0, line.limit - line.amount)
    return total


def _nearest_mix(
    position: Position, lines: Sequence[SeekLine], usable: Sequence[SeekLine], growth: int | None
) -> MixAnswer:
    bounded = all(line.limit is not None for line in usable)
    then = {line.key: max(line.amount, line.limit or 0) for line in usable} if bounded else {}
    total = sum(then[line.key] - line.amount for line in usable) if bounded else 0
    if position.room is not None and total > position.room:
        then, total = {}, 0
    answer = Answer.IMPOSSIBLE if growth is None else Answer.LIMITED
    rows = tuple((line.key, line.amount, then.get(line.key, line.amount)) for line in lines)
    return MixAnswer(answer, rows, total, position.percent(total))


def _spread(lines: Sequence[SeekLine], growth: int) -> dict[str, Fraction]:
    """How much each line grows, by equal percentages under the limits; exact."""
    grown = {line.key: Fraction(0) for line in lines}
    left = Fraction(growth)
    for weigh in (_by_amount, _equally):
        open_lines = [line for line in lines if weigh(line) and _room(line, grown) != 0]
        while left > 0 and open_lines:
            weights = sum(weigh(line) for line in open_lines)
            full = [
                line
                for line in open_lines
                if (room := _room(line, grown)) is not None and room * weights <= left * weigh(line)
            ]
            if not full:
                for line in open_lines:
                    grown[line.key] += left * weigh(line) / weights
                return grown
            for line in full:
                room = _room(line, grown)
                assert room is not None
                grown[line.key] += room
                left -= room
            open_lines = [line for line in open_lines if line not in full]
    return grown


def _by_amount(line: SeekLine) -> Fraction:
    return Fraction(max(0, line.amount))


def _equally(_line: SeekLine) -> Fraction:
    return Fraction(1)


def _room(line: SeekLine, grown: dict[str, Fraction]) -> Fraction | None:
    if line.limit is None:
        return None
    return max(Fraction(0), line.limit - line.amount - grown[line.key])


def _rounded(line: SeekLine, growth: Fraction) -> int:
    """The line's amount in whole steps, upwards, but never above its limit."""
    exact = line.amount + growth
    whole = up_to_step(-(-exact.numerator // exact.denominator)) if growth else line.amount
    return whole if line.limit is None else max(line.amount, min(whole, line.limit))


def _settle(position: Position, lines: Sequence[SeekLine], then: dict[str, int]) -> None:
    """Rounding every line upwards gave too much: take steps back while the target is still reached."""
    total = sum(then[line.key] - line.amount for line in lines)
    while position.reaches(total - DECISION_STEP):
        able = [line for line in lines if then[line.key] - line.amount >= DECISION_STEP]
        if not able:
            return
        most = max(able, key=lambda line: then[line.key])
        then[most.key] -= DECISION_STEP
        total -= DECISION_STEP

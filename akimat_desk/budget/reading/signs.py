"""Which of the possible readings of printed amounts is meant: decided by the sums of the budget.

A single dash before a number is a separator or a minus, "тенге" stands where thousands are meant,
"122.043" may be grouped by a point. Every doubtful amount keeps its candidate readings; the
assignment under which most identities close wins, and where the sums say nothing the conventions do
(a dash separates, unless the other lines of this text have none; a text with thousands in it means
thousands everywhere). A reading is only ever one that the print allows: nothing is repaired.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from akimat_desk.budget.balance import judgeable, last_stated
from akimat_desk.budget.figures import Figure, Figures, Section, no_figures
from akimat_desk.budget.reading.numbers import AmountUnit, PrintedAmount, Sign
from akimat_desk.core.money import TIYN_PER_THOUSAND, from_thousands

#: The figures that may be negative in a sound budget.
SIGNED = frozenset({Figure.DEFICIT, Figure.DEFICIT_FINANCING, Figure.NET_LENDING, Figure.FIN_ASSETS_BALANCE})

# Beyond this many doubtful amounts the conventions decide alone (2^10 assignments are tried at most).
_MOST_DOUBTS = 10
# A whole budget stated in tenge is some millions at least; the same digits in thousands would be the
# budget of a big city, and no village's revenue is below five million tenge.
_LEAST_BUDGET_IN_TENGE = 5_000_000
_FAR_TOO_LARGE = 100
_CLEARLY_NEARER = 10

_SCALE = {
    AmountUnit.THOUSAND: Decimal(1),
    AmountUnit.NONE: Decimal(1),
    AmountUnit.MILLION: Decimal(1000),
    AmountUnit.BILLION: Decimal(1_000_000),
}
_TENGE = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Item:
    """One figure as the text states it. ``start`` and ``line`` say where; ``phrase`` is the printed line.

    ``glued_hyphen``: its one dash is a hyphen that stands apart from the label and touches the number.
    """

    figure: Figure
    amount: PrintedAmount
    start: int
    line: int
    phrase: str
    glued_hyphen: bool = False


@dataclass(slots=True)
class Reading:
    """What the items of one unit mean, in tiyn.

    ``unreadable`` figures are printed but make no number. ``tenge_as_thousands`` are the figures
    printed in "тенге" and read as thousands.
    """

    figures: Figures = field(default_factory=no_figures)
    unreadable: list[Item] = field(default_factory=list)
    tenge_as_thousands: list[Item] = field(default_factory=list)


def _is_zero(item: Item) -> bool:
    return not item.amount.value


def _without_separators(items: Sequence[Item]) -> bool:
    """Whether the lines of this text part label and number by no dash."""
    plain = [item for item in items if item.figure not in SIGNED or item.amount.dashes == 0]
    return bool(plain) and sum(item.amount.dashes > 0 for item in plain) * 2 < len(plain)


def _rather_minus(item: Item, items: Sequence[Item]) -> bool:
    """Whether a single dash is rather a minus by the look of it and of the other lines."""
    if item.amount.sign is Sign.DASH_AFTER_COLON or _without_separators(items):
        return True
    others = [other for other in items if other.figure not in SIGNED]
    return item.figure in SIGNED and item.glued_hyphen and not any(other.glued_hyphen for other in others)


def _sign_candidates(item: Item, rather_minus: bool) -> tuple[int, ...]:
    """The possible signs of an amount, the one by convention first."""
    sign = item.amount.sign
    if _is_zero(item) or sign is Sign.PLUS:
        return (1,)
    if sign is Sign.MINUS:
        return (-1,)
    if item.figure in SIGNED:
        return (-1, 1) if rather_minus else (1, -1)
    return (1, -1) if rather_minus else (1,)


def _tenge_readings(items: Sequence[Item]) -> list[frozenset[int]]:
    """Sets of items (by index) that are literally in tenge, the likeliest first."""
    tenge = [
        index
        for index, item in enumerate(items)
        if item.amount.unit is AmountUnit.TENGE and not _is_zero(item)
    ]
    if not tenge:
        return [frozenset()]
    in_thousands = [
        item.amount.value * _SCALE[item.amount.unit]
        for item in items
        if item.amount.value and item.amount.unit not in (AmountUnit.TENGE, AmountUnit.NONE)
    ]
    if not in_thousands:
        values = [item.amount.value for item in items if item.amount.value is not None]
        finer = any(value != value.to_integral_value() for value in values)
        literal = not finer and max(values) >= _LEAST_BUDGET_IN_TENGE
        everything = frozenset(
            index
            for index, item in enumerate(items)
            if item.amount.unit in (AmountUnit.TENGE, AmountUnit.NONE)
        )
        return [everything if literal else frozenset()]
    limit = max(in_thousands) * _FAR_TOO_LARGE
    far = frozenset(index for index in tenge if (items[index].amount.value or 0) > limit)
    readings = [far, frozenset(), frozenset(tenge), *(frozenset({index}) for index in tenge)]
    return list(dict.fromkeys(readings))


def _tiyn(value: Decimal, unit: AmountUnit, sign: int, literally_tenge: bool) -> int | None:
    try:
        return sign * from_thousands(value * (_TENGE if literally_tenge else _SCALE.get(unit, Decimal(1))))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Candidate:
    amount: int | None
    departs: int


def _candidates(item: Item, signs: tuple[int, ...], literally_tenge: bool) -> list[_Candidate]:
    value = item.amount.value
    if value is None:
        return [_Candidate(None, 0)]
    found: list[_Candidate] = []
    # A deficit is more readily negative than anything else is.
    weight = 1 if item.figure is Figure.DEFICIT else 2
    for digits, departure in ((value, 0), (item.amount.other_value, 1)):
        if digits is None:
            continue
        for order, sign in enumerate(signs):
            found.append(
                _Candidate(_tiyn(digits, item.amount.unit, sign, literally_tenge), departure + order * weight)
            )
    return found


def resolve(items: Sequence[Item], restated: Collection[Section] | None = None) -> Reading:
    """The amounts meant by ``items`` (one per figure). ``restated``: see balance.judgeable."""
    reading = Reading()
    signs = [_sign_candidates(item, _rather_minus(item, items)) for item in items]
    unreadable = {item.figure for item in items if item.amount.value is None}
    doubts = sum(
        len(options) > 1 or item.amount.other_value is not None
        for options, item in zip(signs, items, strict=True)
    )
    if doubts > _MOST_DOUBTS:
        signs = [options[:1] for options in signs]

    trials: list[tuple[int, int, int, frozenset[int], tuple[_Candidate, ...]]] = []
    for rank, literal in enumerate(_tenge_readings(items)):
        options = [
            _candidates(item, sign, index in literal)
            for index, (item, sign) in enumerate(zip(items, signs, strict=True))
        ]
        if doubts > _MOST_DOUBTS:
            options = [found[:1] for found in options]
        for assignment in product(*options):
            closed, off = _judge(items, assignment, unreadable, restated)
            departures = rank + sum(candidate.departs for candidate in assignment)
            trials.append((closed, departures, off, literal, assignment))
    most = max(trial[0] for trial in trials)
    best = [trial for trial in trials if trial[0] == most]
    chosen = min(best, key=lambda trial: trial[1:3])
    nearest = min(best, key=lambda trial: (trial[2], trial[1]))
    # Where no reading makes the sums close, one that misses by far less is the one that is meant.
    if nearest[2] * _CLEARLY_NEARER < chosen[2]:
        chosen = nearest
    _, _, _, literal, assignment = chosen
    for index, (item, candidate) in enumerate(zip(items, assignment, strict=True)):
        reading.figures[item.figure] = candidate.amount
        if candidate.amount is None:
            reading.unreadable.append(item)
        elif item.amount.unit is AmountUnit.TENGE and candidate.amount and index not in literal:
            reading.tenge_as_thousands.append(item)
    return reading


def _judge(
    items: Sequence[Item],
    assignment: Iterable[_Candidate],
    unreadable: set[Figure],
    restated: Collection[Section] | None,
) -> tuple[int, int]:
    """How many identities close under an assignment, and by how many thousands the others miss in all."""
    figures = no_figures()
    for item, candidate in zip(items, assignment, strict=True):
        figures[item.figure] = candidate.amount
    closed = missed = 0
    for identity in judgeable(figures, last_stated(figures), unreadable, restated):
        difference = identity.difference(figures)
        if difference:
            missed += abs(difference)
        else:
            closed += 1
    return closed, missed // TIYN_PER_THOUSAND

"""Beside other okrugs: the place among similar ones, and lines where this one collects clearly less.

Everything is reckoned per resident, since okrugs differ in size; without people on file a unit takes
part in the ratio only. For a group the ratio is that of the sums, never the mean of ratios.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.ratio.bases import bases
from akimat_desk.budget.ratio.goals import budget_apart
from akimat_desk.budget.ratio.lines import OwnLine, own_lines
from akimat_desk.budget.ratio.parts import above, below
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import half_up
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.population import people_in
from akimat_desk.places.service import units

#: Of the same kind and between half and twice as many people: similar enough to be learnt from.
_LEAST, _MOST = Fraction(1, 2), Fraction(2)
#: Below this share of the others' median a line is clearly less.
CLEARLY_LESS = Fraction(3, 5)
#: Fewer others than this say nothing about a line.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Peer:
    """A unit with a budget for the year. Amounts in tiyn; ``percent`` exact."""

    unit_id: int
    name: Trilingual
    kind: UnitKind
    people: int | None
    own: int | None
    divided_by: int | None
    lines: tuple[OwnLine, ...]

    @property
    def percent(self) -> Fraction | None:
        """Its ratio."""
        ok = self.own is not None and self.divided_by is not None and self.divided_by > 0
        return Fraction((self.own or 0) * 100, self.divided_by or 1) if ok else None

    @property
    def own_per_resident(self) -> Fraction | None:
        """Own revenue for each resident, in tiyn."""
        return Fraction(self.own, self.people) if self.own is not None and self.people else None


@dataclass(frozen=True, slots=True)
class Weak:
    """A line that brings clearly less per resident than with similar ones; amounts in tiyn.

    ``could_be`` is what it would bring at the others' median, ``more`` how much more that is.
    """

    line: OwnLine
    per_resident: Fraction
    median: Fraction
    of_units: int
    could_be: int
    more: int


@dataclass(frozen=True, slots=True)
class Peers:
    """The unit among similar ones, best ratio first. ``place`` counts from 1; ``group`` is the ratio
    of the sums of all shown."""

    year: int
    variant: Variant
    mine: Peer
    similar: tuple[Peer, ...]
    by_people: bool  # similar by people too, not only by kind
    place: int | None
    group: Fraction | None
    weak: tuple[Weak, ...]


def peers(session: Session, unit_id: int, year: int, variant: Variant) -> Peers:
    """Where a unit stands among the similar units of the workspace.

    Raises UsageProblem when it has no budget for the year.
    """
    there = [peer for view in units(session) if (peer := _peer(session, view.id, view.kind, year, variant))]
    mine = next((peer for peer in there if peer.unit_id == unit_id), None)
    if mine is None:
        raise UsageProblem("error.ratio.peers_no_budget", year=year)
    same_kind = [peer for peer in there if peer.kind is mine.kind and peer is not mine]
    sized = [peer for peer in same_kind if _similar_size(mine, peer)]
    by_people = bool(sized)
    others = sized or same_kind
    return ranked(year, variant, mine, others, by_people)


def ranked(year: int, variant: Variant, mine: Peer, others: Sequence[Peer], by_people: bool) -> Peers:
    """The place among others, the group's ratio and the weak lines; pure."""
    known = [peer for peer in (mine, *others) if peer.percent is not None]
    known.sort(key=lambda peer: -(peer.percent or 0))
    own = sum(peer.own or 0 for peer in known)
    divided_by = sum(peer.divided_by or 0 for peer in known)
    return Peers(
        year=year,
        variant=variant,
        mine=mine,
        similar=tuple(known),
        by_people=by_people,
        place=known.index(mine) + 1 if mine in known else None,
        group=Fraction(own * 100, divided_by) if divided_by else None,
        weak=tuple(_weak(mine, others)),
    )


def _peer(session: Session, unit_id: int, kind: UnitKind, year: int, variant: Variant) -> Peer | None:
    try:
        view = budget_as_of(session, unit_id, year)
    except UsageProblem:
        return None
    budget = budget_apart(view, bases(session, unit_id, year))
    people = people_in(session, unit_id, year)
    return Peer(
        unit_id=unit_id,
        name=view.unit_name,
        kind=kind,
        people=people.people if people is not None else None,
        own=above(budget, variant),
        divided_by=below(budget, variant),
        lines=tuple(own_lines(budget, year)),
    )


def _similar_size(mine: Peer, other: Peer) -> bool:
    if not mine.people or not other.people:
        return False
    return _LEAST <= Fraction(other.people, mine.people) <= _MOST


def _weak(mine: Peer, others: Sequence[Peer]) -> list[Weak]:
    """The weak lines, the largest possible gain first."""
    if not mine.people:
        return []
    own = {line.key: line for line in mine.lines}
    found = []
    counted = [peer for peer in others if peer.people]
    keys = {line.key: line for peer in counted for line in peer.lines}
    for key, like in keys.items():
        shares = [
            Fraction(line.amount, peer.people or 1)
            for peer in counted
            for line in peer.lines
            if line.key == key and line.amount > 0
        ]
        if len(shares) < _ENOUGH:
            continue
        middle = Fraction(median(shares))
        line = own.get(key) or OwnLine(like.code, like.name, like.kind, 0)
        here = Fraction(line.amount, mine.people)
        if here < middle * CLEARLY_LESS:
            could_be = int(half_up(middle * mine.people, 0))
            found.append(Weak(line, here, middle, len(shares), could_be, could_be - line.amount))
    return sorted(found, key=lambda weak: -weak.more)

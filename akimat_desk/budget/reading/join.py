"""Which annex belongs to which unit of the text.

By the unit's name, in whatever case it stands, slips forgiven where only one unit is like it; then by
the annex numbers the unit's point refers to; then by order. An annex that fits no unit is a unit of
its own, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.annexes import LocatedAnnex
from akimat_desk.budget.reading.names import (
    has_kind,
    is_plural,
    likeness,
    same_unit,
    unit_key,
    unit_name,
)


@dataclass(frozen=True, slots=True)
class UnitPoint:
    """What the text says of a unit that helps to find its annexes."""

    name: str
    first_year: int | None
    annexes: tuple[int, ...]


@dataclass(slots=True)
class AnnexGroup:
    """The annexes of one unit. ``unit`` is its place in the text, None when the text does not name it."""

    unit: int | None
    name: str
    annexes: list[LocatedAnnex]


def assign(points: Sequence[UnitPoint], located: Sequence[LocatedAnnex]) -> list[AnnexGroup]:
    """The annexes by unit, in the order of the text, then the groups that only annexes name."""
    groups = [AnnexGroup(index, point.name, []) for index, point in enumerate(points)]
    unplaced: list[LocatedAnnex] = []
    for annex in located:
        group = _named_like(groups, annex)
        if group is not None:
            group.annexes.append(annex)
        else:
            unplaced.append(annex)
    if len(points) == 1 and _all_of_one(points[0], unplaced):
        groups[0].annexes.extend(unplaced)
        groups[0].annexes.sort(key=lambda annex: annex.line)
        return groups
    return _place_rest(points, groups, unplaced)


def _named_like(groups: Sequence[AnnexGroup], annex: LocatedAnnex) -> AnnexGroup | None:
    """The one unit of the text that an annex's heading names; of several like it the nearest."""
    names = [name for name in annex.names if _names_one(name)]
    found: list[tuple[int, AnnexGroup]] = []
    for group in groups:
        near = [far for name in names if group.name and (far := likeness(group.name, name)) is not None]
        if near:
            found.append((min(near), group))
    if not found:
        return None
    least = min(far for far, _ in found)
    nearest = [group for far, group in found if far == least]
    # Two units of one name: the first, as the text has it. Two that are merely like it: neither.
    return nearest[0] if len(nearest) == 1 or least == 0 else None


def give_years(group: AnnexGroup, numbers: Sequence[int], years: Sequence[int], revenue: int | None) -> None:
    """The year of annexes that print none: by their place among the annexes of the unit's point, or
    the text's own year for a single annex whose receipts come to what the text states (``revenue``)."""
    taken = {located.annex.year for located in group.annexes}
    for at, located in enumerate(group.annexes):
        if located.again is None or not years:
            continue
        number = located.annex.number
        year = None
        if number is not None and number in numbers and len(numbers) == len(years):
            year = years[list(numbers).index(number)]
        elif len(group.annexes) == 1 and revenue is not None:
            total = next((x.amount for x in located.annex.lines if x.figure is Figure.REVENUE_TOTAL), None)
            year = years[0] if total == revenue else None
        if year is not None and year not in taken:
            group.annexes[at] = located.again(year)
            taken.add(year)


def _names_one(name: str) -> bool:
    """Whether a heading's words name one unit: its kind and more than that."""
    return has_kind(name) and not is_plural(name) and bool(unit_key(unit_name(name))[1])


def _all_of_one(point: UnitPoint, annexes: Sequence[LocatedAnnex]) -> bool:
    """Whether annexes without a fitting name may be taken for the only unit's: they name none, or the
    text names none and they one only."""
    names = {unit_name(annex.unit_name) for annex in annexes if _names_one(annex.unit_name)}
    return not names or (not point.name and len(names) == 1)


def _place_rest(
    points: Sequence[UnitPoint], groups: list[AnnexGroup], unplaced: Sequence[LocatedAnnex]
) -> list[AnnexGroup]:
    extra: list[AnnexGroup] = []
    nameless: list[LocatedAnnex] = []
    for annex in unplaced:
        if _names_one(annex.unit_name):
            group = next((group for group in extra if same_unit(group.name, annex.unit_name)), None)
            if group is None:
                group = AnnexGroup(None, unit_name(annex.unit_name), [])
                extra.append(group)
            group.annexes.append(annex)
        else:
            nameless.append(annex)
    empty = [group for group in groups if not group.annexes]
    left: list[LocatedAnnex] = []
    for annex in nameless:
        by_number = _by_number(points, groups, annex) or _by_number(points, empty, annex)
        if by_number is not None:
            by_number.annexes.append(annex)
        else:
            left.append(annex)
    if left:
        _place_by_order(empty or groups, left, extra)
    return groups + extra


def _by_number(
    points: Sequence[UnitPoint], groups: Sequence[AnnexGroup], annex: LocatedAnnex
) -> AnnexGroup | None:
    """The one unit whose point refers to the annex's number."""
    number = annex.annex.number
    found = [group for group in groups if number is not None and number in points[group.unit or 0].annexes]
    return found[0] if len(found) == 1 else None


def _place_by_order(
    groups: list[AnnexGroup], annexes: Sequence[LocatedAnnex], extra: list[AnnexGroup]
) -> None:
    """Nameless annexes in runs that begin with the earliest year again, one run for each unit."""
    runs: list[list[LocatedAnnex]] = []
    for annex in annexes:
        year, before = annex.annex.year, runs[-1][-1].annex.year if runs else None
        if not runs or (year is not None and before is not None and year <= before):
            runs.append([])
        runs[-1].append(annex)
    if len(groups) == len(runs):
        for group, run in zip(groups, runs, strict=True):
            group.annexes.extend(run)
    else:
        extra.extend(AnnexGroup(None, "", run) for run in runs)

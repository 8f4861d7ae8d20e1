"""How many people live in a unit, year by year: typed in or taken from a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.text import search_form, skeleton, squeeze
from akimat_desk.intake.heads import Head, find_head, row_number, texts_of
from akimat_desk.places.kato import is_kato
from akimat_desk.places.service import UnitView, units
from akimat_desk.places.tables import Population, Unit
from akimat_desk.storage.changes import Actor, Change
from akimat_desk.storage.workspace import Workspace

if TYPE_CHECKING:
    from akimat_desk.intake import SourceDocument, Table

FIRST_YEAR, LAST_YEAR = 1991, 2199
#: More people than the country has: a slip.
MOST_PEOPLE = 100_000_000
_LONGEST_SOURCE = 300

HEADS: Mapping[str, tuple[str, ...]] = {
    "kato": ("әаож", "әаож коды", "код като", "като", "kato", "te", "код"),
    "name": (
        "атауы", "бірлік", "округ", "наименование", "единица", "name", "ауылдық округ", "сельский округ",
    ),
    "year": ("жыл", "жылы", "год", "year"),
    "people": (
        "халық саны", "халқы", "тұрғындар саны", "халық", "численность населения", "население",
        "численность", "population", "people",
    ),
    "source": ("дереккөзі", "дереккөз", "источник", "source"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeopleIn:
    """How many people lived in a unit in a year."""

    unit_id: int
    year: int
    people: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """A figure of a workbook beside what is on file; ``before`` None: nothing yet."""

    unit: UnitView
    year: int
    people: int
    before: int | None
    source: str
    row: int


@dataclass(slots=True)
class PopulationFile:
    """What a workbook says of people: figures for the workspace's units, and what is wrong with others."""

    name: str
    rows: list[PopulationRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def changed(self) -> list[PopulationRow]:
        """The figures that are new or differ."""
        return [row for row in self.rows if row.before != row.people]


def populations(session: Session, unit_id: int | None = None) -> list[PeopleIn]:
    """What is on file, by unit and year."""
    asked = select(Population).order_by(Population.unit_id, Population.year)
    if unit_id is not None:
        asked = asked.where(Population.unit_id == unit_id)
    return [PeopleIn(row.unit_id, row.year, row.people, row.source) for row in session.scalars(asked)]


def people_in(session: Session, unit_id: int, year: int) -> PeopleIn | None:
    """The figure for a year, else that of the nearest year before it; None where nothing is known."""
    row = session.scalars(
        select(Population)
        .where(Population.unit_id == unit_id, Population.year <= year)
        .order_by(Population.year.desc())
        .limit(1)
    ).first()
    return None if row is None else PeopleIn(row.unit_id, row.year, row.people, row.source)


def set_people(
    workspace: Workspace, actor: Actor, unit_id: int, year: int, people: int | None, source: str = ""
) -> None:
    """Say how many people live in a unit in a year; None takes the figure away.

    Raises UsageProblem: unknown unit, an impossible year or number.
    """
    with workspace.changing(actor, "population.set", year=year, people=people) as change:
        if change.session.get(Unit, unit_id) is None:
            raise UsageProblem("error.places.unit_gone", number=unit_id)
        _check(year, people)
        _put(change, PeopleIn(unit_id, year, people or 0, source), remove=people is None)


def take_in_populations(workspace: Workspace, actor: Actor, file: PopulationFile) -> int:
    """Store the figures that are new or differ, all or none. Returns how many there were.

    Raises UsageProblem when there are none.
    """
    changed = file.changed
    if not changed:
        raise UsageProblem("error.places.people_nothing_new", name=file.name)
    with workspace.changing(actor, "population.taken_in", count=len(changed)) as change:
        for row in changed:
            _put(change, PeopleIn(row.unit.id, row.year, row.people, row.source or file.name))
    return len(changed)


def _put(change: Change, said: PeopleIn, *, remove: bool = False) -> None:
    session = change.session
    row = session.get(Population, (said.unit_id, said.year))
    change.touch("population", said.unit_id)
    if remove:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = Population(unit_id=said.unit_id, year=said.year)
        session.add(row)
    row.people, row.source = said.people, squeeze(said.source)[:_LONGEST_SOURCE]


def _check(year: int, people: int | None) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageProblem("error.places.people_year", year=str(year))
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        raise UsageProblem("error.places.people_number", written=str(people))


def read_people(text: str) -> int:
    """A number of people as typed: "2 345", "2345". Raises UsageProblem for anything else."""
    digits = "".join(squeeze(text).split())
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9 or int(digits) > MOST_PEOPLE:
        raise UsageProblem("error.places.people_number", written=text.strip()[:40] or "–")
    return int(digits)


# -- from a workbook -------------------------------------------------------------------------------


def read_populations(session: Session, source: SourceDocument) -> PopulationFile:
    """Read people by unit and year: a column for the year, or a column for each year.

    Rows are known by the unit's KATO code or name; where a workbook names no unit and the workspace
    has one, the figures are its own. Raises InputRefused when no such table is in it.
    """
    found = PopulationFile(source.name)
    there = units(session)
    before = {(row.unit_id, row.year): row.people for row in populations(session)}
    read = False
    for table in source.tables():
        head = find_head(table, HEADS, needed=1)
        years = _years(head) if head is not None else {}
        if head is None or not (years or {"year", "people"} <= set(head.columns)):
            continue
        read = True
        _Reader(table, head, years, there, before, found).read()
    if not read:
        raise InputRefused("error.places.not_people", name=source.name)
    return found


def _years(head: Head) -> dict[int, int]:
    """Columns headed by a year."""
    found: dict[int, int] = {}
    for column, text in head.unknown.items():
        digits = text.strip()[:4]
        rest = search_form(text.strip()[4:]).strip(" .")
        if (
            digits.isdigit()
            and FIRST_YEAR <= int(digits) <= LAST_YEAR
            and rest in ("", "г", "год", "жыл", "ж")
        ):
            found[column] = int(digits)
    return found


class _Reader:
    """Reads the rows of one table."""

    def __init__(
        self,
        table: Table,
        head: Head,
        years: Mapping[int, int],
        there: Sequence[UnitView],
        before: Mapping[tuple[int, int], int],
        found: PopulationFile,
    ) -> None:
        self._table = table
        self._head = head
        self._years = years
        self._there = there
        self._before = before
        self._found = found
        self._seen: dict[tuple[int, int], int] = {}

    def read(self) -> None:
        for index in range(self._head.at + 1, len(self._table.rows)):
            texts = texts_of(self._table.rows[index])
            if texts:
                self._row(texts, row_number(self._table, index))

    def _row(self, texts: Mapping[int, str], number: int) -> None:
        said = {key: texts[column] for key, column in self._head.columns.items() if column in texts}
        place = Place(row=number, text=self._table.name)
        unit = self._unit(said)
        if unit is None:
            shown = said.get("kato") or said.get("name") or "–"
            self._warn("places.people_unit", place, written=shown[:60])
            return
        pairs = [(str(year), texts[column]) for column, year in self._years.items() if column in texts]
        if "people" in said:
            pairs.append((said.get("year", "").strip().removesuffix(".0"), said["people"]))
        for year, people in pairs:
            self._figure(unit, year, people, said.get("source", ""), place, number)

    def _figure(self, unit: UnitView, year: str, people: str, source: str, place: Place, number: int) -> None:
        if not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year[:9]) <= LAST_YEAR):
            self._warn("places.people_year", place, written=year[:40] or "–")
            return
        try:
            count = read_people(people.removesuffix(".0"))
        except UsageProblem:
            self._warn("places.people_number", place, written=people[:40])
            return
        key = (unit.id, int(year))
        if key in self._seen:
            self._warn("places.people_twice", place, year=year, number=self._seen[key])
            return
        self._seen[key] = number
        self._found.rows.append(PopulationRow(unit, int(year), count, self._before.get(key), source, number))

    def _unit(self, said: Mapping[str, str]) -> UnitView | None:
        code = said.get("kato", "").strip().removesuffix(".0")
        if is_kato(code):
            return next((unit for unit in self._there if unit.kato == code), None)
        name = skeleton(said.get("name", ""))
        if name:
            return next((u for u in self._there if name in {skeleton(u.name.kk), skeleton(u.name.ru)}), None)
        return self._there[0] if len(self._there) == 1 and not code else None

    def _warn(self, code: str, place: Place, **fields: object) -> None:
        self._found.findings.append(Finding(code, Severity.ERROR, fields, where=place))

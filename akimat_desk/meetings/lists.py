"""Lists of people from Excel (or Word, or text): read, shown with what is wrong, then taken in at once.

The columns are known by the words in their heads, in Kazakh or Russian; a list without heads is
taken as names in its first column of words. Nothing is stored before the person has seen the rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from akimat_desk.core.errors import InputRefused, RuleBroken
from akimat_desk.core.strings import Message
from akimat_desk.core.text import fold, skeleton, squeeze
from akimat_desk.intake.content import SourceDocument, Table
from akimat_desk.meetings.people import (
    clean_name,
    find_person,
    localities,
    people,
    put_membership,
    put_person,
)
from akimat_desk.meetings.states import Body
from akimat_desk.meetings.tables import Person
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.workspace import Workspace


class RowState(StrEnum):
    """What taking in a row would do."""

    NEW = "new"
    KNOWN = "known"  # the person is on file; becomes a member where a body is named
    SAME = "same"  # is a member already
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row as read. ``problem`` says in words what is wrong with it."""

    row: int
    name: str
    occupation: str
    locality: str
    locality_id: int | None
    since: dt.date | None
    until: dt.date | None
    state: RowState
    problem: Message | None = None


# Stems of heads; the first that a head's words begin with decides.
_HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("since", ("сайланған", "басталуы", "бастап", "избран", "начало", "дата избр", "срок с", "с даты")),
    ("until", ("аяқталуы", "дейін", "мерзімінің соңы", "окончан", "срок до", "по дату")),
    (
        "locality",
        ("елді мекен", "ауылы", "ауыл", "населен", "село", "место жит", "тұрғылықты", "көше", "улица"),
    ),
    ("occupation", ("лауазым", "жұмыс", "қызмет", "должн", "место раб", "занят")),
    (
        "name",
        ("аты-жөні", "аты жөні", "тегі", "т.а.ә", "т.а.а", "фио", "ф.и.о", "фамил", "участник", "мүше"),
    ),
)  # fmt: skip
_DAY = re.compile(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_ORDINAL = re.compile(r"\s*\d+[.)]?\s*\Z")


def read_people(
    session: Session, unit_id: int, document: SourceDocument, body: Body | None, since: dt.date | None
) -> list[ListRow]:
    """The rows of a list with what would become of each; stores nothing.

    ``since`` is the first day of the term where the list has no such column. Raises InputRefused
    when no list of names can be made out.
    """
    rows = _rows(document)
    if not rows:
        raise InputRefused("error.meeting.list_unreadable", name=document.name)
    places = localities(session, unit_id)
    by_name = {
        skeleton(part): place.id for place in places for part in (place.name.kk, place.name.ru) if part
    }
    known = {skeleton(person.name): person for person in people(session, unit_id)}
    seen: dict[str, int] = {}
    result: list[ListRow] = []
    for number, cells in rows:
        name = clean_name(cells.get("name", "")[:200])
        locality = squeeze(cells.get("locality", ""))
        locality_id = by_name.get(skeleton(locality)) if locality else None
        first = _day(cells.get("since", "")) or since
        last = _day(cells.get("until", ""))
        key = skeleton(name)
        problem = _problem(key, seen, cells, locality, locality_id, first, last, body)
        person = known.get(key)
        if problem is not None:
            state = RowState.ERROR
        elif person is None:
            state = RowState.NEW
        elif body is None or (first is not None and person.is_member(body, first)):
            state = RowState.SAME
        else:
            state = RowState.KNOWN
        seen.setdefault(key, number)
        if problem is None and body is not None and last is not None and last < dt.date.today():
            problem = Message("meeting.list.term_over", {"until": last})  # said, and taken in all the same
        result.append(
            ListRow(
                number,
                name,
                squeeze(cells.get("occupation", ""))[:200],
                locality,
                locality_id,
                first,
                last,
                state,
                problem,
            )
        )
    return result


def take_in_people(
    workspace: Workspace, actor: Actor, unit_id: int, rows: Sequence[ListRow], body: Body | None
) -> int:
    """Store the rows that are new or known, all in one change. Returns how many.

    Raises RuleBroken while a row has an error: the list is put right first, nothing is half taken in.
    """
    wrong = sum(row.state is RowState.ERROR for row in rows)
    if wrong:
        raise RuleBroken("error.meeting.list_errors", count=wrong)
    taken = 0
    with workspace.changing(actor, "people.taken_in", unit=unit_id, count=len(rows)) as change:
        for row in rows:
            if row.state is RowState.SAME:
                continue
            person: Person | None = find_person(change.session, unit_id, row.name)
            if person is None:
                person = put_person(
                    change, unit_id, row.name, occupation=row.occupation, locality_id=row.locality_id
                )
            if body is not None:
                put_membership(change, person, body, row.since, row.until)
            taken += 1
    return taken


def _problem(
    key: str,
    seen: dict[str, int],
    cells: dict[str, str],
    locality: str,
    locality_id: int | None,
    first: dt.date | None,
    last: dt.date | None,
    body: Body | None,
) -> Message | None:
    if not key:
        return Message("meeting.list.no_name")
    if key in seen:
        return Message("meeting.list.doubled", {"row": seen[key]})
    for column in ("since", "until"):
        written = squeeze(cells.get(column, ""))
        if written and _day(written) is None:
            return Message("meeting.list.day", {"value": written})
    if locality and locality_id is None:
        return Message("meeting.list.locality", {"name": locality})
    if body is not None and first is None:
        return Message("meeting.list.no_since")
    if first is not None and last is not None and last < first:
        return Message("meeting.list.days_order", {"since": first, "until": last})
    return None


def _rows(document: SourceDocument) -> list[tuple[int, dict[str, str]]]:
    """Rows of the first table with names in it, by column; else the lines of the text."""
    for table in document.tables():
        found = _table_rows(table)
        if found:
            return found
    lines = [(paragraph.line, squeeze(paragraph.text)) for paragraph in document.paragraphs()]
    names = [(line, re.sub(r"^\d+[.)]\s*", "", text)) for line, text in lines]
    return [(line, {"name": text}) for line, text in names if _looks_like_name(text)]


def _table_rows(table: Table) -> list[tuple[int, dict[str, str]]]:
    columns: dict[int, str] = {}
    rows: list[tuple[int, dict[str, str]]] = []
    for number, row in enumerate(table.rows, start=1):
        cells = {cell.column: cell.one_line for cell in row if cell.one_line}
        if not cells:
            continue
        heads = _heads(cells)
        if "name" in heads.values() and len(heads) >= min(2, len(cells)):
            columns = heads
            continue
        if not columns:
            guess = next((at for at, text in sorted(cells.items()) if _looks_like_name(text)), None)
            if guess is None:
                continue
            columns = {guess: "name"}
        if all(_ORDINAL.match(text) for text in cells.values()):
            continue  # the row of column numbers
        rows.append((number, {column: cells.get(at, "") for at, column in columns.items()}))
    return rows


def _heads(cells: dict[int, str]) -> dict[int, str]:
    heads: dict[int, str] = {}
    for at, text in cells.items():
        folded = fold(text)
        found = next((name for name, stems in _HEADS if any(fold(stem) in folded for stem in stems)), None)
        if found is not None and found not in heads.values():
            heads[at] = found
    return heads


def _looks_like_name(text: str) -> bool:
    words = [word for word in re.split(r"[\s.]+", text) if word]
    return 2 <= len(words) <= 5 and all(word[0].isupper() and word[0].isalpha() for word in words)


def _day(written: str) -> dt.date | None:
    match = _DAY.search(written)
    if match is None:
        return None
    day, month, year, year_first, month_second, day_third = match.groups()
    try:
        if year_first:
            return dt.date(int(year_first), int(month_second), int(day_third))
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None

"""The statistics office's workbook of places (columns te, ab, cd, ef, hij, k, name_kaz, name_rus, nn)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.progress import Task
from akimat_desk.core.text import repair, squeeze
from akimat_desk.intake import LIMITS, Limits, SourceDocument
from akimat_desk.intake.heads import find_head, row_number, texts_of
from akimat_desk.places.kato import is_kato, parent_of
from akimat_desk.places.kato_list import KatoList, KatoRow, kind_of_place
from akimat_desk.places.kinds import UnitKind

#: The whole list has some 17 000 rows and grows; nine columns each.
KATO_LIMITS: Limits = replace(LIMITS, rows=60_000)

HEADS: Mapping[str, tuple[str, ...]] = {
    "te": ("te", "код", "код като", "като", "әаож", "әаож коды", "code"),
    "ab": ("ab",),
    "cd": ("cd",),
    "ef": ("ef",),
    "hij": ("hij",),
    "k": ("k",),
    "name_kaz": ("name kaz", "name kk", "атауы", "атауы қазақша", "наименование на казахском"),
    "name_rus": ("name rus", "name ru", "наименование", "атауы орысша", "наименование на русском"),
    "nn": ("nn",),
}
_WIDTHS = {"ab": 2, "cd": 2, "ef": 2, "hij": 3}
_LONGEST = 300
# Of many odd rows of one sort a person needs some, and their number.
_MOST_SHOWN = 200


@dataclass(slots=True)
class KatoFile:
    """A workbook as read: the places, what is odd row by row, and how many there are of each kind.

    ``odd`` holds at most :data:`_MOST_SHOWN` findings of each code; ``counts`` says how many there were.
    """

    name: str
    places: KatoList
    odd: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[UnitKind] = field(default_factory=Counter)

    @property
    def refused(self) -> int:
        """How many rows cannot be taken in."""
        return sum(count for code, count in self.counts.items() if code in _BARS)


#: Findings that keep a row out; the others are remarks on rows that are taken.
_BARS = frozenset({"places.kato_row_code", "places.kato_row_twice", "places.kato_row_no_name"})


def read_kato(source: SourceDocument, task: Task | None = None) -> KatoFile:
    """Read the list of places. Raises InputRefused when no sheet has a code and a name, Cancelled."""
    task = task or Task()
    found = KatoFile(source.name, KatoList(()))
    rows: dict[str, KatoRow] = {}
    at: dict[str, int] = {}
    read = False
    for table in source.tables():
        head = find_head(table, HEADS)
        if head is None or not {"te", "ab"} & set(head.columns):
            continue
        if not {"name_kaz", "name_rus"} & set(head.columns):
            continue
        read = True
        for index in range(head.at + 1, len(table.rows)):
            if index % 500 == 0:
                task.step(index, len(table.rows))
            texts = texts_of(table.rows[index])
            if texts:
                said = {key: texts[column] for key, column in head.columns.items() if column in texts}
                _take(said, row_number(table, index), rows, at, found)
    if not read:
        raise InputRefused("error.places.not_kato", name=source.name)
    if not rows:
        raise InputRefused("error.places.kato_empty", name=source.name)
    found.places = KatoList(rows[code] for code in sorted(rows))
    for row in found.places:
        found.kinds[row.kind] += 1
        above = parent_of(row.code)
        if above is not None and above not in rows:
            _note(found, "places.kato_row_orphan", Severity.WARNING, at[row.code], kato=row.code, above=above)
        if not row.name.kk:
            found.counts["places.kato_no_kk"] += 1
    return found


def _take(
    said: Mapping[str, str],
    number: int,
    rows: dict[str, KatoRow],
    at: dict[str, int],
    found: KatoFile,
) -> None:
    parts = _code_of_parts(said)
    code = _digits(said.get("te", "")) or parts
    if not is_kato(code):
        written = said.get("te") or " ".join(said.get(key, "") for key in _WIDTHS).strip()
        _note(found, "places.kato_row_code", Severity.ERROR, number, written=written[:40] or "–")
        return
    name = Trilingual(_name(said.get("name_kaz", "")), _name(said.get("name_rus", "")))
    if not name:
        _note(found, "places.kato_row_no_name", Severity.ERROR, number, kato=code)
        return
    if parts and parts != code:
        _note(found, "places.kato_row_parts", Severity.WARNING, number, kato=code, parts=parts)
    row = KatoRow(code, kind_of_place(code, name), name, said.get("k", "")[:20])
    if code in rows:
        if rows[code].name != name:
            _note(found, "places.kato_row_twice", Severity.ERROR, number, kato=code, number=at[code])
        return
    rows[code], at[code] = row, number


def _digits(written: str) -> str:
    return written.strip().removesuffix(".0").replace(" ", "")


def _code_of_parts(said: Mapping[str, str]) -> str:
    """The code put together of its parts, "1" of a workbook being "01"; "" where a part is no number."""
    parts = [(_digits(said.get(key, "")), width) for key, width in _WIDTHS.items()]
    if not all(part.isascii() and part.isdigit() and len(part) <= width for part, width in parts):
        return ""
    return "".join(part.zfill(width) for part, width in parts)


def _name(written: str) -> str:
    return repair(squeeze(written))[:_LONGEST]


def _note(found: KatoFile, code: str, severity: Severity, at_row: int, **fields: object) -> None:
    found.counts[code] += 1
    if found.counts[code] <= _MOST_SHOWN:
        where = Place(row=at_row, code=str(fields.get("kato", "")))
        found.odd.append(Finding(code, severity, fields, where=where))

"""What a workspace adds to the shipped classification, and how the two are laid over each other.

An addition never alters a row: a name that changes from 2027 on ends the row with 2026 and opens
another one, so the years before keep their names. Documents keep their own names in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from akimat_desk.classification.book import Book, Rows, shipped
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.entries import Edition, Entry, Link
from akimat_desk.core.language import Trilingual


class Side(StrEnum):
    """Which table of the classification a code belongs to."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    ECONOMIC = "economic"


class Step(StrEnum):
    """What an addition does to its code."""

    ADDED = "added"
    RENAMED = "renamed"
    ENDED = "ended"


#: ``Entry.confidence`` of rows that are not shipped.
OFFICE, FROM_FILE = "OFFICE", "FILE"


_NAME = Trilingual()


@dataclass(frozen=True, slots=True)
class Addition:
    """One thing said about one code from the year ``since`` on (``ENDED``: not in force from then on).

    ``former`` is the code of receipts that this one was until the year before, "" where it did not move.
    """

    side: Side
    code: Code
    step: Step
    since: int
    until: int | None = None
    name: Trilingual = _NAME
    kind: LineKind = LineKind.UNKNOWN
    own_revenue: bool = False
    repeats: str = ""
    source: str = ""
    confidence: str = FROM_FILE
    note: str = ""
    former: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where additions came from: a newer pack from a file, or the office itself (one code)."""

    id: int
    is_pack: bool
    since: int
    title: str
    added_year: int
    additions: tuple[Addition, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """An office's own code that the classification itself has by now: the official row counts."""

    addition: Addition
    source: int
    official: Entry


def side_of(code: Code) -> Side:
    """The table that a code belongs to; a specific of costs alone is an economic one."""
    if isinstance(code, RevenueCode):
        return Side.REVENUE
    return Side.ECONOMIC if code == ExpenditureCode(specific=code.specific) else Side.EXPENDITURE


def code_of(side: Side, stored: str) -> Code:
    """The code from its stored form. Raises TypeError for one with too many parts."""
    return RevenueCode.from_stored(stored) if side is Side.REVENUE else ExpenditureCode.from_stored(stored)


def laid_over(sources: Sequence[Source], digest: str, base: Book | None = None) -> tuple[Book, list[Overlap]]:
    """The shipped book with ``sources`` laid over it in their order, and what met an official row."""
    base = base or shipped()
    tables: dict[Side, list[Entry]] = {
        Side.REVENUE: list(base.rows.revenue),
        Side.EXPENDITURE: list(base.rows.expenditure),
        Side.ECONOMIC: list(base.rows.economic),
    }
    links = list(base.rows.links)
    editions = list(base.rows.editions)
    overlaps: list[Overlap] = []
    # What offices added counts last, whenever it was typed: an official row goes before it.
    for source in sorted(sources, key=lambda each: not each.is_pack):
        for number, addition in enumerate(source.additions):
            met = _lay(tables[addition.side], addition, source, number)
            if met is not None:
                overlaps.append(Overlap(addition, source.id, met))
            if addition.former and isinstance(addition.code, RevenueCode):
                links.append(_link(addition, addition.code))
        if source.is_pack:
            editions = _with_edition(editions, source)
    rows = Rows(
        tuple(tables[Side.REVENUE]),
        tuple(tables[Side.EXPENDITURE]),
        tuple(tables[Side.ECONOMIC]),
        tuple(sorted(set(links), key=lambda link: (link.since, link.before))),
        tuple(editions),
    )
    return Book(rows, digest), overlaps


def _lay(table: list[Entry], addition: Addition, source: Source, number: int) -> Entry | None:
    """Put one addition into its table. Returns the official row that an office's own code met."""
    at = next((n for n, entry in enumerate(table) if _is_in_force(entry, addition)), None)
    if at is None:
        if addition.step is not Step.ENDED:
            later = [e.valid_from for e in table if e.code == addition.code and e.code_known]
            table.append(
                _entry(addition, source, number, min((y for y in later if y > addition.since), default=None))
            )
        return None
    now = table[at]
    if addition.confidence == OFFICE and addition.step is Step.ADDED:
        return now
    until = addition.until
    if addition.step is not Step.ENDED:
        name = addition.name
        kept = Trilingual(name.kk or now.name.kk, name.ru or now.name.ru, name.en or now.name.en)
        changed = replace(
            now,
            name=kept,
            kind=addition.kind if addition.kind is not LineKind.UNKNOWN else now.kind,
            own_revenue=addition.own_revenue,
            valid_from=addition.since,
            valid_to=until if until is not None else now.valid_to,
            source=addition.source or now.source,
            confidence=addition.confidence,
            name_confidence="",
            kk_confidence="",
            note=addition.note,
            origin=source.id,
        )
        table.append(changed)
    if now.valid_from < addition.since:
        table[at] = replace(now, valid_to=addition.since - 1)
    else:
        del table[at]
    return None


def _is_in_force(entry: Entry, addition: Addition) -> bool:
    return entry.code_known and entry.code == addition.code and entry.valid_in(addition.since)


def _entry(addition: Addition, source: Source, number: int, before: int | None) -> Entry:
    """A row of the workspace's own; ``before`` is the year from which an official row has the code."""
    until = addition.until
    if before is not None:
        until = min(before - 1, until) if until is not None else before - 1
    return Entry(
        row=f"W{source.id}.{number}",
        code=addition.code,
        name=addition.name,
        kind=addition.kind,
        own_revenue=addition.own_revenue,
        code_known=True,
        confidence=addition.confidence,
        valid_from=addition.since,
        valid_to=until,
        source=addition.source,
        note=addition.note,
        repeats=addition.repeats,
        origin=source.id,
    )


def _link(addition: Addition, code: RevenueCode) -> Link:
    return Link(addition.since - 1, addition.since, tuple(addition.former.split("/")), code.parts)


def _with_edition(editions: Sequence[Edition], source: Source) -> list[Edition]:
    """A newer pack opens an edition, unless one begins with its year already."""
    if any(edition.valid_from == source.since for edition in editions):
        return list(editions)
    found: list[Edition] = []
    for edition in editions:
        if edition.valid_from < source.since <= (edition.valid_to or source.since):
            made = Edition(
                id=f"{edition.id}+{source.id}",
                valid_from=source.since,
                valid_to=edition.valid_to,
                known_from=min(source.since - 1, source.added_year),
                title=Trilingual(source.title, source.title, source.title),
                sources=(source.title,),
            )
            found += [replace(edition, valid_to=source.since - 1), made]
        else:
            found.append(edition)
    return found

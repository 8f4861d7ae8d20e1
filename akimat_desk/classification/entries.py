"""The rows of the classification and how they are read from the shipped files.

``resources/classification`` holds plain CSV files that a person can compare: every row carries its
years of validity, its source and how sure it is. ``manifest.json`` names the editions.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the classification.

    ``code_known`` is False for a line the law names but whose own code was not found: ``code`` is
    then the code of the line it belongs under, and nothing is ever matched to it by code.
    ``confidence`` (and, where the source keeps them apart, that of code, name and Kazakh name) is
    CONFIRMED, DERIVED, UNCONFIRMED, CONFLICTING or CODE ONLY. ``repeats`` names the level whose
    number means the same wherever it is printed (administrator 124, subprogram 015). ``origin`` is
    the workspace's own source that brought the row (or its present names), None for a shipped one;
    ``confidence`` is then OFFICE (added by hand) or FILE (taken in from a newer pack).
    """

    row: str
    code: Code
    name: Trilingual
    kind: LineKind
    own_revenue: bool
    code_known: bool
    confidence: str
    valid_from: int
    valid_to: int | None
    source: str
    note: str
    code_confidence: str = ""
    name_confidence: str = ""
    kk_confidence: str = ""
    repeats: str = ""
    origin: int | None = None

    def valid_in(self, year: int) -> bool:
        """Whether the row is in force in a budget year."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the classification: the budget years it serves and when it became known.

    A decision made before ``known_from`` could not print this edition's codes for later years.
    """

    id: str
    valid_from: int
    valid_to: int | None
    known_from: int
    title: Trilingual
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A code that moved: ``before`` in the year ``until`` became ``after`` in the year ``since``."""

    until: int
    since: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def _rows(which: str) -> Iterator[dict[str, str]]:
    path = resource("classification", _manifest()["files"][which])
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@cache
def _manifest() -> Mapping[str, Any]:
    data: dict[str, Any] = json.loads(resource("classification", "manifest.json").read_text("utf-8"))
    return data


@cache
def editions() -> tuple[Edition, ...]:
    """The editions in order of the years they serve."""
    found = [
        Edition(
            id=item["id"],
            valid_from=item["valid_from"],
            valid_to=item["valid_to"],
            known_from=item["known_from"],
            title=Trilingual(**item["title"]),
            sources=tuple(item["sources"]),
        )
        for item in _manifest()["editions"]
    ]
    return tuple(sorted(found, key=lambda edition: edition.valid_from))


def _name(row: dict[str, str]) -> Trilingual:
    return Trilingual(row["name_kk"], row["name_ru"], row["name_en"])


def _common(row: dict[str, str]) -> dict[str, Any]:
    return {
        "row": row["row"],
        "name": _name(row),
        "code_known": row["code_known"] == "yes",
        "confidence": row["confidence"],
        "valid_from": int(row["valid_from"]),
        "valid_to": int(row["valid_to"]) if row["valid_to"] else None,
        "source": row["source"],
        "note": row["note"],
        "code_confidence": row.get("code_confidence", ""),
        "name_confidence": row.get("name_confidence", ""),
        "kk_confidence": row.get("kk_confidence", ""),
        "repeats": row.get("repeats", ""),
    }


@cache
def revenue_rows() -> tuple[Entry, ...]:
    """Every row of receipts, of all years."""
    return tuple(
        Entry(
            code=RevenueCode(row["category"], row["class"], row["subclass"], row["specific"]),
            kind=LineKind(row["kind"]),
            own_revenue=row["own_revenue"] == "yes",
            **_common(row),
        )
        for row in _rows("revenue")
    )


@cache
def expenditure_rows() -> tuple[Entry, ...]:
    """Every row of costs (groups, subgroups, programs, subprograms), of all years."""
    return tuple(
        Entry(
            code=ExpenditureCode(
                row["functional_group"],
                row["subgroup"],
                row["administrator"],
                row["program"],
                row["subprogram"],
            ),
            kind=LineKind(row["kind"]),
            own_revenue=False,
            **_common(row),
        )
        for row in _rows("expenditure")
    )


@cache
def economic_rows() -> tuple[Entry, ...]:
    """Every specific (ерекшелік, специфика) of costs, of all years; only ``code.specific`` is set."""
    return tuple(
        Entry(
            code=ExpenditureCode(specific=row["specific"]),
            kind=LineKind.EXPENDITURE,
            own_revenue=False,
            **_common(row),
        )
        for row in _rows("economic")
    )


@cache
def name_variants() -> Mapping[str, tuple[str, ...]]:
    """Other names under which published acts print a row, by the row's id."""
    found: dict[str, list[str]] = {}
    for row in _rows("name_variants"):
        found.setdefault(row["row"], []).append(row["name"])
    return {row: tuple(names) for row, names in found.items()}


@cache
def remarks() -> Mapping[str, Trilingual]:
    """Sources and notes of the shipped rows in the three languages, by their English text."""
    return {row["en"]: Trilingual(row["kk"], row["ru"], row["en"]) for row in _rows("remarks")}


@cache
def search_words() -> tuple[tuple[str, str], ...]:
    """Abbreviations that people type, each with the printed code it stands for."""
    return tuple((row["word"], row["code"]) for row in _rows("search_words"))


@cache
def links() -> tuple[Link, ...]:
    """The codes of receipts that moved, in order of time."""
    found = [
        Link(
            until=int(row["until"]),
            since=int(row["from"]),
            before=tuple(row["code_before"].split("/")),
            after=tuple(row["code_after"].split("/")),
        )
        for row in _rows("became")
    ]
    return tuple(sorted(found, key=lambda link: (link.since, link.before)))

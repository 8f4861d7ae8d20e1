"""Years in which the law changed what an okrug's own revenue is: dated data, marked on every history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource


@dataclass(frozen=True, slots=True)
class LawChange:
    """A change from ``year`` on: what changed, the article, and how sure it is."""

    year: int
    what: Trilingual
    source: Trilingual
    confidence: str


@cache
def law_changes() -> tuple[LawChange, ...]:
    """Every change on file, by year."""
    data = json.loads(resource("targets", "law_changes.json").read_text("utf-8"))
    found = [
        LawChange(row["year"], Trilingual(**row["what"]), Trilingual(**row["source"]), row["confidence"])
        for row in data["changes"]
    ]
    return tuple(sorted(found, key=lambda change: change.year))

"""The national targets as dated data (Concept of public administration development to 2030, part 6)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource


@dataclass(frozen=True, slots=True)
class Targets:
    """Targets and the country's past values by year, in per cent, with their source."""

    edition: str
    source: Trilingual
    targets: dict[int, Decimal]
    history: dict[int, Decimal]


@cache
def national_targets() -> Targets:
    """The shipped table. Raises FileNotFoundError when the installation lacks it."""
    data = json.loads(resource("targets", "self_sufficiency.json").read_text("utf-8"))
    return Targets(
        edition=data["edition"],
        source=Trilingual(**data["source"]),
        targets={row["year"]: Decimal(row["percent"]) for row in data["targets"]},
        history={row["year"]: Decimal(row["percent"]) for row in data["history"]},
    )

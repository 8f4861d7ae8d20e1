"""The grounds of an adjustment and their bounds, as dated data (Budget Code art. 97, 98, 116)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from akimat_desk.classification.codes import LineKind
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource

#: The ground of a move between programs, which the community assembly agrees (art. 98 p. 4).
BETWEEN_PROGRAMS = "between_programs"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why the akim may change the budget without a decision of the mäslikhat.

    ``basis`` are the papers one of which must be named ("resolution" of the akimat, "minutes" of the
    assembly); ``receipts`` the kinds of receipts that may move; ``balances`` whether used balances may;
    ``costs`` is "both", "increase" or "decrease"; ``neutral`` says that costs as a whole stay. ``bound``
    is the part of the opening balances that pays for it.
    """

    id: str
    name: Trilingual
    article: str
    basis: tuple[str, ...]
    receipts: frozenset[LineKind]
    balances: bool
    costs: str
    neutral: bool
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A bound of a ground: tenths of a per cent of a year's amount; ``inclusive``: it may be reached."""

    tenths: int
    inclusive: bool
    article: str


@cache
def _data() -> Mapping[str, Any]:
    data: dict[str, Any] = json.loads(resource("rules", "adjustments.json").read_text("utf-8"))
    return data


@cache
def grounds() -> Mapping[str, Ground]:
    """Every ground by id, in the order in which they are offered."""
    return {
        item["id"]: Ground(
            id=item["id"],
            name=Trilingual(**item["name"]),
            article=item["article"],
            basis=tuple(item["basis"]),
            receipts=frozenset(LineKind(kind) for kind in item["receipts"]),
            balances=item["balances"],
            costs=item["costs"],
            neutral=item["neutral"],
            bound=item.get("bound", ""),
        )
        for item in _data()["grounds"]
    }


def ground_of(ground: str) -> Ground:
    """A ground. Raises UsageProblem for an unknown one."""
    found = grounds().get(ground)
    if found is None:
        raise UsageProblem("error.adjustment.ground_unknown", ground=ground)
    return found


def share_of(ground: str, year: int) -> Share | None:
    """The bound of a ground in a budget year; None where the law sets none."""
    for item in _data()["shares"].get(ground, ()):
        if item["from"] <= year and (item["to"] is None or year <= item["to"]):
            return Share(item["tenths"], item["inclusive"], item["article"])
    return None


def return_programs(year: int) -> frozenset[str]:
    """The programs that money goes back to the budget above by, in a budget year."""
    for item in _data()["return_programs"]:
        if item["from"] <= year and (item["to"] is None or year <= item["to"]):
            return frozenset(item["programs"])
    return frozenset()

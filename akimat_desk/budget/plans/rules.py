"""The dated data that plans rest on: kinds of certificates, the day of the first-quarter plan."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from akimat_desk.budget.plans.sheet import Side
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource


class Area(StrEnum):
    """Which half of the plan a certificate changes; they are written apart."""

    RECEIPTS = "receipts"
    COSTS = "costs"

    @property
    def sides(self) -> frozenset[Side]:
        """The sides of the half."""
        if self is Area.RECEIPTS:
            return frozenset({Side.RECEIPTS})
        return frozenset({Side.PAYMENTS, Side.OBLIGATIONS})


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A kind of certificate. ``keeps_program_months``: it moves money inside programs only."""

    id: str
    area: Area
    name: Trilingual
    keeps_program_months: bool


@cache
def _data() -> Mapping[str, Any]:
    data: dict[str, Any] = json.loads(resource("rules", "plans.json").read_text("utf-8"))
    return data


@cache
def change_kinds() -> Mapping[str, ChangeKind]:
    """The kinds of certificates by id, in the order in which they are offered."""
    return {
        item["id"]: ChangeKind(
            item["id"], Area(item["area"]), Trilingual(**item["name"]), item["keeps_program_months"]
        )
        for item in _data()["change_kinds"]
    }


def change_kind(kind: str) -> ChangeKind:
    """A kind of certificate. Raises UsageProblem for an unknown one."""
    found = change_kinds().get(kind)
    if found is None:
        raise UsageProblem("error.plan.change_kind_unknown", kind=kind)
    return found


def quarter_plan_day(year: int) -> dt.date:
    """The day by which, without an approved budget, the first quarter's plan is made (art. 91 p4)."""
    rule = _data()["not_approved_by"]
    return dt.date(year - 1, rule["month"], rule["day"])


def quarter_end(year: int) -> dt.date:
    """The last day that the first quarter's plan speaks of."""
    return dt.date(year, 3, 31)


def quarter_share() -> int:
    """The forecast's part that the first quarter gets is one over this."""
    share: int = _data()["not_approved_by"]["quarter_share"]
    return share

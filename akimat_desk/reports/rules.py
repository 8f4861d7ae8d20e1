"""Dated data of official papers: what an amending decision rests on, and who signs for a mäslikhat."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.places.kinds import Position


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = json.loads(
        resource("rules", "amending_decision.json").read_text("utf-8")
    )
    return data


def _in_force(rows: list[dict[str, Any]], day: dt.date) -> dict[str, Any]:
    """The row in force on a day; before all of them the first."""
    written = day.isoformat()
    found = [row for row in rows if (row["valid_from"] or "") <= written <= (row["valid_to"] or written)]
    return found[-1] if found else rows[0]


def amending_basis(day: dt.date) -> Trilingual:
    """The articles by which a mäslikhat changes a budget, as its decision of ``day`` cites them."""
    row = _in_force(_data()["bases"], day)
    return Trilingual(row["kk"], row["ru"], row["en"])


def maslikhat_post(day: dt.date) -> Position:
    """Who signs a mäslikhat's decision of ``day``: the secretary until 2022, the chair since."""
    return Position(_in_force(_data()["signatories"], day)["position"])

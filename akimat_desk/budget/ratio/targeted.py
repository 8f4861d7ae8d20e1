"""Which transfers are targeted (нысаналы / целевые): dated data, as the classification numbers them."""

from __future__ import annotations

import json
from functools import cache

from akimat_desk.classification.codes import RevenueCode
from akimat_desk.core.resources import resource


@cache
def _codes(year: int) -> frozenset[tuple[str, ...]]:
    data = json.loads(resource("targets", "targeted_transfers.json").read_text("utf-8"))
    return frozenset(
        tuple(row["code"].split("/"))
        for row in data["codes"]
        if row["valid_from"] <= year <= (row["valid_to"] or year)
    )


def is_targeted(code: RevenueCode, year: int) -> bool:
    """Whether a line of receipts is a targeted transfer (current or for development) in ``year``."""
    return code.parts in _codes(year)

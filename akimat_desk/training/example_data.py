"""The shipped figures of the example okrug's years (``resources/example/execution.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from akimat_desk.core.money import TIYN_PER_TENGE, from_plain
from akimat_desk.core.resources import resource


@cache
def example_data() -> Mapping[str, Any]:
    """The table of years, seasons and shares that forms and plans are made from."""
    data: Mapping[str, Any] = json.loads(resource("example", "execution.json").read_text("utf-8"))
    return data


def amount_of(thousands: str | None) -> int:
    """An amount of the table in tiyn; 0 where it names none."""
    return from_plain(thousands) if thousands is not None else 0


def divided(total: int, shares: Sequence[int]) -> list[int]:
    """A total by shares, to whole hundreds of tenge; the last takes what is left."""
    step = 100 * TIYN_PER_TENGE
    whole = sum(shares) or 1
    parts = [total * share // whole // step * step for share in shares[:-1]]
    return [*parts, total - sum(parts)] if shares else []

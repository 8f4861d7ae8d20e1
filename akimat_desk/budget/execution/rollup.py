"""Leaves of a form or plan added up along their codes, once for each level.

A leaf is added to the line right above it only; every line hands its sum on when its own level is done.
"""

from __future__ import annotations

import operator

#: Amounts of a line, one place for each column; None where nothing states it.
Cells = list[int | None]


def above(code: str) -> str:
    """The stored code one level up; "" above the outermost. A level that is left out has no line."""
    return code.rpartition("/")[0].rstrip("/")


def add(cells: Cells, amounts: Cells) -> Cells:
    """Two lines' amounts added; what is not stated adds nothing."""
    try:
        return list(map(operator.add, cells, amounts))  # nearly always everything is stated
    except TypeError:
        return [
            one if other is None else other if one is None else one + other
            for one, other in zip(cells, amounts, strict=True)
        ]


def roll_up(leaves: dict[str, Cells], width: int) -> dict[str, Cells]:
    """Every line with its sum, the total under ""; a line that is itself a leaf keeps its own in it.

    Empty for no leaves.
    """
    if not leaves:
        return {}
    levels: dict[int, dict[str, Cells]] = {}
    for code, cells in leaves.items():
        levels.setdefault(code.count("/"), {})[code] = cells
    summed: dict[str, Cells] = {}
    for depth in range(max(levels), -1, -1):
        level = levels.get(depth, {})
        summed |= level
        for code, cells in level.items():
            upper = above(code)
            if not upper:
                continue
            into = levels.setdefault(upper.count("/"), {})
            before = into.get(upper)
            into[upper] = cells if before is None else add(before, cells)
    total: Cells = [None] * width
    for cells in levels[0].values():
        total = add(total, cells)
    return summed | {"": total}

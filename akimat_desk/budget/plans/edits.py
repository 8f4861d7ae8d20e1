"""Edits of a plan's sheet, each giving the edit that takes it back. Undo is a stack of these.

An edit never touches the sheet it is made on: it gives a new one. What a fill-by-rule or an import
does to many lines is one edit, and is taken back in one step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from akimat_desk.budget.plans.sheet import LineKey, Months, PlanSheet, ordered
from akimat_desk.classification.codes import Code
from akimat_desk.core.language import Trilingual


@dataclass(frozen=True, slots=True)
class PutLines:
    """Lines as they are to be; None takes a line away. ``names`` names codes that nothing knows."""

    lines: Mapping[LineKey, Months | None]
    names: Mapping[Code, Trilingual | None] | None = None


def put_month(sheet: PlanSheet, key: LineKey, month: int, amount: int) -> PutLines:
    """The edit of one cell. ``month`` counts from 1."""
    months = list(sheet.months(key))
    months[month - 1] = amount
    return PutLines({key: tuple(months)})


def apply(sheet: PlanSheet, edit: PutLines) -> tuple[PlanSheet, PutLines]:
    """The sheet after an edit, and the edit that takes it back."""
    inverse = PutLines(
        {key: sheet.lines.get(key) for key in edit.lines},
        {code: sheet.names.get(code) for code in edit.names} if edit.names else None,
    )
    lines = {**sheet.lines, **edit.lines}
    names = {**sheet.names, **(edit.names or {})}
    made = replace(
        sheet,
        lines=ordered({key: months for key, months in lines.items() if months is not None}),
        names={code: name for code, name in names.items() if name is not None},
    )
    return made, inverse

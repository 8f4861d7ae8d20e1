"""The columns of a plan's table where its heads do not tell: asked once, remembered for the next file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from akimat_desk.budget.plans.heads import (
    CODE_LIKE,
    COSTS_LEVELS,
    REVENUE_LEVELS,
    Head,
    PlanColumn,
    amount_in,
    grid_of,
    head_of_column,
    is_numbering,
    month_of_head,
)
from akimat_desk.budget.plans.sheet import MONTHS, Side
from akimat_desk.budget.shown_columns import Shown, TableQuestion, signature_of
from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.intake import Table

#: The setting that keeps the columns shown, by the signature of the heads.
PLAN_LAYOUTS = "plans.layouts"
#: The key beside the columns that says which side of the plan the table is.
SIDE = "side"
_MONTH = "month_"
_SAMPLE = 3
_HEAD_ROWS = 30
_HEAD_WORDS = 3  # a row of heads has so many different words, a parent row no more

#: What a column can be, in the order in which it is offered.
ROLES: tuple[str, ...] = (
    *(kind.value for kind in PlanColumn if kind is not PlanColumn.OTHER),
    *(f"{_MONTH}{month}" for month in MONTHS),
)


class PlanColumnsUnknown(InputRefused):
    """The heads of a table say too little; the person has to show the columns once."""

    def __init__(self, question: TableQuestion) -> None:
        super().__init__("error.plan.columns_unknown", columns=question.listed)
        self.question = question


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table whose columns were shown before."""

    head: Head
    side: Side


def question_about(table: Table) -> TableQuestion | None:
    """What is to be asked about a table whose head was not found; None where it can be no plan."""
    parts = _parts(table)
    if parts is None:
        return None
    heads, below = parts
    sample = tuple(
        tuple(row.get(column, "") for column in range(len(heads)))
        for row in grid_of(table)[below : below + _SAMPLE]
    )
    return TableQuestion(signature_of(heads), heads, sample, _guess(heads))


def shown_table(table: Table, layouts: Mapping[str, Shown]) -> ShownTable | None:
    """The head of a table as it was shown once; None where its kind was never shown."""
    parts = _parts(table) if layouts else None
    shown = layouts.get(signature_of(parts[0])) if parts is not None else None
    if parts is None or shown is None:
        return None
    side = Side(shown[SIDE])
    columns = {int(column): role for column, role in shown.items() if column != SIDE}
    kinds = {column: PlanColumn(role) for column, role in columns.items() if not role.startswith(_MONTH)}
    months = {
        column: int(role.removeprefix(_MONTH)) for column, role in columns.items() if column not in kinds
    }
    return ShownTable(Head(kinds, months, parts[1], side is Side.RECEIPTS), side)


def _parts(table: Table) -> tuple[tuple[str, ...], int] | None:
    """The heads of a table by column and where its rows begin: at the first one with twelve amounts."""
    grid = grid_of(table)
    below = next((n for n, row in enumerate(grid[:_HEAD_ROWS]) if _is_data(row)), None)
    if not below:
        return None
    while below > 1 and _is_parent_row(grid[below - 1]):
        below -= 1
    above = [row for row in grid[:below] if not is_numbering(row)]
    first = next((n for n, row in enumerate(above) if len(set(row.values())) >= _HEAD_WORDS), 0)
    width = 1 + max(column for row in grid for column in row)
    heads = [
        " ".join(dict.fromkeys(row[column] for row in above[first:] if column in row))
        for column in range(width)
    ]
    return tuple(heads), below


def _is_data(row: Mapping[int, str]) -> bool:
    amounts = sum(amount_in(text) is not None for text in row.values())
    return amounts >= len(MONTHS) and not is_numbering(dict(row))


def _is_parent_row(row: Mapping[int, str]) -> bool:
    """A row of a code and its name, whose months stay empty."""
    return len(row) <= _HEAD_WORDS and any(CODE_LIKE.fullmatch(text) for text in row.values())


def lacking(columns: Mapping[int, str], side: Side) -> bool:
    """Whether the columns shown are too few for a plan: a code of the side, and every month."""
    roles = list(columns.values())
    levels = REVENUE_LEVELS[:1] if side is Side.RECEIPTS else (PlanColumn.PROGRAM,)
    coded = any(kind in roles for kind in (PlanColumn.CODE, *levels))
    return not coded or any(f"{_MONTH}{month}" not in roles for month in MONTHS)


def other_side(columns: Mapping[int, str], side: Side) -> bool:
    """Whether a column belongs to codes of the other side: a program among receipts."""
    wrong = COSTS_LEVELS if side is Side.RECEIPTS else REVENUE_LEVELS
    foreign = set(wrong) - {PlanColumn.SPECIFIC}
    return any(role in foreign for role in columns.values())


def packed(columns: Mapping[int, str], side: Side) -> Shown:
    """The columns as they are kept."""
    return {SIDE: side.value, **{str(column): role for column, role in sorted(columns.items())}}


def read_columns(written: str, side: Side) -> Shown:
    """``1=code,2=name,4-15=months`` as columns to be kept, counted from 1. Raises UsageProblem."""
    columns: dict[int, str] = {}
    for part in filter(None, (each.strip() for each in written.split(","))):
        numbers, _, role = part.partition("=")
        first, _, last = numbers.partition("-")
        try:
            if role == "months":
                span = range(int(first), int(last) + 1)
                if len(span) != len(MONTHS):
                    raise ValueError(part)
                columns |= {column - 1: f"{_MONTH}{month}" for month, column in enumerate(span, start=1)}
            elif role in ROLES:
                columns[int(first) - 1] = role
            else:
                raise ValueError(part)
        except ValueError:
            raise UsageProblem("error.plan.bad_columns", written=part, roles=", ".join(ROLES)) from None
    if lacking(columns, side):
        raise UsageProblem("error.plan.columns_few", side=side.value)
    if other_side(columns, side):
        raise UsageProblem("error.plan.columns_side", side=side.value)
    return packed(columns, side)


def _guess(heads: Sequence[str]) -> dict[int, str]:
    """What the heads say of some columns; the first of two alike counts."""
    found: dict[int, str] = {}
    for column, head in enumerate(heads):
        month, kind = month_of_head(head), head_of_column(head)
        role = f"{_MONTH}{month}" if month is not None else kind.value if kind is not None else ""
        if role in ROLES and role not in found.values():
            found[column] = role
    return found

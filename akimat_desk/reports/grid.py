"""Where the cells of a neutral table stand and what they show: the one reading of it for every renderer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from akimat_desk.core.money import NO_BREAK_SPACE, signed_amount, table_amount
from akimat_desk.reports.document import AmountCell, Cell, PercentCell, Row, Table, TextCell


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its place; ``row`` counts from 0 within the head or within the body."""

    row: int
    column: int
    rowspan: int
    colspan: int
    cell: Cell


PlacedRows = tuple[tuple[Placed, ...], ...]


def place(rows: Sequence[Sequence[Cell]], columns: int) -> PlacedRows:
    """The cells of ``rows`` in grid columns, spans taken into account as HTML does.

    Raises ValueError when a row does not fill exactly ``columns`` or a span leaves the table.
    """
    taken: list[int] = [0] * columns  # for each column, how many rows from here on are spanned over
    result: list[tuple[Placed, ...]] = []
    for index, cells in enumerate(rows):
        if len(cells) == columns and not any(taken) and all(map(_is_single, cells)):
            result.append(tuple(Placed(index, at, 1, 1, cell) for at, cell in enumerate(cells)))
            continue
        placed: list[Placed] = []
        column = 0
        fresh = list(taken)
        for cell in cells:
            while column < columns and taken[column]:
                column += 1
            colspan = cell.colspan if isinstance(cell, TextCell) else 1
            rowspan = cell.rowspan if isinstance(cell, TextCell) else 1
            end = column + colspan
            if end > columns or any(taken[column:end]) or index + rowspan > len(rows):
                raise ValueError(f"row {index}: a cell leaves the table of {columns} columns")
            placed.append(Placed(index, column, rowspan, colspan, cell))
            fresh[column:end] = [rowspan] * colspan
            column = end
        if any(not taken[rest] for rest in range(column, columns)):
            raise ValueError(f"row {index} fills {column} of {columns} columns")
        taken = [max(0, left - 1) for left in fresh]
        result.append(tuple(placed))
    return tuple(result)


def _is_single(cell: Cell) -> bool:
    return not isinstance(cell, TextCell) or (cell.colspan == 1 and cell.rowspan == 1)


def head_of(table: Table) -> PlacedRows:
    """The head's cells at their places."""
    return place(table.head, len(table.columns))


def body_of(table: Table) -> PlacedRows:
    """The body's cells at their places."""
    return place([row.cells for row in table.rows], len(table.columns))


def shown(cell: Cell) -> str:
    """What a cell shows: words, an amount in thousand tenge, a percentage with a comma."""
    if isinstance(cell, TextCell):
        return cell.text
    if isinstance(cell, AmountCell):
        return signed_amount(cell.tiyn) if cell.signed else table_amount(cell.tiyn)
    return shown_decimal(cell.value)


def shown_decimal(value: str | None) -> str:
    """A plain decimal ("-1234.5") as documents print it ("-1 234,5"); None is ""."""
    if value is None:
        return ""
    sign = "-" if value.startswith("-") else ""
    whole, point, decimals = value.removeprefix("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", NO_BREAK_SPACE)
    return f"{sign}{grouped},{decimals}" if point else f"{sign}{grouped}"


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, which stands at the right."""
    return isinstance(cell, AmountCell | PercentCell)


def column_shares(table: Table) -> list[float]:
    """Each column's share of the table's width; they add up to 1."""
    total = sum(column.width for column in table.columns)
    return [column.width / total for column in table.columns]


def keeps_with_next(rows: Sequence[Row], index: int) -> bool:
    """Whether a row is a parent that should not stand last on a page, away from its first part."""
    if index + 1 >= len(rows):
        return False
    row, following = rows[index], rows[index + 1]
    return following.level > row.level

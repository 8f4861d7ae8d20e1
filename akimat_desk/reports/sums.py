"""Which amounts of a document are sums of others, so that a workbook may hold a living formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from akimat_desk.reports.document import AmountCell, Elsewhere, Table
from akimat_desk.reports.grid import body_of


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """An amount's place: the table in the document, the row in the table's body, the column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What an amount is made of."""

    plus: tuple[Address, ...]
    minus: tuple[Address, ...]


def living_sums(tables: Sequence[Table]) -> dict[Address, Sum]:
    """The sums that are right to the tiyn, by the place of their total.

    An amount that its parts do not add up to is left out: what was adopted is shown as adopted.
    Raises ValueError when a sum points at no amount or, through others, at itself.
    """
    amounts: dict[Address, AmountCell] = {
        Address(number, placed.row, placed.column): placed.cell
        for number, table in enumerate(tables)
        for row in body_of(table)
        for placed in row
        if isinstance(placed.cell, AmountCell)
    }
    widths = [len(table.columns) for table in tables]
    sums: dict[Address, Sum] = {}
    for place, cell in amounts.items():
        if not (cell.sum_of or cell.minus):
            continue
        found = Sum(
            tuple(_address(part, place, widths, amounts) for part in cell.sum_of),
            tuple(_address(part, place, widths, amounts) for part in cell.minus),
        )
        if _holds(cell, found, amounts):
            sums[place] = found
    _refuse_circles(sums)
    return sums


def _address(
    part: int | Elsewhere, place: Address, widths: Sequence[int], amounts: Mapping[Address, AmountCell]
) -> Address:
    if isinstance(part, Elsewhere):
        number = place.table + part.table
        if not 0 <= number < len(widths):
            raise ValueError(f"{place}: no table {part.table} from here")
        address = Address(number, part.row, widths[number] - widths[place.table] + place.column)
    else:
        address = Address(place.table, part, place.column)
    if address not in amounts:
        raise ValueError(f"{place}: the sum points at {address}, which holds no amount")
    return address


def _holds(cell: AmountCell, found: Sum, amounts: Mapping[Address, AmountCell]) -> bool:
    plus = [amounts[part].tiyn for part in found.plus]
    minus = [amounts[part].tiyn for part in found.minus]
    if all(value is None for value in plus + minus):
        return False
    return sum(v or 0 for v in plus) - sum(v or 0 for v in minus) == cell.tiyn


def _refuse_circles(sums: Mapping[Address, Sum]) -> None:
    settled: set[Address] = set()
    for start in sums:
        under_way: set[Address] = set()
        stack: list[tuple[Address, bool]] = [(start, False)]
        while stack:
            place, leaving = stack.pop()
            if leaving:
                under_way.discard(place)
                settled.add(place)
                continue
            if place in settled or place not in sums:
                continue
            if place in under_way:
                raise ValueError(f"{place} is a part of its own sum")
            under_way.add(place)
            stack.append((place, True))
            stack.extend((part, False) for part in sums[place].plus + sums[place].minus)

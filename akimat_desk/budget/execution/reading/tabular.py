"""Forms in tables: workbooks, pages, ruled PDF, CSV and what is pasted from Excel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from akimat_desk.budget.execution.forms import FormKind, Measure
from akimat_desk.budget.execution.reading.columns import (
    CodePart,
    ColumnQuestion,
    ColumnsUnknown,
    Layout,
    by_numbers,
    is_enough,
    kind_of,
    recognise,
)
from akimat_desk.budget.execution.reading.items import Item
from akimat_desk.budget.shown_columns import signature_of
from akimat_desk.classification.codes import ExpenditureCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.text import fold, squeeze
from akimat_desk.intake import Cell, Table

_TOTAL = re.compile(r"^(?:итого|всего|барлығы|жиыны|жалпы сома)")
_CODE = re.compile(r"\d[\d/. \u00a0-]*")
_SEPARATORS = re.compile(r"[/. \u00a0-]+")
_HEAD_ROWS = 30
_SAMPLE = 4
_EXPENSE_PARTS = (CodePart.ADMINISTRATOR, CodePart.PROGRAM, CodePart.SUBPROGRAM, CodePart.SPECIFIC)
_RECEIPT_PARTS = (CodePart.CATEGORY, CodePart.CLASS, CodePart.SUBCLASS, CodePart.SPECIFIC)
_RECEIPT_WIDTHS = (1, 2, 1, 2)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row by grid columns; ``above`` are the columns that a merged cell of a row above covers."""

    number: int
    cells: Mapping[int, Cell]
    above: frozenset[int]

    def text(self, column: int) -> str:
        """What stands in a column, on one line; "" where nothing does."""
        cell = self.cells.get(column)
        return cell.one_line if cell is not None else ""


def grid_rows(table: Table) -> list[GridRow]:
    """A table's rows with their cells placed, spans followed."""
    rows = []
    open_: dict[int, int] = {}
    for number, row in enumerate(table.rows):
        above = frozenset(column for column, left in open_.items() if left > 0)
        cells: dict[int, Cell] = {}
        for cell in row:
            for column in range(cell.column, cell.column + cell.colspan):
                cells.setdefault(column, cell)
        rows.append(GridRow(table.line + number, cells, above - cells.keys()))
        open_ = {column: left - 1 for column, left in open_.items() if left > 1}
        for cell in row:
            if cell.rowspan > 1:
                for column in range(cell.column, cell.column + cell.colspan):
                    open_[column] = cell.rowspan
        open_ = {column: left - (column in cells) for column, left in open_.items()}
    return rows


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table understood: its heads by column, and its rows below them."""

    heads: tuple[str, ...]
    numbered: bool
    above: tuple[str, ...]  # texts of the rows above the rows of data
    body: tuple[GridRow, ...]


def shape_of(rows: Sequence[GridRow]) -> TableShape:
    """Find where the heads end: at the row of column numbers, else before the first row with a code."""
    width = 1 + max((column for row in rows for column in row.cells), default=0)
    end, numbered = 0, False
    for position, row in enumerate(rows[:_HEAD_ROWS]):
        if _is_numbers_row(row):
            end, numbered = position + 1, True
            break
    if not numbered:
        end = next((n for n, row in enumerate(rows[:_HEAD_ROWS]) if _starts_rows(row)), 0)
        while end > 0 and _is_coded(rows[end - 1]):
            end -= 1  # parents, whose cells of numbers are empty
    head = rows[: end - numbered]
    start = _head_start(head)
    heads = tuple(_head_of(head[start:], column) for column in range(width))
    above = tuple(" ".join(dict.fromkeys(t for c in sorted(row.cells) if (t := row.text(c)))) for row in head)
    return TableShape(heads, numbered, above, tuple(rows[end:]))


def _is_numbers_row(row: GridRow) -> bool:
    numbers = [text.partition("=")[0].strip() for c in sorted(row.cells) if (text := row.text(c))]
    return len(numbers) >= 3 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _is_coded(row: GridRow) -> bool:
    return any(_CODE.fullmatch(row.text(column)) for column in sorted(row.cells)[:5])


def _starts_rows(row: GridRow) -> bool:
    """A row of data: a code, and a number further right."""
    columns = sorted(row.cells)
    return _is_coded(row) and any(
        row.cells[c].is_number or re.search(r"\d", row.text(c)) for c in columns[2:]
    )


def _head_start(head: Sequence[GridRow]) -> int:
    """The first row of the heads proper: of those that fill three columns with different words."""
    for position, row in enumerate(head):
        if len({text for c in row.cells if (text := row.text(c))}) >= 3:
            return position
    return 0


def _head_of(head: Sequence[GridRow], column: int) -> str:
    return squeeze(" ".join(dict.fromkeys(text for row in head if (text := row.text(column)))))


def layout_of(
    shape: TableShape, kind: FormKind | None, known: Mapping[str, Layout]
) -> tuple[FormKind, dict[int, Role]]:
    """Which column is what. Raises ColumnsUnknown where neither heads, nor numbers, nor memory tell."""
    signature = signature_of(shape.heads)
    shown = known.get(signature)
    layout: dict[int, Role] = dict(shown) if shown is not None else recognise(shape.heads)
    found = kind or kind_of(layout)
    if found is not None and shown is None and not is_enough(layout, found) and shape.numbered:
        filled = [column for column, head in enumerate(shape.heads) if head]
        layout = by_numbers(found, len(filled) or len(shape.heads)) or layout
    if found is None or not is_enough(layout, found):
        sample = tuple(
            tuple(row.text(column) for column in range(len(shape.heads))) for row in shape.body[:_SAMPLE]
        )
        raise ColumnsUnknown(ColumnQuestion(signature, shape.heads, sample, kind=found))
    return found, layout


def read_table(kind: FormKind, shape: TableShape, layout: Layout, year: int) -> list[Item]:
    """The rows of a table. ``year`` chooses the classification that tells programs from specifics."""
    roles = {role: column for column, role in sorted(layout.items(), reverse=True)}
    measures = {column: role for column, role in layout.items() if isinstance(role, Measure)}
    codes = _tree(kind, roles, shape.body, year) if CodePart.CODE in roles else _staircase(kind, roles, shape)
    items: list[Item] = []
    total = None
    for row, parts in codes:
        name = row.text(roles[CodePart.NAME]) if CodePart.NAME in roles else ""
        item = Item(row.number, parts, name)
        if not parts:
            words = " ".join(row.text(column) for column in sorted(row.cells) if column not in measures)
            if not _TOTAL.match(fold(words).strip()):
                continue
            total = item
        for column, measure in measures.items():
            cell = row.cells.get(column)
            if cell is not None:
                item.cells[measure] = (cell.text, cell.is_number)
            elif column in row.above:
                item.problem("merged", column=column + 1)
        if item is not total:
            items.append(item)
    return [*items, total] if total is not None else items


def _staircase(
    kind: FormKind, roles: Mapping[Role, int], shape: TableShape
) -> Iterator[tuple[GridRow, tuple[str, ...]]]:
    """Codes in columns of their own: an empty cell left of a filled one says "as above"."""
    names = _EXPENSE_PARTS if kind is FormKind.EXPENSES else _RECEIPT_PARTS
    path = [""] * len(names)
    for row in shape.body:
        texts = [_digits(row.text(roles[name])) if name in roles else "" for name in names]
        given = [level for level, text in enumerate(texts) if text]
        if not given:
            yield row, ()
            continue
        widths = _RECEIPT_WIDTHS if kind is FormKind.RECEIPTS else (3,) * len(names)
        for level in range(given[0], len(names)):
            path[level] = texts[level].zfill(widths[level]) if texts[level] else ""
        yield row, _trimmed(path)


def _trimmed(path: Sequence[str]) -> tuple[str, ...]:
    parts = list(path)
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _digits(text: str) -> str:
    return text if text.isdigit() else ""


def _tree(
    kind: FormKind, roles: Mapping[Role, int], body: Sequence[GridRow], year: int
) -> Iterator[tuple[GridRow, tuple[str, ...]]]:
    """Codes in one column: whole ("124/001/015/111", "1/04/4/02") or one level to a row."""
    column = roles[CodePart.CODE]
    tree = _CodeTree(year)
    for row in body:
        text = row.text(column).strip(" /.-")
        if not _CODE.fullmatch(text):
            yield row, ()
        elif kind is FormKind.RECEIPTS:
            yield row, receipt_parts(text)
        else:
            yield row, tree.place(text)


def receipt_parts(text: str) -> tuple[str, ...]:
    """The parts of a code of receipts: "1/04/4/02", "1 04 4 02" or "104402"."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    if len(parts) == 1:
        digits, parts = parts[0], []
        for width in _RECEIPT_WIDTHS:
            if digits:
                parts.append(digits[:width])
                digits = digits[width:]
        if digits:
            return (text,)  # too long for any: an unknown code, said as printed
    return tuple(part.zfill(width) for part, width in zip(parts, _RECEIPT_WIDTHS, strict=False))


class _CodeTree:
    """The levels of codes of costs that stand below each other in one column, their indents lost."""

    def __init__(self, year: int) -> None:
        pack = pack_for(year)
        self._specifics = {e.code.specific for e in pack.economic if isinstance(e.code, ExpenditureCode)}
        self._subprograms = {
            e.code.subprogram for e in pack.expenditure if isinstance(e.code, ExpenditureCode)
        }
        self._administrators = {
            e.code.administrator for e in pack.expenditure if isinstance(e.code, ExpenditureCode)
        }
        self._path: tuple[str, ...] = ()

    def place(self, text: str) -> tuple[str, ...]:
        """The whole code that a printed one stands for in its place."""
        parts = [part for part in _SEPARATORS.split(text) if part]
        if len(parts) == 1 and len(parts[0]) > 3 and len(parts[0]) % 3 == 0:
            parts = re.findall("...", parts[0])
        if len(parts) > 1:
            return self._whole(parts)
        self._path = self._deeper(parts[0].zfill(3))
        return self._path

    def _whole(self, parts: list[str]) -> tuple[str, ...]:
        padded = [part.zfill(3) for part in parts[:4]]
        # Three levels: the last is a specific where it can be nothing else.
        if len(padded) == 3 and padded[2] in self._specifics and padded[2] not in self._subprograms:
            padded.insert(2, "")
        if len(padded) == 4 and padded[2] == "000":
            padded[2] = ""
        return tuple(padded)

    def _deeper(self, code: str) -> tuple[str, ...]:
        path = self._path
        if not path:
            return (code,)
        # 124 is the akim's office and a specific, too: a new administrator only before any program.
        if code in self._administrators and len(path) == 1:
            return (code,)
        if len(path) == 1:
            return (path[0], code)
        if code in self._specifics and code not in self._subprograms:
            return (path[0], path[1], path[2] if len(path) > 2 else "", code)
        if code in self._subprograms and len(path) == 2:
            return (path[0], path[1], code)
        if code in self._subprograms and path[2:3] and path[2] and code > path[2]:
            return (path[0], path[1], code)
        return (path[0], code)


Role = CodePart | Measure

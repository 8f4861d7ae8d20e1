"""One sheet of a workbook: its cells read from the XML and put onto their grid."""

from __future__ import annotations

import bisect
import re
from decimal import Decimal

from akimat_desk.core.errors import InputRefused
from akimat_desk.intake.content import Cell
from akimat_desk.intake.formulas import Formulas
from akimat_desk.intake.limits import Limits
from akimat_desk.intake.numbers import (
    LAST_COLUMN,
    LAST_ROW,
    Look,
    is_number,
    moment_text,
    padded,
    place,
    plain_number,
)
from akimat_desk.intake.package import Attributes, EndHandler, StartHandler, new_parser

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
ON = frozenset({"1", "true", "on"})
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Positions of all sheets together, written or not; an unwritten one costs eight bytes.
_MOST_POSITIONS = 5_000_000
_MOST_MERGES = 100_000
# Rows looked at for all merged cells of a sheet, so that overlapping ones cannot keep us busy.
_MOST_MERGED_ROWS = 2_000_000


def for_tags(tags: dict[str, StartHandler]) -> dict[str, StartHandler]:
    """Handlers by the tag's name in either namespace of workbooks."""
    return {f"{namespace} {tag}": handler for namespace in _MAIN for tag, handler in tags.items()}


def for_end_tags(tags: dict[str, EndHandler]) -> dict[str, EndHandler]:
    """The same for end tags."""
    return {f"{namespace} {tag}": handler for namespace in _MAIN for tag, handler in tags.items()}


def cell_text(text: str, limits: Limits) -> str:
    """A stored text without Excel's escapes; a line break within it parts words (see Cell)."""
    if len(text) > limits.cell_text:
        raise InputRefused("error.intake.cell_too_long", limit=limits.cell_text)
    if "_x" in text:
        text = _ESCAPE.sub(lambda code: chr(int(code.group(1), 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text.replace("\n", " \n") if "\n" in text else text


class Values:
    """What the stored values of a workbook's cells mean."""

    def __init__(self, strings: list[str], looks: list[tuple[Look, int]], *, from_1904: bool) -> None:
        self._strings = strings
        self._looks = looks
        self._from_1904 = from_1904

    def string(self, index: str) -> str:
        """A shared text. Raises ValueError or IndexError for one that is not there."""
        number = int(index)
        if number < 0:
            raise ValueError("no text before the first")
        return self._strings[number]

    def number(self, stored: str, style: str) -> tuple[str, bool]:
        """The text of a number and whether it still is one. Raises ValueError for nonsense."""
        if not is_number(stored):
            raise ValueError(f"no number: {stored[:40]!r}")
        look, digits = Look.NUMBER, 0
        if style and self._looks:
            look, digits = self._looks[int(style)]
        if look is not Look.NUMBER:
            shown = moment_text(Decimal(stored), look, from_1904=self._from_1904)
            if shown is not None:
                return shown, False
        text = plain_number(stored)
        if digits and len(text) < digits:
            return padded(text, digits), False
        return text, True

    @staticmethod
    def day(stored: str) -> str:
        """A date that is stored as "2026-11-05" or "2026-11-05T14:30:00". Raises ValueError."""
        date, _, clock = stored.partition("T")
        year, month, day = date.split("-")
        shown = f"{int(day):02d}.{int(month):02d}.{int(year):04d}"
        return f"{shown} {clock[:5]}" if clock.strip("0:.Z") else shown


class SheetReader:
    """Follows the tags of a sheet. After the parsing :meth:`rows` gives its table."""

    def __init__(self, name: str, values: Values, limits: Limits) -> None:
        self.parser = new_parser()
        self.warnings: set[str] = set()
        self.written = 0
        self._name = name
        self._values = values
        self._limits = limits
        # Row number (from 1) -> column (from 0) -> the text and whether it is a number.
        self._grid: dict[int, dict[int, tuple[str, bool]]] = {}
        self._formulas = Formulas()
        self._merges: list[tuple[int, int, int, int]] = []
        self._hidden_columns: list[int] = []
        self._row = 0
        self._row_hidden = False
        self._cells: dict[int, tuple[str, bool]] = {}
        self._column = -1
        self._type = ""
        self._style = ""
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False
        self._reading_aid = 0

    def handlers(self) -> tuple[dict[str, StartHandler], dict[str, EndHandler]]:
        """What to call at which tag."""
        starts: dict[str, StartHandler] = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_value,
            "t": self._start_value,
            "f": self._start_formula,
            "rPh": self._start_reading_aid,
            "mergeCell": self._merge,
            "col": self._columns,
        }
        ends: dict[str, EndHandler] = {
            "row": self._end_row,
            "c": self._end_cell,
            "v": self._end_text,
            "t": self._end_text,
            "f": self._end_text,
            "rPh": self._end_reading_aid,
        }
        return for_tags(starts), for_end_tags(ends)

    def _damaged(self) -> InputRefused:
        return InputRefused("error.intake.damaged_sheet", sheet=self._name)

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = self._row + 1 if number is None else int(number)
        if not self._row < row <= LAST_ROW:
            raise self._damaged()
        self._row = row
        self._row_hidden = attributes.get("hidden", "0") in ON
        self._cells = {}
        self._column = -1

    def _end_row(self) -> None:
        if not self._cells:
            return
        self._grid[self._row] = self._cells
        self._cells = {}
        if len(self._grid) > self._limits.rows:
            raise InputRefused("error.intake.sheet_too_long", sheet=self._name, limit=self._limits.rows)
        if self._row_hidden:
            self.warnings.add("warning.intake.hidden_rows")

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        column = self._column + 1 if reference is None else place(reference)[1]
        if not self._column < column < LAST_COLUMN:
            raise self._damaged()
        self._column = column
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value.clear()
        self._formula.clear()
        self._has_formula = False

    def _start_value(self, _: Attributes) -> None:
        if not self._reading_aid:
            self.parser.CharacterDataHandler = self._value.append

    def _start_formula(self, attributes: Attributes) -> None:
        self._has_formula = True
        if attributes.get("t", "normal") == "normal":
            self.parser.CharacterDataHandler = self._formula.append

    def _end_text(self) -> None:
        self.parser.CharacterDataHandler = None

    def _start_reading_aid(self, _: Attributes) -> None:
        self._reading_aid += 1

    def _end_reading_aid(self) -> None:
        self._reading_aid -= 1

    def _end_cell(self) -> None:
        stored = "".join(self._value)
        if not stored and not self._has_formula:
            return
        text, is_figure = self._meaning(stored)
        pending = self._has_formula and not stored and self._type != "str"
        if not text and not pending:
            return
        if self._column >= self._limits.columns:
            raise InputRefused(
                "error.intake.sheet_too_wide", sheet=self._name, limit=self._limits.columns, row=self._row
            )
        self.written += 1
        if self.written > self._limits.cells:
            raise InputRefused("error.intake.too_many_cells", limit=self._limits.cells)
        self._cells[self._column] = (text, is_figure)
        if pending:
            self._formulas.add(self._row, self._column, "".join(self._formula))

    def _meaning(self, stored: str) -> tuple[str, bool]:
        """What a cell shows and whether that is a number. Raises ValueError or IndexError for nonsense."""
        if not stored:
            return "", False
        match self._type:
            case "s":
                return self._values.string(stored), False
            case "n":
                return self._values.number(stored.strip(), self._style)
            case "b":
                return ("TRUE" if stored.strip() in ON else "FALSE"), False
            case "d":
                return self._values.day(stored.strip()), False
            case "e":
                self.warnings.add("warning.intake.formula_errors")
                return cell_text(stored, self._limits), False
            case _:  # "str", "inlineStr"
                return cell_text(stored, self._limits), False

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        top, left = place(first)
        bottom, right = place(last or first)
        if len(self._merges) >= _MOST_MERGES:
            raise InputRefused("error.intake.too_complex")
        if top <= bottom and left <= right:
            self._merges.append((top, left, bottom, right))

    def _columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden", "0") in ON:
            self._hidden_columns.append(int(attributes.get("min", "1")) - 1)

    @property
    def first_row(self) -> int:
        """The number of the first row that has something in it."""
        return next(iter(self._grid), 0)

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that have something in them, a cell for each position that no merged cell covers."""
        grid = self._grid
        if self._formulas:
            computed, unknown = self._formulas.results(grid)
            for (number, column), text in computed.items():
                grid[number][column] = (text, True)
            if computed:
                self.warnings.add("warning.intake.formulas_computed")
            if unknown:
                self.warnings.add("warning.intake.formulas_without_value")
        if not grid:
            return ()
        width = max(max(cells) for cells in grid.values()) + 1
        if width * len(grid) > _MOST_POSITIONS:
            raise InputRefused("error.intake.too_many_cells", limit=self._limits.cells)
        if any(column < width for column in self._hidden_columns):
            self.warnings.add("warning.intake.hidden_rows")
        spans, covered = self._spans(width)
        empty = tuple(Cell("", column) for column in range(width))
        made: list[tuple[Cell, ...]] = []
        for position, cells in enumerate(grid.values()):
            hidden = covered.get(position, 0)
            row: list[Cell] = []
            for column in range(width):
                if hidden >> column & 1:
                    continue
                span = spans.get((position, column))
                found = cells.get(column)
                if span is not None:
                    text, is_figure = found or ("", False)
                    row.append(Cell(text, column, span[0], span[1], is_figure))
                elif found is not None:
                    row.append(Cell(found[0], column, 1, 1, found[1]))
                else:
                    row.append(empty[column])
            made.append(tuple(row))
        return tuple(made)

    def _spans(self, width: int) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[int, int]]:
        """Merged cells: (row position, column) -> (columns, rows), and row position -> covered columns.

        Covered columns are bits of a number. A row's position counts only the rows that are kept.
        """
        numbers = list(self._grid)
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        covered: dict[int, int] = {}
        looked_at = 0
        for top, left, bottom, right in self._merges:
            first = bisect.bisect_left(numbers, top)
            end = bisect.bisect_right(numbers, bottom)
            # A merged cell whose first row is blank shows nothing and moves nothing.
            if left >= width or first >= end or numbers[first] != top or (first, left) in spans:
                continue
            looked_at += end - first
            if looked_at > _MOST_MERGED_ROWS:
                raise InputRefused("error.intake.too_complex")
            right = min(right, self._limits.columns - 1)
            mask = (1 << (min(right, width - 1) + 1)) - (1 << left)
            if any(covered.get(position, 0) & mask for position in range(first, end)):
                continue  # overlapping ones are a fault of the file; the first counts
            for position in range(first, end):
                covered[position] = covered.get(position, 0) | mask
            covered[first] &= ~(1 << left)
            spans[first, left] = (right - left + 1, end - first)
        return spans, covered

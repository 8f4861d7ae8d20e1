"""Lines of a plan as printed rows: each level of the code a row of its own, sums above their parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.grounds import Grounds, PlanAt
from akimat_desk.budget.plans.sheet import EMPTY, LineKey, PlanSheet, Side
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import joined, phrase
from akimat_desk.reports.document import Align, AmountCell, Cell, Column, Row, Table, TextCell

#: The columns of the codes by form; a column without a level (the institution) stays empty.
INDIVIDUAL = ("administrator", "institution", "program", "subprogram", "specific")
ADMINISTRATOR = ("administrator", "program", "subprogram")
REQUEST = ("functional_group", *INDIVIDUAL)
ADMINISTRATOR_REQUEST = ("functional_group", "administrator", "program", "subprogram", "specific")
SUMMARY = ("functional_group", "administrator", "program")
RECEIPTS = ("category", "class_", "subclass", "specific")

_CODE_WIDTH, _YEAR_WIDTH, _MONTH_WIDTH = 4.1, 5.4, 4.75
LETTERS = 6.8  # nineteen columns on one sheet


@dataclass(slots=True)
class StairRow:
    """A printed row: where its code stands, its name, its amounts, the rows it is the sum of.

    ``within`` are the parts of the code down to the row, ``lines`` the lines that were added up in it.
    """

    column: int
    code: str
    name: Trilingual
    months: list[int]
    parts: list[int] = field(default_factory=list)
    level: int = 1
    within: tuple[tuple[str, str], ...] = ()
    lines: list[LineKey] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Behind:
    """The documents whose lines a table adds up; ``touched`` where it prints some lines of a plan only."""

    documents: tuple[int, ...]
    side: Side
    touched: bool = False

    def cell(self, row: StairRow, first: int, last: int) -> Grounds | None:
        """What months of a row rest on."""
        if not self.documents:
            return None
        if not self.touched:
            return Grounds((PlanAt(self.documents, self.side, row.within, first, last),))
        lines = tuple(PlanAt.of_code(self.documents, self.side, key.code, first, last) for key in row.lines)
        return Grounds(lines, "" if len(lines) == 1 else "provenance.formula.touched", "source.plan_changes")


def stairs(
    sheet: PlanSheet, side: Side, columns: Sequence[str], only: Iterable[LineKey] | None = None
) -> list[StairRow]:
    """The rows of a side under these code columns; lines whose months are all zero are left out.

    ``only`` names the lines that are printed instead (a certificate prints what it touches).
    """
    chosen = list(only) if only is not None else [key for key, months in sheet if any(months)]
    rows: list[StairRow] = []
    open_: dict[tuple[str, ...], int] = {}
    for key in chosen:
        if key.side is not side:
            continue
        parts = [(column, getattr(key.code, name, "")) for column, name in enumerate(columns)]
        path: tuple[str, ...] = ()
        above: int | None = None
        for column, part in parts:
            if not part:
                continue
            path = (*path, f"{column}:{part}")
            if path not in open_:
                open_[path] = len(rows)
                name = _name(key.code, columns, column, sheet)
                within = tuple(
                    (each, getattr(key.code, each))
                    for each in columns[: column + 1]
                    if hasattr(key.code, each)
                )
                rows.append(StairRow(column, part, name, list(EMPTY), [], len(path), within))
                if above is not None:
                    rows[above].parts.append(open_[path])
            above = open_[path]
            months = sheet.months(key)
            rows[above].months = [a + b for a, b in zip(rows[above].months, months, strict=True)]
            rows[above].lines.append(key)
    return rows


def _name(code: Code, columns: Sequence[str], column: int, sheet: PlanSheet) -> Trilingual:
    """The name of a code cut at a column; a code of the office's own keeps the name it was given."""
    cut: Code
    if isinstance(code, RevenueCode):
        cut = RevenueCode(*code.parts[: column + 1])
    elif columns[column] == "functional_group":
        cut = ExpenditureCode(code.functional_group)
    else:
        kept = {name: getattr(code, name) for name in columns[: column + 1] if hasattr(code, name)}
        cut = ExpenditureCode(
            **{**kept, "functional_group": code.functional_group, "subgroup": code.subgroup}
        )
    own = sheet.names.get(code) if cut == code or columns[column] == "specific" else None
    entry = pack_for(sheet.year).lookup(cut)
    return own or (entry.name if entry is not None else Trilingual())


def stairs_table(
    rows: Sequence[StairRow],
    columns: Sequence[str],
    languages: Sequence[Language],
    behind: Behind,
    *,
    name_first: bool = False,
    current: int | None = None,
    sheet_name: str = "",
) -> Table:
    """The table of a form: codes, name, year, twelve months, and the total as the last row.

    ``current`` is the month (1–12) of a certificate: its cell counts from January, the months before
    it are left empty. ``name_first`` puts the name before the codes, as certificates do.
    """
    codes = [TextCell(phrase(languages, f"report.plan.head.{name}")) for name in columns]
    name = TextCell(phrase(languages, "report.plan.head.name"))
    months = [TextCell(_month_head(languages, month, current)) for month in range(1, 13)]
    year = TextCell(phrase(languages, "report.plan.head.year"))
    first = (name, *codes) if name_first else (*codes, name)
    head = (*first, year, *months)
    tops = [number for number, row in enumerate(rows) if row.level == 1]
    printed = [
        Row(
            cells=(
                *_words(row, columns, languages, name_first=name_first),
                *_amounts(row, row.parts, current, behind),
            ),
            bold=row.level == 1,
            level=row.level,
        )
        for row in rows
    ]
    whole = [sum(rows[number].months[month] for number in tops) for month in range(12)]
    every = [line for number in tops for line in rows[number].lines]
    total = StairRow(0, "", Trilingual(), whole, lines=every)
    words = TextCell(phrase(languages, "report.plan.total"))
    label: tuple[Cell, ...] = (
        (words, *(TextCell("") for _ in columns)) if name_first else (*(TextCell("") for _ in columns), words)
    )
    printed.append(Row(cells=(*label, *_amounts(total, tops, current, behind)), bold=True, level=0))
    name_width = 100 - len(columns) * _CODE_WIDTH - _YEAR_WIDTH - 12 * _MONTH_WIDTH
    named = Column(max(name_width, 10.0), Align.LEFT)
    coded = tuple(Column(_CODE_WIDTH, Align.CENTRE) for _ in columns)
    return Table(
        columns=(
            *((named, *coded) if name_first else (*coded, named)),
            Column(_YEAR_WIDTH, Align.RIGHT),
            *(Column(_MONTH_WIDTH, Align.RIGHT) for _ in range(12)),
        ),
        head=(head, tuple(TextCell(str(number)) for number in range(1, len(head) + 1))),
        rows=tuple(printed),
        unit=phrase(languages, "report.plan.unit"),
        name=sheet_name,
        letters=LETTERS,
    )


def _words(
    row: StairRow, columns: Sequence[str], languages: Sequence[Language], *, name_first: bool
) -> tuple[Cell, ...]:
    codes = [TextCell(row.code if column == row.column else "") for column in range(len(columns))]
    name = TextCell(joined(languages, row.name.text))
    return (name, *codes) if name_first else (*codes, name)


def _amounts(row: StairRow, parts: Sequence[int], current: int | None, behind: Behind) -> list[AmountCell]:
    cells = [AmountCell(sum(row.months), tuple(parts), grounds=behind.cell(row, 1, 12))]
    for month in range(1, 13):
        if current is not None and month < current:
            cells.append(AmountCell(None))
            continue
        first = 1 if month == current else month
        amount = sum(row.months[first - 1 : month])
        cells.append(AmountCell(amount, tuple(parts), grounds=behind.cell(row, first, month)))
    return cells


def month_name(languages: Sequence[Language], month: int) -> str:
    """A month as the head of a column."""
    return joined(languages, lambda each: text(f"plan.month.{month}", each).capitalize())


def _month_head(languages: Sequence[Language], month: int, current: int | None) -> str:
    if month != current:
        return month_name(languages, month)
    return joined(
        languages,
        lambda each: text(
            "report.plan.head.cumulative", each, month=text(f"plan.month.{month}", each).capitalize()
        ),
    )

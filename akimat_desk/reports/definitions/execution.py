"""The report on execution of the budget (Budget Code art. 120): the official columns, line by line.

Amounts are exact to the tiyn, so that every sum of the workbook is a living formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from akimat_desk.budget.execution.table import DEPTH, ExecutionRow, ExecutionTable, PlanSource
from akimat_desk.budget.execution.table import Column as Amount
from akimat_desk.budget.figures import Figure
from akimat_desk.core import dates
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Side,
    Signer,
    joined,
    passage,
    phrase,
    signatures,
)
from akimat_desk.reports.definitions.execution_grounds import (
    cell_grounds,
    deviation_grounds,
    period_grounds,
    year_grounds,
)
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Cell,
    Column,
    Heading,
    PercentCell,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
    Tone,
)

_AMOUNTS = tuple(Amount)
_HEADS = ("code", "name", *(column.value for column in _AMOUNTS), "of_period", "of_year")
_WIDTHS = (9.0, 24.0, *(9.6,) * len(_AMOUNTS), 5.6, 5.6)
_LETTERS = 7.5
_YEAR_END = 12


@dataclass(frozen=True, slots=True)
class ExecutionPaper:
    """What the report prints beside the figures. ``reasons`` are by stored code."""

    unit: ReportUnit
    signers: Sequence[Signer] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    off_plan_only: bool = False


def execution_report(table: ExecutionTable, paper: ExecutionPaper, language: DocLanguage) -> ReportDocument:
    """The report of a month, cumulative; of December the report of the year."""
    languages = language.languages
    title = joined(languages, lambda each: report_title(table, paper.unit, each))
    rows = off_plan_rows(table) if paper.off_plan_only else list(table.rows)
    blocks: list[Block] = [
        *passage(languages, lambda each: _opening(table, paper, each)),
        execution_table_block(rows, table, languages),
        *passage(languages, lambda each: _notes(table, each)),
        *reasons_block(table, paper.reasons, languages),
        *signatures(languages, paper.signers),
    ]
    return ReportDocument(
        id="execution",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=True,
        subject=f"{joined(languages, paper.unit.name.text)}, {table.month}",
        footer=title,
    )


def report_title(table: ExecutionTable, unit: ReportUnit, language: Language) -> str:
    """ "… for January–October 2026", of December "… for 2026"."""
    month, year = table.month.month, table.month.year
    fields = {"unit": unit.genitive.text(language), "year": year}
    if month == _YEAR_END:
        return text("report.execution.title.year", language, **fields)
    span = text(f"report.execution.span.{month}", language)
    return text("report.execution.title.month", language, **fields, span=span)


def as_of_text(table: ExecutionTable, language: Language) -> str:
    """The day that the report speaks of: the 1st of the month after it."""
    day = table.month.last_day + dt.timedelta(days=1)
    said = dates.of_decision(day, language) if language is Language.KK else dates.long(day, language)
    return text("report.execution.as_of", language, day=said)


def _opening(table: ExecutionTable, paper: ExecutionPaper, language: Language) -> Side:
    lines: list[Heading | Text] = [
        Heading(report_title(table, paper.unit, language)),
        Text(as_of_text(table, language), align=Align.CENTRE),
    ]
    if paper.off_plan_only:
        lines.append(Text(text("report.execution.only_off_plan", language), align=Align.CENTRE))
    return lines


def off_plan_rows(table: ExecutionTable) -> list[ExecutionRow]:
    """The lines whose fact is not the plan for the period, with the totals above them."""
    off = {(row.section, row.code) for row in table.off_plan()}
    return [row for row in table.rows if row.level == 0 or (row.section, row.code) in off]


def execution_table_block(
    rows: Sequence[ExecutionRow], table: ExecutionTable, languages: Sequence[Language]
) -> Table:
    """The rows under the official heads and their numbers."""
    heads = tuple(TextCell(phrase(languages, f"report.execution.head.{head}")) for head in _HEADS)
    numbers = tuple(TextCell(str(number)) for number in range(1, len(_HEADS) + 1))
    columns = tuple(
        Column(width, Align.LEFT if head in ("code", "name") else Align.RIGHT)
        for head, width in zip(_HEADS, _WIDTHS, strict=True)
    )
    parts = _parts_of(rows)
    return Table(
        columns=columns,
        head=(heads, numbers),
        rows=tuple(_row(row, parts.get(place, _NO_SUM), table, languages) for place, row in enumerate(rows)),
        unit=phrase(languages, "report.execution.unit"),
        name=phrase(languages, "report.execution.sheet"),
        letters=_LETTERS,
    )


def _row(row: ExecutionRow, parts: _Sum, table: ExecutionTable, languages: Sequence[Language]) -> Row:
    plus, minus = parts
    cells: list[Cell] = [
        TextCell(str(row.parsed_code or "")),
        TextCell(joined(languages, lambda each: row_name(row, each))),
        *(
            AmountCell(row.amount(column), plus, minus, grounds=cell_grounds(row, column, table))
            for column in _AMOUNTS
        ),
        PercentCell(_shown(row.of_period), period_grounds(row, table)),
        PercentCell(_shown(row.of_year), year_grounds(row, table)),
    ]
    return Row(
        tuple(cells), bold=row.level == 0 or (row.level == 1 and row.section in DEPTH), level=row.level
    )


def row_name(row: ExecutionRow, language: Language) -> str:
    """A line's name; of a figure of the structure as the annexes print it."""
    if row.figure is not None:
        return text(f"report.annex.row.{row.figure.value}", language)
    return row.name.text(language)


#: The rows that a row is the sum of, and those that are taken away.
_Sum = tuple[tuple[int, ...], tuple[int, ...]]
_NO_SUM: _Sum = ((), ())
_TAKEN_AWAY = frozenset({Figure.CREDIT_REPAYMENTS, Figure.FIN_ASSETS_SALE, Figure.LOANS_REPAID})


def _parts_of(rows: Sequence[ExecutionRow]) -> dict[int, _Sum]:
    """The rows that each row is made of: those directly below it, of the deficit article 9's figures."""
    plus: dict[int, list[int]] = {}
    minus: dict[int, list[int]] = {}
    above: list[tuple[int, ExecutionRow]] = []
    for place, row in enumerate(rows):
        while above and not _is_below(row, above[-1][1]):
            above.pop()
        if above:
            side = minus if row.figure in _TAKEN_AWAY else plus
            side.setdefault(above[-1][0], []).append(place)
        above.append((place, row))
    made = {place: (tuple(plus.get(place, ())), tuple(minus.get(place, ()))) for place in {**plus, **minus}}
    at = {row.figure: place for place, row in enumerate(rows) if row.figure is not None}
    less = (Figure.COSTS, Figure.NET_LENDING, Figure.FIN_ASSETS_BALANCE)
    if Figure.DEFICIT in at and Figure.REVENUE_TOTAL in at:
        made[at[Figure.DEFICIT]] = (
            (at[Figure.REVENUE_TOTAL],),
            tuple(at[figure] for figure in less if figure in at),
        )
    return made


def _is_below(row: ExecutionRow, other: ExecutionRow) -> bool:
    if row.section is not other.section:
        return False
    return other.level == 0 or row.code.startswith(f"{other.code}/")


def _shown(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _notes(table: ExecutionTable, language: Language) -> Side:
    lines: list[Heading | Text] = []
    if table.plan_source is not PlanSource.PLAN:
        lines.append(
            Text(text(f"report.execution.plan_source.{table.plan_source.value}", language), Tone.NOTE)
        )
    for kind in table.missing:
        said = text(f"form.kind.{kind.value}", language)
        lines.append(Text(text("report.execution.missing", language, form=said), Tone.NOTE))
    return lines


def reasons_block(
    table: ExecutionTable, reasons: Mapping[str, str], languages: Sequence[Language]
) -> list[Block]:
    """Why lines are off their plan, in the office's own words."""
    told = [row for row in table.rows if row.code in reasons]
    if not told:
        return []
    heads = ("code", "name", "deviation", "reason")
    rows = tuple(
        Row(
            (
                TextCell(str(row.parsed_code or "")),
                TextCell(joined(languages, lambda each, row=row: row_name(row, each))),  # type: ignore[misc]
                AmountCell(row.off_plan, signed=True, grounds=deviation_grounds(row, table)),
                TextCell(reasons[row.code]),
            )
        )
        for row in told
    )
    return [
        Heading(phrase(languages, "report.execution.reasons"), level=2),
        Table(
            columns=(Column(10.0), Column(34.0), Column(14.0, Align.RIGHT), Column(42.0)),
            head=(tuple(TextCell(phrase(languages, f"report.execution.head.{head}")) for head in heads),),
            rows=rows,
            unit=phrase(languages, "report.execution.unit"),
            name=phrase(languages, "report.execution.reasons_sheet"),
        ),
    ]

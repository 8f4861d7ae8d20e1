"""The annual report on execution (Budget Code art. 121, 127) as a draft to be finished in Word.

Everything that the forms and documents know is filled in; what only the office knows (arrears, results
of programs, the participatory budget) is a line to write on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from akimat_desk.budget.execution.outlook import YearChange
from akimat_desk.budget.execution.table import Column, ExecutionRow, ExecutionTable, share
from akimat_desk.budget.figures import Section
from akimat_desk.core import dates
from akimat_desk.core.language import Language
from akimat_desk.core.money import to_step
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.annual_parts import (
    AnnualFacts,
    agreement,
    arrears_table,
    changes_table,
    needs_reason,
    note_facts,
    participatory,
    results_table,
    special_receipts,
)
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Side,
    Signer,
    joined,
    passage,
    phrase,
    signatures,
    thousands,
)
from akimat_desk.reports.definitions.execution import execution_table_block, row_name
from akimat_desk.reports.definitions.execution_grounds import (
    cell_grounds,
    standing_grounds,
    year_grounds,
)
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Heading,
    PercentCell,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
    Tone,
)
from akimat_desk.reports.document import Column as TableColumn
from akimat_desk.reports.grid import shown_decimal


@dataclass(frozen=True, slots=True)
class YearPaper:
    """What the annual report prints beside the figures. ``before`` are last year's executed amounts by
    the codes of this year; ``reasons`` are by stored code."""

    unit: ReportUnit
    signers: Sequence[Signer] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[tuple[Section, str], int] = field(default_factory=dict)
    changes: Sequence[YearChange] = ()
    facts: AnnualFacts = field(default_factory=AnnualFacts)


def annual_report(table: ExecutionTable, paper: YearPaper, language: DocLanguage) -> ReportDocument:
    """The draft of the annual report of ``table``'s year."""
    languages = language.languages
    title = joined(languages, lambda each: _title(table, paper, each))
    blocks: list[Block] = [
        *passage(
            languages,
            lambda each: [Heading(_title(table, paper, each)), agreement(table, paper.facts, each)],
        ),
        *_part(languages, "points"),
        _points(table, languages),
        *_part(languages, "annexes"),
        execution_table_block(table.rows, table, languages),
        *_part(languages, "receipts"),
        *passage(languages, lambda each: _receipts(table, paper, each)),
        arrears_table(table, languages),
        *_part(languages, "programs"),
        *passage(languages, lambda each: _programs(table, paper, each)),
        *([changes] if (changes := changes_table(table, languages)) is not None else []),
        *passage(languages, lambda each: [Text(text("report.annual.fill.results", each), Tone.NOTE)]),
        results_table(table, languages),
        *passage(languages, lambda each: _after_programs(table, paper, each)),
        *_part(languages, "note"),
        *passage(languages, lambda each: _note(table, paper, each)),
        *signatures(languages, paper.signers),
    ]
    return ReportDocument(
        id="execution_year",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=True,
        subject=f"{joined(languages, paper.unit.name.text)}, {table.month.year}",
        footer=title,
    )


def _title(table: ExecutionTable, paper: YearPaper, language: Language) -> str:
    unit = paper.unit.genitive.text(language)
    return text("report.annual.title", language, unit=unit, year=table.month.year)


def _part(languages: Sequence[Language], name: str) -> list[Block]:
    return [Heading(phrase(languages, f"report.annual.part.{name}"), level=2)]


def _points(table: ExecutionTable, languages: Sequence[Language]) -> Table:
    """The figures of the decision's first point: the totals, and receipts by category."""
    rows = [
        row for row in table.rows if row.level == 0 or (row.level == 1 and row.section is Section.REVENUE)
    ]
    heads = ("name", "approved", "adjusted", "executed", "of_year")
    return Table(
        columns=(TableColumn(44.0), *(TableColumn(14.0, Align.RIGHT),) * 4),
        head=(tuple(TextCell(phrase(languages, f"report.execution.head.{head}")) for head in heads),),
        rows=tuple(
            Row(
                (
                    TextCell(joined(languages, lambda each, row=row: row_name(row, each))),  # type: ignore[misc]
                    *(
                        AmountCell(row.amount(column), grounds=cell_grounds(row, column, table))
                        for column in (Column.APPROVED, Column.ADJUSTED, Column.EXECUTED)
                    ),
                    PercentCell(None if row.of_year is None else str(row.of_year), year_grounds(row, table)),
                ),
                bold=row.level == 0,
                level=row.level,
            )
            for row in rows
        ),
        unit=phrase(languages, "report.execution.unit"),
        name=phrase(languages, "report.annual.part.points"),
    )


def _receipts(table: ExecutionTable, paper: YearPaper, language: Language) -> Side:
    lines: list[Heading | Text] = []
    for row in _of_level(table, Section.REVENUE, 3):
        said = _standing(row, "receipt", language)
        before = paper.before.get((row.section, row.code))
        done = row.amount(Column.EXECUTED)
        if before and done is not None:
            percent = share(done, before)
            said += " " + text(
                "report.annual.last_year",
                language,
                year=table.month.year - 1,
                amount=thousands(to_step(before), language),
                percent=shown_decimal(str(percent)),
            )
        lines.append(Text(said, grounds=year_grounds(row, table)))
    lines.append(Text(text("report.annual.fill.arrears", language), Tone.NOTE))
    return lines


def _programs(table: ExecutionTable, paper: YearPaper, language: Language) -> Side:
    lines: list[Heading | Text] = []
    for row in _of_level(table, Section.EXPENDITURE, 4):
        said = _standing(row, "program", language)
        reason = paper.reasons.get(row.code, "")
        if reason or needs_reason(row):
            said += " " + text(
                "report.annual.reason", language, reason=reason or text("report.annual.blank", language)
            )
        lines.append(Text(said, grounds=year_grounds(row, table)))
    for change in paper.changes:
        day = dates.short(change.date) if change.date is not None else "–"
        lines.append(
            Text(text(f"report.annual.change.{change.kind}", language, number=change.number or "–", date=day))
        )
    return lines


def _after_programs(table: ExecutionTable, paper: YearPaper, language: Language) -> Side:
    return [
        *special_receipts(table, language),
        *participatory(table, paper.facts, language),
        Text(text("report.annual.fill.statements", language), Tone.NOTE),
    ]


def _note(table: ExecutionTable, paper: YearPaper, language: Language) -> Side:
    receipts, costs = table.row(Section.REVENUE), table.row(Section.EXPENDITURE)
    lines: list[Heading | Text] = []
    if receipts is not None and costs is not None:
        fields = {
            "unit": paper.unit.genitive.text(language),
            "year": table.month.year,
            "received": _money(receipts.amount(Column.EXECUTED), language),
            "received_percent": _percent(receipts),
            "paid": _money(costs.amount(Column.EXECUTED), language),
            "paid_percent": _percent(costs),
        }
        lines.append(Text(text("report.annual.note", language, **fields), grounds=standing_grounds(table)))
    lines += note_facts(table, paper.facts, language)
    lines.append(Text(text("report.annual.fill.note", language), Tone.NOTE))
    return lines


def _of_level(table: ExecutionTable, section: Section, level: int) -> list[ExecutionRow]:
    return [row for row in table.rows if row.section is section and row.level == level]


def _standing(row: ExecutionRow, what: str, language: Language) -> str:
    plan, done = row.amount(Column.ADJUSTED), row.amount(Column.EXECUTED)
    left = None if plan is None or done is None else plan - done
    way = "exact" if not left else "less" if left > 0 else "more"
    return text(
        f"report.annual.{what}.{way}",
        language,
        name=row.name.text(language),
        plan=_money(plan, language),
        done=_money(done, language),
        percent=_percent(row),
        off=_money(None if left is None else abs(left), language),
    )


def _money(tiyn: int | None, language: Language) -> str:
    return "–" if tiyn is None else thousands(to_step(tiyn), language)


def _percent(row: ExecutionRow) -> str:
    return "–" if row.of_year is None else shown_decimal(str(row.of_year))

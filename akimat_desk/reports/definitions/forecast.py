"""The forecast of the year's end as a paper: both totals with their charts, every line, early warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from akimat_desk.budget.execution.outlook import Outlook, OutlookLine
from akimat_desk.budget.execution.table import Column, ExecutionTable, share
from akimat_desk.budget.execution.words import (
    error_text,
    line_name,
    method_name,
    off_plan,
)
from akimat_desk.budget.figures import Section
from akimat_desk.budget.grounds import Grounds
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up, to_step
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit, Side, joined, passage, phrase
from akimat_desk.reports.definitions.execution import as_of_text
from akimat_desk.reports.definitions.execution_grounds import cell_grounds, year_grounds
from akimat_desk.reports.definitions.forecast_charts import forecast_chart
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

_RULE = "source.forecast"
_METHOD_HEADS = ("method", "expected", "off", "of_plan", "error", "tried")
_LINE_HEADS = ("code", "name", "plan", "executed", "expected", "off", "of_plan", "method", "error")


def forecast_report(ahead: Outlook, unit: ReportUnit, language: DocLanguage) -> ReportDocument:
    """The forecast by the end of ``ahead``'s month."""
    languages = language.languages
    title = joined(languages, lambda each: _title(ahead, unit, each))
    blocks: list[Block] = [*passage(languages, lambda each: _opening(ahead, unit, each))]
    for section in (Section.REVENUE, Section.EXPENDITURE):
        line = ahead.line(section)
        if line is None or line.best is None:
            continue
        blocks += [
            Heading(joined(languages, lambda each, line=line: line_name(line, each)), level=2),  # type: ignore[misc]
            forecast_chart(ahead, line, languages),
            _methods(line, ahead.table, languages),
        ]
    blocks += [
        Heading(phrase(languages, "report.forecast.lines"), level=2),
        _lines(ahead, languages),
        *passage(languages, lambda each: _warnings(ahead, each)),
    ]
    return ReportDocument(
        id="forecast",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=True,
        subject=f"{joined(languages, unit.name.text)}, {ahead.table.month}",
        footer=title,
    )


def _title(ahead: Outlook, unit: ReportUnit, language: Language) -> str:
    year = ahead.table.month.year
    return text("report.forecast.title", language, unit=unit.genitive.text(language), year=year)


def _opening(ahead: Outlook, unit: ReportUnit, language: Language) -> Side:
    years = ", ".join(str(year) for year in ahead.years)
    rests = "report.forecast.rests_on" if years else "report.forecast.first_year"
    chosen = (
        text("report.forecast.chosen_by_error", language)
        if ahead.method is None
        else text("report.forecast.chosen", language, method=method_name(ahead.method, language))
    )
    return [
        Heading(_title(ahead, unit, language)),
        Text(as_of_text(ahead.table, language), align=Align.CENTRE),
        Text(f"{text(rests, language, years=years)} {chosen}", Tone.NOTE),
    ]


def _expected(line: OutlookLine, table: ExecutionTable) -> Grounds | None:
    """What an expected amount is reckoned from: what was executed, and the budget it is set against."""
    found = year_grounds(line.row, table)
    return None if found is None else replace(found, formula="provenance.formula.forecast", rule=_RULE)


def _methods(line: OutlookLine, table: ExecutionTable, languages: Sequence[Language]) -> Table:
    """Every method beside each other: what it expects and the error it had."""
    rests, missed = _expected(line, table), Grounds((), "provenance.formula.forecast_error", _RULE)
    plan = line.row.amount(Column.ADJUSTED)
    rows = []
    for said in line.said:
        percent = share(said.amount, plan)
        off = off_plan(line, said)
        rows.append(
            Row(
                (
                    TextCell(joined(languages, lambda each, said=said: method_name(said.method, each))),  # type: ignore[misc]
                    AmountCell(to_step(said.amount), grounds=rests),
                    AmountCell(None if off is None else to_step(off), signed=True, grounds=rests),
                    PercentCell(None if percent is None else str(percent), rests),
                    PercentCell(None if said.error is None else str(half_up(said.error * 100, 1)), missed),
                    TextCell(str(said.tried)),
                ),
                level=1,
            )
        )
    return _table(_METHOD_HEADS, (34, 18, 16, 12, 12, 12), rows, languages, line_name(line, languages[0]))


def _lines(ahead: Outlook, languages: Sequence[Language]) -> Table:
    rows = []
    for line in ahead.lines:
        chosen, rests = line.chosen(ahead.method), _expected(line, ahead.table)
        plan = line.row.amount(Column.ADJUSTED)
        percent = share(chosen.amount, plan) if chosen is not None else None
        off = off_plan(line, chosen) if chosen is not None else None
        how = "" if chosen is None else joined(languages, lambda each, m=chosen.method: method_name(m, each))  # type: ignore[misc]
        rows.append(
            Row(
                (
                    TextCell(str(line.row.parsed_code or "")),
                    TextCell(joined(languages, lambda each, line=line: line_name(line, each))),  # type: ignore[misc]
                    AmountCell(plan, grounds=cell_grounds(line.row, Column.ADJUSTED, ahead.table)),
                    AmountCell(
                        line.row.amount(Column.EXECUTED),
                        grounds=cell_grounds(line.row, Column.EXECUTED, ahead.table),
                    ),
                    AmountCell(None if chosen is None else to_step(chosen.amount), grounds=rests),
                    AmountCell(None if off is None else to_step(off), signed=True, grounds=rests),
                    PercentCell(None if percent is None else str(percent), rests),
                    TextCell(how),
                    TextCell("" if chosen is None else error_text(chosen.error)),
                ),
                bold=line.row.level <= 1,
                level=line.row.level,
            )
        )
    name = phrase(languages, "report.forecast.lines")
    return _table(_LINE_HEADS, (11, 30, 12, 12, 12, 11, 8, 16, 8), rows, languages, name)


def _warnings(ahead: Outlook, language: Language) -> Side:
    said: list[Heading | Text] = [Heading(text("report.forecast.warnings", language), level=2)]
    found = ahead.warnings()
    for finding in found:
        fix = finding.fix(language)
        said.append(Text(" ".join(filter(None, (finding.message(language), fix))), Tone.FINDING_WARNING))
    if not found:
        said.append(Text(text("report.forecast.no_warnings", language)))
    return said


def _table(
    heads: Sequence[str], widths: Sequence[int], rows: list[Row], languages: Sequence[Language], name: str
) -> Table:
    words = ("code", "name", "method")
    return Table(
        columns=tuple(
            TableColumn(width, Align.LEFT if head in words else Align.RIGHT)
            for head, width in zip(heads, widths, strict=True)
        ),
        head=(tuple(TextCell(phrase(languages, f"report.forecast.head.{head}")) for head in heads),),
        rows=tuple(rows),
        unit=phrase(languages, "report.execution.unit"),
        name=name,
    )

"""Scenarios of the what-if beside each other on paper: the same table and chart as in the window."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from akimat_desk.budget.ratio.side_by_side import Cell as Made
from akimat_desk.budget.ratio.side_by_side import Column as Beside
from akimat_desk.budget.ratio.side_by_side import LineRow, SideBySide, SummaryRow
from akimat_desk.budget.ratio.words import beside_sentence
from akimat_desk.budget.ratio.written import hundredths_text
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up, to_step
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit, Side, joined, passage, phrase
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Heading,
    PercentCell,
    ReportDocument,
    Row,
    Series,
    Table,
    Text,
    TextCell,
    Tone,
)

_AT_ONCE = 3  # scenarios that a table has room for


def scenarios_report(beside: SideBySide, unit: ReportUnit, language: DocLanguage) -> ReportDocument:
    """What each scenario comes to, the chart, the lines with amounts and each lever's own effect."""
    languages = language.languages
    title = joined(languages, lambda each: _title(beside, unit, each))
    places = list(range(len(beside.columns)))
    return ReportDocument(
        id="ratio_scenarios",
        title=title,
        language=languages[0],
        blocks=[
            *passage(languages, lambda each: _opening(beside, unit, each)),
            scenarios_chart(beside, languages),
            *_tables(beside, places, languages),
            *passage(languages, lambda each: [Text(text("report.scenarios.note", each), Tone.SMALL)]),
        ],
        landscape=True,
        subject=f"{joined(languages, unit.name.text)}, {beside.ground.year}",
        footer=title,
    )


def scenarios_chart(beside: SideBySide, languages: Sequence[Language]) -> Chart:
    """The ratio as it is and by each scenario, against the target line."""
    shares = [beside.now.percent, *(column.outcome.percent for column in beside.columns)]
    target = beside.ground.target_percent
    names = [f"{place}. {column.scenario.name}" for place, column in enumerate(beside.columns, 1)]
    return Chart(
        ChartKind.BARS_WITH_LINE,
        phrase(languages, "report.scenarios.chart"),
        (phrase(languages, "report.whatif.now"), *names),
        (
            Series(
                phrase(languages, "ratio.chart.ratio"),
                tuple(None if share is None else str(half_up(share, 1)) for share in shares),
            ),
            Series(
                phrase(languages, "ratio.chart.target"),
                (None if target is None else str(target),) * len(shares),
                line=True,
                labelled=False,
            ),
        ),
        text_equivalent=joined(
            languages,
            lambda each: " ".join(beside_sentence(n, column, each) for n, column in _numbered(beside)),
        ),
    )


def _numbered(beside: SideBySide) -> list[tuple[int, Beside]]:
    return list(enumerate(beside.columns, 1))


def _title(beside: SideBySide, unit: ReportUnit, language: Language) -> str:
    fields = {"unit": unit.name.text(language), "year": beside.ground.year}
    return text("report.scenarios.title", language, **fields)


def _opening(beside: SideBySide, unit: ReportUnit, language: Language) -> Side:
    said: list[Heading | Text] = [
        Heading(_title(beside, unit, language)),
        Text(f"{text(beside.variant.formula_key, language)}.", bold=True),
        Text(text("report.ratio.no_official_formula", language), Tone.SMALL),
    ]
    for place, column in _numbered(beside):
        if column.scenario.note:
            said.append(Text(f"{place}. {column.scenario.name}: {column.scenario.note}"))
    return said


def _tables(beside: SideBySide, places: Sequence[int], languages: Sequence[Language]) -> list[Block]:
    parts = [places[start : start + _AT_ONCE] for start in range(0, len(places), _AT_ONCE)]
    return [_table(beside, shown, languages) for shown in parts]


def _table(beside: SideBySide, shown: Sequence[int], languages: Sequence[Language]) -> Table:
    columns = [Column(11), Column(30), Column(12, Align.RIGHT)]
    upper = [
        TextCell(phrase(languages, f"report.whatif.head.{name}"), rowspan=2)
        for name in ("code", "line", "before")
    ]
    lower = []
    for place in shown:
        columns += [Column(12, Align.RIGHT), Column(9, Align.RIGHT)]
        upper.append(TextCell(f"{place + 1}. {beside.columns[place].scenario.name}", colspan=2))
        lower += [
            TextCell(phrase(languages, f"report.scenarios.head.{name}")) for name in ("amount", "points")
        ]
    rows = [_line(row, shown, languages) for row in beside.rows]
    rows += [_summary(row, shown, languages) for row in beside.summary()]
    return Table(
        columns=tuple(columns),
        head=(tuple(upper), tuple(lower)),
        rows=tuple(rows),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, "report.scenarios.sheet"),
    )


def _line(row: LineRow, shown: Sequence[int], languages: Sequence[Language]) -> Row:
    cells: list[Cell] = [
        TextCell(str(row.line.code)),
        TextCell(joined(languages, row.line.name.text)),
        AmountCell(row.line.amount),
    ]
    for place in shown:
        cells += _cells(row.cells[place])
    return Row(tuple(cells), level=1)


def _cells(made: Made | None) -> tuple[Cell, Cell]:
    if made is None:
        return AmountCell(None), TextCell("")
    return AmountCell(made.amount), TextCell(
        "" if made.hundredths is None else hundredths_text(made.hundredths)
    )


def _summary(row: SummaryRow, shown: Sequence[int], languages: Sequence[Language]) -> Row:
    made: list[Cell] = [TextCell(""), TextCell(phrase(languages, row.name)), _value(row.now)]
    for place in shown:
        points = row.hundredths[place]
        made += [_value(row.each[place]), TextCell("" if points is None else hundredths_text(points))]
    return Row(tuple(made), bold=True)


def _value(value: int | Fraction | None) -> Cell:
    if isinstance(value, Fraction):
        return PercentCell(str(half_up(value, 1)))
    return AmountCell(None if value is None else to_step(value))

"""The chart of a forecast, once for window, PDF and workbook, with what it shows in words.

Bars are what was executed by the end of each month and, hatched, what is expected; lines are the
financing plan and the course of the year before. Everything runs on from 1 January.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from akimat_desk.budget.execution.forecast import MONTHS, by_month, months_to_come
from akimat_desk.budget.execution.outlook import Outlook, OutlookLine
from akimat_desk.budget.execution.words import forecast_sentences, line_name
from akimat_desk.core.language import Language
from akimat_desk.core.money import TIYN_PER_THOUSAND
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import joined, phrase
from akimat_desk.reports.document import Chart, ChartKind, Series

#: From this many tiyn on amounts are drawn in million tenge: longer numbers would not fit over the bars.
_MILLIONS_FROM = 10_000 * TIYN_PER_THOUSAND


def forecast_chart(ahead: Outlook, line: OutlookLine, languages: Sequence[Language]) -> Chart:
    """The year of a line: executed, expected by the chosen method, planned, the year before."""
    year, month = ahead.table.month.year, ahead.table.month.month
    own = {at: amount for at, amount in line.courses.get(year, {}).items() if at <= month}
    history = {each: course for each, course in line.courses.items() if each < year}
    chosen = line.chosen(ahead.method)
    coming = months_to_come(chosen.method, history, year, own, month) if chosen is not None else {}
    before = history.get(year - 1, {})
    last = {at: by_month(before, at) for at in range(1, MONTHS + 1)} if MONTHS in before else {}
    planned = dict(enumerate(line.planned, start=1))
    largest = max((abs(v) for each in (own, coming, planned, last) for v in each.values()), default=0)
    power = 3 if largest >= _MILLIONS_FROM else 0
    drawn = (("executed", own, False), ("expected", coming, False), ("planned", planned, True))
    series = [
        Series(
            phrase(languages, f"forecast.chart.{name}", year=year - 1),
            _values(amounts, power),
            line=is_line,
            labelled=not is_line,
        )
        for name, amounts, is_line in (*drawn, ("last_year", last, True))
    ]
    unit = phrase(languages, f"forecast.chart.unit.{power}")
    return Chart(
        ChartKind.BARS_WITH_LINE,
        joined(languages, lambda each: _title(line, each, power)),
        tuple(phrase(languages, f"forecast.chart.month.{at}") for at in range(1, MONTHS + 1)),
        tuple(each for each in series if any(value is not None for value in each.values)),
        unit=unit,
        text_equivalent=joined(languages, lambda each: " ".join(_words(ahead, line, each))),
    )


def _values(amounts: dict[int, int], power: int) -> tuple[str | None, ...]:
    """Amounts by month in thousands (or millions) with one decimal, as they stand over the bars."""
    step = TIYN_PER_THOUSAND * 10**power
    return tuple(
        None if at not in amounts else str((Decimal(amounts[at]) / step).quantize(Decimal("0.1")))
        for at in range(1, MONTHS + 1)
    )


def _title(line: OutlookLine, language: Language, power: int) -> str:
    unit = text(f"forecast.chart.unit.{power}", language)
    return text("forecast.chart.title", language, name=line_name(line, language), unit=unit)


def _words(ahead: Outlook, line: OutlookLine, language: Language) -> list[str]:
    return [f"{line_name(line, language)}.", *forecast_sentences(line, ahead.method, language)]

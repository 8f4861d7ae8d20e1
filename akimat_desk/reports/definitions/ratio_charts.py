"""The charts of the ratio, once for window, PDF and workbook, each with what it shows in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from akimat_desk.budget.ratio.outlook import Outlook
from akimat_desk.budget.ratio.path import RatioPath
from akimat_desk.budget.ratio.why import Contribution, Why, gather
from akimat_desk.budget.ratio.words import outlook_sentences, path_sentence, why_sentences
from akimat_desk.budget.ratio.written import decimal_text
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import joined, phrase
from akimat_desk.reports.document import Chart, ChartKind, Series

MOST_STEPS = 8  # of a waterfall; the others stand together


def path_chart(path: RatioPath, languages: Sequence[Language]) -> Chart:
    """The ratio by years: planned, without targeted transfers, executed, the country, the target line."""
    own = {year.year: year for year in path.years}
    has_executed = any(year.executed is not None for year in path.years)
    # The country's past goes into the words where two bars a year stand there already.
    country = {} if has_executed else dict(path.country)
    years = sorted({*own, *country})
    planned: list[str | None] = []
    without: list[str | None] = []
    executed: list[str | None] = []
    target: list[str | None] = []
    approved: list[str | None] = []
    for year in years:
        at = own.get(year)
        plan, done = (at.planned, at.executed) if at else (None, None)
        planned.append(_tenths(plan.percent) if plan else None)
        approved.append(_tenths(at.approved.percent) if at and at.approved else None)
        without.append(_tenths(plan.percent_without_targeted) if plan else None)
        executed.append(_tenths(done.percent) if done else None)
        target.append(str(at.target_percent) if at and at.target_percent is not None else None)
    series = [Series(phrase(languages, "ratio.chart.planned"), tuple(planned))]
    if any(executed):
        series.append(Series(phrase(languages, "ratio.chart.executed"), tuple(executed)))
    if any(value is not None for value in without):
        series.append(Series(phrase(languages, "ratio.chart.without_targeted"), tuple(without)))
    if country:
        past = tuple(str(country[year]) if year in country else None for year in years)
        series.append(Series(phrase(languages, "ratio.chart.country"), past))
    series.append(Series(phrase(languages, "ratio.chart.target"), tuple(target), line=True))
    if any(first is not None and first != now for first, now in zip(approved, planned, strict=True)):
        name = phrase(languages, "ratio.chart.approved")
        series.append(Series(name, tuple(approved), line=True, labelled=False))
    laws = {law.year for law in path.laws}
    return Chart(
        ChartKind.BARS_WITH_LINE,
        phrase(languages, "ratio.chart.path"),
        tuple(f"{year}*" if year in laws else str(year) for year in years),
        tuple(series),
        text_equivalent=joined(languages, lambda each: _path_words(path, each)),
    )


def _path_words(path: RatioPath, language: Language) -> str:
    said = "; ".join(sentence for year in path.years if (sentence := path_sentence(year, language)))
    country = ", ".join(f"{year} – {decimal_text(value)} %" for year, value in path.country)
    if country:
        said += f". {text('ratio.chart.country_words', language, values=country)}"
    return f"{said}." if not said.endswith(".") else said


def why_chart(why: Why, languages: Sequence[Language], before: str, after: str) -> Chart:
    """The waterfall from one ratio to the other. Categories are the lines' codes; words name them."""
    shown, rest, count = gather(why.contributions, MOST_STEPS)
    steps = [(_short(each), each.hundredths) for each in shown]
    if count:
        steps.append((phrase(languages, "ratio.why.other_lines", count=count), rest))
    nothing: list[str | None] = [None] * len(steps)
    totals = [_points(why.before.hundredths), *nothing, _points(why.after.hundredths)]
    up = [_points(value) if value > 0 else None for _, value in steps]
    down = [_points(value) if value <= 0 else None for _, value in steps]
    return Chart(
        ChartKind.WATERFALL,
        phrase(languages, "ratio.chart.why"),
        (before, *(name for name, _ in steps), after),
        (
            Series(phrase(languages, "ratio.chart.ratio"), tuple(totals)),
            Series(phrase(languages, "ratio.chart.up"), (None, *up, None)),
            Series(phrase(languages, "ratio.chart.down"), (None, *down, None)),
        ),
        text_equivalent=joined(languages, lambda each: " ".join(why_sentences(why, each))),
    )


def outlook_chart(path: RatioPath, ahead: Outlook, languages: Sequence[Language]) -> Chart:
    """What stands, what would be in the middle and at the ends of the range, and the target line."""
    standing = {
        year.year: best.percent
        for year in path.years
        if (best := year.best) is not None and year.year <= ahead.base_year
    }
    coming = {year.year: year for year in ahead.years}
    targets = {year.year: year.target_percent for year in path.years} | {
        year.year: year.target_percent for year in ahead.years
    }
    years = sorted({*standing, *coming})
    own = [_tenths(standing.get(year)) for year in years]
    middle = [_tenths(coming[year].middle) if year in coming else None for year in years]
    low = [_tenths(coming[year].low) if year in coming else None for year in years]
    high = [_tenths(coming[year].high) if year in coming else None for year in years]
    target = [_plain(targets.get(year)) for year in years]
    return Chart(
        ChartKind.BARS_WITH_LINE,
        phrase(languages, "ratio.chart.outlook"),
        tuple(str(year) for year in years),
        (
            Series(phrase(languages, "ratio.chart.best"), tuple(own)),
            Series(phrase(languages, "ratio.chart.middle"), tuple(middle)),
            Series(phrase(languages, "ratio.chart.target"), tuple(target), line=True, labelled=False),
            Series(phrase(languages, "ratio.chart.high"), tuple(high), line=True, labelled=False),
            Series(phrase(languages, "ratio.chart.low"), tuple(low), line=True, labelled=False),
        ),
        text_equivalent=joined(languages, lambda each: " ".join(outlook_sentences(ahead, each))),
    )


def _short(each: Contribution) -> str:
    if each.code is not None:
        return _code(each)
    return each.path[-1]


def _code(each: Contribution) -> str:
    code = each.code
    program = getattr(code, "program", "")
    if program:  # "07/011": group and program say enough
        parts = (getattr(code, name) for name in ("functional_group", "program", "subprogram"))
        return "/".join(part for part in parts if part)
    return str(code)


def _points(hundredths: int) -> str:
    return str(Decimal(hundredths).scaleb(-2))


def _tenths(value: Fraction | None) -> str | None:
    return None if value is None else str(half_up(value, 1))


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else str(value)

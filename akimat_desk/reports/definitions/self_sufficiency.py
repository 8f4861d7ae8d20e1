"""The self-sufficiency statement: where the unit stands against the national targets, and what it takes.

No published act gives an official formula, so the formula used is printed with the numbers and
nothing here is called an official methodology (the Concept to 2030 gives only the indicator).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from akimat_desk.budget.grounds import Grounds
from akimat_desk.budget.ratio.grounds import ratio_grounds
from akimat_desk.budget.ratio.targets import Targets
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.views import Denominator, RatioHistory, RatioYear
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up, to_step
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Side,
    Signer,
    findings_block,
    joined,
    passage,
    phrase,
    signatures,
    thousands,
)
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
from akimat_desk.reports.grid import shown_decimal

_HEADS = ("year", "basis", "own", "denominator", "ratio", "target", "points", "gap", "gap_fixed")
_WIDTHS = (7.0, 13.0, 12.0, 13.0, 9.0, 9.0, 10.0, 13.5, 13.5)


def self_sufficiency(
    history: RatioHistory,
    unit: ReportUnit,
    language: DocLanguage,
    *,
    year: int,
    targets: Targets,
    signers: Sequence[Signer] = (),
    findings: Sequence[Finding] = (),
) -> ReportDocument:
    """The statement over the years of ``history``; ``year`` is the one its words speak of."""
    languages = language.languages
    at = next((row for row in history.years if row.year == year), None)
    blocks: list[Block] = [
        *passage(languages, lambda each: _opening(history, unit, each, at, year)),
        _table(history, languages),
        _chart(history, unit, targets, languages),
        *passage(languages, lambda each: _meaning(history, targets, each, at)),
        *findings_block(languages, findings),
        *signatures(languages, signers),
    ]
    title = joined(languages, lambda each: _title(unit, each))
    return ReportDocument(
        id="self_sufficiency",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=len(languages) > 1,
        subject=f"{joined(languages, unit.name.text)}, {year}",
        footer=title,
    )


def _title(unit: ReportUnit, language: Language) -> str:
    return text("report.ratio.title", language, unit=unit.genitive.text(language))


def _opening(
    history: RatioHistory, unit: ReportUnit, language: Language, at: RatioYear | None, year: int
) -> Side:
    return [
        Heading(_title(unit, language)),
        Text(_standing(history, unit, language, at, year)),
        Text(f"{text(history.formula_key, language)}.", bold=True),
        Text(text("report.ratio.no_official_formula", language), Tone.SMALL),
    ]


def _standing(
    history: RatioHistory, unit: ReportUnit, language: Language, at: RatioYear | None, year: int
) -> str:
    """Where the unit stands in the year asked for, in a sentence."""
    if at is None or at.ratio_percent is None:
        return text("report.ratio.unknown", language, year=year)
    fields: dict[str, object] = {
        "unit": unit.genitive.text(language),
        "year": year,
        "own": thousands(at.own_revenue or 0, language),
        # What own revenue is divided by, named as in the table: "все доходы – 110 952,9 тысячи тенге".
        "divided_by": text(_head_key("denominator", history), language).lower(),
        "amount": thousands(at.denominator_amount or 0, language),
        "ratio": _percent(at.ratio_percent),
        "target": _percent(at.target_percent),
    }
    if at.target_percent is None or at.gap_points is None:
        return text("report.ratio.stands", language, **fields)
    # The amount decides, not the points: a gap may be too small to be seen in them.
    key = "stands_below" if (at.gap or 0) > 0 else "stands_above"
    return text(f"report.ratio.{key}", language, **fields, points=_percent(abs(at.gap_points)))


def _percent(value: Decimal | None) -> str:
    return "" if value is None else shown_decimal(str(value))


# --- the table and the chart --------------------------------------------------------------------------


def _table(history: RatioHistory, languages: Sequence[Language]) -> Table:
    shown = _shown_heads(history)
    heads = tuple(TextCell(phrase(languages, _head_key(head, history))) for head in shown)
    columns = tuple(
        Column(width, Align.CENTRE if head == "year" else Align.LEFT if head == "basis" else Align.RIGHT)
        for head, width in zip(_HEADS, _WIDTHS, strict=True)
        if head in shown
    )
    return Table(
        columns=columns,
        head=(heads, tuple(TextCell(str(number)) for number in range(1, len(heads) + 1))),
        rows=tuple(_row(row, history, languages) for row in history.years),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, "report.ratio.sheet"),
    )


def _shown_heads(history: RatioHistory) -> Sequence[str]:
    """Where own revenue is no part of the denominator the two gaps are one number."""
    grows = history.denominator is Denominator.TOTAL_REVENUE
    return _HEADS if grows else _HEADS[:-1]


def _head_key(head: str, history: RatioHistory) -> str:
    if head == "denominator":
        head = f"denominator_{history.denominator.value}"
    elif head == "gap" and "gap_fixed" not in _shown_heads(history):
        head = "gap_plain"
    return f"report.ratio.head.{head}"


def _row(row: RatioYear, history: RatioHistory, languages: Sequence[Language]) -> Row:
    grounds: dict[str, Grounds] = {}
    if row.document_id is not None:
        grounds = ratio_grounds(row.document_id, row.year, Variant(history.denominator.value))
    cells: dict[str, Cell] = {
        "year": TextCell(str(row.year)),
        "basis": TextCell(phrase(languages, f"report.ratio.basis.{row.basis.value}")),
        "own": AmountCell(row.own_revenue, grounds=grounds.get("own_revenue")),
        "denominator": AmountCell(row.denominator_amount, grounds=grounds.get("denominator_amount")),
        "ratio": PercentCell(_plain(row.ratio_percent), grounds.get("ratio_percent")),
        "target": PercentCell(_plain(row.target_percent), grounds.get("target_percent")),
        "points": PercentCell(_plain(row.gap_points), grounds.get("gap_points")),
        "gap": AmountCell(rounded(row.gap), grounds=grounds.get("gap")),
        "gap_fixed": AmountCell(rounded(row.gap_if_total_fixed), grounds=grounds.get("gap_if_total_fixed")),
    }
    return Row(tuple(cells[head] for head in _shown_heads(history)), level=1)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def rounded(tiyn: int | None) -> int | None:
    """An amount that is no adopted figure but a reckoning: to 0.1 thousand tenge, half up."""
    return None if tiyn is None else to_step(tiyn)


def _chart(history: RatioHistory, unit: ReportUnit, targets: Targets, languages: Sequence[Language]) -> Chart:
    ratios = {row.year: row.ratio_percent for row in history.years}
    first = min(ratios, default=min(targets.targets, default=0))
    years = sorted({*ratios, *(year for year in targets.targets if year >= first)})
    return Chart(
        kind=ChartKind.BARS_WITH_LINE,
        title=phrase(languages, "report.ratio.chart.title"),
        categories=tuple(str(year) for year in years),
        series=(
            Series(joined(languages, unit.name.text), tuple(_plain(ratios.get(year)) for year in years)),
            Series(
                phrase(languages, "report.ratio.chart.target"),
                tuple(_plain(targets.targets.get(year)) for year in years),
                line=True,
            ),
        ),
        text_equivalent=joined(languages, lambda each: _in_words(ratios, targets, years, each)),
    )


def _in_words(
    ratios: dict[int, Decimal | None], targets: Targets, years: Sequence[int], language: Language
) -> str:
    """What the picture shows, year by year."""
    said = []
    for year in years:
        ratio, target = ratios.get(year), targets.targets.get(year)
        if ratio is None and target is None:
            continue
        key = "both" if ratio is not None and target is not None else "target" if ratio is None else "ratio"
        said.append(
            text(
                f"report.ratio.chart.{key}_in_words",
                language,
                year=year,
                ratio=_percent(ratio),
                target=_percent(target),
            )
        )
    return f"{'; '.join(said)}." if said else ""


# --- what it means ------------------------------------------------------------------------------------


def _meaning(history: RatioHistory, targets: Targets, language: Language, at: RatioYear | None) -> Side:
    blocks: list[Heading | Text] = [Heading(text("report.ratio.meaning", language), level=2)]
    blocks += [Text(line) for line in _gap_words(history, language, at)]
    if history.country:
        values = ", ".join(
            text("report.ratio.country_year", language, year=year, percent=_percent(value))
            for year, value in history.country
        )
        blocks.append(Text(text("report.ratio.country", language, values=values)))
    source = targets.source.text(language)
    blocks.append(Text(text("report.ratio.source", language, source=source), Tone.SMALL))
    return blocks


def _gap_words(history: RatioHistory, language: Language, at: RatioYear | None) -> list[str]:
    if at is None or at.gap is None or at.target_percent is None or at.gap_if_total_fixed is None:
        return []
    fields = {"year": at.year, "target": _percent(at.target_percent)}
    if at.gap <= 0:
        over = thousands(-(rounded(at.gap_if_total_fixed) or 0), language)
        return [text("report.ratio.reached", language, **fields, amount=over)]
    gap = thousands(rounded(at.gap) or 0, language)
    grows = history.denominator is Denominator.TOTAL_REVENUE
    needed = text(f"report.ratio.{'gap_grows' if grows else 'gap_plain'}", language, **fields, amount=gap)
    if at.own_revenue:
        times = half_up(Fraction(at.own_revenue + at.gap, at.own_revenue), 1)
        needed += " " + text("report.ratio.times", language, times=shown_decimal(str(times)))
    words = [needed]
    if grows:
        fixed = thousands(rounded(at.gap_if_total_fixed) or 0, language)
        words.append(text("report.ratio.gap_fixed", language, **fields, amount=fixed))
    return words

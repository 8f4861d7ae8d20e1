"""The analysis of the ratio: history, why it changed, where it is heading; the formula beside every part."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from akimat_desk.budget.ratio.grounds import (
    TARGET_GROUNDS,
    contribution_grounds,
    outlook_grounds,
    point_grounds,
)
from akimat_desk.budget.ratio.outlook import Outlook
from akimat_desk.budget.ratio.path import PathYear, RatioPath
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.why import Why
from akimat_desk.budget.ratio.words import law_sentence, line_name
from akimat_desk.budget.ratio.written import hundredths_text
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up, to_step
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit, Side, joined, passage, phrase
from akimat_desk.reports.definitions.ratio_charts import outlook_chart, path_chart, why_chart
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
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

_PATH_HEADS = ("year", "own", "divided_by", "approved", "ratio", "without", "executed", "target")
_WHY_HEADS = ("code", "line", "before", "after", "points")
_AHEAD_HEADS = ("year", "own", "divided_by", "low", "middle", "high", "target")


def ratio_analysis(
    path: RatioPath,
    why: Why | None,
    editions: tuple[int | None, int | None],
    ahead: Outlook | None,
    unit: ReportUnit,
    language: DocLanguage,
    year: int,
    ends: tuple[str, str] | None = None,
) -> ReportDocument:
    """History, why and outlook as one document; parts without data say so in a sentence.

    ``ends`` name what is compared (two editions of a year), where the years do not.
    ``editions`` are the documents that "why" compares, where they are budgets.
    """
    languages = language.languages
    title = joined(languages, lambda each: _title(unit, each))
    blocks: list[Block] = [
        *passage(languages, lambda each: _opening(path, unit, each)),
        path_chart(path, languages),
        _path_table(path, languages),
        *passage(languages, lambda each: [Text(law_sentence(law, each), Tone.SMALL) for law in path.laws]),
        *passage(languages, lambda each: _why_words(why, each)),
    ]
    if why is not None:
        names = ends or (str(why.before.year), str(why.after.year))
        blocks += [why_chart(why, languages, *names), _why_table(why, editions, languages)]
    blocks += passage(languages, lambda each: _ahead_words(ahead, each))
    if ahead is not None:
        blocks += [outlook_chart(path, ahead, languages), _ahead_table(path, ahead, languages)]
    return ReportDocument(
        id="ratio_analysis",
        title=title,
        language=languages[0],
        blocks=[block for block in blocks if not _is_empty(block)],
        landscape=len(languages) > 1,
        subject=f"{joined(languages, unit.name.text)}, {year}",
        footer=title,
    )


def _is_empty(block: Block) -> bool:
    return getattr(block, "left", None) == () and getattr(block, "right", None) == ()


def _title(unit: ReportUnit, language: Language) -> str:
    return text("report.analysis.title", language, unit=unit.genitive.text(language))


def _opening(path: RatioPath, unit: ReportUnit, language: Language) -> Side:
    return [
        Heading(_title(unit, language)),
        Text(f"{text(path.variant.formula_key, language)}.", bold=True),
        Text(text("report.ratio.no_official_formula", language), Tone.SMALL),
        Heading(text("report.analysis.history", language), level=2),
    ]


def _path_table(path: RatioPath, languages: Sequence[Language]) -> Table:
    return _table(
        _PATH_HEADS,
        (8, 15, 15, 13, 12, 16, 14, 13),
        [Row(_path_cells(year, path.variant), level=1) for year in path.years],
        languages,
        "report.analysis.history",
    )


def _path_cells(year: PathYear, variant: Variant) -> tuple[TextCell | AmountCell | PercentCell, ...]:
    plan, done = year.planned, year.executed
    rests = point_grounds(plan, year.year, variant)
    share = "ratio_percent"
    shares = (
        (year.approved.percent if year.approved else None, point_grounds(year.approved, year.year, variant)),
        (plan.percent if plan else None, rests),
        (
            plan.percent_without_targeted if plan else None,
            point_grounds(plan, year.year, Variant.WITHOUT_TARGETED),
        ),
        (done.percent if done else None, point_grounds(done, year.year, variant)),
    )
    return (
        TextCell(str(year.year)),
        AmountCell(plan.own if plan else None, grounds=rests.get("own_revenue")),
        AmountCell(plan.divided_by if plan else None, grounds=rests.get("denominator_amount")),
        *(
            PercentCell(None if value is None else str(half_up(value, 1)), found.get(share))
            for value, found in shares
        ),
        _target(year.target_percent),
    )


def _target(percent: Decimal | None) -> PercentCell:
    return PercentCell(None if percent is None else str(percent), TARGET_GROUNDS)


def _why_words(why: Why | None, language: Language) -> Side:
    heading = Heading(text("report.analysis.why", language), level=2)
    # What changed and by how much stands in words under the picture.
    return [heading] if why is not None else [heading, Text(text("report.analysis.no_why", language))]


def _why_table(why: Why, editions: tuple[int | None, int | None], languages: Sequence[Language]) -> Table:
    rows = []
    for each in why.contributions:
        before, after, moved = contribution_grounds(each, editions, (why.before.year, why.after.year))
        cells = (
            TextCell(str(each.code) if each.code is not None else ""),
            TextCell(joined(languages, partial(line_name, each))),
            AmountCell(each.before, grounds=before),
            AmountCell(each.after, grounds=after),
            TextCell(hundredths_text(each.hundredths), grounds=moved),
        )
        rows.append(Row(cells, level=1))
    return _table(_WHY_HEADS, (14, 46, 14, 14, 12), rows, languages, "report.analysis.why")


def _ahead_words(ahead: Outlook | None, language: Language) -> Side:
    heading = Heading(text("report.analysis.outlook", language), level=2)
    return [heading] if ahead is not None else [heading, Text(text("report.analysis.no_outlook", language))]


def _ahead_table(path: RatioPath, ahead: Outlook, languages: Sequence[Language]) -> Table:
    base = next(year for year in path.years if year.year == ahead.base_year)
    rests = outlook_grounds(ahead, base, path.variant)
    rows = [
        Row(
            (
                TextCell(str(year.year)),
                AmountCell(to_step(year.own), grounds=rests.get("own")),
                AmountCell(to_step(year.divided_by), grounds=rests.get("divided_by")),
                *(
                    PercentCell(str(half_up(share, 1)), rests.get(name))
                    for name, share in (("low", year.low), ("middle", year.middle), ("high", year.high))
                ),
                _target(year.target_percent),
            ),
            level=1,
        )
        for year in ahead.years
    ]
    return _table(_AHEAD_HEADS, (8, 18, 18, 14, 14, 14, 14), rows, languages, "report.analysis.outlook")


def _table(
    heads: Sequence[str], widths: Sequence[int], rows: list[Row], languages: Sequence[Language], name: str
) -> Table:
    words = ("year", "code", "line")
    return Table(
        columns=tuple(
            Column(width, Align.LEFT if head in words else Align.RIGHT)
            for head, width in zip(heads, widths, strict=True)
        ),
        head=(tuple(TextCell(phrase(languages, f"report.analysis.head.{head}")) for head in heads),),
        rows=tuple(rows),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, name),
    )

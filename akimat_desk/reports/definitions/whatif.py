"""What was tried in the hall, on paper: an annex of the minutes, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.budget.ratio.levers import Ground, Outcome
from akimat_desk.budget.ratio.words import balance_sentence, outcome_sentence
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, Side, joined, passage, phrase
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Chart,
    ChartKind,
    Column,
    Heading,
    ReportDocument,
    Row,
    Series,
    Table,
    Text,
    TextCell,
    Tone,
)

_HEADS = ("code", "line", "before", "after", "change")
_WIDTHS = (12.0, 46.0, 14.0, 14.0, 14.0)


def whatif(ground: Ground, outcome: Outcome, language: DocLanguage) -> ReportDocument:
    """The levers, the ratio before and after against the target, and whether the money is enough."""
    languages = language.languages
    title = joined(languages, lambda each: _title(ground, each))
    blocks: list[Block] = [
        *passage(languages, lambda each: _opening(ground, outcome, each)),
        _table(outcome, languages),
        whatif_chart(outcome, languages),
        *passage(languages, lambda each: [Text(text("report.whatif.note", each), Tone.SMALL)]),
    ]
    return ReportDocument(
        id="whatif",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=len(languages) > 1,
        subject=f"{joined(languages, ground.unit_name.text)}, {ground.year}",
        footer=title,
    )


def _title(ground: Ground, language: Language) -> str:
    return text("report.whatif.title", language, unit=ground.unit_name.text(language), year=ground.year)


def _opening(ground: Ground, outcome: Outcome, language: Language) -> Side:
    return [
        Heading(_title(ground, language)),
        Text(outcome_sentence(outcome, language)),
        Text(balance_sentence(outcome, language)),
        Text(f"{text(outcome.variant.formula_key, language)}.", Tone.SMALL),
    ]


def _table(outcome: Outcome, languages: Sequence[Language]) -> Table:
    return Table(
        columns=tuple(
            Column(width, Align.LEFT if head in ("code", "line") else Align.RIGHT)
            for head, width in zip(_HEADS, _WIDTHS, strict=True)
        ),
        head=(tuple(TextCell(phrase(languages, f"report.whatif.head.{head}")) for head in _HEADS),),
        rows=tuple(
            Row(
                (
                    TextCell(str(moved.line.code)),
                    TextCell(joined(languages, moved.line.name.text)),
                    AmountCell(moved.line.amount),
                    AmountCell(moved.amount),
                    AmountCell(moved.change),
                ),
                level=1,
            )
            for moved in outcome.moved
        ),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, "report.whatif.sheet"),
    )


def whatif_chart(outcome: Outcome, languages: Sequence[Language]) -> Chart:
    """The ratio now and with the levers, against the target line; the same in the hall and on its paper."""
    shares = [outcome.percent_before, outcome.percent]
    target = str(outcome.target_percent) if outcome.target_percent is not None else None
    return Chart(
        ChartKind.BARS_WITH_LINE,
        phrase(languages, "report.whatif.chart"),
        (phrase(languages, "report.whatif.now"), phrase(languages, "report.whatif.then")),
        (
            Series(
                phrase(languages, "ratio.chart.ratio"),
                tuple(None if share is None else str(half_up(share, 1)) for share in shares),
            ),
            Series(phrase(languages, "ratio.chart.target"), (target, target), line=True),
        ),
        text_equivalent=joined(languages, lambda each: outcome_sentence(outcome, each)),
    )

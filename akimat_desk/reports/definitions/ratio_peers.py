"""Beside other okrugs, on paper and in the window: the place, the chart, the units, the weak lines."""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.budget.ratio.peers import Peer, Peers
from akimat_desk.budget.ratio.words import peers_sentences, weak_sentence
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up, to_step
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit, Side, joined, passage, phrase
from akimat_desk.reports.document import (
    Align,
    AmountCell,
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

_HEADS = ("place", "unit", "people", "own", "per_resident", "ratio")
_WIDTHS = (8, 38, 14, 16, 16, 12)
_WEAK_HEADS = ("line", "now", "here", "median", "could_be", "more")
_WEAK_WIDTHS = (38, 14, 14, 16, 16, 14)
_MOST_BARS = 12


def peers_report(found: Peers, unit: ReportUnit, language: DocLanguage) -> ReportDocument:
    """The place in words, the chart, the units by ratio, the weak lines with the arithmetic."""
    languages = language.languages
    title = joined(languages, lambda each: _title(found, unit, each))
    return ReportDocument(
        id="ratio_peers",
        title=title,
        language=languages[0],
        blocks=[
            *passage(languages, lambda each: _opening(found, unit, each)),
            peers_chart(found, languages),
            _units(found, languages),
            *passage(languages, lambda each: _weak_words(found, each)),
            *([_weak(found, languages)] if found.weak else []),
        ],
        landscape=len(languages) > 1,
        subject=f"{joined(languages, unit.name.text)}, {found.year}",
        footer=title,
    )


def peers_chart(found: Peers, languages: Sequence[Language]) -> Chart:
    """The ratios by place, the best first, against that of all together; this one has an arrow."""
    shown = _around(found)
    shares = tuple(_tenths(peer) for _, peer in shown)
    mine = tuple(
        share if peer is found.mine else None for share, (_, peer) in zip(shares, shown, strict=True)
    )
    others = tuple(
        None if peer is found.mine else share for share, (_, peer) in zip(shares, shown, strict=True)
    )
    group = None if found.group is None else str(half_up(found.group, 1))
    return Chart(
        ChartKind.BARS_WITH_LINE,
        phrase(languages, "report.peers.chart"),
        tuple(str(place) for place, _ in shown),
        (
            Series(joined(languages, found.mine.name.text), mine),
            Series(phrase(languages, "report.peers.others"), others),
            Series(phrase(languages, "report.peers.group"), (group,) * len(shown), line=True, labelled=False),
        ),
        text_equivalent=joined(languages, lambda each: _chart_words(found, shown, each)),
    )


def _around(found: Peers) -> list[tuple[int, Peer]]:
    """The places shown: all, or where there are many the best ones and this one wherever it stands."""
    places = list(enumerate(found.similar, 1))
    best = places[:_MOST_BARS]
    if found.place is not None and found.place > _MOST_BARS:
        best[-1] = places[found.place - 1]
    return best


def _chart_words(found: Peers, shown: Sequence[tuple[int, Peer]], language: Language) -> str:
    units = "; ".join(f"{place} – {peer.name.text(language)}, {_percent(peer)} %" for place, peer in shown)
    return f"{' '.join(peers_sentences(found, language))} {units}."


def _tenths(peer: Peer) -> str | None:
    return None if peer.percent is None else str(half_up(peer.percent, 1))


def _percent(peer: Peer) -> str:
    return (_tenths(peer) or "–").replace(".", ",")


def _title(found: Peers, unit: ReportUnit, language: Language) -> str:
    return text("report.peers.title", language, unit=unit.name.text(language), year=found.year)


def _opening(found: Peers, unit: ReportUnit, language: Language) -> Side:
    return [
        Heading(_title(found, unit, language)),
        Text(" ".join(peers_sentences(found, language))),
        Text(f"{text(found.variant.formula_key, language)}.", bold=True),
        Text(text("report.peers.rules", language), Tone.SMALL),
    ]


def _units(found: Peers, languages: Sequence[Language]) -> Table:
    rows = []
    for place, peer in enumerate(found.similar, 1):
        each = peer.own_per_resident
        cells = (
            TextCell(str(place)),
            TextCell(joined(languages, peer.name.text)),
            TextCell("" if peer.people is None else str(peer.people)),
            AmountCell(peer.own),
            AmountCell(None if each is None else to_step(int(half_up(each, 0)))),
            PercentCell(_tenths(peer)),
        )
        rows.append(Row(cells, bold=peer is found.mine, level=1))
    return _table(_HEADS, _WIDTHS, rows, languages, "report.peers.units")


def _weak_words(found: Peers, language: Language) -> Side:
    heading = Heading(text("ui.peers.weak", language), level=2)
    if not found.weak:
        return [heading, Text(text("ui.peers.none_weak", language))]
    return [heading, *(Text(weak_sentence(weak, found, language)) for weak in found.weak)]


def _weak(found: Peers, languages: Sequence[Language]) -> Table:
    rows = [
        Row(
            (
                TextCell(f"{weak.line.key} {joined(languages, weak.line.name.text)}"),
                AmountCell(weak.line.amount),
                AmountCell(to_step(int(half_up(weak.per_resident, 0)))),
                AmountCell(to_step(int(half_up(weak.median, 0)))),
                AmountCell(to_step(weak.could_be)),
                AmountCell(to_step(weak.more)),
            ),
            level=1,
        )
        for weak in found.weak
    ]
    return _table(_WEAK_HEADS, _WEAK_WIDTHS, rows, languages, "report.peers.weak")


def _table(
    heads: Sequence[str], widths: Sequence[int], rows: list[Row], languages: Sequence[Language], name: str
) -> Table:
    words = ("place", "unit", "line")
    return Table(
        columns=tuple(
            Column(width, Align.LEFT if head in words else Align.RIGHT)
            for head, width in zip(heads, widths, strict=True)
        ),
        head=(tuple(TextCell(phrase(languages, f"report.peers.head.{head}")) for head in heads),),
        rows=tuple(rows),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, name),
    )

"""The month's totals as a report, as JSON and as a flat CSV table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.figures import Figure
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import plain, table_amount
from akimat_desk.core.strings import text
from akimat_desk.exchange.contents.meetings import NUMBERS, summed
from akimat_desk.exchange.facts import safe, tenge
from akimat_desk.exchange.letters import period_name
from akimat_desk.exchange.receiving import receiver
from akimat_desk.exchange.totals import PeriodTotals, TotalLine, UnitPeriod, percent
from akimat_desk.places.service import units
from akimat_desk.reports.definitions.common import DocLanguage, Signer, joined, passage, phrase, signatures
from akimat_desk.reports.document import (
    Align,
    AmountCell,
    Block,
    Column,
    Heading,
    PageBreak,
    PercentCell,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
    Tone,
)
from akimat_desk.reports.grid import shown_decimal

_HEADS = (
    "number", "unit", "plan", "revenue", "revenue_percent", "own", "transfers", "costs", "costs_percent",
    "ratio", "held", "share",
)  # fmt: skip
_WIDTHS = (4, 22, 11, 11, 8, 11, 11, 11, 8, 8, 7, 8)
_MEETING_NUMBERS = (
    "called", "held", "quorum", "lawful", "entitled", "present", "adopted", "tasks", "tasks_in_time",
    "tasks_late",
)  # fmt: skip


def totals_report(
    totals: PeriodTotals, owner: Trilingual, language: DocLanguage, signers: Sequence[Signer] = ()
) -> ReportDocument:
    """Units, meetings, lines, and how the sums are to be read; last, what the run rests on."""
    languages = language.languages
    title = joined(languages, lambda each: _title(totals, owner, each))
    blocks: list[Block] = [
        *passage(languages, lambda each: _opening(totals, owner, each)),
        _units(totals, languages),
        *signatures(languages, signers),
        *passage(languages, lambda each: _reconciled(totals, each)),
        PageBreak(),
        *passage(languages, lambda each: [Heading(text("report.totals.meetings", each), level=2)]),
        _meetings(totals, languages),
        *passage(languages, lambda each: [Heading(text("report.totals.lines", each), level=2)]),
        _lines(totals.lines, "lines", languages),
    ]
    if totals.orphans:
        blocks += [
            *passage(languages, lambda each: [Heading(text("report.totals.orphans", each), level=2)]),
            _lines(totals.orphans, "orphans", languages),
        ]
    blocks += [
        *passage(languages, lambda each: [Heading(text("report.totals.record", each), level=2)]),
        _record(totals, languages),
    ]
    return ReportDocument("totals", title, languages[0], blocks, landscape=True, subject=title, footer=title)


def _title(totals: PeriodTotals, owner: Trilingual, language: Language) -> str:
    period = period_name(totals.period, language)
    return text("report.totals.title", language, unit=owner.text(language), period=period)


def _opening(totals: PeriodTotals, owner: Trilingual, language: Language) -> list[Heading | Text]:
    said: list[Heading | Text] = [Heading(_title(totals, owner, language))]
    if totals.ratio is not None and totals.mean is not None:
        fields = {
            "ratio": shown_decimal(str(totals.ratio)),
            "mean": shown_decimal(str(totals.mean)),
            "target": shown_decimal(str(totals.target)) if totals.target is not None else "–",
        }
        said.append(Text(text("report.totals.ratio", language, **fields)))
        formula = text("ratio.formula.total_revenue", language)
        said.append(Text(f"{formula}. {text('report.ratio.no_official_formula', language)}", Tone.SMALL))
    if totals.late:
        names = ", ".join(part.unit.name.text(language) for part in totals.late)
        late = text("report.totals.late", language, count=len(totals.late), names=names)
        said.append(Text(late, Tone.FINDING_WARNING))
    return said


def _reconciled(totals: PeriodTotals, language: Language) -> list[Heading | Text]:
    """How the sums are to be read: what passes between the levels, what rounding does."""
    fields = {
        "revenue": table_amount(totals.executed.get(Figure.REVENUE_TOTAL)),
        "above": table_amount(totals.executed.get(Figure.TRANSFERS, 0)),
        "net_revenue": table_amount(totals.net_revenue),
        "costs": table_amount(totals.executed.get(Figure.COSTS)),
        "back": table_amount(totals.given_back),
        "net_costs": table_amount(totals.net_costs),
    }
    said: list[Heading | Text] = [
        Heading(text("report.totals.reconciled", language), level=2),
        Text(text("report.totals.transfers", language, **fields)),
    ]
    if not totals.rounding:
        said.append(Text(text("report.totals.rounding.none", language)))
    for figure, tiyn in totals.rounding.items():
        name = text(f"figure.{figure.value}", language)
        said.append(
            Text(text("report.totals.rounding", language, figure=name, difference=table_amount(tiyn)))
        )
    return said


def _units(totals: PeriodTotals, languages: Sequence[Language]) -> Table:
    rows = [_unit(number, part, languages) for number, part in enumerate(totals.ranked(), start=1)]
    every = tuple(range(len(rows)))
    met = summed(totals.meetings)

    def total(figures: Mapping[Figure, int], figure: Figure) -> AmountCell:
        return AmountCell(figures.get(figure), sum_of=every)

    plan, done = totals.planned, totals.executed
    sums = Row(
        (
            TextCell(""),
            TextCell(phrase(languages, "report.totals.total")),
            AmountCell(plan.get(Figure.REVENUE_TOTAL)),  # of the units in the executed sums
            total(done, Figure.REVENUE_TOTAL),
            _share(done.get(Figure.REVENUE_TOTAL), plan.get(Figure.REVENUE_TOTAL)),
            AmountCell(totals.own, sum_of=every),
            total(done, Figure.TRANSFERS),
            total(done, Figure.COSTS),
            _share(done.get(Figure.COSTS), plan.get(Figure.COSTS)),
            PercentCell(_shown(totals.ratio)),
            TextCell(str(met.held)),
            _share(met.present, met.entitled),
        ),
        bold=True,
    )
    aligned = (Align.CENTRE, Align.LEFT, *(Align.RIGHT for _ in _HEADS[2:]))
    return Table(
        columns=tuple(Column(width, align) for width, align in zip(_WIDTHS, aligned, strict=True)),
        head=(tuple(TextCell(phrase(languages, f"report.totals.head.{head}")) for head in _HEADS),),
        rows=(*rows, sums),
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, "report.totals.sheet.units"),
    )


def _unit(number: int, part: UnitPeriod, languages: Sequence[Language]) -> Row:
    done = part.executed
    plan = part.planned.figures if part.planned is not None and done is not None else None
    met = part.met
    return Row(
        (
            TextCell(str(number)),
            TextCell(joined(languages, part.unit.name.text)),
            AmountCell(plan[Figure.REVENUE_TOTAL] if plan is not None else None),
            AmountCell(done[Figure.REVENUE_TOTAL] if done is not None else None),
            PercentCell(_shown(part.revenue_percent)),
            AmountCell(part.own),
            AmountCell(done[Figure.TRANSFERS] if done is not None else None),
            AmountCell(done[Figure.COSTS] if done is not None else None),
            PercentCell(_shown(part.costs_percent)),
            PercentCell(_shown(part.ratio)),
            TextCell(str(met.held)),
            _share(met.present, met.entitled),
        ),
        marked=done is None,
    )


def _share(part: int | None, whole: int | None) -> PercentCell:
    return PercentCell(_shown(percent(part, whole)))


def _shown(value: object) -> str | None:
    return None if value is None else str(value)


def _meetings(totals: PeriodTotals, languages: Sequence[Language]) -> Table:
    rows = [
        Row(
            (
                TextCell(phrase(languages, f"meeting.kind.{counts.kind}")),
                *(TextCell(str(getattr(counts, name))) for name in _MEETING_NUMBERS),
                _share(counts.present, counts.entitled),
            )
        )
        for counts in totals.meetings
    ]
    heads = (
        phrase(languages, "report.totals.head.kind"),
        *(phrase(languages, f"exchange.number.{name}") for name in _MEETING_NUMBERS),
        phrase(languages, "report.totals.head.share"),
    )
    return Table(
        columns=(Column(24), *(Column(9, Align.RIGHT) for _ in heads[1:])),
        head=(tuple(TextCell(head) for head in heads),),
        rows=tuple(rows),
        name=phrase(languages, "report.totals.sheet.meetings"),
    )


def _lines(lines: Sequence[TotalLine], sheet: str, languages: Sequence[Language]) -> Table:
    rows = tuple(
        Row(
            (
                TextCell(str(line.code)),
                TextCell(joined(languages, line.name.text)),
                AmountCell(line.amount),
                TextCell(str(len(line.by_unit))),
                TextCell(", ".join(str(code) for code in line.moved)),
            )
        )
        for line in lines
    )
    heads = ("code", "name", "amount", "count", "moved")
    return Table(
        columns=(Column(16), Column(56), Column(14, Align.RIGHT), Column(8, Align.RIGHT), Column(14)),
        head=(tuple(TextCell(phrase(languages, f"report.totals.head.{head}")) for head in heads),),
        rows=rows,
        unit=phrase(languages, "report.ratio.unit"),
        name=phrase(languages, f"report.totals.sheet.{sheet}"),
    )


def _record(totals: PeriodTotals, languages: Sequence[Language]) -> Table:
    """The run's own record: which package of each unit it rests on."""
    rows = tuple(
        Row(
            (
                TextCell(part.unit.kato or ""),
                TextCell(joined(languages, part.unit.name.text)),
                TextCell(f"№ {part.package[0]}" if part.package is not None else "–"),
                TextCell(part.package[1] if part.package is not None else "–"),
                TextCell(str(part.last or "–")),
            )
        )
        for part in totals.units
    )
    heads = ("kato", "unit", "package", "sha256", "month")
    return Table(
        columns=(Column(10), Column(28), Column(9), Column(58), Column(8)),
        head=(tuple(TextCell(phrase(languages, f"report.totals.head.{head}")) for head in heads),),
        rows=rows,
        name=phrase(languages, "report.totals.sheet.record"),
    )


def owner_name(session: Session) -> Trilingual:
    """In whose name totals are made: the highest unit, or the only one of an okrug's own file."""
    try:
        return receiver(session).name
    except UsageProblem:
        return units(session)[0].name


def totals_json(totals: PeriodTotals, language: Language) -> Mapping[str, object]:
    """The totals with every unit and line; amounts in thousand tenge."""
    return {
        "year": totals.period.year,
        "month": totals.period.month,
        "formula": text("ratio.formula.total_revenue", language),
        "planned": {figure.value: plain(totals.planned.get(figure)) for figure in Figure},
        "executed": {figure.value: plain(totals.executed.get(figure)) for figure in Figure},
        "own_revenue": plain(totals.own),
        "transfers_from_above": plain(totals.executed.get(Figure.TRANSFERS)),
        "given_back": plain(totals.given_back),
        "revenue_without_transfers": plain(totals.net_revenue),
        "costs_without_given_back": plain(totals.net_costs),
        "ratio_percent": _shown(totals.ratio),
        "mean_percent": _shown(totals.mean),
        "target_percent": _shown(totals.target),
        "rounding": {figure.value: plain(tiyn) for figure, tiyn in totals.rounding.items()},
        "units": [_unit_json(part, language) for part in totals.units],
        "late": [part.unit.kato or part.unit.name.text(language) for part in totals.late],
        "meetings": [counts.to_data() for counts in totals.meetings],
        "lines": [_line_json(line) for line in totals.lines],
        "orphans": [_line_json(line) for line in totals.orphans],
    }


def _unit_json(part: UnitPeriod, language: Language) -> Mapping[str, object]:
    done = part.executed
    return {
        "unit": part.unit.kato or part.unit.name.text(language),
        "name_kk": part.unit.name.kk,
        "name_ru": part.unit.name.ru,
        "last_month": part.last,
        "executed": None if done is None else {figure.value: plain(done[figure]) for figure in Figure},
        "own_revenue": plain(part.own),
        "given_back": plain(part.given_back),
        "ratio_percent": _shown(part.ratio),
        "revenue_percent": _shown(part.revenue_percent),
        "costs_percent": _shown(part.costs_percent),
        "meetings": {name: getattr(part.met, name) for name in NUMBERS},
        "package": None if part.package is None else {"sequence": part.package[0], "sha256": part.package[1]},
    }


def _line_json(line: TotalLine) -> Mapping[str, object]:
    return {
        "section": line.section.value,
        "code": line.code.as_json(),
        "name_kk": line.name.kk,
        "name_ru": line.name.ru,
        "amount": plain(line.amount),
        "units": len(line.by_unit),
        "moved_from": [code.as_json() for code in line.moved],
    }


def totals_csv(totals: PeriodTotals) -> bytes:
    """Every line of every unit as a flat table (UTF-8, tenge): for a pivot table elsewhere."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(
        ("period", "unit", "unit_kk", "unit_ru", "section", "code", "orphan", "name_kk", "name_ru", "amount")
    )
    known = {part.unit.id: part.unit for part in totals.units}
    for is_orphan, lines in ((False, totals.lines), (True, totals.orphans)):
        for line in lines:
            for unit_id, amount in line.by_unit:
                unit = known[unit_id]
                writer.writerow(
                    (
                        str(totals.period), unit.kato or "", safe(unit.name.kk), safe(unit.name.ru),
                        line.section.value, line.code.stored, str(is_orphan).lower(), safe(line.name.kk),
                        safe(line.name.ru), tenge(amount),
                    )
                )  # fmt: skip
    return stream.getvalue().encode("utf-8-sig")

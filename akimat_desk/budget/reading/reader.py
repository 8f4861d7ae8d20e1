"""The door of this room: a source document in, a plain draft of the decision with findings out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from akimat_desk.budget.balance import check_figures, check_step, last_stated, reached
from akimat_desk.budget.balance_lines import check_annex_against_text, figures_from_lines, last_figure_of
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.reading.allotted import allotted, take_allotted
from akimat_desk.budget.reading.annex_years import codes_of_other_years
from akimat_desk.budget.reading.annexes import LocatedAnnex, read_annexes
from akimat_desk.budget.reading.draft import Fragment, ReadAnnex, ReadDecision, ReadUnit
from akimat_desk.budget.reading.headings import Header, Years, header_of, language_of, years_of
from akimat_desk.budget.reading.join import AnnexGroup, UnitPoint, assign, give_years
from akimat_desk.budget.reading.layout import laid_out
from akimat_desk.budget.reading.names import same_unit
from akimat_desk.budget.reading.particulars import effective_date, maslikhat, own_lines, session
from akimat_desk.budget.reading.points import name_in_title
from akimat_desk.budget.reading.signs import Item, resolve
from akimat_desk.budget.reading.stream import Line, Stream, lines_of, plain_form
from akimat_desk.budget.reading.units import Segment, TextReading, read_units
from akimat_desk.budget.reading.unread import unread_tables
from akimat_desk.classification.packs import Book
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import Message
from akimat_desk.core.text import is_mixed
from akimat_desk.intake.content import SourceDocument

READER_SOURCE = "source.decision_text"

# The line is optional: it exists from 2026 on and many decisions leave it out.
_OPTIONAL = frozenset({Figure.SPECIAL_RECEIPTS})
_WORD = re.compile(r"[^\W\d_]+")
# A single Latin letter standing for a Cyrillic word: "O бюджетах", "c 1 января".
_LATIN_ALONE = re.compile(r"(?<![\w/-])[OoCcKB](?=\s+[\u0430-\u044f\u0451\d])")
_MOST_WORDS_SHOWN = 12
_LINES_FOR_A_LOOK = 400
_LOOK = 4000
_AMENDED = re.compile(r"внести\s+в\s+решени|шешимине|шешимнин")


def read_decision(source: SourceDocument, task: Task | None = None, book: Book | None = None) -> ReadDecision:
    """Understand a decision: its units, their figures and annexes, and everything that does not add up.

    Amounts come out in tiyn; what the text does not state stays None, what was not understood is
    kept as fragments. An annex alone is read as one unit. ``book``: the classification of the
    workspace that it is read for; the reading itself runs outside of any session. Raises Cancelled.
    """
    task = task or Task()
    printed, (source, differing) = source, laid_out(source)
    # First a look at everything: what codes an annex may print depends on when the decision was made.
    header = header_of(lines_of(source, most=_LINES_FOR_A_LOOK))
    text_lines = lines_of(source, tables=False)
    language = language_of("\n".join(line.plain for line in text_lines)) if text_lines else None
    made = _decision_year(header)
    annexes = read_annexes(source, language, made, task, book)

    lines = lines_of(source, skip=annexes.consumed)
    header = _without_annexes(header, lines)
    stream = Stream.of(lines)
    language = language_of(stream.plain) if lines else None
    years = years_of(plain_form(header.title)) or years_of(stream.plain[:_LOOK])
    reading = read_units(stream)
    decision = ReadDecision(
        language=_language(language if reading.segments else None, annexes.annexes, language),
        title=header.title,
        number=header.number,
        date=header.date,
        is_amendment=_amends(header, reading),
        source_text=printed.plain_text(),
        effective_date=effective_date(stream.plain),
        session=session(own_lines(lines, header.around)),
        maslikhat=maslikhat(stream, header.around),
    )
    _name_from_title(reading, header, lines)
    statements = allotted(stream, reading.segments)
    groups = assign(
        [UnitPoint(segment.name, segment.years.first, segment.annexes) for segment in reading.segments],
        annexes.annexes,
    )
    for group in groups:
        segment = reading.segments[group.unit] if group.unit is not None else None
        if segment is not None and any(located.again for located in group.annexes):
            give_years(group, segment.annexes, (segment.years or years).years, _revenue(segment))
        unit = _unit(segment, group, years, stream, decision, made, book)
        take_allotted(unit, [found for found in statements if found.segment == group.unit])
        decision.units.append(unit)
    read_lines = {item.line for segment in reading.segments for item in segment.items.values()}
    decision.findings += [*differing, *annexes.findings]
    decision.findings += unread_tables(source, annexes.consumed, read_lines)
    decision.findings += _mixed(_outside(stream, reading.segments), Place())
    for fragment in reading.not_understood:
        _not_understood(fragment, Place(), decision.findings, decision)
    if not decision.units:
        decision.findings.append(Finding("reader.nothing_found", Severity.ERROR, source=READER_SOURCE))
    return decision


def _without_annexes(look: Header, lines: Sequence[Line]) -> Header:
    """What the decision's own head says; its date and number from an annex's head where it has none."""
    header = header_of(lines)
    if header.date is None and header.number is None:
        return replace(header, date=look.date, number=look.number)
    return header


def _decision_year(header: Header) -> int | None:
    """The year in which the decision was made: it says which codes could be printed."""
    if header.date is not None:
        return header.date.year
    years = years_of(plain_form(header.title))
    if years.first is None:
        return None
    return years.first if header.is_amendment else years.first - 1


def _language(text: Language | None, annexes: Sequence[LocatedAnnex], other: Language | None) -> Language:
    """The language of the text; of the annexes where nothing else is there; of ``other`` lines at last."""
    if text is not None:
        return text
    return annexes[0].language if annexes else other or Language.KK


def _amends(header: Header, reading: TextReading) -> bool:
    """Whether this is an amendment. A quotation that opens before the point's own number is the mark
    of one where nothing but that text was copied."""
    return header.is_amendment or reading.restates or (reading.quoted_approval and not header.resolved)


def _name_from_title(reading: TextReading, header: Header, lines: Sequence[Line]) -> None:
    """The unit of the title, or of the amended decision's title, for the only one the text does not name."""
    nameless = [segment for segment in reading.segments if not segment.name]
    if len(nameless) != 1:
        return
    amended = next((line.text for line in lines if _AMENDED.search(line.plain)), "")
    known = [segment.name for segment in reading.segments if segment.name]
    for title in (header.title, amended):
        name = name_in_title(title, plain_form(title))
        if name and not any(same_unit(name, other) for other in known):
            nameless[0].name = name
            return


def _unit(
    segment: Segment | None,
    group: AnnexGroup,
    years: Years,
    stream: Stream,
    decision: ReadDecision,
    made: int | None,
    book: Book | None,
) -> ReadUnit:
    annexes = sorted((located.annex for located in group.annexes), key=lambda annex: annex.year or 9999)
    name = (segment.name if segment else "") or group.name
    if not name:
        name = next((located.unit_name for located in group.annexes if located.unit_name), "")
    period = (segment.years if segment else Years()) or years
    annex_years = sorted({annex.year for annex in annexes if annex.year is not None})
    if segment is None and (period.first is None or period.first not in annex_years):
        period = Years(annex_years[0] if annex_years else None, tuple(annex_years))
    first = period.first if period.first is not None else next(iter(annex_years), None)
    unit = ReadUnit(
        name=name,
        first_year=first,
        years=sorted({*period.years, *annex_years, *([first] if first else [])}),
        annexes=annexes,
    )
    place = Place(unit=name, year=first)
    if segment is not None:
        _read_text(unit, segment, place, stream, decision)
    for annex in annexes:
        unit.findings += [_named(finding, name) for finding in annex.findings]
        unit.findings += codes_of_other_years(annex, name, first, made, book)
        if annex.year != first:
            continue
        if segment is not None and segment.items:
            unit.findings += check_annex_against_text(
                unit.figures, annex.lines, replace(place, annex=annex.number)
            )
        elif unit.last_figure is None:
            unit.figures = figures_from_lines(annex.lines)
            unit.last_figure = last_figure_of(annex.lines)
    if segment is None and decision.units:
        unit.findings += [_annex_of_nobody(annex, name) for annex in annexes if name]
    if not name:
        unit.findings.append(
            Finding("reader.unit_unknown", Severity.WARNING, source=READER_SOURCE, where=place)
        )
    if first is None:
        unit.findings.append(
            Finding("reader.year_unknown", Severity.WARNING, source=READER_SOURCE, where=place)
        )
    return unit


def _revenue(segment: Segment) -> int | None:
    """The receipts that a unit's text states."""
    items = list(segment.items.values())
    return resolve(items).figures[Figure.REVENUE_TOTAL] if items else None


def _annex_of_nobody(annex: ReadAnnex, unit: str) -> Finding:
    """An annex of a unit that the text does not name."""
    return Finding(
        "reader.annex_unit_unknown",
        Severity.WARNING,
        {"unit": unit, "heading": annex.heading or "—"},
        source=READER_SOURCE,
        where=Place(unit=unit, year=annex.year, annex=annex.number),
    )


def _named(finding: Finding, unit: str) -> Finding:
    """An annex's finding under the name that the unit has in the text."""
    if not unit or finding.where.unit == unit:
        return finding
    return replace(finding, where=replace(finding.where, unit=unit))


def _read_text(
    unit: ReadUnit, segment: Segment, place: Place, stream: Stream, decision: ReadDecision
) -> None:
    """Fill in what the text states of a unit, with every finding about it."""
    items = list(segment.items.values())
    # Every sub-point restated is the whole point restated.
    partial = segment.partial and not segment.whole >= set(Section)
    restated = segment.whole if partial else None
    if items:
        reading = resolve(items, restated)
        unit.figures = reading.figures
        unit.last_figure = max((item.figure for item in items), key=list(Figure).index)
        unreadable = {item.figure for item in reading.unreadable}
        unit.findings += check_figures(unit.figures, unit.last_figure, place, unreadable, restated)
        unit.findings += check_step(unit.figures, place)
        unit.findings += [_about(item, "reader.unit_tenge", place) for item in reading.tenge_as_thousands]
        unit.findings += [_about(item, "reader.amount_unreadable", place) for item in reading.unreadable]
        if partial:
            unit.restated = [figure for figure in Figure if figure in segment.items]
        else:
            unit.findings += _assumed_zero(unit, unreadable, place)
    unit.findings += _mixed(stream.printed[segment.start : segment.end], place)
    for fragment in segment.not_understood:
        _not_understood(fragment, place, unit.findings, decision)


def _about(item: Item, code: str, place: Place) -> Finding:
    return Finding(
        code,
        Severity.WARNING,
        {"name": Message(f"figure.{item.figure.value}"), "raw": item.amount.raw or "—", "line": item.line},
        source=READER_SOURCE,
        where=replace(place, figure=item.figure.value),
    )


def _assumed_zero(unit: ReadUnit, unreadable: Iterable[Figure], place: Place) -> list[Finding]:
    """Lines that the text left out although it runs past their place: the sums take them as nil."""
    last = last_stated(unit.figures)
    return [
        Finding(
            "reader.line_assumed_zero",
            Severity.INFO,
            {"name": Message(f"figure.{figure.value}")},
            source=READER_SOURCE,
            where=replace(place, figure=figure.value),
        )
        for figure, amount in unit.figures.items()
        if amount is None and figure not in _OPTIONAL and figure not in unreadable and reached(figure, last)
    ]


def _not_understood(
    fragment: Fragment, place: Place, findings: list[Finding], decision: ReadDecision
) -> None:
    decision.not_understood.append(fragment)
    findings.append(
        Finding(
            "reader.not_understood",
            Severity.WARNING,
            {"text": fragment.text, "line": fragment.line},
            source=READER_SOURCE,
            where=replace(place, text=fragment.text),
        )
    )


def _outside(stream: Stream, segments: Sequence[Segment]) -> str:
    """The text that belongs to no unit."""
    parts: list[str] = []
    position = 0
    for segment in sorted(segments, key=lambda segment: segment.start):
        parts.append(stream.printed[position : max(position, segment.start)])
        position = max(position, segment.end)
    parts.append(stream.printed[position:])
    return "\n".join(parts)


def _mixed(text: str, place: Place) -> list[Finding]:
    """One warning with the words that mix Latin and Cyrillic letters."""
    words = [word for word in _WORD.findall(text) if is_mixed(word)]
    words += [match.group() for match in _LATIN_ALONE.finditer(text)]
    if not words:
        return []
    different = list(dict.fromkeys(words))
    shown = ", ".join(different[:_MOST_WORDS_SHOWN]) + (" …" if len(different) > _MOST_WORDS_SHOWN else "")
    return [
        Finding(
            "reader.mixed_alphabet",
            Severity.WARNING,
            {"words": shown, "count": len(different)},
            source=READER_SOURCE,
            where=place,
        )
    ]

"""The annexes of a decision: found in the source, parted, read line by line.

An annex is a heading («Бюджет … сельского округа на 2024 год»), a table of receipts and a table of
costs that goes on to sections III–VI; both may be one table, several annexes may follow each other
in one sheet, and the heading may stand in the sheet itself. Everything is read by what rows say,
not by where tables begin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from akimat_desk.budget.balance_lines import check_lines
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.reading.annex_amounts import amount_of
from akimat_desk.budget.reading.annex_classifier import Classifier, Weighed
from akimat_desk.budget.reading.annex_finder import AnnexDraft, Finder, runs_of
from akimat_desk.budget.reading.annex_heading import year_in_name, year_of
from akimat_desk.budget.reading.annex_lines import LineBuilder, Segment, missing_sections
from akimat_desk.budget.reading.annex_tables import PrintedRow
from akimat_desk.budget.reading.annex_words import language_of, unit_scale
from akimat_desk.budget.reading.draft import ReadAnnex
from akimat_desk.classification.packs import Book
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_thousands
from akimat_desk.core.progress import Task
from akimat_desk.core.strings import Message
from akimat_desk.intake.content import SourceDocument

# No budget of the fourth level comes near: 5 billion tenge, written in thousands.
_BEYOND_THOUSANDS = from_thousands(5_000_000)


@dataclass(slots=True)
class LocatedAnnex:
    """An annex and where it was found. ``unit_name`` is in the nominative, "" where none is named,
    ``other_name`` what a second heading in the other language calls it; ``line`` is that of its heading
    or first table in the source. ``again`` reads an annex that prints no year as one of the year given."""

    annex: ReadAnnex
    unit_name: str
    line: int
    language: Language
    other_name: str = ""
    again: Callable[[int], LocatedAnnex] | None = field(default=None, repr=False, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The unit's name, then that of a second heading in the other language."""
        return tuple(name for name in (self.unit_name, self.other_name) if name)


@dataclass(slots=True)
class AnnexReading:
    """Every annex of a source. ``consumed`` are the indexes of ``source.blocks`` that belong to
    annexes: their headings, what stands around their numbers, their tables."""

    annexes: list[LocatedAnnex] = field(default_factory=list)
    consumed: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def read_annexes(
    source: SourceDocument,
    language: Language | None = None,
    decision_year: int | None = None,
    task: Task | None = None,
    book: Book | None = None,
) -> AnnexReading:
    """Read every annex of a source, with findings about its rows and its own sums.

    ``language``: of the decision, where an annex does not show its own. ``decision_year``: the year
    in which the decision was made, which says what codes it could print. ``book``: the classification
    to read by, that of the workspace at hand where none is given. Raises Cancelled.
    """
    task = task or Task()
    finder = Finder()
    runs = list(runs_of(source))
    for done, run in enumerate(runs):
        task.step(done, len(runs) + 1)
        finder.take(run)
    finder.close()
    reading = AnnexReading(consumed=finder.consumed)
    weighed: Weighed = {}
    for number, draft in enumerate(finder.drafts):
        task.step(number, len(finder.drafts))
        for of_year in _by_year(draft):
            located = _read(of_year, language, decision_year, weighed, book)
            if located.annex.year is None:
                located.again = partial(_read, of_year, language, decision_year, weighed, book)
            reading.annexes.append(located)
    return reading


def _by_year(draft: AnnexDraft) -> list[AnnexDraft]:
    """An annex that prints several years side by side as one annex for each year."""
    years = list(dict.fromkeys(year for s in draft.segments for row in s.rows for year, _ in row.by_year))
    if not years:
        return [draft]
    return [
        replace(
            draft,
            title=replace(draft.title, year=year),
            segments=[
                Segment(s.section, s.heads, [_of_year(row, year) for row in s.rows]) for s in draft.segments
            ],
        )
        for year in years
    ]


def _of_year(row: PrintedRow, year: int) -> PrintedRow:
    return replace(row, amount=dict(row.by_year).get(year, "")) if row.by_year else row


def _read(
    draft: AnnexDraft,
    language: Language | None,
    decision_year: int | None,
    weighed: Weighed,
    book: Book | None,
    taken_year: int | None = None,
) -> LocatedAnnex:
    title = draft.title
    year = title.year or _year_of_head(draft) or year_in_name(draft.sheet) or taken_year
    spoken = _language(draft, language)
    place = Place(unit=title.unit, year=year, annex=title.number)
    in_tenge = _is_in_tenge(draft)
    classifier = Classifier(year, decision_year, weighed, book)
    builder = LineBuilder(classifier, spoken, place, in_tenge is True)
    for segment in draft.segments:
        builder.add(segment)
    findings = builder.findings
    if year is None:
        findings.insert(
            0, Finding("reader.annex_year_unknown", Severity.ERROR, source="source.annex_rows", where=place)
        )
    elif year == taken_year:
        findings.insert(
            0,
            Finding(
                "reader.annex_year_taken",
                Severity.INFO,
                {"year": str(year)},
                source="source.annex_rows",
                where=place,
            ),
        )
    if in_tenge is not None:
        code = "reader.annex_in_tenge" if in_tenge else "reader.unit_tenge"
        said = next(t for t in (*draft.head_texts, *draft.lines_above) if unit_scale(t))
        fields = {"name": Message("annex.amounts"), "raw": said}
        findings.append(Finding(code, Severity.WARNING, fields, source="source.annex_rows", where=place))
    findings += _missing(builder.lines, place)
    findings += check_lines(builder.lines, place)
    annex = ReadAnnex(title.number, year, title.heading, builder.lines, findings)
    return LocatedAnnex(annex, title.unit, draft.line, spoken, title.other_unit)


def _is_in_tenge(draft: AnnexDraft) -> bool | None:
    """None for an annex in thousand tenge, as every annex should be. Where "тенге" alone is printed:
    whether the amounts really are tenge, which only their size can tell."""
    scales = {scale for text in (*draft.head_texts, *draft.lines_above) if (scale := unit_scale(text))}
    if scales != {1}:
        return None
    amounts = [amount_of(row.amount) for segment in draft.segments for row in segment.rows]
    return max((abs(amount) for amount in amounts if amount is not None), default=0) >= _BEYOND_THOUSANDS


def _year_of_head(draft: AnnexDraft) -> int | None:
    """«Сумма на 2024 год» in the head of the table."""
    years = {year for text in draft.head_texts if (year := year_of(text)) is not None}
    return years.pop() if len(years) == 1 else None


def _language(draft: AnnexDraft, language: Language | None) -> Language:
    if draft.languages:
        return max(set(draft.languages), key=draft.languages.count)
    if draft.title.language is not None:
        return draft.title.language
    if language is not None:
        return language
    names = " ".join(row.name for segment in draft.segments for row in segment.rows)
    return language_of(names) or Language.KK


def _missing(lines: Sequence[BudgetLine], place: Place) -> list[Finding]:
    return [
        Finding(
            "reader.section_missing",
            Severity.WARNING,
            source="source.bc_9",
            where=Place(place.unit, place.year, place.annex, section=section.value),
        )
        for section in missing_sections(lines)
    ]

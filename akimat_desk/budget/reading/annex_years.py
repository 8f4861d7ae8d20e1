"""Codes that an annex prints although they belong to the classification of other years."""

from __future__ import annotations

from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.reading.annex_classifier import Classifier
from akimat_desk.budget.reading.draft import ReadAnnex
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import Book, Resolved, became, current_book
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.strings import Message


def codes_of_other_years(
    annex: ReadAnnex,
    unit: str,
    first_year: int | None,
    decision_year: int | None,
    book: Book | None = None,
) -> list[Finding]:
    """A warning for each line whose code another year's classification gives it, with the right code.

    A line below one that is named already is passed over. A decision made before the year's
    classification was known rightly prints the codes of its own time; so does an amendment of the
    year in which it became known to a budget of the years before.
    """
    if annex.year is None:
        return []
    book = book or current_book()
    edition = book.edition_for(annex.year)
    answered = (
        decision_year is not None
        and decision_year >= edition.known_from
        and first_year is not None
        and first_year >= edition.valid_from
    )
    pack = book.pack(annex.year)
    classifier = Classifier(annex.year, decision_year, book=book)
    found: list[Finding] = []
    named: set[Code] = set()
    for line in annex.lines:
        if line.code is None:
            continue
        entry = pack.lookup(line.code)
        if entry is not None and entry.kind is line.kind and _same_name(line, entry.name.kk, entry.name.ru):
            continue
        resolved = classifier.resolve(line.code, line.printed_name)
        if resolved.entry is None or resolved.pack.edition == edition.id:
            continue
        if not (resolved.outdated or answered):
            continue
        if not any(above in named for above in _above(line.code)):
            place = Place(
                unit, annex.year, annex.number, section=line.section.value, code=str(line.code), row=line.row
            )
            found.append(_finding(line, resolved, annex.year, place))
        named.add(line.code)
    return found


def _same_name(line: BudgetLine, kazakh: str, russian: str) -> bool:
    return bool((kazakh and line.name.kk == kazakh) or (russian and line.name.ru == russian))


def _above(code: Code) -> list[Code]:
    found: list[Code] = []
    above = code.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _finding(line: BudgetLine, resolved: Resolved, year: int, place: Place) -> Finding:
    assert line.code is not None
    now = became(line.code, resolved.pack.year, year, resolved.pack.book)
    return Finding(
        "reader.code_outdated",
        Severity.WARNING,
        {
            "code": str(line.code),
            "name": line.printed_name,
            "year": year,
            "now": Message("reading.code_now", {"code": str(now)})
            if now is not None
            else Message("reading.no_code_now"),
        },
        source="source.classification",
        where=place,
    )

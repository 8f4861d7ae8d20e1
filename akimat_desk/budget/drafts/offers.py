"""Which lines fit what a person types when adding one: by number or words, in any language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from akimat_desk.budget.drafts.cells import SECTION_OF_FIGURE
from akimat_desk.budget.drafts.coded import figure_row, record_for, section_of
from akimat_desk.budget.figures import SECTION_PARTS, Figure, Section
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.packs import Book, Pack, current_book
from akimat_desk.core.language import Trilingual
from akimat_desk.core.text import search_form

MOST_OFFERS = 40
_CODE = re.compile(r"[0-9]{1,3}(?:\s*[/. \-]\s*[0-9]{1,3})*")
_SPLIT = re.compile(r"\s*[/. \-]\s*")


@dataclass(frozen=True, slots=True)
class Offer:
    """A line that may be meant: a code, or a row of III–VI (then ``figure``).

    ``is_unknown`` says that the classification has no such code; it can be added all the same.
    """

    code: Code | None
    figure: Figure
    section: Section
    name: Trilingual
    is_unknown: bool = False


def offers(typed: str, year: int, decision_year: int, book: Book | None = None) -> tuple[Offer, ...]:
    """The lines that fit, best first; nothing for an empty text.

    What belongs to III–VI is offered as its row there. A whole code that nobody knows comes last.
    """
    typed = typed.strip()
    book = book or current_book()
    if not typed:
        return ()
    found: dict[object, Offer] = {}
    for entry in book.pack(year).search(typed):
        code = entry.code
        # Specifics of costs belong to plans, and a line needs a code of its own.
        if not entry.code_known or (isinstance(code, ExpenditureCode) and not code.functional_group):
            continue
        if entry.repeats:
            continue  # administrator 124 stands under every subgroup: it comes with its programmes
        record = record_for(code, year, decision_year, book=book)
        if record.code is None and record.figure is not None:
            found.setdefault(record.figure, _row(record.figure))
        else:
            found.setdefault(code, Offer(code, Figure.COSTS, section_of(code), entry.name))
        if len(found) >= MOST_OFFERS:
            break
    for figure in _figures(typed):
        found.setdefault(figure, _row(figure))
    unknown = _unknown(typed, book.pack(year))
    if unknown is not None:
        found.setdefault(unknown.code, unknown)
    return tuple(found.values())


def _row(figure: Figure) -> Offer:
    return Offer(None, figure, SECTION_OF_FIGURE[figure], figure_row(figure).name)


def _figures(typed: str) -> list[Figure]:
    words = search_form(typed).split()
    rows = [
        figure
        for section in (Section.NET_LENDING, Section.FIN_ASSETS, Section.FINANCING)
        for figure in SECTION_PARTS[section]
    ]
    return [
        figure
        for figure in rows
        for name in (figure_row(figure).name,)
        if all(word in search_form(f"{name.kk} {name.ru} {name.en}") for word in words)
    ]


def _unknown(typed: str, pack: Pack) -> Offer | None:
    """A whole code, as typed, that the year's classification does not have."""
    if not _CODE.fullmatch(typed):
        return None
    parts = _SPLIT.split(typed)
    code: Code
    if (
        len(parts[0]) == 1
        and 1 < len(parts) <= 4
        and [len(p) for p in parts[1:]] == [2, 1, 2][: len(parts) - 1]
    ):
        code = RevenueCode(*parts)
    elif (
        len(parts[0]) == 2
        and 1 < len(parts) <= 6
        and [len(p) for p in parts[1:]] == [1, 3, 3, 3, 3][: len(parts) - 1]
    ):
        code = ExpenditureCode(*parts)
    else:
        return None
    if pack.lookup(code) is not None:
        return None
    return Offer(code, Figure.COSTS, section_of(code), Trilingual(), is_unknown=True)

"""From a code to a line: its section, name and kind by the classification of the draft's first year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from akimat_desk.budget.drafts.cells import LineKey, LineRecord
from akimat_desk.budget.drafts.nodes import figure_record
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.packs import Book, became, category_figure, resolve
from akimat_desk.core.language import Language, Trilingual

_FIGURE_OF_KIND = {
    LineKind.CREDIT_REPAYMENTS: Figure.CREDIT_REPAYMENTS,
    LineKind.BUDGET_CREDITS: Figure.BUDGET_CREDITS,
    LineKind.FIN_ASSETS_SALE: Figure.FIN_ASSETS_SALE,
    LineKind.FIN_ASSETS_PURCHASE: Figure.FIN_ASSETS_PURCHASE,
    LineKind.LOANS_IN: Figure.LOANS_IN,
    LineKind.LOANS_REPAID: Figure.LOANS_REPAID,
    LineKind.BALANCES_USED: Figure.BALANCES_USED,
}
_OFFERED = 3  # lines named to one who typed a code that is not known
_KIND_OF_FIGURE = {figure: kind for kind, figure in _FIGURE_OF_KIND.items()}


def section_of(code: Code) -> Section:
    """The section whose lines have codes of this sort."""
    return Section.REVENUE if isinstance(code, RevenueCode) else Section.EXPENDITURE


def code_of(section: Section, stored: str) -> Code:
    """A stored code again. Raises TypeError for a text with too many parts."""
    code_type = RevenueCode if section is Section.REVENUE else ExpenditureCode
    return code_type.from_stored(stored)


def figure_row(figure: Figure) -> LineRecord:
    """A row of III–VI under its usual name."""
    return figure_record(LineKey.of_figure(figure), _KIND_OF_FIGURE[figure])


def record_for(
    code: Code, year: int, decision_year: int, name: str = "", book: Book | None = None
) -> LineRecord:
    """The line that a code means in a budget that begins with ``year``.

    What belongs to III–VI has one row per figure there (financing is adopted as one sum, Budget Code
    art. 89 p. 3). A code that no classification knows keeps ``name``, as typed.
    """
    # By its code alone: a name that does not fit is a finding, never another line.
    resolved = resolve(code, "", year, decision_year, book)
    if resolved.kind in _FIGURE_OF_KIND:
        return figure_row(_FIGURE_OF_KIND[resolved.kind])
    section = section_of(code)
    entry = resolved.entry
    figure = None
    if isinstance(code, RevenueCode) and code.level == 1:
        value = category_figure(resolved.kind)
        figure = Figure(value) if value is not None else None
    return LineRecord(
        LineKey.of_code(section, code),
        code,
        entry.name if entry is not None else Trilingual(),
        resolved.kind,
        figure,
        "" if entry is not None else name,
    )


def ancestors(code: Code) -> Iterator[Code]:
    """The codes above a code, the nearest first."""
    above = code.parent
    while above is not None:
        yield above
        above = above.parent


@dataclass(frozen=True, slots=True)
class CodeDoubt:
    """What is doubtful about a code in a year.

    ``nearest`` for a code that no year knows; else it is of another year, and ``now`` is the code it
    became (None where that year has no such line).
    """

    name: Trilingual
    now: Code | None = None
    nearest: tuple[Entry, ...] = ()
    unknown: bool = False


@lru_cache(maxsize=8192)
def code_doubt(
    code: Code, kind: LineKind, name: str, year: int, first_year: int, decision_year: int, book: Book
) -> CodeDoubt | None:
    """Whether a line of this kind belongs into a column of ``year`` under its code; None where it does.

    A decision made before an edition of the classification was known prints the old codes for later
    years too, and rightly so.
    """
    known = decision_year >= book.edition_for(year).known_from
    serving = book.pack(year if known else first_year)
    entry = serving.lookup(code)
    if entry is not None and kind in (entry.kind, LineKind.UNKNOWN):
        return None
    for edition in reversed(book.editions):
        other = book.pack(min(max(first_year, edition.valid_from), edition.valid_to or first_year))
        entry = other.lookup(code)
        if other.edition != serving.edition and entry is not None and kind in (entry.kind, LineKind.UNKNOWN):
            return CodeDoubt(entry.name, became(code, other.year, serving.year, book))
    # What stands under the nearest known line above: cheap, for there may be a whole sheet of such codes.
    above = serving.ancestor(code)
    nearest = tuple(serving.children(above.code)[:_OFFERED]) if above is not None else ()
    return CodeDoubt(Trilingual(kk=name, ru=name), nearest=nearest, unknown=True)


def name_for_search(record: LineRecord) -> str:
    """The name by which a line's code is judged."""
    return record.name.text(Language.RU) or record.printed_name

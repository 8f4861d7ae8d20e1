"""What a printed code is and what became of it: the door to the classification.

Which code a line has depends on its year (the categories of receipts moved in 2026); what a line
*is*, its :class:`LineKind`, does not. Everything here answers from a :class:`Book`:
the files of ``resources/classification``, read once on first use, or those with a workspace's own
codes laid over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from akimat_desk.classification.book import Book, current_book, edition_for, pack_for, shipped, work_with
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.entries import Edition, Entry, Link, editions
from akimat_desk.classification.names import AGREES, BELONGS, judge, score
from akimat_desk.classification.pack import Pack, closeness, digits_of

__all__ = [
    "Book",
    "Edition",
    "Entry",
    "Pack",
    "Resolved",
    "became",
    "category_figure",
    "current_book",
    "edition_for",
    "editions",
    "pack_for",
    "resolve",
    "shipped",
    "work_with",
]

_FIGURE_OF_KIND = {
    LineKind.TAX: "tax",
    LineKind.NONTAX: "nontax",
    LineKind.CAPITAL_SALES: "capital_sales",
    LineKind.SPECIAL_RECEIPTS: "special_receipts",
    LineKind.TRANSFERS: "transfers",
    LineKind.CREDIT_REPAYMENTS: "credit_repayments",
    LineKind.FIN_ASSETS_SALE: "fin_assets_sale",
    LineKind.LOANS_IN: "loans_in",
    LineKind.BALANCES_USED: "balances_used",
    LineKind.EXPENDITURE: "costs",
    LineKind.BUDGET_CREDITS: "budget_credits",
    LineKind.FIN_ASSETS_PURCHASE: "fin_assets_purchase",
    LineKind.LOANS_REPAID: "loans_repaid",
}


def category_figure(kind: LineKind) -> str | None:
    """The budget figure (a value of ``budget.figures.Figure``) that lines of a kind add up to."""
    return _FIGURE_OF_KIND.get(kind)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a printed code is.

    ``entry`` is None for a code that no edition in question knows. ``kind`` is then that of the
    nearest known code above, UNKNOWN where there is none. ``name_agrees`` is None when there is
    nothing to compare. ``carries_name_of`` is the row whose name is printed instead. ``pack`` is the
    pack that answered; ``outdated`` says that it is one which neither the line's year nor the
    decision's authors should have used: an old template (transfers still printed as 4 in 2026) or the
    codes that came later (transfers as 5 in 2025).
    """

    entry: Entry | None
    kind: LineKind
    name_agrees: bool | None
    carries_name_of: Entry | None
    pack: Pack
    outdated: bool = False


def resolve(
    code: Code, printed_name: str, year: int, decision_year: int, book: Book | None = None
) -> Resolved:
    """What a printed code means in a line of ``year`` of a decision made in ``decision_year``.

    A decision made before the codes moved prints the old digits for later years too: the printed
    name decides between the pack of the line's year and that of the decision's year; without a name
    that decides, the edition the decision's authors could know. Where neither has such a code under
    such a name, but the edition before or after has, the codes of another year were printed.
    ``book``: the classification to ask, that of the workspace at hand where none is given.
    """
    book = book or current_book()
    edition = book.edition_for(year)
    packs = [book.pack(year)]
    if book.edition_for(decision_year) is not edition:
        made = book.pack(decision_year)
        packs = [made, *packs] if decision_year < edition.known_from else [*packs, made]
    # max() keeps the first of equals, so the order above decides where the name does not.
    best = max(_candidates(code, packs), key=lambda pair: score(pair[1], printed_name), default=None)
    near = score(best[1], printed_name) if best else 0.0
    other = _of_another_year(code, packs, printed_name, best is None) if near < AGREES else None
    if other is not None:
        best = other
    if best is None:
        return _unknown(code, packs, printed_name)
    pack, entry = best
    agrees, others = judge(entry, printed_name, pack.name_index(code))
    return Resolved(entry, entry.kind, agrees, _nearest_of(others, code), pack, other is not None)


def _candidates(code: Code, packs: Iterable[Pack]) -> list[tuple[Pack, Entry]]:
    known = [(pack, pack.lookup(code)) for pack in packs]
    return [(pack, entry) for pack, entry in known if entry is not None]


def _of_another_year(
    code: Code, packs: Sequence[Pack], printed_name: str, unknown: bool
) -> tuple[Pack, Entry] | None:
    """The row of the edition before or after all of these that has both this code and this name.

    An old template is told by a code alone, too, where nothing else has it (``unknown``).
    """
    before = _candidates(code, _before(packs))
    found = [*before, *_candidates(code, _after(packs))]
    best = max(found, key=lambda pair: score(pair[1], printed_name), default=None)
    if best is not None and score(best[1], printed_name) >= BELONGS:
        return best
    return before[0] if before and unknown else None


def _before(packs: Sequence[Pack]) -> list[Pack]:
    """The pack of the last year of the edition before all of these, where there is one."""
    first = min(pack.edition_info.valid_from for pack in packs)
    book = packs[0].book
    return [book.pack(first - 1)] if book.edition_for(first - 1).valid_from < first else []


def _after(packs: Sequence[Pack]) -> list[Pack]:
    """The pack of the first year of the edition after all of these, where there is one."""
    last = max(packs, key=lambda pack: pack.edition_info.valid_from).edition_info.valid_to
    return [packs[0].book.pack(last + 1)] if last is not None else []


def _unknown(code: Code, packs: Sequence[Pack], printed_name: str) -> Resolved:
    above = [(pack, pack.ancestor(code)) for pack in packs]
    best = max(above, key=lambda pair: pair[1].code.level if pair[1] is not None else 0)
    pack, ancestor = best
    kind = ancestor.kind if ancestor is not None else LineKind.UNKNOWN
    if kind is LineKind.UNKNOWN and isinstance(code, ExpenditureCode):
        kind = LineKind.EXPENDITURE
    named = [entry for _, entry in pack.name_index(code).best(printed_name, BELONGS)]
    return Resolved(None, kind, None, _nearest_of(named, code), pack)


def _nearest_of(entries: Sequence[Entry], code: Code) -> Entry | None:
    """Of rows with one and the same name, the one nearest to where it is printed."""
    if not entries:
        return None
    first = {name for name in (entries[0].name.kk, entries[0].name.ru) if name}
    same = [e for e in entries if first & {e.name.kk, e.name.ru}]
    wanted = digits_of(code)
    return max(same, key=lambda e: (e.code_known, closeness(wanted, digits_of(e.code))))


def became(code: Code, from_year: int, to_year: int, book: Book | None = None) -> Code | None:
    """The code of ``to_year`` for what ``code`` is in ``from_year``; works in both directions.

    None when the other year has no such line: special receipts before 2026, single land tax from
    2026. Codes of costs and codes that nothing says moved stay as they are.
    """
    book = book or current_book()
    if book.edition_for(from_year) is book.edition_for(to_year):
        return code
    moved = code
    if isinstance(code, RevenueCode):
        forward = from_year < to_year
        steps = sorted({(link.until, link.since) for link in book.links}, reverse=not forward)
        for until, since in steps:
            if not (min(from_year, to_year) <= until and since <= max(from_year, to_year)):
                continue
            step = _step(moved, [k for k in book.links if (k.until, k.since) == (until, since)], forward)
            if step is None:
                return None
            moved = step
    if moved == code:
        here, there = book.pack(from_year).lookup(code), book.pack(to_year).lookup(code)
        if here is not None and there is None and not here.valid_in(to_year):
            return None
    return moved


def _step(code: Code, links: Sequence[Link], forward: bool) -> RevenueCode | None:
    """A code over the links of one move: the longest matching one carries children too."""
    if not isinstance(code, RevenueCode):
        return None
    pairs = [(link.before, link.after) if forward else (link.after, link.before) for link in links]
    parts = code.parts
    fitting = [(old, new) for old, new in pairs if parts[: len(old)] == old]
    if fitting:
        old, new = max(fitting, key=lambda pair: len(pair[0]))
        return RevenueCode(*new, *parts[len(old) :])
    # Its digits now mean something else: what it was has no place in the other year.
    if any(parts[: len(new)] == new for _, new in pairs):
        return None
    return code

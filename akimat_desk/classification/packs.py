"""The classification of a budget year: look a code up, find it by words, follow it over years.

Which code a line has depends on its year (the categories of receipts moved in 2026); what a line
*is*, its :class:`LineKind`, does not. Everything here answers from the files of
``resources/classification``, read once on first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache

from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.entries import (
    Edition,
    Entry,
    economic_rows,
    editions,
    expenditure_rows,
    links,
    revenue_rows,
)
from akimat_desk.classification.names import AGREES, BELONGS, NameIndex, judge, names_of, score
from akimat_desk.classification.search import SearchIndex, words_of

__all__ = [
    "Edition",
    "Entry",
    "Pack",
    "Resolved",
    "became",
    "category_figure",
    "edition_for",
    "editions",
    "pack_for",
    "resolve",
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

# Names less alike than this say nothing about an unknown code.
_FAR = 0.55
_MISSING_PART = "~"  # sorts after every digit: a row without an own code comes last under its parent


def category_figure(kind: LineKind) -> str | None:
    """The budget figure (a value of ``budget.figures.Figure``) that lines of a kind add up to."""
    return _FIGURE_OF_KIND.get(kind)


def _sort_key(entry: Entry) -> tuple[str, ...]:
    parts = tuple(getattr(entry.code, part.name) for part in fields(entry.code))
    return parts if entry.code_known else (*(p for p in parts if p), _MISSING_PART)


class Pack:
    """The classification in force in one budget year."""

    def __init__(self, year: int, edition: Edition) -> None:
        """Use :func:`pack_for`, which keeps packs."""
        self.year = year
        self._edition = edition
        served = min(max(year, edition.valid_from), edition.valid_to or year)
        self.revenue = _in_force(revenue_rows(), served)
        self.expenditure = _in_force(expenditure_rows(), served)
        self.economic = _in_force(economic_rows(), served)
        #: Every row: receipts, costs, specifics of costs; those without an own code included.
        self.entries: Sequence[Entry] = (*self.revenue, *self.expenditure, *self.economic)
        self._by_code: dict[Code, Entry] = {e.code: e for e in self.entries if e.code_known}
        self._repeating: dict[tuple[str, str], Entry] = {
            (e.repeats, getattr(e.code, e.repeats)): e for e in self.expenditure if e.repeats
        }
        self._children: dict[Code, list[Entry]] | None = None
        self._search: SearchIndex | None = None
        self._name_indexes: dict[type, NameIndex] = {}

    @property
    def edition(self) -> str:
        """The id of the data edition, to be kept with what was read by it."""
        return self._edition.id

    @property
    def edition_info(self) -> Edition:
        """The edition's years, title and sources."""
        return self._edition

    def lookup(self, code: Code) -> Entry | None:
        """The row of a code, or None when this year does not know it.

        Administrator 124 and the common subprograms mean the same under every subgroup and program;
        a specific of costs is found under any program. A program printed without its subgroup is
        found where only one subgroup has it (the oblast act of 2026 prints no subgroup).
        """
        found = self._by_code.get(code)
        if found is not None or isinstance(code, RevenueCode):
            return found
        if code.specific:
            return self._repeated(self._by_code.get(ExpenditureCode(specific=code.specific)), code)
        if code.subprogram:
            return self._repeated(self._repeating.get(("subprogram", code.subprogram)), code)
        if code.program and not code.subgroup:
            same = [e for e in self.expenditure if e.code_known and _without_subgroup(e.code) == code]
            return same[0] if len(same) == 1 else None
        if code.administrator and not code.program:
            return self._repeated(self._repeating.get(("administrator", code.administrator)), code)
        return None

    @staticmethod
    def _repeated(entry: Entry | None, code: Code) -> Entry | None:
        return None if entry is None else replace(entry, code=code)

    def children(self, code: Code) -> list[Entry]:
        """The rows one level below a code, in order; those without an own code come last."""
        if self._children is None:
            self._children = {}
            for entry in (*self.revenue, *self.expenditure):
                above = entry.code.parent if entry.code_known else entry.code
                if above is not None:
                    self._children.setdefault(above, []).append(entry)
        found = list(self._children.get(code, ()))
        if isinstance(code, ExpenditureCode) and code.level == 2 and code.subgroup:
            found += [
                replace(entry, code=replace(code, administrator=number))
                for (level, number), entry in self._repeating.items()
                if level == "administrator"
            ]
        return found

    def top(self) -> list[Entry]:
        """The categories of receipts, then the functional groups of costs."""
        return [e for e in (*self.revenue, *self.expenditure) if e.code_known and _is_top(e.code)]

    def ancestor(self, code: Code) -> Entry | None:
        """The row of the nearest code above that this year knows."""
        above = code.parent
        while above is not None:
            found = self.lookup(above)
            if found is not None:
                return found
            above = above.parent
        return None

    def name_index(self, code: Code) -> NameIndex:
        """The names of the side (receipts or costs) that a code belongs to."""
        side = type(code)
        if side not in self._name_indexes:
            rows = self.revenue if side is RevenueCode else self.expenditure
            self._name_indexes[side] = NameIndex(rows)
        return self._name_indexes[side]

    def nearest(self, code: Code, name: str = "") -> list[Entry]:
        """Up to three rows that an unknown code may have meant: by its digits and by its name."""
        rows = self.revenue if isinstance(code, RevenueCode) else (*self.expenditure, *self.economic)
        named = {e.row: near for near, e in self.name_index(code).best(name)} if name else {}
        words = set(words_of(name))
        wanted = _digits(code)

        def distance(entry: Entry) -> tuple[float, int, tuple[str, ...]]:
            by_name = max(named.get(entry.row, 0.0), _shared_words(words, entry))
            by_code = _closeness(wanted, _digits(entry.code))
            deep = abs(entry.code.level - code.level)
            # A name that fits says more than digits that nearly do.
            return (-(2 * max(0.0, by_name - _FAR) + by_code), deep, _sort_key(entry))

        known = [_placed(entry, code) for entry in rows if entry.code_known]
        return sorted(known, key=distance)[:3]

    def search(self, text: str) -> list[Entry]:
        """Rows by number ("1/04", "008", "101202") or by any words in any language, best first.

        Kazakh letters need not be typed ("кызмет" finds "қызмет"). Rows without an own code are
        found by their words. Empty text finds nothing.
        """
        if self._search is None:
            self._search = SearchIndex(self.entries)
        return self._search.find(text)


def _in_force(rows: Iterable[Entry], year: int) -> tuple[Entry, ...]:
    return tuple(sorted((row for row in rows if row.valid_in(year)), key=_sort_key))


def _is_top(code: Code) -> bool:
    if isinstance(code, RevenueCode):
        return code.level == 1
    return bool(code.functional_group) and code.level == 1


def _without_subgroup(code: Code) -> Code:
    return replace(code, subgroup="") if isinstance(code, ExpenditureCode) else code


def _digits(code: Code) -> tuple[str, ...]:
    return tuple(getattr(code, part.name) for part in fields(code))


def _closeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How near two codes are: the outer parts weigh most, a part that differs by a digit a little."""
    near, weight = 0.0, 0.5
    for first, second in zip(one, other, strict=True):
        if first == second:
            near += weight if first else 0.0
        elif first and second:
            alike = sum(a == b for a, b in zip(first, second, strict=False)) / max(len(first), len(second))
            return near + weight * alike / 2
        else:
            return near
        weight /= 2
    return near


def _shared_words(words: set[str], entry: Entry) -> float:
    """The share of words that a name has in common with the nearest of a row's names."""
    shares = [
        2 * len(words & own) / (len(words) + len(own))
        for name in names_of(entry)
        if (own := set(words_of(name)))
    ]
    return max(shares, default=0.0) if words else 0.0


def _placed(entry: Entry, code: Code) -> Entry:
    """A repeating row (administrator 124) put where it was looked for; any other row as it is."""
    if not entry.repeats or not isinstance(code, ExpenditureCode):
        return entry
    above = {"administrator": 2, "subprogram": 4}[entry.repeats]
    if not _digits(code)[above - 1]:
        return entry
    placed = ExpenditureCode(*_digits(code)[:above])
    return replace(entry, code=replace(placed, **{entry.repeats: getattr(entry.code, entry.repeats)}))


def edition_for(year: int) -> Edition:
    """The edition that serves a budget year; years before the first edition are served by it."""
    serving = [e for e in editions() if e.valid_from <= year]
    return serving[-1] if serving else editions()[0]


@cache
def pack_for(year: int) -> Pack:
    """The classification in force in a budget year."""
    return Pack(year, edition_for(year))


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a printed code is.

    ``entry`` is None for a code that no edition in question knows. ``kind`` is then that of the
    nearest known code above, UNKNOWN where there is none. ``name_agrees`` is None when there is
    nothing to compare. ``carries_name_of`` is the row whose name is printed instead. ``pack`` is the
    pack that answered; ``outdated`` says that it is one which neither the line's year nor the
    decision's authors should have used any more (an old template: transfers still printed as 4).
    """

    entry: Entry | None
    kind: LineKind
    name_agrees: bool | None
    carries_name_of: Entry | None
    pack: Pack
    outdated: bool = False


def resolve(code: Code, printed_name: str, year: int, decision_year: int) -> Resolved:
    """What a printed code means in a line of ``year`` of a decision made in ``decision_year``.

    A decision made before the codes moved prints the old digits for later years too: the printed
    name decides between the pack of the line's year and that of the decision's year; without a name
    that decides, the edition the decision's authors could know. Where neither has such a code under
    such a name, but the edition before has, the decision was written on an old template.
    """
    packs = [pack_for(year)]
    if edition_for(decision_year) is not edition_for(year):
        made = pack_for(decision_year)
        packs = [made, *packs] if decision_year < edition_for(year).known_from else [*packs, made]
    # max() keeps the first of equals, so the order above decides where the name does not.
    best = max(_candidates(code, packs), key=lambda pair: score(pair[1], printed_name), default=None)
    near = score(best[1], printed_name) if best else 0.0
    outdated = _candidates(code, _before(packs)) if near < AGREES else []
    old = (
        outdated[0] if outdated and (best is None or score(outdated[0][1], printed_name) >= BELONGS) else None
    )
    if old is not None:
        best = old
    if best is None:
        return _unknown(code, packs, printed_name)
    pack, entry = best
    agrees, others = judge(entry, printed_name, pack.name_index(code))
    return Resolved(entry, entry.kind, agrees, _nearest_of(others, code), pack, old is not None)


def _candidates(code: Code, packs: Iterable[Pack]) -> list[tuple[Pack, Entry]]:
    known = [(pack, pack.lookup(code)) for pack in packs]
    return [(pack, entry) for pack, entry in known if entry is not None]


def _before(packs: Sequence[Pack]) -> list[Pack]:
    """The pack of the last year of the edition before all of these, where there is one."""
    first = min(pack.edition_info.valid_from for pack in packs)
    return [pack_for(first - 1)] if edition_for(first - 1).valid_from < first else []


def _unknown(code: Code, packs: Sequence[Pack], printed_name: str) -> Resolved:
    above = [(pack, pack.ancestor(code)) for pack in packs]
    best = max(above, key=lambda pair: pair[1].code.level if pair[1] is not None else 0)
    pack, ancestor = best
    kind = ancestor.kind if ancestor is not None else LineKind.UNKNOWN
    if kind is LineKind.UNKNOWN and isinstance(code, ExpenditureCode):
        kind = LineKind.EXPENDITURE
    named = [e for near, e in pack.name_index(code).best(printed_name) if near >= BELONGS]
    return Resolved(None, kind, None, _nearest_of(named, code), pack)


def _nearest_of(entries: Sequence[Entry], code: Code) -> Entry | None:
    """Of rows with one and the same name, the one nearest to where it is printed."""
    if not entries:
        return None
    first = {name for name in (entries[0].name.kk, entries[0].name.ru) if name}
    same = [e for e in entries if first & {e.name.kk, e.name.ru}]
    wanted = _digits(code)
    return max(same, key=lambda e: (e.code_known, _closeness(wanted, _digits(e.code))))


def became(code: Code, from_year: int, to_year: int) -> Code | None:
    """The code of ``to_year`` for what ``code`` is in ``from_year``; works in both directions.

    None when the other year has no such line: special receipts before 2026, single land tax from
    2026. Codes of costs and codes that nothing says moved stay as they are.
    """
    if edition_for(from_year) is edition_for(to_year):
        return code
    moved = code
    if isinstance(code, RevenueCode):
        forward = from_year < to_year
        steps = sorted({(link.until, link.since) for link in links()}, reverse=not forward)
        for until, since in steps:
            if not (min(from_year, to_year) <= until and since <= max(from_year, to_year)):
                continue
            step = _step(moved, until, since, forward)
            if step is None:
                return None
            moved = step
    if moved == code:
        here, there = pack_for(from_year).lookup(code), pack_for(to_year).lookup(code)
        if here is not None and there is None and not here.valid_in(to_year):
            return None
    return moved


def _step(code: Code, until: int, since: int, forward: bool) -> RevenueCode | None:
    """A code over one move: the link with the longest matching beginning carries its children too."""
    if not isinstance(code, RevenueCode):
        return None
    pairs = [
        (link.before, link.after) if forward else (link.after, link.before)
        for link in links()
        if (link.until, link.since) == (until, since)
    ]
    parts = code.parts
    fitting = [(old, new) for old, new in pairs if parts[: len(old)] == old]
    if fitting:
        old, new = max(fitting, key=lambda pair: len(pair[0]))
        return RevenueCode(*new, *parts[len(old) :])
    # Its digits now mean something else: what it was has no place in the other year.
    if any(parts[: len(new)] == new for _, new in pairs):
        return None
    return code

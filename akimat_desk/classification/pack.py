"""The classification of one budget year: its rows, looked up by code, by place or by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from heapq import nsmallest
from typing import TYPE_CHECKING

from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.entries import Edition, Entry
from akimat_desk.classification.names import NameIndex, names_of
from akimat_desk.classification.search import SearchIndex, words_of

if TYPE_CHECKING:
    from akimat_desk.classification.book import Book

# Names less alike than this say nothing about an unknown code.
_FAR = 0.55
_MISSING_PART = "~"  # sorts after every digit: a row without an own code comes last under its parent


def _sort_key(entry: Entry) -> tuple[str, ...]:
    parts = tuple(getattr(entry.code, part.name) for part in fields(entry.code))
    return parts if entry.code_known else (*(p for p in parts if p), _MISSING_PART)


@dataclass(frozen=True, slots=True)
class _Sample:
    """A row laid ready to be compared with an unknown code."""

    entry: Entry
    digits: tuple[str, ...]
    level: int
    key: tuple[str, ...]
    names: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, entry: Entry) -> _Sample:
        words = (frozenset(words_of(name)) for name in names_of(entry))
        return cls(
            entry, digits_of(entry.code), entry.code.level, _sort_key(entry), tuple(w for w in words if w)
        )

    def shared(self, words: frozenset[str]) -> float:
        """The share of words that a name has in common with the nearest of the row's names."""
        return max((2 * len(words & own) / (len(words) + len(own)) for own in self.names), default=0.0)


class Pack:
    """The classification in force in one budget year."""

    def __init__(self, year: int, edition: Edition, book: Book) -> None:
        """Use :meth:`Book.pack`, which keeps packs."""
        self.year = year
        self.book = book
        self._edition = edition
        served = min(max(year, edition.valid_from), edition.valid_to or year)
        self.revenue = _in_force(book.rows.revenue, served)
        self.expenditure = _in_force(book.rows.expenditure, served)
        self.economic = _in_force(book.rows.economic, served)
        #: Every row: receipts, costs, specifics of costs; those without an own code included.
        self.entries: Sequence[Entry] = (*self.revenue, *self.expenditure, *self.economic)
        self._by_code: dict[Code, Entry] = {e.code: e for e in self.entries if e.code_known}
        self._repeating: dict[tuple[str, str], Entry] = {
            (e.repeats, getattr(e.code, e.repeats)): e for e in self.expenditure if e.repeats
        }
        self._children: dict[Code, list[Entry]] | None = None
        self._search: SearchIndex | None = None
        self._name_indexes: dict[type, NameIndex] = {}
        self._sampled: dict[type, list[_Sample]] = {}

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
        named = {e.row: near for near, e in self.name_index(code).best(name)} if name else {}
        words = frozenset(words_of(name))
        wanted = digits_of(code)

        def distance(sample: _Sample) -> tuple[float, int, tuple[str, ...]]:
            entry = sample.entry
            by_name = max(named.get(entry.row, 0.0), sample.shared(words))
            by_code = closeness(
                wanted, digits_of(_placed(entry, code).code) if entry.repeats else sample.digits
            )
            # A name that fits says more than digits that nearly do.
            return (-(2 * max(0.0, by_name - _FAR) + by_code), abs(sample.level - code.level), sample.key)

        return [_placed(sample.entry, code) for sample in nsmallest(3, self._samples(code), key=distance)]

    def _samples(self, code: Code) -> list[_Sample]:
        side = type(code)
        if side not in self._sampled:
            rows = self.revenue if side is RevenueCode else (*self.expenditure, *self.economic)
            self._sampled[side] = [_Sample.of(entry) for entry in rows if entry.code_known]
        return self._sampled[side]

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


def digits_of(code: Code) -> tuple[str, ...]:
    return tuple(getattr(code, part.name) for part in fields(code))


def closeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
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


def _placed(entry: Entry, code: Code) -> Entry:
    """A repeating row (administrator 124) put where it was looked for; any other row as it is."""
    if not entry.repeats or not isinstance(code, ExpenditureCode):
        return entry
    above = {"administrator": 2, "subprogram": 4}[entry.repeats]
    if not digits_of(code)[above - 1]:
        return entry
    placed = ExpenditureCode(*digits_of(code)[:above])
    return replace(entry, code=replace(placed, **{entry.repeats: getattr(entry.code, entry.repeats)}))

"""What a printed code is: the packs of the line's year and of the decision's, asked fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from akimat_desk.budget.reading.annex_words import BOTH_LANGUAGES
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.names import BELONGS
from akimat_desk.classification.packs import Book, Pack, Resolved, current_book, resolve

# For how many unknown codes of a source the names of the whole classification are compared.
_MOST_WEIGHED = 12

#: What unknown codes may have meant, kept for all annexes of a source.
Weighed = dict[tuple[str, Code, str], list[Entry]]


class Classifier:
    """The classification as an annex of one year asks it. ``year`` None: the newest, then older.

    ``weighed`` keeps what unknown codes may have meant, for all annexes of a source. ``book``: the
    classification to ask, that of the workspace at hand where none is given.
    """

    def __init__(
        self,
        year: int | None,
        decision_year: int | None,
        weighed: Weighed | None = None,
        book: Book | None = None,
    ) -> None:
        self._book = book or current_book()
        newest = self._book.editions[-1]
        self._year = year if year is not None else decision_year or newest.valid_from
        # Without the decision's date an annex may still print the codes of the edition before.
        known = self._book.edition_for(self._year).known_from
        self._decision_year = decision_year if decision_year is not None else min(self._year, known)
        packs = (self._book.pack(self._year), self._book.pack(self._decision_year))
        self._packs = packs if packs[0] is not packs[1] else packs[:1]
        self._weighed = weighed if weighed is not None else {}
        self._resolved: dict[tuple[Code, str], Resolved] = {}
        self._known: dict[Code, bool] = {}

    def knows(self, code: Code) -> bool:
        """Whether a pack that may apply has the code."""
        known = self._known.get(code)
        if known is None:
            official = self._official(code)
            whole = isinstance(official, RevenueCode) or not official.program or bool(official.subgroup)
            known = whole and any(pack.lookup(official) is not None for pack in self._packs)
            self._known[code] = known
        return known

    def resolve(self, code: Code, name: str) -> Resolved:
        """What the code is. Of a bilingual name ("… / …") the part that agrees is taken."""
        if not self.knows(code) and not self._knew(code):
            return self._unknown(code)
        key = (code, name)
        found = self._resolved.get(key)
        if found is None:
            official = self._official(code)
            found = resolve(official, name, self._year, self._decision_year, self._book)
            if BOTH_LANGUAGES in name and found.name_agrees is not True:
                for part in name.split(BOTH_LANGUAGES):
                    again = resolve(official, part, self._year, self._decision_year, self._book)
                    if again.name_agrees:
                        found = again
                        break
            if found.entry is None:
                found = self._unknown(code)
            self._resolved[key] = found
        return found

    def _knew(self, code: Code) -> bool:
        """Whether another edition has the code: it may be printed in a year that is not its own."""
        official = self._official(code)
        others = (self._book.pack(e.valid_to or e.valid_from) for e in self._book.editions)
        return any(pack.lookup(official) is not None for pack in others)

    def _unknown(self, code: Code) -> Resolved:
        """A code that no pack has is what the nearest known code above it is."""
        pack = self._packs[0]
        above = pack.ancestor(code)
        kind = above.kind if above is not None else LineKind.UNKNOWN
        if kind is LineKind.UNKNOWN and isinstance(code, ExpenditureCode):
            kind = LineKind.EXPENDITURE
        return Resolved(None, kind, None, None, pack)

    def named(self, code: Code, name: str) -> Entry | None:
        """The known line whose name an unknown code carries, nearest to it; None for a name of its own
        or of a line above it, which a deeper line often repeats."""
        index = self._packs[0].name_index(code)
        found = list(index.exact(name))
        if not found and (self._packs[0].edition, code, name) in self._weighed:
            found = [entry for near, entry in index.best(name, 2) if near >= BELONGS]
        outer = set()
        above = code.parent
        while above is not None:
            outer.add(above)
            above = above.parent
        if any(entry.code in outer for entry in found):
            return None
        known = [entry for entry in found if entry.code_known]
        return next((e for e in known if e.code.parent == code.parent), known[0] if known else None)

    def nearest(self, code: Code, name: str) -> Sequence[Entry]:
        """The rows that an unknown code may mean: by digits and name, but in a table full of unknown
        codes, where names cannot be weighed one by one, the rows beside it."""
        pack = self._packs[0]
        key = (pack.edition, code, name)
        if key not in self._weighed and len(self._weighed) < _MOST_WEIGHED:
            self._weighed[key] = pack.nearest(code, name)
        if key in self._weighed:
            return self._weighed[key]
        above = pack.ancestor(code)
        beside = pack.children(above.code) if above is not None else pack.top()
        return [entry for entry in beside if isinstance(entry.code, type(code)) and entry.code_known][:3]

    def _official(self, code: Code) -> Code:
        """The full code of a program printed without its subgroup or administrator, where one fits."""
        if (
            not isinstance(code, ExpenditureCode)
            or not code.program
            or (code.subgroup and code.administrator)
        ):
            return code
        fitting = {
            full
            for pack in self._packs
            for full in _programs(pack).get((code.functional_group, code.program), ())
            if code.subgroup in ("", full.subgroup) and code.administrator in ("", full.administrator)
        }
        if len(fitting) != 1:
            return code
        return replace(fitting.pop(), subprogram=code.subprogram, specific=code.specific)


@cache
def _programs(pack: Pack) -> dict[tuple[str, str], list[ExpenditureCode]]:
    """The programs of a pack by group and number, for annexes that print no subgroup."""
    found: dict[tuple[str, str], list[ExpenditureCode]] = {}
    for entry in pack.expenditure:
        code = entry.code
        if entry.code_known and isinstance(code, ExpenditureCode) and code.program and not code.subprogram:
            found.setdefault((code.functional_group, code.program), []).append(code)
    return found

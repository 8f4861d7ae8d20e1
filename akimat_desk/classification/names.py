"""Whether a printed name is a row's own name, and whose name it is when it is not.

Printed annexes spell names with joined words, look-alike letters and slips, and now and then shift
a whole column of names against the codes. A slip must not raise an alarm, a shift must.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from akimat_desk.classification.entries import Entry, name_variants
from akimat_desk.core.text import skeleton

#: From here on a name passes as the row's own.
AGREES = 0.85
#: From here on a name is taken for another row's, if it is nearer to it than to its own.
BELONGS = 0.9
#: By how much another row must be nearer.
_MARGIN = 0.02


@lru_cache(maxsize=4096)
def name_skeleton(name: str) -> str:
    """:func:`skeleton`, remembered: the same names come back in every annex."""
    return skeleton(name)


@lru_cache(maxsize=16384)
def _ratio(one: str, other: str, floor: float = 0.5) -> float:
    """How alike two skeletons are; 0.0 for less than ``floor``, which is quickly found."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # Upper bounds first: most pairs are far apart and the full comparison is quadratic.
    if matcher.real_quick_ratio() < floor or matcher.quick_ratio() < floor:
        return 0.0
    return matcher.ratio()


def similarity(one: str, other: str) -> float:
    """How alike two names are: 1 = the same letters and digits, 0 = less than half alike."""
    first, second = name_skeleton(one), name_skeleton(other)
    if not first or not second:
        return 0.0
    return 1.0 if first == second else _ratio(first, second)


def names_of(entry: Entry) -> tuple[str, ...]:
    """Every name of a row: the official ones and those that published acts print."""
    official = tuple(name for name in (entry.name.kk, entry.name.ru, entry.name.en) if name)
    return official + name_variants().get(entry.row, ())


def score(entry: Entry, printed: str) -> float:
    """How well a printed name fits a row, over all its names."""
    return max((similarity(printed, name) for name in names_of(entry)), default=0.0)


class NameIndex:
    """The rows of one side (receipts or costs) by name, so that a name is looked up fast."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._exact: dict[str, list[Entry]] = {}
        self._grams: dict[str, set[int]] = {}
        self._names: list[tuple[str, Entry]] = []
        for entry in entries:
            for name in names_of(entry):
                form = name_skeleton(name)
                if not form:
                    continue
                self._exact.setdefault(form, []).append(entry)
                for gram in _trigrams(form):
                    self._grams.setdefault(gram, set()).add(len(self._names))
                self._names.append((form, entry))

    def exact(self, printed: str) -> Sequence[Entry]:
        """The rows that bear exactly this name, slips of spacing and letters aside."""
        return self._exact.get(name_skeleton(printed), ())

    def best(self, printed: str, floor: float = 0.5, limit: int = 8) -> list[tuple[float, Entry]]:
        """The rows nearest to a printed name, best first, each with how near it is.

        Only those at least ``floor`` alike: the higher it is, the faster the answer.
        """
        form = name_skeleton(printed)
        if not form:
            return []
        shared: dict[int, int] = {}
        grams = _trigrams(form)
        for gram in grams:
            for number in self._grams.get(gram, ()):
                shared[number] = shared.get(number, 0) + 1
        likely = sorted(
            shared,
            key=lambda n: (-shared[n] / (len(grams) + len(self._names[n][0])), n),
        )[: 3 * limit]
        found: dict[str, tuple[float, Entry]] = {}
        for number in likely:
            other, entry = self._names[number]
            near = 1.0 if other == form else _ratio(form, other, floor)
            if near >= floor and near > found.get(entry.row, (0.0, entry))[0]:
                found[entry.row] = (near, entry)
        return sorted(found.values(), key=lambda pair: -pair[0])[:limit]


def _trigrams(form: str) -> set[str]:
    return {form[i : i + 3] for i in range(max(1, len(form) - 2))}


def judge(entry: Entry, printed: str, index: NameIndex) -> tuple[bool | None, list[Entry]]:
    """Whether ``printed`` is the row's own name, and the rows whose name it clearly is if not.

    The first is None when nothing is printed, or when the row's name is not known in one of the two
    languages of acts and the printed name is nobody else's: then there is nothing to judge by.
    """
    if not name_skeleton(printed):
        return None, []
    own = score(entry, printed)
    if own == 1.0:
        return True, []
    exact = list(index.exact(printed))
    if exact:
        return False, exact
    # Nothing but the same letters, sought above, could be nearer than a name so near already.
    floor = max(BELONGS, own + _MARGIN)
    found = index.best(printed, floor) if floor < 1 else []
    others = [other for _, other in found if other.row != entry.row]
    if others:
        return False, others
    if own >= AGREES:
        return True, []
    if not (entry.name.kk and entry.name.ru):
        return None, []
    return False, []

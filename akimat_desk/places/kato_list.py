"""The statistics office's list of places: codes, kinds, names, searched by number or words.

Levels and kinds are derived from the codes and from how the names begin or end; no official text
explains them, so what does not fit is said and kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from akimat_desk.core.language import Trilingual
from akimat_desk.core.text import fold, search_form
from akimat_desk.places.kato import Level, level_of, parent_of
from akimat_desk.places.kinds import UnitKind

#: What a name of the list says of the kind. The first that fits decides; words are folded.
_SIGNS: tuple[tuple[UnitKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (UnitKind.OKRUG, r"\b(с\.? ?о|а\.? ?о|с\.? ?а)\b\.?$|\bокруг|\bаулдык округ"),
        (UnitKind.TOWN, r"\bг\.? ?а\b\.?$|^г\.|\bгород\b|\bк\. ?а\b\.?$|\bкала"),
        (UnitKind.SETTLEMENT, r"\bп\.? ?а\b\.?$|^п\.|^пос\.|\bпоселок\b|\bпоселков|\bкент"),
        (UnitKind.RAION, r"\bрайон|\bауданы?\b"),
        (UnitKind.OBLAST, r"\bобласть\b|\bоблысы?\b"),
        (UnitKind.VILLAGE, r"^с\.|\bсело\b|\bаул|\bауыл"),
    )
)
# What a Kazakh abbreviation at the end says: "Семей қ.", "Жезкент к.", "Қарауыл а.".
_ENDINGS = (
    (UnitKind.OKRUG, re.compile(r"\b(а\.? ?о|ауылдық округі?)\.?$")),
    (UnitKind.TOWN, re.compile(r"\bқ\.(?: ?ә\.)?$")),
    (UnitKind.SETTLEMENT, re.compile(r"\bк\.(?: ?ә\.)?$")),
    (UnitKind.VILLAGE, re.compile(r"\bа\.$")),
)
_BY_LEVEL = {
    Level.OBLAST: UnitKind.OBLAST,
    Level.RAION: UnitKind.RAION,
    Level.OKRUG: UnitKind.OKRUG,
    Level.VILLAGE: UnitKind.VILLAGE,
}
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class KatoRow:
    """A place of the list. Names are as the list prints them ("Карааульский с.о.")."""

    code: str
    kind: UnitKind
    name: Trilingual
    sign: str = ""

    @property
    def level(self) -> Level:
        """How deep the place stands."""
        return level_of(self.code)


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place with what it lies in: names of its raion and oblast, "" where the list lacks them."""

    code: str
    kind: UnitKind
    name: Trilingual
    full_name: Trilingual
    raion: Trilingual
    oblast: Trilingual
    okrug: Trilingual


class KatoList:
    """A taken-in list, ready to be searched."""

    def __init__(self, rows: Iterable[KatoRow]) -> None:
        self.rows: Sequence[KatoRow] = tuple(rows)
        self._by_code = {row.code: row for row in self.rows}

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[KatoRow]:
        return iter(self.rows)

    def get(self, code: str) -> KatoRow | None:
        """The place with this code."""
        return self._by_code.get(code)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content."""
        said = (f"{r.code}\t{r.kind}\t{r.name.kk}\t{r.name.ru}\t{r.sign}\n" for r in self.rows)
        return hashlib.sha256("".join(said).encode()).hexdigest()

    @cached_property
    def _forms(self) -> list[tuple[str, str]]:
        return [(search_form(row.name.kk), search_form(row.name.ru)) for row in self.rows]

    @cached_property
    def _both(self) -> list[str]:
        return [f"{kk}\n{ru}" for kk, ru in self._forms]

    def find(self, text: str, limit: int = 50, near: str = "") -> list[FoundPlace]:
        """Places by the beginning of the code or by words in either language, the best fit first.

        Of places that fit alike those of the okrug, raion and oblast of ``near`` (a code) come first; units
        with a budget stand before villages. Kazakh letters need not be typed.
        """
        wanted = search_form(text).split()
        if not wanted:
            return []
        digits = "".join(wanted)
        if _NUMBER.fullmatch(digits):
            found = [
                (0, row.level, number) for number, row in enumerate(self.rows) if row.code.startswith(digits)
            ]
        else:
            # Nearly every place is out at once; only the others are looked at closely.
            likely = [n for n, both in enumerate(self._both) if all(part in both for part in wanted)]
            ranked = [(min(_rank(wanted, form) for form in self._forms[n]), n) for n in likely]
            found = [(rank, self.rows[n].level, n) for rank, n in ranked if rank < _NOWHERE]
        order = {Level.OKRUG: 0, Level.RAION: 1, Level.OBLAST: 2, Level.VILLAGE: 3}
        best = sorted(
            found, key=lambda item: (item[0], _far(self.rows[item[2]].code, near), order[item[1]], item[2])
        )[:limit]
        return [self.found(self.rows[number]) for _, _, number in best]

    def found(self, row: KatoRow) -> FoundPlace:
        """A place with what it lies in."""
        above: dict[Level, Trilingual] = {}
        code = parent_of(row.code)
        while code is not None:
            there = self.get(code)
            if there is not None:
                above[level_of(code)] = full_name(there)
            code = parent_of(code)
        nothing = Trilingual()
        return FoundPlace(
            row.code,
            row.kind,
            row.name,
            full_name(row),
            above.get(Level.RAION, nothing),
            above.get(Level.OBLAST, nothing),
            above.get(Level.OKRUG, nothing),
        )


_NOWHERE = 9
# The digits of a code that name the oblast, the raion and the okrug.
_SHARED = (6, 4, 2)


def _far(code: str, near: str) -> int:
    """0 in the same okrug, 1 in the same raion, 2 in the same oblast, 3 elsewhere."""
    for far, digits in enumerate(_SHARED):
        if len(near) >= digits and code[:digits] == near[:digits]:
            return far
    return len(_SHARED)


def _rank(wanted: Sequence[str], form: str) -> int:
    """0 the whole name, 1 its beginning, 2 beginnings of its words, 3 inside them, else nowhere."""
    if not form:
        return _NOWHERE
    typed = " ".join(wanted)
    words = form.replace(".", ". ").split()
    bare = [word for word in words if not word.endswith(".") or len(word) > 3]
    if form == typed or " ".join(bare) == typed:
        return 0
    if " ".join(bare).startswith(typed):
        return 1
    if all(any(word.startswith(part) for word in words) for part in wanted):
        return 2
    if all(len(part) > 2 and part in form for part in wanted):
        return 3
    return _NOWHERE


def kind_of_place(code: str, name: Trilingual) -> UnitKind:
    """The kind of a place: by what its name says, else by the depth of its code."""
    level = level_of(code)
    if level is Level.OBLAST:
        return UnitKind.OBLAST
    kazakh = fold(name.kk)
    said = next((kind for kind, pattern in _ENDINGS if pattern.search(kazakh)), None)
    if name.ru:
        russian = search_form(name.ru)
        said = next((kind for kind, pattern in _SIGNS if pattern.search(russian)), said)
    elif said is None and name.kk:
        form = search_form(name.kk)
        said = next((kind for kind, pattern in _SIGNS if pattern.search(form)), None)
    if said is None or (said is UnitKind.OKRUG and level is Level.VILLAGE):
        return _BY_LEVEL[level]
    return said


# The abbreviations of the list written out, as a decision's heading needs them.
_FULL_RU: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(.+?)\s+с\.?\s?о\.?$", re.IGNORECASE), r"\1 сельский округ"),
    (re.compile(r"^(.+?)\s+г\.?\s?а\.?$", re.IGNORECASE), r"город \1"),
    (re.compile(r"^(.+?)\s+п\.?\s?а\.?$", re.IGNORECASE), r"поселок \1"),
    (re.compile(r"^г\.\s*(.+)$", re.IGNORECASE), r"город \1"),
    (re.compile(r"^с\.\s*(.+)$", re.IGNORECASE), r"село \1"),
    (re.compile(r"^(?:п|пос)\.\s*(.+)$", re.IGNORECASE), r"поселок \1"),
)
_FULL_KK: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(.+?)\s+а\.?\s?о\.?$", re.IGNORECASE), r"\1 ауылдық округі"),
    (re.compile(r"^(.+?)\s+қ\.(?:\s?ә\.?)?$", re.IGNORECASE), r"\1 қаласы"),
    (re.compile(r"^(.+?)\s+к\.(?:\s?ә\.?)?$", re.IGNORECASE), r"\1 кенті"),
    (re.compile(r"^(.+?)\s+а\.$", re.IGNORECASE), r"\1 ауылы"),
)


def full_name(row: KatoRow) -> Trilingual:
    """The name with its abbreviation written out: «Карааульский с.о.» → «Карааульский сельский округ»."""
    return Trilingual(_written_out(row.name.kk, _FULL_KK), _written_out(row.name.ru, _FULL_RU))


def _written_out(name: str, patterns: Sequence[tuple[re.Pattern[str], str]]) -> str:
    for pattern, full in patterns:
        if pattern.match(name):
            return pattern.sub(full, name)
    return name

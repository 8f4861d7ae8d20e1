"""Finding rows of the classification by number or by words, as a person types them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from akimat_desk.classification.codes import Code
from akimat_desk.classification.entries import Entry, search_words
from akimat_desk.classification.names import names_of
from akimat_desk.core.text import search_form

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[\d\s/.,\-]*\d[\d\s/.,\-]*")
# Endings are passed over only where a real stem is left.
_SHORTEST_STEM = 4
_SHORTEST_WORD = 3  # "жер" in "жердің"
_LONGEST_ENDING = 4


def words_of(text: str) -> list[str]:
    """The words of a text in the form in which they are compared."""
    return _WORD.findall(search_form(text))


@dataclass(frozen=True, slots=True)
class _Row:
    entry: Entry
    names: tuple[tuple[str, ...], ...]
    parts: tuple[str, ...]


class SearchIndex:
    """The rows of a pack, ready to be searched."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._rows = [
            _Row(entry, tuple(tuple(words_of(name)) for name in names_of(entry)), _parts(entry.code))
            for entry in entries
        ]
        self._short: dict[str, set[str]] = {}
        for word, code in search_words():
            self._short.setdefault(search_form(word), set()).add(code)

    def find(self, text: str) -> list[Entry]:
        """The rows that fit, best first; rows that fit alike stay in the order of the pack."""
        text = text.strip()
        if _NUMBER.fullmatch(text):
            numbers = re.findall(r"\d+", text)
            return self._ranked(lambda row: _by_number(numbers, row))
        wanted = words_of(text)
        if not wanted:
            return []
        # Only when nothing has the words as typed: other endings ("салықтар" for "салық").
        return self._ranked(lambda row: self._by_words(wanted, row)) or self._ranked(
            lambda row: _by_stems(wanted, row)
        )

    def _ranked(self, rank: Callable[[_Row], float | None]) -> list[Entry]:
        fitting = [(rank(row), number, row.entry) for number, row in enumerate(self._rows)]
        kept = [(score, number, entry) for score, number, entry in fitting if score is not None]
        return [entry for _, _, entry in sorted(kept, key=lambda item: item[:2])]

    def _by_words(self, wanted: list[str], row: _Row) -> float | None:
        if (
            len(wanted) == 1
            and row.entry.code_known
            and "/".join(row.parts) in self._short.get(wanted[0], ())
        ):
            return 0.0
        scores = [score for name in row.names if (score := _in_name(wanted, name, row.parts)) is not None]
        return min(scores, default=None)


def _parts(code: Code) -> tuple[str, ...]:
    return tuple(p for p in (getattr(code, part.name) for part in fields(code)) if p)


def _by_number(numbers: list[str], row: _Row) -> float | None:
    """The whole code first, then codes that begin so, then a part of the code ("008"), then its start."""
    if not row.entry.code_known:
        return None
    if tuple(numbers) == row.parts:
        return 0.0
    typed, own = "".join(numbers), "".join(row.parts)
    if typed == own:
        return 0.5
    if own.startswith(typed):
        return 1.0 + len(row.parts) / 100
    if len(numbers) == 1 and typed == row.parts[-1]:
        return 2.0
    if _follow(numbers, row.parts):
        return 3.0
    if len(typed) > 1 and row.parts[-1].startswith(typed):
        return 4.0
    return None


def _follow(numbers: list[str], parts: tuple[str, ...]) -> bool:
    """Whether the numbers are parts of the code in this order ("07 008", "124/008")."""
    rest = iter(parts)
    return all(any(number == part for part in rest) for number in numbers)


def _in_name(wanted: list[str], name: tuple[str, ...], parts: tuple[str, ...]) -> float | None:
    """How well all the words fit one name; None when one of them is not there."""
    total = 0.0
    for word in wanted:
        if word in name:
            total += 0 if name[0] == word else 1
        elif any(own.startswith(word) for own in (*name, *(parts if word.isdigit() else ()))):
            total += 2
        elif len(word) >= 3 and any(word in own for own in name):
            total += 6
        else:
            return None
    # Of two names with the words, the shorter one is more likely meant.
    return 1.0 + total / len(wanted) + len(name) / 100


def _by_stems(wanted: list[str], row: _Row) -> float | None:
    scores = [len(name) / 100 for name in row.names if all(_has_stem(word, name) for word in wanted)]
    return min(scores, default=None)


def _has_stem(word: str, name: tuple[str, ...]) -> bool:
    for own in name:
        common = next(
            (n for n, (a, b) in enumerate(zip(word, own, strict=False)) if a != b), min(len(word), len(own))
        )
        if common < max(len(word), len(own)) - _LONGEST_ENDING:
            continue
        if common >= _SHORTEST_STEM or (common == len(own) and common >= _SHORTEST_WORD):
            return True
    return False

"""The order of names in lists: the Kazakh alphabet's 42 letters, the same on every system.

Neither code points (ә, ғ, қ… would follow я) nor the system's collation (it differs between Windows
and Linux) gives it. Russian names fall into the same order, since their letters keep their sequence
in it; Latin letters come after the Cyrillic ones; numbers go by their value.
"""

from __future__ import annotations

import re
import unicodedata

#: The letters in the order taught at school (Law on languages; the alphabet of 42 letters).
ALPHABET = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"

_PLACE = {letter: place for place, letter in enumerate(ALPHABET.casefold())}
_SPACE, _NUMBER, _CYRILLIC, _LATIN, _OTHER = range(5)
# Quotation marks and the like do not count where a name begins with them: «Мирный» stands under М.
_UNHEARD = re.compile("[\"'«»„“”‘’‚‹›()\\[\\]{}\u00ad\u200b-\u200f\ufeff]")
_GAPS = re.compile(r"[\s\u00a0\-\u2010-\u2015\u2212_.,;:/\\]+")

Piece = tuple[int, int, str]
SortKey = tuple[tuple[Piece, ...], str, str]


def sort_key(name: str) -> SortKey:
    """A key for ``sorted``: ``sorted(units, key=lambda unit: sort_key(unit.name.kk))``.

    Names that differ only in case, spaces or quotation marks stand together, in an order that is
    always the same.
    """
    composed = unicodedata.normalize("NFC", name)
    heard = _GAPS.sub(" ", _UNHEARD.sub("", composed.casefold())).strip()
    return tuple(_pieces(heard)), heard, composed


def _pieces(heard: str) -> list[Piece]:
    found: list[Piece] = []
    digits = ""
    for letter in f"{heard}\0":
        if letter.isdecimal():
            digits += str(unicodedata.digit(letter))
            continue
        if digits:
            value = digits.lstrip("0")
            found.append((_NUMBER, len(value), value))  # by length, then by digits: by value, however long
            digits = ""
        if letter != "\0":
            found.append(_piece(letter))
    return found


def _piece(letter: str) -> Piece:
    if letter == " ":
        return (_SPACE, 0, "")
    if letter in _PLACE:
        return (_CYRILLIC, _PLACE[letter], "")
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _PLACE:  # a letter of another Cyrillic alphabet, or an accent of a dictionary
        return (_CYRILLIC, _PLACE[base], "")
    return (_LATIN if "a" <= base <= "z" else _OTHER, ord(base), "")

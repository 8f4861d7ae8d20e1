"""Kazakh and Russian text as it really arrives: look-alike letters, stray spaces, slips.

Matching is done on a folded form; what is stored is repaired only where the alphabet leaves no
doubt (a Latin i inside a Cyrillic word is the Kazakh і).
"""

from __future__ import annotations

import re
import unicodedata

# Latin letters that look like Cyrillic ones. Used only inside words that have Cyrillic letters.
_LATIN_TO_CYRILLIC = str.maketrans(
    {
        "A": "А", "a": "а", "B": "В", "C": "С", "c": "с", "E": "Е", "e": "е", "H": "Н",
        "h": "һ", "I": "І", "i": "і", "K": "К", "k": "к", "M": "М", "O": "О", "o": "о",
        "P": "Р", "p": "р", "T": "Т", "X": "Х", "x": "х", "y": "у", "Y": "Ү",
        "ə": "ә", "Ə": "Ә", "ë": "ё", "Ë": "Ё", "ı": "і", "ï": "ї",
    }
)  # fmt: skip
_KAZAKH_TO_PLAIN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0259]")

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"


def squeeze(text: str) -> str:
    """Every run of white space (no-break, thin and zero-width too) as one plain space."""
    return _SPACES.sub(" ", text).strip()


def is_mixed(word: str) -> bool:
    """Whether a word mixes Latin and Cyrillic letters."""
    return bool(_CYRILLIC.search(word)) and bool(_LATIN.search(word))


def repair(text: str) -> str:
    """Latin look-alikes inside Cyrillic words turned into the Cyrillic letters meant."""

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        return word.translate(_LATIN_TO_CYRILLIC) if is_mixed(word) else word

    return _WORD.sub(mend, unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """A form for comparing: repaired, lower case, ё as е, one kind of dash, single spaces."""
    folded = repair(squeeze(text)).casefold().replace("ё", "е")
    for dash in DASHES:
        folded = folded.replace(dash, "-")
    return folded


def skeleton(text: str) -> str:
    """A form for comparing names: folded, letters and digits only, so joined or split words agree."""
    return "".join(c for c in fold(text) if c.isalnum())


def search_form(text: str) -> str:
    """A form for searching by keyboards without Kazakh letters: ә as а, қ as к, і as и."""
    return fold(text).translate(_KAZAKH_TO_PLAIN)

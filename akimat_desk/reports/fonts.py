"""The fonts of printed documents: PT Serif for text and tables, PT Sans for charts and footers.

They come from packages, have every Kazakh letter and are embedded as subsets. Widths of words are
remembered: annexes say the same words over and over.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

SERIF = "AkimatSerif"
SERIF_BOLD = "AkimatSerif-Bold"
SERIF_ITALIC = "AkimatSerif-Italic"
SANS = "AkimatSans"
SANS_BOLD = "AkimatSans-Bold"

_FILES = {
    SERIF: ("fontpkg_pt_serif", "PT_Serif-Web-Regular.ttf"),
    SERIF_BOLD: ("fontpkg_pt_serif", "PT_Serif-Web-Bold.ttf"),
    SERIF_ITALIC: ("fontpkg_pt_serif", "PT_Serif-Web-Italic.ttf"),
    SANS: ("fontpkg_pt_sans", "PT_Sans-Web-Regular.ttf"),
    SANS_BOLD: ("fontpkg_pt_sans", "PT_Sans-Web-Bold.ttf"),
}
# Signs the fonts lack, by what says the same.
_INSTEAD = {"\u2009": "\u00a0", "\u202f": "\u00a0", "\u2007": "\u00a0", "\u2011": "-", "\u20b8": "тг."}


@cache
def register_fonts() -> None:
    """Make the fonts known to reportlab, once."""
    for name, (package, file) in _FILES.items():
        registerFont(TTFont(name, str(files(package) / "files" / file)))
    for family, bold, italic in ((SERIF, SERIF_BOLD, SERIF_ITALIC), (SANS, SANS_BOLD, SANS)):
        addMapping(family, 0, 0, family)
        addMapping(family, 1, 0, bold)
        addMapping(family, 0, 1, italic)
        addMapping(family, 1, 1, bold)


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """``text`` with what the fonts cannot draw replaced or, for control characters, left out."""
    if text.isascii() and text.isprintable():
        return text
    glyphs = _glyphs()
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        c
        if ord(c) in glyphs or c == "\n"
        else _INSTEAD.get(c, "" if unicodedata.category(c)[0] == "C" else c)
        for c in composed
    )


@cache
def _glyphs() -> frozenset[int]:
    register_fonts()
    return frozenset(getFont(SERIF).face.charToGlyph)


@lru_cache(maxsize=8192)
def width(text: str, font: str, size: float) -> float:
    """The width of ``text`` in points."""
    return float(stringWidth(text, font, size))


@lru_cache(maxsize=4096)
def wrapped(text: str, font: str, size: float, room: float) -> tuple[str, ...]:
    """``text`` in lines no wider than ``room``, broken at spaces; only a word too long is cut, between
    two syllables with a hyphen where it can be."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if width(paragraph, font, size) <= room:
            lines.append(paragraph)
            continue
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer, font, size) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            while width(word, font, size) > room and len(word) > 1:
                cut = _syllable(word, font, size, room)
                lines.append(f"{word[:cut]}-" if cut else word[: _fitting(word, font, size, room)])
                word = word[cut or _fitting(word, font, size, room) :]
            line = word
        lines.append(line)
    return tuple(lines)


_VOWELS = frozenset("аәеёиоөуұүыіэюя")
_STOPS = frozenset("бвгдкптфх")
_LIQUIDS = frozenset("рл")


def _syllable(word: str, font: str, size: float, room: float) -> int:
    """Where a Kazakh or Russian word can be parted so that its beginning and a hyphen fit; 0: nowhere.

    A syllable begins with a consonant before a vowel, or with a pair such as "пр" before one; each
    part keeps a vowel and two letters.
    """
    letters = word.lower()
    for cut in range(len(word) - 2, 1, -1):
        pair = letters[cut] in _STOPS and letters[cut + 1] in _LIQUIDS and letters[cut + 2 : cut + 3] != ""
        vowel = letters[cut + 2] if pair else letters[cut + 1]
        begins = letters[cut].isalpha() and letters[cut] not in _VOWELS and letters[cut] not in "ьъй"
        torn = letters[cut] in _LIQUIDS and letters[cut - 1] in _STOPS
        if not begins or torn or vowel not in _VOWELS:
            continue
        if any(c in _VOWELS for c in letters[:cut]) and width(f"{word[:cut]}-", font, size) <= room:
            return cut
    return 0


def _fitting(word: str, font: str, size: float, room: float) -> int:
    """How many letters of ``word`` fit, one at least."""
    cut = len(word) - 1
    while cut > 1 and width(word[:cut], font, size) > room:
        cut -= 1
    return cut

"""Bytes to text: which of the encodings in use in Kazakhstan a file was written in."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from akimat_desk.core.errors import InputRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In order of preference: where two fit equally well, the earlier one is meant. KZ-1048 is
# Windows-1251 with the Kazakh letters where that has Serbian and Belarusian ones.
_CANDIDATES = ("kz1048", "cp1251", "utf-16-le", "utf-16-be", "cp866", "koi8-r")
# Characters looked at to weigh a text: enough to be sure, few enough to be quick.
_SAMPLE = 500_000
# What a page may call itself, and what is then tried. A page that says "windows-1251" with Kazakh
# letters in it was really written in KZ-1048.
_DECLARED = {
    "utf-8": ("utf-8",),
    "utf8": ("utf-8",),
    "windows-1251": ("kz1048", "cp1251"),
    "cp1251": ("kz1048", "cp1251"),
    "kz-1048": ("kz1048",),
    "rk1048": ("kz1048",),
    "strk1048-2002": ("kz1048",),
    "koi8-r": ("koi8-r",),
    "ibm866": ("cp866",),
    "cp866": ("cp866",),
    "iso-8859-5": ("iso8859-5",),
    "x-mac-cyrillic": ("mac-cyrillic",),
    "macintosh": ("mac-roman",),
    "windows-1252": ("cp1252",),
    "iso-8859-1": ("cp1252",),
    "us-ascii": ("ascii",),
    "windows-1254": ("cp1254",),
}
_META = re.compile(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_\-]{2,30})""")

_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_KAZAKH = "әғқңөұүһі"
_PUNCTUATION = "«»–—−…№“”„‘’\u00a0\u00ad\u2011§°±•·₸€©®™×÷‰\u202f\u2009\u200b\ufeff\u2028\u2029"
# How much a character speaks for the text being what it seems. Capitals count little, so that a
# text is not taken for its sister with all capitals swapped (KOI8-R against Windows-1251).
_WEIGHT: dict[str, int] = (
    dict.fromkeys((chr(code) for code in range(0x20, 0x7F)), 2)
    | dict.fromkeys("\t\n\r\f\v", 2)
    | dict.fromkeys(_RUSSIAN, 4)
    | dict.fromkeys(_KAZAKH, 4)
    | dict.fromkeys("оеаинтсрлвыұқі", 5)
    | dict.fromkeys(_RUSSIAN.upper() + _KAZAKH.upper(), 2)
    | dict.fromkeys(_PUNCTUATION, 1)
)
_GOOD = frozenset(_WEIGHT)
# Controls, unassigned and private characters hardly stand in a text that was decoded rightly.
_FOREIGN_WEIGHT = -3
_CONTROL_WEIGHT = -40
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1a")
# A text of other letters than ours (a name in Turkish, say) is still a text; noise is not.
_MOST_FOREIGN = 0.1


def decode_text(data: bytes, name: str) -> str:
    """The text of a plain file.

    Raises InputRefused when the bytes are no text (``error.intake.unknown_kind``) or a text whose
    encoding is broken (``error.intake.encoding``).
    """
    marked = _by_mark(data, name)
    if marked is not None:
        return marked
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _by_score(data, name, _CANDIDATES)
    else:
        if _has_controls(text):
            text = _by_score(data, name, ("utf-16-le", "utf-16-be"))
    return _clean(text)


def decode_html(data: bytes, name: str) -> str:
    """The text of a page: by its mark, else by what it says of itself where that holds, else by score."""
    marked = _by_mark(data, name)
    if marked is not None:
        return marked
    declared = _META.search(data[:4096])
    label = declared.group(1).decode("ascii").lower() if declared else ""
    try:
        text = data.decode("utf-8")
        # Bytes that happen to be UTF-8 beyond ASCII are UTF-8, whatever the page says.
        if not _has_controls(text):
            return _clean(text)
    except UnicodeDecodeError:
        pass
    if label.startswith("utf-8") and _is_broken_utf8(data):
        raise InputRefused("error.intake.encoding", name=name)
    candidates = _DECLARED.get(label, ())
    if candidates and candidates != ("utf-8",):
        best = _best(data, candidates)
        if best is not None and not _has_controls(best):
            return _clean(best)
    return _clean(_by_score(data, name, _CANDIDATES))


def _by_mark(data: bytes, name: str) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise InputRefused("error.intake.encoding", name=name) from error
            if _has_controls(text):
                raise InputRefused("error.intake.unknown_kind", name=name)
            return _clean(text)
    return None


def _by_score(data: bytes, name: str, candidates: tuple[str, ...]) -> str:
    if _is_broken_utf8(data):
        raise InputRefused("error.intake.encoding", name=name)
    text = _best(data, candidates)
    if text is None or _has_controls(text) or _foreign_share(text) > _MOST_FOREIGN:
        raise InputRefused("error.intake.unknown_kind", name=name)
    return text


def _best(data: bytes, candidates: tuple[str, ...]) -> str | None:
    """The decoding that reads most like Kazakh or Russian; None when none is strictly possible."""
    best: str | None = None
    best_score = 0.0
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _score(text)
        if best is None or score > best_score:
            best, best_score = text, score
    return best


def _score(text: str) -> float:
    """The mean weight of a character."""
    sample = text[:_SAMPLE]
    if not sample:
        return 0.0
    total = 0
    for character, count in Counter(sample).items():
        weight = _WEIGHT.get(character)
        if weight is None:
            weight = _CONTROL_WEIGHT if character < " " or "\x7f" <= character <= "\x9f" else _FOREIGN_WEIGHT
        total += weight * count
    return total / len(sample)


def _foreign_share(text: str) -> float:
    sample = text[:_SAMPLE]
    foreign = sum(count for character, count in Counter(sample).items() if character not in _GOOD)
    return foreign / max(1, len(sample))


def _has_controls(text: str) -> bool:
    """Control characters that no text has. The old end-of-file mark (Ctrl+Z) may be there."""
    return any(
        (character < " " and character not in _ALLOWED_CONTROLS) or character == "\x7f"
        for character in set(text)
    )


def _is_broken_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 with a few bytes spoilt (cut off in the middle of a letter, say)."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(count for character, count in Counter(text).items() if character >= "\x80") - bad
    return bad > 0 and good > 10 * bad


def _clean(text: str) -> str:
    """One kind of line end; no byte order mark or end-of-file mark left in the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\x1a", "")

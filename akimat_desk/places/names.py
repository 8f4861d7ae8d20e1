"""Names of units in the genitive, for headings: «Айнабұлақ ауылдық округінің бюджеті».

Rules, not a list: there are some 2 300 units. Where a rule goes wrong, the unit's own genitive,
typed by a person, is printed instead.
"""

from __future__ import annotations

import re

from akimat_desk.core.language import Language
from akimat_desk.core.text import squeeze

# ---------------------------------------------------------------------------------------------- Kazakh

_BACK, _FRONT = set("аоұыуяёю"), set("әөүіеэи")
_VOWELS = _BACK | _FRONT
_NASAL = set("мнң")
_VOICED = set("лрйужз")


def kazakh_genitive(name: str) -> str:
    """«Көкалажар ауылдық округі» → «Көкалажар ауылдық округінің»: the last word takes the ending.

    -ның/-нің after a vowel or м, н, ң; -дың/-дің after other sonorants and ж, з; else -тың/-тің.
    """
    text = squeeze(name)
    match = re.search(r"[^\W\d_]+(?=[\W\d_]*$)", text)
    if match is None:
        return text
    word = match.group()
    low = word.casefold()
    last = low[-1]
    consonant = "н" if last in _VOWELS - {"у"} or last in _NASAL else "д" if last in _VOICED else "т"
    ending = f"{consonant}{'і' if _is_front(low) else 'ы'}ң"
    return (
        text[: match.end()]
        + (ending.upper() if word.isupper() and len(word) > 1 else ending)
        + text[match.end() :]
    )


def _is_front(word: str) -> bool:
    """Whether the ending is a front one: by the last vowel, и and у taking after the one before them.

    к and г stand in front words only, so a loan that ends in one («округтің») takes a front ending.
    """
    if word[-1] in "кг":
        return True
    for letter in reversed(word):
        if letter in "иу":
            continue
        if letter in _VOWELS:
            return letter in _FRONT
    return "и" in word


# --------------------------------------------------------------------------------------------- Russian

_NOUNS = {
    "округ": "округа", "район": "района", "село": "села", "поселок": "поселка", "посёлок": "посёлка",
    "город": "города", "область": "области", "аул": "аула", "кент": "кента", "маслихат": "маслихата",
    "акимат": "акимата", "аппарат": "аппарата", "аким": "акима",
}  # fmt: skip
_AFTER_HUSH = "жшщчц"


def russian_genitive(name: str) -> str:
    """«Айнабулакский сельский округ» → «Айнабулакского сельского округа», «село Актогай» → «села Актогай».

    The kind word and the adjectives before it are declined; what follows it is the name and stays.
    A text without a kind word is returned as it is.
    """
    words = squeeze(name).split(" ")
    kind = next((at for at, word in enumerate(words) if word.casefold() in _NOUNS), None)
    if kind is None:
        return " ".join(words)
    declined = [_adjective(word) for word in words[:kind]]
    declined.append(_as_printed(words[kind], _NOUNS[words[kind].casefold()]))
    return " ".join(declined + words[kind + 1 :])


def _adjective(word: str) -> str:
    low = word.casefold()
    stem, ending = low[:-2], low[-2:]
    hushed = stem[-1:] in set(_AFTER_HUSH)
    match ending:
        case "ый" | "ой" | "ое":
            new = "ого"
        case "ий":
            new = "ого" if stem[-1:] in {"к", "г", "х"} else "его"
        case "ее":
            new = "его"
        case "ая":
            new = "ей" if hushed else "ой"
        case "яя":
            new = "ей"
        case _:
            return word
    return _as_printed(word, stem + new)


def _as_printed(pattern: str, word: str) -> str:
    """``word`` in the capitals of ``pattern``, part by part: «Бель-Агачский»."""
    if pattern.isupper():
        return word.upper()
    kept = 0
    while kept < min(len(pattern), len(word)) and pattern[kept].casefold() == word[kept]:
        kept += 1
    return pattern[:kept] + word[kept:]


def genitive(name: str, language: Language) -> str:
    """A unit's, raion's, oblast's or mäslikhat's name in the genitive; English has none."""
    if language is Language.KK:
        return kazakh_genitive(name)
    if language is Language.RU:
        return russian_genitive(name)
    return squeeze(name)

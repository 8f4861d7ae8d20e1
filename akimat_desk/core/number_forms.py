"""Words that are numbers, in every form in which Kazakh and Russian sentences use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from akimat_desk.core.language import Language


@dataclass(frozen=True, slots=True)
class NumberForms:
    """Words by their value; ``scales`` multiply what stands before them, ``doubtful`` may be no numbers."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    doubtful: frozenset[str]


_KK = {
    "нөл": 0, "бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8,
    "тоғыз": 9, "он": 10, "жиырма": 20, "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "жетпіс": 70,
    "сексен": 80, "тоқсан": 90, "жүз": 100,
}  # fmt: skip
_KK_ORDINALS = {
    "бірінші": 1, "екінші": 2, "үшінші": 3, "төртінші": 4, "бесінші": 5, "алтыншы": 6, "жетінші": 7,
    "сегізінші": 8, "тоғызыншы": 9, "оныншы": 10, "жиырмасыншы": 20, "отызыншы": 30, "қырқыншы": 40,
    "елуінші": 50, "алпысыншы": 60, "жетпісінші": 70, "сексенінші": 80, "тоқсаныншы": 90, "жүзінші": 100,
}  # fmt: skip
_KK_COLLECTIVE = {"үшеу": 3, "төртеу": 4, "бесеу": 5, "алтау": 6, "жетеу": 7}
_KK_SCALES = {
    "мың": 1000, "миллион": 10**6, "млн": 10**6, "миллиард": 10**9, "млрд": 10**9,
}  # fmt: skip
_KK_ENDINGS = (
    "", "ның", "нің", "дың", "дің", "тың", "тің", "ға", "ге", "қа", "ке", "ны", "ні", "ды", "ді", "ты",
    "ті", "да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "мен", "бен", "пен",
    "жылдық", "айлық", "апталық", "күндік", "жақты", "қабатты", "бөлмелі", "орындық",
)  # fmt: skip
# онда "there", ондан "from it", оны "it": no tens.
_KK_NO_NUMBER = ("онда", "ондан")

_RU = {
    0: "ноль нуль ноля нуля",
    1: "один одна одно одни одного одной одному одним одном одну одних первый первого первому первым первом "
       "первая первой первую первое первые первых",
    2: "два две двух двум двумя двое двоих второй второго второму вторым втором вторая вторую второе "
       "вторые вторых",
    3: "три трех трем тремя трое троих третий третья третье третьего третьей третьему третьим третьем "
       "третью третьи третьих",
    4: "четыре четырех четырем четырьмя четверо четверых",
    5: "пятеро пятерых", 6: "шестеро шестерых", 7: "семь семи семеро семерых",
    8: "восемь восьми восемью восьмью",
    40: "сорок сорока", 90: "девяносто девяноста", 100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трехсот тремстам тремястами трехстах",
    400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
}  # fmt: skip
# Numbers that end in a soft sign: пять, пяти, пятью.
_RU_SOFT = {
    5: "пят", 6: "шест", 9: "девят", 10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат",
    14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат",
    19: "девятнадцат", 20: "двадцат", 30: "тридцат",
}  # fmt: skip
_RU_TENS = {50: ("пять", "пяти"), 60: ("шесть", "шести"), 70: ("семь", "семи"), 80: ("восемь", "восьми")}
_RU_HUNDREDS = {
    500: ("пять", "пяти"), 600: ("шесть", "шести"), 700: ("семь", "семи"), 800: ("восемь", "восьми"),
    900: ("девять", "девяти"),
}  # fmt: skip
_RU_ORDINALS = {
    4: "четверт", 7: "седьм", 8: "восьм", 40: "сороков", 50: "пятидесят", 60: "шестидесят",
    70: "семидесят", 80: "восьмидесят", 90: "девяност", **_RU_SOFT,
}  # fmt: skip
_RU_ENDINGS = ("ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми")
_RU_SCALES = {
    "тысяч": (1000, ("", "а", "и", "у", "ей", "е", "ам", "ами", "ах")),
    "миллион": (10**6, ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")),
    "миллиард": (10**9, ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")),
    "тыс": (1000, ("",)),
    "млн": (10**6, ("",)),
    "млрд": (10**9, ("",)),
}  # fmt: skip
_NONE = NumberForms({}, {}, frozenset())


@cache
def number_forms(language: Language) -> NumberForms:
    """The forms of a language; English has none (official papers are Kazakh and Russian)."""
    if language is Language.KK:
        # тоқсан is a quarter of a year as well; екеуі and оба are "both".
        doubtful = frozenset(f"тоқсан{ending}" for ending in _KK_ENDINGS) | {"екеуі", "екеуінің", "екеуін"}
        return NumberForms(dict(_kazakh()), dict(_kazakh_scales()), doubtful)
    if language is Language.RU:
        both = frozenset(["оба", "обе", "обоих", "обеих", "обоим", "обеим", "обоими", "обеими"])
        values = dict(_russian()) | dict.fromkeys(both, 2)
        scales = {stem + end: value for stem, (value, ends) in _RU_SCALES.items() for end in ends}
        return NumberForms(values, scales, both)
    return _NONE


def _kazakh() -> Iterator[tuple[str, int]]:
    for word, value in (_KK | _KK_COLLECTIVE).items():
        for ending in _KK_ENDINGS:
            if word + ending not in _KK_NO_NUMBER:
                yield word + ending, value
    yield from _KK_ORDINALS.items()
    yield from (("екеуі", 2), ("екеуінің", 2), ("екеуін", 2))


def _kazakh_scales() -> Iterator[tuple[str, int]]:
    for word, value in _KK_SCALES.items():
        for ending in _KK_ENDINGS:
            yield word + ending, value


def _russian() -> Iterator[tuple[str, int]]:
    for value, words in _RU.items():
        yield from ((word, value) for word in words.split())
    for value, stem in _RU_SOFT.items():
        yield from ((stem + ending, value) for ending in ("ь", "и", "ью"))
    for value, (name, rest) in _RU_TENS.items():
        yield from ((name + "десят", value), (rest + "десяти", value), (name + "юдесятью", value))
    for value, (name, rest) in _RU_HUNDREDS.items():
        yield name + "сот", value
        yield from ((rest + ending, value) for ending in ("сот", "стам", "стах"))
    for value, stem in _RU_ORDINALS.items():
        yield from ((stem + ending, value) for ending in _RU_ENDINGS)

"""Whole numbers in words, Kazakh and Russian, as minutes write them: "14 (он төрт)", "14 (четырнадцать)".

Own tables: the kept library for this (num2words) needs a package that exists only as source, and the
set-up runs no package's build script.
"""

from __future__ import annotations

from akimat_desk.core.language import Language

_KK_ONES = ("", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_KK_TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_KK_POWERS = ("", "мың", "миллион", "миллиард")

_RU_ONES = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_RU_TEENS = (
    "десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
    "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
_RU_TENS = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят",
    "девяносто",
)  # fmt: skip
_RU_HUNDREDS = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот",
)  # fmt: skip
_RU_POWERS = (
    ("", "", ""), ("тысяча", "тысячи", "тысяч"), ("миллион", "миллиона", "миллионов"),
    ("миллиард", "миллиарда", "миллиардов"),
)  # fmt: skip
_LARGEST = 10**12 - 1


def in_words(number: int, language: Language) -> str:
    """The number in words; English keeps its digits (official papers are Kazakh and Russian).

    Raises ValueError below zero and from a million million on.
    """
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"{number} is not written in words here")
    if language is Language.EN:
        return str(number)
    if number == 0:
        return "нөл" if language is Language.KK else "ноль"
    words: list[str] = []
    for power in range(3, -1, -1):
        three = number // 1000**power % 1000
        if three:
            words += _kazakh(three, power) if language is Language.KK else _russian(three, power)
    return " ".join(words)


def with_words(number: int, language: Language) -> str:
    """``14 (он төрт)``; in English the digits alone."""
    return str(number) if language is Language.EN else f"{number} ({in_words(number, language)})"


def _kazakh(three: int, power: int) -> list[str]:
    hundreds, rest = divmod(three, 100)
    words = []
    if hundreds:
        words += [*([_KK_ONES[hundreds]] if hundreds > 1 else []), "жүз"]
    words += [_KK_TENS[rest // 10], _KK_ONES[rest % 10], _KK_POWERS[power]]
    return [word for word in words if word]


def _russian(three: int, power: int) -> list[str]:
    hundreds, rest = divmod(three, 100)
    words = [_RU_HUNDREDS[hundreds]]
    if 10 <= rest < 20:
        words.append(_RU_TEENS[rest - 10])
    else:
        one = rest % 10
        feminine = {1: "одна", 2: "две"}.get(one) if power == 1 else None
        words += [_RU_TENS[rest // 10], feminine or _RU_ONES[one]]
    form = 2 if 10 <= rest < 20 else {1: 0, 2: 1, 3: 1, 4: 1}.get(rest % 10, 2)
    words.append(_RU_POWERS[power][form])
    return [word for word in words if word]

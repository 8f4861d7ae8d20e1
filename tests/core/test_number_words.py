"""Numbers in words, read over in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.language import Language
from akimat_desk.core.number_words import in_words, with_words

WORDS = [
    (0, "нөл", "ноль"),
    (1, "бір", "один"),
    (14, "он төрт", "четырнадцать"),
    (40, "қырық", "сорок"),
    (100, "жүз", "сто"),
    (121, "жүз жиырма бір", "сто двадцать один"),
    (1000, "бір мың", "одна тысяча"),
    (2002, "екі мың екі", "две тысячи два"),
    (11_015, "он бір мың он бес", "одиннадцать тысяч пятнадцать"),
    (1_000_001, "бір миллион бір", "один миллион один"),
    (999_999, "тоғыз жүз тоқсан тоғыз мың тоғыз жүз тоқсан тоғыз",
     "девятьсот девяносто девять тысяч девятьсот девяносто девять"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "kazakh", "russian"), WORDS)
def test_words(number: int, kazakh: str, russian: str) -> None:
    assert in_words(number, Language.KK) == kazakh
    assert in_words(number, Language.RU) == russian
    assert with_words(number, Language.RU) == f"{number} ({russian})"
    assert with_words(number, Language.EN) == str(number)


@given(st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_two_numbers_never_share_their_words(one: int, other: int) -> None:
    for language in (Language.KK, Language.RU):
        same = in_words(one, language) == in_words(other, language)
        assert same == (one == other)


@pytest.mark.parametrize("number", [-1, 10**12])
def test_what_is_not_written_in_words(number: int) -> None:
    with pytest.raises(ValueError, match="not written"):
        in_words(number, Language.KK)

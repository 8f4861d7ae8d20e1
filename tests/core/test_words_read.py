"""Numbers in sentences: the same in two languages, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.language import Language
from akimat_desk.core.number_words import in_words
from akimat_desk.core.words_read import numbers_in, same_numbers


@pytest.mark.parametrize(
    ("kazakh", "russian"),
    [
        ("Үш күн ішінде", "в течение 3 дней"),
        ("1,2 млн теңге", "1 200 000 тенге"),
        ("12 500,0 мың теңге", "12500 тыс. тенге"),
        ("жиырма бес мың теңге", "двадцать пять тысяч тенге"),
        ("бес үйге он екі шам", "на 5 домов – двенадцать светильников"),
        ("2026 жылғы бесінші мамырда", "пятого мая 2026 года"),
        ("5 (бес) күн", "5 (пяти) дней"),
        ("екі жақты келісім, үшжылдық жоспар", "двустороннее соглашение, трехлетний план"),
        ("бірінші тоқсанда", "в первом квартале"),
        ("бір ауыздан", "единогласно"),
        ("ондан басқа, онда", "кроме того, там"),
        ("екеуі де", "оба"),
        ("мыңдаған тұрғын", "тысячи жителей"),
        ("тоқсан сегіз мүше", "девяносто восемь членов"),
        ("№ 12-3 қаулы, сағат 15:00", "постановление № 12-3, в 15:00"),
        ("семьялар үшін семинар", "семинар для семьи"),
        ("сандар жоқ", "чисел нет"),
    ],
)
def test_the_same_numbers_are_the_same_however_written(kazakh: str, russian: str) -> None:
    assert same_numbers(numbers_in(kazakh, Language.KK), numbers_in(russian, Language.RU))


@pytest.mark.parametrize(
    ("kazakh", "russian", "shown"),
    [
        ("Үш күн ішінде", "в течение двух дней", "3 / 2"),
        ("1 500 теңге", "1 600 тенге", "1500 / 1600"),
        ("1,5 мың теңге", "1,5 млн тенге", "1500 / 1\u00a0500\u00a0000"),
        ("2026 және 2027 жыл", "2026 год", "2026, 2027 / 2026"),
        ("20.11.2025", "21.11.2025", "20.11.2025 / 21.11.2025"),
        ("5 (бес) күн", "5 (шесть) дней", "5 / 5, 6"),
        ("үш жүз", "триста двадцать", "300 / 320"),
        ("үш үй", "три дома и пятиэтажный дом", "3 / 3, 5"),
    ],
)
def test_different_numbers_are_different_and_listed(kazakh: str, russian: str, shown: str) -> None:
    kk, ru = numbers_in(kazakh, Language.KK), numbers_in(russian, Language.RU)
    assert not same_numbers(kk, ru)
    assert f"{kk.listed()} / {ru.listed()}" == shown


@given(st.integers(min_value=2, max_value=999_999_999), st.integers(min_value=2, max_value=9999))
def test_a_number_in_words_is_that_number_in_both_languages(number: int, other: int) -> None:
    kk = numbers_in(f"барлығы {in_words(number, Language.KK)} теңге", Language.KK)
    ru = numbers_in(f"всего {in_words(number, Language.RU)} тенге", Language.RU)
    assert same_numbers(kk, ru)
    assert same_numbers(kk, numbers_in(f"всего {number} тенге", Language.RU))
    if number != other:
        assert not same_numbers(kk, numbers_in(f"{other}", Language.RU))

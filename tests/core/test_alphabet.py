"""Names in the order of the Kazakh alphabet, numbers by value, always the same order."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.alphabet import ALPHABET, sort_key

KAZAKH = "ӘҒҚҢӨҰҮҺІ"
names = st.text(alphabet=st.sampled_from(ALPHABET + ALPHABET.lower() + "abZ 019-«»№é"), max_size=12)


def test_the_alphabet_has_its_42_letters() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 42
    assert set(KAZAKH) < set(ALPHABET)
    russian = [letter for letter in ALPHABET if letter not in KAZAKH]
    assert "".join(russian) == "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"


def test_each_letter_follows_the_one_before() -> None:
    assert sorted(random.sample(ALPHABET, 42), key=sort_key) == list(ALPHABET)
    assert all(sort_key(one) < sort_key(other) for one, other in pairwise(ALPHABET.lower()))


@pytest.mark.parametrize(
    "ordered",
    [
        ["Абай", "Ақбұлақ", "Алға", "Әулиекөл", "Бұлақ"],
        ["Көкпекті", "Қабанбай", "Қарабұлақ", "Құрық", "Қызылжар", "Лениногорск"],
        ["Ерейментау", "Ёлкино", "Жаңабұлақ"],
        ["Нұра", "Ңарын", "Озерное", "Өскемен", "Павлодар"],
        ["Ұзынкөл", "Үлбі", "Фабричный"],
        ["Халықтар", "Һарман", "Целинный"],
        ["Ыбырай", "Ірі", "Юбилейное"],
        ["2-бап", "10-бап", "10-бап, 2-тармақ", "101-бап", "Бап"],
        ["Ауыл 2", "Ауыл 10", "Ауыл 10а"],
        ["«Мирный»", "Молодежный"],
        ["Бір екі", "Біркелкі"],  # a space before any letter
        ["Ясное", "Astana", "Zhana"],
    ],
)
def test_names_in_order(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=sort_key) == ordered


def test_case_quotes_and_composition_do_not_tear_names_apart() -> None:
    mixed = ["Қала", "қала", "«Қала»", "ҚАЛА", unicodedata.normalize("NFD", "Қалай"), "Қалам"]
    found = sorted(mixed, key=sort_key)
    assert {name.casefold().strip("«»") for name in found[:4]} == {"қала"}


@given(st.lists(names, max_size=8))
def test_the_order_is_the_same_wherever_one_begins(given_names: list[str]) -> None:
    once = sorted(given_names, key=sort_key)
    backwards = given_names[::-1]
    assert sorted(backwards, key=sort_key) == once
    assert sorted(once, key=sort_key) == once


@given(names, names)
def test_two_names_stand_in_one_way(one: str, other: str) -> None:
    composed = (unicodedata.normalize("NFC", one), unicodedata.normalize("NFC", other))
    assert (sort_key(one) == sort_key(other)) == (composed[0] == composed[1])


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_has_a_key(one: str, other: str) -> None:
    assert sort_key(one) <= sort_key(other) or sort_key(one) > sort_key(other)


@given(st.integers(min_value=0, max_value=10**40), st.integers(min_value=0, max_value=10**40))
def test_numbers_go_by_value(one: int, other: int) -> None:
    assert (sort_key(f"{one}-бап") < sort_key(f"{other}-бап")) == (one < other)

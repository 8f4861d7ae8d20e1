"""Rows are found by number and by any word, on any keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.classification.packs import pack_for
from akimat_desk.core.text import search_form

PACK = pack_for(2026)
WORDS = sorted(
    {
        (entry.row, word)
        for entry in PACK.entries
        for name in (entry.name.kk, entry.name.ru, entry.name.en)
        for word in "".join(c if c.isalnum() else " " for c in name).split()
        if not word.isdigit()
    }
)


def codes(text):
    return [str(entry.code) for entry in PACK.search(text)]


@given(st.sampled_from(WORDS))
def test_every_row_is_found_by_each_word_of_its_names(row_and_word):
    row, word = row_and_word
    assert row in {entry.row for entry in PACK.search(word)}
    assert row in {entry.row for entry in PACK.search(search_form(word))}
    assert row in {entry.row for entry in PACK.search(word.upper())}


@given(st.sampled_from([e for e in PACK.entries if e.code_known]))
def test_every_code_finds_its_row_first(entry):
    # 124 is an administrator and a specific of costs: both are there, one of them first.
    for typed in (str(entry.code), str(entry.code).replace("/", " "), str(entry.code).replace("/", ".")):
        found = PACK.search(typed)
        assert str(found[0].code) == str(entry.code)
        assert entry.row in {other.row for other in found[:2]}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("101202", "1/01/2/02"),
        ("1.04", "1/04"),
        ("008", "07/3/124/008"),
        ("124 008", "07/3/124/008"),
        ("07 011", "07/3/124/011"),
        ("159", "159"),
        ("жарыктандыру", "07/3/124/008"),
        ("освещение улиц", "07/3/124/008"),
        ("улиц освещение", "07/3/124/008"),
        ("street", "07/3/124/008"),
        ("салык", "1/04/4"),
        ("ИПН", "1/01/2"),
        ("жтс", "1/01/2"),
        ("абп", "124"),
        ("жкх", "07"),
        ("трансферт", "5"),
    ],
)
def test_what_people_type(text, first):
    assert first in codes(text)[:6]


def test_endings_are_passed_over_when_nothing_else_fits():
    assert "07/3/124/008" in codes("освещения улицы")
    assert "1/04/3" in codes("жердің салығына")


@pytest.mark.parametrize("text", ["", "   ", "/", "№", "жжжж", "999999", "\x00", "((", "%"])
def test_nothing_found_is_an_empty_list(text):
    assert PACK.search(text) == []


@given(st.text(max_size=40))
def test_any_text_may_be_typed(text):
    assert isinstance(PACK.search(text), list)

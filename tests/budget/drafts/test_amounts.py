"""Amounts as people type and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount, why_refused
from akimat_desk.core.language import Language
from akimat_desk.core.money import table_amount


@pytest.mark.parametrize(
    ("typed", "tiyn"),
    [
        ("1234,5", 123_450_000),
        ("1 234,5", 123_450_000),
        ("1\N{NO-BREAK SPACE}234,5", 123_450_000),
        ("1\N{NARROW NO-BREAK SPACE}234.5", 123_450_000),
        ("1,234.56", 123_456_000),
        ("1.234,56", 123_456_000),
        ("1'234,5", 123_450_000),
        ("1,234,567", 123_456_700_000),
        ("1 234 567", 123_456_700_000),
        ("-1 845,3", -184_530_000),
        ("\N{MINUS SIGN}1845,3", -184_530_000),
        ("(1 845,3)", -184_530_000),
        ("+7", 700_000),
        ("0", 0),
        ("0,00001", 1),
        ("46633.099999999999", 4_663_310_000),
        ("", None),
        ("   ", None),
        ("-", None),
        ("–", None),
    ],
)
def test_taken(typed: str, tiyn: int | None) -> None:
    assert read_amount(typed) == tiyn


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("abc", "draft.amount.not_a_number"),
        ("12 abc", "draft.amount.not_a_number"),
        ("1 23,5", "draft.amount.not_a_number"),
        ("1e5", "draft.amount.not_a_number"),
        ("=A1+B1", "draft.amount.not_a_number"),
        ("1..5", "draft.amount.not_a_number"),
        ("٣", "draft.amount.not_a_number"),
        ("9" * 300, "draft.amount.not_a_number"),
        ("1 500 тенге", "draft.amount.has_unit"),
        ("1 500 мың теңге", "draft.amount.has_unit"),
        ("1,5 млн", "draft.amount.has_unit"),
        ("10000000000001", "draft.amount.too_large"),
        ("0,0000004", "draft.amount.too_fine"),
    ],
)
def test_refused_in_words(typed: str, why: str) -> None:
    with pytest.raises(AmountRefused) as refused:
        read_amount(typed)
    assert refused.value.why.key == why
    for language in Language:
        assert why_refused(typed).text(language)


@given(st.integers(-(10**17), 10**17))
def test_what_the_grid_shows_can_be_typed_back(tiyn: int) -> None:
    assert read_amount(table_amount(tiyn)) == tiyn


@given(st.text(max_size=30))
def test_any_text_is_taken_or_refused(typed: str) -> None:
    try:
        amount = read_amount(typed)
    except AmountRefused:
        return
    assert amount is None or isinstance(amount, int)

"""Money keeps every tiyn, whatever form it is written in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.money import (
    LARGEST_AMOUNT,
    NO_BREAK_SPACE,
    from_plain,
    from_thousands,
    half_up,
    plain,
    table_amount,
    tenge_amount,
    text_amount,
    to_thousands,
)

tiyn_amounts = st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT)


@given(tiyn_amounts)
def test_plain_form_reads_back(tiyn: int) -> None:
    written = plain(tiyn)
    assert written is not None
    assert from_plain(written) == tiyn
    assert "e" not in written.lower()
    assert not ("." in written and written.endswith("0"))


@given(tiyn_amounts)
def test_thousands_and_back(tiyn: int) -> None:
    assert from_thousands(to_thousands(tiyn)) == tiyn


@given(tiyn_amounts)
def test_a_table_rounds_nothing_away(tiyn: int) -> None:
    shown = table_amount(tiyn).replace(NO_BREAK_SPACE, "").replace(",", ".")
    assert from_thousands(Decimal(shown)) == tiyn


@pytest.mark.parametrize(
    ("tiyn", "in_json", "in_table", "in_text"),
    [
        (0, "0", "0,0", "0"),
        (46_633_10000, "46633.1", "46 633,1", "46 633,1"),
        (15_065_00000, "15065", "15 065,0", "15 065"),
        (-362300000, "-3623", "-3 623,0", "-3 623"),
        (1, "0.00001", "0,00001", "0,00001"),
        (134240130000, "1342401.3", "1 342 401,3", "1 342 401,3"),
    ],
)
def test_forms(tiyn: int, in_json: str, in_table: str, in_text: str) -> None:
    assert plain(tiyn) == in_json
    assert table_amount(tiyn) == in_table.replace(" ", NO_BREAK_SPACE)
    assert text_amount(tiyn) == in_text.replace(" ", NO_BREAK_SPACE)


def test_not_stated_is_not_zero() -> None:
    assert plain(None) is None
    assert table_amount(None) == ""
    assert text_amount(None) == ""


def test_tenge_for_explanations() -> None:
    assert tenge_amount(157600000) == f"1{NO_BREAK_SPACE}576{NO_BREAK_SPACE}000"
    assert tenge_amount(-50) == "-0,50"


@pytest.mark.parametrize("text", ["", " 1", "1e3", "1 000", "+5", "NaN", "Infinity", "1,5", "0.000001", "１"])
def test_only_plain_decimals_are_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|tiyn"):
        from_plain(text)


def test_an_impossible_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond any budget"):
        from_plain("9" * 30)


@given(st.fractions(), st.integers(0, 4))
def test_half_up_is_the_nearest_and_the_half_goes_away_from_zero(value: Fraction, decimals: int) -> None:
    rounded = Fraction(half_up(value, decimals))
    step = Fraction(1, 10**decimals)
    assert abs(rounded - value) <= step / 2
    if abs(rounded - value) == step / 2:
        assert abs(rounded) > abs(value)


def test_half_up_has_no_minus_zero() -> None:
    assert str(half_up(Fraction(-1, 1000), 1)) == "0.0"

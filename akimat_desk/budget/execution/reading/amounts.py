"""Amounts of a form: ``1,234.56`` as the treasury prints them, ``1 234,56`` as offices type them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from akimat_desk.budget.execution.forms import MoneyUnit
from akimat_desk.core.money import LARGEST_AMOUNT, TIYN_PER_TENGE, TIYN_PER_THOUSAND

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_EMPTY = frozenset(("", "-", "x", "х", "X", "Х"))
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d*)?|\d+(?:\.\d*)?")
_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d*)?|\d+(?:,\d*)?")
#: How many decimals an amount in this unit may have: those are whole tiyn.
_PLACES = {
    MoneyUnit.TENGE: len(str(TIYN_PER_TENGE)) - 1,
    MoneyUnit.THOUSAND: len(str(TIYN_PER_THOUSAND)) - 1,
}
#: An amount of the treasury's print standing for itself among words: always with its two decimals.
PRINTED = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d{2}|-?\d+\.\d{2}")


class Style(StrEnum):
    """Which sign parts the decimals."""

    POINT = "point"
    COMMA = "comma"


class NotAnAmount(ValueError):
    """A cell of numbers holds something else."""


def style_of(texts: Iterable[str]) -> Style:
    """How a form writes its amounts: by the signs that can only be decimals. A point where none is."""
    for text in texts:
        bare = _bare(text)
        if re.search(r",\d{3}\.|\.\d{1,2}$|,\d{3},", bare):
            return Style.POINT
        if re.search(r"\.\d{3},|,\d{1,2}$|\.\d{3}\.", bare):
            return Style.COMMA
    return Style.POINT


def amount_of(text: str, style: Style, unit: MoneyUnit, *, is_number: bool = False) -> int | None:
    """The amount in tiyn; None for an empty cell or a dash.

    Raises NotAnAmount for words, for two amounts in one cell and for what is no whole tiyn.
    """
    bare = _bare(text)
    if bare in _EMPTY:
        return None
    negative = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")"))
    digits = bare.strip("-()")
    shape = _PLAIN if is_number else _POINT if style is Style.POINT else _COMMA
    if not digits.isascii() or len(digits) > 40 or not shape.fullmatch(digits):
        raise NotAnAmount(text)
    decimal, thousands = (",", ".") if style is Style.COMMA and not is_number else (".", ",")
    # Digits are all that is left: a form has tens of thousands of cells, and whole tiyn need no fractions.
    whole, _, decimals = digits.replace(thousands, "").partition(decimal)
    places = _PLACES[unit]
    if len(decimals) > places:
        decimals = decimals.rstrip("0")
    if len(decimals) > places:
        raise NotAnAmount(text)
    value = int(whole + decimals.ljust(places, "0"))
    if value > LARGEST_AMOUNT:
        raise NotAnAmount(text)
    return -value if negative else value


def _bare(text: str) -> str:
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    return _SPACES.sub("", text).translate(_DASHES)

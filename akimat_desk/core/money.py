"""Money. Every amount is an integer number of tiyn (1 tenge = 100 tiyn); no float touches it.

Budgets are written in thousand tenge ("64 684,0"): one unit on paper is 100 000 tiyn.
``None`` everywhere means "not stated", which is never zero.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

TIYN_PER_TENGE = 100
TIYN_PER_THOUSAND = 1000 * TIYN_PER_TENGE
# Decisions are adopted with one decimal of a thousand tenge.
DECISION_STEP = TIYN_PER_THOUSAND // 10
# No budget of this country comes near: beyond it a figure is a slip or an attack.
LARGEST_AMOUNT = 10**15 * TIYN_PER_TENGE

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def from_thousands(value: Decimal | int) -> int:
    """Thousand tenge to tiyn, exactly.

    Raises ValueError for a value that is no whole number of tiyn or is beyond LARGEST_AMOUNT.
    """
    scaled = Fraction(value) * TIYN_PER_THOUSAND
    if scaled.denominator != 1:
        raise ValueError(f"{value} thousand tenge is not a whole number of tiyn")
    tiyn = scaled.numerator
    if abs(tiyn) > LARGEST_AMOUNT:
        raise ValueError(f"{value} thousand tenge is beyond any budget")
    return tiyn


def to_thousands(tiyn: int) -> Decimal:
    """Tiyn to thousand tenge, exactly (five decimals at most)."""
    return Decimal(tiyn).scaleb(-5)


def plain(tiyn: int | None) -> str | None:
    """The amount in thousand tenge as the JSON contract wants it: "46633.1", no trailing zeros."""
    if tiyn is None:
        return None
    if tiyn == 0:
        return "0"
    sign = "-" if tiyn < 0 else ""
    whole, rest = divmod(abs(tiyn), TIYN_PER_THOUSAND)
    decimals = f"{rest:05d}".rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def from_plain(text: str) -> int:
    """The reverse of :func:`plain`; raises ValueError for anything else than a plain decimal."""
    if not text.isascii() or any(c in text for c in "eE_ +") or text.strip() != text:
        raise ValueError(f"not a plain amount: {text!r}")
    try:
        value = Decimal(text)
    except ArithmeticError as error:
        raise ValueError(f"not a plain amount: {text!r}") from error
    if not value.is_finite():
        raise ValueError(f"not a plain amount: {text!r}")
    return from_thousands(value)


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", NO_BREAK_SPACE)


def table_amount(tiyn: int | None) -> str:
    """An amount for a table: thousand tenge, one decimal or as many as it has, "-3 623,0".

    Nothing is rounded away: an amount with more decimals shows them all. None is "".
    """
    if tiyn is None:
        return ""
    sign = "-" if tiyn < 0 else ""
    whole, rest = divmod(abs(tiyn), TIYN_PER_THOUSAND)
    decimals = f"{rest:05d}".rstrip("0") or "0"
    return f"{sign}{_grouped(whole)},{decimals}"


def signed_amount(tiyn: int | None) -> str:
    """A change for a table: "+500,0", "-35,3", "0,0". None is ""."""
    shown = table_amount(tiyn)
    return f"+{shown}" if tiyn is not None and tiyn > 0 else shown


def to_step(tiyn: int) -> int:
    """A computed amount rounded half up to 0.1 thousand tenge, as people read it."""
    return int(half_up(Fraction(tiyn, DECISION_STEP), 0)) * DECISION_STEP


def text_amount(tiyn: int | None) -> str:
    """An amount for running text: "184 163,4", whole numbers without decimals, "15 065", "0"."""
    if tiyn is None:
        return ""
    shown = table_amount(tiyn)
    return shown.removesuffix(",0")


def tenge_amount(tiyn: int) -> str:
    """An amount in tenge for explanations: "1 576 000" or "0,50" where tiyn remain."""
    sign = "-" if tiyn < 0 else ""
    whole, rest = divmod(abs(tiyn), TIYN_PER_TENGE)
    return f"{sign}{_grouped(whole)},{rest:02d}" if rest else f"{sign}{_grouped(whole)}"


def half_up(value: Fraction, decimals: int) -> Decimal:
    """An exact fraction rounded half up (away from zero at the half) to ``decimals`` places."""
    scale = 10**decimals
    magnitude = abs(value) * scale
    whole, rest = divmod(magnitude.numerator, magnitude.denominator)
    if 2 * rest >= magnitude.denominator:
        whole += 1
    # Built from its digits: the arithmetic of Decimal would round to the context's precision.
    sign = int(value < 0 and whole > 0)
    return Decimal((sign, tuple(int(digit) for digit in str(whole)), -decimals))

"""Percentages and points as people write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from akimat_desk.core.money import half_up

MINUS = "\N{MINUS SIGN}"


def percent_text(value: Fraction | None, decimals: int = 1) -> str:
    """A percentage as it is written: "33,0"; a dash where it is not known."""
    return "–" if value is None else decimal_text(half_up(value, decimals))


def decimal_text(value: Decimal | None) -> str:
    """A rounded number with a comma and a true minus."""
    return "–" if value is None else str(value).replace(".", ",").replace("-", MINUS)


def hundredths_text(hundredths: int, signed: bool = True) -> str:
    """Hundredths of a point as points: "+1,04", "−0,32"."""
    whole, rest = divmod(abs(hundredths), 100)
    sign = MINUS if hundredths < 0 else "+" if signed and hundredths > 0 else ""
    return f"{sign}{whole},{rest:02d}"

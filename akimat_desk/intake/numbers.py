"""A workbook's numbers as a reader sees them: plain decimals, dates, codes with their zeros; places.

A workbook stores binary fractions in up to 17 digits, so that 46633.1 may stand in the file as
46633.099999999999. The text of the file is taken as a decimal and its noise cut off; no float is
made of it.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import Enum, auto

from akimat_desk.core.dates import short

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
# Excel itself keeps 15 digits; what stands beyond them is noise.
_DIGITS = 15
# A sum of amounts carries noise in its lower decimals too (-326.00000000000364). A value within
# _NOISE of a whole tiyn (of thousand tenge) is that tiyn.
_STEP = Decimal("0.00001")
_NOISE = Decimal("0.0000001")

# The formats with these numbers are built in and not written into the file.
_BUILT_IN_DATES = frozenset({14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)})
_BUILT_IN_MOMENTS = frozenset({22})
_BUILT_IN_TIMES = frozenset({18, 19, 20, 21, 32, 33, 45, 46, 47})
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"(?i)\[(?:h+|m+|s+)\]")
_ZEROS = re.compile(r"0{2,20}")
_MOST_DAYS = 2_957_004  # 01.01.10000 counted from 1904, the later of the two beginnings
_SECONDS_PER_DAY = 86_400
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


class Look(Enum):
    """How a number format shows a number, as far as the meaning goes."""

    NUMBER = auto()
    DATE = auto()
    MOMENT = auto()
    TIME = auto()


def look_of(number: int, pattern: str) -> tuple[Look, int]:
    """What a number format (its number and its pattern) shows, and to how many digits it pads.

    "000" pads to three digits: that is how budget codes keep their zeros in a cell with a number.
    """
    if not pattern:
        if number in _BUILT_IN_DATES:
            return Look.DATE, 0
        if number in _BUILT_IN_MOMENTS:
            return Look.MOMENT, 0
        return (Look.TIME if number in _BUILT_IN_TIMES else Look.NUMBER), 0
    if _ELAPSED.search(pattern):
        return Look.TIME, 0
    letters = _LITERALS.sub("", pattern).split(";", 1)[0].lower()
    has_day = "d" in letters or "y" in letters
    has_time = "h" in letters or "s" in letters
    if has_day or ("m" in letters and not has_time):
        return (Look.MOMENT if has_time else Look.DATE), 0
    if has_time:
        return Look.TIME, 0
    return Look.NUMBER, len(letters) if _ZEROS.fullmatch(letters) else 0


def is_number(text: str) -> bool:
    """Whether a stored value is a number at all."""
    return len(text) <= 64 and text.isascii() and _NUMBER.fullmatch(text) is not None


def plain_number(text: str) -> str:
    """A stored number as a plain decimal: no exponent, no noise, no trailing zeros, no "-0"."""
    return plain_decimal(Decimal(text), exact=len(text) <= _DIGITS and "e" not in text.lower())


def plain_decimal(value: Decimal, *, exact: bool = False) -> str:
    """A decimal written plainly; the noise of binary fractions cut off unless it is ``exact``."""
    if not exact:
        value = _without_noise(value)
    if not value:
        return "0"
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _without_noise(value: Decimal) -> Decimal:
    if not value:
        return value
    surplus = len(value.as_tuple().digits) - _DIGITS
    if surplus > 0:
        value = round(value, _DIGITS - 1 - value.adjusted())
    if value.adjusted() < _DIGITS:
        stepped = value.quantize(_STEP)
        if abs(stepped - value) <= _NOISE:
            return stepped
    return value


def padded(text: str, digits: int) -> str:
    """A whole number with its leading zeros, as a format like "000" shows it."""
    sign, bare = ("-", text[1:]) if text.startswith("-") else ("", text)
    return sign + bare.zfill(digits) if bare.isdigit() else text


def moment_text(serial: Decimal, look: Look, *, from_1904: bool) -> str | None:
    """A serial number of days as "05.11.2026", "05.11.2026 14:30" or "14:30"; None where it is no date."""
    seconds = int((serial * _SECONDS_PER_DAY).to_integral_value())
    days, rest = divmod(seconds, _SECONDS_PER_DAY)
    if not 0 <= days < _MOST_DAYS or (days == 0 and look is not Look.TIME):
        return None
    clock = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    if look is Look.TIME:
        return f"{seconds // 3600:02d}:{rest % 3600 // 60:02d}"
    if from_1904:
        day = dt.date(1904, 1, 1) + dt.timedelta(days=days)
    elif days == 60:
        return "29.02.1900"  # a day that Excel believes in
    else:
        # Day 1 is 01.01.1900; after the day that never was everything is one day late.
        day = dt.date(1899, 12, 30 if days > 60 else 31) + dt.timedelta(days=days)
    return f"{short(day)} {clock}" if look is Look.MOMENT else short(day)


def place(reference: str) -> tuple[int, int]:
    """ "C7" as (row 7, column 2). Raises ValueError for what is no cell of a workbook."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"no cell: {reference[:20]!r}")
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found.group(2))
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(f"no cell: {reference!r}")
    return row, column - 1

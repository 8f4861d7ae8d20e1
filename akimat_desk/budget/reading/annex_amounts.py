"""Amounts and code numbers in the cells of an annex. What is not plainly a number is not repaired."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from akimat_desk.core.money import from_thousands
from akimat_desk.core.text import DASHES, squeeze

_DASH = f"[{re.escape(DASHES)}]"
_UNIT_AFTER = r"(?:\s*(?:тысяч[аи]?|тыс\.?|мың)\s*(?:тенге|теңге|тг)\.?)?"
_AMOUNT = re.compile(
    rf"""
    (?P<sign>{_DASH}\s*|\(\s*{_DASH}\s*\)\s*)?
    (?P<open>\()?\s*
    (?P<whole>\d{{1,3}}(?:[ ']\d{{3}})+|\d+)
    (?:\s?[.,]\s?(?P<decimals>\d{{1,5}}))?
    \s*(?P<close>\))?
    {_UNIT_AFTER}
    (?:\s*\*{{1,3}})?  # the mark of a footnote
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER_SHAPE = re.compile(r"[\d\s.,'()]+")
_CODE = re.compile(r"['`ʼ’]?(\d{1,3})(?:[.,]0*)?")


@lru_cache(maxsize=8192)
def amount_of(printed: str) -> int | None:
    """The amount of a cell in tiyn; None when it is empty or not plainly an amount.

    Read: "64 684,0", "8072,9", "64 953", "46,50", "39 033 ,0", "- 326,0", "–3623,0", "(-) 735",
    "(326,0)" and a workbook's "46633.1". Not read: ",0", "1 5320", "862,2,0", "".
    """
    match = _AMOUNT.fullmatch(squeeze(printed))
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    whole = re.sub(r"[ ']", "", match["whole"])
    value = Decimal(f"{whole}.{match['decimals'] or '0'}")
    if match["sign"] or match["open"]:
        value = -value
    try:
        return from_thousands(value)
    except ValueError:
        return None


def amount_in_tenge(printed: str) -> int | None:
    """The amount of a cell that is written in tenge, not in thousands; None as in :func:`amount_of`."""
    amount = amount_of(printed)
    return None if amount is None or amount % 1000 else amount // 1000


@lru_cache(maxsize=8192)
def looks_like_number(text: str) -> bool:
    """Whether a text is made of digits and the marks that stand among them, readable or not."""
    bare = re.sub(_DASH, "", text)
    return bool(_NUMBER_SHAPE.fullmatch(bare)) or amount_of(text) is not None


@lru_cache(maxsize=4096)
def code_number(text: str, width: int) -> str | None:
    """The part of a code that a cell states, with its leading zeros: "1" → "01", "4.0" → "04".

    Workbooks keep codes as numbers and lose the zeros. None for anything but up to ``width`` digits
    and for zero.
    """
    match = _CODE.fullmatch(squeeze(text).replace(" ", ""))
    if match is None or len(match[1]) > width or not int(match[1]):
        return None
    return match[1].zfill(width)


def is_code_number(text: str) -> bool:
    """Whether a cell could be a part of a code at all: one to three digits."""
    return _CODE.fullmatch(squeeze(text)) is not None

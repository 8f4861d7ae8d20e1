"""Amounts as decisions write them: grouped, glued, in words, with dashes that separate or negate.

An amount here is still a reading of the paper: which unit was meant and whether a single dash is a
minus is decided later, by the sums (:mod:`akimat_desk.budget.reading.signs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AmountUnit(StrEnum):
    """The unit printed after an amount."""

    THOUSAND = "thousand"
    TENGE = "tenge"
    MILLION = "million"
    BILLION = "billion"
    NONE = ""


class Sign(StrEnum):
    """What the dashes before an amount say."""

    PLUS = "plus"
    MINUS = "minus"
    ONE_DASH = "one_dash"  # a separator or a minus: not to be told by the dash alone
    DASH_AFTER_COLON = "dash_after_colon"  # the colon parts already, so the dash is rather a minus


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """One amount in the text.

    ``start`` is where the separator or sign before it begins, ``end`` where its unit ends. ``value``
    is None when the digits make no number ("1 5320"); ``other_value`` is a second way to read them
    ("122.043" as thousands grouped by a point).
    """

    start: int
    end: int
    raw: str
    value: Decimal | None
    other_value: Decimal | None
    unit: AmountUnit
    sign: Sign
    dashes: int
    ends_clause: bool  # nothing but punctuation follows on the line, or the list goes on


_UNIT = (
    r"(?:(?P<thousand>(?:мын|тыс(?:яч\w{0,3})?|тыщ\w*)\b\.?)"
    r"|(?P<million>(?:млн|миллион\w{0,3})\b\.?)|(?P<billion>(?:млрд|миллиард\w{0,3})\b\.?))?"
    r"\s*(?P<tenge>(?:тен(?:ге|ги|ьге)\w{0,4}|тгн?|тнг|kzt)\b\.?)?"
)
_DIGITS = (
    r"\d+(?:[ ']\d+|\s?[.,]\d+|, \d{1,2}(?=\s?(?:мын|тыс|млн|тенге)))*"
    # A wrapped line may part the groups of one number; the unit behind proves that they belong together.
    r"(?:\n\d{3}(?:[ ']\d{3})*(?:,\d+)?(?=\s?(?:мын|тыс)))?"
)
_AMOUNT = re.compile(
    rf"(?P<digits>(?<![\w.,/]){_DIGITS}|(?<=-){_DIGITS}|(?<=[- ]),\d+(?=\s?(?:мын|тыс|тенге)))"
    rf"(?![\d%])(?P<close>\)?)\s?{_UNIT}"
    r"|(?P<zero>\b(?:(?:равн\w{1,3}|составля\w+)\s+)?(?:нул[юья]|нол[юья]|ноль|нул[её]вое)(?=\W|$)"
    r"|\bнол(?:ге)?(?:\s+тен)?(?:\s+тенге)?\b)"
    r"|(?<=[- ])(?P<letter>[оo])\s?(?P<letter_unit>(?:мын|тыс\w*)?\s?тенге)\b"
    r"|(?:(?<=[-:] )|(?<=-))(?P<missing>(?:мын|тысяч\w{0,2})\s+тенге)"
)
_LEAD = re.compile(
    r"(?:[\s:=+(\"\-]|\(\s?-\s?\)|(?<!\w)минус(?!\w)"
    r"|(?<!\w)(?:в сумме|в объеме|в размере|составля\w+|равн\w{1,2}|сомасында|колеминде)(?!\w))*$"
)
_CONTINUES = re.compile(
    r"[\s\"]*(?:[;.:,)\"]|$|\n|\(|в том числе|из них|(?:оны|соны)н ишинде|с учетом)", re.MULTILINE
)

_PLAIN_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d+(?:[ ']\d{3})+(?:[.,]\d+)?")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_ONE_MARK = re.compile(r"\d{1,3}[.,]\d{3}")


def parse_digits(raw: str) -> tuple[Decimal | None, Decimal | None]:
    """The value of digits as printed, and a second possible one; None where they make no number.

    Only a plain decimal with well-formed groups is a number: what is misprinted is never repaired.
    """
    text = re.sub(r"\s", " ", raw.strip())
    text = re.sub(r" ?([.,]) ?", r"\1", text)
    if _COMMA_GROUPS.fullmatch(text):
        return Decimal(text.replace(",", "")), None
    if _POINT_GROUPS.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", ".")), None
    if _PLAIN_NUMBER.fullmatch(text) or _GROUPED.fullmatch(text):
        value = Decimal(re.sub(r"[ ']", "", text).replace(",", "."))
        other = Decimal(re.sub(r"[.,]", "", text)) if _ONE_MARK.fullmatch(text) else None
        return value, other
    return None, None


def _sign(lead: str) -> tuple[Sign, int]:
    if "(-" in lead.replace(" ", "") or "минус" in lead:
        return Sign.MINUS, lead.count("-")
    dashes = lead.count("-")
    if dashes == 0:
        return Sign.PLUS, 0
    if dashes > 1:
        return Sign.MINUS, dashes
    colon = lead.find(":")
    return (Sign.DASH_AFTER_COLON if 0 <= colon < lead.find("-") else Sign.ONE_DASH), 1


def _unit(match: re.Match[str]) -> AmountUnit:
    if match["million"]:
        return AmountUnit.MILLION
    if match["billion"]:
        return AmountUnit.BILLION
    if match["thousand"] or "тыс" in (match["letter_unit"] or "") or "мын" in (match["letter_unit"] or ""):
        return AmountUnit.THOUSAND
    if match["tenge"] or match["letter_unit"]:
        return AmountUnit.TENGE
    return AmountUnit.NONE


def amounts(plain: str, begin: int = 0) -> Iterator[PrintedAmount]:
    """Every number in ``plain`` that could be an amount, in order, each with its sign and unit."""
    previous_end = begin
    for match in _AMOUNT.finditer(plain, begin):
        lead = _LEAD.search(plain, max(previous_end, match.start() - 40), match.start())
        start = lead.start() if lead else match.start()
        sign, dashes = _sign(plain[start : match.start()])
        end = match.start() + len(match.group().rstrip())
        raw = match.group().strip()
        value: Decimal | None
        other: Decimal | None
        if match["digits"] is not None:
            value, other = parse_digits(match["digits"])
            raw = match["digits"]
            opened = plain[start : match.start()].replace(" ", "").endswith("(")
            if match["close"] and opened and sign is not Sign.MINUS:
                sign = Sign.MINUS  # accounting brackets
            elif match["close"] and not opened and "(-" not in plain[start : match.start()].replace(" ", ""):
                continue  # "1)": a list's marker
        elif match["missing"] is not None:
            value, other, raw = None, None, ""
        else:
            value, other = Decimal(0), None
        yield PrintedAmount(
            start=start,
            end=end,
            raw=raw,
            value=value,
            other_value=other,
            unit=AmountUnit.THOUSAND if not raw else _unit(match),
            sign=sign,
            dashes=dashes,
            ends_clause=bool(_CONTINUES.match(plain, end)),
        )
        previous_end = end

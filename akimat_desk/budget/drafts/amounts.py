"""An amount as a person types or pastes it: thousand tenge with a decimal comma, and how it is refused.

Taken are spaces of every kind, a comma or a point, a minus in any of its shapes or brackets, grouped
figures ("1 234,5", "1,234.56", "1.234,5"). A unit behind the number is refused in words: the sheet is
in thousand tenge, and nobody should wonder which unit was meant.
"""

from __future__ import annotations

import re
from decimal import Decimal

from akimat_desk.core.money import LARGEST_AMOUNT, TIYN_PER_THOUSAND, from_thousands
from akimat_desk.core.strings import Message
from akimat_desk.core.text import DASHES, squeeze
from akimat_desk.intake.numbers import plain_number

_UNIT = re.compile(r"[\d,.\s)]\s*(тыс\w*|мың|мыц|млн|млрд|тенге|теңге|тг|тнг|kzt|₸|thousand|tenge)", re.I)
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPS = re.compile(r"[0-9]{1,3}(?:[,. ][0-9]{3})+")
_DASH = str.maketrans(dict.fromkeys(DASHES, "-"))
# A number beyond this is no slip of a digit: it is not even looked at.
_LONGEST = 60
_DECIMALS = 5  # of a thousand tenge: one tiyn
#: How much of a refused text is kept.
KEPT = 100


class AmountRefused(Exception):
    """A text that is no amount; ``why`` says it in words."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.key)
        self.why = why


def read_amount(typed: str) -> int | None:
    """A typed amount in tiyn; None for nothing (a lone dash too). Raises AmountRefused."""
    text = squeeze(typed).translate(_DASH)
    if not text or set(text) == {"-"}:
        return None
    if len(text) > _LONGEST:
        raise AmountRefused(Message("draft.amount.not_a_number", {"typed": text[:_LONGEST] + "…"}))
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip()
    elif text.startswith("-"):
        negative, text = True, text[1:].strip()
    elif text.startswith("+"):
        text = text[1:].strip()
    number = _decimal(text)
    if number is None:
        key = "draft.amount.has_unit" if _UNIT.search(text) else "draft.amount.not_a_number"
        raise AmountRefused(Message(key, {"typed": squeeze(typed)}))
    if number * TIYN_PER_THOUSAND > LARGEST_AMOUNT:
        raise AmountRefused(Message("draft.amount.too_large", {"typed": squeeze(typed)}))
    try:
        tiyn = from_thousands(number)
    except ValueError:
        raise AmountRefused(Message("draft.amount.too_fine", {"typed": squeeze(typed)})) from None
    return -tiyn if negative else tiyn


def why_refused(raw: str) -> Message:
    """Why a kept text is no amount."""
    try:
        read_amount(raw)
    except AmountRefused as refused:
        return refused.why
    return Message("draft.amount.not_a_number", {"typed": raw})


def _decimal(text: str) -> Decimal | None:
    text = _without_groups(text)
    if not _PLAIN.fullmatch(text):
        return None
    value = Decimal(text)
    _, _, decimals = text.partition(".")
    if len(decimals) > _DECIMALS:
        # A workbook's binary fraction: 46633.099999999999 is 46633.1.
        return Decimal(plain_number(text))
    return value


def _without_groups(text: str) -> str:
    """Digits with a point before the decimals, whatever parted the groups and the decimals."""
    separators = [c for c in text if c in ",."]
    if not separators:
        whole = text.replace("'", " ")
        return whole.replace(" ", "") if _GROUPS.fullmatch(whole) else whole
    last = separators[-1]
    if separators.count(last) > 1:  # "1,234,567": groups only
        bare = text.replace(last, "") if _GROUPS.fullmatch(text) else text
        return bare.replace(" ", "")
    whole, _, decimals = text.rpartition(last)
    if not decimals.isdigit() or not decimals.isascii():
        return text
    other = "." if last == "," else ","
    grouped = whole.replace("'", " ")
    if not grouped.isdigit() and not _GROUPS.fullmatch(grouped):
        return text
    for mark in (" ", other):
        grouped = grouped.replace(mark, "")
    return f"{grouped}.{decimals}"

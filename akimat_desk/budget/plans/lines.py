"""A new line of a plan: which specifics can be meant under a line of the budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from akimat_desk.classification.codes import Code, RevenueCode
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.language import Trilingual

_GROUPS_OF_TEN = "0"  # 110, 120, 130 … are subclasses of the economic classification, not specifics


@dataclass(frozen=True, slots=True)
class LineWish:
    """A line wanted; ``name`` only for a code that the classification does not know."""

    code: Code
    name: Trilingual | None = None


def offers(limit: Code, year: int) -> Sequence[Entry]:
    """The specifics that the classification of the year has for a line of the budget, in order."""
    pack = pack_for(year)
    if isinstance(limit, RevenueCode):
        return [entry for entry in pack.children(limit) if entry.code_known and entry.code.specific]
    found = [entry for entry in pack.economic if entry.code_known]
    return [entry for entry in found if not entry.code.specific.endswith(_GROUPS_OF_TEN)]


def code_below(limit: Code, subprogram: str, specific: str) -> Code | None:
    """The code of a specific under a line of the budget; None where its digits are not whole."""
    digits = specific.strip()
    if isinstance(limit, RevenueCode):
        if limit.specific:
            return limit
        whole = len(digits) == 2 and digits.isdecimal() and limit.level == 3
        return replace(limit, specific=digits) if whole else None
    under = subprogram.strip()
    if not (
        len(digits) == 3 and digits.isdecimal() and (not under or (len(under) == 3 and under.isdecimal()))
    ):
        return None
    return replace(limit, subprogram=under or limit.subprogram, specific=digits)

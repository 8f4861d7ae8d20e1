"""Codes as people write them: "1/04/4", "08 1 124 006", "101202", "159"."""

from __future__ import annotations

import re

from akimat_desk.classification.book import Book
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.classification.entries import Entry, remarks
from akimat_desk.classification.packs import became
from akimat_desk.core.language import Language

_WHOLE = re.compile(r"\d+(?:[\s/.\-]+\d+)*")
_REVENUE = (1, 2, 1, 2)
_COSTS = (2, 1, 3, 3, 3)


def code_from_text(text: str) -> Code | None:
    """The code that a text states; None for none. One digit first is a category of receipts, two a
    group of costs, three alone a specific of costs."""
    text = text.strip()
    if not _WHOLE.fullmatch(text):
        return None
    numbers = re.findall(r"\d+", text)
    if len(numbers) == 1 and len(numbers[0]) > 3:
        receipts = _parted(numbers[0], _REVENUE)
        numbers = receipts or _parted(numbers[0], _COSTS) or numbers
    if len(numbers) == 1 and len(numbers[0]) == 3:
        return ExpenditureCode(specific=numbers[0])
    widths = _REVENUE if len(numbers[0]) == 1 else _COSTS
    if len(numbers) > len(widths) or any(
        len(number) != width for number, width in zip(numbers, widths, strict=False)
    ):
        return None
    return RevenueCode(*numbers) if widths is _REVENUE else ExpenditureCode(*numbers)


def _parted(digits: str, widths: tuple[int, ...]) -> list[str]:
    """The digits cut to the widths; [] where they do not come out even."""
    parts: list[str] = []
    for width in widths:
        if not digits:
            return parts
        parts.append(digits[:width])
        digits = digits[width:]
    return parts if not digits and len(parts[-1]) == widths[len(parts) - 1] else []


def moves_of(book: Book, code: Code, year: int) -> list[tuple[int, Code | None]]:
    """What a code is in the editions before and after that of ``year``: (first or last year, code).

    Only editions in which it is another code, or none at all.
    """
    here = book.edition_for(year)
    found: list[tuple[int, Code | None]] = []
    for edition in book.editions:
        if edition is here:
            continue
        other = edition.valid_from if edition.valid_from > here.valid_from else edition.valid_to or year
        moved = became(code, year, other, book)
        if moved != code:
            found.append((other, moved))
    return found


def remark_shown(remark: str, language: Language) -> str:
    """A source or note of a row in the reader's language; an office's own words stay as they are."""
    known = remarks()
    whole = known.get(remark)
    if whole is not None:
        return whole.text(language)
    parts = [known[part].text(language) if part in known else part for part in remark.split("; ")]
    return "; ".join(parts)


def code_shown(entry: Entry) -> str:
    """A code as lists show it; a common part with stars before it, a row without a code by a dash."""
    if not entry.code_known:
        return "–"
    if entry.repeats and isinstance(entry.code, ExpenditureCode):
        return f"* {getattr(entry.code, entry.repeats)}"
    return " ".join(part for part in entry.code.stored.split("/") if part)

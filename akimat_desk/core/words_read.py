"""Numbers found in a sentence, in digits and in words: what two language versions are compared by.

"Үш күн ішінде" and "в течение 3 дней" say the same number, "1,2 млн" and "1 200 000" too. Words that
are numbers only sometimes (бір and один as "a", тоқсан as "quarter", мың and тысячи as "thousands
of") may stand alone on one side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from akimat_desk.core.language import Language
from akimat_desk.core.number_forms import number_forms

_DIGITS = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)*")
_PART = re.compile(rf"{_DIGITS.pattern}|[^\W\d_]+(?:-[^\W\d_]+)*|[^\s\w]")
# двухдневный, пятиэтажный; not семинар.
_PREFIX = re.compile(r"(двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти)(?!нар)[а-я]{4,}")
_TWO_SIDED = re.compile(r"двусторон[а-я]+|двукратн[а-я]+|двуязычн[а-я]+")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a sentence: those that are said for certain, those that may be none."""

    certain: Counter[Decimal | str] = field(default_factory=Counter)
    doubtful: Counter[Decimal | str] = field(default_factory=Counter)

    def listed(self) -> str:
        """The certain ones in their order, as they are shown to a person; "" where there is none."""
        return ", ".join(_shown(each) for each in sorted(self.certain.elements(), key=_order))


def same_numbers(first: Numbers, second: Numbers) -> bool:
    """Whether two sentences say the same numbers, doubtful ones counted where they help."""
    left, right = first.certain - second.certain, second.certain - first.certain
    return not (left - second.doubtful) and not (right - first.doubtful)


def numbers_in(written: str, language: Language) -> Numbers:
    """The numbers of a sentence. "5 (бес)" is one number, in digits and in words."""
    found = Numbers()
    last: Decimal | str | None = None
    for value, doubtful, repeats in _read(written, language):
        if repeats and value == last:
            continue
        (found.doubtful if doubtful else found.certain)[value] += 1
        last = value
    return found


def _read(written: str, language: Language) -> Iterator[tuple[Decimal | str, bool, bool]]:
    """Every number with whether it is doubtful, and whether it stands in brackets behind another one."""
    parts = [part.lower().replace("ё", "е") for part in _PART.findall(written)]
    at, bracket = 0, False
    while at < len(parts):
        part = parts[at]
        if part[0].isdigit():
            value, at = _digits(parts, at, language)
            yield value, False, False
            bracket = at < len(parts) and parts[at] == "("
            at += bracket
            continue
        words: list[int] = []
        start = at
        while at < len(parts) and _value(parts[at], language) is not None:
            value_of = _value(parts[at], language)
            assert value_of is not None
            if words and not _fits(words, value_of):
                break
            words.append(value_of)
            at += 1
        if words:
            value = Decimal(_sum(words))
            doubtful = len(words) == 1 and _is_doubtful(parts[start], words[0], language)
            yield value, doubtful, bracket
        else:
            if language is Language.RU and (joined := _joined(part)) is not None:
                yield Decimal(joined), False, False
            at += 1
        bracket = False


def _digits(parts: list[str], at: int, language: Language) -> tuple[Decimal | str, int]:
    """A number in digits with the thousands or millions behind it; a date or a code as it is written."""
    plain = re.sub(r"[ \u00a0\u202f]", "", parts[at]).replace(",", ".")
    at += 1
    if plain.count(".") > 1:
        return plain, at
    value = Decimal(plain)
    if at < len(parts):
        scale = number_forms(language).scales.get(parts[at])
        if scale is not None:
            at += 1
            if at < len(parts) and parts[at] == ".":
                at += 1  # тыс., млн.
            return value * scale, at
    return value, at


def _joined(word: str) -> int | None:
    """The number a Russian adjective begins with: трехдневный is 3."""
    if _TWO_SIDED.fullmatch(word):
        return 2
    prefixed = _PREFIX.fullmatch(word)
    return _value(prefixed.group(1), Language.RU) if prefixed is not None else None


def _value(word: str, language: Language) -> int | None:
    known = number_forms(language)
    found = known.values.get(word)
    return found if found is not None else known.scales.get(word)


def _fits(words: list[int], value: int) -> bool:
    """Whether a word goes on with the number: жиырма бес, двести тысяч; not үш бес."""
    if value >= 1000:
        return all(each > value for each in words if each >= 1000)
    last = words[-1]
    if last >= 1000:
        return True
    if value == 100:  # үш жүз
        return last < 10
    return last > value and (last >= 100 or (last >= 20 and value < 10) or (last == 10 and value < 10))


def _sum(words: list[int]) -> int:
    total, part = 0, 0
    for value in words:
        if value >= 1000:
            total += max(part, 1) * value
            part = 0
        elif value == 100 and 0 < part < 10:
            part *= 100
        else:
            part += value
    return total + part


def _is_doubtful(word: str, value: int, language: Language) -> bool:
    return value == 1 or word in number_forms(language).doubtful or value >= 1000


def _shown(value: Decimal | str) -> str:
    if isinstance(value, str):
        return value
    grouped = "," if value >= 10_000 else ""  # years stay together
    return f"{value.normalize():{grouped}f}".replace(",", "\u00a0")


def _order(value: Decimal | str) -> tuple[bool, Decimal, str]:
    return (True, Decimal(0), value) if isinstance(value, str) else (False, value, "")

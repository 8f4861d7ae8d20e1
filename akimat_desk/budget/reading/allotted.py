"""Subventions and withdrawals that a decision's text states (Budget Code art. 89 p. 4).

«Учесть объем субвенции, передаваемой из районного бюджета, на 2026 год в сумме … тысяч тенге.»
They stand in points of their own; "субвенции" as a part of the transfers in point 1 is none of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.draft import ReadUnit
from akimat_desk.budget.reading.names import has_kind, is_plural, unit_key, unit_name
from akimat_desk.budget.reading.numbers import AmountUnit, PrintedAmount, amounts
from akimat_desk.budget.reading.stream import Stream, plain_form
from akimat_desk.budget.reading.units import Segment
from akimat_desk.core.money import from_thousands


class Allotted(StrEnum):
    """Which way the money goes."""

    SUBVENTION = "subvention"  # from the budget above
    WITHDRAWAL = "withdrawal"  # to the budget above


@dataclass(frozen=True, slots=True)
class Statement:
    """One stated amount. ``segment`` is the index of its unit; ``year`` None where none is printed."""

    kind: Allotted
    segment: int
    year: int | None
    amount: PrintedAmount


_WORDS = {
    Allotted.SUBVENTION: re.compile(r"(?<!\w)субвенци"),
    Allotted.WITHDRAWAL: re.compile(
        r"(?<!\w)изъяти|(?<!\w)алып\s+кою|(?<!\w)алулар|(?<!\w)алым(?:дар)?(?!\w)"
    ),
}
_ANY = re.compile("|".join(pattern.pattern for pattern in _WORDS.values()))
# The point says that it states a volume; without such a word the amount may be part of something else.
_STATES = re.compile(
    r"учесть|учитыва|предусм|объем|установ|переда|утверд|в\s+сумме|ескер|козделс|карастыр|колем|белгилен|бекит|сомасы"
    r"|берилет|молшер"
)
_REPLACES = re.compile(r"(?<!\w)замен|ауыстыр|алмастыр|исключ|алынып\s+таста")
_END = re.compile(
    r"\.\s*\"?\s*(?=\n|$)|\.\s+(?=\d{1,2}\s*[.)]\s*\D)|\n(?=\W*\d{1,3}\s*\.\s*\D)|\n(?=\W*(?:настоящее|осы\s+шешим))"
)
_POINT = re.compile(r"(?:^|\n|\.\s)(?=\W*\d{1,3}\s*\.\s*\D)|\n")
_YEAR = re.compile(
    r"(?<!\w)на\s+(?P<ru>20\d\d)(?!\d|\s*-)|(?<![\d-])(?P<kk>20\d\d)\s*-?\s*жыл(?:га|дын|ына|гы\s+бюджет)(?!\w)"
)
_THOUSANDS = {
    AmountUnit.THOUSAND: Decimal(1),
    AmountUnit.MILLION: Decimal(1000),
    AmountUnit.BILLION: Decimal(1_000_000),
}
_TENGE = Decimal("0.001")
_LONGEST = 4000


def allotted(stream: Stream, segments: Sequence[Segment]) -> list[Statement]:
    """Every subvention and withdrawal stated for one of the units."""
    found: list[Statement] = []
    if not segments:
        return found
    names = _Names(segments)
    done = 0
    for word in _ANY.finditer(stream.plain):
        if word.start() < done or _inside_figures(word.start(), segments):
            continue
        start = stream.plain.rfind("\n", 0, word.start()) + 1
        for point in _POINT.finditer(stream.plain, start, word.start()):
            start = point.end()
        start = max(start, done)
        ending = _END.search(stream.plain, word.end(), word.end() + _LONGEST)
        end = ending.start() if ending else min(len(stream.plain), word.end() + _LONGEST)
        sentence = stream.plain[start:end]
        done = end
        if _STATES.search(sentence) and not _REPLACES.search(sentence):
            found += _read(stream, start, end, names)
    return found


def take_allotted(unit: ReadUnit, statements: Sequence[Statement]) -> None:
    """Set what was stated of ``unit`` for its first year."""
    for kind in Allotted:
        own = [s for s in statements if s.kind is kind and s.year in (None, unit.first_year)]
        # An amount with the year beside it goes before one without.
        own.sort(key=lambda statement: statement.year is None)
        if own:
            setattr(unit, kind.value, _tiyn(own[0].amount, unit.figures.get(Figure.REVENUE_TOTAL)))


def _inside_figures(position: int, segments: Sequence[Segment]) -> bool:
    """Whether a position lies among the figures of a unit."""
    for segment in segments:
        starts = [item.start for item in segment.items.values()]
        if starts and min(starts) <= position < segment.end:
            return True
    return False


def _read(stream: Stream, start: int, end: int, names: _Names) -> Iterator[Statement]:
    plain = stream.plain
    inside = takewhile(lambda amount: amount.start < end, amounts(plain, start))
    stated = [a for a in inside if a.unit is not AmountUnit.NONE and a.value is not None]
    if not stated:
        return
    # "31 567 тысяч тенге на 2026 год, 32 000 …": the years may follow their amounts.
    follow = not _YEAR.search(plain, start, stated[0].start)
    bounds = [*(amount.start for amount in stated[1:]), end]
    kind: Allotted | None = None
    year: int | None = None
    previous = start
    for amount, bound in zip(stated, bounds, strict=True):
        kind = _kind(plain[previous : amount.start]) or kind
        years = list(_YEAR.finditer(plain, *((amount.end, bound) if follow else (previous, amount.start))))
        if years:
            year = int(years[-1]["ru"] or years[-1]["kk"])
        index = names.whose(stream, previous, amount.start)
        previous = amount.end
        if kind is not None and index is not None:
            yield Statement(kind, index, year, amount)


def _kind(words: str) -> Allotted | None:
    """The kind named last."""
    ends = {
        kind: max((match.end() for match in pattern.finditer(words)), default=-1)
        for kind, pattern in _WORDS.items()
    }
    kind = max(ends, key=lambda key: ends[key])
    return kind if ends[kind] >= 0 else None


class _Names:
    """The units by name, asked for every amount: no unit is compared with every other."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._by_key = {unit_key(segment.name): i for i, segment in enumerate(segments) if segment.name}
        stems = [_stem(segment.name) for segment in segments]
        self._by_stem = {stem: i for i, stem in enumerate(stems) if len(stem) > 3 and stems.count(stem) == 1}

    def whose(self, stream: Stream, start: int, end: int) -> int | None:
        """Whose the amount behind these words is: the unit named in them, else the only one, else the
        one just approved."""
        phrase, printed = stream.plain[start:end], stream.printed[start:end]
        line = phrase.rfind("\n") + 1
        for plain, text in ((phrase.strip(), printed), (phrase[line:].strip(), printed[line:])):
            if has_kind(plain) and not is_plural(plain):
                named = self._by_key.get(unit_key(unit_name(_YEAR.sub(" ", text))), self._by_word(plain))
                if named is not None:
                    return named
        if len(self._segments) == 1:
            return 0
        if is_plural(phrase) or has_kind(phrase):
            return None
        before = bisect_right([segment.start for segment in self._segments], start) - 1
        return before if before >= 0 else None

    def _by_word(self, plain: str) -> int | None:
        """The unit whose own word stands in a phrase, in whatever case: "… Айнабулакскому …"."""
        for word in re.findall(r"\w{4,60}", plain):
            for length in range(len(word), 3, -1):
                if (index := self._by_stem.get(word[:length])) is not None:
                    return index
        return None


def _stem(name: str) -> str:
    """The unit's own word in plain form, without its ending."""
    words: list[str] = [word for word in re.findall(r"\w+", plain_form(name)) if not has_kind(word)]
    if not words:
        return ""
    return words[0][:-2] if words[0].endswith(("ий", "ый", "ой")) else words[0]


def _tiyn(amount: PrintedAmount, revenue: int | None) -> int | None:
    if amount.value is None:
        return None
    try:
        if amount.unit is not AmountUnit.TENGE:
            return from_thousands(amount.value * _THOUSANDS[amount.unit])
        thousands = from_thousands(amount.value)
        # "тенге" for "тысяч тенге", as the figures have it: told by the size of the budget.
        if revenue is not None and thousands <= revenue:
            return thousands
        return from_thousands(amount.value * _TENGE)
    except ValueError:
        return None

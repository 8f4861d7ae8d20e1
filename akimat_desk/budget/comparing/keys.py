"""Which line of one budget is which line of another, whatever digits each of them prints.

A line is known by what it *is*: for receipts the kind of its category (the digit moved in 2026, the kind
did not) and the rest of its code, taken along the classification's «became» links into one year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from akimat_desk.budget.figures import Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.packs import became, edition_for, resolve
from akimat_desk.core.language import Language
from akimat_desk.core.text import fold

#: What a line is known by: its section and the steps down to it.
Key = tuple[str, ...]

_SUBGROUP_LEVEL = 3  # from here on a code may be printed without its subgroup


class Keys:
    """Makes the keys of one budget's lines in the codes of the year in which they are brought together.

    ``year`` is the budget's, ``decided`` the year its paper was made in, ``common`` the year of the codes.
    """

    def __init__(self, year: int, decided: int, common: int) -> None:
        self._year, self._decided, self._common = year, decided, common
        self._moves = len({edition_for(each).id for each in (year, decided, common)}) > 1

    def of(self, line: BudgetLine) -> Key:
        """The key of a line."""
        if line.code is None:
            if line.figure is not None:
                return figure_key(line.section, line.figure.value)
            named = fold(line.printed_name or line.name.text(Language.KK))
            return (line.section.value, "", named)
        code = line.code
        if isinstance(code, RevenueCode) and line.section is Section.REVENUE:
            return self._of_receipt(line, code)
        if line.figure is not None:
            return figure_key(line.section, line.figure.value)
        return code_key(line.section, code)

    def _of_receipt(self, line: BudgetLine, code: RevenueCode) -> Key:
        moved: Code | None = code
        if self._moves:
            printed = line.printed_name or line.name.text(Language.KK)
            pack = resolve(code, printed, self._year, self._decided).pack
            moved = became(code, pack.year, self._common)
        kind = line.kind.value if line.kind is not LineKind.UNKNOWN else f"?{code.category}"
        if not isinstance(moved, RevenueCode):
            # The common year has no such line: it stays by itself, under the digits it has.
            return (line.section.value, kind, *code.parts[1:-1], f"{code.parts[-1]}·{self._year}")
        return (line.section.value, kind, *moved.parts[1:])


def figure_key(section: Section, figure: str) -> Key:
    """The key of a row that is a figure of the structure."""
    return (section.value, figure)


def code_key(section: Section, code: Code) -> Key:
    """The key of a coded line of costs, empty steps left out but for the subgroup's place."""
    return (section.value, *code.stored.split("/"))


def above(key: Key) -> Key | None:
    """The key one step up; None right under the section."""
    steps = list(key[:-1])
    while len(steps) > 1 and not steps[-1]:
        steps.pop()
    return tuple(steps) if len(steps) > 1 else None


def with_subgroups(codes: Iterable[ExpenditureCode]) -> dict[ExpenditureCode, ExpenditureCode]:
    """For codes printed without their subgroup the only one with it among all these (lessons.md 11).

    An act of an oblast leaves the subgroup out; its lines are the same lines.
    """
    whole: dict[ExpenditureCode, set[ExpenditureCode]] = {}
    bare: set[ExpenditureCode] = set()
    for code in codes:
        if code.level < _SUBGROUP_LEVEL:
            continue
        if code.subgroup:
            whole.setdefault(replace(code, subgroup=""), set()).add(code)
        else:
            bare.add(code)
    return {
        code: next(iter(found)) for code in bare if (found := whole.get(code)) is not None and len(found) == 1
    }

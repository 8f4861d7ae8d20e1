"""Which figures differ between two packages or editions: what a re-sent package changes, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from akimat_desk.budget.decisions.editions import Edition
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import plain
from akimat_desk.exchange.contents.contents import Contents
from akimat_desk.exchange.contents.fact import Fact, What
from akimat_desk.exchange.contents.meetings import NUMBERS

_Key = tuple[int, str, str, str]
_FactKey = tuple[What, int, int, str, str, str]


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One amount before and after, in tiyn; None where a side does not state it.

    ``figure`` is set for a figure of the decision's text, ``section`` and ``code`` for a line. ``what`` says
    what it belongs to, ``month`` and ``measure`` which month and column of a plan or form. A number of
    meetings is a count (``is_money`` False) of ``measure`` for the kind of meeting in ``code``.
    """

    year: int
    section: Section | None
    code: str
    figure: Figure | None
    name: Trilingual
    before: int | None
    after: int | None
    what: What = What.BUDGET
    month: int | None = None
    measure: str = ""

    @property
    def is_money(self) -> bool:
        """Whether the two are amounts in tiyn, and not counts."""
        return self.what is not What.MEETINGS

    def as_json(self) -> dict[str, object]:
        """Amounts in thousand tenge, as the contract has them; a count as it is."""
        before, after = (
            (plain(self.before), plain(self.after)) if self.is_money else (self.before, self.after)
        )
        return {
            "what": self.what.value,
            "month": self.month,
            "measure": self.measure or None,
            "year": self.year,
            "section": self.section.value if self.section else None,
            "code": self.code or None,
            "figure": self.figure.value if self.figure else None,
            "name_kk": self.name.kk,
            "name_ru": self.name.ru,
            "before": before,
            "after": after,
        }


def changed_figures(before: Edition | None, after: Edition) -> tuple[ChangedFigure, ...]:
    """Everything that is not the same, in the order of the years and of printing."""
    old, new = _amounts(before), _amounts(after)
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        amounts = (old.get(key, (None, None))[0], new.get(key, (None, None))[0])
        if amounts[0] == amounts[1]:
            continue
        line = (new.get(key) or old[key])[1]
        year, what, code, _ = key
        found.append(
            ChangedFigure(
                year,
                line.section if line is not None else None,
                code,
                Figure(what) if line is None else line.figure,
                (line.name if line.name.kk or line.name.ru else Trilingual(kk=line.printed_name))
                if line is not None
                else Trilingual(),
                *amounts,
            )
        )
    return tuple(found)


def _amounts(edition: Edition | None) -> dict[_Key, tuple[int | None, BudgetLine | None]]:
    found: dict[_Key, tuple[int | None, BudgetLine | None]] = {}
    for year in sorted(edition.years) if edition else ():
        content = edition.years[year]  # type: ignore[union-attr]
        for figure, amount in content.text_figures.items():
            if amount is not None:
                found[year, figure.value, "", "text"] = (amount, None)
        for line in content.lines:
            code = line.code.stored if line.code is not None else ""
            mark = "" if code else (line.figure.value if line.figure else line.printed_name)
            found[year, line.section.value, code, f"line {mark}"] = (line.amount, line)
    return found


def changed_contents(
    before: Contents, after: Contents, last_month: int | None = None
) -> tuple[ChangedFigure, ...]:
    """What two packages of a unit say differently about plans, adjustments, execution and meetings.

    Plans are compared with their changes added, adjustments added up. ``last_month`` is that of the earlier
    one: months that it could not yet report, and meetings counted to a later day, are no differences.
    """
    old, new = _facts(before), _facts(after)
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        what, year, month, section, code, measure = key
        if what is What.EXECUTION and last_month is not None and month > last_month:
            continue
        amounts = (old[key][0] if key in old else None, new[key][0] if key in new else None)
        if amounts[0] == amounts[1]:
            continue
        name = (new.get(key) or old[key])[1]
        found.append(
            ChangedFigure(
                year, Section(section), code, None, name, *amounts,
                what=what, month=month or None, measure=measure,
            )
        )  # fmt: skip
    return (*found, *(() if last_month is not None else _meetings(before, after)))


def _facts(contents: Contents) -> dict[_FactKey, tuple[int, Trilingual]]:
    found: dict[_FactKey, tuple[int, Trilingual]] = {}
    for part in (contents.plans, contents.adjustments, contents.forms):
        for document in part:
            for fact in document.facts():
                key = _key(fact)
                known = found.get(key, (0, fact.name))
                found[key] = (known[0] + (fact.amount or 0), known[1])
    return found


def _key(fact: Fact) -> _FactKey:
    return fact.what, fact.year, fact.month or 0, fact.section, fact.code, fact.measure


def _meetings(before: Contents, after: Contents) -> list[ChangedFigure]:
    old = {counts.kind: counts for counts in before.meetings}
    new = {counts.kind: counts for counts in after.meetings}
    found = []
    for kind in [*new, *(kind for kind in old if kind not in new)]:
        for name in NUMBERS:
            was, now = (getattr(side[kind], name) if kind in side else None for side in (old, new))
            if was != now:
                found.append(
                    ChangedFigure(
                        0, None, kind, None, Trilingual(), was, now, what=What.MEETINGS, measure=name
                    )
                )
    return found

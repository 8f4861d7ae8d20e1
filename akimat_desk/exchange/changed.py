"""Which figures differ between two editions: what a re-sent package changes, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from akimat_desk.budget.decisions.editions import Edition
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import plain

_Key = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One amount before and after, in tiyn; None where a side does not state it.

    ``figure`` is set for a figure of the decision's text, ``section`` and ``code`` for a line.
    """

    year: int
    section: Section | None
    code: str
    figure: Figure | None
    name: Trilingual
    before: int | None
    after: int | None

    def as_json(self) -> dict[str, object]:
        """Amounts in thousand tenge, as the contract has them."""
        return {
            "year": self.year,
            "section": self.section.value if self.section else None,
            "code": self.code or None,
            "figure": self.figure.value if self.figure else None,
            "name_kk": self.name.kk,
            "name_ru": self.name.ru,
            "before": plain(self.before),
            "after": plain(self.after),
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

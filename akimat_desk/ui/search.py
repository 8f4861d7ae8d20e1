"""Search over everything: what is asked, what is found, and what the budget's own areas find.

Any area may register a provider (``Area(search=("module:function",))``): a function of the desk and a
question that returns hits, called on the database thread. Plain values; no Qt here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from akimat_desk.core import dates
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import text
from akimat_desk.core.text import search_form

if TYPE_CHECKING:
    from akimat_desk.ui.desk import Desk
    from akimat_desk.ui.values import Plan

#: What is found of one kind at most: more would be read by nobody.
MOST = 12

_NUMBER = re.compile(r"[\d\s\u00a0\u202f]*\d[\d\s\u00a0\u202f]*(?:[.,]\d*)?")
_NOT_DIGITS = re.compile(r"[^\d,]")


@dataclass(frozen=True, slots=True)
class Question:
    """What a person typed, and what she looks at. ``opening`` counts the times she began to search."""

    words: str
    language: Language
    unit_id: int | None
    year: int | None
    decision_id: int | None = None
    opening: int = 0

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words in the form in which they are compared."""
        return tuple(search_form(self.words).split())

    @property
    def amount(self) -> str:
        """The digits of an amount typed ("10 450,5" → "10450,5"); "" for anything else."""
        typed = self.words.strip()
        return _NOT_DIGITS.sub("", typed.replace(".", ",")) if _NUMBER.fullmatch(typed) else ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. ``group`` is its heading (``ui.search.<group>``), ``title`` and ``detail`` what it
    says in the question's language. Enter shows ``page`` and calls its ``reveal(target)``."""

    group: str
    title: str
    detail: str
    page: str
    target: object


Provider = Callable[["Desk", Question], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class LineTarget:
    """A line of the budget shown on the Budget page, by section and printed code."""

    section: str
    code: str
    year: int | None = None
    figure: str = ""  # of a line that has no code: a section's heading, a total


def fits(wanted: Iterable[str], *texts: str) -> bool:
    """Whether every word is in one of the texts, by the letters of a keyboard without Kazakh ones."""
    said = " ".join(_form(text) for text in texts)
    return all(word in said for word in wanted)


@cache
def _form(said: str) -> str:
    return search_form(said)


def names(name: Trilingual) -> tuple[str, ...]:
    """A name in the languages it has, to be searched in all of them."""
    return tuple(filter(None, (name.kk, name.ru, name.en)))


# -- what the budget's pages find --------------------------------------------------------------------


class _Kept:
    """The plan of the last question: typing a word letter by letter asks the database once."""

    def __init__(self) -> None:
        self.key: tuple[object, ...] = ()
        self.plan: Plan | None = None

    def get(self, desk: Desk, question: Question) -> Plan | None:
        from akimat_desk.core.errors import AkimatError

        key = (id(desk), question.opening, question.unit_id, question.year, question.decision_id)
        if key != self.key:
            self.key, self.plan = key, None
            if question.unit_id is not None and question.year is not None:
                try:
                    self.plan = desk.plan(question.unit_id, question.year, question.decision_id, None)
                except AkimatError:  # no budget for that year: nothing to be found in it
                    self.plan = None
        return self.plan


_kept = _Kept()


def find_lines(desk: Desk, question: Question) -> Iterator[Hit]:
    """Lines of the budget looked at: by code, by words in any language, by an amount of any of its years."""
    plan = _kept.get(desk, question)
    if plan is None:
        return
    seen: set[tuple[str, str]] = set()
    for year in plan.years:
        for line in year.lines:
            code = str(line.code) if line.code is not None else ""
            figure = line.figure.value if line.figure is not None and not code else ""
            key = (line.section.value, code or line.printed_name)
            amount = table_amount(line.amount)
            by_amount = bool(question.amount) and _same_amount(question.amount, amount)
            spaced = code.replace("/", " ")
            by_words = fits(question.wanted, code, spaced, *names(line.name), line.printed_name)
            if key in seen or not (by_amount or by_words):
                continue
            seen.add(key)
            shown = f"{spaced}  {line.name.text(question.language)}".strip()
            detail = text("ui.search.line", question.language, amount=amount or "—", year=year.year)
            yield Hit(
                "lines", shown, detail, "budget", LineTarget(line.section.value, code, year.year, figure)
            )


def _same_amount(typed: str, amount: str) -> bool:
    digits = _NOT_DIGITS.sub("", amount)
    return digits == typed or digits.startswith(typed if "," in typed else f"{typed},")


def find_findings(desk: Desk, question: Question) -> Iterator[Hit]:
    """Findings of the budget looked at."""
    plan = _kept.get(desk, question)
    for finding in plan.findings if plan is not None else ():
        messages = tuple(finding.message(language) for language in Language)
        if fits(question.wanted, *messages, finding.where.code):
            severity = text(f"ui.severity.{finding.severity.value}", question.language)
            yield Hit("findings", finding.message(question.language), severity, "budget", finding)


def find_documents(desk: Desk, question: Question) -> Iterator[Hit]:
    """Decisions and amendments by number, date and the words of their titles."""
    if question.unit_id is None:
        return
    for decision in desk.overview(question.unit_id).decisions:
        day = dates.short(decision.date) if decision.date is not None else ""
        kinds = tuple(text(f"search.kind.{decision.kind.value}", language) for language in Language)
        years = tuple(str(year) for year in decision.years)
        if fits(question.wanted, decision.number, day, decision.title, decision.session, *kinds, *years):
            kind = text(f"search.kind.{decision.kind.value}", question.language)
            title = " ".join(filter(None, (kind, f"№ {decision.number}" if decision.number else "", day)))
            yield Hit("documents", title, decision.title, "budget", decision)


def find_reports(_desk: Desk, question: Question) -> Iterator[Hit]:
    """Reports of the library by title and description."""
    from akimat_desk.ui.desks.reports import report_kinds

    for kind in report_kinds():
        said = tuple(
            text(key, language) for key in (kind.title_key, kind.description_key) for language in Language
        )
        if fits(question.wanted, *said):
            description = text(kind.description_key, question.language)
            yield Hit("reports", text(kind.title_key, question.language), description, "reports", kind.id)

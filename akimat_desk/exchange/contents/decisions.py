"""Decisions of the mäslikhat in a package: whole editions, as they were confirmed.

Names of people do not travel: who typed or confirmed something stays with the office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.documents import confirmed_documents, document_by_id
from akimat_desk.budget.decisions.editions import Edition, Origin, YearContent
from akimat_desk.budget.decisions.records import insert_edition, read_edition
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.figures import Figure, Section, no_figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.views import DocumentState
from akimat_desk.classification.codes import Code, LineKind
from akimat_desk.core.language import Trilingual
from akimat_desk.exchange.contents.fact import Fact, What
from akimat_desk.exchange.contents.written import (
    code_read,
    day_read,
    day_written,
    moment_read,
    moment_written,
)
from akimat_desk.storage.changes import Change

TYPE = "budget_decision"


@dataclass(frozen=True, slots=True)
class TravellingDecision:
    """A decision as it travels: ``ref`` names it in its office's workspace."""

    ref: str
    based_on: str | None
    kind: str
    number: str
    date: dt.date | None
    effective_date: dt.date | None
    session: str
    title: str
    language: str
    confirmed_at: dt.datetime
    reason: str
    edition: Edition

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON (``figures.schema.json``)."""
        return {
            "type": TYPE,
            "ref": self.ref,
            "based_on": self.based_on,
            "kind": self.kind,
            "first_year": self.edition.first_year,
            "number": self.number,
            "date": day_written(self.date),
            "effective_date": day_written(self.effective_date),
            "session": self.session,
            "title": self.title,
            "language": self.language,
            "confirmed_at": moment_written(self.confirmed_at),
            "reason": self.reason,
            "years": [_year_data(self.edition.years[year]) for year in sorted(self.edition.years)],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TravellingDecision:
        """From data that the schema has approved. Raises ValueError for a day that is none."""
        years = {each["year"]: _year_content(each) for each in data["years"]}
        if len(years) != len(data["years"]):
            raise ValueError("a year stands twice")
        return cls(
            ref=data["ref"],
            based_on=data["based_on"],
            kind=data["kind"],
            number=data["number"],
            date=day_read(data["date"]),
            effective_date=day_read(data["effective_date"]),
            session=data["session"],
            title=data["title"],
            language=data["language"],
            confirmed_at=moment_read(data["confirmed_at"]),
            reason=data["reason"],
            edition=Edition(first_year=data["first_year"], years=years),
        )

    def facts(self) -> Iterator[Fact]:
        """A row for each line of each year."""
        for year in sorted(self.edition.years):
            lines = self.edition.years[year].lines
            parents = _with_lines_below(lines)
            for line in lines:
                yield Fact(
                    What.BUDGET, self.ref, self.kind, self.number, self.date, year, None,
                    line.section.value, line.code.stored if line.code is not None else "", line.kind.value,
                    line.code is not None and (line.section.value, line.code) not in parents,
                    Trilingual(line.name.kk or line.printed_name, line.name.ru or line.printed_name),
                    "budget", line.amount,
                )  # fmt: skip


def decisions_of(session: Session, unit_id: int, year: int, workspace: str) -> list[TravellingDecision]:
    """What answers for a budget year: every confirmed edition of its budget, else the budget whose
    outer year it is."""
    there = confirmed_documents(session, unit_id)
    own = [document for document in there if document.first_year == year]
    if not own:
        outer = [document for document in there if year in {row.year for row in document.years}]
        latest = max((document.first_year for document in outer), default=None)
        own = [document for document in outer if document.first_year == latest]
    return [_travelling(document, workspace) for document in own]


def store_decision_again(
    change: Change, decision: TravellingDecision, unit_id: int, known: Mapping[str, int]
) -> int:
    """Keep a decision that came in a package as it was confirmed; ``known`` are refs stored before.

    Returns its id here.
    """
    based_on = known.get(decision.based_on) if decision.based_on else None
    document = BudgetDocument(
        unit_id=unit_id,
        kind=decision.kind,
        state=DocumentState.CONFIRMED.value,
        first_year=decision.edition.first_year,
        number=decision.number,
        date=decision.date,
        effective_date=decision.effective_date,
        session=decision.session,
        title=decision.title,
        language=decision.language,
        based_on_id=based_on,
        reason=decision.reason,
        created_at=dt.datetime.now(dt.UTC),
        created_by=change.actor.name,
        confirmed_at=decision.confirmed_at,
        confirmed_by=change.actor.name,
    )
    insert_edition(change.session, document, decision.edition)
    change.touch("budget_document", document.id)
    return document.id


def _travelling(document: BudgetDocument, workspace: str) -> TravellingDecision:
    assert document.confirmed_at is not None  # it is confirmed
    return TravellingDecision(
        ref=f"{workspace}:{document.id}",
        based_on=f"{workspace}:{document.based_on_id}" if document.based_on_id else None,
        kind=document.kind,
        number=document.number,
        date=document.date,
        effective_date=document.effective_date,
        session=document.session,
        title=document.title,
        language=document.language,
        confirmed_at=document.confirmed_at,
        reason=document.reason,
        edition=read_edition(document),
    )


def stored_edition(session: Session, document_id: int) -> Edition:
    """The edition that a stored document holds. Raises UsageProblem for an unknown one."""
    return read_edition(document_by_id(session, document_id))


def _year_data(content: YearContent) -> dict[str, Any]:
    return {
        "year": content.year,
        "annex": content.annex,
        "last_figure": content.last_figure.value if content.last_figure else None,
        "figures_tiyn": {
            figure.value: amount for figure, amount in content.text_figures.items() if amount is not None
        },
        "carried": sorted(figure.value for figure in content.carried),
        "lines_carried": content.lines_origin is Origin.CARRIED,
        "lines": [_line_data(line) for line in content.lines],
    }


def _year_content(data: Mapping[str, Any]) -> YearContent:
    stated = {Figure(name): amount for name, amount in data["figures_tiyn"].items()}
    return YearContent(
        year=data["year"],
        annex=data["annex"],
        text_figures={**no_figures(), **stated},
        carried=frozenset(Figure(name) for name in data["carried"]),
        last_figure=Figure(data["last_figure"]) if data["last_figure"] else None,
        lines=[_line(each) for each in data["lines"]],
        lines_origin=Origin.CARRIED if data["lines_carried"] else Origin.READ,
    )


def _line_data(line: BudgetLine) -> dict[str, Any]:
    return {
        "section": line.section.value,
        "code": line.code.stored if line.code is not None else None,
        "kind": line.kind.value,
        "figure": line.figure.value if line.figure else None,
        "name_kk": line.name.kk,
        "name_ru": line.name.ru,
        "printed_name": line.printed_name,
        "raw": line.raw,
        "row": line.row,
        "amount_tiyn": line.amount,
    }


def _line(data: Mapping[str, Any]) -> BudgetLine:
    section = Section(data["section"])
    return BudgetLine(
        section=section,
        code=code_read(section, data["code"]),
        name=Trilingual(kk=data["name_kk"], ru=data["name_ru"]),
        amount=data["amount_tiyn"],
        kind=LineKind(data["kind"]),
        figure=Figure(data["figure"]) if data["figure"] else None,
        printed_name=data["printed_name"],
        raw=data["raw"],
        row=data["row"],
    )


def _with_lines_below(lines: Sequence[BudgetLine]) -> set[tuple[str, Code]]:
    found: set[tuple[str, Code]] = set()
    for line in lines:
        above = line.code.parent if line.code is not None else None
        while above is not None:
            found.add((line.section.value, above))
            above = above.parent
    return found

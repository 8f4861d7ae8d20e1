"""The budget of a year as plain rows, straight from its table: what execution is measured against.

Screens and reports of execution ask often and of thousands of lines; they need amounts by code and no
judgement of sums, so nothing of a whole edition is built here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.adjustments.store import lines_of, standing
from akimat_desk.budget.decisions.documents import confirmed_documents, known_from
from akimat_desk.budget.decisions.tables import BudgetDocument, BudgetFigure, BudgetLineRow
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.views import DecisionKind


@dataclass(frozen=True, slots=True)
class PlannedDocuments:
    """Which documents answer for a year as of a day: the decision itself and the latest edition.

    ``amended`` is None where nothing amended the decision yet; ``approved`` where an office began
    with an amendment alone.
    """

    approved: int | None
    amended: int | None
    since: dt.date | None = None  # the day of the latest one: adjustments made from then on change it

    @property
    def latest(self) -> int | None:
        """The document in force."""
        return self.amended if self.amended is not None else self.approved


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of a budget: its stored code, what it is, its amount in tiyn."""

    section: str
    code: str | None
    kind: str
    figure: str | None
    name_kk: str
    name_ru: str
    amount: int | None


NOTHING_PLANNED = PlannedDocuments(None, None)


def planned_documents(
    session: Session, unit_id: int, year: int, as_of: dt.date | None = None
) -> PlannedDocuments:
    """The documents of a year as known on a day (the latest when None): its own decision's editions,
    without one the outer year of the latest decision."""
    known = [
        document
        for document in confirmed_documents(session, unit_id)
        if (as_of is None or known_from(document) <= as_of) and _covers(document, year)
    ]
    own = [document for document in known if document.first_year == year]
    if not own and known:
        last = max(document.first_year for document in known)
        own = [document for document in known if document.first_year == last]
    if not own:
        return NOTHING_PLANNED
    first, latest = own[0], own[-1]
    approved = first.id if first.kind == DecisionKind.DECISION else None
    amended = latest.id if latest.kind == DecisionKind.AMENDMENT else None
    is_own = latest.first_year == year
    return PlannedDocuments(approved, amended, known_from(latest) if is_own else None)


@dataclass(frozen=True, slots=True)
class Adjusting:
    """An adjustment of the akim that changes the edition in force, and what it adds to lines."""

    document_id: int
    lines: tuple[AdjustedLine, ...]


def adjusting(
    session: Session, unit_id: int, year: int, documents: PlannedDocuments, as_of: dt.date | None = None
) -> list[Adjusting]:
    """The adjustments since the latest edition, by date (Budget Code art. 98)."""
    if documents.since is None:
        return []
    rows = standing(session, unit_id, year, documents.since, as_of)
    return [Adjusting(row.id, tuple(lines_of([row]))) for row in rows]


def adjusted_by(
    session: Session, unit_id: int, year: int, documents: PlannedDocuments, as_of: dt.date | None = None
) -> list[AdjustedLine]:
    """What the akim's adjustments since the latest edition add to its lines."""
    return [line for each in adjusting(session, unit_id, year, documents, as_of) for line in each.lines]


def planned_lines(session: Session, document_id: int | None, year: int) -> list[PlannedLine]:
    """The lines of one document's year, in printing order; none for no document."""
    if document_id is None:
        return []
    row = BudgetLineRow
    asked = (
        select(row.section, row.code, row.kind, row.figure, row.name_kk, row.name_ru, row.amount)
        .where(row.document_id == document_id, row.year == year)
        .order_by(row.position)
    )
    return [PlannedLine(*each) for each in session.execute(asked)]


def planned_figures(
    session: Session, document_id: int | None, year: int, lines: Sequence[PlannedLine]
) -> dict[Figure, int | None]:
    """The figures of the structure that a document states: as its text does, else as the annex' rows do."""
    if document_id is None:
        return {}
    found = {Figure(line.figure): line.amount for line in reversed(lines) if line.figure is not None}
    asked = select(BudgetFigure.figure, BudgetFigure.amount).where(
        BudgetFigure.document_id == document_id, BudgetFigure.year == year
    )
    return found | {Figure(figure): amount for figure, amount in session.execute(asked)}


def planned_figure(
    session: Session, document_id: int | None, year: int, figure: Figure, lines: Sequence[PlannedLine]
) -> int | None:
    """A figure of the structure: as the text states it, else as the annex' row does."""
    if document_id is None:
        return None
    stated = session.get(BudgetFigure, (document_id, year, figure.value))
    if stated is not None:
        return stated.amount
    return next((line.amount for line in lines if line.figure == figure.value), None)


def _covers(document: BudgetDocument, year: int) -> bool:
    return any(row.year == year for row in document.years)

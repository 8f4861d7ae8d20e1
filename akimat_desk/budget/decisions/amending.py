"""What an amendment starts from: the edition before it, with the akim's adjustments made since.

If an уточнение follows a корректировка, the corrected figures enter it (Budget Code art. 98): what the
amendment does not restate is taken from the corrected budget.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.applying import apply_adjustments
from akimat_desk.budget.adjustments.store import lines_of, standing
from akimat_desk.budget.adjustments.tables import AdjustmentDocument
from akimat_desk.budget.decisions.documents import document_by_id, known_from
from akimat_desk.budget.decisions.editions import Edition
from akimat_desk.budget.decisions.records import read_edition
from akimat_desk.budget.decisions.tables import BudgetDocument


def edition_to_amend(session: Session, base: BudgetDocument, day: dt.date | None) -> Edition:
    """The edition of ``base`` with the adjustments made before ``day`` (all of them when None)."""
    return with_adjustments(
        base, standing(session, base.unit_id, base.first_year, known_from(base), before=day)
    )


def entered_adjustments(session: Session, document: BudgetDocument) -> list[AdjustmentDocument]:
    """The akim's adjustments that came into an amendment with the edition that it changes.

    A draft holds those that were confirmed when it was begun; what was read from paper, those made before
    its date.
    """
    if document.based_on_id is None:
        return []
    base = document_by_id(session, document.based_on_id)
    made = standing(session, base.unit_id, base.first_year, known_from(base), before=document.date)
    if document.attachment_id is not None:
        return made if document.date is not None else []
    return [row for row in made if _at(row.confirmed_at) <= document.created_at]


def _at(moment: dt.datetime | None) -> dt.datetime:
    """A moment of the adjustments' table, which keeps UTC without saying so."""
    made = moment or dt.datetime.min
    return made if made.tzinfo is not None else made.replace(tzinfo=dt.UTC)


def with_adjustments(base: BudgetDocument, documents: Sequence[AdjustmentDocument]) -> Edition:
    """The edition of ``base`` with what these documents add."""
    edition = read_edition(base)
    year, made = base.first_year, lines_of(documents)
    if not made or year not in edition.years:
        return edition
    content = edition.years[year]
    lines, figures = apply_adjustments(content.lines, content.text_figures, made, year)
    content.lines, content.text_figures = lines, figures
    return edition

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
from akimat_desk.budget.decisions.documents import known_from
from akimat_desk.budget.decisions.editions import Edition
from akimat_desk.budget.decisions.records import read_edition
from akimat_desk.budget.decisions.tables import BudgetDocument


def edition_to_amend(session: Session, base: BudgetDocument, day: dt.date | None) -> Edition:
    """The edition of ``base`` with the adjustments made before ``day`` (all of them when None)."""
    return with_adjustments(
        base, standing(session, base.unit_id, base.first_year, known_from(base), before=day)
    )


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

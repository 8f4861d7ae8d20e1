"""What the search over everything finds in the classification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from akimat_desk.ui.search import MOST, Hit, Question

if TYPE_CHECKING:
    from akimat_desk.ui.desk import Desk

_LEAST_LETTERS = 2


def find_codes(desk: Desk, question: Question) -> Iterator[Hit]:
    """Codes of the year looked at, by number or words."""
    from akimat_desk.classification.written import code_shown
    from akimat_desk.ui.desks.reference import ReferenceDesk

    if question.year is None or len(question.words.strip()) < _LEAST_LETTERS or not desk.is_open:
        return
    for entry in desk.area(ReferenceDesk).found(question.year, question.words)[:MOST]:
        if entry.code_known:
            name = entry.name.text(question.language)
            yield Hit(
                "codes", f"{code_shown(entry)}  {name}", str(question.year), "classification", entry.code
            )

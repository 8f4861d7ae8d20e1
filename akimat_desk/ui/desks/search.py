"""Asks every registered provider what it finds."""

from __future__ import annotations

from itertools import islice

from akimat_desk.ui.answers import named
from akimat_desk.ui.areas import AREAS
from akimat_desk.ui.desks.desk import AreaDesk
from akimat_desk.ui.search import MOST, Hit, Provider, Question


class SearchDesk(AreaDesk):
    """Search over everything in the open workspace and in the program."""

    def find(self, question: Question) -> list[Hit]:
        """What all providers find, in the order of the areas; of each no more than anyone reads."""
        if not question.wanted:
            return []
        found: list[Hit] = []
        for provider in self._providers():
            found += islice(provider(self.desk, question), MOST)
        return found

    @staticmethod
    def _providers() -> list[Provider]:
        return [named(name) for area in AREAS for name in area.search]

"""A time limit: what is due, when, and the article that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message


@dataclass(frozen=True, slots=True)
class Deadline:
    """One due date. ``what`` is a message, ``source`` the catalogue key of the article.

    ``last_working_day`` is the last working day on or before ``due``; equal to it when ``due`` is one.
    """

    what: Message
    due: date
    source: str
    last_working_day: date

    @property
    def working_day(self) -> bool:
        """Whether the due date itself is a working day."""
        return self.due == self.last_working_day

    def as_json(self, language: Language) -> dict[str, object]:
        """The contract's shape of one date of the calendar."""
        return {
            "what": self.what.text(language),
            "due": self.due.isoformat(),
            "article": Message(self.source).text(language),
            "working_day": self.working_day,
            "last_working_day": self.last_working_day.isoformat(),
        }

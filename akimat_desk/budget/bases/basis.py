"""What agreed or caused a document of the akim: minutes, a resolution."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: Minutes of the community assembly.
MINUTES = "minutes"
#: A resolution of an akimat above.
RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Basis:
    """What agreed or caused a document: kind, number, date.

    ``id`` is the agenda item of the meeting that is kept in the program; None for a paper elsewhere.
    """

    kind: str = ""
    number: str = ""
    date: dt.date | None = None
    id: int | None = None

    def __bool__(self) -> bool:
        return bool(self.kind)

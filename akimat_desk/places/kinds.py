"""Kinds of unit and posts: plain words that need no database."""

from __future__ import annotations

from enum import StrEnum

from akimat_desk.core.text import fold


class UnitKind(StrEnum):
    """A kind of administrative unit (Law of 8 December 1993 No 2572-XII); settlement is кент."""

    OKRUG = "okrug"
    VILLAGE = "village"
    SETTLEMENT = "settlement"
    TOWN = "town"
    RAION = "raion"
    OBLAST = "oblast"


class Position(StrEnum):
    """A post whose holder signs documents."""

    AKIM = "akim"
    CHIEF_ACCOUNTANT = "chief_accountant"
    SPECIALIST = "specialist"
    MASLIKHAT_CHAIR = "maslikhat_chair"
    MASLIKHAT_SECRETARY = "maslikhat_secretary"


# The word that says the kind, in either language; the first that fits decides.
_WORDS = (
    (UnitKind.OKRUG, ("округ",)),
    (UnitKind.SETTLEMENT, ("поселок", "поселка", "кент")),
    (UnitKind.TOWN, ("город", "қала")),
    (UnitKind.RAION, ("район", "аудан")),
    (UnitKind.OBLAST, ("область", "области", "облыс")),
)


def kind_of_name(name: str) -> UnitKind:
    """The kind that a printed name says («Көктөбе ауылы» and a bare name are villages)."""
    words = fold(name).split()
    for kind, stems in _WORDS:
        if any(word.startswith(stem) for word in words for stem in stems):
            return kind
    return UnitKind.VILLAGE

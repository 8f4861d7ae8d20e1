"""Kinds of unit and posts: plain words that need no database."""

from __future__ import annotations

from enum import StrEnum


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

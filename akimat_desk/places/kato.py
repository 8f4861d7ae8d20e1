"""KATO codes: nine digits AB CD EF HIJ; what level a code speaks of and whether it suits a kind.

The levels are derived from published lists, not from an official text, so a code that does not suit
is a warning and never refused.
"""

from __future__ import annotations

from enum import IntEnum

from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.places.kinds import UnitKind


class Level(IntEnum):
    """How deep a code goes, by its trailing zeros."""

    OBLAST = 1  # AB0000000
    RAION = 2  # ABCD00000, a city of oblast significance too
    OKRUG = 3  # ABCDEF000: okrug, town, settlement
    VILLAGE = 4  # ABCDEFHIJ


_SUITS: dict[UnitKind, frozenset[Level]] = {
    UnitKind.OBLAST: frozenset({Level.OBLAST}),
    UnitKind.RAION: frozenset({Level.RAION}),
    UnitKind.OKRUG: frozenset({Level.OKRUG}),
    # A village, settlement or town with an akim of its own has either its okrug's code or its own.
    UnitKind.VILLAGE: frozenset({Level.OKRUG, Level.VILLAGE}),
    UnitKind.SETTLEMENT: frozenset({Level.OKRUG, Level.VILLAGE}),
    UnitKind.TOWN: frozenset({Level.RAION, Level.OKRUG, Level.VILLAGE}),
}


def is_kato(text: str) -> bool:
    """Whether ``text`` has the form of a code: nine digits, the first two not both zero."""
    return len(text) == 9 and text.isascii() and text.isdigit() and text[:2] != "00"


def level_of(kato: str) -> Level:
    """The level of a well-formed code. Raises ValueError for anything else."""
    if not is_kato(kato):
        raise ValueError("not a KATO code")
    if kato[6:] != "000":
        return Level.VILLAGE
    if kato[4:6] != "00":
        return Level.OKRUG
    return Level.RAION if kato[2:4] != "00" else Level.OBLAST


def parent_of(kato: str) -> str | None:
    """The code one level up; None for an oblast."""
    level = level_of(kato)
    if level is Level.OBLAST:
        return None
    kept = {Level.RAION: 2, Level.OKRUG: 4, Level.VILLAGE: 6}[level]
    return kato[:kept].ljust(9, "0")


def check_kato(kato: str | None, kind: UnitKind) -> list[Finding]:
    """A warning when the code's level does not suit the kind of unit, a remark when there is none."""
    if not kato:
        return [Finding("places.no_kato", Severity.INFO)]
    if level_of(kato) not in _SUITS[kind]:
        return [Finding("places.kato_level", Severity.WARNING, {"kato": kato}, where=Place(code=kato))]
    return []

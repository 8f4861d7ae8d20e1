"""The norms of meetings as dated data (``resources/rules/meetings.json``), and an office's own settings.

A norm that the data marks unconfirmed stands in a regulation that was not at hand: its value is a
default which an office may change, and wherever it decides something the program says "check with
your regulation". A confirmed norm cannot be changed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.resources import resource
from akimat_desk.meetings.kinds import MeetingKind, Topic

Value = int | str | tuple[tuple[int | None, int, int], ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm for one kind of meeting. ``article`` is a catalogue key; both days are included."""

    name: str
    kind: MeetingKind
    value: Value
    article: str
    since: dt.date
    until: dt.date | None
    confirmed: bool
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What a setting of this norm is kept under."""
        return f"{self.name}.{self.kind.value}"

    @property
    def number(self) -> int:
        """The value as a whole number (days, people, years)."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.key} is not a number")
        return self.value

    @property
    def share(self) -> Fraction:
        """The value as a share of people."""
        return Fraction(str(self.value))


@dataclass(frozen=True, slots=True)
class Law:
    """The norms with an office's settings in them: ``{"materials_days.assembly": 7}``."""

    settings: Mapping[str, int | str]

    def norm(self, name: str, kind: MeetingKind, day: dt.date | None) -> Norm | None:
        """The norm in force on ``day`` (None: the one of now), None where there is none on file."""
        found = [
            norm
            for norm in _norms()
            if norm.name == name
            and norm.kind is kind
            and (norm.until is None if day is None else _in_force(norm, day))
        ]
        return self._own(found[0]) if found else None

    def adjustable(self) -> list[Norm]:
        """What an office may set for itself, with the values that count now."""
        return [self._own(norm) for norm in _norms() if not norm.confirmed and norm.until is None]

    def _own(self, norm: Norm) -> Norm:
        own = None if norm.confirmed else self.settings.get(norm.key)
        if own is None:
            return norm
        return Norm(
            norm.name, norm.kind, own, norm.article, norm.since, norm.until, norm.confirmed, norm.choices
        )


#: The law as shipped, with nothing set by an office.
SHIPPED = Law({})


def checked_setting(key: str, value: int | str) -> int | str:
    """An office's value for a norm, checked. Raises UsageProblem for one that is confirmed, unknown,
    or of another sort than the norm's own."""
    norm = next((each for each in SHIPPED.adjustable() if each.key == key), None)
    if norm is None:
        raise UsageProblem("error.meeting.setting_unknown", name=key)
    if norm.choices:
        fits = value in norm.choices
    elif isinstance(norm.value, int):
        fits = type(value) is int and 0 <= value <= 365
    elif norm.value in ("present", "total"):
        fits = value in ("present", "total")
    else:
        fits = isinstance(value, str) and _is_share(value)
    if not fits:
        raise UsageProblem("error.meeting.setting_value", value=value)
    return value


def article_of(topic: Topic, kind: MeetingKind) -> tuple[str, bool]:
    """Where the law gives a topic away (a catalogue key), and whether to this kind of meeting."""
    entry = _topics()[topic]
    return entry[0], kind in entry[1]


def topics_for(kind: MeetingKind) -> list[Topic]:
    """The topics that the law gives to a kind of meeting, in the law's order."""
    return [topic for topic, (_, kinds) in _topics().items() if kind in kinds]


def competent(topic: Topic) -> tuple[MeetingKind, ...]:
    """Which kinds of meeting may take a topic."""
    return _topics()[topic][1]


def edition() -> dt.date:
    """The day of the edition of the law that the data was read in."""
    return dt.date.fromisoformat(_data()["edition"])


def _is_share(written: str) -> bool:
    try:
        return 0 < Fraction(written) <= 1
    except (ValueError, ZeroDivisionError):
        return False


def _in_force(norm: Norm, day: dt.date) -> bool:
    return norm.since <= day and (norm.until is None or day <= norm.until)


@cache
def _data() -> Any:
    return json.loads(resource("rules", "meetings.json").read_text("utf-8"))


@cache
def _norms() -> tuple[Norm, ...]:
    return tuple(
        Norm(
            name=row["norm"],
            kind=MeetingKind(kind),
            value=_value(row["value"]),
            article=row["article"],
            since=dt.date.fromisoformat(row["from"]),
            until=dt.date.fromisoformat(row["to"]) if row.get("to") else None,
            confirmed=row["confirmed"],
            choices=tuple(row.get("choices", ())),
        )
        for row in _data()["norms"]
        for kind in row["kinds"]
    )


def _value(written: Any) -> Value:
    if isinstance(written, list):
        return tuple((limit, least, most) for limit, least, most in written)
    value: int | str = written
    return value


@cache
def _topics() -> Mapping[Topic, tuple[str, tuple[MeetingKind, ...]]]:
    return {
        Topic(row["topic"]): (row["article"], tuple(MeetingKind(kind) for kind in row["kinds"]))
        for row in _data()["topics"]
    }

"""A meeting's facts out of the command line's JSON, refused in plain sentences where they are wrong."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from akimat_desk.core.errors import InputRefused
from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Topic, Vote
from akimat_desk.meetings.rules.facts import CONTENT, ItemFacts, MeetingFacts, MinutesFacts

E = TypeVar("E", bound=StrEnum)

#: Nobody counts more people than a country has; beyond this a digit too many was typed.
_LARGEST = 100_000_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def facts_of_json(data: bytes, name: str) -> MeetingFacts:
    """The facts of one meeting as the contract writes them. Raises InputRefused with the place.

    ``null`` and a missing key are "not known". Unknown keys are passed over.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (UnicodeDecodeError, RecursionError) as error:
        raise InputRefused("error.meeting.json", name=name, line=1) from error
    except json.JSONDecodeError as error:
        raise InputRefused("error.meeting.json", name=name, line=error.lineno) from error
    if not isinstance(value, dict):
        raise InputRefused("error.meeting.not_object", name=name)
    return facts_of(value)


def facts_of(value: Mapping[str, Any]) -> MeetingFacts:
    """The same from values already parsed. Raises InputRefused."""
    kind = _choice(value, "kind", MeetingKind)
    if kind is None:
        raise InputRefused("error.meeting.no_kind", choices=", ".join(MeetingKind))
    agenda = _list(value, "agenda")
    items = tuple(_item(row, f"agenda[{at}]") for at, row in enumerate(agenda, start=1))
    numbers = [item.no for item in items]
    twice = next((no for no in numbers if numbers.count(no) > 1), None)
    if twice is not None:
        raise InputRefused("error.meeting.item_twice", no=twice)
    return MeetingFacts(
        kind=kind,
        held=_day(value, "held"),
        notice_given=_day(value, "notice_given"),
        convened_by=_choice(value, "convened_by", ConvenedBy),
        initiators=_count(value, "initiators"),
        entitled=_count(value, "entitled"),
        present=_count(value, "present"),
        agenda=items,
        minutes=_minutes(_object(value, "minutes")),
        representatives=_count(value, "representatives"),
        extraordinary=_flag(value, "extraordinary") or False,
        materials_given=_day(value, "materials_given"),
        elected=_day(value, "elected"),
        population=_count(value, "population"),
        localities=_count(value, "localities"),
        localities_represented=_count(value, "localities_represented"),
    )


def _item(row: object, where: str) -> ItemFacts:
    if not isinstance(row, dict):
        raise InputRefused("error.meeting.item", where=where)
    no = _count(row, "no", where)
    topic = _choice(row, "topic", Topic, where)
    if no is None or topic is None:
        raise InputRefused("error.meeting.item", where=where)
    put_to_vote = _flag(row, "put_to_vote", where)
    return ItemFacts(
        no=no,
        topic=topic,
        votes_for=_count(row, "for", where),
        against=_count(row, "against", where),
        abstained=_count(row, "abstained", where),
        adopted=_flag(row, "adopted", where),
        present=_count(row, "present", where),
        chair_vote=_choice(row, "chair_vote", Vote, where),
        put_to_vote=True if put_to_vote is None else put_to_vote,
    )


def _minutes(value: Mapping[str, Any]) -> MinutesFacts:
    flags = {
        name: _flag(value, name, "minutes") for name in (*CONTENT, "signed_by_chair", "signed_by_secretary")
    }
    return MinutesFacts(**flags, handed_to_akim=_day(value, "handed_to_akim", "minutes"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: of two values nobody could say which counts."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise InputRefused("error.meeting.key_twice", name=key)
        made[key] = value
    return made


def _place(key: str, where: str) -> str:
    return f"{where}.{key}" if where else key


def _list(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise InputRefused("error.meeting.list", where=key)
    return found


def _object(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise InputRefused("error.meeting.object", where=key)
    return found


def _count(value: Mapping[str, Any], key: str, where: str = "") -> int | None:
    found = value.get(key)
    if found is None:
        return None
    if type(found) is not int or not 0 <= found <= _LARGEST:
        raise InputRefused("error.meeting.count", where=_place(key, where), value=_shown(found))
    return found


def _flag(value: Mapping[str, Any], key: str, where: str = "") -> bool | None:
    found = value.get(key)
    if found is None or isinstance(found, bool):
        return found
    raise InputRefused("error.meeting.flag", where=_place(key, where), value=_shown(found))


def _day(value: Mapping[str, Any], key: str, where: str = "") -> dt.date | None:
    found = value.get(key)
    if found is None:
        return None
    if isinstance(found, str) and _DAY.match(found):
        try:
            return dt.date.fromisoformat(found)
        except ValueError:  # the 31st of a shorter month
            pass
    raise InputRefused("error.meeting.day", where=_place(key, where), value=_shown(found))


def _choice(value: Mapping[str, Any], key: str, kind: type[E], where: str = "") -> E | None:
    found = value.get(key)
    if found is None:
        return None
    if found not in list(kind):
        raise InputRefused(
            "error.meeting.choice",
            where=_place(key, where),
            value=_shown(found),
            choices=", ".join(kind),
        )
    return kind(found)


def _shown(value: object) -> str:
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 40 else written[:39] + "…"

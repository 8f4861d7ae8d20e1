"""Time limits: what is due, when, and the article that says so; computed here from dated rules.

``resources/rules/budget_calendar.json`` holds the rules: fixed days of a budget year and terms that
run from an event. Nothing else in the program knows a date of the budget process.
"""

from __future__ import annotations

import datetime as dt
import json
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource
from akimat_desk.core.strings import Message
from akimat_desk.core.workdays import WorkCalendar


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


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated rule. ``year`` is counted from the budget year (-1 is the year before).

    Either a fixed day (``month`` and ``day``; ``months`` repeats it on that day of each month from
    ``month`` on), or a term after ``event`` in calendar or working ``days``. ``every`` names the
    rhythm of years; ``grace`` how many days after its day a date is not late yet (a monthly report is
    made as of a day, and no day is named for sending it). ``unless`` is an event that makes the date
    unneeded when it came in time, ``until`` the event that meets the date by itself; of a rule that
    repeats by ``months`` each date has an event of its own ("month_taken_in:03"). ``after_months`` are
    calendar months after ``event``. ``valid_from`` and ``valid_to``: the first and last day that the
    rule speaks of.
    """

    id: str
    article: str
    levels: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    confirmed: bool
    year: int = 0
    month: int = 0
    day: int = 0
    months: int = 1
    event: str = ""
    days: int = 0
    after_months: int = 0
    working: bool = False
    every: int = 1
    first: int = 0
    grace: int = 0
    unless: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class StatutoryDate:
    """A date of the calendar. ``key`` tells it from every other of its year ("report:03").

    ``met_on`` is the day of the event that meets it, None where it is open; ``needless`` says that an
    earlier event made it unneeded.
    """

    rule: Rule
    key: str
    deadline: Deadline
    met_on: date | None = None
    needless: bool = False


#: What happened, by the event's name; several days where it happened more than once.
Events = Mapping[str, Sequence[date]]

#: The level of a rural okrug, village, settlement or town.
FOURTH, RAION, OBLAST = "fourth", "raion", "oblast"


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of the budget calendar."""
    data: dict[str, Any] = json.loads(resource("rules", "budget_calendar.json").read_text("utf-8"))
    return tuple(_rule(item) for item in data["rules"])


def _rule(item: dict[str, Any]) -> Rule:
    dates = {
        "valid_from": date.fromisoformat(item["valid_from"]),
        "valid_to": date.fromisoformat(item["valid_to"]) if item.get("valid_to") else None,
    }
    return Rule(**{**item, "levels": tuple(item["levels"]), **dates})


def budget_calendar(
    year: int,
    level: str = FOURTH,
    events: Events | None = None,
    calendar: WorkCalendar | None = None,
    table: Sequence[Rule] | None = None,
) -> list[StatutoryDate]:
    """The statutory dates of a budget year for a level of budgets, in order of days.

    Terms that run from an event are there once it is known (``events``).
    """
    happened = events or {}
    days = calendar or WorkCalendar()
    found = [
        each
        for rule in (rules() if table is None else table)
        if level in rule.levels and (year - rule.first) % rule.every == 0
        for each in _dates(rule, year, happened, days)
    ]
    return sorted(found, key=lambda each: (each.deadline.due, each.key))


def _dates(rule: Rule, year: int, events: Events, days: WorkCalendar) -> Iterator[StatutoryDate]:
    for key, due, fields in _due(rule, year, events, days):
        if due < rule.valid_from or (rule.valid_to is not None and due > rule.valid_to):
            continue
        # Of a rule by months each month has its own event, numbered as its key is.
        until = f"{rule.until}:{key.partition(':')[2]}" if rule.months > 1 else rule.until
        met = next(iter(sorted(events.get(until, ()))), None) if rule.until else None
        earlier = sorted(events.get(rule.unless, ())) if rule.unless else []
        deadline = Deadline(
            Message(f"calendar.{rule.id}", fields), due, rule.article, days.last_working_day(due)
        )
        # A plan for the quarter is not needed either where the budget came before its year began.
        in_time = bool(earlier) and (earlier[0] <= due or earlier[0].year < year)
        yield StatutoryDate(rule, key, deadline, met, in_time)


def _due(
    rule: Rule, year: int, events: Events, days: WorkCalendar
) -> Iterator[tuple[str, date, dict[str, object]]]:
    """Every day of a rule with its key and what its text says of it."""
    said: dict[str, object] = {"year": year, "next": year + 1}
    if rule.event:
        for day in sorted(events.get(rule.event, ())):
            if rule.working:
                due = days.working_days_after(day, rule.days)
            elif rule.after_months:
                due = _months_after(day, rule.after_months)
            else:
                due = day + dt.timedelta(days=rule.days)
            yield f"{rule.id}:{day.isoformat()}", due, {**said, "day": day}
        return
    for number in range(rule.months):
        month = rule.month - 1 + number
        due = date(year + rule.year + month // 12, month % 12 + 1, rule.day)
        key = f"{rule.id}:{number + 1:02}" if rule.months > 1 else rule.id
        yield key, due, {**said, "day": due}


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a date stands today: ``state`` is one of :data:`STATES`; ``note`` is the person's own."""

    dated: StatutoryDate
    state: str
    done_on: date | None = None
    note: str = ""
    days_left: int = field(default=0)


LATE, NOW, NEXT, DONE, NEEDLESS = "late", "now", "next", "done", "needless"
STATES = (LATE, NOW, NEXT, DONE, NEEDLESS)
#: From so many days before its day on a date is due "now".
SOON = 14


def is_open(
    stands: Standing, today: date, ahead: dt.timedelta, behind: dt.timedelta = dt.timedelta(days=90)
) -> bool:
    """Whether a date is to be shown among what is to be done.

    ``behind``: an office may begin in the middle of a year, and is not asked about all that was before.
    """
    due = stands.dated.deadline.due
    if stands.state == LATE:
        return due >= today - behind
    return stands.state == NOW or (stands.state == NEXT and due <= today + ahead)


def other_deadline(key: str, deadline: Deadline, today: date) -> Standing:
    """How a time limit stands that no rule of the budget year makes: of a meeting, say."""
    rule = Rule(
        id=key, article=deadline.source, levels=(), valid_from=date.min, valid_to=None, confirmed=True
    )
    return standing(StatutoryDate(rule, key, deadline), today)


def standing(dated: StatutoryDate, today: date, done_on: date | None = None, note: str = "") -> Standing:
    """How a date stands: done when a person says so or the event that meets it came."""
    met = done_on or dated.met_on
    left = (dated.deadline.last_working_day - today).days
    if met is not None:
        state = DONE
    elif dated.needless:
        state = NEEDLESS
    elif dated.deadline.due + dt.timedelta(days=dated.rule.grace) < today:
        state = LATE
    else:
        state = NOW if left <= SOON else NEXT
    return Standing(dated, state, met, note, left)

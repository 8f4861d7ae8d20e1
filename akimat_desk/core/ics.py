"""Dates as an .ics file, for the calendar of a telephone or of a mail program."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

from akimat_desk.core.deadlines import Deadline
from akimat_desk.core.files import write_atomically
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message, text

_REMIND = dt.timedelta(days=-3)


def write_ics(
    deadlines: Sequence[tuple[str, Deadline]], path: Path, language: Language, name: str, made: dt.datetime
) -> Path:
    """Write dates, each with a key that stays the same when they are written again.

    A reminder comes three days before the last working day. Raises EnvironmentProblem.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Akimat Desk//akimat-desk//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for key, deadline in deadlines:
        event = Event()
        event.add("uid", f"{hashlib.sha256(f'{name}|{key}'.encode()).hexdigest()[:32]}@akimat-desk")
        event.add("dtstamp", made)
        event.add("dtstart", deadline.due)
        event.add("dtend", deadline.due + dt.timedelta(days=1))
        what = deadline.what.text(language)
        event.add("summary", what)
        notes = [Message(deadline.source).text(language)]
        if not deadline.working_day:
            notes.append(text("calendar.day_off", language, day=deadline.last_working_day))
        event.add("description", "\n".join(notes))
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", what)
        alarm.add("trigger", _REMIND - (deadline.due - deadline.last_working_day))
        event.add_component(alarm)
        calendar.add_component(event)
    content = calendar.to_ical()

    def write(temporary: Path) -> None:
        temporary.write_bytes(content)

    return write_atomically(path, write)

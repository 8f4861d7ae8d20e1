"""``calendar``: the statutory dates of a budget year."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence

from akimat_desk.cli.output import DONE, Output
from akimat_desk.core import dates
from akimat_desk.core.deadlines import DONE as MET
from akimat_desk.core.deadlines import LATE, Deadline, Standing, budget_calendar, standing
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.strings import Message, text

_FIRST_YEAR, _LAST_YEAR = 2000, 2199


def calendar(arguments: argparse.Namespace, output: Output) -> int:
    """The dates of the rules; with a workspace also what is done and what is late."""
    year = arguments.year
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UsageProblem("error.calendar.year", year=str(year))
    signed = _day(arguments.raion_decision_signed)
    if arguments.workspace is not None:
        found: Sequence[Standing] = _of_workspace(arguments, output, signed)
    else:
        events = {"raion_decision_signed": [signed]} if signed is not None else {}
        today = dt.date.today()
        found = [standing(each, today) for each in budget_calendar(year, events=events)]
    output.json(
        {
            "dates": [
                {
                    **each.dated.deadline.as_json(output.language),
                    "id": each.dated.key,
                    "confirmed": each.dated.rule.confirmed,
                    **(
                        {"state": each.state, "done": each.done_on.isoformat() if each.done_on else None}
                        if arguments.workspace is not None
                        else {}
                    ),
                }
                for each in found
            ]
        }
    )
    for each in found:
        shown = each.state if arguments.workspace is not None else ""
        output.line(_line(each.dated.deadline, shown, output.language))
    if not found:
        output.say("cli.calendar.none", year=str(year))
    if arguments.ics is not None:
        from akimat_desk.core.ics import write_ics

        title = text("calendar.title", output.language, year=str(year))
        pairs = [(each.dated.key, each.dated.deadline) for each in found]
        path = write_ics(pairs, arguments.ics, output.language, title, dt.datetime.now(dt.UTC))
        output.say("cli.calendar.ics", path=str(path))
    return DONE


def _of_workspace(
    arguments: argparse.Namespace, output: Output, signed: dt.date | None
) -> tuple[Standing, ...]:
    """How the dates of a unit stand; what the raion signed may be told in passing."""
    from akimat_desk.budget.calendar.service import RAION_SIGNED, year_calendar
    from akimat_desk.cli.units import chosen_unit
    from akimat_desk.storage.workspace import Workspace

    events = {RAION_SIGNED: [signed]} if signed is not None else {}
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        return year_calendar(session, unit.id, arguments.year, further=events).dates


def _line(deadline: Deadline, state: str, language: Language) -> str:
    mark = {LATE: "! ", MET: "✓ "}.get(state, "  ") if state else "  "
    said = f"{mark}{dates.short(deadline.due)}  {deadline.what.text(language)}"
    if not deadline.working_day:
        said += f" ({text('calendar.day_off', language, day=deadline.last_working_day)})"
    return f"{said} – {Message(deadline.source).text(language)}"


def _day(written: str | None) -> dt.date | None:
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise UsageProblem("error.cli.date", written=written) from error

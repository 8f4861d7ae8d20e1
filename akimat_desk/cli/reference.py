"""What the commands ``classification`` and ``places`` take. Imports nothing that costs time."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from akimat_desk.cli.arguments import workspace_place

Make = Callable[[str, str, str, object], argparse.ArgumentParser]


def add_reference_commands(make: Make, group: Callable[[str], object], said: Callable[[str], str]) -> None:
    """Add the calendar and both groups to the command line."""
    calendar = make("calendar", "calendar", "calendar", None)
    calendar.add_argument("--year", type=int, required=True)
    calendar.add_argument("--raion-decision-signed", metavar="DATE", help=said("raion_signed"))
    calendar.add_argument("--workspace", type=workspace_place, help=said("calendar_workspace"))
    calendar.add_argument("--ics", type=Path, metavar="FILE", help=said("ics"))
    _classification(make, group("classification"), said)
    _places(make, group("places"), said)


def _classification(make: Make, group: object, said: Callable[[str], str]) -> None:
    show = make("show", "classification", "show_code", group)
    show.add_argument("code", nargs="?", metavar="CODE")
    search = make("search", "classification", "search_codes", group)
    search.add_argument("text", nargs="+", metavar="TEXT")
    export = make("export", "classification", "export_pack", group)
    export.add_argument("--out", type=Path, required=True)
    for command in (show, search, export):
        command.add_argument("--year", type=int, required=True)
        command.add_argument("--workspace", type=workspace_place, help=said("own_codes"))

    newer = make("import", "classification", "import_pack", group)
    newer.add_argument("workspace", type=workspace_place)
    newer.add_argument("file", type=Path)
    newer.add_argument("--year", type=int, required=True, help=said("first_year"))
    newer.add_argument("--confirm", action="store_true", help=said("confirm_shown"))
    newer.add_argument("--end-missing", action="store_true", help=said("end_missing"))

    add = make("add", "classification", "add_own_code", group)
    add.add_argument("workspace", type=workspace_place)
    add.add_argument("code", metavar="CODE")
    add.add_argument("--name-kk", default="")
    add.add_argument("--name-ru", default="")
    add.add_argument("--year", type=int, required=True, help=said("first_year"))
    add.add_argument("--until", type=int, help=said("last_year"))
    add.add_argument("--kind", help=said("code_kind"))
    add.add_argument("--note", default="", help=said("code_note"))

    make("sources", "classification", "list_sources", group).add_argument("workspace", type=workspace_place)
    withdraw = make("withdraw", "classification", "withdraw_source", group)
    withdraw.add_argument("workspace", type=workspace_place)
    withdraw.add_argument("id", type=int)
    withdraw.add_argument("--undo", action="store_true", help=said("withdraw_undo"))


def _places(make: Make, group: object, said: Callable[[str], str]) -> None:
    taken = make("import", "places", "import_kato", group)
    taken.add_argument("file", type=Path)
    taken.add_argument("--workspace", type=workspace_place, help=said("kato_workspace"))
    taken.add_argument("--confirm", action="store_true", help=said("confirm_shown"))
    find = make("find", "places", "find_place", group)
    find.add_argument("text", nargs="+", metavar="TEXT")
    find.add_argument("--workspace", type=workspace_place, help=said("kato_workspace"))
    people = make("population", "places", "population", group)
    people.add_argument("workspace", type=workspace_place)
    people.add_argument("--year", type=int)
    people.add_argument("--people", help=said("people"))
    people.add_argument("--source", default="")
    people.add_argument("--file", type=Path, help=said("people_file"))
    people.add_argument("--confirm", action="store_true", help=said("confirm_shown"))

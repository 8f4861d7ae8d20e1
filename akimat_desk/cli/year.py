"""What the commands of the budget year take. Imports nothing that costs time."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Make = Callable[[str, str, str, object], argparse.ArgumentParser]


def add_year_commands(make: Make, group: Callable[[str], object], said: Callable[[str], str]) -> None:
    """Add adjustments, opening balances, closed periods and the office's own rules to the command line."""
    _adjustments(make, group("adjustment"), said)
    balances = group("balances")
    shown = make("show", "opening", "show_balances", balances)
    kept = make("set", "opening", "set_balances", balances)
    for each in (shown, kept):
        each.add_argument("workspace", type=Path)
        each.add_argument("--year", type=int, required=True)
    source = kept.add_mutually_exclusive_group(required=True)
    source.add_argument("--total", metavar="AMOUNT", help=said("balances_total"))
    source.add_argument("--from-forms", action="store_true", help=said("balances_forms"))
    kept.add_argument(
        "--bound", action="append", default=[], metavar="KIND=AMOUNT", help=said("balances_bound")
    )
    kept.add_argument("--note", default="", help=said("balances_note"))
    periods = group("period")
    for name in ("list", "close", "reopen"):
        period = make(name, "opening", f"{name}_period", periods)
        period.add_argument("workspace", type=Path)
        period.add_argument("--year", type=int, required=True)
        if name != "list":
            period.add_argument(
                "--month", type=int, choices=range(1, 13), metavar="M", help=said("period_month")
            )
    period.add_argument("--reason", default="", help=said("period_reason"))
    office = group("office")
    make("show", "opening", "show_office", office).add_argument("workspace", type=Path)
    rules = make("set", "opening", "set_office", office)
    rules.add_argument("workspace", type=Path)
    rules.add_argument("--balances-count", choices=["yes", "no"], help=said("office_balances"))
    rules.add_argument("--protected", metavar="CODE,…", help=said("office_protected"))
    rules.add_argument(
        "--appendix", action="append", default=[], metavar="FORM=NUMBER", help=said("office_appendix")
    )


def _adjustments(make: Make, group: object, said: Callable[[str], str]) -> None:
    add = make("add", "adjustments", "add_adjustment", group)
    listed = make("list", "adjustments", "list_adjustments", group)
    minutes = make("minutes", "adjustments", "list_minutes", group)
    for each in (add, listed, minutes):
        each.add_argument("workspace", type=Path)
        each.add_argument("--year", type=int, required=True)
    add.add_argument("--ground", required=True, help=said("adjustment_ground"))
    add.add_argument("--number", default="")
    add.add_argument("--date", metavar="YYYY-MM-DD")
    add.add_argument("--minutes", metavar="NUMBER,DATE", help=said("adjustment_minutes"))
    add.add_argument("--meeting-item", type=int, metavar="ID", help=said("adjustment_item"))
    add.add_argument("--resolution", metavar="NUMBER,DATE", help=said("adjustment_resolution"))
    add.add_argument(
        "--line", action="append", default=[], metavar="CODE=AMOUNT", help=said("adjustment_line")
    )
    add.add_argument("--balances", metavar="AMOUNT", help=said("adjustment_balances"))
    add.add_argument(
        "--targeted", action="append", default=[], metavar="CODE", help=said("adjustment_targeted")
    )
    for name in ("show", "confirm", "delete"):
        each = make(name, "adjustments", f"{name}_adjustment", group)
        each.add_argument("workspace", type=Path)
        each.add_argument("id", type=int)
        if name == "confirm":
            each.add_argument("--reason", default="", help=said("reason"))

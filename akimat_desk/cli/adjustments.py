"""``adjustment``: the akim's decisions between amendments, made, judged, confirmed."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments import commands as service
from akimat_desk.budget.adjustments.choosing import LineChoice, choices
from akimat_desk.budget.adjustments.lines import AdjustedLine, balances_line
from akimat_desk.budget.adjustments.questions import AdjustmentView, adjustment, adjustments
from akimat_desk.budget.adjustments.rules import ground_of, grounds
from akimat_desk.budget.bases.basis import MINUTES, RESOLUTION, Basis
from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.views import Stage
from akimat_desk.cli.budgets import day
from akimat_desk.cli.output import DONE, Output, amount_table
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.money import from_plain, plain, table_amount
from akimat_desk.core.strings import text
from akimat_desk.meetings.minutes import agreed_items
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def add_adjustment(arguments: argparse.Namespace, output: Output) -> int:
    """Make a draft and say what the law says of it."""
    if arguments.ground not in grounds():
        raise UsageProblem("error.cli.ground", ground=arguments.ground, grounds=", ".join(grounds()))
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
            lines = _lines(session, unit.id, arguments)
            basis = _basis(session, unit.id, arguments)
        made = service.draft_adjustment(
            workspace,
            DEFAULT_ACTOR,
            unit.id,
            arguments.year,
            arguments.ground,
            lines,
            number=arguments.number,
            date=day(arguments.date),
            basis=basis,
        )
        with workspace.reading() as session:
            view = adjustment(session, made)
    output.json(_as_json(view, output))
    output.say("cli.adjustment.drafted", id=made)
    return _show(view, output)


def list_adjustments(arguments: argparse.Namespace, output: Output) -> int:
    """Every adjustment of a year."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        found = adjustments(session, unit.id, arguments.year)
    output.json(
        {
            "unit": unit.kato or unit.name.text(output.language),
            "year": arguments.year,
            "adjustments": [_as_json(view, output) for view in found],
        }
    )
    if not found:
        output.say("error.adjustment.none", year=arguments.year)
    for view in found:
        output.line(_head(view, output))
    return DONE


def show_adjustment(arguments: argparse.Namespace, output: Output) -> int:
    """One adjustment, line by line, with what the law says of it."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        view = adjustment(session, arguments.id)
    output.json(_as_json(view, output))
    return _show(view, output)


def confirm_adjustment(arguments: argparse.Namespace, output: Output) -> int:
    """Confirm a draft."""
    with Workspace.open(arguments.workspace) as workspace:
        service.confirm_adjustment(workspace, DEFAULT_ACTOR, arguments.id, arguments.reason)
        with workspace.reading() as session:
            view = adjustment(session, arguments.id)
    output.json(_as_json(view, output))
    output.say("ui.adjustment.confirmed")
    return _show(view, output)


def delete_adjustment(arguments: argparse.Namespace, output: Output) -> int:
    """Delete a draft."""
    with Workspace.open(arguments.workspace) as workspace:
        service.delete_draft(workspace, DEFAULT_ACTOR, arguments.id)
    output.json({"id": arguments.id, "deleted": True})
    output.say("cli.adjustment.deleted", id=arguments.id)
    return DONE


def list_minutes(arguments: argparse.Namespace, output: Output) -> int:
    """What assemblies agreed: the items that an adjustment can rest on."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        items = agreed_items(session, unit.id, arguments.year)
    output.json(
        {
            "unit": unit.kato or unit.name.text(output.language),
            "items": [
                {
                    "id": item.item_id,
                    "number": item.number,
                    "date": item.date.isoformat(),
                    "topic": item.topic.value,
                    "title_kk": item.title.kk,
                    "title_ru": item.title.ru,
                }
                for item in items
            ],
        }
    )
    if not items:
        output.say("cli.adjustment.no_minutes")
    for item in items:
        output.line(
            f"{item.item_id}: № {item.number or '–'}, {item.date.isoformat()}: "
            f"{item.title.text(output.language)}"
        )
    return DONE


# --- inside ---------------------------------------------------------------------------------------


def _lines(session: Session, unit_id: int, arguments: argparse.Namespace) -> list[AdjustedLine]:
    made: list[AdjustedLine] = []
    there: Sequence[LineChoice] = ()
    if arguments.line:
        budget = budget_as_of(session, unit_id, arguments.year, stage=Stage.ADJUSTED)
        there = choices(budget, arguments.ground, arguments.year)
    for written in arguments.line:
        code, _, amount = written.partition("=")
        choice = next((each for each in there if each.code is not None and str(each.code) == code), None)
        if choice is None:
            known = ", ".join(str(each.code) for each in there if each.code is not None)
            raise UsageProblem("error.cli.adjustment_line", code=code, codes=known or "–")
        made.append(choice.line(_amount(amount), targeted=code in arguments.targeted))
    if arguments.balances is not None:
        made.append(balances_line(_amount(arguments.balances)))
    return made


def _basis(session: Session, unit_id: int, arguments: argparse.Namespace) -> Basis:
    if arguments.meeting_item is not None:
        items = agreed_items(session, unit_id, arguments.year)
        found = next((item for item in items if item.item_id == arguments.meeting_item), None)
        if found is None:
            known = ", ".join(str(item.item_id) for item in items) or "–"
            raise UsageProblem("error.cli.meeting_item", id=arguments.meeting_item, ids=known)
        return found.basis
    for kind, written in ((MINUTES, arguments.minutes), (RESOLUTION, arguments.resolution)):
        if written:
            number, _, said = written.rpartition(",")
            date = day(said.strip()) if number else None
            return Basis(kind, number.strip() or written.strip(), date)
    return Basis()


def _amount(written: str) -> int:
    try:
        return from_plain(written.replace("−", "-").replace(",", ".").strip())
    except ValueError:
        raise UsageProblem("error.cli.amount", written=written) from None


def _before(view: AdjustmentView, line: AdjustedLine) -> int | None:
    if view.before is None:
        return None
    if line.figure is Figure.BALANCES_USED:
        return view.before.figures[Figure.BALANCES_USED]
    return next((each.amount for each in view.before.lines if each.code == line.code), 0)


def _as_json(view: AdjustmentView, output: Output) -> dict[str, object]:
    lines = []
    for line in view.lines:
        before = _before(view, line)
        lines.append(
            {
                "section": line.section.value,
                "code": line.code.as_json() if line.code is not None else None,
                "figure": line.figure.value if line.figure is not None else None,
                "name_kk": line.name.kk,
                "name_ru": line.name.ru,
                "targeted": line.targeted,
                "before": plain(before),
                "change": plain(line.amount),
                "after": plain(before + line.amount) if before is not None else None,
            }
        )
    return {
        "id": view.id,
        "year": view.year,
        "state": view.state.value,
        "ground": view.ground,
        "number": view.number,
        "date": _iso(view.date),
        "basis": {
            "kind": view.basis.kind,
            "number": view.basis.number,
            "date": _iso(view.basis.date),
            "meeting_item": view.basis.id,
        },
        "reason": view.reason,
        "lines": lines,
        "findings": [finding.as_json(output.language) for finding in view.findings],
    }


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date is not None else None


def _head(view: AdjustmentView, output: Output) -> str:
    state = text(f"cli.adjustment.state.{view.state.value}", output.language)
    ground = ground_of(view.ground).name.text(output.language)
    return f"{view.id}: № {view.number or '–'}, {_iso(view.date) or '–'}, {state}: {ground}"


def _show(view: AdjustmentView, output: Output) -> int:
    output.line(_head(view, output))
    balances = text("report.plan.balance.opening", output.language)
    rows = []
    for line in view.lines:
        before = _before(view, line) or 0
        said = f"{line.code}  {line.name.text(output.language)}" if line.code is not None else balances
        amounts = " | ".join(table_amount(each) for each in (before, line.amount, before + line.amount))
        rows.append((said, amounts))
    for row in amount_table(rows):
        output.line("  " + row)
    return output.findings(view.findings)

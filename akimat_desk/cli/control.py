"""``control``: the ratios that must hold between figures of forms."""

from __future__ import annotations

import argparse

from akimat_desk.budget.control import own
from akimat_desk.budget.control.files import read_ratios, write_ratios
from akimat_desk.budget.control.questions import unit_control_findings
from akimat_desk.budget.control.ratios import ControlRatio, shipped_ratios
from akimat_desk.cli.output import DONE, Output
from akimat_desk.cli.units import chosen_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def list_ratios(arguments: argparse.Namespace, output: Output) -> int:
    """Every ratio that is asked in a workspace, and the shipped ones that are switched off."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        asked, off = own.all_ratios(session), own.switched_off(session)
    output.json(
        {
            "ratios": [{**ratio.as_data(), "own": ratio.own} for ratio in asked],
            "switched_off": [ratio.as_data() for ratio in shipped_ratios() if ratio.id in off],
        }
    )
    for ratio in asked:
        output.line(_shown(ratio, output))
    return DONE


def _shown(ratio: ControlRatio, output: Output) -> str:
    each = f"{ratio.each}: " if ratio.each else ""
    expression = f"{each}{ratio.left} {ratio.relation.value} {ratio.right}"
    return f"{ratio.id}  {ratio.message.text(output.language)}\n    {expression}"


def check_ratios(arguments: argparse.Namespace, output: Output) -> int:
    """What the ratios say of a unit's year."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        findings = unit_control_findings(session, unit.id, arguments.year, arguments.month)
    output.json({"findings": [finding.as_json(output.language) for finding in findings]})
    if not findings:
        output.say("cli.control.clean")
    return output.findings(findings)


def add_ratios(arguments: argparse.Namespace, output: Output) -> int:
    """Ratios of one's own out of a file."""
    ratios = read_ratios(arguments.file)
    with Workspace.open(arguments.workspace) as workspace:
        own.add_ratios(workspace, DEFAULT_ACTOR, ratios)
    output.json({"added": [ratio.id for ratio in ratios]})
    output.say("cli.control.done")
    return DONE


def remove_ratio(arguments: argparse.Namespace, output: Output) -> int:
    """One's own ratio goes, a shipped one is not asked any more."""
    with Workspace.open(arguments.workspace) as workspace:
        own.remove_ratio(workspace, DEFAULT_ACTOR, arguments.id)
    output.json({"removed": arguments.id})
    output.say("cli.control.done")
    return DONE


def restore_ratio(arguments: argparse.Namespace, output: Output) -> int:
    """A shipped ratio is asked again."""
    with Workspace.open(arguments.workspace) as workspace:
        own.restore_ratio(workspace, DEFAULT_ACTOR, arguments.id)
    output.json({"restored": arguments.id})
    output.say("cli.control.done")
    return DONE


def export_ratios(arguments: argparse.Namespace, output: Output) -> int:
    """The ratios that are asked, as a file that reads back."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        asked = own.all_ratios(session)
    path = write_ratios(asked, arguments.out)
    output.json({"file": str(path), "ratios": len(asked)})
    output.say("cli.control.done")
    return DONE

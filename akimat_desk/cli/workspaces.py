"""``new``, ``check``, ``backup`` and ``restore``."""

from __future__ import annotations

import argparse
from pathlib import Path

from akimat_desk.budget.adjustments.questions import all_adjustment_findings
from akimat_desk.budget.decisions.questions import all_decision_findings
from akimat_desk.budget.periods.balances import all_balance_findings
from akimat_desk.budget.plans.quarter import all_quarter_findings
from akimat_desk.budget.plans.questions import all_plan_findings
from akimat_desk.classification.service import classification_findings
from akimat_desk.cli.output import DONE, Output
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.meetings.minutes import all_basis_findings
from akimat_desk.meetings.record import all_meeting_findings
from akimat_desk.places.kato_store import personal_kato
from akimat_desk.places.service import UnitKind, create_unit, unit_findings
from akimat_desk.storage.backup import backup as make_backup
from akimat_desk.storage.backup import restore as restore_backup
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.journal import head, verify_journal
from akimat_desk.storage.server.address import ServerAddress, is_link, read_link
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

_CHECKS = (
    unit_findings,
    all_decision_findings,
    all_plan_findings,
    all_quarter_findings,
    all_adjustment_findings,
    all_balance_findings,
    classification_findings,
    all_meeting_findings,
    all_basis_findings,
)


def new(arguments: argparse.Namespace, output: Output) -> int:
    """An empty workspace with its unit."""
    known = personal_kato()
    row = known.get(arguments.kato)
    place = known.found(row) if row is not None else None
    said = (arguments.kind, arguments.name_kk, arguments.name_ru)
    if place is None and None in said:
        raise UsageProblem("error.cli.new_place", kato=arguments.kato)
    listed = place.full_name if place is not None else Trilingual()
    with Workspace.making(arguments.workspace) as workspace:
        unit = create_unit(
            workspace,
            DEFAULT_ACTOR,
            kato=arguments.kato,
            kind=place.kind if place is not None and not arguments.kind else UnitKind(arguments.kind),
            name=Trilingual(
                listed.kk if arguments.name_kk is None else arguments.name_kk,
                listed.ru if arguments.name_ru is None else arguments.name_ru,
            ),
            raion=place.raion if place is not None else Trilingual(),
            oblast=place.oblast if place is not None else Trilingual(),
        )
        if arguments.year is not None:
            workspace.set_setting(DEFAULT_ACTOR, "year", str(arguments.year))
    output.json({"workspace": str(arguments.workspace), "unit": arguments.kato, "id": unit.id})
    output.say("cli.new.done", path=str(arguments.workspace))
    return DONE


def check(arguments: argparse.Namespace, output: Output) -> int:
    """Every check there is: the file, the journal, every document."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace:
        findings = check_workspace(workspace, _CHECKS)
    output.json({"findings": [finding.as_json(output.language) for finding in findings]})
    status = output.findings(findings)
    if not findings:
        output.say("cli.check.clean")
    return status


def audit_verify(arguments: argparse.Namespace, output: Output) -> int:
    """Follow the journal's chain; its head is what anchors it outside the file."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace:
        findings = verify_journal(workspace)
        with workspace.reading() as session:
            rows, chain = head(session)
    output.json(
        {
            "rows": rows,
            "head": chain,
            "findings": [finding.as_json(output.language) for finding in findings],
        }
    )
    if not findings:
        output.say("cli.audit.sound", rows=rows, head=chain)
    return output.findings(findings)


def backup(arguments: argparse.Namespace, output: Output) -> int:
    """A verified copy."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace:
        made = make_backup(workspace, arguments.out)
    output.json({"backup": str(made.path), "digest": made.digest})
    output.say("cli.backup.done", path=str(made.path))
    return DONE


def restore(arguments: argparse.Namespace, output: Output) -> int:
    """Put a verified copy in place; the file that was there is kept under another name."""
    place = arguments.workspace
    kept: Path | str | None
    if isinstance(place, ServerAddress) or is_link(place):
        from akimat_desk.storage.server.workspace import restore_on_server

        address = place if isinstance(place, ServerAddress) else read_link(place)
        kept = restore_on_server(arguments.backup, address)
    else:
        kept = restore_backup(arguments.backup, place)
    output.json({"workspace": str(arguments.workspace), "kept": str(kept) if kept else None})
    output.say("cli.restore.done", path=str(arguments.workspace))
    if kept:
        output.say("cli.restore.kept", path=str(kept))
    return DONE

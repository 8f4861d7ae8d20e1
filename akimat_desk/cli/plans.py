"""``plan start``, ``plan import`` and ``plan show``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.plans import commands as service
from akimat_desk.budget.plans.checks import coverage
from akimat_desk.budget.plans.columns import PlanColumnsUnknown, read_columns
from akimat_desk.budget.plans.commands import look_at_start
from akimat_desk.budget.plans.importing import (
    PlanPreview,
    PreviewRow,
    preview_file,
    show_plan_columns,
    take_in,
)
from akimat_desk.budget.plans.questions import plan_findings, plan_state, plan_view
from akimat_desk.budget.plans.sheet import Months, Side
from akimat_desk.budget.shown_columns import Shown
from akimat_desk.classification.codes import Code, ExpenditureCode, RevenueCode
from akimat_desk.cli.budgets import day
from akimat_desk.cli.output import DONE, Output, amount_table, finding_line
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.money import plain, table_amount
from akimat_desk.core.strings import text
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def import_plan(arguments: argparse.Namespace, output: Output) -> int:
    """Take a financing plan in as a draft: what can be taken is, every other row says why not."""
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
            seen, shown = _preview(session, unit.id, arguments)
        if shown is not None:
            show_plan_columns(workspace, DEFAULT_ACTOR, *shown)
        document = take_in(workspace, DEFAULT_ACTOR, unit.id, seen, keep_unknown=arguments.keep_unknown)
        findings = list(seen.findings)
        if arguments.keep_unknown:
            findings = [finding for finding in findings if finding.code != "plan.row_code_unknown"]
        checks = []
        if document is not None:
            with workspace.reading() as session:
                checks = plan_findings(session, document)
    output.json(
        {
            "unit": unit.kato or unit.name.text(output.language),
            "year": seen.year,
            "amounts_in": seen.unit.value,
            "document": document,
            "state": "draft" if document is not None else None,
            "counts": {state.value: count for state, count in seen.counts.items()}
            | {"wrong": sum(f.code.startswith("plan.row_") for f in seen.findings)},
            "rows": [_row_json(row) for row in seen.rows],
            "findings": [finding.as_json(output.language) for finding in findings],
            "checks": [finding.as_json(output.language) for finding in checks],
        }
    )
    _show_counts(seen, output)
    if document is None:
        output.say("cli.plan.nothing_new")
    else:
        output.say("cli.plan.stored", id=document, year=seen.year)
    status = output.findings(findings)
    if checks:
        output.line(text("cli.plan.before_approval", output.language))
        status = max(status, output.findings(checks))
    return status


def start_plan(arguments: argparse.Namespace, output: Output) -> int:
    """Make the first draft of a year's plan; what became of last year's codes is said line by line."""
    placed = _places(arguments.place)
    with Workspace.open(arguments.workspace, read_only=arguments.preview) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
            seen = look_at_start(session, unit.id, arguments.year, placed)
        made = None
        if not arguments.preview:
            made = service.start_plan(workspace, DEFAULT_ACTOR, unit.id, arguments.year, placed).document_id
    output.json(
        {
            "unit": unit.kato or unit.name.text(output.language),
            "year": arguments.year,
            "document": made,
            "lines": [
                {"side": key.side.value, "code": key.code.as_json(), **_months_json(months)}
                for key, months in seen.sheet
            ],
            "moved": [
                {"side": each.side.value, "before": str(each.before), "after": str(each.after)}
                for each in seen.moved
            ],
            "orphans": [
                {"side": key.side.value, "code": str(key.code), "amount": plain(amount)}
                for key, amount in seen.left_over.items()
            ],
            "findings": [finding.as_json(output.language) for finding in seen.findings],
        }
    )
    for finding in seen.findings:
        output.line(finding_line(finding, output.language))
    if made is None:
        output.say("cli.plan.previewed")
    else:
        output.say("cli.plan.stored", id=made, year=arguments.year)
    return DONE


def approve_plan(arguments: argparse.Namespace, output: Output) -> int:
    """Approve a draft: a plan on its day, a change on its own, a first quarter's with the akim's number."""
    with Workspace.open(arguments.workspace) as workspace:
        number = service.approve(
            workspace, DEFAULT_ACTOR, arguments.id, day(arguments.date), number=arguments.number
        )
        with workspace.reading() as session:
            view = plan_view(session, arguments.id)
    output.json(
        {
            "document": arguments.id,
            "kind": view.document.kind.value,
            "state": view.document.state.value,
            "number": number,
            "date": view.document.date.isoformat() if view.document.date is not None else None,
        }
    )
    output.say("ui.plan.approved.change" if number else "ui.plan.approved.plan", number=number)
    return DONE


def show_plan(arguments: argparse.Namespace, output: Output) -> int:
    """The plan in force (else its draft), month by month, with article 105 and what is to be said of it."""
    as_of = day(arguments.as_of)
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        state = plan_state(session, unit.id, arguments.year, as_of)
    sheet, margins = state.situation.sheet, coverage(state.situation)
    output.json(
        {
            "unit": unit.kato or unit.name.text(output.language),
            "year": arguments.year,
            "state": state.state.value,
            "lines": [
                {"side": key.side.value, "code": key.code.as_json(), **_months_json(months)}
                for key, months in sheet
            ],
            "art105": [plain(amount) for amount in margins],
            "findings": [finding.as_json(output.language) for finding in state.findings],
        }
    )
    output.line(f"{unit.name.text(output.language)} – {arguments.year}")
    for side in Side:
        rows = [(str(key.code), _line(sheet.months(key))) for key in sheet.keys(side)]
        if rows:
            output.line(text(f"plan.side.{side.value}", output.language))
            for line in amount_table([*rows, ("Σ", _line(sheet.total(side)))]):
                output.line("  " + line)
    output.line(text("cli.plan.art105", output.language, months=_line(margins)))
    return output.findings(state.findings)


def _places(written: Sequence[str]) -> dict[Code, list[tuple[Code, int]]]:
    """``OLD=NEW`` or ``OLD=NEW:60,OTHER:40`` as places of last year's codes."""
    placed: dict[Code, list[tuple[Code, int]]] = {}
    for each in written:
        old, _, targets = each.partition("=")
        try:
            made = []
            for target in targets.split(","):
                code, _, percent = target.partition(":")
                made.append((_code(code.strip()), int(percent or 100)))
            placed[_code(old.strip())] = made
        except (ValueError, TypeError):
            raise UsageProblem("error.plan.place_written", written=each) from None
    return placed


def _code(written: str) -> Code:
    """A code as it is printed; costs begin with a group of two digits. Raises ValueError, TypeError."""
    first = written.partition("/")[0]
    if not all(part.isdecimal() for part in written.split("/")):
        raise ValueError(written)
    return (ExpenditureCode if len(first) == 2 else RevenueCode).from_stored(written)


def _preview(
    session: Session, unit_id: int, arguments: argparse.Namespace
) -> tuple[PlanPreview, tuple[str, Shown] | None]:
    """The file as it would be taken in; where its heads do not tell, with the columns given."""
    try:
        return preview_file(session, unit_id, arguments.year, arguments.file), None
    except PlanColumnsUnknown as unknown:
        if arguments.columns is None:
            raise
        given = read_columns(arguments.columns, Side(arguments.side))
        signature = unknown.question.signature
        seen = preview_file(session, unit_id, arguments.year, arguments.file, shown={signature: given})
        return seen, (signature, given)


def _line(months: Months) -> str:
    return " | ".join(table_amount(amount) for amount in (sum(months), *months))


def _months_json(months: Months) -> dict[str, object]:
    return {"year": plain(sum(months)), "months": [plain(amount) for amount in months]}


def _row_json(row: PreviewRow) -> dict[str, object]:
    return {
        "row": row.row,
        "state": row.state.value,
        "side": row.key.side.value,
        "code": row.key.code.as_json(),
        "name_kk": row.name.kk,
        "name_ru": row.name.ru,
        **_months_json(row.months),
        "before": None if row.before is None else _months_json(row.before),
    }


def _show_counts(seen: PlanPreview, output: Output) -> None:
    output.line(
        text("cli.plan.unit", output.language, unit=text(f"plan.unit.{seen.unit.value}", output.language))
    )
    rows = [
        (text(f"plan.row_state.{state.value}", output.language), str(count))
        for state, count in seen.counts.items()
        if count
    ]
    for line in amount_table(rows):
        output.line("  " + line)

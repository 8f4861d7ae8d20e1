"""``decision draft``: begin a budget by hand, empty or from last year's lines with a percentage."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation

from akimat_desk.budget.drafts.copying import CopyYear
from akimat_desk.budget.drafts.service import apply_edit, lines_of_year, new_draft, open_draft
from akimat_desk.cli.output import Output, amount_table
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import text
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def draft(arguments: argparse.Namespace, output: Output) -> int:
    """Begin a draft decision for three years and say what stands in it."""
    percent = _percent(arguments.percent)
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
            # Asked before anything is made: without that year's budget no draft is begun.
            source = arguments.copy_from
            lines = lines_of_year(session, unit.id, source) if source is not None else ()
        document_id = new_draft(workspace, DEFAULT_ACTOR, unit.id, arguments.year)
        if source is not None:
            copy = CopyYear(source, arguments.year, percent, lines)
            apply_edit(workspace, DEFAULT_ACTOR, document_id, copy)
        with workspace.reading() as session:
            sheet = open_draft(session, document_id)
    findings = sheet.findings()
    figures = sheet.figures(0)
    output.json(
        {
            "document": document_id,
            "unit": unit.kato or unit.name.text(output.language),
            "years": list(sheet.years),
            "lines": sum(1 for node in sheet.nodes() if not node.is_section),
            "findings": [finding.as_json(output.language) for finding in findings],
        }
    )
    output.say("cli.decision.stored_draft", unit=unit.name.text(output.language), id=document_id)
    rows = [
        (text(f"figure.{figure.value}", output.language), table_amount(amount))
        for figure, amount in figures.items()
        if amount is not None
    ]
    for line in amount_table(rows):
        output.line("  " + line)
    return output.findings(findings)


def _percent(given: str) -> Decimal:
    try:
        percent = Decimal(given.strip().rstrip("%").strip().replace(",", "."))
    except InvalidOperation:
        raise UsageProblem("error.draft.percent", given=given) from None
    if not percent.is_finite() or not 0 <= percent <= 1000:
        raise UsageProblem("error.draft.percent", given=given)
    return percent

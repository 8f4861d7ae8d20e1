"""``decision read`` and ``decision import``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.as_json import decision_json
from akimat_desk.budget.reading.draft import ReadUnit
from akimat_desk.budget.reading.files import DecisionFile, read_decision_data, read_decision_file
from akimat_desk.classification.packs import Book
from akimat_desk.cli.output import Output, amount_table
from akimat_desk.core.findings import Finding
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import text


def read(arguments: argparse.Namespace, output: Output) -> int:
    """Read a decision and store nothing."""
    file = _file(arguments.file)
    output.json(decision_json(file.decision, output.language))
    _show(file, output)
    return output.findings(_all_findings(file))


def import_(arguments: argparse.Namespace, output: Output) -> int:
    """Read a decision and store it as a draft or confirmed."""
    # Imported here: reading alone must not wait for the database's libraries.
    from akimat_desk.budget.decisions.taking_in import assign_units, store, workspace_units
    from akimat_desk.classification.service import workspace_book
    from akimat_desk.cli.units import chosen_unit
    from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            book = workspace_book(session)
        file = _file(arguments.file, book)
        chosen = None
        if getattr(arguments, "unit", None) is not None:
            with workspace.reading() as session:
                chosen = chosen_unit(session, arguments, output.language)
        pairs = assign_units(file.decision, workspace_units(workspace), chosen)
        stored = store(
            workspace,
            DEFAULT_ACTOR,
            file,
            pairs,
            confirm=arguments.confirm,
            reason=arguments.reason,
        )
        state = "confirmed" if arguments.confirm else "draft"
        findings = [finding for document in stored for finding in document.findings]
        output.json(
            {
                **decision_json(file.decision, output.language),
                "documents": [
                    {
                        "id": document.document_id,
                        "unit": document.unit.kato or document.unit.name.text(output.language),
                        "state": state,
                    }
                    for document in stored
                ],
                "findings": [finding.as_json(output.language) for finding in findings],
            }
        )
        for document in stored:
            name = document.unit.name.text(output.language)
            output.say(f"cli.decision.stored_{state}", unit=name, id=document.document_id)
        return output.findings(findings)


def _file(name: str, book: Book | None = None) -> DecisionFile:
    if name == "-":
        return read_decision_data(sys.stdin.buffer.read(), "-", book=book)
    return read_decision_file(Path(name), book=book)


def _all_findings(file: DecisionFile) -> list[Finding]:
    return [*file.decision.findings, *(f for unit in file.decision.units for f in unit.findings)]


def _show(file: DecisionFile, output: Output) -> None:
    decision = file.decision
    if decision.title:
        output.line(decision.title)
    if decision.number or decision.date:
        output.line(
            " ".join(
                str(part) for part in (decision.number and f"№ {decision.number}", decision.date) if part
            )
        )
    for unit in decision.units:
        output.line()
        output.line(f"{unit.name or text('cli.decision.unit_unnamed', output.language)} — {_years(unit)}")
        rows = [
            (text(f"figure.{figure.value}", output.language), table_amount(unit.figures[figure]))
            for figure in Figure
            if unit.figures[figure] is not None
        ]
        for line in amount_table(rows):
            output.line("  " + line)
        for annex in unit.annexes:
            said = text(
                "cli.decision.annex",
                output.language,
                number=annex.number if annex.number is not None else "—",
                year=annex.year if annex.year is not None else "—",
                count=len(annex.lines),
            )
            output.line("  " + said)
    if decision.not_understood:
        output.line()
        output.line(text("cli.decision.not_understood", output.language))
        for fragment in decision.not_understood:
            output.line(f"  {fragment.line}: {fragment.text}")
    output.line()


def _years(unit: ReadUnit) -> str:
    return ", ".join(str(year) for year in unit.years) or str(unit.first_year or "—")

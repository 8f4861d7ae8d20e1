"""``report list`` and ``report run``."""

from __future__ import annotations

import argparse

from akimat_desk.cli.output import DONE, Output
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.reports.registry import REPORTS, DocLanguage, build
from akimat_desk.reports.render import render
from akimat_desk.storage.workspace import Workspace


def list_(arguments: argparse.Namespace, output: Output) -> int:
    """The report library."""
    output.json(
        {
            "reports": [
                {
                    "id": kind.id,
                    "title": text(kind.title_key, output.language),
                    "description": text(kind.description_key, output.language),
                    "formats": list(kind.formats),
                    "needs": list(kind.needs),
                }
                for kind in REPORTS.values()
            ]
        }
    )
    for kind in REPORTS.values():
        output.line(f"{kind.id:<18} {text(kind.title_key, output.language)} ({', '.join(kind.formats)})")
        output.line(f"{'':<18} {text(kind.description_key, output.language)}")
    return DONE


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Make one report into a file."""
    kind = REPORTS.get(arguments.report)
    if kind is None:
        raise UsageProblem("error.cli.report_unknown", id=arguments.report, ids=", ".join(REPORTS))
    if arguments.format not in kind.formats:
        raise UsageProblem(
            "error.cli.format_unknown", format=arguments.format, formats=", ".join(kind.formats)
        )
    asked = getattr(arguments, "doc_lang", None)
    default = Language.RU if output.language is Language.RU else Language.KK
    language = DocLanguage(asked or default.value)
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        documents = build(
            kind.id,
            session,
            unit.id,
            arguments.year,
            language,
            month=arguments.month,
            off_plan_only=arguments.off_plan,
            details=arguments.details,
        )
    render(documents, arguments.format, arguments.out)
    output.json({"report": kind.id, "format": arguments.format, "out": str(arguments.out)})
    output.say("cli.report.done", path=str(arguments.out))
    return DONE

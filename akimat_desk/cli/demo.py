"""``demo``: the main job on the example okrug, from the decisions' files to the reports."""

from __future__ import annotations

import argparse
from pathlib import Path

from akimat_desk.budget.decisions.questions import budget_years
from akimat_desk.budget.ratio.service import ratio_history
from akimat_desk.cli.budgets import ratio_line
from akimat_desk.cli.output import DONE, Output
from akimat_desk.cli.window import has_display, open_window
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.files import as_problem, store_bytes
from akimat_desk.core.strings import text
from akimat_desk.exchange.keys import office_key
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.sending import write_package
from akimat_desk.places.kato import parent_of
from akimat_desk.places.service import UnitView
from akimat_desk.reports.registry import REPORTS, DocLanguage, build
from akimat_desk.reports.render import render
from akimat_desk.storage.workspace import Workspace
from akimat_desk.training.example import EXAMPLE_ACTOR, make_example
from akimat_desk.training.example_execution import write_example_forms
from akimat_desk.training.treasury_year import example_months

_FORMATS = ("pdf", "xlsx")
_LANGUAGES = (DocLanguage.KK, DocLanguage.RU)


def demo(arguments: argparse.Namespace, output: Output) -> int:
    """Make the example's workspace and reports, say what was made, open the window on a display."""
    folder: Path = arguments.dir or Path("akimat-desk-demo")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_problem(error, folder) from error
    path = _free_name(folder)
    unit = make_example(path)
    output.say("cli.demo.workspace", path=str(path))
    made: list[Path] = []
    forms: list[Path] = []
    with Workspace.open(path, read_only=True) as workspace, workspace.reading() as session:
        history = ratio_history(session, unit.id)
        forms += write_example_forms(workspace, unit.id, folder, example_months()[-1:])
        own_years = [year.year for year in history.years if year.basis != "projection"]
        year = max(own_years or budget_years(session, unit.id))
        for report in REPORTS.values():
            for language in _LANGUAGES:
                try:
                    documents = build(report.id, session, unit.id, year, language)
                except UsageProblem:  # the example has nothing for this report (no plan, no amendment)
                    continue
                for file_format in _FORMATS:
                    if file_format in report.formats:
                        out = folder / f"{report.id}_{year}_{language.value}.{file_format}"
                        made.append(render(documents, file_format, out))
                        output.say("cli.demo.report", path=str(out))
    package = _package(path, unit, year, folder)
    output.say("cli.demo.package", path=str(package))
    for form in forms:
        output.say("cli.demo.form", path=str(form))
    output.line(text(history.formula_key, output.language))
    for ratio_year in history.years:
        output.line("  " + ratio_line(ratio_year, output.language))
    output.json(
        {
            "workspace": str(path),
            "reports": [str(file) for file in made],
            "forms": [str(file) for file in forms],
            "package": str(package),
        }
    )
    if arguments.no_window:
        return DONE
    if not has_display():
        output.say("cli.demo.no_display")
        return DONE
    return open_window(path, output.language)


def _package(path: Path, unit: UnitView, year: int, folder: Path) -> Path:
    """The example's package for its oblast, sealed with a key made beside it."""
    raion = parent_of(unit.kato or "")
    key = office_key(unit.kato or "", folder=folder / "keys")
    with Workspace.open(path) as workspace:
        written = write_package(workspace, EXAMPLE_ACTOR, unit.id, Period(year), key, parent_of(raion or ""))
    out = folder / written.name
    store_bytes(out, written.data)
    return out


def _free_name(folder: Path) -> Path:
    """A name not yet taken: an example that somebody worked on is left alone."""
    path = folder / "example.akimat"
    number = 2
    while path.exists():
        path = folder / f"example-{number}.akimat"
        number += 1
    return path

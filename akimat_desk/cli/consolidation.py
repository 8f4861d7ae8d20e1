"""``consolidate``: the budgets of all units of a workspace as one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from akimat_desk.budget.consolidation import Consolidation
from akimat_desk.budget.consolidation import consolidate as bring_together
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.views import Denominator, Stage
from akimat_desk.cli.output import DONE, Output, amount_table
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.files import store_bytes
from akimat_desk.core.language import Language
from akimat_desk.core.money import plain, table_amount
from akimat_desk.core.strings import text
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.totals import note_run, totals_of
from akimat_desk.exchange.totals_report import owner_name, totals_csv, totals_json, totals_report
from akimat_desk.places.service import UnitKind, units
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.definitions.consolidated import consolidated
from akimat_desk.reports.parties import report_unit
from akimat_desk.reports.render import render
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def consolidate(arguments: argparse.Namespace, output: Output) -> int:
    """Totals over the units, as a report or as JSON."""
    if arguments.month is not None:
        return _month(arguments, output)
    if arguments.format == "csv":
        raise UsageProblem("error.consolidation.month_needed")
    default = Language.RU if output.language is Language.RU else Language.KK
    language = DocLanguage(getattr(arguments, "doc_lang", None) or default.value)
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        content = bring_together(
            session,
            arguments.year,
            stage=Stage(arguments.stage) if arguments.stage else None,
            denominator=Denominator(arguments.denominator or Denominator.TOTAL_REVENUE),
        )
        above = [unit for unit in units(session) if unit.kind in (UnitKind.RAION, UnitKind.OBLAST)]
        owner = report_unit(session, (above or units(session))[0].id)
    data = as_json(content, output.language)
    out: Path = arguments.out
    if arguments.format == "json":
        written = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
        store_bytes(out, written)
    else:
        render([consolidated(content, owner, language)], arguments.format, out)
    output.json({**data, "out": str(out)})
    rows = [
        (text(f"figure.{figure.value}", output.language), table_amount(content.figures[figure]))
        for figure in Figure
        if content.figures[figure] is not None
    ]
    for line in amount_table(rows):
        output.line("  " + line)
    output.say("cli.report.done", path=str(out))
    return DONE


def _month(arguments: argparse.Namespace, output: Output) -> int:
    """The execution of a month over the units; the run is noted in the journal."""
    if not 1 <= arguments.month <= 12:
        raise UsageProblem("error.exchange.bad_month", written=arguments.month)
    default = Language.RU if output.language is Language.RU else Language.KK
    language = DocLanguage(getattr(arguments, "doc_lang", None) or default.value)
    period, out = Period(arguments.year, arguments.month), arguments.out
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            chosen = [_unit_id(session, kato) for kato in arguments.units] if arguments.units else None
            totals, owner = totals_of(session, period, chosen), owner_name(session)
        data = totals_json(totals, output.language)
        if arguments.format in ("json", "csv"):
            written = (
                totals_csv(totals)
                if arguments.format == "csv"
                else (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
            )
            store_bytes(out, written)
        else:
            render([totals_report(totals, owner, language)], arguments.format, out)
        note_run(workspace, DEFAULT_ACTOR, totals)
    output.json({**data, "out": str(out)})
    for line in amount_table(
        [
            (text(f"figure.{figure.value}", output.language), table_amount(amount))
            for figure, amount in totals.executed.items()
        ]
    ):
        output.line("  " + line)
    if totals.late:
        names = ", ".join(part.unit.name.text(output.language) for part in totals.late)
        output.say("report.totals.late", count=len(totals.late), names=names)
    output.say("cli.report.done", path=str(out))
    return DONE


def _unit_id(session: Session, kato: str) -> int:
    found = next((unit.id for unit in units(session) if unit.kato == kato), None)
    if found is None:
        raise UsageProblem("error.exchange.no_unit", kato=kato)
    return found


def as_json(content: Consolidation, language: Language) -> Mapping[str, object]:
    """The totals with every unit and line; amounts in thousand tenge."""
    return {
        "year": content.year,
        "stage": content.stage.value if content.stage else None,
        "denominator": content.denominator.value,
        "formula": text(f"ratio.formula.{content.denominator.value}", language),
        "figures": {figure.value: plain(content.figures[figure]) for figure in Figure},
        "own_revenue": plain(content.own_revenue),
        "transfers_from_above": plain(content.from_above),
        "revenue_without_transfers": plain(content.without_transfers),
        "ratio_percent": _percent(content.ratio_percent),
        "mean_percent": _percent(content.mean_percent),
        "units": [
            {
                "unit": part.unit.kato or part.unit.name.text(language),
                "name_kk": part.unit.name.kk,
                "name_ru": part.unit.name.ru,
                "basis": part.view.basis.value,
                "figures": {figure.value: plain(part.view.figures[figure]) for figure in Figure},
                "own_revenue": plain(part.own_revenue),
                "ratio_percent": _percent(part.ratio_percent),
            }
            for part in content.units
        ],
        "missing": [unit.kato or unit.name.text(language) for unit in content.missing],
        "lines": [
            {
                "section": line.row.section.value,
                "code": line.row.code.as_json() if line.row.code is not None else {},
                "figure": line.row.figure.value if line.row.figure else None,
                "name_kk": line.row.name.kk,
                "name_ru": line.row.name.ru,
                "amount": plain(line.amount),
                "units": line.units,
            }
            for line in content.lines
        ],
    }


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else str(value)

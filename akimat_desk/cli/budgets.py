"""``budget show`` and ``ratio``."""

from __future__ import annotations

import argparse
import datetime as dt

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.ratio.path import PathYear, Point, planned_year, ratio_path
from akimat_desk.budget.ratio.service import ratio_history
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.words import path_sentence
from akimat_desk.budget.views import Basis, BudgetView, Denominator, RatioYear, Stage
from akimat_desk.cli.output import DONE, Output, amount_table
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up, plain, table_amount, to_step
from akimat_desk.core.strings import text
from akimat_desk.storage.workspace import Workspace


def show(arguments: argparse.Namespace, output: Output) -> int:
    """The budget that answers for a year."""
    as_of = day(arguments.as_of)
    stage = Stage(arguments.stage) if arguments.stage else None
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        view = budget_as_of(session, unit.id, arguments.year, as_of, stage)
    output.json(budget_json(view, unit.kato, output.language))
    output.line(f"{view.unit_name.text(output.language)} — {view.year}")
    output.line(_basis_line(view, output.language))
    rows = [
        (text(f"figure.{figure.value}", output.language), table_amount(view.figures[figure]))
        for figure in Figure
        if view.figures[figure] is not None
    ]
    for line in amount_table(rows):
        output.line("  " + line)
    lines = [
        (f"{_code(line):<16} {_name(line, output.language)}", table_amount(line.amount))
        for line in view.lines
    ]
    if lines:
        output.line()
        for line in amount_table(lines):
            output.line("  " + line)
    output.line()
    return output.findings(view.findings)


def budget_json(view: BudgetView, kato: str | None, language: Language) -> dict[str, object]:
    """The contract's shape of ``budget show``."""
    basis = "projection" if view.basis is Basis.PROJECTION else "decision"
    return {
        "unit": kato or view.unit_name.text(language),
        "year": view.year,
        "stage": view.stage.value,
        "basis": basis,
        "decision": {
            "number": view.decision.number,
            "date": view.decision.date.isoformat() if view.decision.date else None,
            "edition": view.decision.edition,
        },
        "figures": {figure.value: plain(view.figures[figure]) for figure in Figure},
        "lines": [
            {
                "section": line.section.value,
                "code": line.code.as_json() if line.code is not None else {},
                "name_kk": line.name.kk,
                "name_ru": line.name.ru,
                "amount": plain(line.amount),
            }
            for line in view.lines
        ],
        "findings": [finding.as_json(language) for finding in view.findings],
    }


def ratio(arguments: argparse.Namespace, output: Output) -> int:
    """The self-sufficiency ratio over the years."""
    if arguments.formula:
        return _by_formula(arguments, Variant(arguments.formula), output)
    denominator = Denominator(arguments.denominator or Denominator.TOTAL_REVENUE)
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        history = ratio_history(session, unit.id, arguments.first, arguments.last, denominator)
    if not history.years:
        raise UsageProblem("error.ratio.no_years")
    formula = text(history.formula_key, output.language)
    output.json(
        {
            "formula": formula,
            "denominator": denominator.value,
            "years": [_ratio_json(year) for year in history.years],
        }
    )
    output.line(f"{history.unit_name.text(output.language)}")
    output.line(formula)
    for year in history.years:
        output.line(ratio_line(year, output.language))
    return DONE


def _by_formula(arguments: argparse.Namespace, variant: Variant, output: Output) -> int:
    """The same by any formula, with what was approved and what was executed beside the plan."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        path = ratio_path(session, unit.id, variant)
    first, last = arguments.first, arguments.last
    years = [
        year
        for year in path.years
        if (first is None or year.year >= first) and (last is None or year.year <= last)
    ]
    if not years:
        raise UsageProblem("error.ratio.no_years")
    formula = text(variant.formula_key, output.language)
    output.json(
        {
            "formula": formula,
            "variant": variant.value,
            "denominator": variant.denominator.value,
            "years": [_path_json(year, variant) for year in years],
        }
    )
    output.line(path.unit_name.text(output.language))
    output.line(formula)
    for year in years:
        output.line(
            path_sentence(year, output.language) or text("cli.ratio.unknown", output.language, year=year.year)
        )
    return DONE


def _path_json(year: PathYear, variant: Variant) -> dict[str, object]:
    """The keys of every ratio, and those of what was approved and executed."""

    def share(point: Point | None) -> str | None:
        return None if point is None or point.percent is None else str(half_up(point.percent, 1))

    return _ratio_json(planned_year(year, variant)) | {
        "approved_percent": share(year.approved),
        "executed_percent": share(year.executed),
        "executed_through_month": year.executed.through_month if year.executed else None,
    }


def _ratio_json(year: RatioYear) -> dict[str, object]:
    def percent(value: object) -> str | None:
        return None if value is None else str(value)

    return {
        "year": year.year,
        "basis": year.basis.value,
        "own_revenue": plain(year.own_revenue),
        "denominator_amount": plain(year.denominator_amount),
        "ratio_percent": percent(year.ratio_percent),
        "target_percent": percent(year.target_percent),
        "gap_points": percent(year.gap_points),
        "gap_thousand_tenge": plain(year.gap),
        "gap_if_total_fixed": plain(year.gap_if_total_fixed),
    }


def ratio_line(year: RatioYear, language: Language) -> str:
    """One year of the ratio as a line for a person."""

    def shown(value: object) -> str:
        return "—" if value is None else str(value).replace(".", ",")

    return text(
        "cli.ratio.year",
        language,
        year=year.year,
        ratio=shown(year.ratio_percent),
        target=shown(year.target_percent),
        points=shown(year.gap_points),
        gap="—" if year.gap is None else table_amount(to_step(year.gap)),
        basis=text(f"basis.{year.basis.value}", language),
    )


def _basis_line(view: BudgetView, language: Language) -> str:
    decision = view.decision
    paper = text(
        f"decision.{decision.kind.value}",
        language,
        number=decision.number or "—",
        date=decision.date if decision.date else "—",
    )
    return f"{paper} · {text(f'basis.{view.basis.value}', language)}"


def _code(line: BudgetLine) -> str:
    return "" if line.code is None else str(line.code)


def _name(line: BudgetLine, language: Language) -> str:
    return line.name.text(language) or line.printed_name


def day(written: str | None) -> dt.date | None:
    """A day as written on the command line. Raises UsageProblem."""
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise UsageProblem("error.cli.date", written=written) from error

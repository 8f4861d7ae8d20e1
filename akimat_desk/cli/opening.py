"""``balances``, ``period``, ``office``: what a year opened with, what is closed, the office's own rules."""

from __future__ import annotations

import argparse
from dataclasses import replace

from sqlalchemy.orm import Session

from akimat_desk.budget.periods import closing
from akimat_desk.budget.periods.balances import (
    BalancePart,
    BoundKind,
    OpeningBalances,
    balance_findings,
    keep_balances,
    latest_balances,
)
from akimat_desk.budget.periods.closing import WHOLE_YEAR, ClosedPeriod, closed_periods, period_name
from akimat_desk.budget.periods.opening import opening_by_forms
from akimat_desk.cli.output import DONE, Output, amount_table
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core import dates
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding
from akimat_desk.core.money import from_plain, plain, table_amount
from akimat_desk.core.strings import text
from akimat_desk.places.service import UnitView
from akimat_desk.reports.office import OfficeRules, keep_office_rules, office_rules, read_programs
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def show_balances(arguments: argparse.Namespace, output: Output) -> int:
    """What the year opened with: bound, free, and whether the budget uses it rightly."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        return _balances(session, unit, arguments.year, output)


def set_balances(arguments: argparse.Namespace, output: Output) -> int:
    """Keep what the year opened with, as given or as the treasury's forms say."""
    parts = [_part(written) for written in arguments.bound]
    note = arguments.note
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
            if arguments.from_forms:
                found = opening_by_forms(session, unit.id, arguments.year)
                total, note = found.total, note or found.words.text(output.language)
                given = {part.kind for part in parts}
                if found.unpaid and BoundKind.UNPAID_OBLIGATIONS not in given:
                    parts.append(BalancePart(BoundKind.UNPAID_OBLIGATIONS, found.unpaid))
            else:
                total = _amount(arguments.total)
        keep_balances(workspace, DEFAULT_ACTOR, unit.id, arguments.year, total, parts, note)
        with workspace.reading() as session:
            return _balances(session, unit, arguments.year, output)


def list_period(arguments: argparse.Namespace, output: Output) -> int:
    """Every closing of a year."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        return _periods(closed_periods(session, unit.id, arguments.year), output)


def close_period(arguments: argparse.Namespace, output: Output) -> int:
    """Close a month, or without one the year."""
    month = arguments.month or WHOLE_YEAR
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
        closing.close_period(workspace, DEFAULT_ACTOR, unit.id, arguments.year, month)
        with workspace.reading() as session:
            return _periods(closed_periods(session, unit.id, arguments.year), output)


def reopen_period(arguments: argparse.Namespace, output: Output) -> int:
    """Open a closed month or year again; the reason is kept."""
    month = arguments.month or WHOLE_YEAR
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
        closing.reopen_period(workspace, DEFAULT_ACTOR, unit.id, arguments.year, month, arguments.reason)
        with workspace.reading() as session:
            return _periods(closed_periods(session, unit.id, arguments.year), output)


def show_office(arguments: argparse.Namespace, output: Output) -> int:
    """The office's own rules."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        return _office(office_rules(session), output)


def set_office(arguments: argparse.Namespace, output: Output) -> int:
    """Change the rules that are given; the others stay."""
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            rules = office_rules(session)
        if arguments.balances_count is not None:
            rules = replace(rules, balances_count=arguments.balances_count == "yes")
        if arguments.protected is not None:
            rules = replace(rules, protected=read_programs(arguments.protected, dates.today().year))
        if arguments.appendix:
            given = dict(written.partition("=")[::2] for written in arguments.appendix)
            rules = replace(rules, appendix={**rules.appendix, **given})
        keep_office_rules(workspace, DEFAULT_ACTOR, rules)
        with workspace.reading() as session:
            return _office(office_rules(session), output)


# --- inside ---------------------------------------------------------------------------------------


def _balances(session: Session, unit: UnitView, year: int, output: Output) -> int:
    opened = latest_balances(session, unit.id, year)
    if opened is None:
        raise UsageProblem("error.balances.none", year=year)
    findings = balance_findings(session, unit.id, year)
    output.json(_balances_json(opened, findings, unit, output))
    output.line(text("report.balances.row.whole", output.language, year=year))
    said = [("whole", opened.total), ("bound", opened.must_be_used), ("free", opened.free)]
    rows = [
        (text(f"report.balances.row.{name}", output.language, year=year), amount) for name, amount in said
    ]
    rows[2:2] = [
        (f"  {text(f'balances.kind.{kind}', output.language)}", amount)
        for kind, amount in opened.bound.items()
    ]
    for row in amount_table([(name, table_amount(amount)) for name, amount in rows]):
        output.line("  " + row)
    if opened.note:
        output.line(f"  {opened.note}")
    return output.findings(findings)


def _balances_json(
    opened: OpeningBalances, findings: list[Finding], unit: UnitView, output: Output
) -> dict[str, object]:
    return {
        "unit": unit.kato or unit.name.text(output.language),
        "year": opened.year,
        "total": plain(opened.total),
        "bound": {kind: plain(amount) for kind, amount in opened.bound.items()},
        "free": plain(opened.free),
        "note": opened.note,
        "findings": [finding.as_json(output.language) for finding in findings],
    }


def _part(written: str) -> BalancePart:
    kind, _, amount = written.partition("=")
    if kind not in set(BoundKind):
        raise UsageProblem("error.cli.bound_kind", kind=kind, kinds=", ".join(BoundKind))
    return BalancePart(BoundKind(kind), _amount(amount))


def _amount(written: str) -> int:
    try:
        return from_plain(written.replace(",", ".").strip())
    except ValueError:
        raise UsageProblem("error.cli.amount", written=written) from None


def _periods(periods: list[ClosedPeriod], output: Output) -> int:
    output.json(
        {
            "periods": [
                {
                    "year": each.year,
                    "month": each.month or None,
                    "closed_at": each.closed_at.isoformat(),
                    "reopened_at": each.reopened_at.isoformat() if each.reopened_at is not None else None,
                    "reason": each.reason,
                }
                for each in periods
            ]
        }
    )
    for each in periods:
        state = "closed" if each.reopened_at is None else "reopened"
        name = period_name(each.year, each.month).text(output.language)
        output.line(f"{name}: {text(f'cli.period.{state}', output.language, reason=each.reason)}")
    if not periods:
        output.say("cli.period.none")
    return DONE


def _office(rules: OfficeRules, output: Output) -> int:
    output.json(
        {
            "balances_count": rules.balances_count,
            "protected": [code.as_json() for code in rules.protected],
            "appendix": dict(rules.appendix),
        }
    )
    yes = text("ui.office.yes" if rules.balances_count else "ui.office.no", output.language)
    output.line(f"{text('ui.office.balances_count', output.language)}: {yes}")
    protected = ", ".join(map(str, rules.protected)) or "–"
    output.line(f"{text('ui.office.protected', output.language)}: {protected}")
    for row in amount_table(
        [(text(f"ui.office.form.{form}", output.language), number) for form, number in rules.appendix.items()]
    ):
        output.line("  " + row)
    return DONE

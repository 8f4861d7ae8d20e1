"""``execution import``: a treasury form shown beside what is stored, and taken in; ``execution outlook``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from akimat_desk.budget.execution.codebook import ChoiceKind, CodeChoice
from akimat_desk.budget.execution.forecast import Method
from akimat_desk.budget.execution.forms import EXECUTED, FormKind, Measure, MoneyUnit, Month
from akimat_desk.budget.execution.layouts import show_columns, stored_layouts
from akimat_desk.budget.execution.outlook import OutlookLine, outlook
from akimat_desk.budget.execution.preview import Preview, PreviewRow, RowState, preview
from akimat_desk.budget.execution.reading.columns import CodePart, ColumnsUnknown, Role, packed, role_from
from akimat_desk.budget.execution.reading.reader import (
    FormFile,
    ReadingChoices,
    read_form_data,
    read_form_file,
)
from akimat_desk.budget.execution.stored import code_of, facts, month_with_forms, months_with_forms
from akimat_desk.budget.execution.table import Column
from akimat_desk.budget.execution.taking_in import refuse, take_in
from akimat_desk.budget.execution.words import forecast_sentences, line_name
from akimat_desk.classification.packs import work_with
from akimat_desk.classification.service import workspace_book
from akimat_desk.cli.output import DONE, DONE_WITH_ERRORS, Output, amount_table
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up, plain, table_amount
from akimat_desk.core.strings import text
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

_MARKS = {
    RowState.NEW: "+",
    RowState.CHANGED: "~",
    RowState.SAME: " ",
    RowState.WRONG: "✗",
    RowState.SKIPPED: "·",
    RowState.GONE: "-",
}


def import_form(arguments: argparse.Namespace, output: Output) -> int:
    """Take a form in, or with ``--preview`` only show what would change."""
    month = _month(arguments.month)
    only_shown = bool(arguments.preview)
    columns = _columns(arguments.columns)
    with Workspace.open(arguments.workspace, read_only=only_shown) as workspace:
        with workspace.reading() as session:
            unit = chosen_unit(session, arguments, output.language)
            layouts = dict(stored_layouts(session))
            work_with(workspace_book(session))
        unit_of_amounts = MoneyUnit(arguments.amounts_in) if arguments.amounts_in else None
        file = _read(arguments.file, ReadingChoices(layouts, unit_of_amounts), columns, workspace, only_shown)
        decided = _choices(file.form.kind, arguments.map, arguments.skip)
        said = {"decided": decided, "month": month, "same_unit_said": bool(arguments.same_unit)}
        made: int | None = None
        if only_shown:
            with workspace.reading() as session:
                seen = preview(session, unit.id, file.form, **said)  # type: ignore[arg-type]
            refuse(seen)
        else:
            source = (file.name, file.data) if file.data is not None else None
            taken = take_in(workspace, DEFAULT_ACTOR, unit.id, file.form, source, **said)  # type: ignore[arg-type]
            seen, made = taken.preview, taken.form_id
    output.json(form_json(seen, made, output.language))
    _show(seen, output)
    counts = {state.value: seen.counts.get(state, 0) for state in RowState}
    if only_shown:
        output.say("cli.form.previewed", **counts)
    elif made is None:
        output.say("cli.form.nothing_changes")
    else:
        output.say("cli.form.stored", id=made, **counts)
    status = output.findings(seen.all_findings())
    return DONE_WITH_ERRORS if seen.counts.get(RowState.WRONG) else status


def form_json(seen: Preview, made: int | None, language: Language) -> dict[str, object]:
    """A form with what each of its rows does, in the contract's style."""
    form = seen.form
    return {
        "form": {
            "kind": form.kind.value,
            "as_of": form.as_of.isoformat() if form.as_of else None,
            "month": str(seen.month) if seen.month else None,
            "unit": seen.unit.kato or seen.unit.name.text(language),
            "institution": {"code": form.institution_code or None, "name": form.institution or None},
            "amounts_in": form.unit.value,
        },
        "document": made,
        "supersedes": seen.before.id if seen.before else None,
        "counts": {state.value: seen.counts.get(state, 0) for state in RowState},
        "rows": [_row_json(row, language) for row in seen.rows],
        "findings": [finding.as_json(language) for finding in (*seen.refusals, *seen.findings)],
    }


def _row_json(row: PreviewRow, language: Language) -> dict[str, object]:
    return {
        "row": row.row or None,
        "status": row.state.value,
        "printed_code": row.printed_code,
        "code": row.code.as_json() if row.code is not None else {},
        "name_kk": row.name.kk,
        "name_ru": row.name.ru,
        "amounts": {measure.value: plain(amount) for measure, amount in row.amounts.items()},
        "before": None
        if row.before is None
        else {measure.value: plain(amount) for measure, amount in row.before.items()},
        "findings": [finding.as_json(language) for finding in row.problems],
    }


def _show(seen: Preview, output: Output) -> None:
    measure = EXECUTED[seen.form.kind]
    kind = text(f"form.kind.{seen.form.kind.value}", output.language)
    head = {"kind": kind, "month": seen.month or "—", "unit": seen.unit.name.text(output.language)}
    output.line(text("cli.form.head", output.language, **head))
    rows = []
    for row in seen.rows:
        amounts = row.before if row.state is RowState.GONE and row.before else row.amounts
        label = f"{_MARKS[row.state]} {row.printed_code:<20} {row.name.text(output.language)[:60]}"
        rows.append((label, table_amount(amounts.get(measure))))
    for line in amount_table(rows):
        output.line("  " + line)


def _read(
    name: str,
    choices: ReadingChoices,
    columns: dict[int, Role] | None,
    workspace: Workspace,
    only_shown: bool,
) -> FormFile:
    """Read the form; where its columns are not recognised, with those shown, which are remembered."""
    data = sys.stdin.buffer.read() if name == "-" else None

    def read(with_: ReadingChoices) -> FormFile:
        return read_form_file(Path(name), with_) if data is None else read_form_data(data, "-", with_)

    try:
        return read(choices)
    except ColumnsUnknown as unknown:
        if columns is None:
            raise
        shown = {**choices.layouts, unknown.question.signature: columns}
        file = read(ReadingChoices(shown, choices.unit))
        if not only_shown:
            show_columns(workspace, DEFAULT_ACTOR, unknown.question.signature, packed(columns))
        return file


def _month(written: str | None) -> Month | None:
    if written is None:
        return None
    year, dash, month = written.partition("-")
    if not (dash and year.isdigit() and month.isdigit() and len(year) == 4 and 1 <= int(month) <= 12):
        raise UsageProblem("error.form.bad_month", written=written)
    return Month(int(year), int(month))


def _columns(written: str | None) -> dict[int, Role] | None:
    """``1=code,2=name,5=paid`` as columns counted from 0."""
    if written is None:
        return None
    columns: dict[int, Role] = {}
    for part in written.split(","):
        number, _, role = part.strip().partition("=")
        try:
            columns[int(number) - 1] = role_from(role.strip())
        except ValueError as error:
            roles = ", ".join([*CodePart, *Measure])
            raise UsageProblem("error.form.bad_columns", written=part, roles=roles) from error
    return columns


def _choices(kind: FormKind, mapped: list[str], skipped: list[str]) -> dict[str, CodeChoice]:
    decided = {printed: CodeChoice(ChoiceKind.SKIP) for printed in skipped}
    for written in mapped:
        printed, equals, whole = written.partition("=")
        if not equals or not printed or not whole:
            raise UsageProblem("error.form.bad_choice", written=written)
        try:
            decided[printed] = CodeChoice(ChoiceKind.MAP, code_of(kind, whole))
        except TypeError as error:  # more parts than a code has
            raise UsageProblem("error.form.bad_choice", written=written) from error
    return decided


def show_outlook(arguments: argparse.Namespace, output: Output) -> int:
    """What the year will come to, line by line, and what is off its usual pace."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        month = month_with_forms(session, unit.id, arguments.year, arguments.month)
        method = Method(arguments.method) if arguments.method else None
        ahead = outlook(session, unit.id, month, method)
    warnings = ahead.warnings()
    output.json(
        {
            "unit": unit.kato or unit.name.text(output.language),
            "month": str(month),
            "learned_from": list(ahead.years),
            "method": ahead.method.value if ahead.method is not None else None,
            "lines": [_outlook_json(line) for line in ahead.lines],
            "findings": [finding.as_json(output.language) for finding in warnings],
        }
    )
    for line in ahead.lines:
        if line.row.level == 0 and line.best is not None:
            said = " ".join(forecast_sentences(line, ahead.method, output.language))
            output.line(f"{line_name(line, output.language)}: {said}")
    return output.findings(warnings)


def _outlook_json(line: OutlookLine) -> dict[str, object]:
    code = line.row.parsed_code
    return {
        "section": line.row.section.value,
        "code": code.as_json() if code is not None else {},
        "name_kk": line.row.name.kk,
        "name_ru": line.row.name.ru,
        "plan": plain(line.row.amount(Column.ADJUSTED)),
        "executed": plain(line.row.amount(Column.EXECUTED)),
        "forecasts": [
            {
                "method": said.method.value,
                "amount": plain(said.amount),
                "error_percent": None if said.error is None else str(half_up(said.error * 100, 1)),
                "tried_on_years": said.tried,
            }
            for said in line.said
        ],
        "usual": plain(line.pace.usual) if line.pace is not None else None,
        "off_pace": plain(line.pace.off) if line.pace is not None else None,
    }


def export_form(arguments: argparse.Namespace, output: Output) -> int:
    """A month's facts as a plain workbook for 1C, which reads back as it was written."""
    from akimat_desk.reports.plain_form import write_plain_form

    kind = FormKind(arguments.form)
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        month = month_with_forms(session, unit.id, arguments.year, arguments.month)
        there = months_with_forms(session, unit.id, month.year)[month.month]
        form = next((each for each in there if each.kind is kind), None)
        if form is None:
            raise UsageProblem("error.form.none_of_kind", form=kind.value, month=str(month))
        lines = facts(session, form)
    language = Language.KK if output.language is Language.KK else Language.RU
    write_plain_form(form, lines, arguments.out, language)
    output.json({"form": kind.value, "month": str(month), "rows": len(lines), "out": str(arguments.out)})
    output.say("cli.report.done", path=str(arguments.out))
    return DONE

"""Storing forms: taken in from a file or the clipboard, typed, withdrawn. One public call, one change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from akimat_desk.budget.decisions.findings_store import pack, unpack
from akimat_desk.budget.execution.codebook import CodeChoice
from akimat_desk.budget.execution.forms import EXECUTED, KEPT, FormKind, Month, ReadForm
from akimat_desk.budget.execution.preview import Preview, PreviewRow, RowState, preview
from akimat_desk.budget.execution.stored import (
    Fact,
    FormView,
    Source,
    form_by_id,
    forms,
    in_force,
)
from akimat_desk.budget.execution.tables import (
    ExecutionChoice,
    ExecutionFact,
    ExecutionForm,
    ExecutionReason,
)
from akimat_desk.budget.periods.closing import refuse_closed
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.changes import Change
from akimat_desk.storage.workspace import Actor, Workspace


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of taking in a form. ``form_id`` is None when the same figures were stored already."""

    form_id: int | None
    preview: Preview


class _NothingChanges(Exception):
    """Ends a change in which there is nothing to change."""


def take_in(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    form: ReadForm,
    source: tuple[str, bytes] | None = None,
    *,
    decided: Mapping[str, CodeChoice] | None = None,
    month: Month | None = None,
    same_unit_said: bool = False,
) -> TakenIn:
    """Store a form: every row that is right, in one change; wrong rows stay out and are kept as notes.

    A form of a month that has one already supersedes it. The same figures again store nothing.
    ``decided`` are choices about unknown codes, kept for the next forms. Raises RuleBroken when the
    form as a whole cannot be taken in (no date, another unit or month, another unit of amounts,
    no row that is right); then nothing is stored.
    """
    seen: Preview | None = None
    try:
        with workspace.changing(actor, "execution.taken_in") as change:
            seen = preview(
                change.session, unit_id, form, decided=decided, month=month, same_unit_said=same_unit_said
            )
            refuse(seen)
            _keep_choices(change, unit_id, form.kind, decided or {})
            if not seen.changes:
                if not decided:
                    raise _NothingChanges
                return TakenIn(None, seen)
            if seen.month is not None:
                refuse_closed(change.session, unit_id, seen.month.year, seen.month.month)
            attachment = keep_attachment(change, *source) if source is not None else None
            made = _write(change, seen, Source.FILE if source is not None else Source.PASTED, attachment)
            change.fields |= {"kind": form.kind.value, "month": str(seen.month), "rows": len(seen.rows)}
            return TakenIn(made, seen)
    except _NothingChanges:
        assert seen is not None
        return TakenIn(None, seen)


def refuse(seen: Preview) -> None:
    """Raise RuleBroken where a form as a whole cannot be taken in."""
    if seen.refusals:
        first = seen.refusals[0]
        raise RuleBroken(f"error.{first.code}", **first.fields)
    if not any(row.state in (RowState.NEW, RowState.CHANGED, RowState.SAME) for row in seen.rows):
        raise RuleBroken("error.form.all_wrong", count=len(seen.rows))


def save_typed(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    kind: FormKind,
    month: Month,
    lines: Sequence[Fact],
) -> int:
    """Keep what was typed for a month, as a form of its own that supersedes the one before.

    Raises RuleBroken without any line, with a line that does not say what was executed, for a closed
    month.
    """
    if not lines or any(line.amounts.get(EXECUTED[kind]) is None for line in lines):
        raise RuleBroken("error.form.typed_incomplete")
    with workspace.changing(actor, "execution.typed", kind=kind.value, month=str(month)) as change:
        refuse_closed(change.session, unit_id, month.year, month.month)
        stored = in_force(forms(change.session, unit_id, month.year))
        before = next((f for f in stored if f.kind is kind and f.month == month), None)
        row = ExecutionForm(
            unit_id=unit_id,
            kind=kind.value,
            year=month.year,
            month=month.month,
            as_of=month.last_day + dt.timedelta(days=1),
            institution_code=before.institution_code if before else "",
            institution=before.institution if before else "",
            source=Source.TYPED.value,
            supersedes_id=before.id if before else None,
            created_at=dt.datetime.now(dt.UTC),
            created_by=actor.name,
            reason="",
            notes="[]",
        )
        change.session.add(row)
        change.session.flush()
        _insert_facts(change, row.id, kind, lines)
        change.touch("execution", row.id)
        return row.id


def withdraw(workspace: Workspace, actor: Actor, form_id: int, reason: str) -> None:
    """Take a form back: the one it superseded answers again, else its month is missing.

    Raises RuleBroken without a reason, for one that is withdrawn already, for a closed month;
    UsageProblem for an unknown one.
    """
    if not reason.strip():
        raise RuleBroken("error.form.reason_needed")
    with workspace.changing(actor, "execution.withdrawn") as change:
        row = form_by_id(change.session, form_id)
        if row.withdrawn_at is not None:
            raise RuleBroken("error.form.withdrawn")
        refuse_closed(change.session, row.unit_id, row.year, row.month)
        row.withdrawn_at = dt.datetime.now(dt.UTC)
        row.reason = reason.strip()
        change.touch("execution", form_id)


def write_reason(
    workspace: Workspace, actor: Actor, unit_id: int, month: Month, code: str, text: str
) -> None:
    """Keep why a line (its stored code) is off its plan in a month; an empty text takes it away."""
    with workspace.changing(actor, "execution.reason", month=str(month), code=code) as change:
        row = change.session.scalar(
            select(ExecutionReason).where(
                ExecutionReason.unit_id == unit_id,
                ExecutionReason.year == month.year,
                ExecutionReason.month == month.month,
                ExecutionReason.code == code,
            )
        )
        said = text.strip()
        if not said:
            if row is not None:
                change.session.delete(row)
            change.touch("execution", row.id if row is not None else 0)
            return
        if row is None:
            row = ExecutionReason(unit_id=unit_id, year=month.year, month=month.month, code=code)
            change.session.add(row)
        row.text, row.written_at, row.written_by = said, dt.datetime.now(dt.UTC), actor.name
        change.session.flush()
        change.touch("execution", row.id)


def note_findings(form: FormView) -> list[Finding]:
    """What was said of a form when it was taken in."""
    return [unpack(note["code"], note["severity"], note["content"]) for note in json.loads(form.notes)]


def _write(change: Change, seen: Preview, source: Source, attachment: int | None) -> int:
    assert seen.month is not None
    assert seen.form.as_of is not None
    row = ExecutionForm(
        unit_id=seen.unit.id,
        kind=seen.form.kind.value,
        year=seen.month.year,
        month=seen.month.month,
        as_of=seen.form.as_of,
        institution_code=seen.form.institution_code,
        institution=seen.form.institution,
        source=source.value,
        attachment_id=attachment,
        supersedes_id=seen.before.id if seen.before else None,
        created_at=dt.datetime.now(dt.UTC),
        created_by=change.actor.name,
        reason="",
        notes=_notes(seen.all_findings()),
    )
    change.session.add(row)
    change.session.flush()
    kept = [line for each in seen.rows if (line := _fact(each)) is not None]
    _insert_facts(change, row.id, seen.form.kind, kept)
    change.touch("execution", row.id)
    return row.id


def _fact(row: PreviewRow) -> Fact | None:
    """What is stored of a row. A wrong row of a known line leaves the line as it was stored before."""
    if row.code is None or row.state is RowState.GONE:
        return None
    amounts = row.before if row.state is RowState.WRONG else row.amounts
    if amounts is None:
        return None
    # What a wrong row keeps was not read from it.
    at = None if row.state is RowState.WRONG else row.row
    return Fact(0, row.code, row.name, row.kind, amounts, at)


def _insert_facts(change: Change, form_id: int, kind: FormKind, lines: Iterable[Fact]) -> None:
    rows = [
        {
            "form_id": form_id,
            "position": position,
            "code": line.code.stored,
            "kind": line.kind.value,
            "name_kk": line.name.kk,
            "name_ru": line.name.ru,
            "row": line.row,
            **{measure.value: line.amounts.get(measure) for measure in KEPT[kind]},
        }
        for position, line in enumerate(lines)
    ]
    if rows:
        change.session.execute(insert(ExecutionFact), rows)


def _notes(findings: Iterable[Finding]) -> str:
    packed = [
        {"code": each.code, "severity": each.severity.value, "content": pack(each)} for each in findings
    ]
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


def _keep_choices(change: Change, unit_id: int, kind: FormKind, decided: Mapping[str, CodeChoice]) -> None:
    for printed, choice in decided.items():
        row = change.session.scalar(
            select(ExecutionChoice).where(
                ExecutionChoice.unit_id == unit_id,
                ExecutionChoice.kind == kind.value,
                ExecutionChoice.printed == printed,
            )
        )
        if row is None:
            row = ExecutionChoice(unit_id=unit_id, kind=kind.value, printed=printed)
            change.session.add(row)
        row.choice = choice.kind.value
        row.code = choice.code.stored if choice.code is not None else None
        row.name_kk, row.name_ru = choice.name.kk, choice.name.ru
        if choice.kind.value != "skip" and choice.code is None:
            raise UsageProblem("error.form.choice_without_code", code=printed)

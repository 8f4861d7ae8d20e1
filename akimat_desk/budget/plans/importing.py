"""Taking a plan in from a file, in two steps: a preview of every row, then one change.

The same file again changes nothing; a corrected one shows the difference; rows that are wrong say so
and the others can be taken in. A code that the classification does not know is not taken in unless
the person says so: it then keeps the name that the file prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from akimat_desk.budget.plans.columns import PLAN_LAYOUTS
from akimat_desk.budget.plans.commands import draft_plan, take_in_plan
from akimat_desk.budget.plans.documents import sheet_of
from akimat_desk.budget.plans.heads import Unit
from akimat_desk.budget.plans.questions import budget_limits, plan_in_force
from akimat_desk.budget.plans.reading import PlanRow, ReadPlan, read_plan
from akimat_desk.budget.plans.sheet import LineKey, Months, PlanSheet, ordered
from akimat_desk.budget.shown_columns import Shown, remember_columns, shown_columns
from akimat_desk.classification.codes import Code
from akimat_desk.classification.packs import pack_for
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity, by_weight
from akimat_desk.core.language import Trilingual
from akimat_desk.core.progress import Task
from akimat_desk.intake import SourceDocument, load_file, read_bytes, read_pasted
from akimat_desk.storage.workspace import Actor, Workspace


class RowState(StrEnum):
    """What taking a row in would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNKNOWN = "unknown"  # a code that the classification does not know


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row beside what is there now (``before``; None for a new one). ``row`` counts from 1."""

    state: RowState
    key: LineKey
    months: Months
    before: Months | None
    name: Trilingual
    row: int


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """A file as it would be taken in. Rows that cannot be are in ``findings``, each with its reason."""

    year: int
    unit: Unit
    rows: tuple[PreviewRow, ...]
    findings: tuple[Finding, ...]
    source_name: str
    source_data: bytes = field(repr=False, default=b"")

    @property
    def counts(self) -> Mapping[RowState, int]:
        """How many rows of each state."""
        counted = Counter(row.state for row in self.rows)
        return {state: counted[state] for state in RowState}

    def sheet(self, *, keep_unknown: bool = False) -> PlanSheet:
        """What is taken in; codes that nothing knows only with ``keep_unknown``."""
        taken = [row for row in self.rows if keep_unknown or row.state is not RowState.UNKNOWN]
        names: dict[Code, Trilingual] = {
            row.key.code: row.name for row in taken if row.state is RowState.UNKNOWN
        }
        return PlanSheet(self.year, ordered({row.key: row.months for row in taken}), names)

    def changes_anything(self, *, keep_unknown: bool = False) -> bool:
        """Whether taking it in would change the plan."""
        states = {row.state for row in self.rows}
        return bool(states & {RowState.NEW, RowState.CHANGED}) or (
            keep_unknown and RowState.UNKNOWN in states
        )


def preview_file(
    session: Session,
    unit_id: int,
    year: int,
    path: Path,
    task: Task | None = None,
    shown: Mapping[str, Shown] | None = None,
) -> PlanPreview:
    """A file beside the plan that is there; ``shown`` are columns shown for it that are not kept yet.

    Raises InputRefused (PlanColumnsUnknown too), EnvironmentProblem.
    """
    data = load_file(path)
    return preview(session, unit_id, year, read_bytes(data, path.name, task), (path.name, data), shown)


def preview_pasted(session: Session, unit_id: int, year: int, text: str) -> PlanPreview:
    """A table from the clipboard beside the plan that is there. Raises InputRefused."""
    return preview(session, unit_id, year, read_pasted(text), ("pasted.txt", text.encode()))


def show_plan_columns(workspace: Workspace, actor: Actor, signature: str, shown: Shown) -> None:
    """Remember the columns of a kind of plan's table (``columns.packed``)."""
    remember_columns(workspace, actor, "plan.layout", PLAN_LAYOUTS, signature, shown)


def preview(
    session: Session,
    unit_id: int,
    year: int,
    source: SourceDocument,
    kept: tuple[str, bytes],
    shown: Mapping[str, Shown] | None = None,
) -> PlanPreview:
    """A file's content beside the draft of the year's plan, else beside the plan in force."""
    layouts = {**shown_columns(session, PLAN_LAYOUTS), **(shown or {})}
    read = read_plan(source, year, budget_limits(session, unit_id, year), layouts)
    draft = draft_plan(session, unit_id, year)
    present = sheet_of(draft) if draft is not None else plan_in_force(session, unit_id, year)
    present = present or PlanSheet(year)
    rows = tuple(_row(row, present) for row in read.rows)
    unknown = [_unknown(row, read) for row in rows if row.state is RowState.UNKNOWN]
    findings = by_weight([*read.findings, *unknown])
    return PlanPreview(year, read.unit, rows, tuple(findings), kept[0], kept[1])


def take_in(
    workspace: Workspace, actor: Actor, unit_id: int, seen: PlanPreview, *, keep_unknown: bool = False
) -> int | None:
    """Take a preview in as (or into) the draft of the year's plan. Returns its id.

    None when nothing would change. Raises UsageProblem when not one row can be taken, RuleBroken
    when the plan is approved already or the year is closed.
    """
    sheet = seen.sheet(keep_unknown=keep_unknown)
    if not sheet.lines:
        raise UsageProblem("error.plan.nothing_taken", count=len(seen.findings))
    if not seen.changes_anything(keep_unknown=keep_unknown):
        return None
    return take_in_plan(workspace, actor, unit_id, sheet, (seen.source_name, seen.source_data))


def _row(row: PlanRow, present: PlanSheet) -> PreviewRow:
    entry = pack_for(present.year).lookup(row.key.code)
    own = present.names.get(row.key.code)
    before = present.lines.get(row.key)
    if entry is None and own is None:
        return PreviewRow(RowState.UNKNOWN, row.key, row.months, before, _printed(row.printed_name), row.row)
    name = own or (entry.name if entry is not None else Trilingual())
    state = RowState.SAME if before == row.months else RowState.CHANGED
    if before is None:
        state = RowState.NEW
    return PreviewRow(state, row.key, row.months, before, name, row.row)


def _printed(name: str) -> Trilingual:
    """A name as a file prints it: one language, or both with a stroke between them."""
    kk, stroke, ru = name.partition(" / ")
    return Trilingual(kk, ru) if stroke else Trilingual(name, name)


def _unknown(row: PreviewRow, read: ReadPlan) -> Finding:
    return Finding(
        "plan.row_code_unknown",
        Severity.ERROR,
        {"row": row.row, "code": str(row.key.code), "name": row.name, "year": read.year},
        where=Place(year=read.year, code=str(row.key.code), row=row.row),
    )

"""From a file to stored documents: the whole way, for the command line, the window and the demo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from akimat_desk.budget.decisions.matching import find_unit
from akimat_desk.budget.decisions.service import decision_findings, store_decision
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.core.errors import InputRefused, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.progress import Task
from akimat_desk.intake import load_file, read_bytes
from akimat_desk.places.service import UnitView, units
from akimat_desk.storage.workspace import Actor, Workspace


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A decision as read together with the file it came from."""

    name: str
    data: bytes
    decision: ReadDecision


@dataclass(frozen=True, slots=True)
class Stored:
    """One document that was stored, and everything to be said of it."""

    document_id: int
    unit: UnitView
    findings: tuple[Finding, ...]


def read_decision_file(path: Path, task: Task | None = None) -> DecisionFile:
    """Read a decision from a file. Raises InputRefused, EnvironmentProblem."""
    return read_decision_data(load_file(path), path.name, task)


def read_decision_data(data: bytes, name: str, task: Task | None = None) -> DecisionFile:
    """Read a decision from a file's content. Raises InputRefused, also when no budget is in it."""
    task = task or Task()
    decision = read_decision(read_bytes(data, name, task), task)
    refuse_empty(decision)
    return DecisionFile(name, data, decision)


def refuse_empty(decision: ReadDecision) -> None:
    """Raises InputRefused for a text in which no figure and no annex of a budget was found."""
    understood = any(
        unit.annexes or any(amount is not None for amount in unit.figures.values()) for unit in decision.units
    )
    if not understood:
        raise InputRefused("error.decision.nothing_read")


def assign_units(
    decision: ReadDecision, there: list[UnitView], chosen: UnitView | None = None
) -> list[tuple[ReadUnit, UnitView]]:
    """Which read unit belongs to which unit of the workspace.

    By name; a text with a single unit belongs to the only (or the chosen) unit whatever it is
    called. Raises UsageProblem when no unit of the text fits.
    """
    only = chosen or (there[0] if len(there) == 1 else None)
    if only is not None and len(decision.units) == 1:
        return [(decision.units[0], only)]
    wanted = [chosen] if chosen is not None else there
    pairs = [(read, unit) for read in decision.units if (unit := find_unit(read.name, wanted)) is not None]
    if not pairs:
        names = "; ".join(read.name or "—" for read in decision.units)
        raise UsageProblem("error.decision.no_unit_fits", names=names)
    return pairs


def store(
    workspace: Workspace,
    actor: Actor,
    file: DecisionFile,
    pairs: Iterable[tuple[ReadUnit, UnitView]],
    *,
    confirm: bool,
    reason: str = "",
) -> list[Stored]:
    """Store what was read, one document per unit, as drafts or confirmed.

    On any refusal nothing is stored; see :func:`store_decision` for what is refused.
    """
    paired = list(pairs)
    documents = store_decision(
        workspace,
        actor,
        file.decision,
        [(read, unit.id) for read, unit in paired],
        (file.name, file.data),
        confirm=confirm,
        reason=reason,
    )
    with workspace.reading() as session:
        return [
            Stored(
                document_id,
                unit,
                (*decision_findings(session, document_id), *unit_findings(read, unit)),
            )
            for document_id, (read, unit) in zip(documents, paired, strict=True)
        ]


def unit_findings(read: ReadUnit, unit: UnitView) -> list[Finding]:
    """A warning when the text names another unit than the one it is stored for."""
    if not read.name or find_unit(read.name, [unit]) is not None:
        return []
    return [
        Finding(
            "decision.unit_differs",
            Severity.WARNING,
            {"read": read.name, "unit": unit.name},
            where=Place(unit=unit.name.text(Language.KK)),
        )
    ]


def workspace_units(workspace: Workspace) -> list[UnitView]:
    """The units of a workspace."""
    with workspace.reading() as session:
        return units(session)

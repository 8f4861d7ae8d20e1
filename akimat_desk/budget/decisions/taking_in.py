"""From a decision as read to stored documents: for the command line, the window and the example."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from akimat_desk.budget.decisions.commands import NewUnit, store_decision
from akimat_desk.budget.decisions.matching import find_unit
from akimat_desk.budget.decisions.questions import decision_findings, decision_unit
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.reading.files import DecisionFile
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language
from akimat_desk.places.service import UnitKind, UnitView, unit_by_id, units
from akimat_desk.storage.workspace import Actor, Workspace


@dataclass(frozen=True, slots=True)
class Stored:
    """One document that was stored, and everything to be said of it."""

    document_id: int
    unit: UnitView
    findings: tuple[Finding, ...]


def assign_units(
    decision: ReadDecision, there: list[UnitView], chosen: UnitView | None = None
) -> list[tuple[ReadUnit, UnitView | NewUnit]]:
    """Which read unit belongs to which unit of the workspace.

    By name; a text with a single unit belongs to the only (or the chosen) unit whatever it is
    called. In a raion's or oblast's workspace a unit that is not there yet is a new one below it.
    Raises UsageProblem when no unit of the text fits.
    """
    above = next((unit for unit in there if unit.kind in (UnitKind.RAION, UnitKind.OBLAST)), None)
    below = [unit for unit in there if unit.kind not in (UnitKind.RAION, UnitKind.OBLAST)]
    only = chosen or (below[0] if above is None and len(below) == 1 else None)
    if only is not None and len(decision.units) == 1:
        return [(decision.units[0], only)]
    wanted = [chosen] if chosen is not None else below
    pairs: list[tuple[ReadUnit, UnitView | NewUnit]] = []
    for read in decision.units:
        unit = find_unit(read.name, wanted)
        if unit is not None:
            pairs.append((read, unit))
        elif above is not None and chosen is None and read.name:
            pairs.append((read, NewUnit(read.name, decision.language, above.id)))
    if not pairs:
        names = "; ".join(read.name or "—" for read in decision.units)
        raise UsageProblem("error.decision.no_unit_fits", names=names)
    return pairs


def store(
    workspace: Workspace,
    actor: Actor,
    file: DecisionFile,
    pairs: Iterable[tuple[ReadUnit, UnitView | NewUnit]],
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
        [(read, unit if isinstance(unit, NewUnit) else unit.id) for read, unit in paired],
        (file.name, file.data),
        confirm=confirm,
        reason=reason,
    )
    stored = []
    with workspace.reading() as session:
        for document_id, (read, _) in zip(documents, paired, strict=True):
            unit = unit_by_id(session, decision_unit(session, document_id))
            findings = (*decision_findings(session, document_id), *unit_findings(read, unit))
            stored.append(Stored(document_id, unit, findings))
    return stored


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

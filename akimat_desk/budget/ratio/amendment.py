"""A what-if turned into a draft of an amendment: the lines it moves are changed, everything else stays."""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.decisions.commands import delete_draft
from akimat_desk.budget.decisions.editions import Origin
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.edits import Amount, SetAmounts, TakeTextFromLines
from akimat_desk.budget.drafts.service import apply_edit
from akimat_desk.budget.ratio.levers import Lever, reckon
from akimat_desk.budget.ratio.scenarios import lay_out
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.core.errors import AkimatError, RuleBroken, UsageProblem
from akimat_desk.storage.workspace import Actor, Workspace


def draft_amendment(
    workspace: Workspace, actor: Actor, unit_id: int, year: int, levers: Sequence[Lever]
) -> int:
    """Make a draft of an amendment with the levers put in; returns its id.

    Raises UsageProblem: no decision answers for the year, nothing is moved; RuleBroken: a lever's line
    is not in the budget in force. What cannot be put in leaves no draft behind.
    """
    with workspace.reading() as session:
        outcome = reckon(lay_out(session, unit_id, year), levers, Variant.TOTAL_REVENUE)
    if outcome.lost:
        raise RuleBroken("error.ratio.lines_lost", lines=", ".join(lever.line for lever in outcome.lost))
    if not outcome.moved:
        raise UsageProblem("error.ratio.scenario_empty")
    amounts = tuple(
        Amount(LineKey.of_code(moved.line.side, moved.line.code), year, moved.amount)
        for moved in outcome.moved
    )
    document_id = start_amendment(workspace, actor, unit_id, year)
    try:
        apply_edit(workspace, actor, document_id, SetAmounts(amounts, Origin.ESTIMATED))
        apply_edit(workspace, actor, document_id, TakeTextFromLines(year))
    except AkimatError:
        delete_draft(workspace, actor, document_id)
        raise
    return document_id

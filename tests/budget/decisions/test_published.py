"""Published decisions, from their text to the stored budget and back: no figure changes on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from akimat_desk.budget.decisions.questions import budget_as_of, decision_findings
from akimat_desk.budget.decisions.taking_in import assign_units, store
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.files import read_decision_file
from akimat_desk.core.findings import has_errors
from akimat_desk.core.money import from_plain
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

CASES = Path(__file__).parents[2] / "data" / "cases" / "texts"


@pytest.mark.parametrize("case", sorted(path.stem for path in CASES.glob("*.txt")))
def test_what_was_published_is_what_is_stored(workspace: Workspace, okrug: UnitView, case: str) -> None:
    expected = json.loads((CASES / f"{case}.json").read_text("utf-8"))
    file = read_decision_file(CASES / f"{case}.txt")
    [stored] = store(
        workspace,
        DEFAULT_ACTOR,
        file,
        assign_units(file.decision, [okrug]),
        confirm=True,
        reason="adopted so",
    )
    with workspace.reading() as session:
        view = budget_as_of(session, okrug.id, expected["first_year"])
        findings = decision_findings(session, stored.document_id)
    assert {figure.value: amount for figure, amount in view.figures.items()} == {
        figure.value: None
        if (amount := expected["figures"].get(figure.value)) is None
        else from_plain(amount)
        for figure in Figure
    }
    unbalanced = any(difference not in (None, "0", "0.0") for difference in expected["identities"].values())
    assert has_errors(findings) is unbalanced

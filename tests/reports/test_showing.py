"""From a document to the reports that show it: each can be made as it is named."""

from __future__ import annotations

import pytest

from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.decisions.questions import decisions
from akimat_desk.core.errors import UsageProblem
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.registry import build
from akimat_desk.reports.showing import Shown, ShownAs, reports_showing
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def _shown(workspace: Workspace, document_id: int) -> list[Shown]:
    with workspace.reading() as session:
        return reports_showing(session, document_id)


def _answered(workspace: Workspace, document_id: int) -> list[int]:
    return [shown.year for shown in _shown(workspace, document_id) if shown.shown_as is ShownAs.ANSWER]


def test_every_report_that_shows_a_document(example: tuple[Workspace, int]) -> None:
    workspace, unit = example
    with workspace.reading() as session:
        of_2024, of_2025, decision, amendment = (each.id for each in decisions(session, unit))
    assert {(s.report_id, s.year, s.shown_as) for s in _shown(workspace, decision)} == {
        ("annex", 2026, ShownAs.ITSELF), ("decision_text", 2026, ShownAs.ITSELF),
        ("before_after", 2026, ShownAs.BEFORE),
    }  # fmt: skip
    assert [s.year for s in _shown(workspace, amendment) if s.shown_as is ShownAs.ANSWER] == [
        2026,
        2027,
        2028,
    ]
    assert [s.year for s in _shown(workspace, of_2025) if s.shown_as is ShownAs.ANSWER] == [2025]
    assert [s.report_id for s in _shown(workspace, of_2024)] == [
        "annex", "decision_text", "self_sufficiency"
    ]  # fmt: skip


def test_each_can_be_made_as_it_is_named(example: tuple[Workspace, int]) -> None:
    workspace, unit = example
    with workspace.reading() as session:
        for document in decisions(session, unit):
            for shown in reports_showing(session, document.id):
                assert build(
                    shown.report_id, session, unit, shown.year, DocLanguage.RU, document_id=shown.document_id
                )


def test_a_draft_is_shown_by_its_own_reports_only(example: tuple[Workspace, int]) -> None:
    workspace, unit = example
    draft = start_amendment(workspace, DEFAULT_ACTOR, unit, 2026)
    shown = _shown(workspace, draft)
    assert {s.document_id for s in shown} == {draft}
    assert ("amending_decision", ShownAs.CHANGE) in {(s.report_id, s.shown_as) for s in shown}
    with workspace.reading() as session, pytest.raises(UsageProblem):
        reports_showing(session, 999)

"""From a document to the reports that show it: each can be made as it is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.store import adjustment_documents
from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.decisions.questions import decisions
from akimat_desk.budget.execution.stored import months_with_forms
from akimat_desk.budget.grounds import Grounds
from akimat_desk.budget.periods.balances import latest_balances
from akimat_desk.budget.plans.documents import documents_of
from akimat_desk.core.errors import UsageProblem
from akimat_desk.meetings.record import meetings
from akimat_desk.reports import document as doc
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.papers import Paper, PaperKind, Shown, ShownAs
from akimat_desk.reports.registry import REPORTS, build
from akimat_desk.reports.showing import papers_of, plan_paper, reports_showing
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def _shown(workspace: Workspace, document_id: int) -> list[Shown]:
    with workspace.reading() as session:
        return reports_showing(session, Paper(PaperKind.DECISION, document_id))


def _answered(workspace: Workspace, document_id: int) -> list[int]:
    """The years for which it is the budget of the statement of self-sufficiency."""
    return [s.year for s in _shown(workspace, document_id) if s.report_id == "self_sufficiency"]


def test_every_report_that_shows_a_document(example: tuple[Workspace, int]) -> None:
    workspace, unit = example
    with workspace.reading() as session:
        of_2024, of_2025, decision, amendment = (each.id for each in decisions(session, unit))
    assert {(s.report_id, s.year, s.shown_as) for s in _shown(workspace, decision)} == {
        ("annex", 2026, ShownAs.ITSELF), ("decision_text", 2026, ShownAs.ITSELF),
        ("before_after", 2026, ShownAs.BEFORE), ("ratio_analysis", 2026, ShownAs.STAGE),
        ("ratio_analysis", 2027, ShownAs.STAGE), ("ratio_analysis", 2028, ShownAs.STAGE),
    }  # fmt: skip
    assert _answered(workspace, amendment) == [2026, 2027, 2028]
    assert _answered(workspace, of_2025) == [2025]
    assert [s.report_id for s in _shown(workspace, of_2024)] == [
        "annex", "decision_text", "self_sufficiency", "ratio_analysis", "residents_brief", "consolidated"
    ]  # fmt: skip


def test_each_can_be_made_as_it_is_named(example: tuple[Workspace, int]) -> None:
    workspace, unit = example
    with workspace.reading() as session:
        for document in decisions(session, unit):
            for shown in reports_showing(session, Paper(PaperKind.DECISION, document.id)):
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
        reports_showing(session, Paper(PaperKind.DECISION, 999))


def test_every_report_says_what_it_draws_on() -> None:
    silent = [kind.id for kind in REPORTS.values() if not kind.draws_on]
    assert not silent, f"say in reports/registry.py which documents these draw on: {silent}"


@pytest.fixture(scope="module")
def whole(example_file: Path) -> Iterator[Session]:
    """A year with decisions, adjustments, plans and forms."""
    with Workspace.open(example_file, read_only=True) as workspace, workspace.reading() as session:
        yield session


def _grounds(documents: list[doc.ReportDocument]) -> Iterator[Grounds]:
    for document in documents:
        for block in document.blocks:
            own = getattr(block, "grounds", None)
            if own is not None:
                yield own
            for row in block.rows if isinstance(block, doc.Table) else ():
                yield from (cell.grounds for cell in row.cells if cell.grounds is not None)


#: What the example has nothing for: a quarter without a budget, scenarios, units beside it.
ABSENT = ("quarter_plan", "ratio_scenarios", "ratio_peers")


@pytest.mark.parametrize("report_id", [each for each in REPORTS if each not in ABSENT])
def test_what_a_figure_rests_on_leads_back_to_its_report(whole: Session, report_id: str) -> None:
    documents = build(report_id, whole, 1, 2026, DocLanguage.RU)
    papers = {paper for grounds in _grounds(documents) for paper in papers_of(whole, grounds)}
    if report_id not in ("meetings", "consolidated"):
        assert papers
    for paper in papers:
        named = {(shown.report_id, shown.year) for shown in reports_showing(whole, paper)}
        assert any(each == report_id for each, _ in named), (paper, named)


def test_every_kind_of_document_is_shown_somewhere_and_as_it_is_named(whole: Session) -> None:
    papers = [Paper(PaperKind.DECISION, each.id) for each in decisions(whole, 1)]
    papers += [Paper(PaperKind.ADJUSTMENT, row.id) for row in adjustment_documents(whole, 1, 2026)]
    papers += [plan_paper(whole, document.id) for document in documents_of(whole, 1, 2026)]
    papers += [Paper(PaperKind.FORM, form.id) for form in months_with_forms(whole, 1, 2026)[10]]
    papers += [Paper(PaperKind.MEETING, each.id) for each in meetings(whole, 1)[:1]]
    opened = latest_balances(whole, 1, 2026)
    assert opened is not None
    assert opened.id is not None
    papers.append(Paper(PaperKind.BALANCES, opened.id))
    assert {paper.kind for paper in papers} == set(PaperKind) - {PaperKind.QUARTER_PLAN}
    made: dict[object, bool] = {}
    for paper in papers:
        found = reports_showing(whole, paper)
        assert found, paper
        for shown in found:
            asked = (shown.report_id, shown.year, shown.document_id, shown.month)
            if asked not in made:
                made[asked] = bool(
                    build(
                        shown.report_id, whole, 1, shown.year, DocLanguage.RU,
                        document_id=shown.document_id, month=shown.month,
                    )
                )  # fmt: skip


def test_a_form_stands_in_the_reports_of_its_month(whole: Session) -> None:
    latest = max(form.id for form in months_with_forms(whole, 1, 2026)[10])
    shown = reports_showing(whole, Paper(PaperKind.FORM, latest))
    assert ("execution", 10) in {(each.report_id, each.month) for each in shown}
    earlier = months_with_forms(whole, 1, 2026)[9][0]
    # Its month has its own reports; the year's annual report has the last month's.
    shown = reports_showing(whole, Paper(PaperKind.FORM, earlier.id))
    assert [(each.report_id, each.month) for each in shown] == [("execution", 9), ("forecast", 9)]

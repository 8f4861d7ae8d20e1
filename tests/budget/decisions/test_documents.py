"""Decisions as documents: drafts, confirmed editions, and the budget of any date."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event

from akimat_desk.budget.decisions.commands import confirm, delete_draft, describe_draft, store_decision
from akimat_desk.budget.decisions.questions import (
    budget_as_of,
    budget_of,
    budget_years,
    decision_findings,
    decisions,
)
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.ratio.service import ratio_history
from akimat_desk.budget.views import Basis, DecisionKind, Denominator, DocumentState, Stage
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.core.strings import Message, Thousands
from akimat_desk.places.service import UnitView
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

from .building import annex, balanced, decision, unit

JUNE = dt.date(2026, 6, 12)


def _adopt(workspace: Workspace, okrug: UnitView, **more: object) -> int:
    read = unit(
        2026, balanced(), annexes=[annex(2026, "100", "900", "1000"), annex(2027, "120", "900", "1020", 2)]
    )
    return store_decision(workspace, DEFAULT_ACTOR, decision(**more), [(read, okrug.id)], confirm=True)[0]


def _amend(workspace: Workspace, okrug: UnitView, **more: object) -> int:
    stated = balanced(tax="150", transfers="900", costs="1070", balances="20")
    read = unit(2026, stated, annexes=[annex(2026, "150", "900", "1070")])
    paper = decision(number="2", date=JUNE, is_amendment=True)
    return store_decision(workspace, DEFAULT_ACTOR, paper, [(read, okrug.id)], confirm=True, **more)[0]  # type: ignore[arg-type]


def test_a_draft_is_not_yet_the_budget(workspace: Workspace, okrug: UnitView) -> None:
    [document] = store_decision(workspace, DEFAULT_ACTOR, decision(), [(unit(2026, balanced()), okrug.id)])
    with workspace.reading() as session:
        assert budget_years(session, okrug.id) == []
        [summary] = decisions(session, okrug.id)
        assert summary.state is DocumentState.DRAFT
        assert budget_of(session, document, 2026).figures[Figure.TAX] == from_plain("100")
        with pytest.raises(UsageProblem):
            budget_as_of(session, okrug.id, 2026)
    confirm(workspace, DEFAULT_ACTOR, document)
    with workspace.reading() as session:
        assert budget_as_of(session, okrug.id, 2026).figures[Figure.TAX] == from_plain("100")


def test_the_budget_of_any_date(workspace: Workspace, okrug: UnitView) -> None:
    _adopt(workspace, okrug)
    _amend(workspace, okrug)
    with workspace.reading() as session:
        before = budget_as_of(session, okrug.id, 2026, as_of=JUNE - dt.timedelta(days=1))
        on_the_day = budget_as_of(session, okrug.id, 2026, as_of=JUNE)
        approved = budget_as_of(session, okrug.id, 2026, stage=Stage.APPROVED)
        assert before.figures[Figure.TAX] == approved.figures[Figure.TAX] == from_plain("100")
        assert before.stage is Stage.APPROVED
        assert on_the_day.figures[Figure.TAX] == from_plain("150")
        assert on_the_day.stage is Stage.AMENDED
        assert on_the_day.decision.kind is DecisionKind.AMENDMENT
        with pytest.raises(UsageProblem):
            budget_as_of(session, okrug.id, 2026, as_of=dt.date(2025, 1, 1))


def test_an_amendment_is_a_whole_edition(workspace: Workspace, okrug: UnitView) -> None:
    _adopt(workspace, okrug)
    document = _amend(workspace, okrug)
    with workspace.reading() as session:
        view = budget_of(session, document, 2027)
        assert view.basis is Basis.PROJECTION
        assert view.figures[Figure.REVENUE_TOTAL] == from_plain("1020")
        assert [line.amount for line in view.lines][:2] == [from_plain("1020"), from_plain("120")]


def test_a_restated_sub_point_takes_the_rest_from_the_edition_before(
    workspace: Workspace, okrug: UnitView
) -> None:
    _adopt(workspace, okrug)
    stated = balanced()
    for figure in Figure:
        if figure not in (Figure.REVENUE_TOTAL, Figure.TAX, Figure.TRANSFERS, Figure.COSTS):
            stated[figure] = None
    stated[Figure.TAX], stated[Figure.REVENUE_TOTAL] = from_plain("130"), from_plain("1030")
    stated[Figure.COSTS] = from_plain("1030")
    restated = [Figure.REVENUE_TOTAL, Figure.TAX, Figure.TRANSFERS, Figure.COSTS]
    read = unit(
        2026, stated, restated=restated, last_figure=Figure.COSTS, annexes=[annex(2026, "130", "900", "1030")]
    )
    paper = decision(number="3", date=JUNE, is_amendment=True)
    [document] = store_decision(workspace, DEFAULT_ACTOR, paper, [(read, okrug.id)], confirm=True)
    with workspace.reading() as session:
        view = budget_of(session, document, 2026)
        assert view.figures[Figure.TAX] == from_plain("130")
        assert view.figures[Figure.DEFICIT] == 0
        assert view.figures[Figure.BALANCES_USED] == 0
        assert [f for f in view.findings if f.severity is Severity.ERROR] == []


def test_sub_points_without_a_budget_to_amend_are_refused(workspace: Workspace, okrug: UnitView) -> None:
    read = unit(2026, balanced(), restated=[Figure.TAX])
    with pytest.raises(UsageProblem):
        store_decision(workspace, DEFAULT_ACTOR, decision(is_amendment=True), [(read, okrug.id)])
    with workspace.reading() as session:
        assert decisions(session, okrug.id) == []


def test_a_new_text_without_its_annex_says_that_the_annex_is_older(
    workspace: Workspace, okrug: UnitView
) -> None:
    _adopt(workspace, okrug)
    read = unit(2026, balanced(tax="110", transfers="900", costs="1010"))
    paper = decision(number="4", date=JUNE, is_amendment=True)
    [document] = store_decision(workspace, DEFAULT_ACTOR, paper, [(read, okrug.id)], confirm=True)
    with workspace.reading() as session:
        codes = {finding.code for finding in decision_findings(session, document)}
    assert "decision.annex_older" in codes
    assert "balance.annex_total" not in codes


def test_an_adopted_decision_with_errors_needs_a_reason(workspace: Workspace, okrug: UnitView) -> None:
    wrong = balanced() | {Figure.DEFICIT: from_plain("-7")}
    with pytest.raises(RuleBroken):
        store_decision(workspace, DEFAULT_ACTOR, decision(), [(unit(2026, wrong), okrug.id)], confirm=True)
    with workspace.reading() as session:
        assert decisions(session, okrug.id) == []
    store_decision(
        workspace,
        DEFAULT_ACTOR,
        decision(),
        [(unit(2026, wrong), okrug.id)],
        confirm=True,
        reason="осылай қабылданған",
    )
    with workspace.reading() as session:
        [summary] = decisions(session, okrug.id)
        assert summary.reason == "осылай қабылданған"
        assert "balance.deficit" in {f.code for f in decision_findings(session, summary.id)}


def test_one_bad_unit_of_a_text_stores_nothing(workspace: Workspace, okrug: UnitView) -> None:
    wrong = balanced() | {Figure.DEFICIT: from_plain("-7")}
    pairs = [(unit(2026, balanced()), okrug.id), (unit(2027, wrong), okrug.id)]
    with pytest.raises(RuleBroken):
        store_decision(workspace, DEFAULT_ACTOR, decision(), pairs, confirm=True)
    with workspace.reading() as session:
        assert decisions(session, okrug.id) == []


def test_the_same_paper_twice_is_refused(workspace: Workspace, okrug: UnitView) -> None:
    _adopt(workspace, okrug)
    with pytest.raises(UsageProblem):
        _adopt(workspace, okrug)


def test_the_same_paper_is_refused_after_its_amendment_too(workspace: Workspace, okrug: UnitView) -> None:
    _adopt(workspace, okrug)
    _amend(workspace, okrug)
    with pytest.raises(UsageProblem):
        _adopt(workspace, okrug)


def test_an_amendment_entered_late_takes_its_place_by_date(workspace: Workspace, okrug: UnitView) -> None:
    _adopt(workspace, okrug)
    _amend(workspace, okrug)
    march = dt.date(2026, 3, 5)
    read = unit(2026, balanced(tax="110", transfers="900", costs="1010"))
    paper = decision(number="1a", date=march, is_amendment=True)
    store_decision(workspace, DEFAULT_ACTOR, paper, [(read, okrug.id)], confirm=True)
    with workspace.reading() as session:
        assert [summary.number for summary in decisions(session, okrug.id)] == ["1", "1a", "2"]
        assert budget_as_of(session, okrug.id, 2026, as_of=march).figures[Figure.TAX] == from_plain("110")
        assert budget_as_of(session, okrug.id, 2026).figures[Figure.TAX] == from_plain("150")


def test_an_office_may_begin_with_an_amendment(workspace: Workspace, okrug: UnitView) -> None:
    _amend(workspace, okrug)
    with workspace.reading() as session:
        view = budget_as_of(session, okrug.id, 2026)
        assert view.stage is Stage.AMENDED
        assert view.decision.kind is DecisionKind.AMENDMENT
        assert view.amends is None


def test_a_confirmed_document_neither_changes_nor_goes(workspace: Workspace, okrug: UnitView) -> None:
    document = _adopt(workspace, okrug)
    with pytest.raises(RuleBroken):
        delete_draft(workspace, DEFAULT_ACTOR, document)
    with pytest.raises(RuleBroken):
        confirm(workspace, DEFAULT_ACTOR, document)
    with pytest.raises(RuleBroken):
        describe_draft(workspace, DEFAULT_ACTOR, document, number="9")


def test_a_draft_made_before_another_edition_was_confirmed_is_stale(
    workspace: Workspace, okrug: UnitView
) -> None:
    _adopt(workspace, okrug)
    read = unit(2026, balanced(tax="110", transfers="900", costs="1010"))
    [draft] = store_decision(workspace, DEFAULT_ACTOR, decision(number="5", date=JUNE), [(read, okrug.id)])
    _amend(workspace, okrug)
    with pytest.raises(RuleBroken):
        confirm(workspace, DEFAULT_ACTOR, draft)
    delete_draft(workspace, DEFAULT_ACTOR, draft)
    with workspace.reading() as session:
        assert len(decisions(session, okrug.id)) == 2


def test_the_session_and_the_day_it_is_in_force_from_are_kept(workspace: Workspace, okrug: UnitView) -> None:
    paper = decision(session="XXXIV сессия", effective_date=dt.date(2026, 1, 1))
    [draft] = store_decision(workspace, DEFAULT_ACTOR, paper, [(unit(2026, balanced()), okrug.id)])
    confirm(workspace, DEFAULT_ACTOR, draft)
    with workspace.reading() as session:
        [summary] = decisions(session, okrug.id)
        assert (summary.session, summary.effective_date) == ("XXXIV сессия", dt.date(2026, 1, 1))
        assert budget_as_of(session, okrug.id, 2026).decision == summary


def test_what_the_text_did_not_say_is_filled_in_on_the_draft(workspace: Workspace, okrug: UnitView) -> None:
    paper = decision(number=None, date=None)
    [draft] = store_decision(workspace, DEFAULT_ACTOR, paper, [(unit(2026, balanced()), okrug.id)])
    with workspace.reading() as session:
        assert "decision.date_unknown" in {f.code for f in decision_findings(session, draft)}
    describe_draft(workspace, DEFAULT_ACTOR, draft, number="37/5", date=dt.date(2025, 12, 25))
    confirm(workspace, DEFAULT_ACTOR, draft)
    with workspace.reading() as session:
        [summary] = decisions(session, okrug.id)
        assert (summary.number, summary.date) == ("37/5", dt.date(2025, 12, 25))
        assert decision_findings(session, draft) == []


def test_the_readers_remarks_are_kept_with_the_document(workspace: Workspace, okrug: UnitView) -> None:
    remark = Finding(
        "decision.date_unknown",
        Severity.WARNING,
        {"amount": Thousands(5), "word": "тенге", "day": JUNE},
        where=Place(unit="X", year=2026, row=3),
        difference=-7,
    )
    read = unit(2026, balanced(), findings=[remark])
    [document] = store_decision(workspace, DEFAULT_ACTOR, decision(), [(read, okrug.id)])
    with workspace.reading() as session:
        assert remark in decision_findings(session, document)
        [kept] = [f for f in decision_findings(session, document) if f == remark]
        assert dict(kept.fields) == dict(remark.fields)


def test_what_was_said_of_the_whole_file_is_kept_too(workspace: Workspace, okrug: UnitView) -> None:
    remark = Finding("reader.file_note", Severity.WARNING, {"note": Message("warning.intake.macros")})
    paper = decision(findings=[remark])
    [document] = store_decision(workspace, DEFAULT_ACTOR, paper, [(unit(2026, balanced()), okrug.id)])
    with workspace.reading() as session:
        [kept] = decision_findings(session, document)
    assert kept.message(Language.RU) == remark.message(Language.RU)


def test_the_ratio_follows_the_editions(workspace: Workspace, okrug: UnitView) -> None:
    _adopt(workspace, okrug)
    _amend(workspace, okrug)
    with workspace.reading() as session:
        history = ratio_history(session, okrug.id)
        by_year = {year.year: year for year in history.years}
        assert by_year[2026].basis is Basis.AMENDED
        assert str(by_year[2026].ratio_percent) == "14.3"  # 150 of 1 050
        assert str(by_year[2026].gap_points) == "18.7"
        assert by_year[2027].basis is Basis.PROJECTION
        assert str(by_year[2027].ratio_percent) == "11.8"  # 120 of 1 020
        costs = ratio_history(session, okrug.id, 2026, 2026, Denominator.COSTS)
        assert str(costs.years[0].ratio_percent) == "14.0"  # 150 of 1 070
        assert history.country[0][0] == 2021


def test_a_list_of_decisions_reads_no_figures(workspace: Workspace, okrug: UnitView) -> None:
    _adopt(workspace, okrug)
    _amend(workspace, okrug)
    asked: list[str] = []
    with workspace.reading() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        assert len(decisions(session, okrug.id)) == 2
    assert asked
    assert not [statement for statement in asked if "budget_lines" in statement or "budget_fig" in statement]

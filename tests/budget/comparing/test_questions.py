"""Editions, years and units of a real file side by side; what an amendment changes."""

from __future__ import annotations

import pytest

from akimat_desk.budget.comparing.questions import AFTER, APPROVED, BEFORE, Side, amendment_changes, compare
from akimat_desk.budget.decisions.questions import decisions
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.views import DecisionKind, Stage
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import from_plain
from akimat_desk.places.service import UnitKind, UnitView, create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def _amendment(workspace: Workspace, okrug: UnitView) -> int:
    with workspace.reading() as session:
        [found] = [d for d in decisions(session, okrug.id) if d.kind is DecisionKind.AMENDMENT]
    return found.id


def test_years_come_together_along_the_links(workspace: Workspace, okrug: UnitView) -> None:
    with workspace.reading() as session:
        comparison = compare(session, Side(okrug.id, 2025), Side(okrug.id, 2026))
    [transfers] = [row for row in comparison.rows if row.figure is Figure.TRANSFERS]
    assert [str(code) for code in transfers.codes] == ["4", "5"]
    assert transfers.difference(0, 1) == from_plain("11940")
    [single_land_tax] = [row for row in comparison.rows if str(row.code) == "1/04/5"]
    assert single_land_tax.counted == (from_plain("410"), 0)


def test_editions_of_one_year(workspace: Workspace, okrug: UnitView) -> None:
    with workspace.reading() as session:
        approved = Side(okrug.id, 2026, stage=Stage.APPROVED)
        by_number = Side(okrug.id, 2026, document_id=_amendment(workspace, okrug))
        comparison = compare(session, approved, by_number)
    changed = {str(row.code) for row in comparison.rows if row.code and row.differs(0, 1)}
    assert {"1/04/4", "07/3/124/011", "15/1/124/048"} <= changed
    assert "08/1/124/006" not in changed


def test_a_budget_is_not_compared_with_itself(workspace: Workspace, okrug: UnitView) -> None:
    with workspace.reading() as session, pytest.raises(UsageProblem) as refusal:
        compare(session, Side(okrug.id, 2026), Side(okrug.id, 2026, document_id=_amendment(workspace, okrug)))
    assert "2026" in refusal.value.text(Language.RU)
    assert refusal.value.message.key == "error.compare.same"


def test_a_unit_without_a_budget_says_what_to_do(workspace: Workspace, okrug: UnitView) -> None:
    empty = create_unit(
        workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=Trilingual("Бос ауылдық округі", "Пустой округ")
    )
    with workspace.reading() as session:
        with pytest.raises(UsageProblem) as refusal:
            compare(session, Side(okrug.id, 2026), Side(empty.id, 2026))
        assert refusal.value.message.key == "error.compare.nothing"
        with pytest.raises(UsageProblem) as other:
            compare(session, Side(okrug.id, 2026), Side(empty.id, 2026, document_id=1))
        assert other.value.message.key == "error.compare.other_unit"


def test_what_an_amendment_changes(workspace: Workspace, okrug: UnitView) -> None:
    with workspace.reading() as session:
        changes = amendment_changes(session, _amendment(workspace, okrug))
    assert changes.approved == changes.before
    assert changes.before.kind is DecisionKind.DECISION
    assert [(year.year, year.changed) for year in changes.years] == [
        (2026, True),
        (2027, False),
        (2028, False),
    ]
    first = changes.year(2026)
    assert first is not None
    [costs] = [row for row in first.rows if row.figure is Figure.COSTS]
    assert costs.difference(BEFORE, AFTER) == costs.difference(APPROVED, AFTER) == from_plain("8885.3")


def test_a_decision_itself_changes_no_other(workspace: Workspace, okrug: UnitView) -> None:
    with workspace.reading() as session:
        first = decisions(session, okrug.id)[0]
        with pytest.raises(UsageProblem) as refusal:
            amendment_changes(session, first.id)
    assert refusal.value.message.key == "error.amendment.changes_nothing"

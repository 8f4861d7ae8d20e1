"""The agreement of a move between programs: the very decision of the akim, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from akimat_desk.budget.adjustments.commands import draft_adjustment
from akimat_desk.budget.adjustments.questions import adjustment
from akimat_desk.budget.bases.basis import MINUTES, Basis
from akimat_desk.core.errors import RuleBroken
from akimat_desk.core.language import Language
from akimat_desk.meetings.calling import NewItem, change_item, plan_meeting
from akimat_desk.meetings.kinds import MeetingKind, Topic
from akimat_desk.meetings.minutes import all_basis_findings, moves_to_agree, name_move
from akimat_desk.meetings.views import ItemView
from akimat_desk.reports.definitions.meeting_common import item_title

from .conftest import ACTOR, Office

DAY = dt.date(2026, 9, 1)


def planned(office: Office, document_id: int | None = None) -> ItemView:
    meeting_id = plan_meeting(
        office.workspace, ACTOR, office.unit_id, MeetingKind.ASSEMBLY, DAY,
        (NewItem(Topic.PROGRAM_MOVE, document_id=document_id),),
    )  # fmt: skip
    return item_of(office, meeting_id)


def item_of(office: Office, meeting_id: int) -> ItemView:
    [item] = [each for each in office.view(meeting_id).items if each.topic is Topic.PROGRAM_MOVE]
    return item


def draft(office: Office, ground: str = "between_programs", number: str = "14") -> int:
    return draft_adjustment(office.workspace, ACTOR, office.unit_id, 2026, ground, number=number)


def said(office: Office, code: str) -> str:
    with office.workspace.reading() as session:
        meeting_id = max(row.id for row in _meetings(session, office.unit_id))
    [finding] = [each for each in office.card(meeting_id).findings if each.code == code]
    return finding.message(Language.RU)


def _meetings(session, unit_id):  # type: ignore[no-untyped-def]
    from akimat_desk.meetings.record import meeting_names

    return meeting_names(session, unit_id)


def test_an_item_names_the_draft_and_the_draft_rests_on_the_minutes(office: Office) -> None:
    item, made = planned(office), draft(office)
    assert "не связан" in said(office, "meeting.no_move_paper")
    with office.workspace.reading() as session:
        [offered] = moves_to_agree(session, office.unit_id, 2026)
        meeting_id = _meetings(session, office.unit_id)[0].id
    assert offered.adjustment_id == made
    name_move(office.workspace, ACTOR, item.id, made)
    with office.workspace.reading() as session:
        number = office.view(meeting_id).number
        assert adjustment(session, made).basis == Basis(MINUTES, number, DAY, item.id)
        assert all_basis_findings(session) == []  # on the agenda: not agreed yet, and nobody says it is
    named = item_of(office, meeting_id)
    assert [move.adjustment_id for move in named.moves] == [made]
    assert "проект решения акима о перераспределении" in item_title(named, Language.RU)
    assert "қайта бөлу туралы әкім шешімінің жобасы" in item_title(named, Language.KK)
    codes = {finding.code for finding in office.card(meeting_id).findings}
    assert not codes & {"meeting.no_move_paper", "meeting.not_a_move", "meeting.no_budget_paper"}


def test_another_draft_takes_the_place_of_the_first_and_none_takes_it_back(office: Office) -> None:
    item, first, second = planned(office), draft(office), draft(office, number="15")
    for wanted in (first, second, None):
        name_move(office.workspace, ACTOR, item.id, wanted)
        with office.workspace.reading() as session:
            resting = [each for each in (first, second) if adjustment(session, each).basis.id == item.id]
        assert resting == ([wanted] if wanted else [])


def test_a_budget_decision_is_no_move(office: Office) -> None:
    planned(office, office.document_id)
    assert "им не является" in said(office, "meeting.not_a_move")


def test_a_decision_on_another_ground_is_refused_and_found(office: Office) -> None:
    item, other = planned(office), draft(office, "unpaid_obligations", "20")
    with pytest.raises(RuleBroken) as refused:
        name_move(office.workspace, ACTOR, item.id, other)
    assert "№ 20" in refused.value.text(Language.KK)
    draft_adjustment(
        office.workspace, ACTOR, office.unit_id, 2026, "unpaid_obligations", number="21",
        basis=Basis(MINUTES, "1", DAY, item.id),
    )  # fmt: skip
    assert "№ 21" in said(office, "meeting.not_a_move")


def test_a_move_that_rests_on_an_item_about_something_else_is_found(office: Office) -> None:
    from .test_minutes_as_basis import held

    meeting_id = held(office, Topic.PROGRAM_MOVE, DAY, yes=5)
    item = item_of(office, meeting_id)
    name_move(office.workspace, ACTOR, item.id, draft(office))
    change_item(office.workspace, ACTOR, item.id, topic=Topic.LOCAL_QUESTION)
    with office.workspace.reading() as session:
        [found] = all_basis_findings(session)
    assert found.code == "basis.other_topic"
    assert "Иной вопрос" in found.message(Language.RU)

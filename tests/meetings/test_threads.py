"""Residents' proposals as one thread, the half-years of monitoring, an office's own settings."""

from __future__ import annotations

import datetime as dt

import pytest

from akimat_desk.budget.bases.service import bases_of
from akimat_desk.budget.decisions.questions import budget_of
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.meetings.after import delete_task, monitoring, put_task, set_monitoring, set_norm
from akimat_desk.meetings.calling import (
    NewItem,
    add_item,
    attach_paper,
    change_item,
    change_meeting,
    delete_meeting,
    detach_paper,
    move_item,
    plan_meeting,
    remove_item,
)
from akimat_desk.meetings.holding import mark_came, vote_totals
from akimat_desk.meetings.kinds import MeetingKind, Topic
from akimat_desk.meetings.proposals import (
    budget_proposal,
    change_proposal,
    decide_proposal,
    delete_proposal,
    pay_proposal,
    proposal,
    proposals,
    proposals_of_line,
    raise_proposal,
    rank_proposals,
    tell_back,
)
from akimat_desk.meetings.record import workspace_law
from akimat_desk.meetings.states import PaperKind, ProposalState

from .conftest import ACTOR, Office

DAY = dt.date(2025, 9, 10)
LIGHT = Trilingual("Мектеп көшесіне жарық орнату", "Освещение улицы Школьной")


def test_a_proposal_is_followed_from_the_hand_raised_to_the_report_back(office: Office) -> None:
    workspace = office.workspace
    light = raise_proposal(
        workspace, ACTOR, office.unit_id, LIGHT, DAY, place="Мектеп көшесі", cost=120_000_000
    )
    well = raise_proposal(workspace, ACTOR, office.unit_id, Trilingual("Құдық"), DAY)
    rank_proposals(workspace, ACTOR, [well, light])
    rank_proposals(workspace, ACTOR, [light, well])
    meeting_id = plan_meeting(
        workspace, ACTOR, office.unit_id, MeetingKind.ASSEMBLY, dt.date(2025, 10, 1),
        (NewItem(Topic.PROPOSALS),),
    )  # fmt: skip
    item_id = office.view(meeting_id).items[0].id
    decide_proposal(workspace, ACTOR, light, True, item_id)
    decide_proposal(workspace, ACTOR, well, False)
    with workspace.reading() as session:
        line = next(
            str(each.code)
            for each in budget_of(session, office.document_id, 2026).lines
            if each.code is not None and str(each.code).startswith("07/3/124/008")
        )
    with pytest.raises(UsageProblem):
        budget_proposal(workspace, ACTOR, light, office.document_id, 2026, "99/9/999/999")
    budget_proposal(workspace, ACTOR, light, office.document_id, 2026, line)
    pay_proposal(workspace, ACTOR, light, 118_500_000, dt.date(2026, 8, 1))
    with pytest.raises(UsageProblem):
        tell_back(workspace, ACTOR, light, dt.date(2025, 1, 1))
    tell_back(workspace, ACTOR, light, dt.date(2026, 9, 1), "Жиында айтылды")
    with workspace.reading() as session:
        [first, second] = proposals(session, office.unit_id)
        from_the_line = proposals_of_line(session, office.document_id, line)
    assert (first.id, first.state, second.state) == (light, ProposalState.TOLD, ProposalState.REFUSED)
    assert (first.cost, first.planned, first.spent) == (120_000_000, 812_000_000, 118_500_000)
    assert first.line_name.kk
    assert first.item.startswith("№ 1")
    assert [each.id for each in from_the_line] == [light]  # the other end of the thread


def test_steps_of_a_proposal_can_be_taken_back(office: Office) -> None:
    workspace = office.workspace
    light = raise_proposal(workspace, ACTOR, office.unit_id, LIGHT, DAY)
    states = []
    for step in (
        lambda: rank_proposals(workspace, ACTOR, [light]),
        lambda: decide_proposal(workspace, ACTOR, light, True),
        lambda: pay_proposal(workspace, ACTOR, light, 0, DAY),
        lambda: pay_proposal(workspace, ACTOR, light, None, None),
        lambda: decide_proposal(workspace, ACTOR, light, None),
    ):
        step()
        with workspace.reading() as session:
            states.append(proposal(session, light).state)
    assert states == [
        ProposalState.RANKED, ProposalState.ACCEPTED, ProposalState.SPENT, ProposalState.ACCEPTED,
        ProposalState.RANKED,
    ]  # fmt: skip
    change_proposal(workspace, ACTOR, light, cost=5, what_ru="Фонари")
    delete_proposal(workspace, ACTOR, light)
    with workspace.reading() as session:
        assert proposals(session, office.unit_id) == []


def test_what_a_proposal_cannot_be_is_refused(office: Office) -> None:
    workspace = office.workspace
    light = raise_proposal(workspace, ACTOR, office.unit_id, LIGHT, DAY)
    decide_proposal(workspace, ACTOR, light, True)
    refused = (
        lambda: raise_proposal(workspace, ACTOR, office.unit_id, Trilingual(), DAY),
        lambda: raise_proposal(workspace, ACTOR, office.unit_id, LIGHT, DAY, cost=-1),
        lambda: rank_proposals(workspace, ACTOR, [light, light]),
        lambda: pay_proposal(workspace, ACTOR, light, -1, DAY),
        lambda: pay_proposal(workspace, ACTOR, light, 1, None),
        lambda: change_proposal(workspace, ACTOR, light, cost=-1),
        lambda: budget_proposal(workspace, ACTOR, light, office.document_id, None),
        lambda: delete_proposal(workspace, ACTOR, light),
        lambda: decide_proposal(workspace, ACTOR, 999, True),
    )
    for attempt in refused:
        with pytest.raises(UsageProblem):
            attempt()


def test_monitoring_has_two_halves_and_an_answer_after_the_report(office: Office) -> None:
    workspace, unit_id = office.workspace, office.unit_id
    set_monitoring(workspace, ACTOR, unit_id, 2025, 1, reported_on=dt.date(2025, 7, 15), report="Есеп")
    with pytest.raises(UsageProblem):
        set_monitoring(workspace, ACTOR, unit_id, 2025, 1, answered_on=dt.date(2025, 7, 1))
    set_monitoring(
        workspace, ACTOR, unit_id, 2025, 1, answered_on=dt.date(2025, 9, 1), answer="Ескерілді",
        file=("есеп.docx", b"x"),
    )  # fmt: skip
    with pytest.raises(UsageProblem):
        set_monitoring(workspace, ACTOR, unit_id, 2025, 3)
    with workspace.reading() as session:
        first, second = monitoring(session, unit_id, 2025)
    assert (first.report, first.answer, first.attachment_id is not None) == ("Есеп", "Ескерілді", True)
    assert (second.half, second.reported_on) == (2, None)


def test_an_office_sets_what_stands_in_its_regulation(office: Office) -> None:
    set_norm(office.workspace, ACTOR, "materials_days.assembly", 7)
    with office.workspace.reading() as session:
        norm = workspace_law(session).norm("materials_days", MeetingKind.ASSEMBLY, DAY)
    assert norm is not None
    assert norm.number == 7
    set_norm(office.workspace, ACTOR, "materials_days.assembly", None)
    with pytest.raises(UsageProblem):
        set_norm(office.workspace, ACTOR, "quorum.assembly", "1/3")
    with office.workspace.reading() as session:
        assert workspace_law(session).settings == {}


def test_the_agenda_can_be_put_in_order_until_it_was_voted_on(office: Office) -> None:
    workspace = office.workspace
    meeting_id = plan_meeting(
        workspace, ACTOR, office.unit_id, MeetingKind.ASSEMBLY, DAY,
        (NewItem(Topic.BUDGET_DRAFT, document_id=office.document_id), NewItem(Topic.LOCAL_QUESTION)),
    )  # fmt: skip
    add_item(workspace, ACTOR, meeting_id, NewItem(Topic.PROPOSALS))
    items = office.view(meeting_id).items
    move_item(workspace, ACTOR, items[2].id, -1)
    move_item(workspace, ACTOR, items[0].id, -1)  # at the top already
    assert [item.topic for item in office.view(meeting_id).items] == [
        Topic.BUDGET_DRAFT, Topic.PROPOSALS, Topic.LOCAL_QUESTION,
    ]  # fmt: skip
    mark_came(workspace, ACTOR, meeting_id, office.members[0])
    vote_totals(workspace, ACTOR, items[1].id, 1, 0, 0)
    with pytest.raises(RuleBroken):
        remove_item(workspace, ACTOR, items[1].id)
    remove_item(workspace, ACTOR, items[0].id)
    with workspace.reading() as session:
        assert bases_of(session, office.document_id) == []
    assert [item.no for item in office.view(meeting_id).items] == [1, 2]


def test_a_planned_meeting_can_be_taken_back_an_announced_one_stays(office: Office) -> None:
    workspace = office.workspace
    meeting_id = plan_meeting(
        workspace, ACTOR, office.unit_id, MeetingKind.ASSEMBLY, DAY,
        (NewItem(Topic.BUDGET_DRAFT, document_id=office.document_id),),
    )  # fmt: skip
    paper = attach_paper(workspace, ACTOR, meeting_id, PaperKind.MATERIALS, "жоба.docx", b"x")
    with pytest.raises(RuleBroken):
        delete_meeting(workspace, ACTOR, meeting_id)
    detach_paper(workspace, ACTOR, paper)
    change_meeting(workspace, ACTOR, meeting_id, notice_given=DAY)
    with pytest.raises(RuleBroken):
        delete_meeting(workspace, ACTOR, meeting_id)
    change_meeting(workspace, ACTOR, meeting_id, notice_given=None)
    delete_meeting(workspace, ACTOR, meeting_id)
    with workspace.reading() as session:
        assert bases_of(session, office.document_id) == []


def test_an_open_task_can_be_taken_back(office: Office) -> None:
    meeting_id = plan_meeting(
        office.workspace, ACTOR, office.unit_id, MeetingKind.ASSEMBLY, DAY, (NewItem(Topic.LOCAL_QUESTION),)
    )
    item_id = office.view(meeting_id).items[0].id
    task = put_task(office.workspace, ACTOR, item_id, Trilingual("Жөндеу"))
    put_task(office.workspace, ACTOR, item_id, Trilingual("Жолды жөндеу"), task_id=task)
    assert office.view(meeting_id).items[0].tasks[0].text.kk == "Жолды жөндеу"
    delete_task(office.workspace, ACTOR, task)
    assert office.view(meeting_id).items[0].tasks == ()
    with pytest.raises(ValueError, match="no colour"):
        change_item(office.workspace, ACTOR, item_id, colour="red")
    with pytest.raises(ValueError, match="no colour"):
        change_meeting(office.workspace, ACTOR, meeting_id, colour="red")

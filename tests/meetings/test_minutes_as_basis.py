"""Minutes kept in the program as what a decision of the akim rests on."""

from __future__ import annotations

import datetime as dt

from akimat_desk.budget.adjustments.commands import draft_adjustment
from akimat_desk.budget.adjustments.questions import adjustment
from akimat_desk.budget.bases.basis import MINUTES, Basis
from akimat_desk.core.language import Language
from akimat_desk.meetings.calling import NewItem, change_item, change_meeting, plan_meeting
from akimat_desk.meetings.holding import close_meeting, mark_came, open_meeting, reopen_meeting, vote_totals
from akimat_desk.meetings.kinds import MeetingKind, Topic
from akimat_desk.meetings.minutes import agreed_items, all_basis_findings

from .conftest import ACTOR, NAMES, Office


def held(office: Office, topic: Topic, day: dt.date, yes: int) -> int:
    """An assembly about one thing (and the minutes before), voted on by six of its eight members."""
    workspace = office.workspace
    meeting_id = plan_meeting(
        workspace, ACTOR, office.unit_id, MeetingKind.ASSEMBLY, day, (NewItem(topic),), starts=dt.time(15)
    )
    for person_id in office.members[:6]:
        mark_came(workspace, ACTOR, meeting_id, person_id)
    open_meeting(workspace, ACTOR, meeting_id, dt.time(15), "Образцов П.Ш.")
    change_meeting(workspace, ACTOR, meeting_id, chair=NAMES[0], secretary=NAMES[1])
    for item in office.view(meeting_id).items:
        if item.put_to_vote:
            change_item(workspace, ACTOR, item.id, decision_kk="Келісілсін", decision_ru="Согласовать")
            wanted = yes if item.topic is topic else 6
            vote_totals(workspace, ACTOR, item.id, wanted, 6 - wanted, 0)
    close_meeting(workspace, ACTOR, meeting_id, dt.time(16))
    return meeting_id


def test_only_what_an_assembly_agreed_can_be_a_basis(office: Office) -> None:
    agreed = held(office, Topic.PROGRAM_MOVE, dt.date(2026, 9, 1), yes=5)
    held(office, Topic.PROGRAM_MOVE, dt.date(2026, 9, 2), yes=1)  # refused
    held(office, Topic.BUDGET_REPORT, dt.date(2026, 2, 18), yes=6)  # a report is only heard
    held(office, Topic.BUDGET_DRAFT, dt.date(2024, 8, 20), yes=6)  # of another budget
    with office.workspace.reading() as session:
        [item] = agreed_items(session, office.unit_id, 2026)
    assert (item.meeting_id, item.topic, item.date) == (agreed, Topic.PROGRAM_MOVE, dt.date(2026, 9, 1))
    assert item.basis == Basis(MINUTES, office.view(agreed).number, item.date, item.item_id)


def test_a_basis_that_is_no_longer_agreed_is_told(office: Office) -> None:
    workspace = office.workspace
    meeting_id = held(office, Topic.PROGRAM_MOVE, dt.date(2026, 9, 1), yes=5)
    with workspace.reading() as session:
        [item] = agreed_items(session, office.unit_id, 2026)
    made = draft_adjustment(
        workspace, ACTOR, office.unit_id, 2026, "between_programs", number="14", date=dt.date(2026, 9, 3),
        basis=item.basis,
    )  # fmt: skip
    draft_adjustment(
        workspace, ACTOR, office.unit_id, 2026, "between_programs",
        basis=Basis(MINUTES, "5", dt.date(2026, 9, 1)),  # minutes on paper: nothing to hold them against
    )  # fmt: skip
    with workspace.reading() as session:
        assert all_basis_findings(session) == []
        codes = {finding.code for finding in adjustment(session, made).findings}
        assert codes == {"adjustment.empty"}  # agreed, in time
        assert adjustment(session, made).basis.id == item.item_id
    change_meeting(workspace, ACTOR, meeting_id, number="77")
    with workspace.reading() as session:
        [other] = all_basis_findings(session)
    assert other.code == "basis.other_minutes"
    assert "№ 77" in other.message(Language.RU)
    reopen_meeting(workspace, ACTOR, meeting_id)
    with workspace.reading() as session:
        [gone] = all_basis_findings(session)
    assert gone.code == "basis.not_agreed"
    assert "2026" in gone.where.show(Language.KK)

"""A year of the assembly, told as its secretary would tell it."""

from __future__ import annotations

import datetime as dt

import pytest

from akimat_desk.budget.bases.service import bases_of, basis_findings
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.meetings.after import add_step, close_task, next_steps, put_task
from akimat_desk.meetings.calling import (
    NewItem,
    attach_paper,
    calling_dates,
    change_item,
    change_meeting,
    deadlines_of,
    plan_meeting,
)
from akimat_desk.meetings.holding import (
    add_visitor,
    close_meeting,
    end_break,
    mark_came,
    mark_departed,
    not_held,
    open_meeting,
    put_speech,
    reopen_meeting,
    start_break,
    vote_by_name,
    vote_totals,
)
from akimat_desk.meetings.kinds import MeetingKind, Status, Topic, Vote
from akimat_desk.meetings.numbers import year_numbers
from akimat_desk.meetings.people import end_membership
from akimat_desk.meetings.record import all_meeting_findings, meetings, tasks
from akimat_desk.meetings.states import MeetingState, PaperKind, SpeechKind, Step, TaskState

from .conftest import ACTOR, NAMES, Office

NOVEMBER = dt.date(2025, 11, 20)


def planned(office: Office, day: dt.date = NOVEMBER) -> int:
    return plan_meeting(
        office.workspace,
        ACTOR,
        office.unit_id,
        MeetingKind.ASSEMBLY,
        day,
        (NewItem(Topic.BUDGET_DRAFT, document_id=office.document_id),),
        starts=dt.time(15, 0),
        place=Trilingual("Мәдениет үйі", "Дом культуры"),
    )


def held(office: Office, day: dt.date = NOVEMBER) -> int:
    """A meeting held by the rules: eight members, six came, five for and one against."""
    workspace = office.workspace
    meeting_id = planned(office, day)
    change_meeting(workspace, ACTOR, meeting_id, notice_given=day - dt.timedelta(days=12))
    for person_id in office.members[:6]:
        mark_came(workspace, ACTOR, meeting_id, person_id)
    open_meeting(workspace, ACTOR, meeting_id, dt.time(15, 0), "Образцов П.Ш.")
    change_meeting(workspace, ACTOR, meeting_id, chair=NAMES[0], secretary=NAMES[1])
    for item in office.view(meeting_id).items:
        put_speech(workspace, ACTOR, item.id, SpeechKind.SPEECH, NAMES[0], "Баяндады", "Доложил")
        if item.put_to_vote:
            change_item(workspace, ACTOR, item.id, decision_kk="Келісілсін", decision_ru="Согласовать")
            vote_totals(workspace, ACTOR, item.id, 5, 1, 0)
    close_meeting(workspace, ACTOR, meeting_id, dt.time(16, 30))
    change_meeting(workspace, ACTOR, meeting_id, signed_by_chair=True, signed_by_secretary=True)
    return meeting_id


def test_the_day_is_chosen_with_the_law_at_hand(office: Office) -> None:
    """Today is 10 November; the 18th is too early, and the program says from when on it is not."""
    today = dt.date(2025, 11, 10)
    early = calling_dates(MeetingKind.ASSEMBLY, dt.date(2025, 11, 18), (Topic.BUDGET_DRAFT,), today)
    assert early.too_early
    assert early.earliest == dt.date(2025, 11, 20)
    right = calling_dates(MeetingKind.ASSEMBLY, early.earliest, (Topic.BUDGET_DRAFT,), today)
    assert not right.too_early
    assert right.notice_by == today
    assert right.materials_by == dt.date(2025, 11, 15)
    candidates = calling_dates(MeetingKind.ASSEMBLY, dt.date(2025, 11, 13), (Topic.AKIM_CANDIDATE,), today)
    assert not candidates.too_early
    outside = calling_dates(MeetingKind.GATHERING, early.earliest, (Topic.BUDGET_DRAFT,), today)
    assert [finding.code for finding in outside.findings] == ["meeting.outside"]
    assert office.view(planned(office)).items[0].title.ru == "Согласование проекта бюджета"


def test_what_is_due_before_the_meeting_is_on_one_list(office: Office) -> None:
    meeting_id = planned(office)
    with office.workspace.reading() as session:
        due = deadlines_of(session, meeting_id)
    assert [each.due for each in due] == [dt.date(2025, 11, 10), dt.date(2025, 11, 15)]
    assert due[1].last_working_day == dt.date(2025, 11, 14)  # the 15th is a Saturday


def test_a_meeting_by_the_rules_agrees_the_budget(office: Office) -> None:
    with office.workspace.reading() as session:
        [missing] = basis_findings(session, office.document_id)
    assert missing.code == "basis.missing"
    meeting_id = held(office)
    view = office.view(meeting_id)
    assert (view.state, view.entitled, view.present) == (MeetingState.HELD, 8, 6)
    assert view.items[0].adopted is True
    card = office.card(meeting_id)
    assert card.lawful is True, [v for v in card.verdicts if v.status is not Status.KEPT]
    assert [finding.code for finding in card.findings] == ["meeting.no_publication"]
    attach_paper(
        office.workspace, ACTOR, meeting_id, PaperKind.PUBLICATION, "газет.pdf", b"%PDF", day=NOVEMBER
    )
    assert office.card(meeting_id).findings == ()
    with office.workspace.reading() as session:
        [basis] = bases_of(session, office.document_id)
        assert basis_findings(session, office.document_id) == []
    assert (basis.number, basis.date, basis.item, basis.agreed) == ("1", NOVEMBER, 1, True)


def test_checking_the_workspace_names_the_meeting(office: Office) -> None:
    held(office)
    with office.workspace.reading() as session:
        [finding] = all_meeting_findings(session)
    assert finding.where.show(Language.RU) == "«№ 1, 20.11.2025»"


def test_without_a_quorum_it_is_not_opened_but_recorded_and_called_anew(office: Office) -> None:
    workspace = office.workspace
    meeting_id = planned(office)
    for person_id in office.members[:3]:
        mark_came(workspace, ACTOR, meeting_id, person_id)
    with pytest.raises(RuleBroken) as problem:
        open_meeting(workspace, ACTOR, meeting_id, dt.time(15, 0))
    said = problem.value.text(Language.RU)
    assert "3 из 8" in said
    assert "не менее 4" in said
    with pytest.raises(UsageProblem):
        not_held(workspace, ACTOR, meeting_id, NOVEMBER)
    again = not_held(workspace, ACTOR, meeting_id, dt.date(2025, 12, 2))
    assert again is not None
    assert office.view(meeting_id).state is MeetingState.NOT_HELD
    new = office.view(again)
    assert (new.instead_of_id, new.day, new.number) == (meeting_id, dt.date(2025, 12, 2), "2")
    assert [(item.topic, item.paper is not None) for item in new.items] == [(Topic.BUDGET_DRAFT, True)]
    assert office.view(meeting_id).present == 3  # who came is kept
    with pytest.raises(RuleBroken):
        open_meeting(workspace, ACTOR, meeting_id, dt.time(15, 0))


def test_the_fourth_of_eight_makes_the_quorum(office: Office) -> None:
    meeting_id = planned(office)
    for person_id in office.members[:4]:
        mark_came(office.workspace, ACTOR, meeting_id, person_id)
    open_meeting(office.workspace, ACTOR, meeting_id, dt.time(15, 0))
    assert office.view(meeting_id).state is MeetingState.OPEN


def test_who_comes_late_and_who_leaves_counts_while_there(office: Office) -> None:
    workspace = office.workspace
    meeting_id = planned(office)
    for person_id in office.members[:5]:
        mark_came(workspace, ACTOR, meeting_id, person_id)
    open_meeting(workspace, ACTOR, meeting_id, dt.time(15, 0))
    mark_came(workspace, ACTOR, meeting_id, office.members[5], arrived=dt.time(15, 20))
    mark_departed(workspace, ACTOR, meeting_id, office.members[0], dt.time(15, 40))
    view = office.view(meeting_id)
    assert [view.in_hall(at) for at in (dt.time(15, 10), dt.time(15, 20), dt.time(15, 40))] == [5, 6, 5]
    [item] = view.items
    assert vote_totals(workspace, ACTOR, item.id, 3, 2, 0, at=dt.time(15, 45)) is True
    assert vote_totals(workspace, ACTOR, item.id, 3, 3, 0, at=dt.time(15, 30)) is False  # a tie of six
    with pytest.raises(UsageProblem):
        mark_departed(workspace, ACTOR, meeting_id, office.members[5], dt.time(15, 10))
    start_break(workspace, ACTOR, meeting_id, dt.time(15, 50))
    with pytest.raises(RuleBroken):
        start_break(workspace, ACTOR, meeting_id, dt.time(15, 55))
    end_break(workspace, ACTOR, meeting_id, dt.time(16, 0))
    assert office.view(meeting_id).breaks[0].ended == dt.time(16, 0)


def test_votes_by_name_are_counted_once_and_only_of_those_in_the_hall(office: Office) -> None:
    workspace = office.workspace
    meeting_id = planned(office)
    for person_id in office.members[:5]:
        mark_came(workspace, ACTOR, meeting_id, person_id)
    open_meeting(workspace, ACTOR, meeting_id, dt.time(15, 0))
    [item] = office.view(meeting_id).items
    votes = [(person_id, Vote.FOR) for person_id in office.members[:3]]
    votes += [(office.members[3], Vote.AGAINST), (office.members[4], Vote.ABSTAINED)]
    assert vote_by_name(workspace, ACTOR, item.id, votes) is True
    with pytest.raises(RuleBroken) as twice:
        vote_by_name(workspace, ACTOR, item.id, [*votes, (office.members[0], Vote.FOR)])
    assert NAMES[0] in twice.value.text(Language.KK)
    with pytest.raises(RuleBroken) as absent:
        vote_by_name(workspace, ACTOR, item.id, [(office.members[7], Vote.FOR)])
    assert NAMES[7] in absent.value.text(Language.RU)
    stored = office.view(meeting_id).items[0]
    assert (stored.votes_for, stored.votes_against, stored.votes_abstained) == (3, 1, 1)
    assert len(stored.votes) == 5  # the refused ones changed nothing
    with pytest.raises(RuleBroken):
        mark_came(workspace, ACTOR, meeting_id, office.members[0], False)


def test_more_votes_than_people_are_kept_and_said_and_decide_nothing(office: Office) -> None:
    meeting_id = planned(office)
    for person_id in office.members[:5]:
        mark_came(office.workspace, ACTOR, meeting_id, person_id)
    open_meeting(office.workspace, ACTOR, meeting_id, dt.time(15, 0))
    [item] = office.view(meeting_id).items
    assert vote_totals(office.workspace, ACTOR, item.id, 6, 0, 0) is None
    assert office.view(meeting_id).items[0].votes_for == 6
    assert "meeting.more_votes" in [finding.code for finding in office.card(meeting_id).findings]
    with pytest.raises(RuleBroken):
        close_meeting(office.workspace, ACTOR, meeting_id, dt.time(16, 0))


def test_the_akim_disagrees_and_the_law_says_what_comes_next(office: Office) -> None:
    workspace = office.workspace
    meeting_id = held(office)
    [item] = office.view(meeting_id).items
    reason = Trilingual("Қаражат жеткіліксіз", "Недостаточно средств")
    with pytest.raises(RuleBroken):
        add_step(workspace, ACTOR, item.id, Step.HIGHER_AKIM, dt.date(2025, 11, 25))
    with pytest.raises(UsageProblem):  # a disagreement needs its reasons
        add_step(workspace, ACTOR, item.id, Step.DISAGREED, dt.date(2025, 11, 25))
    with pytest.raises(UsageProblem):  # before the meeting
        add_step(workspace, ACTOR, item.id, Step.DISAGREED, dt.date(2025, 11, 1), text=reason)
    for step, day, paper in (
        (Step.DISAGREED, dt.date(2025, 11, 25), "№ 114"),
        (Step.REPEATED, dt.date(2025, 12, 8), "№ 2"),
        (Step.MASLIKHAT, dt.date(2025, 12, 15), "№ 3-4/61"),
        (Step.HIGHER_AKIM, dt.date(2025, 12, 18), "№ 401"),
    ):
        add_step(workspace, ACTOR, item.id, step, day, paper=paper, text=reason)
    steps = office.view(meeting_id).items[0].follow_ups
    assert [each.step for each in steps] == [
        Step.DISAGREED, Step.REPEATED, Step.MASLIKHAT, Step.HIGHER_AKIM,
    ]  # fmt: skip
    assert next_steps(tuple(each.step for each in steps)) == []


def test_unfinished_tasks_come_onto_the_next_agenda_by_themselves(office: Office) -> None:
    workspace = office.workspace
    first = held(office)
    [item] = office.view(first).items
    with pytest.raises(UsageProblem):
        put_task(workspace, ACTOR, item.id, Trilingual("Жариялау"), due=dt.date(2025, 11, 1))
    task = put_task(
        workspace, ACTOR, item.id, Trilingual("Жариялау", "Опубликовать"), due=dt.date(2025, 12, 1)
    )
    second = planned(office, dt.date(2026, 2, 10))
    agenda = office.view(second).items
    assert [each.topic for each in agenda] == [
        Topic.LAST_MINUTES, Topic.UNFINISHED_TASKS, Topic.BUDGET_DRAFT,
    ]  # fmt: skip
    assert agenda[0].about_meeting_id == first
    close_task(workspace, ACTOR, task, TaskState.DONE, dt.date(2025, 12, 3), "Газетте жарияланды")
    with workspace.reading() as session:
        [done] = tasks(session, office.unit_id)
    assert done.in_time is False
    third = planned(office, dt.date(2026, 3, 10))
    assert Topic.UNFINISHED_TASKS not in [each.topic for each in office.view(third).items]


def test_the_record_is_opened_again_until_the_minutes_are_handed_over(office: Office) -> None:
    meeting_id = held(office)
    reopen_meeting(office.workspace, ACTOR, meeting_id)
    with office.workspace.reading() as session:
        assert bases_of(session, office.document_id)[0].agreed is None
    close_meeting(office.workspace, ACTOR, meeting_id, dt.time(16, 30))
    change_meeting(office.workspace, ACTOR, meeting_id, handed_to_akim=dt.date(2025, 11, 21))
    with pytest.raises(RuleBroken):
        reopen_meeting(office.workspace, ACTOR, meeting_id)


def test_a_member_whose_term_is_over_is_not_called(office: Office) -> None:
    with office.workspace.reading() as session:
        from akimat_desk.meetings.people import people

        person = people(session, office.unit_id)[0]
    end_membership(office.workspace, ACTOR, person.memberships[0].id, dt.date(2025, 10, 31))
    assert office.view(planned(office)).entitled == 7
    # The four years since 1 March 2024 are over on 29 February 2028.
    assert office.view(planned(office, dt.date(2028, 2, 29))).entitled == 7
    assert office.view(planned(office, dt.date(2028, 3, 1))).entitled is None


def test_guests_do_not_count(office: Office) -> None:
    meeting_id = planned(office)
    for person_id in office.members[:3]:
        mark_came(office.workspace, ACTOR, meeting_id, person_id)
    add_visitor(office.workspace, ACTOR, meeting_id, "Қонақов Үлгі", occupation="аудан әкімдігі")
    with pytest.raises(UsageProblem):
        add_visitor(office.workspace, ACTOR, meeting_id, "Қонақов Үлгі")
    assert office.view(meeting_id).present == 3
    with pytest.raises(RuleBroken):
        open_meeting(office.workspace, ACTOR, meeting_id, dt.time(15, 0))


def test_a_gathering_counts_residents_without_a_list(office: Office) -> None:
    """800 residents are entitled: 79 are not a tenth of them, 80 are."""
    meeting_id = plan_meeting(
        office.workspace,
        ACTOR,
        office.unit_id,
        MeetingKind.GATHERING,
        NOVEMBER,
        (NewItem(Topic.LOCAL_QUESTION),),
    )
    assert office.view(meeting_id).entitled == 800
    change_meeting(office.workspace, ACTOR, meeting_id, counted=79)
    with pytest.raises(RuleBroken):
        open_meeting(office.workspace, ACTOR, meeting_id, dt.time(11, 0))
    change_meeting(office.workspace, ACTOR, meeting_id, counted=80)
    open_meeting(office.workspace, ACTOR, meeting_id, dt.time(11, 0))
    with pytest.raises(UsageProblem):
        change_meeting(office.workspace, ACTOR, meeting_id, counted=-1)


def test_the_numbers_of_the_year_come_from_the_record(office: Office) -> None:
    meeting_id = held(office)
    [item] = office.view(meeting_id).items
    put_speech(office.workspace, ACTOR, item.id, SpeechKind.PROPOSAL, NAMES[2], "Жолға қосу", "")
    task = put_task(office.workspace, ACTOR, item.id, Trilingual("Жариялау"), due=dt.date(2025, 12, 1))
    close_task(office.workspace, ACTOR, task, TaskState.DONE, dt.date(2025, 12, 1))
    put_task(office.workspace, ACTOR, item.id, Trilingual("Есеп беру"), due=dt.date(2025, 12, 5))
    failed = planned(office, dt.date(2025, 12, 10))
    not_held(office.workspace, ACTOR, failed, None)
    with office.workspace.reading() as session:
        year = year_numbers(session, office.unit_id, 2025, dt.date(2025, 12, 31))
        assert [each.lawful for each in meetings(session, office.unit_id)] == [None, True]
    [numbers] = year.kinds
    assert (numbers.called, numbers.held, numbers.not_held, numbers.lawful) == (2, 1, 1, 1)
    assert (numbers.present, numbers.entitled, numbers.items, numbers.adopted) == (6, 8, 1, 1)
    assert (numbers.proposals, numbers.tasks, numbers.tasks_in_time, numbers.tasks_late) == (1, 2, 1, 1)
    assert year.total == type(numbers)(None, *[getattr(numbers, n) for n in numbers.__slots__[1:]])

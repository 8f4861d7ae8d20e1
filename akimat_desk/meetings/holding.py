"""Holding a meeting: who came, officers, speeches, votes. Every call is one small change, saved at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.text import repair, squeeze
from akimat_desk.meetings.calling import put_meeting, same_agenda, sync_basis
from akimat_desk.meetings.kinds import Vote
from akimat_desk.meetings.people import clean_name, person_row
from akimat_desk.meetings.record import (
    facts_of_meeting,
    item_facts,
    item_row,
    meeting,
    meeting_row,
    workspace_law,
)
from akimat_desk.meetings.rules.arithmetic import carried, least, reaches
from akimat_desk.meetings.rules.judge import vote_base
from akimat_desk.meetings.states import MeetingState, SpeechKind
from akimat_desk.meetings.tables import Attendance, Meeting, MeetingBreak, NamedVote, Speech
from akimat_desk.storage.changes import Actor, Change
from akimat_desk.storage.workspace import Workspace


def mark_came(
    workspace: Workspace,
    actor: Actor,
    meeting_id: int,
    person_id: int,
    came: bool = True,
    *,
    arrived: dt.time | None = None,
) -> None:
    """Tick a person as come, or take the tick back. A late comer has a time, others none.

    Raises RuleBroken for taking back somebody who voted by name.
    """
    with workspace.changing(actor, "meeting.attendance", id=meeting_id, came=came) as change:
        row = meeting_row(change.session, meeting_id)
        person = person_row(change.session, person_id)
        found = next((each for each in row.attendance if each.person_id == person_id), None)
        if came and found is None:
            row.attendance.append(Attendance(person_id=person_id, arrived=arrived))
        elif came and found is not None:
            found.arrived, found.departed, found.guest = arrived or found.arrived, None, False
        elif found is not None:
            if any(vote.person_id == person_id for item in row.items for vote in item.votes):
                raise RuleBroken("error.meeting.voted_already", name=person.name)
            row.attendance.remove(found)
        change.session.flush()
        change.touch("meeting", meeting_id)


def mark_departed(
    workspace: Workspace, actor: Actor, meeting_id: int, person_id: int, at: dt.time | None
) -> None:
    """Note when a person left; None: the person is back. Raises UsageProblem for one who has not come,
    or a time before the arrival."""
    with workspace.changing(actor, "meeting.departed", id=meeting_id) as change:
        row = meeting_row(change.session, meeting_id)
        found = next((each for each in row.attendance if each.person_id == person_id), None)
        if found is None:
            raise UsageProblem("error.meeting.has_not_come", name=person_row(change.session, person_id).name)
        if at is not None and found.arrived is not None and at < found.arrived:
            raise UsageProblem("error.meeting.left_before", arrived=f"{found.arrived:%H:%M}")
        found.departed = at
        change.touch("meeting", meeting_id)


def add_visitor(
    workspace: Workspace,
    actor: Actor,
    meeting_id: int,
    name: str,
    *,
    occupation: str = "",
    guest: bool = True,
    arrived: dt.time | None = None,
) -> None:
    """Put somebody on the list of the hall who is on no list: an invited person, or a resident who counts.

    Raises UsageProblem for a missing name or one that is on the hall's list.
    """
    named = clean_name(name)
    if not named:
        raise UsageProblem("error.meeting.person_name")
    with workspace.changing(actor, "meeting.attendance", id=meeting_id, guest=guest) as change:
        row = meeting_row(change.session, meeting_id)
        wanted = named.casefold()
        if any(each.name.casefold() == wanted for each in row.attendance):
            raise UsageProblem("error.meeting.in_hall_twice", name=named)
        row.attendance.append(
            Attendance(name=named, occupation=clean_name(occupation), guest=guest, arrived=arrived)
        )
        change.session.flush()
        change.touch("meeting", meeting_id)


def remove_visitor(workspace: Workspace, actor: Actor, attendance_id: int) -> None:
    """Take somebody off the hall's list."""
    with workspace.changing(actor, "meeting.attendance", attendance=attendance_id) as change:
        found = change.session.get(Attendance, attendance_id)
        if found is not None:
            row = meeting_row(change.session, found.meeting_id)
            row.attendance.remove(found)
            change.session.flush()
            change.touch("meeting", row.id)


def open_meeting(
    workspace: Workspace, actor: Actor, meeting_id: int, at: dt.time, opened_by: str = ""
) -> None:
    """Open the meeting. Raises RuleBroken without a quorum (with the arithmetic) or when it is over."""
    with workspace.changing(actor, "meeting.opened", id=meeting_id) as change:
        session = change.session
        row = meeting_row(session, meeting_id)
        if row.state in (MeetingState.HELD.value, MeetingState.NOT_HELD.value):
            raise RuleBroken("error.meeting.over")
        view = meeting(session, meeting_id)
        norm = workspace_law(session).norm("quorum", view.kind, view.day)
        present = view.in_hall() or 0
        if norm is not None:
            if not view.entitled:
                raise RuleBroken("error.meeting.entitled_needed")
            if not reaches(present, norm.share, view.entitled):
                raise RuleBroken(
                    "error.meeting.no_quorum",
                    present=present,
                    entitled=view.entitled,
                    needed=least(norm.share, view.entitled),
                )
        row.state = MeetingState.OPEN.value
        row.opened_at, row.opened_by = at, squeeze(opened_by) or row.opened_by
        change.touch("meeting", meeting_id)


def close_meeting(workspace: Workspace, actor: Actor, meeting_id: int, at: dt.time) -> None:
    """Close the meeting: its record is the minutes. Raises RuleBroken where it was not opened, or an
    item that was put to the vote has no result."""
    with workspace.changing(actor, "meeting.closed", id=meeting_id) as change:
        row = meeting_row(change.session, meeting_id)
        if row.state != MeetingState.OPEN.value:
            raise RuleBroken("error.meeting.not_open")
        undecided = [item.no for item in row.items if item.put_to_vote and item.adopted is None]
        if undecided:
            raise RuleBroken("error.meeting.undecided", items=", ".join(str(no) for no in undecided))
        if row.opened_at is not None and at < row.opened_at:
            raise UsageProblem("error.meeting.closed_before", opened=f"{row.opened_at:%H:%M}")
        row.state, row.closed_at = MeetingState.HELD.value, at
        for pause in row.breaks:
            pause.ended = pause.ended or at
        for item in row.items:
            sync_basis(change, row, item)
        change.session.flush()
        change.touch("meeting", meeting_id)


def reopen_meeting(workspace: Workspace, actor: Actor, meeting_id: int) -> None:
    """Take back the closing, to correct the record. Raises RuleBroken once the minutes are handed over."""
    with workspace.changing(actor, "meeting.reopened", id=meeting_id) as change:
        row = meeting_row(change.session, meeting_id)
        if row.state not in (MeetingState.HELD.value, MeetingState.NOT_HELD.value):
            raise RuleBroken("error.meeting.not_over")
        if row.handed_to_akim is not None:
            raise RuleBroken("error.meeting.handed_over")
        row.state = (MeetingState.OPEN if row.opened_at is not None else MeetingState.CALLED).value
        row.closed_at = None
        for item in row.items:
            sync_basis(change, row, item)
        change.touch("meeting", meeting_id)


def not_held(workspace: Workspace, actor: Actor, meeting_id: int, new_day: dt.date | None) -> int | None:
    """Record that the meeting did not take place for want of a quorum; with a new day a meeting with the
    same agenda is planned on it. Returns the new meeting's id.

    Raises RuleBroken when it was opened or is over, UsageProblem for a new day that is not later.
    """
    with workspace.changing(actor, "meeting.not_held", id=meeting_id) as change:
        row = meeting_row(change.session, meeting_id)
        if row.state in (MeetingState.OPEN.value, MeetingState.HELD.value):
            raise RuleBroken("error.meeting.was_opened")
        if new_day is not None and new_day <= row.day:
            raise UsageProblem("error.meeting.new_day", day=row.day)
        row.state = MeetingState.NOT_HELD.value
        change.touch("meeting", meeting_id)
        if new_day is None:
            return None
        again = Meeting(
            unit_id=row.unit_id,
            kind=row.kind,
            day=new_day,
            starts=row.starts,
            place_kk=row.place_kk,
            place_ru=row.place_ru,
            locality_id=row.locality_id,
            convened_by=row.convened_by,
            initiators=row.initiators,
            extraordinary=row.extraordinary,
            instead_of_id=meeting_id,
        )
        put_meeting(change, again, same_agenda(row))
        return again.id


def start_break(workspace: Workspace, actor: Actor, meeting_id: int, at: dt.time) -> None:
    """A break begins. Raises RuleBroken while one lasts or the meeting is not open."""
    with workspace.changing(actor, "meeting.break", id=meeting_id) as change:
        row = meeting_row(change.session, meeting_id)
        if row.state != MeetingState.OPEN.value or any(each.ended is None for each in row.breaks):
            raise RuleBroken("error.meeting.break")
        row.breaks.append(MeetingBreak(began=at))
        change.session.flush()
        change.touch("meeting", meeting_id)


def end_break(workspace: Workspace, actor: Actor, meeting_id: int, at: dt.time) -> None:
    """The break is over. Raises RuleBroken where none lasts, UsageProblem for a time before its start."""
    with workspace.changing(actor, "meeting.break", id=meeting_id) as change:
        row = meeting_row(change.session, meeting_id)
        running = next((each for each in row.breaks if each.ended is None), None)
        if running is None:
            raise RuleBroken("error.meeting.no_break")
        if at < running.began:
            raise UsageProblem("error.meeting.left_before", arrived=f"{running.began:%H:%M}")
        running.ended = at
        change.touch("meeting", meeting_id)


def put_speech(
    workspace: Workspace,
    actor: Actor,
    item_id: int,
    kind: SpeechKind,
    speaker: str,
    gist_kk: str,
    gist_ru: str,
    *,
    speech_id: int | None = None,
) -> int:
    """Keep the gist of what somebody said, or correct it. Returns its id. Raises UsageProblem when empty."""
    if not (gist_kk.strip() or gist_ru.strip() or speaker.strip()):
        raise UsageProblem("error.meeting.empty_speech")
    with workspace.changing(actor, "meeting.speech", item=item_id) as change:
        item = item_row(change.session, item_id)
        speech = next((each for each in item.speeches if each.id == speech_id), None)
        if speech is None:
            speech = Speech(item_id=item_id)
            item.speeches.append(speech)
        speech.kind, speech.speaker = kind.value, clean_name(speaker)
        speech.gist_kk, speech.gist_ru = repair(gist_kk.strip()), repair(gist_ru.strip())
        change.session.flush()
        change.touch("meeting", item.meeting_id)
        return speech.id


def remove_speech(workspace: Workspace, actor: Actor, speech_id: int) -> None:
    """Take a speech off the record."""
    with workspace.changing(actor, "meeting.speech", speech=speech_id) as change:
        speech = change.session.get(Speech, speech_id)
        if speech is not None:
            item = item_row(change.session, speech.item_id)
            item.speeches.remove(speech)
            change.session.flush()
            change.touch("meeting", item.meeting_id)


def vote_totals(
    workspace: Workspace,
    actor: Actor,
    item_id: int,
    votes_for: int | None,
    against: int | None,
    abstained: int | None,
    *,
    at: dt.time | None = None,
) -> bool | None:
    """Keep a show of hands; totals are stored as they were typed, whatever is wrong with them.

    Returns whether the decision is adopted by them: None while a number is missing, or when more
    hands were counted than people are there. Raises UsageProblem for a negative number.
    """
    for count in (votes_for, against, abstained):
        if count is not None and count < 0:
            raise UsageProblem("error.meeting.negative", value=count)
    with workspace.changing(actor, "meeting.voted", item=item_id) as change:
        item = item_row(change.session, item_id)
        item.by_name = False
        item.votes.clear()
        item.votes_for, item.votes_against, item.votes_abstained = votes_for, against, abstained
        item.voted_at = at
        return _settle(change, item_id)


def vote_by_name(
    workspace: Workspace,
    actor: Actor,
    item_id: int,
    votes: Sequence[tuple[int, Vote]],
    *,
    at: dt.time | None = None,
) -> bool | None:
    """Keep votes by name, all of an item at once; the totals are their count.

    Raises RuleBroken where a member votes twice or is not in the hall; nothing is stored then.
    """
    with workspace.changing(actor, "meeting.voted", item=item_id, count=len(votes)) as change:
        session = change.session
        item = item_row(session, item_id)
        row = meeting_row(session, item.meeting_id)
        here = {each.person_id for each in row.attendance if not each.guest and _was_here(each, at)}
        seen: set[int] = set()
        for person_id, _ in votes:
            name = person_row(session, person_id).name
            if person_id in seen:
                raise RuleBroken("error.meeting.voted_twice", name=name)
            if person_id not in here:
                raise RuleBroken("error.meeting.not_in_hall", name=name)
            seen.add(person_id)
        item.votes.clear()
        session.flush()
        item.votes.extend(NamedVote(person_id=person_id, vote=vote.value) for person_id, vote in votes)
        cast = [vote for _, vote in votes]
        item.by_name, item.voted_at = True, at
        item.votes_for = cast.count(Vote.FOR)
        item.votes_against = cast.count(Vote.AGAINST)
        item.votes_abstained = cast.count(Vote.ABSTAINED)
        return _settle(change, item_id)


def outcome(session: Session, item_id: int) -> bool | None:
    """Whether an item is adopted by its votes; None where they do not say."""
    item = item_row(session, item_id)
    view = meeting(session, item.meeting_id)
    law = workspace_law(session)
    facts = facts_of_meeting(view)
    each = item_facts(view, view.item(item_id))
    norm = law.norm("majority", view.kind, view.day)
    if norm is None or each.votes is None:
        return None
    base = vote_base(each, facts, norm)
    in_hall = each.present if each.present is not None else facts.present
    if base is None or (in_hall is not None and sum(each.votes) > in_hall):
        return None
    tie = law.norm("tie", view.kind, view.day)
    return carried(
        each.votes, base, tie=str(tie.value) if tie is not None else "not_adopted", chair=each.chair_vote
    )


def _was_here(each: Attendance, at: dt.time | None) -> bool:
    if at is None:
        return each.departed is None
    return (each.arrived is None or each.arrived <= at) and (each.departed is None or at < each.departed)


def _settle(change: Change, item_id: int) -> bool | None:
    change.session.flush()
    item = item_row(change.session, item_id)
    item.adopted = outcome(change.session, item_id)
    row = meeting_row(change.session, item.meeting_id)
    sync_basis(change, row, item)
    change.touch("meeting", item.meeting_id)
    return item.adopted

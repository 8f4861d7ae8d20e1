"""Reading: a meeting with everything that belongs to it, the list of meetings, and the card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from akimat_desk.budget.adjustments.rules import BETWEEN_PROGRAMS
from akimat_desk.budget.adjustments.tables import AdjustmentDocument
from akimat_desk.budget.bases.basis import MINUTES
from akimat_desk.budget.decisions.documents import numbered_documents
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.views import DocumentState
from akimat_desk.core.dates import short
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Topic, Vote
from akimat_desk.meetings.people import (
    entitled_of,
    localities,
    people,
    population_of,
)
from akimat_desk.meetings.rules.facts import ItemFacts, MeetingFacts, MinutesFacts
from akimat_desk.meetings.rules.judge import judge
from akimat_desk.meetings.rules.law import Law
from akimat_desk.meetings.rules.verdicts import Card
from akimat_desk.meetings.states import BODY_OF, Body, MeetingState, PaperKind, SpeechKind, Step, TaskState
from akimat_desk.meetings.tables import (
    FollowUp,
    Meeting,
    MeetingItem,
    MeetingPaper,
    MeetingTask,
)
from akimat_desk.meetings.views import (
    AttendanceView,
    BreakView,
    BudgetPaper,
    FollowUpView,
    ItemView,
    LocalityView,
    MeetingName,
    MeetingSummary,
    MeetingView,
    MovePaper,
    PaperView,
    PersonView,
    SpeechView,
    TaskView,
)
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.tables import Attachment, Setting

NORM_SETTING = "meetings.norm."


def workspace_law(session: Session) -> Law:
    """The law with what this office set for itself."""
    keys = session.scalars(select(Setting.key).where(Setting.key.startswith(NORM_SETTING)))
    values: dict[str, int | str] = {}
    for key in keys:
        value = get_setting(session, key)
        if isinstance(value, int | str):
            values[key.removeprefix(NORM_SETTING)] = value
    return Law(values)


def meeting_row(session: Session, meeting_id: int) -> Meeting:
    """The meeting's row. Raises UsageProblem for one that is gone."""
    row = session.get(Meeting, meeting_id)
    if row is None:
        raise UsageProblem("error.meeting.gone")
    return row


def item_row(session: Session, item_id: int) -> MeetingItem:
    """The item's row. Raises UsageProblem for one that is gone."""
    row = session.get(MeetingItem, item_id)
    if row is None:
        raise UsageProblem("error.meeting.gone")
    return row


def meetings(session: Session, unit_id: int) -> list[MeetingSummary]:
    """Every meeting of a unit, the newest first."""
    rows = session.scalars(
        select(Meeting)
        .where(Meeting.unit_id == unit_id)
        .order_by(Meeting.day.desc(), Meeting.id.desc())
        .options(
            selectinload(Meeting.items).selectinload(MeetingItem.speeches),
            selectinload(Meeting.items).selectinload(MeetingItem.votes),
            selectinload(Meeting.attendance),
            selectinload(Meeting.breaks),
            selectinload(Meeting.papers),
        )
    ).all()
    law = workspace_law(session)
    there, places = people(session, unit_id), localities(session, unit_id)
    summaries = []
    for row in rows:
        view = _view(session, row, there, places, {})
        held = view.state is MeetingState.HELD
        summaries.append(
            MeetingSummary(
                id=row.id,
                unit_id=unit_id,
                kind=view.kind,
                state=view.state,
                number=view.number,
                day=view.day,
                starts=view.starts,
                place=view.place,
                locality=view.locality,
                topics=tuple(item.topic for item in view.items),
                entitled=view.entitled,
                present=view.present,
                lawful=judge(facts_of_meeting(view), law).lawful if held else None,
                instead_of_id=view.instead_of_id,
            )
        )
    return summaries


def meeting_names(session: Session, unit_id: int) -> list[MeetingName]:
    """Every meeting of a unit by name, the newest first; judges nothing."""
    rows = session.execute(
        select(Meeting.id, Meeting.kind, Meeting.number, Meeting.day)
        .where(Meeting.unit_id == unit_id)
        .order_by(Meeting.day.desc(), Meeting.id.desc())
    )
    return [MeetingName(row.id, MeetingKind(row.kind), row.number, row.day) for row in rows]


def meeting(session: Session, meeting_id: int) -> MeetingView:
    """Everything of one meeting. Raises UsageProblem for one that is gone."""
    row = meeting_row(session, meeting_id)
    papers = budget_papers(session, row.unit_id)
    return _view(session, row, people(session, row.unit_id), localities(session, row.unit_id), papers)


def card_of(session: Session, meeting_id: int) -> Card:
    """The lawfulness card of a meeting, with what is to be said of its record."""
    view = meeting(session, meeting_id)
    card = judge(facts_of_meeting(view), workspace_law(session))
    return Card(card.verdicts, (*card.findings, *record_findings(view)))


def facts_of_meeting(view: MeetingView) -> MeetingFacts:
    """The record as the rules ask for it; what is not due yet is not known."""
    over = view.state is MeetingState.HELD
    return MeetingFacts(
        kind=view.kind,
        held=view.day,
        notice_given=view.notice_given,
        convened_by=view.convened_by,
        initiators=view.initiators,
        entitled=view.entitled,
        present=view.present,
        agenda=tuple(item_facts(view, item) for item in view.items),
        minutes=_minutes_facts(view) if over else MinutesFacts(),
        representatives=view.representatives,
        extraordinary=view.extraordinary,
        materials_given=view.materials_given,
        elected=view.elected,
        population=view.population,
        localities=view.localities,
        localities_represented=view.localities_represented,
    )


def item_facts(view: MeetingView, item: ItemView) -> ItemFacts:
    """One item as the rules ask for it: present are those in the hall when it was voted on."""
    chair = dict(item.votes).get(view.chair_person_id) if view.chair_person_id is not None else None
    return ItemFacts(
        no=item.no,
        topic=item.topic,
        votes_for=item.votes_for,
        against=item.votes_against,
        abstained=item.votes_abstained,
        adopted=item.adopted,
        present=view.in_hall(item.voted_at) if item.voted_at is not None else None,
        chair_vote=chair,
        put_to_vote=item.put_to_vote,
    )


def _minutes_facts(view: MeetingView) -> MinutesFacts:
    signed_list = any(paper.kind is PaperKind.SIGN_IN for paper in view.papers)
    listed = view.present is not None and len(view.attending) >= view.present
    decided = [item for item in view.items if item.put_to_vote]
    return MinutesFacts(
        date_place=bool(view.place),
        entitled_total=bool(view.entitled),
        attendance_list=bool(view.present) and (listed or signed_list),
        officers=bool(view.chair and view.secretary),
        agenda_speeches_decisions=bool(view.items)
        and all(item.decision for item in decided)
        and all(item.speeches or item.reporter for item in view.items),
        signed_by_chair=view.signed_by_chair,
        signed_by_secretary=view.signed_by_secretary,
        handed_to_akim=view.handed_to_akim,
    )


def record_findings(view: MeetingView) -> list[Finding]:
    """What is to be said of a record beside the law's rules: budget papers, who left before voting."""
    found = []
    for item in view.items:
        fields: dict[str, object] = {"no": item.no}
        if view.kind is MeetingKind.ASSEMBLY:
            found += _paper_findings(item)
        here = {person.person_id for person in view.people if person.in_hall(item.voted_at)}
        absent = [person_id for person_id, _ in item.votes if person_id not in here]
        if absent:
            fields = {"no": item.no, "count": len(absent)}
            found.append(Finding("meeting.absent_voted", Severity.ERROR, fields))
    if view.state in (MeetingState.HELD, MeetingState.OPEN) and view.notice_given is not None:
        proof = any(paper.kind is PaperKind.PUBLICATION for paper in view.papers)
        if not proof and view.kind.of_community:
            found.append(Finding("meeting.no_publication", Severity.WARNING, source="source.law148.39_3_8"))
    return found


def _paper_findings(item: ItemView) -> list[Finding]:
    """Whether an item about the budget names the very paper, and a paper that is what the item says."""
    fields: dict[str, object] = {"no": item.no}
    if item.topic is not Topic.PROGRAM_MOVE:
        missing = item.topic.of_budget and item.paper is None
        return [Finding("meeting.no_budget_paper", Severity.WARNING, fields)] if missing else []
    wrong = [str(move.number or "–") for move in item.moves if move.ground != BETWEEN_PROGRAMS]
    if item.paper is not None:
        wrong.append(item.paper.number or "–")
    if wrong:
        fields["number"] = ", ".join(wrong)
        return [Finding("meeting.not_a_move", Severity.ERROR, fields, source="source.bc_98")]
    return [] if item.moves else [Finding("meeting.no_move_paper", Severity.WARNING, fields, "source.bc_98")]


def all_meeting_findings(session: Session) -> list[Finding]:
    """Everything to be said of every meeting held, each with the meeting it is about."""
    return _findings_of(session, select(Meeting.id))


def year_findings(session: Session, unit_id: int, year: int) -> list[Finding]:
    """The same of the meetings that a unit held in a year."""
    days = Meeting.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    return _findings_of(session, select(Meeting.id).where(Meeting.unit_id == unit_id, days))


def _findings_of(session: Session, asked: Select[int]) -> list[Finding]:
    ids = session.scalars(
        asked.where(Meeting.state == MeetingState.HELD.value).order_by(Meeting.day, Meeting.id)
    )
    found = []
    for meeting_id in ids:
        row = meeting_row(session, meeting_id)
        where = Place(text=f"№ {row.number or '–'}, {short(row.day)}")
        found += [replace(finding, where=where) for finding in card_of(session, meeting_id).findings]
    return found


def budget_papers(session: Session, unit_id: int) -> Mapping[int, BudgetPaper]:
    """The unit's budget documents by id, as an item names them."""
    return {
        document.id: BudgetPaper(
            document.id, document.kind, document.number, document.date, document.first_year, edition
        )
        for document, edition in numbered_documents(session, unit_id)
    }


def tasks(session: Session, unit_id: int) -> list[TaskView]:
    """Every task that came out of a meeting, by term, those without one last."""
    rows = session.execute(
        select(MeetingTask, MeetingItem, Meeting)
        .join(MeetingItem, MeetingItem.id == MeetingTask.item_id)
        .join(Meeting, Meeting.id == MeetingItem.meeting_id)
        .where(Meeting.unit_id == unit_id)
    ).all()
    views = [task_view(task, item, row) for task, item, row in rows]
    return sorted(views, key=lambda task: (task.due or dt.date.max, task.id))


# --- inside -----------------------------------------------------------------------------------


def _view(
    session: Session,
    row: Meeting,
    there: Sequence[PersonView],
    places: list[LocalityView],
    papers: Mapping[int, BudgetPaper],
) -> MeetingView:
    kind = MeetingKind(row.kind)
    state = MeetingState(row.state)
    body = BODY_OF.get(kind)
    members = [person for person in there if body is not None and person.is_member(body, row.day)]
    hall = _hall(row, members, {person.id: person for person in there})
    locality = next((place.name for place in places if place.id == row.locality_id), Trilingual())
    entitled = row.entitled
    if entitled is None:
        entitled = len(members) or None if body is not None else entitled_of(places, row.locality_id)
    whole = [place for place in places if place.part_of_id is None]
    is_assembly = kind is MeetingKind.ASSEMBLY and bool(members) and len(whole) > 1
    represented = sum(
        bool(
            ({place.id} | {each.id for each in places if each.part_of_id == place.id})
            & {member.locality_id for member in members}
        )
        for place in whole
    )
    return MeetingView(
        id=row.id,
        unit_id=row.unit_id,
        kind=kind,
        state=state,
        number=row.number,
        day=row.day,
        starts=row.starts,
        place=Trilingual(row.place_kk, row.place_ru),
        locality_id=row.locality_id,
        locality=locality,
        convened_by=ConvenedBy(row.convened_by),
        initiators=row.initiators,
        extraordinary=row.extraordinary,
        notice_given=row.notice_given,
        materials_given=row.materials_given,
        entitled=entitled,
        entitled_typed=row.entitled,
        present=_present(row, state, hall),
        counted=row.counted,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        opened_by=row.opened_by,
        chair=row.chair,
        chair_person_id=row.chair_person_id,
        secretary=row.secretary,
        agenda_approved=row.agenda_approved,
        signed_by_chair=row.signed_by_chair,
        signed_by_secretary=row.signed_by_secretary,
        handed_to_akim=row.handed_to_akim,
        published=row.published,
        representatives=row.representatives,
        instead_of_id=row.instead_of_id,
        note=row.note,
        items=tuple(_item(session, item, row, papers) for item in row.items),
        people=tuple(hall),
        breaks=tuple(BreakView(each.id, each.began, each.ended) for each in row.breaks),
        papers=tuple(_paper(session, paper) for paper in row.papers),
        elected=_elected(members, row.day) if kind is MeetingKind.ASSEMBLY else None,
        population=population_of(whole) if kind is MeetingKind.ASSEMBLY and members else None,
        localities=len(whole) if is_assembly else None,
        localities_represented=represented if is_assembly else None,
    )


def _hall(
    row: Meeting, members: Sequence[PersonView], by_id: Mapping[int, PersonView]
) -> list[AttendanceView]:
    """Members in the order of their list, whether they came or not; then others who came; guests last."""
    came = {each.person_id: each for each in row.attendance if each.person_id is not None}
    hall = []
    for member in members:
        found = came.pop(member.id, None)
        hall.append(
            AttendanceView(
                found.id if found else None,
                member.id,
                member.name,
                member.occupation,
                guest=False,
                came=found is not None and not found.guest,
                arrived=found.arrived if found else None,
                departed=found.departed if found else None,
            )
        )
    member_ids = {member.id for member in members}
    others = [each for each in row.attendance if each.person_id not in member_ids]
    for each in sorted(others, key=lambda each: (each.guest, each.id)):
        person = by_id.get(each.person_id) if each.person_id is not None else None
        hall.append(
            AttendanceView(
                each.id,
                each.person_id,
                person.name if person else each.name,
                (person.occupation if person else "") or each.occupation,
                guest=each.guest,
                came=True,
                arrived=each.arrived,
                departed=each.departed,
            )
        )
    return hall


def _present(row: Meeting, state: MeetingState, hall: Sequence[AttendanceView]) -> int | None:
    """Who counts for the quorum: those there when it was opened, all who came where no time is kept."""
    if row.counted is not None:
        return row.counted
    if state in (MeetingState.PLANNED, MeetingState.CALLED) and not row.attendance:
        return None
    here = [person for person in hall if person.came and not person.guest]
    if state is MeetingState.OPEN:
        return sum(person.in_hall(None) for person in here)
    return len(here)


def _elected(members: Sequence[PersonView], day: dt.date) -> dt.date | None:
    """The first day of the members' present term: the earliest of them."""
    days = [
        each.since
        for member in members
        for each in member.memberships
        if each.body is Body.ASSEMBLY and each.holds(day)
    ]
    return min(days) if days else None


def _item(session: Session, item: MeetingItem, row: Meeting, papers: Mapping[int, BudgetPaper]) -> ItemView:
    tasks_of = session.scalars(
        select(MeetingTask).where(MeetingTask.item_id == item.id).order_by(MeetingTask.id)
    )
    steps = session.scalars(
        select(FollowUp).where(FollowUp.item_id == item.id).order_by(FollowUp.day, FollowUp.id)
    )
    resting = (
        select(AdjustmentDocument)
        .where(AdjustmentDocument.basis_kind == MINUTES, AdjustmentDocument.basis_id == item.id)
        .order_by(AdjustmentDocument.id)
    )
    paper = papers.get(item.document_id) if item.document_id is not None else None
    if paper is None and item.document_id is not None:
        document = session.get_one(BudgetDocument, item.document_id)
        paper = BudgetPaper(
            document.id, document.kind, document.number, document.date, document.first_year, 0
        )
    return ItemView(
        id=item.id,
        no=item.no,
        topic=Topic(item.topic),
        title=Trilingual(item.title_kk, item.title_ru),
        reporter=item.reporter,
        paper=paper,
        about_meeting_id=item.about_meeting_id,
        put_to_vote=item.put_to_vote,
        by_name=item.by_name,
        votes_for=item.votes_for,
        votes_against=item.votes_against,
        votes_abstained=item.votes_abstained,
        voted_at=item.voted_at,
        adopted=item.adopted,
        decision=Trilingual(item.decision_kk, item.decision_ru),
        speeches=tuple(
            SpeechView(each.id, SpeechKind(each.kind), each.speaker, Trilingual(each.gist_kk, each.gist_ru))
            for each in item.speeches
        ),
        votes=tuple((vote.person_id, Vote(vote.vote)) for vote in item.votes),
        tasks=tuple(task_view(task, item, row) for task in tasks_of),
        follow_ups=tuple(follow_up_view(step) for step in steps),
        moves=tuple(
            MovePaper(
                row.id, row.ground, row.year, row.number, row.date, row.state == DocumentState.CONFIRMED
            )
            for row in session.scalars(resting)
        ),
    )


def follow_up_view(row: FollowUp) -> FollowUpView:
    """A step as a plain value."""
    return FollowUpView(
        row.id,
        row.item_id,
        Step(row.step),
        row.day,
        row.paper,
        Trilingual(row.text_kk, row.text_ru),
        row.meeting_id,
        row.attachment_id,
    )


def task_view(task: MeetingTask, item: MeetingItem, row: Meeting) -> TaskView:
    """A task as a plain value."""
    return TaskView(
        id=task.id,
        item_id=item.id,
        item_no=item.no,
        meeting_id=row.id,
        meeting_day=row.day,
        meeting_kind=MeetingKind(row.kind),
        text=Trilingual(task.text_kk, task.text_ru),
        responsible=task.responsible,
        due=task.due,
        state=TaskState(task.state),
        closed_on=task.closed_on,
        report=task.report,
    )


def _paper(session: Session, paper: MeetingPaper) -> PaperView:
    name = session.scalar(select(Attachment.name).where(Attachment.id == paper.attachment_id))
    return PaperView(paper.id, PaperKind(paper.kind), paper.attachment_id, name or "", paper.day, paper.note)

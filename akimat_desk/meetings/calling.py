"""Calling a meeting: kind, day and agenda; the last days for notice and materials; proof of publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from akimat_desk.budget.bases.service import BasisView, drop_basis, keep_basis
from akimat_desk.budget.calendar.service import work_calendar
from akimat_desk.core.deadlines import Deadline
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import Message, text
from akimat_desk.core.text import repair, squeeze
from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Topic
from akimat_desk.meetings.record import (
    facts_of_meeting,
    item_row,
    meeting,
    meeting_row,
    workspace_law,
)
from akimat_desk.meetings.rules.facts import ItemFacts, MeetingFacts
from akimat_desk.meetings.rules.judge import materials_norm, notice_norm
from akimat_desk.meetings.rules.law import SHIPPED, Law, article_of
from akimat_desk.meetings.states import MeetingState, PaperKind, TaskState
from akimat_desk.meetings.tables import Meeting, MeetingItem, MeetingPaper, MeetingTask
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.changes import Actor, Change
from akimat_desk.storage.workspace import Workspace

NOTHING = Trilingual()
_BEFORE = (MeetingState.PLANNED, MeetingState.CALLED)


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to be put on an agenda; without a title the topic's own words are taken."""

    topic: Topic
    title: Trilingual = NOTHING
    document_id: int | None = None
    about_meeting_id: int | None = None
    reporter: str = ""


@dataclass(frozen=True, slots=True)
class CallingDates:
    """What the chosen day means: the last days to act, the earliest lawful day from ``today`` on."""

    notice_days: int
    notice_by: dt.date
    materials_by: dt.date | None
    earliest: dt.date
    findings: tuple[Finding, ...] = ()

    @property
    def too_early(self) -> bool:
        """Whether notice given today would already be too late for the day."""
        return any(finding.code == "meeting.too_early" for finding in self.findings)


def calling_dates(
    kind: MeetingKind,
    day: dt.date,
    topics: tuple[Topic, ...],
    today: dt.date,
    law: Law = SHIPPED,
    *,
    extraordinary: bool = False,
    notice_given: dt.date | None = None,
) -> CallingDates:
    """The dates of calling a meeting on ``day``, and what is wrong with that day or its topics."""
    items = tuple(ItemFacts(no, topic) for no, topic in enumerate(topics, start=1))
    facts = MeetingFacts(kind, held=day, agenda=items, extraordinary=extraordinary)
    norm, materials = notice_norm(facts, law), materials_norm(facts, law)
    days = norm.number if norm is not None else 0
    earliest = (notice_given or today) + dt.timedelta(days=days)
    found: list[Finding] = []
    if norm is not None and day < earliest:
        fields: dict[str, object] = {"day": day, "earliest": earliest, "count": days}
        found.append(Finding("meeting.too_early", Severity.ERROR, fields, source=norm.article))
    for item in items:
        article, inside = article_of(item.topic, kind)
        if not inside:
            fields = {
                "topic": Message(f"meeting.topic.{item.topic.value}"),
                "kind": Message(f"meeting.kind.{kind.value}"),
            }
            found.append(Finding("meeting.outside", Severity.ERROR, fields, source=article))
    for each in (norm, materials):
        if each is not None and not each.confirmed:
            rule = "notice" if each is norm else "materials"
            fields = {"rule": Message(f"meeting.rule.{rule}")}
            found.append(Finding("meeting.check_regulation", Severity.INFO, fields, source=each.article))
    return CallingDates(
        notice_days=days,
        notice_by=day - dt.timedelta(days=days),
        materials_by=day - dt.timedelta(days=materials.number) if materials is not None else None,
        earliest=earliest,
        findings=tuple(found),
    )


def deadlines_of(session: Session, meeting_id: int) -> list[Deadline]:
    """What is due before and after a meeting, in the order of days."""
    view, law = meeting(session, meeting_id), workspace_law(session)
    facts, days = facts_of_meeting(view), work_calendar(session)
    due: list[tuple[str, dt.date, str]] = []
    norm, materials = notice_norm(facts, law), materials_norm(facts, law)
    if norm is not None and view.notice_given is None:
        due.append(("notice", view.day - dt.timedelta(days=norm.number), norm.article))
    if materials is not None and view.materials_given is None and view.state in _BEFORE:
        due.append(("materials", view.day - dt.timedelta(days=materials.number), materials.article))
    if view.state is MeetingState.HELD:
        handover = law.norm("handover_working_days", view.kind, view.day)
        if handover is not None and view.handed_to_akim is None:
            due.append(("handover", days.working_days_after(view.day, handover.number), handover.article))
        answer = law.norm("answer_working_days", view.kind, view.day)
        answered = all(
            item.follow_ups for item in view.items if item.adopted and item.topic is not Topic.LAST_MINUTES
        )
        if answer is not None and view.handed_to_akim is not None and not answered:
            day = days.working_days_after(view.handed_to_akim, answer.number)
            due.append(("answer", day, answer.article))
        due += [
            ("task", task.due, "source.law148.39_3_13")
            for item in view.items
            for task in item.tasks
            if task.state is TaskState.OPEN and task.due is not None
        ]
    fields = {"kind": Message(f"meeting.kind.{view.kind.value}"), "day": view.day}
    return [
        Deadline(Message(f"meeting.due.{what}", fields), day, article, days.last_working_day(day))
        for what, day, article in sorted(due, key=lambda each: each[1])
    ]


def plan_meeting(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    kind: MeetingKind,
    day: dt.date,
    items: tuple[NewItem, ...] = (),
    *,
    starts: dt.time | None = None,
    place: Trilingual = NOTHING,
    locality_id: int | None = None,
    convened_by: ConvenedBy = ConvenedBy.AKIM,
    initiators: int | None = None,
    extraordinary: bool = False,
) -> int:
    """Plan a meeting. Approval of the last minutes and unfinished tasks come onto its agenda by themselves.

    A day that is too early is stored and said (see :func:`calling_dates`). Returns the meeting's id.
    """
    with workspace.changing(actor, "meeting.planned", kind=kind, day=day, unit=unit_id) as change:
        row = Meeting(
            unit_id=unit_id,
            kind=kind.value,
            day=day,
            starts=starts,
            place_kk=_line(place.kk),
            place_ru=_line(place.ru),
            locality_id=locality_id,
            convened_by=convened_by.value,
            initiators=initiators,
            extraordinary=extraordinary,
        )
        wanted = list(items)
        there = {item.topic for item in wanted}
        before = _carried_over(change.session, unit_id, kind, day)
        put_meeting(change, row, [*(each for each in before if each.topic not in there), *wanted])
        return row.id


def put_meeting(change: Change, row: Meeting, items: list[NewItem]) -> None:
    """Plan a meeting within a change that does more: its number is the next one of its kind and year."""
    row.state = MeetingState.PLANNED.value
    row.number = _next_number(change.session, row.unit_id, MeetingKind(row.kind), row.day.year)
    change.session.add(row)
    change.session.flush()
    for item in items:
        _put_item(change, row, item)
    change.touch("meeting", row.id)


def same_agenda(row: Meeting) -> list[NewItem]:
    """The agenda of a meeting that did not take place, for the one held instead."""
    return [
        NewItem(
            Topic(item.topic),
            Trilingual(item.title_kk, item.title_ru),
            item.document_id,
            item.about_meeting_id,
            item.reporter,
        )
        for item in row.items
    ]


def change_meeting(workspace: Workspace, actor: Actor, meeting_id: int, /, **fields: object) -> None:
    """Change what is given of a meeting's own words and days (see ``_CHANGEABLE``); saved at once.

    Raises UsageProblem for one that is gone, a negative number.
    """
    with workspace.changing(actor, "meeting.changed", id=meeting_id, fields=sorted(fields)) as change:
        row = meeting_row(change.session, meeting_id)
        for name, value in fields.items():
            if name not in _CHANGEABLE:
                raise ValueError(f"a meeting has no {name} to change")
            if isinstance(value, int) and not isinstance(value, bool) and value < 0:
                raise UsageProblem("error.meeting.negative", value=value)
            setattr(row, name, _line(value) if isinstance(value, str) else value)
        if row.state in {state.value for state in _BEFORE}:
            called = row.notice_given is not None
            row.state = (MeetingState.CALLED if called else MeetingState.PLANNED).value
        if "day" in fields or "number" in fields:
            for item in row.items:
                sync_basis(change, row, item)
        change.session.flush()
        change.touch("meeting", meeting_id)


_CHANGEABLE = frozenset(
    {
        "day", "starts", "number", "place_kk", "place_ru", "locality_id", "convened_by", "initiators",
        "extraordinary", "notice_given", "materials_given", "entitled", "counted", "opened_by", "chair",
        "chair_person_id", "secretary", "agenda_approved", "signed_by_chair", "signed_by_secretary",
        "handed_to_akim", "published", "representatives", "note",
    }
)  # fmt: skip


def delete_meeting(workspace: Workspace, actor: Actor, meeting_id: int) -> None:
    """Take back a meeting that was only planned. Raises RuleBroken once notice was given or it was held."""
    with workspace.changing(actor, "meeting.deleted", id=meeting_id) as change:
        row = meeting_row(change.session, meeting_id)
        if row.state != MeetingState.PLANNED.value or row.papers:
            raise RuleBroken("error.meeting.stays")
        for item in row.items:
            drop_basis(change, row.kind, item.id)
        change.session.delete(row)
        change.touch("meeting", meeting_id)


def add_item(workspace: Workspace, actor: Actor, meeting_id: int, item: NewItem) -> int:
    """Put an item at the end of the agenda. Returns its id."""
    with workspace.changing(actor, "meeting.item_added", id=meeting_id, topic=item.topic) as change:
        row = meeting_row(change.session, meeting_id)
        made = _put_item(change, row, item)
        change.touch("meeting", meeting_id)
        return made.id


def change_item(workspace: Workspace, actor: Actor, item_id: int, /, **fields: object) -> None:
    """Change what is given of an item: topic, titles, reporter, decision, the budget document, whether
    it is voted on. Saved at once. Raises UsageProblem for one that is gone."""
    with workspace.changing(actor, "meeting.item_changed", id=item_id, fields=sorted(fields)) as change:
        item = item_row(change.session, item_id)
        for name, value in fields.items():
            if name not in _ITEM_CHANGEABLE:
                raise ValueError(f"an item has no {name} to change")
            kept = value.value if isinstance(value, Topic) else value
            setattr(item, name, _text(kept) if isinstance(kept, str) else kept)
        change.session.flush()
        row = meeting_row(change.session, item.meeting_id)
        sync_basis(change, row, item)
        change.touch("meeting", row.id)


_ITEM_CHANGEABLE = frozenset(
    {
        "topic", "title_kk", "title_ru", "reporter", "document_id", "about_meeting_id", "put_to_vote",
        "decision_kk", "decision_ru", "adopted",
    }
)  # fmt: skip


def remove_item(workspace: Workspace, actor: Actor, item_id: int) -> None:
    """Take an item off the agenda; the others close up. Raises RuleBroken where it was voted on or has
    tasks: what happened stays on record."""
    with workspace.changing(actor, "meeting.item_removed", id=item_id) as change:
        session = change.session
        item = item_row(session, item_id)
        row = meeting_row(session, item.meeting_id)
        has_tasks = session.scalar(select(MeetingTask.id).where(MeetingTask.item_id == item_id).limit(1))
        if item.votes_for is not None or item.votes or has_tasks is not None:
            raise RuleBroken("error.meeting.item_stays", no=item.no)
        drop_basis(change, row.kind, item.id)
        row.items.remove(item)
        for no, each in enumerate(row.items, start=1):
            each.no = no
        session.flush()
        change.touch("meeting", row.id)


def move_item(workspace: Workspace, actor: Actor, item_id: int, by: int) -> None:
    """Move an item up (-1) or down (1) on the agenda; at the end of the list nothing happens."""
    with workspace.changing(actor, "meeting.item_moved", id=item_id) as change:
        item = item_row(change.session, item_id)
        row = meeting_row(change.session, item.meeting_id)
        order = sorted(row.items, key=lambda each: each.no)
        at = order.index(item)
        to = at + by
        if 0 <= to < len(order):
            order.insert(to, order.pop(at))
        for no, each in enumerate(order, start=1):
            each.no = no
            sync_basis(change, row, each)
        change.touch("meeting", row.id)


def attach_paper(
    workspace: Workspace,
    actor: Actor,
    meeting_id: int,
    kind: PaperKind,
    name: str,
    data: bytes,
    *,
    day: dt.date | None = None,
    note: str = "",
) -> int:
    """Keep a file with a meeting: proof of publication, the signed list, the signed minutes."""
    with workspace.changing(actor, "meeting.paper_kept", id=meeting_id, kind=kind) as change:
        row = meeting_row(change.session, meeting_id)
        attachment_id = keep_attachment(change, name, data)
        paper = MeetingPaper(kind=kind.value, attachment_id=attachment_id, day=day, note=_line(note))
        row.papers.append(paper)
        change.session.flush()
        change.touch("meeting", meeting_id)
        return paper.id


def detach_paper(workspace: Workspace, actor: Actor, paper_id: int) -> None:
    """Take a file off a meeting; its content stays in the workspace."""
    with workspace.changing(actor, "meeting.paper_removed", id=paper_id) as change:
        paper = change.session.get(MeetingPaper, paper_id)
        if paper is not None:
            row = meeting_row(change.session, paper.meeting_id)
            row.papers.remove(paper)
            change.session.flush()
            change.touch("meeting", row.id)


def sync_basis(change: Change, row: Meeting, item: MeetingItem) -> None:
    """Tell the budget document what this item says of it; forget it where it names none any more."""
    topic = Topic(item.topic)
    if item.document_id is None or not topic.of_budget:
        drop_basis(change, row.kind, item.id)
        return
    keep_basis(
        change,
        BasisView(
            document_id=item.document_id,
            kind=row.kind,
            source_id=item.id,
            meeting_id=row.id,
            number=row.number,
            date=row.day,
            item=item.no,
            topic=item.topic,
            agreed=item.adopted if row.state == MeetingState.HELD.value else None,
        ),
    )


# --- inside -----------------------------------------------------------------------------------


def _put_item(change: Change, row: Meeting, item: NewItem) -> MeetingItem:
    title = item.title or Trilingual(
        text(f"meeting.topic.{item.topic.value}", Language.KK),
        text(f"meeting.topic.{item.topic.value}", Language.RU),
    )
    made = MeetingItem(
        no=len(row.items) + 1,
        topic=item.topic.value,
        title_kk=_text(title.kk),
        title_ru=_text(title.ru),
        reporter=_line(item.reporter),
        document_id=item.document_id,
        about_meeting_id=item.about_meeting_id,
        put_to_vote=item.topic not in (Topic.UNFINISHED_TASKS, Topic.PROPOSALS)
        and MeetingKind(row.kind).decides,
    )
    row.items.append(made)
    change.session.flush()
    sync_basis(change, row, made)
    return made


def _carried_over(session: Session, unit_id: int, kind: MeetingKind, day: dt.date) -> list[NewItem]:
    """What the meeting before left: its minutes to approve, tasks still open."""
    if not kind.decides:
        return []
    last = session.scalars(
        select(Meeting)
        .where(
            Meeting.unit_id == unit_id,
            Meeting.kind == kind.value,
            Meeting.state == MeetingState.HELD.value,
            Meeting.day < day,
        )
        .order_by(Meeting.day.desc(), Meeting.id.desc())
        .limit(1)
    ).first()
    carried: list[NewItem] = []
    if last is not None and kind is not MeetingKind.SEPARATE_GATHERING:
        carried.append(NewItem(Topic.LAST_MINUTES, about_meeting_id=last.id))
    still_open = session.scalar(
        select(func.count())
        .select_from(MeetingTask)
        .join(MeetingItem, MeetingItem.id == MeetingTask.item_id)
        .join(Meeting, Meeting.id == MeetingItem.meeting_id)
        .where(
            Meeting.unit_id == unit_id,
            Meeting.kind == kind.value,
            Meeting.day < day,
            MeetingTask.state == TaskState.OPEN.value,
        )
    )
    if still_open:
        carried.append(NewItem(Topic.UNFINISHED_TASKS))
    return carried


def _next_number(session: Session, unit_id: int, kind: MeetingKind, year: int) -> str:
    """The next number of the kind in its year: one more than the largest."""
    numbers = session.scalars(
        select(Meeting.number).where(
            Meeting.unit_id == unit_id,
            Meeting.kind == kind.value,
            Meeting.day >= dt.date(year, 1, 1),
            Meeting.day <= dt.date(year, 12, 31),
        )
    )
    return str(max((int(number) for number in numbers if number.isdecimal()), default=0) + 1)


def _line(written: str) -> str:
    return repair(squeeze(written))[:300]


def _text(written: str) -> str:
    return repair(written.strip())

"""After a meeting: the akim's consideration, disagreement and its settlement, tasks, monitoring, settings."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.core.text import repair
from akimat_desk.meetings.people import clean_name
from akimat_desk.meetings.record import NORM_SETTING, item_row, meeting_row
from akimat_desk.meetings.rules.law import checked_setting
from akimat_desk.meetings.states import MeetingState, Step, TaskState
from akimat_desk.meetings.tables import FollowUp, MeetingTask, Monitoring
from akimat_desk.meetings.views import MonitoringView
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.changes import Actor
from akimat_desk.storage.settings import set_setting
from akimat_desk.storage.workspace import Workspace

NOTHING = Trilingual()

#: What may follow what (art. 39-3 p. 11-13): disagreement, discussed again, the raion mäslikhat's
#: preliminary discussion, the higher akim's decision.
_AFTER: dict[Step, tuple[Step | None, ...]] = {
    Step.AGREED: (None, Step.REPEATED),
    Step.DISAGREED: (None,),
    Step.REPEATED: (Step.DISAGREED,),
    Step.MASLIKHAT: (Step.REPEATED,),
    Step.HIGHER_AKIM: (Step.MASLIKHAT,),
}


def next_steps(taken: tuple[Step, ...]) -> list[Step]:
    """The steps that may follow those taken, in the law's order."""
    last = taken[-1] if taken else None
    return [step for step in Step if last in _AFTER[step]]


def add_step(
    workspace: Workspace,
    actor: Actor,
    item_id: int,
    step: Step,
    day: dt.date,
    *,
    paper: str = "",
    text: Trilingual = NOTHING,
    meeting_id: int | None = None,
    file: tuple[str, bytes] | None = None,
) -> int:
    """Record a step after a decision with its day and paper.

    Raises RuleBroken where the law puts another step first, UsageProblem for a day before the meeting
    or before the step it follows, and for a disagreement without words.
    """
    with workspace.changing(actor, "meeting.step", item=item_id, step=step, day=day) as change:
        session = change.session
        item = item_row(session, item_id)
        row = meeting_row(session, item.meeting_id)
        if row.state != MeetingState.HELD.value:
            raise RuleBroken("error.meeting.not_over")
        before = list(
            session.scalars(
                select(FollowUp).where(FollowUp.item_id == item_id).order_by(FollowUp.day, FollowUp.id)
            )
        )
        taken = tuple(Step(each.step) for each in before)
        if step not in next_steps(taken):
            raise RuleBroken("error.meeting.step_order")
        earliest = before[-1].day if before else row.day
        if day < earliest:
            raise UsageProblem("error.meeting.step_day", day=earliest)
        if step is Step.DISAGREED and not text:
            raise UsageProblem("error.meeting.reason")
        made = FollowUp(
            item_id=item_id,
            step=step.value,
            day=day,
            paper=paper.strip()[:300],
            text_kk=repair(text.kk.strip()),
            text_ru=repair(text.ru.strip()),
            meeting_id=meeting_id,
            attachment_id=keep_attachment(change, *file) if file is not None else None,
        )
        session.add(made)
        session.flush()
        change.touch("meeting", row.id)
        return made.id


def remove_step(workspace: Workspace, actor: Actor, step_id: int) -> None:
    """Take back the last step of an item. Raises RuleBroken for one that others rest on."""
    with workspace.changing(actor, "meeting.step_removed", id=step_id) as change:
        session = change.session
        step = session.get(FollowUp, step_id)
        if step is None:
            return
        last = session.scalars(
            select(FollowUp)
            .where(FollowUp.item_id == step.item_id)
            .order_by(FollowUp.day.desc(), FollowUp.id.desc())
            .limit(1)
        ).one()
        if last.id != step.id:
            raise RuleBroken("error.meeting.step_last")
        session.delete(step)
        change.touch("meeting", item_row(session, step.item_id).meeting_id)


def put_task(
    workspace: Workspace,
    actor: Actor,
    item_id: int,
    text: Trilingual,
    *,
    responsible: str = "",
    due: dt.date | None = None,
    task_id: int | None = None,
) -> int:
    """Make a task of a decision, or change it. Returns its id.

    Raises UsageProblem without words or with a term before the meeting.
    """
    if not text:
        raise UsageProblem("error.meeting.task_text")
    with workspace.changing(actor, "meeting.task", item=item_id, due=due) as change:
        session = change.session
        item = item_row(session, item_id)
        row = meeting_row(session, item.meeting_id)
        if due is not None and due < row.day:
            raise UsageProblem("error.meeting.task_due", day=row.day)
        task = session.get(MeetingTask, task_id) if task_id is not None else None
        if task is None:
            task = MeetingTask(item_id=item_id, state=TaskState.OPEN.value)
            session.add(task)
        task.text_kk, task.text_ru = repair(text.kk.strip()), repair(text.ru.strip())
        task.responsible, task.due = clean_name(responsible), due
        session.flush()
        change.touch("meeting", row.id)
        return task.id


def close_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    state: TaskState,
    on: dt.date | None,
    report: str = "",
) -> None:
    """Say what came of a task; OPEN opens it again.

    Raises UsageProblem: done without a day or before the meeting, dropped without a reason.
    """
    with workspace.changing(actor, "meeting.task_closed", id=task_id, state=state) as change:
        task = change.session.get(MeetingTask, task_id)
        if task is None:
            raise UsageProblem("error.meeting.gone")
        row = meeting_row(change.session, item_row(change.session, task.item_id).meeting_id)
        if state is not TaskState.OPEN and on is None:
            raise UsageProblem("error.meeting.task_day")
        if on is not None and on < row.day:
            raise UsageProblem("error.meeting.task_due", day=row.day)
        if state is TaskState.DROPPED and not report.strip():
            raise UsageProblem("error.meeting.reason")
        task.state, task.report = state.value, report.strip()
        task.closed_on = None if state is TaskState.OPEN else on
        change.touch("meeting", row.id)


def delete_task(workspace: Workspace, actor: Actor, task_id: int) -> None:
    """Take a task back that is still open. Raises RuleBroken for one that was closed."""
    with workspace.changing(actor, "meeting.task_deleted", id=task_id) as change:
        task = change.session.get(MeetingTask, task_id)
        if task is None:
            return
        if task.state != TaskState.OPEN.value:
            raise RuleBroken("error.meeting.task_closed")
        row = meeting_row(change.session, item_row(change.session, task.item_id).meeting_id)
        change.session.delete(task)
        change.touch("meeting", row.id)


# --- monitoring ---------------------------------------------------------------------------------


def monitoring(session: Session, unit_id: int, year: int) -> list[MonitoringView]:
    """The two half-years of a year, those without a report empty."""
    rows = {
        row.half: row
        for row in session.scalars(
            select(Monitoring).where(Monitoring.unit_id == unit_id, Monitoring.year == year)
        )
    }
    return [_monitoring(rows[half]) if half in rows else MonitoringView(None, year, half) for half in (1, 2)]


def set_monitoring(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    year: int,
    half: int,
    /,
    *,
    file: tuple[str, bytes] | None = None,
    **fields: object,
) -> None:
    """Keep what is given of a half-year: the commission's report, when it was heard, the akim's answer.

    Raises UsageProblem: no such half-year, an answer before the report.
    """
    if half not in (1, 2):
        raise UsageProblem("error.meeting.half")
    with workspace.changing(actor, "meeting.monitoring", unit=unit_id, year=year, half=half) as change:
        session = change.session
        row = session.scalar(
            select(Monitoring).where(
                Monitoring.unit_id == unit_id, Monitoring.year == year, Monitoring.half == half
            )
        )
        if row is None:
            row = Monitoring(unit_id=unit_id, year=year, half=half)
            session.add(row)
        for name, value in fields.items():
            if name not in _MONITORING:
                raise ValueError(f"monitoring has no {name}")
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        if file is not None:
            row.attachment_id = keep_attachment(change, *file)
        if row.answered_on is not None and row.reported_on is not None and row.answered_on < row.reported_on:
            raise UsageProblem("error.meeting.answer_before", day=row.reported_on)
        session.flush()
        change.touch("monitoring", row.id)


_MONITORING = frozenset({"reported_on", "report", "heard_at_id", "answered_on", "answer", "answered_at_id"})


def _monitoring(row: Monitoring) -> MonitoringView:
    return MonitoringView(
        row.id,
        row.year,
        row.half,
        row.reported_on,
        row.report,
        row.attachment_id,
        row.heard_at_id,
        row.answered_on,
        row.answer,
        row.answered_at_id,
    )


# --- an office's own settings ------------------------------------------------------------------------


def set_norm(workspace: Workspace, actor: Actor, key: str, value: int | str | None) -> None:
    """Set a norm that stands in the office's own regulation; None takes the default again.

    Raises UsageProblem for a norm of the law itself and for a value that does not suit.
    """
    checked = None if value is None else checked_setting(key, value)
    with workspace.changing(actor, "meeting.norm_set", norm=key) as change:
        set_setting(change, NORM_SETTING + key, checked)
        change.touch("meeting_norm", 0)

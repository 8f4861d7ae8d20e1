"""The papers of meetings: one question to the record, then the definitions make neutral documents."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.core.dates import short
from akimat_desk.core.errors import RuleBroken
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.meetings.numbers import year_numbers
from akimat_desk.meetings.people import entitled_of, localities
from akimat_desk.meetings.proposals import proposal
from akimat_desk.meetings.record import card_of, meeting, tasks
from akimat_desk.meetings.rules.verdicts import Verdict
from akimat_desk.meetings.sheets import SheetCode, sheet_code
from akimat_desk.meetings.states import MeetingState, TaskState
from akimat_desk.meetings.tables import Meeting
from akimat_desk.meetings.views import MeetingView, TaskView
from akimat_desk.places.kinds import Position
from akimat_desk.places.service import signatories
from akimat_desk.reports.definitions import meeting_calling, meeting_minutes, meeting_year
from akimat_desk.reports.definitions.common import DocLanguage, Signer
from akimat_desk.reports.document import ReportDocument
from akimat_desk.reports.parties import akimat_signers, maslikhat_signers, report_unit, signer


class MeetingPaper(StrEnum):
    """A paper of a meeting, in the order in which they are needed."""

    NOTICE = "notice"
    INVITATION = "invitation"
    AGENDA = "agenda"
    SIGN_IN = "sign_in"
    VOTES = "votes"
    MINUTES = "minutes"
    NOT_HELD = "not_held"
    CARD = "card"


def papers_for(state: MeetingState) -> list[MeetingPaper]:
    """Which papers can be made of a meeting in this state."""
    before = [
        MeetingPaper.NOTICE, MeetingPaper.INVITATION, MeetingPaper.AGENDA, MeetingPaper.SIGN_IN,
        MeetingPaper.VOTES,
    ]  # fmt: skip
    match state:
        case MeetingState.HELD:
            return [MeetingPaper.MINUTES, MeetingPaper.CARD, *before]
        case MeetingState.NOT_HELD:
            return [MeetingPaper.NOT_HELD, *before]
        case MeetingState.OPEN:
            return [MeetingPaper.SIGN_IN, MeetingPaper.VOTES, MeetingPaper.AGENDA, MeetingPaper.MINUTES]
    return before


def meeting_paper(
    session: Session,
    meeting_id: int,
    paper: MeetingPaper,
    language: DocLanguage = DocLanguage.KK,
    *,
    with_card: bool = False,
) -> list[ReportDocument]:
    """A paper of a meeting as neutral documents. ``with_card`` puts the card behind the minutes.

    Raises UsageProblem for a meeting that is gone, RuleBroken: minutes of a meeting that was not
    opened, a record of not holding for one that was held, two language versions with different figures.
    """
    view = meeting(session, meeting_id)
    unit = report_unit(session, view.unit_id)
    signers = _signers(session, view)
    match paper:
        case MeetingPaper.NOTICE:
            return [meeting_calling.notice(view, unit, language, signers)]
        case MeetingPaper.INVITATION:
            return meeting_calling.invitations(view, unit, language, signers)
        case MeetingPaper.AGENDA:
            return [meeting_calling.agenda(view, unit, language, signers)]
        case MeetingPaper.SIGN_IN:
            code = sheet_code(session, SheetCode(meeting_id))
            return [meeting_calling.sign_in(view, unit, language, code)]
        case MeetingPaper.VOTES:
            codes = {item.id: sheet_code(session, SheetCode(meeting_id, item.id)) for item in view.items}
            return [meeting_calling.vote_sheets(view, unit, language, codes)]
        case MeetingPaper.MINUTES:
            if view.opened_at is None:
                raise RuleBroken("error.meeting.not_open")
            card = card_of(session, meeting_id)
            return [
                meeting_minutes.minutes(
                    view,
                    unit,
                    language,
                    residents_entitled=entitled_of(localities(session, view.unit_id)),
                    quorum=_quorum(session, meeting_id),
                    card=card if with_card else None,
                    open_tasks=_open_tasks(session, view),
                    last_minutes=_last_minutes(session, view),
                )
            ]
        case MeetingPaper.NOT_HELD:
            if view.state is not MeetingState.NOT_HELD:
                raise RuleBroken("error.meeting.was_held")
            return [
                meeting_minutes.record_of_not_holding(
                    view,
                    unit,
                    language,
                    signers,
                    quorum=_quorum(session, meeting_id),
                    again=_again(session, meeting_id),
                )
            ]
        case MeetingPaper.CARD:
            return [meeting_minutes.lawfulness(view, unit, language, card_of(session, meeting_id))]


def meeting_year_report(
    session: Session, unit_id: int, year: int, language: DocLanguage, today: dt.date
) -> ReportDocument:
    """The numbers about meetings of a year."""
    unit = report_unit(session, unit_id)
    numbers = year_numbers(session, unit_id, year, today)
    return meeting_year.meeting_year(
        numbers, unit, language, akimat_signers(session, unit_id, today)[:1], today
    )


def proposal_paper(session: Session, proposal_id: int, language: DocLanguage) -> ReportDocument:
    """The thread of a resident's proposal. Raises UsageProblem for one that is gone."""
    view = proposal(session, proposal_id)
    return meeting_year.proposal_thread(view, report_unit(session, view.unit_id), language)


def _signers(session: Session, view: MeetingView) -> list[Signer]:
    """Who signs the papers of calling: the akim; for deputies' meetings the mäslikhat's chair, who was
    its secretary before 2023."""
    if view.kind.of_deputies:
        return maslikhat_signers(session, view.unit_id, view.day, blank=True)
    held = signatories(session, view.unit_id, view.day)
    return [signer(Position.AKIM, held[Position.AKIM].person if Position.AKIM in held else "")]


def _quorum(session: Session, meeting_id: int) -> Verdict | None:
    card = card_of(session, meeting_id)
    return next((verdict for verdict in card.verdicts if verdict.rule == "quorum"), None)


def _open_tasks(session: Session, view: MeetingView) -> list[TaskView]:
    """Tasks of earlier meetings of the kind that were open on the day, as their item speaks of them."""
    return [
        task
        for task in tasks(session, view.unit_id)
        if task.meeting_kind is view.kind
        and task.meeting_day < view.day
        and (task.state is TaskState.OPEN or (task.closed_on is not None and task.closed_on >= view.day))
    ]


def _last_minutes(session: Session, view: MeetingView) -> str:
    about = next((item.about_meeting_id for item in view.items if item.about_meeting_id), None)
    if about is None:
        return ""
    before = meeting(session, about)
    return f"№ {before.number or '–'}, {short(before.day)}"


def _again(session: Session, meeting_id: int) -> str:
    day = session.scalar(select(Meeting.day).where(Meeting.instead_of_id == meeting_id))
    return short(day) if day is not None else ""


def paper_names(paper: MeetingPaper) -> Trilingual:
    """A paper's short name, for lists and file names."""
    return Trilingual(*(text(f"meeting.paper.{paper.value}", language) for language in Language))

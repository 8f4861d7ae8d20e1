"""Meetings: what its pages ask of the services. The services are handed in by the pages, which are
imported only when they are first shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from akimat_desk.core.dates import short
from akimat_desk.core.language import Trilingual
from akimat_desk.core.strings import text
from akimat_desk.ui.desks.desk import AreaDesk
from akimat_desk.ui.search import Hit, Question, fits

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from akimat_desk.core.deadlines import Deadline
    from akimat_desk.meetings.lists import ListRow
    from akimat_desk.meetings.minutes import AgreedItem
    from akimat_desk.meetings.rules.law import Law
    from akimat_desk.meetings.rules.verdicts import Card
    from akimat_desk.meetings.states import Body
    from akimat_desk.meetings.views import (
        BudgetPaper,
        MeetingName,
        MeetingSummary,
        MeetingView,
        MovePaper,
        PersonView,
    )
    from akimat_desk.storage.changes import Actor
    from akimat_desk.storage.workspace import Workspace
    from akimat_desk.ui.desk import Desk

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class MeetingState:
    """A meeting as its page shows it: the record, what the law says of it, what is due."""

    view: MeetingView
    card: Card
    deadlines: tuple[Deadline, ...]
    papers: tuple[BudgetPaper, ...]
    others: tuple[MeetingName, ...]
    people: tuple[PersonView, ...]
    law: Law
    moves: tuple[MovePaper, ...] = ()


class MeetingsDesk(AreaDesk):
    """Changes and questions about meetings, people and residents' proposals."""

    def change(
        self, service: Callable[Concatenate[Workspace, Actor, P], R], *args: P.args, **named: P.kwargs
    ) -> R:
        """One change by its service; raises what the service raises."""
        return service(self.workspace, self.actor, *args, **named)

    def ask(self, question: Callable[Concatenate[Session, P], R], *args: P.args, **named: P.kwargs) -> R:
        """One question; raises what it raises."""
        with self.workspace.reading() as session:
            return question(session, *args, **named)

    def agreed(self, unit_id: int, year: int) -> list[AgreedItem]:
        """What assemblies agreed about budgets: what a paper of the akim can rest on."""
        from akimat_desk.meetings.minutes import agreed_items

        return self.ask(agreed_items, unit_id, year)

    def state(self, meeting_id: int) -> MeetingState:
        """Everything the page of a meeting shows. Raises UsageProblem for one that is gone."""
        from akimat_desk.meetings.calling import deadlines_of
        from akimat_desk.meetings.minutes import moves_to_agree
        from akimat_desk.meetings.people import people
        from akimat_desk.meetings.record import budget_papers, card_of, meeting, meeting_names, workspace_law

        with self.workspace.reading() as session:
            view = meeting(session, meeting_id)
            return MeetingState(
                view=view,
                card=card_of(session, meeting_id),
                deadlines=tuple(deadlines_of(session, meeting_id)),
                papers=tuple(budget_papers(session, view.unit_id).values()),
                others=tuple(each for each in meeting_names(session, view.unit_id) if each.id != meeting_id),
                people=tuple(people(session, view.unit_id)),
                law=workspace_law(session),
                moves=tuple(moves_to_agree(session, view.unit_id, view.day.year)),
            )

    def put_item(self, meeting_id: int, item_id: int | None, values: Mapping[str, Any]) -> int:
        """An item as its form says it, new or changed, with the budget document or the akim's decision
        that it is about. Raises what the services raise; a new item is kept even then."""
        from akimat_desk.meetings import calling
        from akimat_desk.meetings.kinds import Topic
        from akimat_desk.meetings.minutes import name_move

        fields = dict(values)
        named = fields.pop("document_id")
        move = int(named.partition("/")[2]) if isinstance(named, str) else None
        document_id = None if isinstance(named, str) else named
        if item_id is None:
            title = Trilingual(fields["title_kk"], fields["title_ru"])
            item = calling.NewItem(fields["topic"], title, document_id, reporter=fields["reporter"])
            item_id = self.change(calling.add_item, meeting_id, item)
        else:
            self.change(calling.change_item, item_id, document_id=document_id, **fields)
        if move is not None or fields["topic"] is Topic.PROGRAM_MOVE:
            self.change(name_move, item_id, move)
        return item_id

    def overview(self, unit_id: int) -> tuple[list[MeetingSummary], list[Deadline]]:
        """The list of meetings and what is due of those that are not over or just were."""
        from akimat_desk.meetings.calling import deadlines_of
        from akimat_desk.meetings.record import meetings

        with self.workspace.reading() as session:
            found = meetings(session, unit_id)
            due = [each for row in found[:12] for each in deadlines_of(session, row.id)]
        return found, sorted(due, key=lambda each: each.due)

    def proposals_of(self, document_id: int) -> list[tuple[str, Trilingual]]:
        """The residents' proposals that a budget document carries: line and words."""
        from akimat_desk.meetings.proposals import proposals_of_line

        with self.workspace.reading() as session:
            return [(each.line, each.what) for each in proposals_of_line(session, document_id)]

    def read_list(self, unit_id: int, path: Path, body: Body | None, since: dt.date | None) -> list[ListRow]:
        """The rows of a list of people with what would become of each. Raises InputRefused."""
        from akimat_desk.intake.doors import read_file
        from akimat_desk.meetings.lists import read_people

        document = read_file(path)
        with self.workspace.reading() as session:
            return read_people(session, unit_id, document, body, since)


def find_meetings(desk: Desk, question: Question) -> Iterator[Hit]:
    """Meetings by kind, number, day, topics and place; residents' proposals by their words."""
    from akimat_desk.core.language import Language
    from akimat_desk.meetings.proposals import proposals
    from akimat_desk.meetings.record import meetings

    if question.unit_id is None:
        return
    language = question.language
    with desk.workspace.reading() as session:
        for row in meetings(session, question.unit_id):
            kinds = [text(f"meeting.kind.{row.kind.value}", each) for each in Language]
            topics = [text(f"meeting.topic.{t.value}", each) for t in row.topics for each in Language]
            place = (row.place.kk, row.place.ru)
            if fits(question.wanted, f"№ {row.number} {short(row.day)}", *kinds, *topics, *place):
                name = text(f"meeting.kind.{row.kind.value}", language)
                detail = ", ".join(text(f"meeting.topic.{t.value}", language) for t in row.topics)
                yield Hit("meetings", f"{name} № {row.number}, {short(row.day)}", detail, "meeting", row.id)
        for found in proposals(session, question.unit_id):
            if fits(question.wanted, found.what.kk, found.what.ru, found.place, found.author):
                detail = text(f"meeting.proposal.{found.state.value}", language)
                yield Hit("proposals", found.what.text(language), detail, "proposals", found.id)

"""The example okrug's years of meetings, tied to its budgets: rows of ``resources/example/meetings.json``.

Everything is written in one change, so that the example opens at once; the numbers and the law are
judged by the real services afterwards, as of any other record.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain
from akimat_desk.core.resources import resource
from akimat_desk.core.strings import text
from akimat_desk.meetings.calling import sync_basis
from akimat_desk.meetings.kinds import Topic
from akimat_desk.meetings.people import put_membership
from akimat_desk.meetings.states import Body, MeetingState, PaperKind, Step
from akimat_desk.meetings.tables import (
    Attendance,
    FollowUp,
    Locality,
    Meeting,
    MeetingItem,
    MeetingPaper,
    MeetingTask,
    Monitoring,
    Person,
    ResidentProposal,
    Speech,
)
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.changes import Actor, Change
from akimat_desk.storage.workspace import Workspace


def add_example_meetings(workspace: Workspace, actor: Actor, unit_id: int) -> None:
    """Write the example's localities, people, meetings, monitoring and residents' proposals."""
    data = json.loads(resource("example", "meetings.json").read_text("utf-8"))
    with workspace.changing(actor, "example.meetings", unit=unit_id) as change:
        maker = _Maker(change, unit_id, data)
        maker.people()
        for row in data["meetings"]:
            maker.meeting(row)
        maker.follow_ups()
        for row in data["monitoring"]:
            maker.monitoring(row)
        for row in data["proposals"]:
            maker.proposal(row)


class _Maker:
    """Turns the data's rows into the tables' rows; keys of the data become ids."""

    def __init__(self, change: Change, unit_id: int, data: dict[str, Any]) -> None:
        self._change = change
        self._session: Session = change.session
        self._unit_id = unit_id
        self._data = data
        self._localities: list[Locality] = []
        self._members: list[Person] = []
        self._meetings: dict[str, Meeting] = {}
        self._publication = keep_attachment(
            change, data["publication"]["name"], data["publication"]["text"].encode()
        )
        documents = self._session.scalars(
            select(BudgetDocument).where(BudgetDocument.unit_id == unit_id)
        ).all()
        self._documents = {document.number: document.id for document in documents}

    def people(self) -> None:
        """Localities and members with their terms."""
        self._localities = [
            Locality(
                unit_id=self._unit_id,
                name_kk=row["kk"],
                name_ru=row["ru"],
                residents=row["residents"],
                entitled=row["entitled"],
            )
            for row in self._data["localities"]
        ]
        self._session.add_all(self._localities)
        self._session.flush()
        self._members = [
            Person(
                unit_id=self._unit_id,
                name=row["name"],
                occupation=row["occupation"],
                locality_id=self._localities[row["locality"]].id,
            )
            for row in self._data["members"]
        ]
        self._session.add_all(self._members)
        self._session.flush()
        elected = dt.date.fromisoformat(self._data["elected"])
        for person in self._members:
            put_membership(self._change, person, Body.ASSEMBLY, elected)
        for at in self._data["commission"]:
            put_membership(self._change, self._members[at], Body.COMMISSION, elected)

    def meeting(self, row: dict[str, Any]) -> None:
        """One meeting with its agenda, votes and list."""
        held = row["state"] == MeetingState.HELD.value
        day = dt.date.fromisoformat(row["day"])
        made = Meeting(
            unit_id=self._unit_id,
            kind=row["kind"],
            state=row["state"],
            number=str(1 + sum(self._same_year(each, row["kind"], day) for each in self._meetings.values())),
            day=day,
            starts=dt.time.fromisoformat(row["starts"]),
            place_kk=row["place"][0],
            place_ru=row["place"][1],
            locality_id=self._localities[row["locality"]].id if "locality" in row else None,
            notice_given=dt.date.fromisoformat(row["notice"]),
            counted=row.get("counted"),
            opened_at=_time(row.get("opened")),
            closed_at=_time(row.get("closed")),
            handed_to_akim=_day(row.get("handed")),
            published=_day(row.get("handed")),
            representatives=row.get("representatives"),
            instead_of_id=self._meetings[row["instead"]].id if "instead" in row else None,
            agenda_approved=True if held else None,
            signed_by_chair=True if held else None,
            signed_by_secretary=True if held else None,
        )
        if held:
            chair = self._members[row["chair"]]
            made.chair, made.chair_person_id = chair.name, chair.id
            made.secretary = self._members[row["secretary"]].name
        self._session.add(made)
        self._session.flush()
        self._meetings[row["key"]] = made
        late, arrived = row.get("late", (None, None))
        for at in row.get("came", ()):
            when = _time(arrived) if at == late else None
            made.attendance.append(Attendance(person_id=self._members[at].id, arrived=when))
        for name, occupation in row.get("guests", ()):
            made.attendance.append(Attendance(name=name, occupation=occupation, guest=True))
        made.papers.append(
            MeetingPaper(
                kind=PaperKind.PUBLICATION.value,
                attachment_id=self._publication,
                day=made.notice_given,
            )
        )
        if "counted" in row:
            made.papers.append(MeetingPaper(kind=PaperKind.SIGN_IN.value, attachment_id=self._publication))
        for item in row["items"]:
            self._item(made, item)
        self._session.flush()
        for each in made.items:
            sync_basis(self._change, made, each)
        self._change.touch("meeting", made.id)

    def _item(self, made: Meeting, row: dict[str, Any]) -> None:
        title = row.get("title") or [
            text(f"meeting.topic.{row['topic']}", language) for language in (Language.KK, Language.RU)
        ]
        decision = row.get("decision", ["", ""])
        votes = row.get("votes", [None, None, None])
        item = MeetingItem(
            no=len(made.items) + 1,
            topic=row["topic"],
            title_kk=title[0],
            title_ru=title[1],
            reporter=row.get("reporter", ""),
            document_id=self._documents.get(row["document"]) if "document" in row else None,
            about_meeting_id=self._meetings[row["about"]].id if "about" in row else None,
            put_to_vote=row.get("put_to_vote", True),
            votes_for=votes[0],
            votes_against=votes[1],
            votes_abstained=votes[2],
            adopted=True if "votes" in row else None,
            decision_kk=decision[0],
            decision_ru=decision[1],
        )
        for kind, speaker, kk, ru in row.get("speeches", ()):
            item.speeches.append(Speech(kind=kind, speaker=speaker, gist_kk=kk, gist_ru=ru))
        made.items.append(item)
        self._session.flush()
        for task in row.get("tasks", ()):
            self._session.add(
                MeetingTask(
                    item_id=item.id,
                    text_kk=task["text"][0],
                    text_ru=task["text"][1],
                    responsible=task["who"],
                    due=_day(task["due"]),
                    state=task.get("state", "open"),
                    closed_on=_day(task.get("on")),
                    report=task.get("report", ""),
                )
            )

    def follow_ups(self) -> None:
        """Steps after decisions; they may speak of later meetings, so they come last."""
        for row in self._data["meetings"]:
            for item, described in zip(self._meetings[row["key"]].items, row["items"], strict=True):
                if "votes" in described and "steps" not in described:
                    self._agreed(self._meetings[row["key"]], item)
                for step in described.get("steps", ()):
                    self._session.add(
                        FollowUp(
                            item_id=item.id,
                            step=step["step"],
                            day=dt.date.fromisoformat(step["day"]),
                            paper=step["paper"],
                            text_kk=step["text"][0],
                            text_ru=step["text"][1],
                            meeting_id=self._id(step.get("meeting")),
                        )
                    )
        self._session.flush()

    def _agreed(self, made: Meeting, item: MeetingItem) -> None:
        """The akim considered the decision and agrees, three days after the hand-over."""
        if made.handed_to_akim is not None and item.topic != Topic.LAST_MINUTES:
            day = made.handed_to_akim + dt.timedelta(days=3)
            self._session.add(FollowUp(item_id=item.id, step=Step.AGREED.value, day=day, paper=""))

    def monitoring(self, row: dict[str, Any]) -> None:
        """A half-year of the commission's monitoring."""
        self._session.add(
            Monitoring(
                unit_id=self._unit_id,
                year=row["year"],
                half=row["half"],
                reported_on=_day(row["reported_on"]),
                report=row["report"],
                heard_at_id=self._id(row.get("heard_at")),
                answered_on=_day(row.get("answered_on")),
                answer=row.get("answer", ""),
                answered_at_id=self._id(row.get("answered_at")),
            )
        )

    def proposal(self, row: dict[str, Any]) -> None:
        """A resident's proposal with what came of it."""
        decided = row.get("accepted")
        item = None
        if decided is not None:
            item = next(each for each in self._meetings[decided[0]].items if each.no == decided[1])
        self._session.add(
            ResidentProposal(
                unit_id=self._unit_id,
                locality_id=self._localities[row["locality"]].id,
                raised_on=dt.date.fromisoformat(row["raised_on"]),
                raised_at_id=self._id(row["at"]),
                author=row.get("author", ""),
                place=row["place"],
                what_kk=row["what"][0],
                what_ru=row["what"][1],
                cost=from_plain(row["cost"]),
                rank=row.get("rank"),
                ranked_at_id=self._id(row.get("ranked_at")),
                accepted=True if decided is not None else None,
                item_id=item.id if item is not None else None,
                document_id=self._documents.get(row["document"]) if "document" in row else None,
                budget_year=row.get("year"),
                line=row.get("line", ""),
                spent=from_plain(row["spent"]) if "spent" in row else None,
                spent_on=_day(row.get("spent_on")),
                told_on=_day(row.get("told_on")),
                told=row.get("told", ""),
            )
        )
        self._session.flush()

    def _id(self, key: str | None) -> int | None:
        return None if key is None else self._meetings[key].id

    @staticmethod
    def _same_year(each: Meeting, kind: str, day: dt.date) -> bool:
        return each.kind == kind and each.day.year == day.year


def _day(written: str | None) -> dt.date | None:
    return None if written is None else dt.date.fromisoformat(written)


def _time(written: str | None) -> dt.time | None:
    return None if written is None else dt.time.fromisoformat(written)

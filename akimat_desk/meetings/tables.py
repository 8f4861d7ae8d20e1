"""Tables of meetings. What is said in both languages has a ``_kk`` and a ``_ru`` column.

A column marked ``info=PERSONAL`` holds personal data: only a name, a place and what the person does.
Closed lists (kinds, topics, states) are short strings of the enums in ``kinds.py`` and ``states.py``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from akimat_desk.storage.base import Base, Tiyn

#: Marks a column of personal data, so that a list of them can be made from the model itself.
PERSONAL: dict[str, Any] = {"personal": True}


def _named(length: int = 300) -> Mapped[str]:
    return mapped_column(String(length), default="")


def _said() -> Mapped[str]:
    return mapped_column(Text, default="")


class Locality(Base):
    """A settlement or a part of one (street, microdistrict), with its people counted."""

    __tablename__ = "localities"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("localities.id"))
    name_kk: Mapped[str] = _named(200)
    name_ru: Mapped[str] = _named(200)
    residents: Mapped[int | None]
    entitled: Mapped[int | None]


class Person(Base):
    """Somebody who takes part: the name as it is printed, where from, what the person does."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    locality_id: Mapped[int | None] = mapped_column(ForeignKey("localities.id"))
    name: Mapped[str] = mapped_column(String(200), info=PERSONAL)
    occupation: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)

    memberships: Mapped[list[Membership]] = relationship(
        cascade="all, delete-orphan", order_by="Membership.since"
    )


class Membership(Base):
    """A person in a body from one day to another, both included."""

    __tablename__ = "memberships"
    __table_args__ = (CheckConstraint("until IS NULL OR since <= until", name="term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    body: Mapped[str] = mapped_column(String(20))  # states.Body
    since: Mapped[dt.date]
    until: Mapped[dt.date | None]


class Meeting(Base):
    """One meeting from its planning to the hand-over of its minutes."""

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    locality_id: Mapped[int | None] = mapped_column(ForeignKey("localities.id"))
    kind: Mapped[str] = mapped_column(String(20))  # kinds.MeetingKind
    state: Mapped[str] = mapped_column(String(20))  # states.MeetingState
    number: Mapped[str] = mapped_column(String(40), default="")
    day: Mapped[dt.date]
    starts: Mapped[dt.time | None]
    place_kk: Mapped[str] = _named()
    place_ru: Mapped[str] = _named()
    convened_by: Mapped[str] = mapped_column(String(10), default="akim")
    initiators: Mapped[int | None]
    extraordinary: Mapped[bool] = mapped_column(default=False)
    notice_given: Mapped[dt.date | None]
    materials_given: Mapped[dt.date | None]
    # Counted from the lists where there are any; typed where residents are not on a list.
    entitled: Mapped[int | None]
    counted: Mapped[int | None]
    opened_at: Mapped[dt.time | None]
    closed_at: Mapped[dt.time | None]
    opened_by: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    chair: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    secretary: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    chair_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    agenda_approved: Mapped[bool | None]
    signed_by_chair: Mapped[bool | None]
    signed_by_secretary: Mapped[bool | None]
    handed_to_akim: Mapped[dt.date | None]
    published: Mapped[dt.date | None]
    representatives: Mapped[int | None]
    # The meeting that did not take place and is held anew by this one.
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    note: Mapped[str] = _said()

    items: Mapped[list[MeetingItem]] = relationship(
        cascade="all, delete-orphan", order_by="MeetingItem.no", foreign_keys="MeetingItem.meeting_id"
    )
    attendance: Mapped[list[Attendance]] = relationship(
        cascade="all, delete-orphan", order_by="Attendance.id"
    )
    breaks: Mapped[list[MeetingBreak]] = relationship(
        cascade="all, delete-orphan", order_by="MeetingBreak.id"
    )
    papers: Mapped[list[MeetingPaper]] = relationship(
        cascade="all, delete-orphan", order_by="MeetingPaper.id"
    )


class MeetingItem(Base):
    """An item of the agenda, its vote and its decision."""

    __tablename__ = "meeting_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    no: Mapped[int]
    topic: Mapped[str] = mapped_column(String(40))  # kinds.Topic
    title_kk: Mapped[str] = _said()
    title_ru: Mapped[str] = _said()
    reporter: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("budget_documents.id"))
    about_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    put_to_vote: Mapped[bool] = mapped_column(default=True)
    by_name: Mapped[bool] = mapped_column(default=False)
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    voted_at: Mapped[dt.time | None]
    adopted: Mapped[bool | None]
    decision_kk: Mapped[str] = _said()
    decision_ru: Mapped[str] = _said()

    speeches: Mapped[list[Speech]] = relationship(cascade="all, delete-orphan", order_by="Speech.id")
    votes: Mapped[list[NamedVote]] = relationship(cascade="all, delete-orphan")


class Attendance(Base):
    """Somebody in the hall: a member or resident who counts, or a guest who does not."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    occupation: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    guest: Mapped[bool] = mapped_column(default=False)
    arrived: Mapped[dt.time | None]
    departed: Mapped[dt.time | None]


class Speech(Base):
    """What somebody said or proposed on an item, in short."""

    __tablename__ = "meeting_speeches"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_items.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default="speech")  # states.SpeechKind
    speaker: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    gist_kk: Mapped[str] = _said()
    gist_ru: Mapped[str] = _said()


class NamedVote(Base):
    """One member's vote; a member votes once on an item."""

    __tablename__ = "meeting_votes"

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_items.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    vote: Mapped[str] = mapped_column(String(10))  # kinds.Vote


class MeetingBreak(Base):
    """A break, from and to."""

    __tablename__ = "meeting_breaks"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    began: Mapped[dt.time]
    ended: Mapped[dt.time | None]


class MeetingPaper(Base):
    """A file that belongs to a meeting: proof of publication, signed lists, the signed minutes."""

    __tablename__ = "meeting_papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # states.PaperKind
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"))
    day: Mapped[dt.date | None]
    note: Mapped[str] = _named()


class FollowUp(Base):
    """A step after a decision: considered by the akim, disagreed with, discussed again, settled."""

    __tablename__ = "meeting_follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_items.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))  # states.Step
    day: Mapped[dt.date]
    paper: Mapped[str] = _named()
    text_kk: Mapped[str] = _said()
    text_ru: Mapped[str] = _said()
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))


class MeetingTask(Base):
    """A decision to be carried out: who, until when, what came of it."""

    __tablename__ = "meeting_tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_items.id"), index=True)
    text_kk: Mapped[str] = _said()
    text_ru: Mapped[str] = _said()
    responsible: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    due: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(String(20), default="open")  # states.TaskState
    closed_on: Mapped[dt.date | None]
    report: Mapped[str] = _said()


class Monitoring(Base):
    """The commission's half-yearly monitoring of the budget and the akim's reasoned answer."""

    __tablename__ = "meeting_monitoring"
    __table_args__ = (UniqueConstraint("unit_id", "year", "half"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    half: Mapped[int]
    reported_on: Mapped[dt.date | None]
    report: Mapped[str] = _said()
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    heard_at_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    answered_on: Mapped[dt.date | None]
    answer: Mapped[str] = _said()
    answered_at_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))


class ResidentProposal(Base):
    """A resident's proposal from the hand raised to the report back."""

    __tablename__ = "resident_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    locality_id: Mapped[int | None] = mapped_column(ForeignKey("localities.id"))
    raised_on: Mapped[dt.date]
    raised_at_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    author: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    place: Mapped[str] = _named()
    what_kk: Mapped[str] = _said()
    what_ru: Mapped[str] = _said()
    cost: Mapped[int | None] = mapped_column(Tiyn)
    rank: Mapped[int | None]
    ranked_at_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    accepted: Mapped[bool | None]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_items.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("budget_documents.id"))
    budget_year: Mapped[int | None]
    line: Mapped[str] = mapped_column(String(40), default="")
    spent: Mapped[int | None] = mapped_column(Tiyn)
    spent_on: Mapped[dt.date | None]
    told_on: Mapped[dt.date | None]
    told_at_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    told: Mapped[str] = _said()

"""Who is who: localities with their people counted, persons, their time in a body."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from akimat_desk.core.alphabet import sort_key
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.text import repair, skeleton, squeeze
from akimat_desk.meetings.kinds import MeetingKind
from akimat_desk.meetings.rules.judge import last_day_of_term
from akimat_desk.meetings.rules.law import SHIPPED, Law
from akimat_desk.meetings.states import Body
from akimat_desk.meetings.tables import Attendance, Locality, Meeting, Membership, NamedVote, Person
from akimat_desk.meetings.views import LocalityView, MembershipView, PersonView
from akimat_desk.storage.changes import Actor, Change
from akimat_desk.storage.workspace import Workspace

_LONGEST = 200


def localities(session: Session, unit_id: int) -> list[LocalityView]:
    """The settlements and parts of a unit, in the order in which they were added."""
    rows = session.scalars(select(Locality).where(Locality.unit_id == unit_id).order_by(Locality.id))
    return [locality_view(row) for row in rows]


def set_locality(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    name: Trilingual,
    residents: int | None = None,
    entitled: int | None = None,
    *,
    locality_id: int | None = None,
    part_of_id: int | None = None,
) -> LocalityView:
    """Add a locality or change it. Raises UsageProblem: no name, a name that is there, more people
    entitled than residents."""
    kk, ru = clean_name(name.kk), clean_name(name.ru)
    if not (kk or ru):
        raise UsageProblem("error.meeting.locality_name")
    for count in (residents, entitled):
        _refuse_negative(count)
    if residents is not None and entitled is not None and entitled > residents:
        raise UsageProblem("error.meeting.entitled_more", entitled=entitled, residents=residents)
    with workspace.changing(actor, "locality.set", unit=unit_id) as change:
        row = change.session.get(Locality, locality_id) if locality_id is not None else None
        known = {skeleton(part) for part in (kk, ru) if part}
        for other in change.session.scalars(select(Locality).where(Locality.unit_id == unit_id)):
            if other is not row and known & {skeleton(other.name_kk), skeleton(other.name_ru)}:
                raise UsageProblem("error.meeting.locality_there", name=kk or ru)
        if row is None:
            row = Locality(unit_id=unit_id)
            change.session.add(row)
        row.name_kk, row.name_ru, row.residents, row.entitled = kk, ru, residents, entitled
        row.part_of_id = part_of_id
        change.session.flush()
        change.touch("locality", row.id)
        return locality_view(row)


def delete_locality(workspace: Workspace, actor: Actor, locality_id: int) -> None:
    """Take away a locality that nobody and nothing belongs to. Raises RuleBroken otherwise."""
    with workspace.changing(actor, "locality.deleted", id=locality_id) as change:
        session = change.session
        row = session.get(Locality, locality_id)
        if row is None:
            return
        for table in (Person, Meeting):
            if session.scalar(select(table.id).where(table.locality_id == locality_id).limit(1)) is not None:
                raise RuleBroken("error.meeting.locality_used", name=row.name_kk or row.name_ru)
        session.delete(row)
        change.touch("locality", locality_id)


def people(session: Session, unit_id: int) -> list[PersonView]:
    """Everybody on file, in the order of the alphabet; namesakes in the order in which they were added."""
    rows = session.scalars(
        select(Person)
        .where(Person.unit_id == unit_id)
        .order_by(Person.id)
        .options(selectinload(Person.memberships))
    )
    return [person_view(row) for row in sorted(rows, key=lambda row: sort_key(row.name))]


def members_on(session: Session, unit_id: int, body: Body, day: dt.date) -> list[PersonView]:
    """Who is a member of a body on a day."""
    return [person for person in people(session, unit_id) if person.is_member(body, day)]


def add_person(
    workspace: Workspace,
    actor: Actor,
    unit_id: int,
    name: str,
    *,
    occupation: str = "",
    locality_id: int | None = None,
    body: Body | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> PersonView:
    """Add a person, a member of ``body`` where one is named. Raises UsageProblem for a name that is
    missing or on file already, and for days in the wrong order."""
    with workspace.changing(actor, "person.added", unit=unit_id, body=body) as change:
        row = put_person(change, unit_id, name, occupation=occupation, locality_id=locality_id)
        if body is not None:
            put_membership(change, row, body, since, until)
        return person_view(row)


def put_person(
    change: Change, unit_id: int, name: str, *, occupation: str = "", locality_id: int | None = None
) -> Person:
    """The same within a change that does more."""
    named = clean_name(name)
    if not named:
        raise UsageProblem("error.meeting.person_name")
    if find_person(change.session, unit_id, named) is not None:
        raise UsageProblem("error.meeting.person_there", name=named)
    row = Person(unit_id=unit_id, name=named, occupation=clean_name(occupation), locality_id=locality_id)
    change.session.add(row)
    change.session.flush()
    change.touch("person", row.id)
    return row


def find_person(session: Session, unit_id: int, name: str) -> Person | None:
    """The person of that name: letters and digits compared, look-alike letters repaired."""
    wanted = skeleton(name)
    rows = session.scalars(select(Person).where(Person.unit_id == unit_id))
    return next((row for row in rows if skeleton(row.name) == wanted), None)


def put_membership(
    change: Change, person: Person, body: Body, since: dt.date | None, until: dt.date | None = None
) -> None:
    """Make a person a member from ``since`` on; an assembly's term of four years sets its last day.

    Raises UsageProblem: no first day, days in the wrong order, a term that runs into another.
    """
    if since is None:
        raise UsageProblem("error.meeting.term_since", name=person.name)
    if until is None and body is Body.ASSEMBLY:
        norm = SHIPPED.norm("term_years", MeetingKind.ASSEMBLY, None)
        until = last_day_of_term(since, norm.number) if norm is not None else None
    if until is not None and until < since:
        raise UsageProblem("error.places.days_order", since=since, until=until)
    for other in person.memberships:
        if other.body != body.value:
            continue
        apart = (other.until is not None and other.until < since) or (
            until is not None and until < other.since
        )
        if not apart:
            raise UsageProblem("error.meeting.member_there", name=person.name, since=other.since)
    person.memberships.append(Membership(body=body.value, since=since, until=until))
    change.session.flush()
    change.touch("person", person.id)


def add_membership(
    workspace: Workspace,
    actor: Actor,
    person_id: int,
    body: Body,
    since: dt.date | None,
    until: dt.date | None = None,
) -> None:
    """Make a person on file a member of a body. Raises UsageProblem as :func:`put_membership`."""
    with workspace.changing(actor, "membership.added", body=body, since=since, until=until) as change:
        put_membership(change, person_row(change.session, person_id), body, since, until)


def end_membership(workspace: Workspace, actor: Actor, membership_id: int, until: dt.date) -> None:
    """End a membership on a day. Raises UsageProblem for a day before its first."""
    with workspace.changing(actor, "membership.ended", until=until) as change:
        row = change.session.get(Membership, membership_id)
        if row is None:
            raise UsageProblem("error.meeting.gone")
        if until < row.since:
            raise UsageProblem("error.places.days_order", since=row.since, until=until)
        row.until = until
        change.touch("person", row.person_id)


def change_person(
    workspace: Workspace,
    actor: Actor,
    person_id: int,
    *,
    name: str | None = None,
    occupation: str | None = None,
    locality_id: int | None = None,
) -> PersonView:
    """Correct a person; None leaves a thing as it is. Raises UsageProblem as :func:`add_person`."""
    with workspace.changing(actor, "person.changed", id=person_id) as change:
        row = person_row(change.session, person_id)
        if name is not None:
            named = clean_name(name)
            if not named:
                raise UsageProblem("error.meeting.person_name")
            there = find_person(change.session, row.unit_id, named)
            if there is not None and there is not row:
                raise UsageProblem("error.meeting.person_there", name=named)
            row.name = named
        if occupation is not None:
            row.occupation = clean_name(occupation)
        if locality_id is not None:
            row.locality_id = locality_id
        change.touch("person", row.id)
        return person_view(row)


def delete_person(workspace: Workspace, actor: Actor, person_id: int) -> None:
    """Take away a person who was at no meeting. Raises RuleBroken for one who was: the minutes stay."""
    with workspace.changing(actor, "person.deleted", id=person_id) as change:
        session = change.session
        row = person_row(session, person_id)
        was_there = session.scalar(select(Attendance.id).where(Attendance.person_id == person_id).limit(1))
        voted = session.scalar(select(NamedVote.item_id).where(NamedVote.person_id == person_id).limit(1))
        chaired = session.scalar(select(Meeting.id).where(Meeting.chair_person_id == person_id).limit(1))
        if was_there is not None or voted is not None or chaired is not None:
            raise RuleBroken("error.meeting.person_used", name=row.name)
        session.delete(row)
        change.touch("person", person_id)


def assembly_findings(session: Session, unit_id: int, day: dt.date, law: Law = SHIPPED) -> list[Finding]:
    """What is to be said of the assembly's list on a day: size, localities, terms that are over."""
    there = people(session, unit_id)
    members = [person for person in there if person.is_member(Body.ASSEMBLY, day)]
    found: list[Finding] = []
    for person in there:
        terms = [each for each in person.memberships if each.body is Body.ASSEMBLY]
        if terms and not person.is_member(Body.ASSEMBLY, day):
            last = max(each.until or dt.date.max for each in terms)
            if last < day:
                fields: dict[str, object] = {"name": person.name, "until": last}
                found.append(
                    Finding(
                        "meeting.term_over",
                        Severity.WARNING,
                        fields,
                        source="source.law148.39_3_2",
                        where=Place(text=person.name),
                    )
                )
    if not members:
        return found
    places = localities(session, unit_id)
    whole = [place for place in places if place.part_of_id is None]
    there_ids = {person.locality_id for person in members}
    if len(whole) > 1:
        for place in whole:
            parts = {place.id} | {each.id for each in places if each.part_of_id == place.id}
            if not parts & there_ids:
                found.append(
                    Finding(
                        "meeting.locality_without_member",
                        Severity.WARNING,
                        {"name": place.name},
                        source="source.order88",
                    )
                )
    size = law.norm("composition", MeetingKind.ASSEMBLY, day)
    population = population_of(whole)
    if size is not None and population is not None and not isinstance(size.value, int | str):
        least, most = next(
            (low, high) for limit, low, high in size.value if limit is None or population <= limit
        )
        if not least <= len(members) <= most:
            fields = {"count": len(members), "least": least, "most": most, "population": population}
            found.append(Finding("meeting.assembly_size", Severity.WARNING, fields, source=size.article))
    return found


def population_of(places: list[LocalityView]) -> int | None:
    """Residents of all localities together; None while one of them is not counted."""
    counts = [place.residents for place in places if place.part_of_id is None]
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None


def entitled_of(places: list[LocalityView], locality_id: int | None = None) -> int | None:
    """Residents entitled to take part: of one locality, or of all where every one is counted."""
    if locality_id is not None:
        return next((place.entitled for place in places if place.id == locality_id), None)
    counts = [place.entitled for place in places if place.part_of_id is None]
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None


def person_row(session: Session, person_id: int) -> Person:
    """The person's row. Raises UsageProblem for one that is gone."""
    row = session.get(Person, person_id)
    if row is None:
        raise UsageProblem("error.meeting.gone")
    return row


def clean_name(text: str) -> str:
    """A name as it is kept: single spaces, look-alike letters repaired. Raises UsageProblem: too long."""
    cleaned = repair(squeeze(text))
    if len(cleaned) > _LONGEST:
        raise UsageProblem("error.places.name_too_long", limit=_LONGEST)
    return cleaned


def _refuse_negative(count: int | None) -> None:
    if count is not None and count < 0:
        raise UsageProblem("error.meeting.negative", value=count)


def locality_view(row: Locality) -> LocalityView:
    """A locality as a plain value."""
    name = Trilingual(row.name_kk, row.name_ru)
    return LocalityView(row.id, name, row.residents, row.entitled, row.part_of_id)


def person_view(row: Person) -> PersonView:
    """A person as a plain value."""
    memberships = tuple(
        MembershipView(each.id, Body(each.body), each.since, each.until)
        for each in sorted(row.memberships, key=lambda each: (each.since, each.id))
    )
    return PersonView(row.id, row.name, row.occupation, row.locality_id, memberships)

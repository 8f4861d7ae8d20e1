"""What cannot be so, whatever the law says: more votes than people, a day before the notice."""

from __future__ import annotations

from akimat_desk.core.findings import Finding, Severity
from akimat_desk.meetings.kinds import MeetingKind
from akimat_desk.meetings.rules.facts import MeetingFacts


def contradictions(facts: MeetingFacts) -> list[Finding]:
    """Findings about the facts themselves, errors and warnings."""
    return [*_days(facts), *_numbers(facts), *_votes(facts)]


def _days(facts: MeetingFacts) -> list[Finding]:
    found = []
    held = facts.held
    if held is not None and facts.notice_given is not None and held < facts.notice_given:
        fields: dict[str, object] = {"held": held, "notice": facts.notice_given}
        found.append(Finding("meeting.held_before_notice", Severity.ERROR, fields))
    handed = facts.minutes.handed_to_akim
    if held is not None and handed is not None and handed < held:
        found.append(Finding("meeting.handed_before_held", Severity.ERROR, {"held": held, "handed": handed}))
    return found


def _numbers(facts: MeetingFacts) -> list[Finding]:
    found = []
    entitled = facts.entitled
    if entitled == 0:
        found.append(Finding("meeting.nobody_entitled", Severity.ERROR))
    if entitled and facts.present is not None and facts.present > entitled:
        fields: dict[str, object] = {"present": facts.present, "entitled": entitled}
        found.append(Finding("meeting.more_present", Severity.ERROR, fields))
    if entitled and facts.initiators is not None and facts.initiators > entitled:
        fields = {"initiators": facts.initiators, "entitled": entitled}
        found.append(Finding("meeting.more_initiators", Severity.ERROR, fields))
    if facts.representatives is not None and facts.kind is not MeetingKind.SEPARATE_GATHERING:
        found.append(Finding("meeting.representatives_elsewhere", Severity.INFO))
    if not facts.agenda:
        found.append(Finding("meeting.no_agenda", Severity.WARNING))
    return found


def _votes(facts: MeetingFacts) -> list[Finding]:
    found = []
    for item in facts.agenda:
        present = item.present if item.present is not None else facts.present
        if item.votes is None or present is None:
            continue
        cast = sum(item.votes)
        fields: dict[str, object] = {"no": item.no, "votes": cast, "present": present}
        if cast > present:
            found.append(Finding("meeting.more_votes", Severity.ERROR, fields))
        elif cast < present and item.put_to_vote:
            found.append(Finding("meeting.fewer_votes", Severity.INFO, {**fields, "count": present - cast}))
    return found

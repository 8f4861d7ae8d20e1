"""The rules themselves: each a pure function from the facts and the law to verdicts.

A rule that does not apply gives nothing; one that cannot be judged from what is known is UNKNOWN.
Rules that hardly anybody can judge from the minutes alone (composition, term…) are left out where
their facts are missing, so that a card is not full of questions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.strings import Message
from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Status, Topic
from akimat_desk.meetings.rules.arithmetic import carried, least, more_than_half, reaches
from akimat_desk.meetings.rules.contradictions import contradictions
from akimat_desk.meetings.rules.facts import CONTENT, ItemFacts, MeetingFacts
from akimat_desk.meetings.rules.law import SHIPPED, Law, Norm, article_of, competent
from akimat_desk.meetings.rules.verdicts import Card, Quantity, Verdict, findings_of

UNKNOWN = Message("meeting.is.unknown")


def judge(facts: MeetingFacts, law: Law = SHIPPED) -> Card:
    """The card of one meeting: every rule that applies, and findings in plain sentences."""
    verdicts = [verdict for rule in _RULES for verdict in rule(facts, law)]
    # More votes than people is said as what it is; that the result "differs" from them would mislead.
    impossible = {f"majority:{item.no}" for item in facts.agenda if _too_many(item, facts)}
    findings = [
        *contradictions(facts),
        *findings_of(v for v in verdicts if v.rule != "competence" and v.rule not in impossible),
        *_outside(facts),
    ]
    return Card(tuple(verdicts), tuple(findings))


def notice_norm(facts: MeetingFacts, law: Law) -> Norm | None:
    """How many days before the day a meeting must be announced: fewer for the question of the akim's
    candidates alone and for an extraordinary session."""
    only_candidates = bool(facts.agenda) and all(item.topic is Topic.AKIM_CANDIDATE for item in facts.agenda)
    name = "notice_days"
    if only_candidates and facts.kind.of_community:
        name = "notice_days_candidate"
    elif facts.extraordinary and facts.kind is MeetingKind.SESSION:
        name = "notice_days_extraordinary"
    return law.norm(name, facts.kind, facts.held)


def materials_norm(facts: MeetingFacts, law: Law) -> Norm | None:
    """How many days before the day the members must have the materials."""
    special = facts.extraordinary and facts.kind is MeetingKind.SESSION
    name = "materials_days_extraordinary" if special else "materials_days"
    return law.norm(name, facts.kind, facts.held)


def _notice(facts: MeetingFacts, law: Law) -> list[Verdict]:
    norm = notice_norm(facts, law)
    return _days_before("notice", norm, facts.held, facts.notice_given, facts, law)


def _materials(facts: MeetingFacts, law: Law) -> list[Verdict]:
    norm = materials_norm(facts, law)
    if norm is None or facts.materials_given is None:
        return []
    return _days_before("materials", norm, facts.held, facts.materials_given, facts, law)


def _days_before(
    rule: str, norm: Norm | None, held: dt.date | None, given: dt.date | None, facts: MeetingFacts, law: Law
) -> list[Verdict]:
    if norm is None:
        return _before_the_law(rule, f"{rule}_days", facts, law)
    needed = Message("meeting.needed.days_before", {"count": norm.number})
    if held is None or given is None:
        return [_verdict(rule, Status.UNKNOWN, norm, None, norm.number, UNKNOWN, needed)]
    days = (held - given).days
    status = Status.KEPT if days >= norm.number else Status.BROKEN
    said = Message("meeting.is.days_before", {"count": days, "given": given, "held": held})
    return [_verdict(rule, status, norm, days, norm.number, said, needed)]


def _quorum(facts: MeetingFacts, law: Law) -> list[Verdict]:
    norm = law.norm("quorum", facts.kind, facts.held)
    if norm is None:
        return _before_the_law("quorum", "quorum", facts, law)
    entitled, present = facts.entitled, facts.present
    if not entitled:
        needed = Message("meeting.needed.share", {"share": str(norm.value)})
        return [_verdict("quorum", Status.UNKNOWN, norm, present, None, _people(present), needed)]
    count = least(norm.share, entitled)
    needed = Message("meeting.needed.quorum", {"count": count, "share": str(norm.value)})
    if present is None or present > entitled:
        return [_verdict("quorum", Status.UNKNOWN, norm, present, count, _people(present), needed)]
    status = Status.KEPT if reaches(present, norm.share, entitled) else Status.BROKEN
    said = Message("meeting.is.quorum", {"present": present, "entitled": entitled})
    return [_verdict("quorum", status, norm, present, count, said, needed)]


def _initiative(facts: MeetingFacts, law: Law) -> list[Verdict]:
    if facts.convened_by is not ConvenedBy.MEMBERS:
        return []
    norm = law.norm("initiative", facts.kind, facts.held)
    if norm is None:
        return _before_the_law("initiative", "initiative", facts, law)
    if norm.value == ConvenedBy.AKIM.value:
        needed, said = Message("meeting.needed.akim_convenes"), Message("meeting.is.members_convened")
        return [_verdict("initiative", Status.BROKEN, norm, "members", "akim", said, needed)]
    if not facts.entitled or facts.initiators is None:
        needed = Message("meeting.needed.share", {"share": str(norm.value)})
        said = _people(facts.initiators)
        return [_verdict("initiative", Status.UNKNOWN, norm, facts.initiators, None, said, needed)]
    count = least(norm.share, facts.entitled)
    needed = Message("meeting.needed.initiative", {"count": count, "share": str(norm.value)})
    status = Status.KEPT if reaches(facts.initiators, norm.share, facts.entitled) else Status.BROKEN
    said = Message("meeting.is.initiative", {"count": facts.initiators, "entitled": facts.entitled})
    return [_verdict("initiative", status, norm, facts.initiators, count, said, needed)]


def _majorities(facts: MeetingFacts, law: Law) -> list[Verdict]:
    if not facts.kind.decides:
        return []
    norm = law.norm("majority", facts.kind, facts.held)
    verdicts: list[Verdict] = []
    for item in facts.agenda:
        # Representatives are chosen by the most votes on each of them, not by more than half.
        if not item.put_to_vote or item.topic is Topic.REPRESENTATIVES:
            continue
        rule = f"majority:{item.no}"
        if norm is None:
            verdicts += _before_the_law(rule, "majority", facts, law, item.no)
        else:
            verdicts.append(_majority(item, rule, facts, norm, law))
    return verdicts


def _majority(item: ItemFacts, rule: str, facts: MeetingFacts, norm: Norm, law: Law) -> Verdict:
    base = vote_base(item, facts, norm)
    need = None if base is None else more_than_half(base)
    needed = (
        Message(f"meeting.needed.majority_{norm.value}", {"count": need})
        if need is not None
        else Message("meeting.needed.majority")
    )
    votes = item.votes
    if votes is None or base is None:
        said = UNKNOWN if votes is None else _votes(votes, item)
        return _verdict(rule, Status.UNKNOWN, norm, item.votes_for, need, said, needed, item.no)
    said = _votes(votes, item)
    if _too_many(item, facts):
        in_hall = item.present if item.present is not None else facts.present
        said = Message("meeting.is.more_votes", {"votes": sum(votes), "present": in_hall})
        needed = Message("meeting.needed.votes_most", {"count": in_hall})
        return _verdict(rule, Status.BROKEN, norm, item.votes_for, need, said, needed, item.no)
    tie = law.norm("tie", facts.kind, facts.held)
    if tie is not None and not tie.confirmed and 2 * votes[0] == base and votes[0] == votes[1]:
        norm = replace(norm, confirmed=False)  # a tie: what decides it stands in the regulation
    outcome = carried(
        votes, base, tie=str(tie.value) if tie is not None else "not_adopted", chair=item.chair_vote
    )
    if outcome is None or item.adopted is None:
        return _verdict(rule, Status.UNKNOWN, norm, item.votes_for, need, said, needed, item.no)
    status = Status.KEPT if outcome == item.adopted else Status.BROKEN
    return _verdict(rule, status, norm, item.votes_for, need, said, needed, item.no)


def _too_many(item: ItemFacts, facts: MeetingFacts) -> bool:
    """Whether more votes were counted than people are there: then they decide nothing."""
    in_hall = item.present if item.present is not None else facts.present
    return item.votes is not None and in_hall is not None and sum(item.votes) > in_hall


def vote_base(item: ItemFacts, facts: MeetingFacts, norm: Norm) -> int | None:
    """Of how many people more than half is asked: those in the hall at the vote, or all deputies.

    Where the number present is not known, everybody who voted or abstained took part.
    """
    if norm.value == "total":
        return facts.entitled or None
    present = item.present if item.present is not None else facts.present
    if present is not None:
        return present
    return sum(item.votes) if item.votes is not None else None


def _minutes(facts: MeetingFacts, law: Law) -> list[Verdict]:
    content = law.norm("minutes_content", facts.kind, facts.held)
    signed = law.norm("minutes_signed", facts.kind, facts.held)
    verdicts: list[Verdict] = []
    stated = facts.minutes.content
    if content is not None:
        missing = [name for name in CONTENT if stated[name] is False]
        there = sum(value is True for value in stated.values())
        status = _all(list(stated.values()))
        if status is Status.BROKEN:
            listed = Message("meeting.is.content_lacks", {"what": _listed(missing)})
        else:
            listed = Message("meeting.is.content", {"count": there, "all": len(CONTENT)})
        needed = Message("meeting.needed.content")
        verdicts.append(_verdict("minutes_content", status, content, there, content.number, listed, needed))
    else:
        verdicts += _before_the_law("minutes_content", "minutes_content", facts, law)
    if signed is not None:
        marks = [facts.minutes.signed_by_chair, facts.minutes.signed_by_secretary]
        status = _all(marks)
        there = sum(mark is True for mark in marks)
        said = Message("meeting.is.signed", {"count": there})
        needed = Message("meeting.needed.signed")
        verdicts.append(_verdict("minutes_signed", status, signed, there, signed.number, said, needed))
    else:
        verdicts += _before_the_law("minutes_signed", "minutes_signed", facts, law)
    return verdicts


def _representatives(facts: MeetingFacts, law: Law) -> list[Verdict]:
    norm = law.norm("representatives_most", facts.kind, facts.held)
    if norm is None:
        return _before_the_law("representatives", "representatives_most", facts, law)
    needed = Message("meeting.needed.representatives", {"count": norm.number})
    count = facts.representatives
    if count is None:
        return [_verdict("representatives", Status.UNKNOWN, norm, None, norm.number, UNKNOWN, needed)]
    status = Status.KEPT if count <= norm.number else Status.BROKEN
    return [_verdict("representatives", status, norm, count, norm.number, _people(count), needed)]


def _competence(facts: MeetingFacts, law: Law) -> list[Verdict]:  # noqa: ARG001 - one shape of rule
    if not facts.agenda:
        return []
    outside = [item for item in facts.agenda if not article_of(item.topic, facts.kind)[1]]
    first = outside[0] if outside else facts.agenda[0]
    article = article_of(first.topic, facts.kind)[0]
    topics = [item.topic.value for item in outside]
    is_text = (
        Message("meeting.is.outside", {"items": ", ".join(str(item.no) for item in outside)})
        if outside
        else Message("meeting.is.inside", {"count": len(facts.agenda)})
    )
    return [
        Verdict(
            rule="competence",
            status=Status.BROKEN if outside else Status.KEPT,
            article=article,
            is_=", ".join(topics) if outside else len(facts.agenda),
            needed=None if outside else len(facts.agenda),
            is_text=is_text,
            needed_text=Message("meeting.needed.competence"),
        )
    ]


def _outside(facts: MeetingFacts) -> list[Finding]:
    """A finding for each item that the law gives to somebody else, naming whom."""
    findings = []
    for item in facts.agenda:
        article, inside = article_of(item.topic, facts.kind)
        if inside:
            continue
        fields = {
            "no": item.no,
            "topic": Message(f"meeting.topic.{item.topic.value}"),
            "kind": Message(f"meeting.kind.{facts.kind.value}"),
            "body": Message(f"meeting.kind.{competent(item.topic)[0].value}"),
        }
        findings.append(Finding("meeting.competence", Severity.ERROR, fields, source=article))
    return findings


def _composition(facts: MeetingFacts, law: Law) -> list[Verdict]:
    if facts.kind is not MeetingKind.ASSEMBLY or not facts.entitled:
        return []
    verdicts: list[Verdict] = []
    size = law.norm("composition", facts.kind, facts.held)
    if size is not None and facts.population is not None and not isinstance(size.value, int | str):
        smallest, largest = next(
            (small, large) for limit, small, large in size.value if limit is None or facts.population <= limit
        )
        status = Status.KEPT if smallest <= facts.entitled <= largest else Status.BROKEN
        needed = Message(
            "meeting.needed.composition",
            {"least": smallest, "most": largest, "population": facts.population},
        )
        verdicts.append(
            _verdict(
                "composition", status, size, facts.entitled, f"{smallest}-{largest}",
                _people(facts.entitled), needed,
            )
        )  # fmt: skip
    most = law.norm("members_most", facts.kind, facts.held)
    if not verdicts and most is not None and facts.entitled > most.number:
        needed = Message("meeting.needed.members_most", {"count": most.number})
        verdicts.append(
            _verdict(
                "composition", Status.BROKEN, most, facts.entitled, most.number,
                _people(facts.entitled), needed,
            )
        )  # fmt: skip
    if size is not None and facts.localities is not None and facts.localities_represented is not None:
        status = Status.KEPT if facts.localities_represented >= facts.localities else Status.BROKEN
        said = Message(
            "meeting.is.localities", {"count": facts.localities_represented, "all": facts.localities}
        )
        needed = Message("meeting.needed.localities")
        verdicts.append(
            _verdict("localities", status, size, facts.localities_represented, facts.localities, said, needed)
        )
    return verdicts


def _term(facts: MeetingFacts, law: Law) -> list[Verdict]:
    norm = law.norm("term_years", facts.kind, facts.held)
    if norm is None or facts.elected is None or facts.held is None:
        return []
    last = last_day_of_term(facts.elected, norm.number)
    inside = facts.elected <= facts.held <= last
    said = Message("meeting.is.term", {"since": facts.elected})
    needed = Message("meeting.needed.term", {"years": norm.number, "last": last})
    status = Status.KEPT if inside else Status.BROKEN
    return [_verdict("term", status, norm, facts.elected.isoformat(), last.isoformat(), said, needed)]


def last_day_of_term(elected: dt.date, years: int) -> dt.date:
    """The last day of a term of ``years`` that began on ``elected`` (29 February counts as 1 March)."""
    try:
        end = elected.replace(year=elected.year + years)
    except ValueError:
        end = dt.date(elected.year + years, 3, 1)
    return end - dt.timedelta(days=1)


def _handed_over(facts: MeetingFacts, law: Law) -> list[Verdict]:
    handed = facts.minutes.handed_to_akim
    norm = law.norm("minutes_signed", facts.kind, facts.held)
    if not facts.kind.of_community or norm is None or handed is None or facts.held is None:
        return []
    status = Status.KEPT if handed >= facts.held else Status.BROKEN
    said = Message("meeting.is.handed_over", {"day": handed})
    needed = Message("meeting.needed.handed_over", {"held": facts.held})
    return [_verdict("handed_over", status, norm, handed.isoformat(), facts.held.isoformat(), said, needed)]


_RULES: tuple[Callable[[MeetingFacts, Law], list[Verdict]], ...] = (
    _notice,
    _materials,
    _quorum,
    _initiative,
    _competence,
    _majorities,
    _minutes,
    _representatives,
    _composition,
    _term,
    _handed_over,
)


# --- inside -----------------------------------------------------------------------------------


def _before_the_law(
    rule: str, name: str, facts: MeetingFacts, law: Law, item: int | None = None
) -> list[Verdict]:
    """UNKNOWN for a day on which no norm on file was in force; nothing for a kind that has none."""
    now = law.norm(name, facts.kind, None)
    if now is None:
        return []
    needed = Message("meeting.needed.no_norm_then", {"since": now.since})
    return [_verdict(rule, Status.UNKNOWN, now, None, None, UNKNOWN, needed, item)]


def _all(marks: list[bool | None]) -> Status:
    if any(mark is False for mark in marks):
        return Status.BROKEN
    return Status.UNKNOWN if any(mark is None for mark in marks) else Status.KEPT


def _people(count: int | None) -> Message:
    return UNKNOWN if count is None else Message("meeting.is.people", {"count": count})


def _votes(votes: tuple[int, int, int], item: ItemFacts) -> Message:
    recorded = {True: "adopted", False: "not_adopted", None: "not_recorded"}[item.adopted]
    fields = {
        "for": votes[0],
        "against": votes[1],
        "abstained": votes[2],
        "recorded": Message(f"meeting.outcome.{recorded}"),
    }
    return Message("meeting.is.votes", fields)


def _listed(names: list[str]) -> Message:
    """The names of missing items of the minutes, joined in the reader's language."""
    listed = Message(f"meeting.content.{names[0]}")
    for name in names[1:]:
        listed = Message("meeting.and", {"first": listed, "second": Message(f"meeting.content.{name}")})
    return listed


def _verdict(
    rule: str,
    status: Status,
    norm: Norm,
    is_: Quantity,
    needed: Quantity,
    is_text: Message,
    needed_text: Message,
    item: int | None = None,
) -> Verdict:
    return Verdict(rule, status, norm.article, is_, needed, is_text, needed_text, norm.confirmed, item)

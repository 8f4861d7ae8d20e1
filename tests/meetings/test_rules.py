"""Every threshold of the law at its edge, and what is said where it is not reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Severity
from akimat_desk.core.language import Language
from akimat_desk.meetings.kinds import ConvenedBy, MeetingKind, Status, Topic, Vote
from akimat_desk.meetings.rules.arithmetic import carried, least, more_than_half, reaches
from akimat_desk.meetings.rules.facts import ItemFacts, MeetingFacts, MinutesFacts
from akimat_desk.meetings.rules.judge import judge, last_day_of_term
from akimat_desk.meetings.rules.law import SHIPPED, Law, checked_setting, topics_for
from akimat_desk.meetings.rules.verdicts import Verdict

HELD = dt.date(2026, 5, 5)
PERFECT = MinutesFacts(True, True, True, True, True, True, True, dt.date(2026, 5, 6))
BUDGET = ItemFacts(1, Topic.BUDGET_DRAFT, 6, 2, 1, True)
ASSEMBLY = MeetingFacts(
    MeetingKind.ASSEMBLY,
    held=HELD,
    notice_given=dt.date(2026, 4, 25),
    convened_by=ConvenedBy.AKIM,
    entitled=14,
    present=9,
    agenda=(BUDGET,),
    minutes=PERFECT,
)
LOCAL = ItemFacts(1, Topic.LOCAL_QUESTION, 30, 5, 5, True)
GATHERING = replace(ASSEMBLY, kind=MeetingKind.GATHERING, entitled=400, present=40, agenda=(LOCAL,))
PEOPLE = st.integers(1, 5000)


def verdict(facts: MeetingFacts, rule: str, law: Law = SHIPPED) -> Verdict:
    return next(each for each in judge(facts, law).verdicts if each.rule == rule)


def status(facts: MeetingFacts, rule: str, law: Law = SHIPPED) -> Status:
    return verdict(facts, rule, law).status


def codes(facts: MeetingFacts, severity: Severity = Severity.ERROR) -> list[str]:
    return [finding.code for finding in judge(facts).findings if finding.severity is severity]


def test_a_meeting_held_by_the_rules_is_lawful() -> None:
    card = judge(ASSEMBLY)
    assert card.lawful is True
    assert card.findings == ()
    assert {each.rule for each in card.verdicts} >= {
        "notice", "quorum", "majority:1", "minutes_content", "minutes_signed", "competence",
    }  # fmt: skip


@pytest.mark.parametrize(
    "kind", [MeetingKind.ASSEMBLY, MeetingKind.GATHERING, MeetingKind.SEPARATE_GATHERING]
)
@pytest.mark.parametrize(("days", "kept"), [(11, True), (10, True), (9, False), (0, False), (-1, False)])
def test_ten_days_are_notice_and_nine_are_not(kind: MeetingKind, days: int, kept: bool) -> None:
    facts = replace(ASSEMBLY, kind=kind, notice_given=HELD - dt.timedelta(days=days))
    assert status(facts, "notice") is (Status.KEPT if kept else Status.BROKEN)
    assert verdict(facts, "notice").is_ == days
    assert verdict(facts, "notice").needed == 10


@pytest.mark.parametrize(("days", "kept"), [(3, True), (2, False)])
def test_candidates_alone_need_three_days(days: int, kept: bool) -> None:
    candidate = ItemFacts(1, Topic.AKIM_CANDIDATE, 6, 2, 1, True)
    facts = replace(ASSEMBLY, agenda=(candidate,), notice_given=HELD - dt.timedelta(days=days))
    assert status(facts, "notice") is (Status.KEPT if kept else Status.BROKEN)


def test_candidates_beside_another_question_need_ten_days() -> None:
    candidate = ItemFacts(2, Topic.AKIM_CANDIDATE, 6, 2, 1, True)
    facts = replace(ASSEMBLY, agenda=(BUDGET, candidate), notice_given=HELD - dt.timedelta(days=3))
    assert status(facts, "notice") is Status.BROKEN


def test_without_an_agenda_the_longer_notice_is_asked() -> None:
    facts = replace(ASSEMBLY, agenda=(), notice_given=HELD - dt.timedelta(days=9))
    assert status(facts, "notice") is Status.BROKEN


@given(PEOPLE)
def test_a_gathering_is_valid_from_one_tenth_on(entitled: int) -> None:
    edge = -(-entitled // 10)
    at = replace(GATHERING, entitled=entitled, present=edge)
    under = replace(GATHERING, entitled=entitled, present=edge - 1)
    assert status(at, "quorum") is Status.KEPT
    assert status(under, "quorum") is Status.BROKEN
    assert verdict(at, "quorum").needed == edge


@given(PEOPLE)
def test_an_assembly_is_valid_from_half_of_its_members_on(members: int) -> None:
    edge = (members + 1) // 2
    assert status(replace(ASSEMBLY, entitled=members, present=edge), "quorum") is Status.KEPT
    assert status(replace(ASSEMBLY, entitled=members, present=edge - 1), "quorum") is Status.BROKEN


@given(PEOPLE)
def test_a_session_needs_two_thirds_of_all_deputies(deputies: int) -> None:
    edge = -(-2 * deputies // 3)
    session = replace(ASSEMBLY, kind=MeetingKind.SESSION, entitled=deputies)
    assert status(replace(session, present=edge), "quorum") is Status.KEPT
    assert status(replace(session, present=edge - 1), "quorum") is Status.BROKEN


@given(st.integers(1, 400))
def test_exactly_half_and_a_tie_adopt_nothing(half: int) -> None:
    """A tie: as many for as against, and exactly half of those taking part."""
    for votes in ((half, half, 0), (half, 0, half), (half, half - 1, 1)):
        assert carried(votes, 2 * half) is False
        item = ItemFacts(1, Topic.LOCAL_QUESTION, *votes, True)
        facts = replace(GATHERING, entitled=2 * half, present=2 * half, agenda=(item,))
        assert status(facts, "majority:1") is Status.BROKEN
        assert status(replace(facts, agenda=(replace(item, adopted=False),)), "majority:1") is Status.KEPT


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_more_than_half_of_those_taking_part_adopts(votes_for: int, against: int, abstained: int) -> None:
    base = votes_for + against + abstained
    adopted = votes_for >= more_than_half(base)
    assert carried((votes_for, against, abstained), base) is adopted
    assert adopted == (votes_for > against + abstained)
    item = ItemFacts(1, Topic.LOCAL_QUESTION, votes_for, against, abstained, adopted)
    facts = replace(GATHERING, entitled=2000, present=base, agenda=(item,))
    assert status(facts, "majority:1") is Status.KEPT
    denied = replace(facts, agenda=(replace(item, adopted=not adopted),))
    assert status(denied, "majority:1") is Status.BROKEN


@given(st.fractions(Fraction(1, 20), Fraction(1)), PEOPLE)
def test_the_least_number_reaches_its_share_and_one_less_does_not(share: Fraction, people: int) -> None:
    edge = least(share, people)
    assert reaches(edge, share, people)
    assert not reaches(edge - 1, share, people)


def test_who_did_not_vote_took_part() -> None:
    """Five of nine for is more than half of those who voted, and of those present."""
    five = replace(BUDGET, votes_for=5, against=3, abstained=0)
    assert status(replace(ASSEMBLY, agenda=(five,)), "majority:1") is Status.KEPT
    four = replace(BUDGET, votes_for=4, against=3, abstained=0)  # of 7 votes, but 9 are in the hall
    assert status(replace(ASSEMBLY, agenda=(four,)), "majority:1") is Status.BROKEN
    assert codes(replace(ASSEMBLY, agenda=(five,)), Severity.INFO) == ["meeting.fewer_votes"]


def test_who_had_left_before_the_vote_is_not_counted() -> None:
    four = replace(BUDGET, votes_for=4, against=3, abstained=0, present=7)
    assert status(replace(ASSEMBLY, agenda=(four,)), "majority:1") is Status.KEPT


def test_a_session_decides_by_the_total_number_of_deputies() -> None:
    item = ItemFacts(1, Topic.BUDGET_DRAFT, 7, 3, 0, False)
    session = replace(ASSEMBLY, kind=MeetingKind.SESSION, entitled=15, present=10, agenda=(item,))
    assert status(session, "majority:1") is Status.KEPT  # 7 of 10 present, but 8 of 15 are asked
    adopted = replace(item, votes_for=8, against=2, adopted=True)
    assert status(replace(session, agenda=(adopted,)), "majority:1") is Status.KEPT


def test_where_the_regulation_says_so_the_chair_decides_a_tie() -> None:
    law = Law({"tie.assembly": checked_setting("tie.assembly", "chair")})
    tie = ItemFacts(1, Topic.BUDGET_DRAFT, 5, 5, 0, True, chair_vote=Vote.FOR)
    facts = replace(ASSEMBLY, present=10, agenda=(tie,))
    assert status(facts, "majority:1") is Status.BROKEN
    assert status(facts, "majority:1", law) is Status.KEPT
    against = replace(facts, agenda=(replace(tie, chair_vote=Vote.AGAINST),))
    assert status(against, "majority:1", law) is Status.BROKEN
    not_known = replace(facts, agenda=(replace(tie, chair_vote=None),))
    assert status(not_known, "majority:1", law) is Status.UNKNOWN
    assert "meeting.check_regulation" in codes(facts, Severity.INFO)


@given(PEOPLE)
def test_a_tenth_may_call_a_gathering_or_an_assembly(entitled: int) -> None:
    edge = -(-entitled // 10)
    for facts in (ASSEMBLY, GATHERING):
        called = replace(facts, convened_by=ConvenedBy.MEMBERS, entitled=entitled)
        assert status(replace(called, initiators=edge), "initiative") is Status.KEPT
        assert status(replace(called, initiators=edge - 1), "initiative") is Status.BROKEN


def test_initiative_is_left_out_where_the_akim_called() -> None:
    assert all(each.rule != "initiative" for each in judge(ASSEMBLY).verdicts)


@pytest.mark.parametrize(
    ("count", "expected"), [(3, Status.KEPT), (4, Status.BROKEN), (None, Status.UNKNOWN)]
)
def test_a_separate_gathering_sends_up_to_three(count: int | None, expected: Status) -> None:
    facts = replace(
        GATHERING, kind=MeetingKind.SEPARATE_GATHERING, entitled=100, present=40, representatives=count
    )
    assert status(facts, "representatives") is expected


def test_what_cannot_be_judged_is_unknown_and_so_is_the_whole() -> None:
    card = judge(MeetingFacts(MeetingKind.ASSEMBLY, held=HELD, agenda=(BUDGET,)))
    unknown = {each.rule for each in card.verdicts if each.status is Status.UNKNOWN}
    assert unknown == {"notice", "quorum", "minutes_content", "minutes_signed"}
    assert card.lawful is None


def test_one_broken_rule_makes_the_whole_unlawful_though_others_are_unknown() -> None:
    facts = replace(ASSEMBLY, present=6, minutes=MinutesFacts())
    assert judge(facts).lawful is False


def test_what_the_minutes_lack_is_named() -> None:
    facts = replace(ASSEMBLY, minutes=replace(PERFECT, officers=False, attendance_list=False))
    assert status(facts, "minutes_content") is Status.BROKEN
    [finding] = [each for each in judge(facts).findings if each.code == "meeting.minutes_content"]
    assert "число и список присутствующих" in finding.message(Language.RU)
    assert "председателя" in finding.message(Language.RU)
    unsigned = replace(ASSEMBLY, minutes=replace(PERFECT, signed_by_secretary=False))
    assert status(unsigned, "minutes_signed") is Status.BROKEN


@pytest.mark.parametrize(
    ("kind", "topic"),
    [
        (MeetingKind.GATHERING, Topic.BUDGET_DRAFT),
        (MeetingKind.ASSEMBLY, Topic.ASSEMBLY_MEMBERS),
        (MeetingKind.SEPARATE_GATHERING, Topic.COMMUNAL_PROPERTY),
        (MeetingKind.SESSION, Topic.AKIM_CANDIDATE),
    ],
)
def test_a_topic_of_another_body_is_a_finding_that_names_it(kind: MeetingKind, topic: Topic) -> None:
    facts = replace(ASSEMBLY, kind=kind, agenda=(replace(BUDGET, topic=topic),))
    assert status(facts, "competence") is Status.BROKEN
    assert "meeting.competence" in codes(facts)


def test_every_kind_has_topics_and_each_of_them_is_within_its_competence() -> None:
    for kind in MeetingKind:
        for topic in topics_for(kind):
            facts = replace(ASSEMBLY, kind=kind, agenda=(replace(BUDGET, topic=topic),))
            assert status(facts, "competence") is Status.KEPT


@pytest.mark.parametrize(
    ("population", "members", "expected"),
    [
        (10_000, 5, Status.KEPT), (10_000, 10, Status.KEPT), (10_000, 11, Status.BROKEN),
        (10_001, 10, Status.BROKEN), (10_001, 11, Status.KEPT), (15_000, 15, Status.KEPT),
        (20_000, 20, Status.KEPT), (20_001, 21, Status.KEPT), (20_001, 26, Status.BROKEN),
    ],
)  # fmt: skip
def test_size_by_population(population: int, members: int, expected: Status) -> None:
    facts = replace(ASSEMBLY, entitled=members, present=members, population=population)
    assert status(facts, "composition") is expected


def test_more_than_25_members_are_too_many_anywhere() -> None:
    assert status(replace(ASSEMBLY, entitled=26, present=20), "composition") is Status.BROKEN


def test_every_locality_has_a_member() -> None:
    facts = replace(ASSEMBLY, localities=3, localities_represented=2)
    assert status(facts, "localities") is Status.BROKEN
    assert status(replace(facts, localities_represented=3), "localities") is Status.KEPT


@pytest.mark.parametrize(
    ("elected", "expected"),
    [
        (dt.date(2022, 5, 6), Status.KEPT),
        (dt.date(2022, 5, 5), Status.BROKEN),
        (dt.date(2026, 5, 6), Status.BROKEN),
    ],
)
def test_the_term_is_four_years(elected: dt.date, expected: Status) -> None:
    assert status(replace(ASSEMBLY, elected=elected), "term") is expected


def test_a_term_from_29_february_ends_on_28_february() -> None:
    assert last_day_of_term(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 28)
    assert last_day_of_term(dt.date(2024, 2, 29), 3) == dt.date(2027, 2, 28)


def test_contradictions_are_said_in_words() -> None:
    facts = replace(
        ASSEMBLY,
        notice_given=dt.date(2026, 5, 6),
        present=15,
        convened_by=ConvenedBy.MEMBERS,
        initiators=20,
        agenda=(replace(BUDGET, votes_for=16),),
        minutes=replace(PERFECT, handed_to_akim=dt.date(2026, 5, 4)),
    )
    said = set(codes(facts))
    assert said >= {
        "meeting.held_before_notice", "meeting.more_present", "meeting.more_initiators",
        "meeting.more_votes", "meeting.handed_before_held",
    }  # fmt: skip
    for finding in judge(facts).findings:
        for language in Language:
            assert finding.message(language)
    assert judge(facts).lawful is False


def test_more_votes_than_people_is_never_kept() -> None:
    item = replace(BUDGET, votes_for=9, against=1, abstained=0)
    assert status(replace(ASSEMBLY, agenda=(item,)), "majority:1") is Status.BROKEN


def test_before_the_rules_on_file_nothing_is_judged_but_competence() -> None:
    facts = replace(ASSEMBLY, held=dt.date(2017, 5, 5), notice_given=dt.date(2017, 5, 1))
    assert status(facts, "notice") is Status.UNKNOWN
    assert judge(facts).lawful is None


def test_an_extraordinary_session_needs_three_days() -> None:
    session = replace(
        ASSEMBLY, kind=MeetingKind.SESSION, present=10, notice_given=HELD - dt.timedelta(days=3),
        materials_given=HELD - dt.timedelta(days=3),
    )  # fmt: skip
    assert status(session, "notice") is Status.BROKEN
    assert status(session, "materials") is Status.BROKEN
    extraordinary = replace(session, extraordinary=True)
    assert status(extraordinary, "notice") is Status.KEPT
    assert status(extraordinary, "materials") is Status.KEPT


def test_an_office_may_set_what_is_unconfirmed_and_nothing_else() -> None:
    law = Law({"materials_days.assembly": checked_setting("materials_days.assembly", 7)})
    facts = replace(ASSEMBLY, materials_given=HELD - dt.timedelta(days=6))
    assert status(facts, "materials") is Status.KEPT
    assert status(facts, "materials", law) is Status.BROKEN
    assert codes(facts, Severity.INFO) == ["meeting.check_regulation"]
    refused: list[tuple[str, int | str]] = [
        ("quorum.assembly", "1/3"), ("quorum.separate_gathering", "5"), ("nothing.assembly", 1),
        ("materials_days.assembly", -1), ("tie.assembly", "maybe"), ("majority.commission", "half"),
    ]  # fmt: skip
    for key, value in refused:
        with pytest.raises(UsageProblem):
            checked_setting(key, value)
    assert Law({"quorum.assembly": "1/3"}).norm("quorum", MeetingKind.ASSEMBLY, HELD) == SHIPPED.norm(
        "quorum", MeetingKind.ASSEMBLY, HELD
    )

"""Goal seek: the answer put in reaches the target, one step less does not."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.ratio.seek import Answer, Position, SeekLine, own_needed, seek_line, seek_mix
from akimat_desk.core.money import DECISION_STEP, from_plain

tiyn = st.integers(0, 10**13)
targets = st.integers(1, 999).map(lambda tenths: Fraction(tenths, 1000))


@st.composite
def positions(draw: st.DrawFn, grows: bool | None = None) -> Position:
    own, more = draw(tiyn), draw(st.integers(1, 10**13))
    grows_below = draw(st.booleans()) if grows is None else grows
    room = None if grows_below or draw(st.booleans()) else draw(tiyn)
    return Position(own, own + more, draw(targets), grows_below, room)


@given(positions(), tiyn)
def test_the_answer_reaches_the_target_and_one_step_less_does_not(position: Position, amount: int) -> None:
    amount = min(amount, position.above)
    answer = seek_line(position, SeekLine("x", amount))
    if answer.answer is Answer.REACHED:
        assert position.reaches(0)
    elif answer.answer is Answer.REACHABLE:
        assert answer.needed is not None
        assert answer.needed % DECISION_STEP == 0
        assert position.reaches(answer.needed - amount)
        assert not position.reaches(answer.needed - DECISION_STEP - amount)
        assert position.room is None or answer.needed - amount <= position.room
    else:
        assert position.room is not None
        assert answer.nearest is not None
        assert answer.needed is None
        # Not even with all that the transfers can give way (up to a step of rounding).
        assert not position.reaches(position.room - DECISION_STEP) or position.room < DECISION_STEP


@given(positions(), tiyn, tiyn)
def test_a_limit_is_kept_and_the_nearest_is_said(position: Position, amount: int, above: int) -> None:
    amount = min(amount, position.above)
    answer = seek_line(position, SeekLine("x", amount, limit=amount + above))
    if answer.needed is not None:
        assert answer.needed <= amount + above or answer.answer is Answer.REACHED
    else:
        assert answer.nearest is not None
        assert amount <= answer.nearest <= amount + above
        assert answer.nearest_percent == position.percent(answer.nearest - amount)


@given(positions(), st.lists(st.tuples(tiyn, st.none() | tiyn), min_size=1, max_size=6))
def test_a_mix_keeps_its_limits_and_reaches_the_target(
    position: Position, rows: list[tuple[int, int | None]]
) -> None:
    lines = [
        SeekLine(str(i), amount, None if room is None else amount + room)
        for i, (amount, room) in enumerate(rows)
    ]
    mix = seek_mix(position, lines)
    limits = {line.key: line.limit for line in lines}
    for key, now, then in mix.amounts:
        limit = limits[key]
        assert then >= now
        assert limit is None or then <= limit
    total = sum(then - now for _, now, then in mix.amounts)
    assert total == mix.growth
    assert mix.percent == position.percent(total)
    if mix.answer is Answer.REACHABLE:
        assert position.reaches(total)
        able = [1 for _, now, then in mix.amounts if then - now >= DECISION_STEP]
        assert not able or not position.reaches(total - DECISION_STEP)
    elif mix.answer is Answer.LIMITED:
        assert not position.reaches(total) or position.room is not None


def test_lines_grow_alike_until_they_meet_their_limits() -> None:
    position = Position(from_plain("100"), from_plain("1000"), Fraction(16, 100), False)
    lines = [
        SeekLine("a", from_plain("60"), limit=from_plain("66")),
        SeekLine("b", from_plain("30")),
        SeekLine("c", from_plain("10")),
        SeekLine("nil", 0),
    ]
    mix = seek_mix(position, lines)
    # 60 are missing: a gives 6 (its limit), b and c grow by 54 in proportion 3 : 1.
    assert mix.answer is Answer.REACHABLE
    assert {key: then for key, _, then in mix.amounts} == {
        "a": from_plain("66"),
        "b": from_plain("70.5"),
        "c": from_plain("23.5"),
        "nil": 0,
    }


def test_a_line_at_nothing_comes_in_when_the_others_are_full() -> None:
    position = Position(from_plain("100"), from_plain("1000"), Fraction(16, 100), False)
    mix = seek_mix(position, [SeekLine("a", from_plain("100"), from_plain("120")), SeekLine("new", 0)])
    assert {key: then for key, _, then in mix.amounts} == {
        "a": from_plain("120"),
        "new": from_plain("40"),
    }


def test_the_whole_is_out_of_reach_while_the_total_grows() -> None:
    position = Position(10, 100, Fraction(1), True)
    assert own_needed(position) is None
    assert seek_line(position, SeekLine("x", 5)).answer is Answer.IMPOSSIBLE
    assert seek_mix(position, [SeekLine("x", 5)]).answer is Answer.IMPOSSIBLE


def test_a_line_that_does_not_count_above_the_stroke_cannot_help() -> None:
    position = Position(100, 1000, Fraction(33, 100), True)
    answer = seek_line(position, SeekLine("rent", 50, counted=False))
    assert answer.answer is Answer.IMPOSSIBLE
    assert answer.nearest == 50


def test_transfers_can_fall_only_as_far_as_they_are() -> None:
    position = Position(from_plain("10"), from_plain("100"), Fraction(1, 2), False, room=from_plain("20"))
    assert seek_line(position, SeekLine("x", from_plain("10"))).answer is Answer.IMPOSSIBLE
    assert seek_line(position, SeekLine("x", from_plain("10"))).nearest == from_plain("30")
    enough = Position(from_plain("10"), from_plain("100"), Fraction(1, 2), False, room=from_plain("40"))
    assert seek_line(enough, SeekLine("x", from_plain("10"))).needed == from_plain("50")

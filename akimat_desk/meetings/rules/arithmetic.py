"""The law's shares counted on whole people: exact fractions, no rounding of what is compared."""

from __future__ import annotations

from fractions import Fraction

from akimat_desk.meetings.kinds import Vote


def least(share: Fraction, people: int) -> int:
    """How many people are at least ``share`` of ``people``: 10 % of 505 is 51, half of 15 is 8."""
    return -(-share.numerator * people // share.denominator)


def reaches(count: int, share: Fraction, people: int) -> bool:
    """Whether ``count`` is at least ``share`` of ``people``; of nobody no share is reached."""
    return people > 0 and count * share.denominator >= share.numerator * people


def more_than_half(people: int) -> int:
    """The least number that is more than half of ``people``: 5 of 8, 5 of 9."""
    return people // 2 + 1


def carried(
    votes: tuple[int, int, int], base: int, *, tie: str = "not_adopted", chair: Vote | None = None
) -> bool | None:
    """Whether more than half of ``base`` people voted for.

    A tie (as many for as against, and exactly half of all) is not more than half. Where the office's
    regulation lets the chair decide it (``tie`` "chair"), the chair's own vote does; None when that
    is not known.
    """
    votes_for, against, _ = votes
    if 2 * votes_for > base:
        return True
    if tie == "chair" and votes_for == against and votes_for > 0 and 2 * votes_for == base:
        if chair is None:
            return None
        return chair is Vote.FOR
    return False

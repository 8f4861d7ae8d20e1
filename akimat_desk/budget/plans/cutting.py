"""A cut in the current month above its plan: it eats the unspent money of the months before.

The months before are closed for new money, but what was planned there and not spent is there still.
So the current month of a certificate is reckoned from the start of the year, and a cut that the
month alone cannot bear is taken from the earlier months backwards, as far as they are unspent.
"""

from __future__ import annotations

from dataclasses import dataclass

from akimat_desk.budget.plans.sheet import Months


@dataclass(frozen=True, slots=True)
class Cut:
    """The months after a cut; ``eaten`` are the earlier months (from 1) it took from, ``lacking`` what
    could not be taken (tiyn): the plan would fall below what is spent."""

    months: Months
    eaten: tuple[int, ...] = ()
    lacking: int = 0


def eat_backwards(months: Months, month: int, spent: int) -> Cut:
    """Take what ``month`` (from 1) lacks to zero out of the months before it, the nearest first.

    ``months`` are as the person wants them, ``month`` possibly negative; ``spent`` is what was spent
    from January to ``month``. With too little there the months stay as wanted and ``lacking`` says how
    much the plan from January to ``month`` is below what is spent.
    """
    lacking = max(0, spent - sum(months[:month]))
    if months[month - 1] >= 0 or lacking:
        return Cut(months, (), lacking)
    made = list(months)
    need, made[month - 1] = -made[month - 1], 0
    eaten = []
    for earlier in range(month - 2, -1, -1):
        taken = min(need, max(0, made[earlier]))
        if taken:
            made[earlier] -= taken
            need -= taken
            eaten.append(earlier + 1)
    if need:  # the months before hold less than nothing together: no plan that could be cut
        return Cut(months, (), need)
    return Cut(tuple(made), tuple(sorted(eaten)))

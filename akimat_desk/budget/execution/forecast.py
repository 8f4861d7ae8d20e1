"""Where a year will end, from the months executed, by more than one method; pure, on exact fractions.

Every method is tried on the years that are finished: the error it had then stands beside what it says
now. Amounts are whole tiyn, cumulative from 1 January.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from akimat_desk.core.money import half_up

MONTHS = 12
#: Cumulative amounts of one year by month (1–12).
YearCourse = Mapping[int, int]

# A line is off its usual pace when it is off by a twentieth of the pace and by a hundredth of its year.
_OFF_PACE = Fraction(1, 20)
_OFF_YEAR = Fraction(1, 100)


class Method(StrEnum):
    """How a year's end is foretold."""

    USUAL_SHARE = "usual_share"  # the share of the year that was done by this month in earlier years
    LAST_SHAPE = "last_shape"  # the course of the year before
    LINEAR = "linear"  # as many more in every month to come


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a method says, and how far it was off (mean of the absolute errors, a share of the year) in
    the finished years that it could be tried on; None where there was none."""

    method: Method
    amount: int
    error: Fraction | None
    tried: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a line usually stands by this month (``usual``, of its plan for the year) and how far it is
    off (``off``, negative behind). ``share`` is the usual share of the year."""

    share: Fraction
    usual: int
    off: int

    @property
    def matters(self) -> bool:
        """Whether it is off by enough to be said."""
        whole = Fraction(self.usual) / self.share if self.share else Fraction(0)
        return abs(self.off) > _OFF_PACE * abs(self.usual) and abs(self.off) > _OFF_YEAR * abs(whole)


def foretell(history: Mapping[int, YearCourse], year: int, course: YearCourse, month: int) -> list[Foretold]:
    """What every method that can say anything says of ``year``, the one with the least error first.

    ``history`` holds courses of earlier years; those without a twelfth month are not finished and are
    left out. Nothing is said of a line that has nothing by ``month``.
    """
    now = course.get(month)
    if not now or not 1 <= month <= MONTHS:
        return []
    finished = {y: c for y, c in history.items() if y < year and c.get(MONTHS)}
    said = []
    for method in Method:
        amount = _say(method, finished, year, now, month)
        if amount is not None:
            error, tried = _tried(method, finished, month)
            said.append(Foretold(method, int(half_up(amount, 0)), error, tried))
    return sorted(
        said, key=lambda each: (each.error is None, each.error or 0, list(Method).index(each.method))
    )


def months_to_come(
    method: Method, history: Mapping[int, YearCourse], year: int, course: YearCourse, month: int
) -> dict[int, int]:
    """What a method says of every month after ``month``, cumulative; empty where it says nothing."""
    now = course.get(month)
    if not now:
        return {}
    finished = {y: c for y, c in history.items() if y < year and c.get(MONTHS)}
    told = {}
    for later in range(month + 1, MONTHS + 1):
        amount = _say(method, finished, year, now, month, later)
        if amount is not None:
            told[later] = int(half_up(amount, 0))
    return told


def pace(history: Mapping[int, YearCourse], year: int, plan: int | None, now: int, month: int) -> Pace | None:
    """How a line stands against its usual pace; None without a finished year or a plan."""
    finished = {y: c for y, c in history.items() if y < year and c.get(MONTHS)}
    share = _share(finished.values(), month)
    if share is None or not plan:
        return None
    usual = int(half_up(share * plan, 0))
    return Pace(share, usual, now - usual)


def _say(
    method: Method,
    finished: Mapping[int, YearCourse],
    year: int,
    now: int,
    month: int,
    later: int = MONTHS,
) -> Fraction | None:
    """What there will be by the month ``later``, from what there is by ``month``."""
    match method:
        case Method.LINEAR:
            return Fraction(now * later, month)
        case Method.LAST_SHAPE:
            years = [finished[year - 1]] if year - 1 in finished else []
        case Method.USUAL_SHARE:
            years = list(finished.values())
    share, of_later = _share(years, month), _share(years, later)
    return now * of_later / share if share and of_later is not None else None


def _share(courses: Iterable[YearCourse], month: int) -> Fraction | None:
    """What part of their years was done by a month, all years together."""
    done = whole = 0
    for course in courses:
        done += by_month(course, month)
        whole += course[MONTHS]
    return Fraction(done, whole) if whole else None


def by_month(course: YearCourse, month: int) -> int:
    """What there was by a month: of a month without a form, what the one before it says."""
    return next((course[at] for at in range(month, 0, -1) if at in course), 0)


def _tried(method: Method, finished: Mapping[int, YearCourse], month: int) -> tuple[Fraction | None, int]:
    """The error a method had on the finished years, each foretold from those before it only."""
    errors = []
    for year, course in finished.items():
        now, whole = course.get(month), course[MONTHS]
        if not now or not whole:
            continue
        before = {y: c for y, c in finished.items() if y < year}
        said = _say(method, before, year, now, month)
        if said is not None:
            errors.append(abs(said - whole) / abs(whole))
    return (sum(errors, Fraction(0)) / len(errors) if errors else None), len(errors)

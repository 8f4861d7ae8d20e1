"""The execution of a month over many units: sums, transfers between levels taken out, rounding, orphans.

A unit counts in the executed sums when its treasury forms reach the month asked for; one whose forms end
earlier is named and left out, so that no sum mixes two dates. Money that a unit receives from above, and
what it gives back upward (the return programs of ``resources/rules/adjustments.json``), is money of the
budget above as well: each is shown, and the sums stand with it and without.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from akimat_desk.budget.adjustments.rules import return_programs
from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.stored import years_with_forms
from akimat_desk.budget.figures import Figure, Figures, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.ratio.executed import executed_figures, months_with_receipts
from akimat_desk.budget.ratio.formula import own_revenue
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.views import BudgetView
from akimat_desk.classification.codes import Code, ExpenditureCode
from akimat_desk.classification.packs import became, pack_for
from akimat_desk.core import dates
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import TIYN_PER_THOUSAND, half_up
from akimat_desk.exchange.contents.fact import What
from akimat_desk.exchange.contents.meetings import MeetingCounts, meetings_of, summed
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.tables import PackageStatement, ReceivedPackage
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import UnitView, units
from akimat_desk.storage.workspace import Actor, Workspace

_ABOVE = (UnitKind.RAION, UnitKind.OBLAST)
#: A printed amount has one decimal of a thousand tenge.
_PRINTED = TIYN_PER_THOUSAND // 10


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """One unit's part. Amounts in tiyn, None where not stated; percentages to 0.1.

    ``executed`` is None where its forms do not reach the month (``last`` is the month they end with).
    ``package`` is the newest one taken in for the year: its number and the file's SHA-256.
    """

    unit: UnitView
    planned: BudgetView | None
    executed: Figures | None
    lines: tuple[BudgetLine, ...]
    last: int | None
    own: int | None
    given_back: int
    ratio: Decimal | None
    revenue_percent: Decimal | None
    costs_percent: Decimal | None
    meetings: tuple[MeetingCounts, ...]
    package: tuple[int, str] | None

    @property
    def met(self) -> MeetingCounts:
        """Meetings of every kind together."""
        return summed(self.meetings)


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A line over the units: ``by_unit`` holds (unit id, tiyn) of each that states it."""

    section: Section
    code: Code
    name: Trilingual
    amount: int
    by_unit: tuple[tuple[int, int], ...]
    moved: tuple[Code, ...] = ()  # codes of another year that were brought under this one


@dataclass(frozen=True, slots=True)
class PeriodTotals:
    """A month brought together. ``counted`` are the units in the executed sums, ``late`` the others.

    ``orphans`` are lines whose code the year's classification does not know and no link leads to it: they
    are in the sums of revenue and costs, and under no line.
    """

    period: Period
    units: tuple[UnitPeriod, ...]
    planned: dict[Figure, int]
    executed: dict[Figure, int]
    own: int
    given_back: int
    ratio: Decimal | None
    mean: Decimal | None
    target: Decimal | None
    lines: tuple[TotalLine, ...]
    orphans: tuple[TotalLine, ...]
    meetings: tuple[MeetingCounts, ...]
    rounding: dict[Figure, int]

    @property
    def counted(self) -> tuple[UnitPeriod, ...]:
        """The units whose execution is in the sums."""
        return tuple(part for part in self.units if part.executed is not None)

    @property
    def late(self) -> tuple[UnitPeriod, ...]:
        """The units whose forms do not reach the month."""
        return tuple(part for part in self.units if part.executed is None)

    @property
    def net_revenue(self) -> int:
        """Executed revenue without what came from above."""
        return self.executed.get(Figure.REVENUE_TOTAL, 0) - self.executed.get(Figure.TRANSFERS, 0)

    @property
    def net_costs(self) -> int:
        """Executed costs without what was given back upward."""
        return self.executed.get(Figure.COSTS, 0) - self.given_back

    def ranked(self) -> list[UnitPeriod]:
        """The units by their ratio, the highest first; those without one last, by code."""
        return sorted(
            self.units,
            key=lambda part: (part.ratio is None, -(part.ratio or Decimal()), part.unit.kato or "~"),
        )


def totals_of(session: Session, period: Period, chosen: Sequence[int] | None = None) -> PeriodTotals:
    """Bring a month together over the units of a workspace (``chosen`` ids, else all below).

    Raises UsageProblem where the period names no month, and where no unit has anything of the year.
    """
    if period.month is None:
        raise UsageProblem("error.consolidation.month_needed")
    below = [unit for unit in units(session) if unit.kind not in _ABOVE]
    if chosen is not None:
        below = [unit for unit in below if unit.id in set(chosen)]
    parts = [
        _part(session, unit, period, period.month)
        for unit in sorted(below, key=lambda each: (each.kato or "~", each.id))
    ]
    if not any(part.planned is not None or part.last is not None for part in parts):
        raise UsageProblem("error.consolidation.nothing", year=period.year)
    counted = [part for part in parts if part.executed is not None]
    known = [part for part in counted if part.ratio is not None]
    own = sum(part.own or 0 for part in known)
    of = sum((part.executed or {}).get(Figure.REVENUE_TOTAL) or 0 for part in known)
    exact = [Fraction(part.own or 0, (part.executed or {}).get(Figure.REVENUE_TOTAL) or 1) for part in known]
    lines, orphans = _lines(counted, period.year)
    return PeriodTotals(
        period=period,
        units=tuple(parts),
        planned=_sums(part.planned.figures for part in counted if part.planned is not None),
        executed=_sums(part.executed for part in counted if part.executed is not None),
        own=own,
        given_back=sum(part.given_back for part in counted),
        ratio=percent(own, of) if known else None,
        mean=half_up(sum(exact, Fraction()) / len(exact) * 100, 1) if exact else None,
        target=national_targets().targets.get(period.year),
        lines=lines,
        orphans=orphans,
        meetings=_by_kind(part.meetings for part in parts),
        rounding=_rounding([part.executed for part in counted if part.executed is not None]),
    )


def _part(session: Session, unit: UnitView, period: Period, month: int) -> UnitPeriod:
    try:
        planned = budget_as_of(session, unit.id, period.year, period.last_day)
    except UsageProblem:  # no budget of this year on file: what was executed is still known
        planned = None
    months = [each.month for each in months_with_receipts(session, unit.id, period.year)]
    executed: Figures | None = None
    lines: list[BudgetLine] = []
    if month in months:
        executed, lines = executed_figures(session, unit.id, Month(period.year, month))
    own = own_revenue(executed) if executed is not None else None
    package = _newest(session, unit.id, period)
    plan = planned.figures if planned is not None else None
    return UnitPeriod(
        unit=unit,
        planned=planned,
        executed=executed,
        lines=tuple(_leaves(lines)),
        last=max((each for each in months if each <= month), default=None),
        own=own,
        given_back=_given_back(lines, period.year),
        ratio=percent(own, executed[Figure.REVENUE_TOTAL]) if executed is not None else None,
        revenue_percent=_share(executed, plan, Figure.REVENUE_TOTAL),
        costs_percent=_share(executed, plan, Figure.COSTS),
        meetings=_meetings(session, unit.id, period, package),
        package=(package.sequence, package.sha256) if package is not None else None,
    )


def _newest(session: Session, unit_id: int, period: Period) -> ReceivedPackage | None:
    return session.scalars(
        select(ReceivedPackage)
        .where(ReceivedPackage.unit_id == unit_id, ReceivedPackage.year == period.year)
        .order_by(ReceivedPackage.sequence.desc())
    ).first()


def _meetings(
    session: Session, unit_id: int, period: Period, package: ReceivedPackage | None
) -> tuple[MeetingCounts, ...]:
    """What the newest package states; the record itself where the unit's meetings are kept here."""
    if package is None:
        return tuple(meetings_of(session, unit_id, period, dates.today()))
    stated = session.get(PackageStatement, (package.id, What.MEETINGS.value))
    rows = json.loads(stated.content) if stated is not None else []
    return tuple(MeetingCounts.from_data(row) for row in rows)


def _leaves(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    above: set[tuple[Section, Code]] = set()
    for line in lines:
        code = line.code.parent if line.code is not None else None
        while code is not None:
            above.add((line.section, code))
            code = code.parent
    return [line for line in lines if line.code is not None and (line.section, line.code) not in above]


def _given_back(lines: Sequence[BudgetLine], year: int) -> int:
    programs = return_programs(year)
    return sum(
        line.amount or 0
        for line in _leaves(lines)
        if isinstance(line.code, ExpenditureCode) and line.code.program in programs
    )


def _lines(parts: Sequence[UnitPeriod], year: int) -> tuple[tuple[TotalLine, ...], tuple[TotalLine, ...]]:
    pack = pack_for(year)
    found: dict[tuple[Section, Code], list[tuple[int, int]]] = {}
    names: dict[tuple[Section, Code], Trilingual] = {}
    moved: dict[tuple[Section, Code], set[Code]] = {}
    lost: dict[tuple[Section, Code], list[tuple[int, int]]] = {}
    for part in parts:
        for line in part.lines:
            if line.code is None or line.amount is None:
                continue
            code: Code | None = line.code
            if pack.lookup(line.code) is None:
                code = became(line.code, year - 1, year) or became(line.code, year + 1, year)
                if code is not None and pack.lookup(code) is None:
                    code = None
            into = found if code is not None else lost
            key = (line.section, code or line.code)
            into.setdefault(key, []).append((part.unit.id, line.amount))
            names.setdefault(key, line.name)
            if code is not None and code != line.code:
                moved.setdefault(key, set()).add(line.code)

    def made(there: dict[tuple[Section, Code], list[tuple[int, int]]]) -> tuple[TotalLine, ...]:
        order = {section: place for place, section in enumerate(Section)}
        return tuple(
            TotalLine(
                key[0],
                key[1],
                _named(names[key], key[1], year),
                sum(amount for _, amount in amounts),
                tuple(amounts),
                tuple(sorted(moved.get(key, ()), key=str)),
            )
            for key, amounts in sorted(there.items(), key=lambda item: (order[item[0][0]], item[0][1].stored))
        )

    return made(found), made(lost)


def _named(name: Trilingual, code: Code, year: int) -> Trilingual:
    entry = pack_for(year).lookup(code)
    return entry.name if entry is not None else name


def _sums(all_figures: Iterable[Figures]) -> dict[Figure, int]:
    found: dict[Figure, int] = {}
    for figures in all_figures:
        for figure, amount in figures.items():
            if amount is not None:
                found[figure] = found.get(figure, 0) + amount
    return found


def _rounding(all_figures: Sequence[Figures]) -> dict[Figure, int]:
    """By how much the printed parts miss the printed sum, in tiyn; only where they do."""
    found = {}
    for figure, total in _sums(all_figures).items():
        parts = sum(_printed(figures[figure]) for figures in all_figures if figures[figure] is not None)
        if parts != _printed(total):
            found[figure] = _printed(total) - parts
    return found


def _printed(tiyn: int | None) -> int:
    return int(half_up(Fraction(tiyn or 0, _PRINTED), 0)) * _PRINTED


def _by_kind(all_counts: Iterable[tuple[MeetingCounts, ...]]) -> tuple[MeetingCounts, ...]:
    by_kind: dict[str, list[MeetingCounts]] = {}
    for counts in all_counts:
        for each in counts:
            by_kind.setdefault(each.kind, []).append(each)
    return tuple(summed(there, kind) for kind, there in by_kind.items())


def _share(executed: Figures | None, planned: Figures | None, figure: Figure) -> Decimal | None:
    if executed is None or planned is None:
        return None
    return percent(executed[figure], planned[figure])


def percent(part: int | None, whole: int | None) -> Decimal | None:
    """``part`` in per cent of ``whole``, half up to 0.1; None where one is not stated or the whole is nil."""
    return None if part is None or not whole else half_up(Fraction(part, whole) * 100, 1)


def years_there(session: Session) -> tuple[int, ...]:
    """The years of which any unit has treasury forms, the newest first."""
    found = {year for unit in units(session) for year in years_with_forms(session, unit.id)}
    return tuple(sorted(found, reverse=True))


def last_month(session: Session) -> Period:
    """The last month that any unit has a form of receipts of; January of this year where none has."""
    years = years_there(session)
    year = years[0] if years else dates.today().year
    months = [
        month.month for unit in units(session) for month in months_with_receipts(session, unit.id, year)
    ]
    return Period(year, max(months, default=1))


def note_run(workspace: Workspace, actor: Actor, totals: PeriodTotals) -> None:
    """Put into the journal that these totals were made, and on which packages they rest."""
    rests_on = {part.unit.kato or str(part.unit.id): part.package for part in totals.units}
    written = json.dumps(rests_on, sort_keys=True).encode()
    with workspace.changing(
        actor,
        "totals.made",
        period=str(totals.period),
        units=len(totals.counted),
        late=len(totals.late),
        revenue_tiyn=totals.executed.get(Figure.REVENUE_TOTAL),
        costs_tiyn=totals.executed.get(Figure.COSTS),
        packages_sha256=hashlib.sha256(written).hexdigest(),
    ):
        pass

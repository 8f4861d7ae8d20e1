"""The ratio year by year: as approved, as it stands in the plan now and as executed, by any formula,
with and without targeted transfers, against the target line and with the years of changed law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of, budget_years
from akimat_desk.budget.execution.forms import FormKind
from akimat_desk.budget.execution.stored import months_with_forms
from akimat_desk.budget.ratio.bases import bases
from akimat_desk.budget.ratio.executed import executed_years
from akimat_desk.budget.ratio.formula import standing
from akimat_desk.budget.ratio.goals import budget_apart
from akimat_desk.budget.ratio.law import LawChange, law_changes
from akimat_desk.budget.ratio.parts import Budget, above, below
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.views import Basis, DecisionKind, RatioYear, Stage
from akimat_desk.core.language import Trilingual
from akimat_desk.places.service import unit_by_id


@dataclass(frozen=True, slots=True)
class Point:
    """One ratio: its two amounts in tiyn (None where not stated) and what they come to, exact.

    ``document_id`` is the edition it is of; of executed figures ``receipts`` and ``expenses`` are the forms.
    """

    basis: Basis
    own: int | None
    divided_by: int | None
    percent: Fraction | None
    percent_without_targeted: Fraction | None
    through_month: int | None = None  # of figures executed to the end of a month of a running year
    document_id: int | None = None
    receipts: tuple[int, ...] = ()
    expenses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PathYear:
    """A year: as approved, as planned now, as executed, and the target. None where there is nothing."""

    year: int
    approved: Point | None
    planned: Point | None
    executed: Point | None
    target_percent: Decimal | None

    @property
    def best(self) -> Point | None:
        """What answers for the year: a whole year executed, else the plan as it stands."""
        whole = self.executed is not None and self.executed.through_month in (None, 12)
        if whole and self.executed is not None and self.executed.percent is not None:
            return self.executed
        return self.planned


@dataclass(frozen=True, slots=True)
class RatioPath:
    """The history. ``laws`` are the changes inside it; ``country`` the country's past values."""

    unit_name: Trilingual
    variant: Variant
    years: tuple[PathYear, ...]
    laws: tuple[LawChange, ...]
    country: tuple[tuple[int, Decimal], ...]


def ratio_path(session: Session, unit_id: int, variant: Variant) -> RatioPath:
    """Every year that a confirmed document answers for, and every year with executed figures."""
    targets = national_targets()
    done = executed_years(session, unit_id)
    planned = set(budget_years(session, unit_id))
    years = []
    for year in sorted(planned | set(done)):
        approved = now = None
        if year in planned:
            known = bases(session, unit_id, year)
            view = budget_as_of(session, unit_id, year)
            basis = view_basis(view.basis, view.decision.kind)
            now = point(budget_apart(view, known), variant, basis)
            now = replace(now, document_id=view.decision.id)
            if view.basis is not Basis.PROJECTION:
                first = budget_as_of(session, unit_id, year, stage=Stage.APPROVED)
                if first.decision.kind is DecisionKind.DECISION:
                    approved = point(budget_apart(first, known), variant, Basis.APPROVED)
                    approved = replace(approved, document_id=first.decision.id)
        spent = None
        if year in done:
            budget, month = done[year]
            there = months_with_forms(session, unit_id, year)[month]
            spent = replace(
                point(budget, variant, Basis.EXECUTED, month),
                receipts=tuple(form.id for form in there if form.kind is FormKind.RECEIPTS),
                expenses=tuple(form.id for form in there if form.kind is FormKind.EXPENSES),
            )
        years.append(PathYear(year, approved, now, spent, targets.targets.get(year)))
    first_year = min((each.year for each in years), default=0)
    last_year = max((each.year for each in years), default=0)
    return RatioPath(
        unit_name=unit_by_id(session, unit_id).name,
        variant=variant,
        years=tuple(years),
        laws=tuple(law for law in law_changes() if first_year < law.year <= last_year),
        country=tuple(sorted(targets.history.items())),
    )


def planned_year(year: PathYear, variant: Variant) -> RatioYear:
    """A year as the ratio is told: by its plan as it stands, else (nothing was planned) as executed."""
    at = year.planned or year.executed
    own, divided_by = (at.own, at.divided_by) if at is not None else (None, None)
    where = standing(own, divided_by, year.target_percent, variant.denominator)
    return RatioYear(
        year=year.year,
        basis=at.basis if at is not None else Basis.PROJECTION,
        own_revenue=own,
        denominator_amount=divided_by,
        ratio_percent=where.ratio_percent,
        target_percent=year.target_percent,
        gap_points=where.gap_points,
        gap=where.gap,
        gap_if_total_fixed=where.gap_if_total_fixed,
    )


def view_basis(basis: Basis, kind: DecisionKind) -> Basis:
    """What a plan rests on, as the ratio says it."""
    if basis is Basis.PROJECTION:
        return Basis.PROJECTION
    return Basis.AMENDED if kind is DecisionKind.AMENDMENT else Basis.APPROVED


def point(budget: Budget, variant: Variant, basis: Basis, month: int | None = None) -> Point:
    """The ratio of one budget."""
    own, divided_by = above(budget, variant), below(budget, variant)
    without = below(budget, Variant.WITHOUT_TARGETED) if variant is Variant.TOTAL_REVENUE else None
    return Point(basis, own, divided_by, _share(own, divided_by), _share(own, without), month)


def _share(own: int | None, divided_by: int | None) -> Fraction | None:
    return None if own is None or not divided_by or divided_by < 0 else Fraction(own * 100, divided_by)

"""A year at a glance: what was planned, what has come in and gone out, what does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.figures import Figure, no_figures
from akimat_desk.budget.ratio.executed import executed_figures, months_with_receipts
from akimat_desk.budget.ratio.formula import own_revenue
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Against:
    """A planned amount and what of it is done, in tiyn; None where nobody says."""

    plan: int | None
    done: int | None

    @property
    def percent(self) -> Fraction | None:
        """How much of the plan is done."""
        return (
            None
            if self.plan is None or not self.plan or self.done is None
            else Fraction(self.done * 100, self.plan)
        )


@dataclass(frozen=True, slots=True)
class YearGlance:
    """Revenue and costs of a year against its plan; ``month`` is how far the executed figures reach."""

    year: int
    revenue: Against
    own: Against
    costs: Against
    month: int | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return _count(self.findings, Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many are warnings."""
        return _count(self.findings, Severity.WARNING)


def year_glance(session: Session, unit_id: int, year: int) -> YearGlance | None:
    """The budget in force for a year beside what was executed of it; None where no budget answers."""
    try:
        view = budget_as_of(session, unit_id, year)
    except UsageProblem:
        return None
    months = months_with_receipts(session, unit_id, year)
    done = executed_figures(session, unit_id, months[-1])[0] if months else no_figures()
    return YearGlance(
        year=year,
        revenue=Against(view.figures.get(Figure.REVENUE_TOTAL), done.get(Figure.REVENUE_TOTAL)),
        own=Against(own_revenue(view.figures), own_revenue(done)),
        costs=Against(view.figures.get(Figure.COSTS), done.get(Figure.COSTS)),
        month=months[-1].month if months else None,
        findings=view.findings,
    )


def _count(findings: Sequence[Finding], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)

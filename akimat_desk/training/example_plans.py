"""The example's financing plans: approved, and changed by certificates as decisions follow each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from akimat_desk.budget.decisions.questions import budget_as_of
from akimat_desk.budget.periods.balances import BalancePart, BoundKind, keep_balances
from akimat_desk.budget.plans.commands import approve, start_change, store_sheet, take_in_plan
from akimat_desk.budget.plans.questions import plan_in_force
from akimat_desk.budget.plans.rules import change_kind
from akimat_desk.budget.plans.sheet import PlanSheet, difference
from akimat_desk.budget.views import BudgetView, Stage
from akimat_desk.storage.workspace import Actor, Workspace
from akimat_desk.training.example_data import amount_of
from akimat_desk.training.plan_year import first_plan, moved, plan_after


class ExamplePlans:
    """Makes the plans of the example's years; ``years`` is what its description says of them.

    Each step is taken right after the decision that it follows: a plan is held against the budget in
    force. Whatever the rules would refuse raises RuleBroken here, so that the example stays lawful.
    """

    def __init__(
        self, workspace: Workspace, actor: Actor, unit_id: int, years: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._workspace, self._actor, self._unit_id = workspace, actor, unit_id
        self._years = years

    def after_decision(self, year: int) -> None:
        """Approve the plan of a year whose budget was approved, and move money inside its programs."""
        described = self._years[str(year)]
        document = take_in_plan(self._workspace, self._actor, self._unit_id, first_plan(self._budget(year)))
        approve(self._workspace, self._actor, document, dt.date.fromisoformat(described["approved"]))
        for move in described.get("moves", []):
            after = moved(self._plan(year), move["lines"])
            self._certificate("between_specifics", year, move, after)

    def after_amendment(self, year: int) -> None:
        """The certificates that follow the year's amendment: receipts first, then costs."""
        told = self._years[str(year)]["amendment"]
        after = plan_after(self._plan(year), self._budget(year), _month(told), targeted=True)
        for kind in ("amendment_receipts", "amendment_costs"):
            self._certificate(kind, year, told, after)

    def after_adjustment(self, year: int) -> None:
        """The certificate that follows the akim's adjustment of the year."""
        told = self._years[str(year)]["adjustment"]
        after = plan_after(self._plan(year), self._budget(year), _month(told))
        self._certificate("adjustment_costs", year, told, after)

    def _certificate(self, kind: str, year: int, told: Mapping[str, Any], after: PlanSheet) -> None:
        before, sides = self._plan(year), change_kind(kind).area.sides
        if not any(key.side in sides for key, _ in difference(before, after)):
            return
        date = dt.date.fromisoformat(told["date"])
        document = start_change(
            self._workspace, self._actor, self._unit_id, year, kind=kind, date=date, reason=told["reason"]
        )
        store_sheet(self._workspace, self._actor, document, after)
        approve(self._workspace, self._actor, document)

    def _plan(self, year: int) -> PlanSheet:
        with self._workspace.reading() as session:
            sheet = plan_in_force(session, self._unit_id, year)
        assert sheet is not None  # after_decision approved it
        return sheet

    def _budget(self, year: int) -> BudgetView:
        with self._workspace.reading() as session:
            return budget_as_of(session, self._unit_id, year, None, Stage.ADJUSTED)


def keep_example_balances(
    workspace: Workspace, actor: Actor, unit_id: int, balances: Mapping[str, Mapping[str, str]]
) -> None:
    """What each year opened with, and what of it goes back."""
    for year, told in balances.items():
        back = amount_of(told.get("targeted_return"))
        parts = [BalancePart(BoundKind.TARGETED_RETURN, back)] if back else []
        keep_balances(workspace, actor, unit_id, int(year), amount_of(told["total"]), parts)


def _month(told: Mapping[str, Any]) -> int:
    return dt.date.fromisoformat(told["date"]).month

"""The example okrug: its decisions are files as an office would have them, taken in by the real reader."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from akimat_desk.budget.adjustments.commands import confirm_adjustment, draft_adjustment
from akimat_desk.budget.adjustments.lines import AdjustedLine
from akimat_desk.budget.bases.basis import Basis
from akimat_desk.budget.decisions.taking_in import assign_units, store
from akimat_desk.budget.figures import Section
from akimat_desk.budget.reading.files import read_decision_file
from akimat_desk.classification.codes import ExpenditureCode, LineKind
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import from_plain
from akimat_desk.core.progress import Task
from akimat_desk.core.resources import resource
from akimat_desk.places.service import Position, UnitKind, UnitView, create_unit, set_post
from akimat_desk.storage.workspace import Actor, Workspace
from akimat_desk.training.example_execution import take_in_example_forms
from akimat_desk.training.example_meetings import add_example_meetings
from akimat_desk.training.example_plans import ExamplePlans, keep_example_balances

EXAMPLE_ACTOR = Actor("example")


def example_papers() -> list[Path]:
    """The example's decisions, in the order in which they were adopted."""
    description = json.loads(resource("example", "okrug.json").read_text("utf-8"))
    return [resource("example", name) for name in description["decisions"]]


def make_example(path: Path, task: Task | None = None) -> UnitView:
    """Make a workspace of the example okrug at ``path``: every decision read, checked and confirmed.

    Raises EnvironmentProblem where the file cannot be made; a half made file is removed.
    """
    task = task or Task()
    description = json.loads(resource("example", "okrug.json").read_text("utf-8"))
    papers = example_papers()
    with Workspace.making(path) as workspace:
        unit = create_unit(
            workspace,
            EXAMPLE_ACTOR,
            kato=description["kato"],
            kind=UnitKind(description["kind"]),
            name=Trilingual(**description["name"]),
            raion=Trilingual(**description["raion"]),
            oblast=Trilingual(**description["oblast"]),
            maslikhat=Trilingual(**description["maslikhat"]),
        )
        for post, person in description["posts"].items():
            set_post(workspace, EXAMPLE_ACTOR, unit.id, Position(post), person=person)
        plans = ExamplePlans(workspace, EXAMPLE_ACTOR, unit.id, description["plans"])
        for done, paper in enumerate(papers):
            task.step(done, len(papers))
            file = read_decision_file(paper)
            store(workspace, EXAMPLE_ACTOR, file, assign_units(file.decision, [unit]), confirm=True)
            year = file.decision.units[0].first_year
            assert year is not None  # the example's papers name their years
            if file.decision.is_amendment:
                plans.after_amendment(year)
            else:
                plans.after_decision(year)
        add_example_meetings(workspace, EXAMPLE_ACTOR, unit.id)
        for adjustment in description["adjustments"]:
            _adjust(workspace, unit.id, adjustment)
            plans.after_adjustment(adjustment["year"])
        keep_example_balances(workspace, EXAMPLE_ACTOR, unit.id, description["balances"])
        take_in_example_forms(workspace, EXAMPLE_ACTOR, unit.id, task)
        task.step(len(papers), len(papers))
    return unit


def _adjust(workspace: Workspace, unit_id: int, adjustment: dict[str, Any]) -> None:
    """The akim's decision on an adjustment, confirmed."""
    basis = adjustment["basis"]
    lines = [
        AdjustedLine(
            Section.EXPENDITURE,
            ExpenditureCode.from_stored(code),
            LineKind.EXPENDITURE,
            from_plain(amount),
        )
        for code, amount in adjustment["lines"].items()
    ]
    document = draft_adjustment(
        workspace,
        EXAMPLE_ACTOR,
        unit_id,
        adjustment["year"],
        adjustment["ground"],
        lines,
        number=adjustment["number"],
        date=dt.date.fromisoformat(adjustment["date"]),
        basis=Basis(basis["kind"], basis["number"], dt.date.fromisoformat(basis["date"])),
    )
    confirm_adjustment(workspace, EXAMPLE_ACTOR, document)

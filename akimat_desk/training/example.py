"""The example okrug: its decisions are files as an office would have them, taken in by the real reader."""

from __future__ import annotations

import json
from pathlib import Path

from akimat_desk.budget.decisions.taking_in import assign_units, store
from akimat_desk.budget.reading.files import read_decision_file
from akimat_desk.core.language import Trilingual
from akimat_desk.core.progress import Task
from akimat_desk.core.resources import resource
from akimat_desk.places.service import Position, UnitKind, UnitView, create_unit, set_post
from akimat_desk.storage.workspace import Actor, Workspace
from akimat_desk.training.example_meetings import add_example_meetings

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
        for done, paper in enumerate(papers):
            task.step(done, len(papers))
            file = read_decision_file(paper)
            store(workspace, EXAMPLE_ACTOR, file, assign_units(file.decision, [unit]), confirm=True)
        add_example_meetings(workspace, EXAMPLE_ACTOR, unit.id)
        task.step(len(papers), len(papers))
    return unit

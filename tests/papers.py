"""A workspace of four papers of the example okrug: three decisions and an amendment, nothing else.

The example itself grows with the program; what is reckoned of these papers stays.
"""

from __future__ import annotations

import json
from pathlib import Path

from akimat_desk.budget.decisions.taking_in import assign_units, store
from akimat_desk.budget.reading.files import read_decision_file
from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.places.service import Position, UnitKind, create_unit, set_post
from akimat_desk.storage.workspace import Actor, Workspace

PAPERS = ("2024-2026_kk.html", "2025-2027_ru.html", "2026-2028_kk.html", "2026-2028_amendment_kk.html")
ACTOR = Actor("example")


def make_papers(path: Path) -> None:
    """Read the papers into a new workspace at ``path`` and confirm them."""
    description = json.loads(resource("example", "okrug.json").read_text("utf-8"))
    names = {name: Trilingual(**description[name]) for name in ("name", "raion", "oblast", "maslikhat")}
    with Workspace.making(path) as workspace:
        unit = create_unit(workspace, ACTOR, kato=description["kato"], kind=UnitKind.OKRUG, **names)
        for post, person in description["posts"].items():
            set_post(workspace, ACTOR, unit.id, Position(post), person=person)
        for name in PAPERS:
            file = read_decision_file(resource("example", name))
            store(workspace, ACTOR, file, assign_units(file.decision, [unit]), confirm=True)

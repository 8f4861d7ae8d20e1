"""A workspace with the example's okrug, its budget of 2026 in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.budget.decisions.taking_in import assign_units, store
from akimat_desk.budget.reading.files import read_decision_file
from akimat_desk.core.language import Trilingual
from akimat_desk.core.resources import resource
from akimat_desk.places.service import UnitKind, UnitView, create_unit, units
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

UNIT = Trilingual(kk="Жаңабұлақ ауылдық округі", ru="Жанабулакский сельский округ")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace made once; every test works on a copy."""
    path = tmp_path_factory.mktemp("execution") / "okrug.akimat"
    with Workspace.create(path) as made:
        unit = create_unit(made, DEFAULT_ACTOR, kato="990140000", kind=UnitKind.OKRUG, name=UNIT)
        file = read_decision_file(resource("example", "2026-2028_kk.html"))
        store(made, DEFAULT_ACTOR, file, assign_units(file.decision, [unit]), confirm=True)
        made.close(make_backup=False)
    return path


@pytest.fixture
def workspace(finished: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(shutil.copy(finished, tmp_path / "okrug.akimat"))
    yield opened
    opened.close(make_backup=False)


@pytest.fixture
def okrug(workspace: Workspace) -> UnitView:
    with workspace.reading() as session:
        return units(session)[0]

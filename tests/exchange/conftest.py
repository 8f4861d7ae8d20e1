"""An okrug and its raion, each with a file of its own, as two offices have them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from akimat_desk.core.language import Trilingual
from akimat_desk.exchange.keys import OfficeKey, office_key
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.sending import write_package
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

KATO, RAION = "990140000", "990100000"


@dataclass(slots=True)
class Office:
    """A workspace with its key and the unit whose it is."""

    workspace: Workspace
    key: OfficeKey
    unit_id: int

    def package(self, year: int = 2026, to: str | None = None) -> bytes:
        """The package of a year."""
        return write_package(self.workspace, DEFAULT_ACTOR, self.unit_id, Period(year), self.key, to).data


@pytest.fixture
def okrug(tmp_path: Path, example_file: Path) -> Iterator[Office]:
    path = tmp_path / "okrug.akimat"
    shutil.copy(example_file, path)
    with Workspace.open(path) as workspace:
        yield Office(workspace, office_key(KATO, "жасырын сөз", tmp_path / "okrug keys"), 1)


@pytest.fixture
def raion(tmp_path: Path) -> Iterator[Office]:
    with Workspace.create(tmp_path / "raion.akimat") as workspace:
        name = Trilingual("Үлгі ауданы", "Улгинский район")
        unit = create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.RAION, name=name, kato=RAION)
        yield Office(workspace, office_key(RAION, "жасырын сөз", tmp_path / "raion keys"), unit.id)


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory, example_file: Path) -> tuple[bytes, OfficeKey]:
    """A good package, and the key that sealed it."""
    folder = tmp_path_factory.mktemp("good")
    path = folder / "okrug.akimat"
    shutil.copy(example_file, path)
    key = office_key(KATO, "жасырын сөз", folder)
    with Workspace.open(path) as workspace:
        return write_package(workspace, DEFAULT_ACTOR, 1, Period(2026), key).data, key

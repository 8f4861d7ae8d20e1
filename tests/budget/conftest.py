"""The example okrug: three years' decisions and an amendment, as an office has them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.places.service import UnitView, units
from akimat_desk.storage.workspace import Workspace


@pytest.fixture
def workspace(papers_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "okrug.akimat"
    shutil.copy(papers_file, path)
    opened = Workspace.open(path)
    yield opened
    opened.close(make_backup=False)


@pytest.fixture
def okrug(workspace: Workspace) -> UnitView:
    with workspace.reading() as session:
        [unit] = units(session)
    return unit

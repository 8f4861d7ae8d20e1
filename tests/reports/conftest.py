"""A file of the example okrug, for reports over stored documents."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.places.service import units
from akimat_desk.storage.workspace import Workspace


@pytest.fixture
def example(papers_file: Path, tmp_path: Path) -> Iterator[tuple[Workspace, int]]:
    """The example okrug's workspace and the id of its unit."""
    path = tmp_path / "okrug.akimat"
    shutil.copy(papers_file, path)
    opened = Workspace.open(path)
    with opened.reading() as session:
        [unit] = units(session)
    yield opened, unit.id
    opened.close(make_backup=False)

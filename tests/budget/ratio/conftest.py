"""The example okrug, made once; each test works on a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.storage.workspace import Workspace


@pytest.fixture
def okrug_file(example_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))


@pytest.fixture
def opened(okrug_file: Path) -> Iterator[Workspace]:
    with Workspace.open(okrug_file) as workspace:
        yield workspace
        workspace.close(make_backup=False)

"""The example okrug, made once; each test works on a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.storage.workspace import Workspace
from akimat_desk.training.example import make_example


@pytest.fixture(scope="session")
def example_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ratio") / "example.akimat"
    make_example(path)
    return path


@pytest.fixture
def okrug_file(example_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_made, tmp_path / "okrug.akimat"))


@pytest.fixture
def opened(okrug_file: Path) -> Iterator[Workspace]:
    with Workspace.open(okrug_file) as workspace:
        yield workspace
        workspace.close(make_backup=False)

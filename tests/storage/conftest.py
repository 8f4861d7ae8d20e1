"""Workspaces to test on, and child processes that use them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import akimat_desk
from akimat_desk.storage.workspace import Actor, Workspace
from tests.server import Server

ACTOR = Actor("tester")
ROOT = Path(akimat_desk.__file__).parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a workspace goes: a name with a space and Kazakh letters."""
    return tmp_path / "Ақбұлақ ауылдық округі.akimat"


#: Put on a test whose ``workspace`` is to be a file once and a server's database once.
BOTH = pytest.mark.parametrize("engine_kind", ["file", "postgresql"])


@pytest.fixture
def engine_kind() -> str:
    """What holds the workspace."""
    return "file"


@pytest.fixture
def workspace(path: Path, engine_kind: str, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """An open, empty workspace."""
    if engine_kind == "file":
        made = Workspace.create(path)
    else:
        server: Server = request.getfixturevalue("server")
        made = Workspace.open(server.database(request.getfixturevalue("server_template")))
    yield made
    made.close(make_backup=False)


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed workspace with a few changes in it."""
    with Workspace.create(path) as workspace:
        for number in range(5):
            workspace.set_setting(ACTOR, f"тест.{number}", number)
        workspace.close(make_backup=False)
    return path


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python on some code with arguments; what still runs at the end of the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", code, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()

"""One program at a time, and no lock that outlives its program."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.core.language import Language
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")

HOLD = """
import sys
from pathlib import Path
from akimat_desk.storage.workspace import Actor, Workspace
workspace = Workspace.open(Path(sys.argv[1]))
workspace.set_setting(Actor("child"), "from", "child")
print("open", flush=True)
sys.stdin.readline()
workspace.close()
print("closed", flush=True)
"""

Child = Callable[..., "subprocess.Popen[str]"]


def _started(child: Child, path: Path) -> subprocess.Popen[str]:
    process = child(HOLD, path)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "open", process.stderr and process.stderr.read()
    return process


def test_a_second_program_is_told_who_has_it(filled: Path, child: Child) -> None:
    process = _started(child, filled)
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(filled)
    assert problem.value.message.key == "error.storage.in_use_by"
    assert str(process.pid) in str(problem.value)
    for language in Language:
        assert problem.value.text(language)
    # The failed attempt took nothing from the other one.
    assert process.communicate("\n")[0].strip() == "closed"
    with Workspace.open(filled) as workspace, workspace.reading() as session:
        assert get_setting(session, "from") == "child"


def test_it_may_be_read_beside_another_program(filled: Path, child: Child) -> None:
    process = _started(child, filled)
    with Workspace.open(filled, read_only=True) as workspace, workspace.reading() as session:
        assert get_setting(session, "from") == "child"
    assert process.communicate("\n")[0].strip() == "closed"


def test_a_reader_does_not_keep_the_writer_from_closing(filled: Path, child: Child) -> None:
    process = _started(child, filled)
    with Workspace.open(filled, read_only=True) as workspace, workspace.reading() as session:
        assert get_setting(session, "from") == "child"
        assert process.communicate("\n")[0].strip() == "closed"
        assert get_setting(session, "тест.1") == 1
    with Workspace.open(filled) as workspace, workspace.reading() as session:
        assert get_setting(session, "from") == "child"


def test_a_killed_program_leaves_no_lock(filled: Path, child: Child) -> None:
    process = _started(child, filled)
    process.kill()
    process.wait()
    assert filled.with_name(filled.name + "-holder").exists()
    with Workspace.open(filled) as workspace, workspace.reading() as session:
        assert get_setting(session, "from") == "child"
    # What it left without a copy got one now, although nothing changed in this session.
    assert any((filled.parent / f"{filled.stem} backups").iterdir())
    assert not filled.with_name(filled.name + "-holder").exists()


def test_the_same_program_does_not_open_it_twice(workspace: Workspace) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(workspace.path)
    assert problem.value.message.key == "error.storage.in_use_by"
    # Reading it a second time does not loosen the first one's hold either.
    with Workspace.open(workspace.path, read_only=True):
        pass
    with pytest.raises(EnvironmentProblem):
        Workspace.open(workspace.path)
    workspace.set_setting(ACTOR, "a", 1)


def test_an_unreadable_note_of_the_holder_is_no_obstacle(workspace: Workspace) -> None:
    workspace.path.with_name(workspace.path.name + "-holder").write_text("{", "utf-8")
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(workspace.path)
    assert problem.value.message.key == "error.storage.in_use"


def test_a_link_to_the_file_is_the_same_file(workspace: Workspace, tmp_path: Path) -> None:
    link = tmp_path / "link.akimat"
    try:
        link.symlink_to(workspace.path)
    except OSError:
        pytest.skip("only on systems where this user may make symbolic links")
    with pytest.raises(EnvironmentProblem) as problem:
        Workspace.open(link)
    assert problem.value.message.key == "error.storage.in_use_by"

"""Nothing acknowledged is lost: kills, a full disk, a folder that cannot be written, a vanished file."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from akimat_desk.core.errors import AkimatError, EnvironmentProblem
from akimat_desk.core.findings import Finding
from akimat_desk.core.language import Language
from akimat_desk.storage.attachments import attachments, keep_attachment
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.journal import entries, verify_journal
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.workspace import Actor, Workspace

ACTOR = Actor("tester")
Child = Callable[..., "subprocess.Popen[str]"]

EDIT = """
import sys
from pathlib import Path
from akimat_desk.storage.settings import set_setting
from akimat_desk.storage.workspace import Actor, Workspace
workspace = Workspace.open(Path(sys.argv[1]))
number = int(sys.argv[2])
print("open", flush=True)
while True:
    number += 1
    with workspace.changing(Actor("child"), "pair", number=number) as change:
        set_setting(change, "left", number)
        change.session.flush()
        set_setting(change, "right", number)
    print(number, flush=True)
"""


def test_killed_at_any_moment_nothing_acknowledged_is_lost(filled: Path, child: Child) -> None:
    chance = random.Random()
    acknowledged = 0
    for _ in range(8):
        process = child(EDIT, filled, acknowledged)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "open"
        for _ in range(chance.randrange(1, 40)):
            acknowledged = int(process.stdout.readline())
        process.kill()
        # What was said before the kill reached it counts as well.
        for line in process.stdout.read().splitlines():
            if line.isdigit():
                acknowledged = max(acknowledged, int(line))
        process.wait()
        with Workspace.open(filled) as workspace:  # no lock is left
            with workspace.reading() as session:
                left, right = get_setting(session, "left"), get_setting(session, "right")
                newest = entries(session)[0]
            assert left == right == newest.fields["number"]  # no half change, no change without its row
            assert isinstance(left, int)
            assert left >= acknowledged
            assert verify_journal(workspace) == []
            acknowledged = left
            workspace.close(make_backup=False)


FILL = """
import resource, signal, sys
from pathlib import Path
from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.workspace import Actor, Workspace
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
workspace = Workspace.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
number = 0
try:
    while number < 500:
        number += 1
        with workspace.changing(Actor("child"), "kept", number=number) as change:
            keep_attachment(change, f"{number}.bin", number.to_bytes(4, "big") * 2000)
        print(number, flush=True)
except EnvironmentProblem as problem:
    print(problem.message.key, flush=True)
# The program is alive, and what is stored can be read.
with workspace.reading() as session:
    from akimat_desk.storage.attachments import attachments
    print("stored", len(attachments(session)), flush=True)
workspace.close()
print(workspace.backup_problem is not None, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with RLIMIT_FSIZE")
@pytest.mark.parametrize("limit", [260_000, 700_000])
def test_a_full_disk_stops_with_a_sentence_and_keeps_the_rest(filled: Path, child: Child, limit: int) -> None:
    output, faults = child(FILL, filled, limit).communicate()
    *numbers, key, stored, no_copy = output.split("\n")[:-1]
    assert key in {"error.storage.cannot_write", "error.file.disk_full", "error.storage.disk_trouble"}, faults
    acknowledged = [int(number) for number in numbers]
    assert stored == f"stored {len(acknowledged)}"
    assert no_copy in {"True", "False"}
    with Workspace.open(filled) as workspace:
        assert check_workspace(workspace) == []
        with workspace.reading() as session:
            assert len(attachments(session)) == len(acknowledged)
        with workspace.changing(ACTOR, "kept") as change:  # with room again, work goes on
            keep_attachment(change, "a.bin", b"x" * 100_000)


READ_ONLY = """
import os, sys
from pathlib import Path
from akimat_desk.core.errors import AkimatError
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.settings import get_setting
from akimat_desk.storage.backup import backup
from akimat_desk.storage.workspace import Workspace
import akimat_desk.storage.upgrade, filelock, akimat_desk.places.tables
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
path = Path(sys.argv[1])
for attempt in (lambda: Workspace.open(path), lambda: Workspace.create(path.with_name("new.akimat"))):
    try:
        attempt()
        print("no refusal")
    except AkimatError as problem:
        print(problem.message.key)
with Workspace.open(path, read_only=True) as workspace, workspace.reading() as session:
    print(get_setting(session, "тест.2"))
    try:
        backup(workspace)
        print("no refusal")
    except AkimatError as problem:
        print(problem.message.key)
"""


@pytest.fixture
def locked_folder(filled: Path) -> Iterator[Path]:
    """A copy of a workspace in a folder where nothing may be written."""
    top = Path(tempfile.mkdtemp(prefix="akimat-test-"))
    folder = top / "тек оқу"
    folder.mkdir()
    path = folder / filled.name
    shutil.copy(filled, path)
    path.chmod(0o444)
    folder.chmod(0o555)
    top.chmod(0o755)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(top)


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with users and modes of POSIX")
def test_a_folder_that_cannot_be_written(locked_folder: Path, child: Child) -> None:
    before = locked_folder.read_bytes()
    output, faults = child(READ_ONLY, locked_folder).communicate()
    if "PermissionError" in faults and not output:
        pytest.skip("only on systems where another user may run this Python")
    assert output.split() == ["error.file.no_rights", "error.file.no_rights", "2", "error.file.no_rights"], (
        faults
    )
    assert locked_folder.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems that let an open file be removed")
@pytest.mark.parametrize("how", ["removed", "replaced", "moved"])
def test_a_file_that_vanishes_under_us(filled: Path, how: str, tmp_path: Path) -> None:
    with Workspace.open(filled) as workspace:
        workspace.set_setting(ACTOR, "before", 1)
        if how == "removed":
            filled.unlink()
        elif how == "moved":
            filled.rename(tmp_path / "elsewhere.akimat")
        else:
            other = tmp_path / "other"
            other.write_bytes(b"other")
            other.replace(filled)
        with pytest.raises(EnvironmentProblem) as problem:
            workspace.set_setting(ACTOR, "after", 2)
        assert problem.value.message.key == "error.storage.moved"
        for language in Language:
            assert problem.value.text(language)
    assert not filled.exists() or filled.read_bytes() == b"other"


def test_flipped_bits_never_end_in_a_fault_of_the_program(filled: Path, tmp_path: Path) -> None:
    """Whatever bit turns over, opening and checking ends in findings or in a sentence."""
    with Workspace.open(filled) as workspace:
        with workspace.changing(ACTOR, "a.b") as change:
            keep_attachment(change, "шешім.txt", "Бюджет туралы шешім\n".encode() * 200)
        workspace.close(make_backup=False)
    good = filled.read_bytes()
    # Pages in use, where a flip hits something: the rest of the file is mostly empty.
    places = [at for at in range(len(good)) if good[at]]
    chance = random.Random(8)
    flipped = tmp_path / "flipped.akimat"
    said: list[str] = []
    outcomes = {"refused": 0, "found": 0, "quiet": 0}
    for _ in range(150):
        content = bytearray(good)
        content[chance.choice(places)] ^= 1 << chance.randrange(8)
        flipped.write_bytes(content)
        findings: list[Finding] = []
        try:
            with Workspace.open(flipped, read_only=True) as workspace:
                findings = check_workspace(workspace)
                outcomes["found" if findings else "quiet"] += 1
        except AkimatError as problem:
            outcomes["refused"] += 1
            said.append(problem.text(Language.KK))
        said += [finding.message(Language.RU) for finding in findings]
    assert all(said)
    assert outcomes["refused"] + outcomes["found"] > outcomes["quiet"]


@pytest.mark.parametrize("name", ["a" * 100, "файл с пробелами", "№ 7 «Ақ» #?%&=+"])
def test_any_file_name(tmp_path: Path, name: str) -> None:
    if os.name == "nt":
        name = name.replace("?", "")
    path = tmp_path / f"{name}.akimat"
    with Workspace.create(path) as workspace:
        workspace.set_setting(ACTOR, "a", 1)
        made = workspace.close()
    assert made is not None
    with Workspace.open(path, read_only=True) as workspace, workspace.reading() as session:
        assert get_setting(session, "a") == 1

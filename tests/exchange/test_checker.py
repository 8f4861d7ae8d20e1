"""The checker that needs no program agrees with the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from akimat_desk.core.resources import resource
from akimat_desk.exchange.keys import OfficeKey

from .tampering import BAD

# Shapes that the published schemas forbid and that say nothing wrong about figures.
BEYOND_IT = {
    "no description",
    "a plan of eleven months",
    "a form of another month",
    "a form after the period",
    "more held than called",
    "a name among the numbers",
    "a form's line twice",
    "sealed with a month that is none",
    "sealed with a code that is none",
    "sealed with number zero",
    "sealed with a key too many",
    "sealed with another workspace",
    "a document twice",
    "a document of another file",
    "a document of an unknown kind",
    "a day that is none",
    "a section that is none",
    "a code that is none",
    "a code with too many parts",
    "a truth for a number",
    "a key twice",
    "a table that the figures do not say",
    "a member twice",
    "packed another way",
}


def run(*files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(resource("check_package.py")), *map(str, files)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
        check=False,
    )


def test_a_good_package_is_sound(good: tuple[bytes, OfficeKey], tmp_path: Path) -> None:
    path = tmp_path / "good.akpack"
    path.write_bytes(good[0])
    answer = run(path)
    assert answer.returncode == 0, answer.stderr
    assert good[1].public.fingerprint in answer.stdout


def test_bad_ones_are_not(good: tuple[bytes, OfficeKey], tmp_path: Path) -> None:
    paths = []
    for number, (name, (make, _)) in enumerate(BAD.items()):
        if name not in BEYOND_IT:
            paths.append(tmp_path / f"{number}.akpack")
            paths[-1].write_bytes(make(*good))
    answer = run(*paths)
    assert answer.returncode == 2
    told = {line.partition(": NOT SOUND")[0] for line in answer.stderr.splitlines()}
    assert [path for path in paths if str(path) not in told] == []


def test_without_files_it_says_how() -> None:
    answer = run()
    assert answer.returncode == 2
    assert "python3 check_package.py" in answer.stdout


@pytest.mark.parametrize("content", [b"", b"PK"])
def test_no_zip_is_said_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.akpack"
    path.write_bytes(content)
    answer = run(path)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr

"""An installed program made of real files: its own Python (a virtual one), libraries, program, line files.

The libraries are those of the environment that runs the tests, by a link; everything else is as
installer/building makes it.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import akimat_desk

ROOT = Path(akimat_desk.__file__).resolve().parents[1]
LIBRARIES = "0123456789ab"
NEWER = "9.1.0"


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Loads a module of installer/building."""
    monkeypatch.syspath_prepend(str(ROOT / "installer"))
    return lambda name: importlib.import_module(f"building.{name}")


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Installed:
    """The installed program's folder and the person's own."""

    home: Path
    person: Path

    def run(self, *words: object) -> Ran:
        """Its command line, as the starter runs it."""
        python = self.home / "python" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        done = subprocess.run(
            [python, "-m", "akimat_desk", *map(str, words)],
            env={
                "PATH": os.environ["PATH"], "HOME": str(self.person), "PYTHONNOUSERSITE": "1",
                "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen",
            },
            capture_output=True, check=False, cwd=self.person,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    @property
    def state(self) -> dict[str, bytes]:
        """Every file of the program, so that "the old program is intact" can be seen."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for folder in ("programs", "data", ".")
            for path in sorted((self.home / folder).glob("**/*" if folder != "." else "*"))
            if path.is_file()
        }


def program(folder: Path, version: str, key: Any) -> None:
    """The program of this checkout as ``version``, believing ``key``."""
    package = folder / "akimat_desk"
    shutil.copytree(ROOT / "akimat_desk", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", package / "_resources", ignore=shutil.ignore_patterns("pictures"))
    said = (package / "__init__.py").read_text("utf-8")
    (package / "__init__.py").write_text(
        said.replace(f'"{akimat_desk.__version__}"', f'"{version}"'), "utf-8"
    )
    trusted = {"keys": [{"key": key.public.text, "fingerprint": key.public.fingerprint}]}
    (package / "_resources" / "updates" / "trusted.json").write_text(json.dumps(trusted), "utf-8")


def line_file(home: Path, version: str) -> None:
    (home / "current.txt").write_text(f"program {version}\nlibraries {LIBRARIES}\n", "utf-8")


@pytest.fixture
def key(building: Callable[[str], Any]) -> Any:
    return building("keys").SigningKey(Ed25519PrivateKey.generate())


@pytest.fixture
def installed(tmp_path: Path, key: Any) -> Installed:
    home, person = tmp_path / "Бағдарлама орны", tmp_path / "Айгүл"
    person.mkdir()
    venv.create(home / "python", symlinks=os.name != "nt")
    start = ROOT / "installer" / "building" / "start"
    inside = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    site = home / "python" / ("Lib/site-packages" if os.name == "nt" else f"lib/{inside}/site-packages")
    for name in ("_akimat_start.py", "akimat_start.pth"):
        shutil.copyfile(start / name, site / name)
    (home / "libraries").mkdir()
    (home / "libraries" / LIBRARIES).symlink_to(sysconfig.get_path("purelib"), target_is_directory=True)
    program(home / "programs" / akimat_desk.__version__, akimat_desk.__version__, key)
    line_file(home, akimat_desk.__version__)
    return Installed(home, person)


@pytest.fixture
def newer(tmp_path: Path, key: Any, building: Callable[[str], Any]) -> Callable[..., Path]:
    """Makes an update file to :data:`NEWER`, after ``change`` had its way with the new program."""

    def make(
        change: Callable[[Path], None] = lambda _: None, sealed_with: Any = None, system: str = ""
    ) -> Path:
        tree = tmp_path / "new"
        shutil.rmtree(tree, ignore_errors=True)
        program(tree / "programs" / NEWER, NEWER, key)
        change(tree / "programs" / NEWER / "akimat_desk")
        line_file(tree, NEWER)
        targets = building("targets")
        target = targets.LINUX if sys.platform.startswith("linux") else targets.WINDOWS
        if system:
            target = targets.Target(system, (), "", "")
        made: Path = building("update_file").program_update(
            tree, target, tmp_path, sealed_with or key, with_libraries=False
        )
        return made

    return make

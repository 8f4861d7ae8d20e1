"""The libraries and the program itself, put into folders exactly as locked."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from devkit.environment import RUNTIME_LOCK as LOCK
from devkit.environment import child_environment

from . import ROOT, BuildProblem, say
from .targets import PYTHON, Target


def libraries_id(target: Target) -> str:
    """Names one set of libraries: the same lock for the same system and Python is the same set."""
    locked = LOCK.read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(b"\0".join((locked, target.name.encode(), PYTHON.encode()))).hexdigest()[:12]


def install_libraries(target: Target, folder: Path) -> None:
    """Every wheel of the lock for ``target``, hashes demanded. Raises BuildProblem."""
    say(f"libraries for {target.name} by {LOCK.name}")
    words = ["install", "--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile", "--quiet"]
    words += ["--target", str(folder), "--python-version", PYTHON, "--implementation", "cp"]
    words += [word for tag in target.tags for word in ("--platform", tag)]
    _pip([*words, "-r", str(LOCK)])
    _drop_starters(folder)
    hooks = sorted(path.name for path in folder.glob("*.pth"))
    if hooks:
        raise BuildProblem(f"A library wants to run at every start of Python ({', '.join(hooks)}).")


def build_program(folder: Path, moment: int) -> None:
    """The program's own wheel, built from this commit and unpacked into ``folder``."""
    say("the program's wheel")
    wheels = folder.parent / "wheel"
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)],
        cwd=ROOT,
        env={**child_environment(), "SOURCE_DATE_EPOCH": str(moment)},
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode != 0:
        raise BuildProblem(f"The wheel could not be built:\n{built.stdout}{built.stderr}")
    (wheel,) = wheels.glob("*.whl")
    _pip(
        ["install", "--no-deps", "--no-index", "--no-compile", "--quiet", "--target", str(folder), str(wheel)]
    )
    _drop_starters(folder)
    shutil.rmtree(wheels)


def _pip(words: list[str]) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *words]
    environment = {**child_environment(), "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode != 0:
        raise BuildProblem(f"pip could not do it:\n{done.stderr.strip()}")


def _drop_starters(folder: Path) -> None:
    """pip's starters have this machine's paths in them."""
    for name in ("bin", "Scripts"):
        shutil.rmtree(folder / name, ignore_errors=True)


def drop_records(folder: Path) -> None:
    """pip's notes of how it installed: they name this machine's paths, and nobody uninstalls piecewise."""
    for name in ("RECORD", "direct_url.json", "INSTALLER", "REQUESTED"):
        for path in folder.glob(f"*.dist-info/{name}"):
            path.unlink()

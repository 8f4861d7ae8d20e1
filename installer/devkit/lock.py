"""Remaking the two locks, and seeing that every system promised has wheels for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import ROOT, SetupProblem, say
from .environment import LOCK, PROJECT, PYTHON, RUNTIME_LOCK, VENV, child_environment

HEADER = """\
# Everything Akimat Desk {purpose}: Python 3.11 to 3.13, Linux and Windows, by hash.
# Made from pyproject.toml by `python3 installer/dev.py lock`; do not edit by hand.
# No line names where packages come from: that is the machine's own setting.
"""
PYTHONS = ("3.11", "3.12", "3.13")
# glibc 2.34 is Debian 12's floor and what Qt's wheels ask for; pip must be told of each older tag as well.
SYSTEMS = {
    "Windows": ["win_amd64"],
    "Linux": [f"manylinux_2_{minor}_x86_64" for minor in (34, 28, 27, 26, 17, 12, 5)]
    + ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"],
}


def find_uv() -> str:
    beside = VENV / ("Scripts" if os.name == "nt" else "bin")
    found = shutil.which("uv", path=str(beside)) or shutil.which("uv")
    if found is None:
        raise SetupProblem(
            "The lock is made with 'uv', which is not here. Get it into the environment and run this again:\n"
            f"  {PYTHON} -m pip install uv"
        )
    return found


def remake_lock(*, upgrade: bool) -> None:
    """Resolve pyproject.toml anew; versions already locked stay unless `upgrade`. Raises SetupProblem."""
    with tempfile.TemporaryDirectory() as folder:
        whole = _resolved(Path(folder), LOCK, "runs, tests and is checked with", ["--extra", "dev"], upgrade)
        check_wheels(whole)
        # The same versions, without what only developers need.
        short = _resolved(Path(folder), RUNTIME_LOCK, "runs on", ["--constraint", str(whole)], upgrade=True)
        for fresh, lock in ((whole, LOCK), (short, RUNTIME_LOCK)):
            unfinished = lock.with_suffix(".new")
            unfinished.write_text(fresh.read_text("utf-8"), "utf-8", newline="\n")
            unfinished.replace(lock)
            say(f"wrote {lock.relative_to(ROOT)}")


def _resolved(folder: Path, lock: Path, purpose: str, words: list[str], upgrade: bool) -> Path:
    fresh = folder / lock.name
    if lock.exists() and not upgrade:
        shutil.copyfile(lock, fresh)  # uv keeps the versions that it finds in its output file
    command = [find_uv(), "pip", "compile", str(PROJECT), *words, "--output-file", str(fresh)]
    command += ["--universal", "--python-version", PYTHONS[0], "--generate-hashes", "--no-header"]
    command += ["--no-config", "--no-python-downloads", "--quiet"]
    if upgrade:
        command.append("--upgrade")
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetupProblem("uv could not make the lock; its own words are above.")
    # Where it names the other lock as a reason, that is a path of this run.
    lines = [line for line in fresh.read_text("utf-8").splitlines(keepends=True) if str(folder) not in line]
    text = HEADER.format(purpose=purpose) + "".join(lines)
    fresh.write_text(text, "utf-8")
    if "://" in text or str(ROOT) in text:
        raise SetupProblem("uv wrote an address or a path of this machine into the lock: not kept.")
    return fresh


def check_wheels(lock: Path) -> None:
    """Every locked package must come as a wheel for each Python and system promised."""
    for system, tags in SYSTEMS.items():
        platforms = [word for tag in tags for word in ("--platform", tag)]
        for python in PYTHONS:
            command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--dry-run"]
            command += [
                "--quiet",
                "--ignore-installed",
                "--no-deps",
                "--require-hashes",
                "--only-binary=:all:",
            ]
            command += ["--target", str(lock.parent / "nothing"), "--python-version", python, *platforms]
            command += ["-r", str(lock)]
            answer = subprocess.run(
                command,
                env=child_environment(),
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            if answer.returncode != 0:
                raise SetupProblem(f"Not every wheel exists for {system}, Python {python}:\n{answer.stderr}")
            say(f"every wheel exists for {system}, Python {python}")

"""The systems that are built for."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass

from devkit.lock import SYSTEMS

from . import ROOT, BuildProblem


@dataclass(frozen=True)
class Target:
    """One system: its name in file names, pip's tags for its wheels, where its Python keeps libraries."""

    name: str
    tags: tuple[str, ...]
    stdlib: str  # under python/
    site_packages: str

    @property
    def is_windows(self) -> bool:
        return self.name == "windows-x86_64"


PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
LINUX = Target(
    "linux-x86_64", tuple(SYSTEMS["Linux"]), f"lib/python{PYTHON}", f"lib/python{PYTHON}/site-packages"
)
WINDOWS = Target("windows-x86_64", tuple(SYSTEMS["Windows"]), "Lib", "Lib/site-packages")


def version() -> str:
    """The program's version as its own file says it."""
    text = (ROOT / "akimat_desk" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise BuildProblem("akimat_desk/__init__.py does not say __version__.")
    return found.group(1)


def moment() -> int:
    """Seconds since 1970 of the commit that is built: every file made carries it, whenever it is built."""
    answer = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        raise BuildProblem("The commit's date is needed: build from a clone with git, not from a copy.")
    return int(answer.stdout)


def commit() -> str:
    answer = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()

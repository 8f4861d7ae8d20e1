"""setup.exe for Windows, from the same folder as the portable one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from . import BuildProblem, say
from .interpreter_windows import DIGITS, HERE
from .pruning import size
from .targets import moment, version


def make_setup(tree: Path, output: Path) -> Path:
    """Pack ``tree`` into a setup program in ``output``; its path. Needs NSIS. Raises BuildProblem."""
    if shutil.which("makensis") is None:
        raise BuildProblem("NSIS is needed: apt-get install nsis")
    target = output / f"AkimatDesk-{version()}-setup.exe"
    say(f"packing {target.name}")
    values = {
        "TREE": tree, "OUTPUT": target, "VERSION": version(), "HERE": HERE, "DIGITS": DIGITS,
        "SIZE": size(tree) // 1024,
    }  # fmt: skip
    words = ["makensis", "-V2", "-WX", *(f"-D{name}={value}" for name, value in values.items())]
    done = subprocess.run(
        [*words, str(HERE / "setup.nsi")],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(moment())},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BuildProblem(f"makensis could not pack it:\n{done.stdout}{done.stderr}")
    return target

"""Leaves out what the program never loads: most of Qt, tests, headers.

Of Qt the modules and plugins named in ``pruning.json`` stay, and every shared library that they need, and
that those need, read out of the files' own tables (objdump): a list of libraries by hand would be wrong by
the next version.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from . import BuildProblem
from .targets import Target

PLAN: dict[str, Any] = json.loads((Path(__file__).with_name("pruning.json")).read_text("utf-8"))
_NEEDED = re.compile(r"^\s*(?:NEEDED|DLL Name:)\s+(\S+)\s*$", re.MULTILINE)


def prune(libraries: Path, target: Target) -> None:
    """Drop from an unpacked set of libraries what ``pruning.json`` leaves out. Raises BuildProblem."""
    for patterns in PLAN["drop"].values():
        for pattern in patterns:
            for path in sorted(libraries.glob(pattern)):
                _drop(path)
    _prune_qt(libraries / "PySide6", libraries / "shiboken6", target)


def size(folder: Path) -> int:
    """Bytes of all files under ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _prune_qt(pyside: Path, shiboken: Path, target: Target) -> None:
    wanted = PLAN["qt"]
    root = pyside if target.is_windows else pyside / "Qt"
    plugins = root / "plugins"
    binaries = [*_modules(pyside, wanted["modules"]), *sorted(shiboken.glob("*.pyd"))]
    binaries += sorted(shiboken.glob("Shiboken*.so"))
    for folder in sorted(plugins.iterdir()):
        names = wanted["plugins"].get(folder.name, [])
        for path in sorted(folder.iterdir()):
            if any(fnmatch.fnmatch(path.stem.removeprefix("lib"), name) for name in names):
                binaries.append(path)
            else:
                _drop(path)
        if not any(folder.iterdir()):
            folder.rmdir()
    here = {path.name: path for path in [*pyside.glob("*"), *(root / "lib").glob("*"), *shiboken.glob("*")]}
    keep, waiting = set(binaries), list(binaries)
    while waiting:
        for name in needed(waiting.pop()):
            path = here.get(name) or next((here[each] for each in here if each.lower() == name.lower()), None)
            if path is not None and path not in keep:
                keep.add(path)
                waiting.append(path)
    for path in sorted(here.values()):
        if path not in keep and not _is_python(path):
            _drop(path)
    for name in ("qml", "libexec", "metatypes", "resources", "phrasebooks", "include", "modules"):
        _drop(root / name)
    for path in sorted((root / "translations").glob("*")):
        if path.stem not in wanted["translations"]:
            _drop(path)


def _modules(pyside: Path, names: list[str]) -> list[Path]:
    found = [path for name in names for path in pyside.glob(f"{name}.*") if path.suffix in (".so", ".pyd")]
    if len(found) != len(names):
        raise BuildProblem(f"Not every Qt module of {names} is in {pyside}.")
    return found


def _is_python(path: Path) -> bool:
    """The packages' own Python and folders with meaning; tools, headers and typing aids are none."""
    if path.is_dir():
        return path.name in ("Qt", "plugins", "translations", "lib", "support")
    return path.suffix == ".py" or path.name == "qt.conf"


@cache
def needed(binary: Path) -> tuple[str, ...]:
    """The shared libraries that a binary names, ELF or PE."""
    answer = subprocess.run(
        ["objdump", "-p", str(binary)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    if answer.returncode != 0:
        raise BuildProblem(f"objdump (package binutils) cannot read {binary.name}: {answer.stderr.strip()}")
    return tuple(_NEEDED.findall(answer.stdout))


def _drop(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

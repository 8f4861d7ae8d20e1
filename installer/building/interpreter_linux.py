"""A Python that can be moved: the one that runs this build, its library and what they need of the system."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from . import BuildProblem, say
from .pruning import needed
from .targets import LINUX, PYTHON

# Every Linux has these, and a copy of them beside another version of themselves would break it.
_OF_THE_SYSTEM = ("libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "libutil.so", "ld-linux")
# Nothing of the program uses them; the first two are a third of the standard library.
NOT_CARRIED = (
    "test", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3", "pydoc_data", "site-packages",
    "dist-packages", "config-*", "__pycache__", "*.a",
)  # fmt: skip
_NOT_CARRIED_MODULES = (
    "_tkinter*",
    "_test*",
    "_ctypes_test*",
    "readline*",
    "_curses*",
    "_dbm*",
    "_gdbm*",
    "nis*",
)


def carry_python(folder: Path) -> dict[str, str]:
    """Copy Python into ``folder``; what was copied, for the list of contents. Raises BuildProblem.

    Needs ``patchelf``: each library is told to look beside itself, so the folder runs wherever it lies.
    """
    if shutil.which("patchelf") is None:
        raise BuildProblem("patchelf is needed: apt-get install patchelf")
    say(f"Python {sys.version.split()[0]} of this machine")
    stdlib = folder / LINUX.stdlib
    shutil.copytree(
        sysconfig.get_path("stdlib"), stdlib, ignore=shutil.ignore_patterns(*NOT_CARRIED), symlinks=False
    )
    dynload = stdlib / "lib-dynload"
    for pattern in _NOT_CARRIED_MODULES:
        for path in dynload.glob(pattern):
            path.unlink()
    program = folder / "bin" / "python3"
    program.parent.mkdir()
    shutil.copyfile(Path(sys.executable).resolve(), program)
    program.chmod(0o755)
    _carry_libraries([program, *sorted(dynload.glob("*.so"))], folder / "lib")
    (folder / LINUX.site_packages).mkdir(exist_ok=True)
    return {
        "name": "CPython",
        "version": sys.version.split()[0],
        "licence": "PSF-2.0",
        "from": "this machine",
    }


def _carry_libraries(binaries: list[Path], library_folder: Path) -> None:
    """Copy the shared libraries that the binaries need beside Python, and point everything there."""
    waiting, carried = [(path, path) for path in binaries], set[str]()
    while waiting:
        binary, origin = waiting.pop()
        names = [name for name in needed(binary) if not name.startswith(_OF_THE_SYSTEM)]
        for name in names:
            if name in carried:
                continue
            carried.add(name)
            source = _found(name, origin if origin != binary else Path(sys.executable).resolve(), binary)
            target = library_folder / name
            shutil.copyfile(source, target)
            waiting.append((target, source))
        if names:
            depth = len(binary.relative_to(library_folder.parent).parts) - 1
            beside = "$ORIGIN" if binary.parent == library_folder else "$ORIGIN/" + "../" * depth + "lib"
            _told(binary, beside)


def _found(name: str, *askers: Path) -> Path:
    """Where the loader of this machine finds a library that one of ``askers`` needs."""
    for asker in askers:
        answer = subprocess.run(["ldd", str(asker)], capture_output=True, text=True, check=False)
        for line in answer.stdout.splitlines():
            words = line.split()
            if len(words) >= 3 and words[0] == name and words[1] == "=>" and words[2].startswith("/"):
                return Path(words[2])
    raise BuildProblem(f"{name}, which this machine's Python {PYTHON} needs, was not found.")


def _told(binary: Path, rpath: str) -> None:
    done = subprocess.run(
        ["patchelf", "--set-rpath", rpath, str(binary)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BuildProblem(f"patchelf could not change {binary.name}: {done.stderr.strip()}")

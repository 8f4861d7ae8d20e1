"""The folder that runs: one shape for every system, the same bytes for the same commit.

python/                 Python, and in it the line that finds the program
libraries/<id>/         the locked libraries; <id> is the hash of the lock, the system and Python's version
programs/<version>/     the program and its data
current.txt             which program and libraries run
CONTENTS.json           what is inside, with versions and licences (CycloneDX)
SHA256SUMS(.sig)        every file's hash, and the signature over them where a key was given
"""

from __future__ import annotations

import compileall
import contextlib
import io
import os
import py_compile
import shutil
from pathlib import Path

from . import INSTALLER, ROOT, BuildProblem, say
from .contents import sign_sums, write_contents, write_sums
from .keys import SigningKey, trust
from .pruning import prune, size
from .targets import Target, moment, version
from .wheels import build_program, drop_records, install_libraries, libraries_id

START = Path(__file__).with_name("start")


def make_tree(target: Target, folder: Path, interpreter: dict[str, str], key: SigningKey | None) -> None:
    """Fill ``folder``, where python/ stands already, with libraries, program and lists.

    Raises BuildProblem.
    """
    when = moment()
    python = folder / "python"
    site_packages = python / target.site_packages
    for name in ("_akimat_start.py", "akimat_start.pth"):
        shutil.copyfile(START / name, site_packages / name)
    libraries, program = libraries_id(target), version()
    library_folder = folder / "libraries" / libraries
    install_libraries(target, library_folder)
    before = size(library_folder)
    prune(library_folder, target)
    drop_records(library_folder)
    say(f"libraries: {before / 1e6:.0f} MB as they come, {size(library_folder) / 1e6:.0f} MB kept")
    build_program(folder / "programs" / program, when)
    drop_records(folder / "programs" / program)
    if key is not None:
        trust(folder / "programs" / program / "akimat_desk" / "_resources", key)
    (folder / "current.txt").write_text(f"program {program}\nlibraries {libraries}\n", "utf-8", newline="\n")
    for name in ("LICENSE", "CHANGELOG.md"):
        shutil.copyfile(ROOT / name, folder / name)
    shutil.copyfile(INSTALLER / "building" / "start" / "READ_ME.txt", folder / "READ_ME.txt")
    compile_all(folder)
    write_contents(folder, target, interpreter)
    write_sums(folder)
    if key is not None:
        sign_sums(folder, key)
    settle(folder, when)


def compile_all(folder: Path) -> None:
    """Compile every module, so that a folder that may not be written starts as quickly; checked by nobody's
    clock: the compiled file of an unchanged source is taken as it is."""
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
        for part in ("python", "libraries", "programs"):
            compileall.compile_dir(
                folder / part,
                quiet=1,
                workers=1,
                stripdir=str(folder),
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )


def settle(folder: Path, when: int) -> None:
    """Every file and folder with the commit's time and plain rights."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            raise BuildProblem(f"{path} is a link: some systems could not unpack it.")
        executable = path.is_dir() or (os.access(path, os.X_OK) and path.suffix in ("", ".exe"))
        path.chmod(0o755 if executable or ".so" in path.name else 0o644)
        os.utime(path, (when, when))
    os.utime(folder, (when, when))

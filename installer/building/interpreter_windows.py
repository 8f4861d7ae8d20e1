"""A Python for Windows: python.org's embeddable zip where one is given, else the trial source by its hash.

Both come out in one shape, that of the embeddable zip: the library, its modules beside it, the standard
library as python3XX.zip, and a ._pth that shuts out everything else on the machine.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from . import BuildProblem, say
from .interpreter_linux import NOT_CARRIED
from .targets import PYTHON, WINDOWS, moment
from .zips import files_of, write_zip

HERE = Path(__file__).with_name("windows")
DIGITS = PYTHON.replace(".", "")
COMPILER = "x86_64-w64-mingw32-gcc"
# Modules of the standard library that only a Unix has or that need what is not carried.
_UNIX_ONLY = ("_sysconfigdata*", "lib-dynload", "curses", "pty.py", "tty.py", "crypt.py")


def carry_python(folder: Path, embed_zip: Path | None) -> dict[str, str]:
    """Fill ``folder`` with a Windows Python; what it is, for the list of contents. Raises BuildProblem."""
    said = _from_embed_zip(folder, embed_zip) if embed_zip is not None else _from_trial_source(folder)
    (folder / WINDOWS.site_packages).mkdir(parents=True)
    lines = (f"python{DIGITS}.zip", ".", WINDOWS.site_packages.replace("/", "\\"), "import site")
    (folder / f"python{DIGITS}._pth").write_text("\n".join(lines) + "\n", "ascii", newline="\r\n")
    return said


def _from_embed_zip(folder: Path, path: Path) -> dict[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if f"python{DIGITS}.dll" not in names or "python.exe" not in names:
                raise BuildProblem(
                    f"{path.name} is not python.org's embeddable zip of Python {PYTHON} for 64-bit Windows. "
                    f"The build runs on Python {PYTHON}, so the zip has to be of {PYTHON}.x."
                )
            archive.extractall(folder)
    except (OSError, zipfile.BadZipFile) as error:
        raise BuildProblem(f"{path} could not be read: {error}") from error
    found = re.search(r"python-(\d+\.\d+\.\d+)-embed", path.name)
    say(f"Python for Windows from {path.name}")
    return {
        "name": "CPython",
        "version": found.group(1) if found else PYTHON,
        "licence": "PSF-2.0",
        "from": "embeddable zip of python.org",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _from_trial_source(folder: Path) -> dict[str, str]:
    sources = json.loads((HERE / "sources.json").read_text("utf-8"))
    if PYTHON not in sources["hashes"]:
        known = ", ".join(sources["hashes"])
        raise BuildProblem(
            f"The trial source is known for Python {known}. Build with it, or give --python-embed-zip."
        )
    if shutil.which(COMPILER) is None:
        raise BuildProblem("A compiler for Windows is needed: apt-get install gcc-mingw-w64-x86-64-win32")
    say("Python for Windows from the trial source (not for a release)")
    with tempfile.TemporaryDirectory() as place:
        wheel = _fetched(sources, Path(place))
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                short = name.removeprefix(sources["folder"])
                if name.startswith(sources["folder"]) and short and short not in sources["left_out"]:
                    (folder / short).write_bytes(archive.read(name))
        _compile_starters(folder)
        _forward_python3(folder, Path(place))
        _zip_stdlib(folder / f"python{DIGITS}.zip", Path(place))
    return {
        "name": "CPython",
        "version": _library_version(folder / f"python{DIGITS}.dll"),
        "licence": "PSF-2.0",
        "from": f"trial source, {sources['wheel']}",
        "sha256": digest,
        "standard-library": f"{sys.version.split()[0]} of the building machine",
    }


def _fetched(sources: dict[str, object], place: Path) -> Path:
    hashes = sources["hashes"]
    assert isinstance(hashes, dict)
    lock = place / "source.txt"
    lock.write_text(f"{sources['wheel']} --hash={hashes[PYTHON]}\n", "utf-8")
    words = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
    words += [
        "--only-binary=:all:",
        "--require-hashes",
        "--platform",
        "win_amd64",
        "--python-version",
        PYTHON,
    ]
    words += ["--implementation", "cp", "-d", str(place), "-r", str(lock)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildProblem(f"The trial source could not be fetched:\n{done.stderr.strip()}")
    (wheel,) = place.glob("*.whl")
    return wheel


def _compile_starters(folder: Path) -> None:
    shared = [COMPILER, "-O2", "-municode", "-s", "-static", "-Wl,--no-insert-timestamp"]
    shared += [f'-DPYTHON_DLL=L"python{DIGITS}.dll"', str(HERE / "python.c")]
    _run([*shared, "-o", str(folder / "python.exe")])
    _run([*shared, "-mwindows", "-DWITHOUT_CONSOLE", "-o", str(folder / "pythonw.exe")])


def _forward_python3(folder: Path, place: Path) -> None:
    """python3.dll, which libraries of the stable interface ask for: every name handed on to the real one."""
    said = _run(["x86_64-w64-mingw32-objdump", "-p", str(folder / f"python{DIGITS}.dll")])
    table = said.partition("[Ordinal/Name Pointer] Table")[2]
    row = re.compile(
        r"^\s*\[\s*\d+\](?:\s*\+base\[\s*\d+\])?\s*(?:[0-9a-f]{4}\s+)?([A-Za-z_]\w*)\s*$", re.MULTILINE
    )
    names = row.findall(table)
    if len(names) < 1000:
        raise BuildProblem(f"The names of python{DIGITS}.dll could not be read (found {len(names)}).")
    definition = place / "python3.def"
    definition.write_text(
        "LIBRARY python3\nEXPORTS\n" + "".join(f"  {name} = python{DIGITS}.{name}\n" for name in names),
        "ascii",
    )
    source = place / "python3.c"
    source.write_text(
        "int __stdcall DllMainCRTStartup(void *a, unsigned b, void *c) { return 1; }\n", "ascii"
    )
    words = [COMPILER, "-shared", "-nostdlib", "-s", "-Wl,--no-insert-timestamp", "-Wl,-e,DllMainCRTStartup"]
    _run([*words, "-o", str(folder / "python3.dll"), str(source), str(definition)])


def _zip_stdlib(target: Path, place: Path) -> None:
    """The standard library's pure part, compiled, as the embeddable zip has it."""
    copied = place / "stdlib"
    left_out = shutil.ignore_patterns(*NOT_CARRIED, *_UNIX_ONLY)
    shutil.copytree(sysconfig.get_path("stdlib"), copied, ignore=left_out)
    compileall.compile_dir(
        copied, quiet=2, legacy=True, workers=1, stripdir=str(copied),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )  # fmt: skip
    write_zip(target, files_of(copied, copied, "*.pyc"))


def _library_version(library: Path) -> str:
    found = re.search(rb"(?<![0-9.])(3\.\d+\.\d+)(?:\x00| \()", library.read_bytes())
    return found.group(1).decode() if found else PYTHON


def _run(words: list[str]) -> str:
    environment = {**os.environ, "LC_ALL": "C", "SOURCE_DATE_EPOCH": str(moment())}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        raise BuildProblem(f"{words[0]} failed:\n{done.stderr.strip()}")
    return done.stdout

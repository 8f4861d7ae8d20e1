"""Tries a Windows setup under Wine: installs silently, runs, opens its window, goes away, leaves data alone.

Wine is not Windows: what passes here is tried again on a real machine with ``check_windows.cmd``. Wine lacks
icuuc.dll, which every Windows 10 has and Qt asks for; an empty stand-in is put into Wine's own folder for the
trial, never into what is given away.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import BuildProblem, say
from .interpreter_windows import COMPILER

WINE = next((path for path in ("/usr/lib/wine/wine64", "/usr/bin/wine64") if Path(path).exists()), None)
#: A folder with a space and Kazakh letters: what an office PC really has.
FOLDER = r"C:\Әкімат құжаттары\Бағдарлама орны"
PATIENCE = 300  # seconds for one step


def smoke(setup: Path) -> None:
    """Every check, in order, in a Wine of its own. Raises BuildProblem."""
    if WINE is None or shutil.which("Xvfb") is None:
        raise BuildProblem("Wine and a virtual screen are needed: apt-get install wine wine64 xvfb")
    with tempfile.TemporaryDirectory(prefix="akimat-wine-") as place, _screen() as display:
        wine = _Wine(Path(place), display)
        try:
            _check(setup, wine)
        finally:
            wine.close()
    say("tried under Wine: every check passed")


@contextmanager
def _screen() -> Iterator[str]:
    """A virtual screen of its own; its name."""
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
    with subprocess.Popen(words, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as stream:
                yield f":{stream.readline().strip()}"
        finally:
            server.terminate()


class _Wine:
    """A Windows-like folder of its own, removed afterwards."""

    def __init__(self, place: Path, display: str) -> None:
        self.drive = place / "prefix" / "drive_c"
        self._environment = {
            **os.environ, "WINEPREFIX": str(place / "prefix"), "WINEDEBUG": "-all", "HOME": str(place),
            "WINEDLLOVERRIDES": "winemenubuilder.exe=d", "LC_ALL": "C.UTF-8", "DISPLAY": display,
        }  # fmt: skip
        self.run("wineboot", "-i")

    def path(self, windows: str) -> Path:
        return self.drive.joinpath(*windows.removeprefix("C:\\").split("\\"))

    def run(self, *words: str, fails: bool = False) -> str:
        assert WINE is not None
        process = subprocess.Popen(
            [WINE, *words], env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, bufsize=0,
        )  # fmt: skip
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        # Wine's servers live on and hold the pipe open: the program's end counts, not the pipe's.
        heard, ends = b"", time.monotonic() + PATIENCE
        while True:
            ended = process.poll() is not None
            while piece := process.stdout.read(65536):
                heard += piece
            if ended:
                break
            if time.monotonic() > ends:
                process.kill()
                raise BuildProblem(f"{' '.join(words)} did not end within {PATIENCE} s.")
            time.sleep(0.1)
        process.stdout.close()
        said = heard.decode("utf-8", "replace")
        if (process.returncode != 0) is not fails:
            raise BuildProblem(f"{' '.join(words)} ended with {process.returncode}:\n{said[-3000:]}")
        return said

    def close(self) -> None:
        """End what Wine left running."""
        server = str(Path(WINE or "").with_name("wineserver64"))
        subprocess.run([server, "-k"], env=self._environment, check=False)

    def run_line(self, line: str, *, fails: bool = False, **values: str) -> str:
        """A line as it is: NSIS takes the folder unquoted, to the end of the line."""
        self._environment |= values
        script = self.drive / "line.cmd"
        script.write_text(f"@echo off\r\nstart /wait {line}\r\n", "ascii", newline="")
        return self.run("cmd", "/c", "C:\\line.cmd", fails=fails)


def _dos(path: Path) -> str:
    return "Z:" + str(path.resolve()).replace("/", "\\")


def _check(setup: Path, wine: _Wine) -> None:
    say("silent installation")
    folder = wine.path(FOLDER)
    wine.run_line("%SETUP% /S /D=%FOLDER%", SETUP=_dos(setup), FOLDER=FOLDER)
    python = f"{FOLDER}\\python\\python.exe"
    if not (folder / "Akimat Desk.exe").is_file():
        raise BuildProblem(f"The setup left no program in {FOLDER}.")
    say("selftest in a folder with a space and Kazakh letters")
    said = wine.run(python, "-m", "akimat_desk", "selftest")
    if "xlsx" not in said:
        raise BuildProblem(f"selftest said nothing of a workbook:\n{said}")
    wine.run(f"{FOLDER}\\akimat-desk.exe", "--version")
    say("the window")
    _stand_in(folder, wine)
    wine.run(python, "-m", "akimat_desk", "selftest", "--window")
    say("the file type and the menu")
    association = wine.run("reg", "query", r"HKCU\Software\Classes\.akimat")
    if "AkimatDesk.Workspace" not in association:
        raise BuildProblem("The file type .akimat is not known to the system.")
    if not list((wine.drive / "users").rglob("Start Menu/Programs/**/*.lnk")):
        raise BuildProblem("The Start menu has no entry.")
    say("an installation over other files is refused")
    others = wine.path(r"C:\Басқа")
    others.mkdir()
    (others / "хат.txt").write_text("өз файлым", "utf-8")
    wine.run_line("%SETUP% /S /D=%FOLDER%", fails=True, SETUP=_dos(setup), FOLDER=r"C:\Басқа")
    if [path.name for path in others.iterdir()] != ["хат.txt"]:
        raise BuildProblem("The setup wrote into a folder with other files.")
    say("removal, with a person's file beside the program")
    (folder / "менің файлым.akimat").write_bytes(b"mine")
    wine.run_line(r'"" "%FOLDER%\uninstall.exe" /S _?=%FOLDER%', FOLDER=FOLDER)
    left = sorted(path.name for path in folder.iterdir() if path.name != "uninstall.exe")
    if left != ["менің файлым.akimat"]:
        raise BuildProblem(f"Removal left or took something: {left}")


def _stand_in(folder: Path, wine: _Wine) -> None:
    (core,) = folder.rglob("Qt6Core.dll")
    said = subprocess.run(["objdump", "-p", str(core)], capture_output=True, text=True, check=True).stdout
    part = said.partition("DLL Name: icuuc.dll")[2].partition("DLL Name:")[0]
    names = re.findall(r"^\s*[0-9a-f]+\s+\d+\s+(\w+)\s*$", part, re.MULTILINE)
    if not names:
        return
    lines = ["int __stdcall DllMainCRTStartup(void *a, unsigned b, void *c) { return 1; }"]
    lines += [f"__declspec(dllexport) void *{name}(void) {{ return 0; }}" for name in sorted(set(names))]
    source = wine.drive.parent / "icuuc.c"
    source.write_text("\n".join(lines) + "\n", "ascii")
    target = wine.drive / "windows" / "system32" / "icuuc.dll"
    words = [COMPILER, "-shared", "-nostdlib", "-Wl,-e,DllMainCRTStartup", "-o", str(target), str(source)]
    subprocess.run(words, check=True)

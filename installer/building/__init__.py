"""Makes what is given away: a folder, a .deb, a Windows setup and update files, out of locked inputs.

    python3 installer/dev.py build linux      folder and .deb
    python3 installer/dev.py build windows    folder and setup.exe

One tree serves every form of it (`tree`): a Python of its own, the libraries, the program, and a line that
says which program runs, so that an update is put beside the old one and taken back by changing that line.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
INSTALLER = ROOT / "installer"


class BuildProblem(Exception):
    """Something a person has to put right; the text says what."""


def say(words: str) -> None:
    print(f"build: {words}", flush=True)

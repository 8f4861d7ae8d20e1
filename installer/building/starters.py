"""The .exe files that a person opens: distlib's launchers, the same small ones that pip puts before scripts.

Such a launcher is not a self-extracting program: it starts the Python beside it with the few lines behind its
own end.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import distlib

from .zips import write_zip

_MAIN = "import sys\n\nfrom akimat_desk.cli.main import {function}\n\nsys.exit({function}())\n"


def write_starters(folder: Path) -> None:
    """ "Akimat Desk.exe" opens the window, akimat-desk.exe is the command line."""
    _write(folder / "Akimat Desk.exe", "w64.exe", "pythonw.exe", "main_window")
    _write(folder / "akimat-desk.exe", "t64.exe", "python.exe", "main")


def _write(target: Path, launcher: str, python: str, function: str) -> None:
    lines = io.BytesIO()
    main = _MAIN.format(function=function).encode()
    write_zip(lines, [("__main__.py", main)], packing=zipfile.ZIP_STORED)
    starter = Path(distlib.__file__).with_name(launcher).read_bytes()
    shebang = f'#!"<launcher_dir>\\python\\{python}"\r\n'.encode()
    target.write_bytes(starter + shebang + lines.getvalue())

"""``selftest``: does this installation work at all? Used by installers and by support."""

from __future__ import annotations

import argparse
import platform
import sqlite3
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from akimat_desk import __version__
from akimat_desk.cli.output import DONE, NOT_DONE, Output
from akimat_desk.core.errors import AkimatError, InputRefused

_LIBRARIES = ("PySide6_Essentials", "SQLAlchemy", "alembic", "reportlab", "openpyxl", "python-docx", "lxml")
_WORDS_SHOWN = 600  # of what Qt says where it cannot start


def selftest(arguments: argparse.Namespace, output: Output) -> int:
    """Open a temporary workspace, make one PDF and one XLSX, print the versions in use.

    With ``--window`` the window is opened on that workspace as well, and closed when its first page stands.
    """
    steps: list[dict[str, object]] = []
    done = True
    with tempfile.TemporaryDirectory(prefix="әкімат үстелі ", ignore_cleanup_errors=True) as folder:
        trials = [("workspace", _workspace), ("pdf", _pdf), ("xlsx", _xlsx), ("package", _package)]
        if arguments.window:
            trials.append(("window", _window))
        for name, step in trials:
            try:
                step(Path(folder))
            except (AkimatError, OSError, ImportError, ValueError, subprocess.SubprocessError) as problem:
                done = False
                reason = problem.text(output.language) if isinstance(problem, AkimatError) else str(problem)
                steps.append({"step": name, "done": False, "reason": reason})
                output.say("cli.selftest.failed", step=name, reason=reason)
            else:
                steps.append({"step": name, "done": True})
                output.say("cli.selftest.passed", step=name)
    versions = _versions()
    output.json({"done": done, "steps": steps, "versions": versions})
    for name, number in versions.items():
        output.line(f"  {name} {number}")
    return DONE if done else NOT_DONE


def _versions() -> dict[str, str]:
    found = {
        "akimat-desk": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.release()} {sys.maxsize.bit_length() + 1}-bit",
    }
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "—"
    return found


def _workspace(folder: Path) -> None:
    from akimat_desk.training.example import make_example

    make_example(folder / "үлгі.akimat")


def _package(folder: Path) -> None:
    """Write the example's package, verify it, and see that one flipped bit is refused."""
    from akimat_desk.exchange.keys import office_key
    from akimat_desk.exchange.manifest import Period
    from akimat_desk.exchange.sending import write_package
    from akimat_desk.exchange.verify import verify
    from akimat_desk.places.service import units
    from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

    with Workspace.open(folder / "үлгі.akimat") as workspace:
        with workspace.reading() as session:
            unit = units(session)[0]
        key = office_key(unit.kato or "", "өзін-өзі тексеру", folder / "keys")
        written = write_package(workspace, DEFAULT_ACTOR, unit.id, Period(2026, 6), key)
    verify(written.data, written.name)
    altered = bytearray(written.data)
    altered[len(altered) // 2] ^= 1
    try:
        verify(bytes(altered), written.name)
    except InputRefused:
        return
    raise ValueError(f"{written.name}: a changed package was taken for a whole one")


def _pdf(folder: Path) -> None:
    _report(folder, "pdf")


def _xlsx(folder: Path) -> None:
    _report(folder, "xlsx")


def _window(folder: Path) -> None:
    command = [sys.executable, "-m", "akimat_desk.ui.trial"]
    words = folder / "window.txt"
    with words.open("wb") as stream:  # not a pipe: what the window starts may hold it open
        done = subprocess.run(
            [*command, str(folder / "үлгі.akimat"), str(folder / "settings.ini")],
            stdout=stream,
            stderr=stream,
            check=False,
            timeout=120,
        )
    if done.returncode != 0:
        heard = words.read_text("utf-8", "replace").strip()
        raise ValueError(heard[-_WORDS_SHOWN:] or f"status {done.returncode}")


def _report(folder: Path, file_format: str) -> None:
    from akimat_desk.budget.decisions.questions import budget_years
    from akimat_desk.places.service import units
    from akimat_desk.reports.registry import DocLanguage, build
    from akimat_desk.reports.render import render
    from akimat_desk.storage.workspace import Workspace

    path = folder / f"есеп.{file_format}"
    with Workspace.open(folder / "үлгі.akimat", read_only=True) as workspace, workspace.reading() as session:
        unit = units(session)[0]
        year = budget_years(session, unit.id)[0]
        documents = build("annex", session, unit.id, year, DocLanguage.KK)
    render(documents, file_format, path)
    if path.stat().st_size == 0:
        raise ValueError(f"{path.name} came out empty")

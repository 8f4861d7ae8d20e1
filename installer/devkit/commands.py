"""The commands of dev.py."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from . import ROOT, SetupProblem, say
from .environment import PYTHON, child_environment, prepare_environment
from .lock import remake_lock
from .system import prepare_system

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PASSED_ON = ("test", "build")  # every word after it belongs to pytest, to the build


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="dev.py",
        description="Prepares this checkout of Akimat Desk (system libraries, .venv) and runs it. "
        "The first run fetches what is needed; the next ones start at once.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="the main job on the shipped example")
    demo.add_argument("--dir", help="where the reports go")
    demo.add_argument("--no-window", action="store_true", help="write the reports, open no window")
    commands.add_parser("test", help="every test (words after it go to pytest)", add_help=False)
    benchmarks = commands.add_parser("benchmarks", help="speed, each measurement beside its yardstick")
    benchmarks.add_argument("names", nargs="*", help="some only: start, reading, reports, storage…")
    commands.add_parser("lint", help="ruff, mypy, lint-imports")
    commands.add_parser("setup", help="prepare only")
    commands.add_parser(
        "build", help="packages for Windows and Linux, update files (build --help)", add_help=False
    )
    lock = commands.add_parser("lock", help="remake requirements.lock and runtime.lock from pyproject.toml")
    lock.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    return top


def has_display() -> bool:
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def run(words: Sequence[str], *, cwd: Path | None = None, offscreen: bool = False) -> int:
    """Run the environment's Python with these words; its status."""
    environment = child_environment()
    if offscreen:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return subprocess.call([PYTHON, *words], cwd=cwd, env=environment)


def lint() -> int:
    checks = {
        "ruff check": ("-m", "ruff", "check", "."),
        "ruff format": ("-m", "ruff", "format", "--check", "."),
        "mypy": ("-m", "mypy"),
        "lint-imports": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    }
    # Each runs even where one before it found something: one look shows everything.
    failed = [name for name, words in checks.items() if run(words, cwd=ROOT) != 0]
    say("found fault: " + ", ".join(failed) if failed else "no fault found: " + ", ".join(checks))
    return 1 if failed else 0


def benchmarks(names: Sequence[str]) -> int:
    """Run the scripts of tests/benchmarks one after the other, so that none disturbs another's clock."""
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    chosen = [s for s in scripts if not names or s.stem.removeprefix("bench_") in names]
    status = 0
    for script in chosen:
        say(script.stem)
        status = run([str(script)], cwd=ROOT, offscreen=True) or status
    return status if chosen else 2


def main(words: Sequence[str]) -> int:
    """Status: that of what was run; 2 where set-up could not be done."""
    rest: Sequence[str] = ()
    if words and words[0] in PASSED_ON:
        words, rest = words[:1], words[1:]
    options = parser().parse_args(words)
    try:
        opens_window = options.command == "demo" and not options.no_window and has_display()
        prepare_system(window=opens_window)
        prepare_environment()
        if options.command == "lock":
            remake_lock(upgrade=options.upgrade)
    except SetupProblem as problem:
        print(f"dev: {problem}", file=sys.stderr)
        return 2
    if options.command == "demo":
        asked = ["--dir", options.dir] if options.dir else []
        if not opens_window:
            asked.append("--no-window")
        return run(["-m", "akimat_desk", "demo", *asked], offscreen=not opens_window)
    if options.command == "test":
        # Everything at once keeps every core busy; a file's tests share what they made.
        everything = [] if rest else ["-n", "auto", "--dist", "loadfile"]
        return run(["-m", "pytest", *everything, *rest], cwd=ROOT, offscreen=True)
    if options.command == "build":
        return run(["-m", "building", *rest], cwd=ROOT / "installer")
    if options.command == "benchmarks":
        return benchmarks(options.names)
    if options.command == "lint":
        return lint()
    return 0

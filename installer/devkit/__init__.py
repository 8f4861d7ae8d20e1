"""What dev.py does once the interpreter fits: system libraries, the virtual environment, the commands."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class SetupProblem(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    print(f"dev: {text}", flush=True)
